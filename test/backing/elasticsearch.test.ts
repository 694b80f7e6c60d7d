import { literalEnv, makerOf, testWholeManifests } from './backing-kind';
import { Elasticsearch, type ElasticsearchProps, BackingCredentials } from '../../lib/backing';
import { Resources } from '../../lib/definition';
import { finding, findings } from '../support/services';

const made = makerOf(Elasticsearch, 'search', '9.1.3');

testWholeManifests(made);

test('its settings are copied to where it may write', () => {
  const { spec, container } = made();
  expect(spec().template.spec.initContainers[0]).toMatchObject({
    name: 'prepare', command: ['sh', '-c', 'cp -R /usr/share/elasticsearch/config/. /prepared/'], volumeMounts: expect.arrayContaining([{ mountPath: '/prepared', name: expect.any(String) }]),
  });
  const name = spec().template.spec.initContainers[0].volumeMounts.find(({ mountPath }: any) => mountPath === '/prepared').name;
  expect(container().volumeMounts).toContainEqual({ mountPath: '/usr/share/elasticsearch/config', name });
});

test('it loads native code from its volume, which Docker mounts as what it is', () => {
  const { ES_TMPDIR } = literalEnv(made().container());
  expect(made().container().volumeMounts).toContainEqual({ mountPath: '/usr/share/elasticsearch/data', name: 'data' });
  expect(ES_TMPDIR).toBe('/usr/share/elasticsearch/data/scratch');
  expect(made().container().command[2]).toContain(`rm -rf ${ES_TMPDIR} && mkdir ${ES_TMPDIR} && `);
});

test('half of its memory is heap', () => {
  expect(literalEnv(made({ resources: Resources.of({ memory: '8Gi' }) }).container()).ES_JAVA_OPTS).toBe('-Xms4096m -Xmx4096m -Xlog:disable -Xlog:all=warning:stderr:utctime,level,tags');
});

test.each<[Partial<ElasticsearchProps>, string]>([
  [{ version: 'latest' }, finding('error', 'invalid-version', 'shop/search version', "'latest' is no version of Elasticsearch.", "Write for example '9.1.3'.")],
  [{ credentials: BackingCredentials.generated({ userName: 'shop' }) }, finding('error', 'invalid-value', 'shop/search credentials.userName', "There is no user 'shop'.", "Leave it out: Elasticsearch knows 'elastic' alone.")],
])('faults of %p', (props, expected) => {
  expect(findings(made(props).chart)).toEqual([expected]);
});
