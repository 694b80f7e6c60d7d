import { BackingCredentials, Redis, type RedisProps, RedisUse } from '../../lib/backing';
import { ContainerImage, Resources } from '../../lib/definition';
import { finding, findings, manifestOf, orders, shop, yamlOf } from '../support/services';

const IMAGE = ContainerImage.reference(`registry.acme.com/redis:8.2.1@sha256:${'0'.repeat(64)}`);

function redis(props: Partial<RedisProps> = {}) {
  const chart = shop();
  const made = new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE, ...props });
  return { chart, made, spec: () => manifestOf(chart, 'StatefulSet').spec, container: () => manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0] };
}

/** The value that follows an argument. */
const argument = (container: any, name: string) => container.args[container.args.indexOf(name) + 1];

test.each([RedisUse.CACHE, RedisUse.STREAMS])('whole manifests for %s', use => {
  const { chart, made } = redis({ use });
  orders(chart).connectTo(made);
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('a cache keeps nothing, and forgets what was not read for long', () => {
  const { spec, container } = redis();
  expect(spec()).not.toHaveProperty('volumeClaimTemplates');
  expect(['--appendonly', '--maxmemory-policy', '--save'].map(name => argument(container(), name))).toEqual(['no', 'allkeys-lru', '']);
});

test('a broker keeps every write', () => {
  const { spec, container } = redis({ use: RedisUse.STREAMS, storage: { size: '5Gi' } });
  expect(spec().volumeClaimTemplates[0].spec.resources.requests.storage).toBe('5Gi');
  expect(['--appendonly', '--maxmemory-policy'].map(name => argument(container(), name))).toEqual(['yes', 'noeviction']);
});

test('it uses three quarters of what it may', () => {
  expect(argument(redis({ resources: Resources.of({ memory: '1Gi' }) }).container(), '--maxmemory')).toBe(String(768 * 1024 * 1024));
  expect(redis({ resources: Resources.none() }).container().args).not.toContain('--maxmemory');
});

test('the user adds arguments, which come last', () => {
  expect(redis({ args: ['--io-threads', '4'] }).container().args.slice(-2)).toEqual(['--io-threads', '4']);
});

test('no command line shows the password', () => {
  const text = JSON.stringify(redis().container());
  expect(text).not.toContain('requirepass');
  expect(text.match(/\$\(cat [^)]*\)/g)).toEqual(['$(cat /etc/secrets/login/password)', '$(cat /etc/secrets/login/password)']);
});

test.each<[Partial<RedisProps>, string]>([
  [{ storage: { size: '1Gi' } }, finding('error', 'conflicting-options', 'shop/cache storage', 'A cache keeps nothing.',
    "Leave 'storage' out, or write use: RedisUse.STREAMS.")],
  [{ credentials: BackingCredentials.generated({ userName: 'shop' }) }, finding('error', 'invalid-value', 'shop/cache credentials.userName',
    "There is no user 'shop'.", "Leave it out: Redis knows 'default' alone.")],
])('faults of %p', (props, expected) => {
  expect(findings(redis(props).chart)).toEqual([expected]);
});
