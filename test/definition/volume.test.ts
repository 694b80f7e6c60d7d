import { faultless, faultsOf } from './faults';
import { Volume } from '../../lib';

const source = (volume: Volume) => faultless(report => volume._renderSource(report));
const mount = (volume: Volume) => faultless(report => volume._renderMount('data', '/data', report));
const faults = (volume: Volume) => faultsOf(report => volume._renderSource(report));

test.each<[string, Volume, object, object]>([
  ['scratch space', Volume.emptyDir(), { emptyDir: { sizeLimit: '64Mi' } }, {}],
  ['in memory', Volume.emptyDir({ sizeLimit: '1Gi', inMemory: true }), { emptyDir: { sizeLimit: '1Gi', medium: 'Memory' } }, {}],
  ['a claim', Volume.persistentVolumeClaim('data'), { persistentVolumeClaim: { claimName: 'data' } }, {}],
  ['an ephemeral claim', Volume.ephemeral({ size: '10Gi', storageClassName: 'fast' }), {
    ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } } } },
  }, {}],
  ['a ConfigMap', Volume.configMap('settings'), { configMap: { name: 'settings' } }, { readOnly: true }],
  ['some of its keys', Volume.configMap('settings', { items: { 'z.yaml': 'b', 'a/b.yaml': 'a' }, mode: 0o400, optional: true }), {
    configMap: { name: 'settings', items: [{ key: 'a', path: 'a/b.yaml' }, { key: 'b', path: 'z.yaml' }], defaultMode: 0o400, optional: true },
  }, { readOnly: true }],
  ['a Secret, closed to others', Volume.secret('keys'), { secret: { secretName: 'keys', defaultMode: 0o440 } }, { readOnly: true }],
  ['a Secret of another mode', Volume.secret('keys', { mode: 0o444 }), { secret: { secretName: 'keys', defaultMode: 0o444 } }, { readOnly: true }],
  ['fields of the pod', Volume.downwardApi({ 'labels': 'metadata.labels', 'a/name': 'metadata.name' }), {
    downwardAPI: { items: [{ path: 'a/name', fieldRef: { fieldPath: 'metadata.name' } }, { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] },
  }, { readOnly: true }],
  ['several in one', Volume.projected([Volume.secret('keys'), Volume.configMap('settings'), Volume.downwardApi({ name: 'metadata.name' })]), {
    projected: {
      sources: [
        { secret: { name: 'keys' } },
        { configMap: { name: 'settings' } },
        { downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
      ],
      defaultMode: 0o440,
    },
  }, { readOnly: true }],
  ['a path of the node', Volume.hostPath('/var/log', 'Directory'), { hostPath: { path: '/var/log', type: 'Directory' } }, {}],
  ['any other source', Volume.of({ nfs: { server: '10.0.0.5', path: '/exports' } }), { nfs: { server: '10.0.0.5', path: '/exports' } }, {}],
])('%s', (_, volume, expectedSource, expectedMount) => {
  expect(source(volume)).toEqual(expectedSource);
  expect(mount(volume)).toEqual({ name: 'data', mountPath: '/data', ...expectedMount });
});

test('a mount in another way is the same volume', () => {
  const volume = Volume.persistentVolumeClaim('data');
  const again = volume.mounted({ readOnly: true }).mounted({ subPath: 'orders/today' });
  expect(again._identity).toBe(volume._identity);
  expect(mount(again)).toEqual({ name: 'data', mountPath: '/data', readOnly: true, subPath: 'orders/today' });
  expect(mount(volume)).toEqual({ name: 'data', mountPath: '/data' });
  expect(mount(Volume.secret('keys').mounted({ readOnly: false }))).toEqual({ name: 'data', mountPath: '/data' });
});

test('what needs a group of the pod', () => {
  const needs = [Volume.persistentVolumeClaim('a'), Volume.ephemeral({ size: '1Gi' }), Volume.of({ nfs: {} }), Volume.secret('a'), Volume.projected([Volume.secret('a')])];
  expect(needs.map(volume => volume._needsGroup)).toEqual([true, true, true, true, true]);
  expect([Volume.emptyDir(), Volume.configMap('a'), Volume.hostPath('/a')].map(volume => volume._needsGroup)).toEqual([false, false, false]);
});

test('only a path of the node says so', () => {
  expect(Volume.hostPath('/var/log')._hostPath).toBe('/var/log');
  expect(Volume.emptyDir()._hostPath).toBeUndefined();
});

test.each<[string, Volume]>([
  ['a size limit', Volume.emptyDir({ sizeLimit: '64MB' })],
  ['a size', Volume.ephemeral({ size: 'big' })],
  ['names', Volume.projected([Volume.configMap('My Settings'), Volume.secret('')])],
  ['a claim', Volume.persistentVolumeClaim('My Data')],
  ['paths of files', Volume.configMap('a', { items: { '/abs': 'a', '../up': 'b', 'a/../b': 'c', '': 'd', '..data': 'e' } })],
  ['keys', Volume.secret('a', { items: { 'tls.key': 'tls key' } })],
  ['a mode', Volume.secret('a', { mode: 0o1000 })],
  ['a mode that lost its octal prefix', Volume.secret('a', { mode: 440 })],
  ['fields of the pod', Volume.downwardApi({ '../ip': 'status.podIP', 'node': 'spec.nodeName' })],
  ['a projection of something else', Volume.projected([Volume.emptyDir(), Volume.of({})])],
  ['a path of the node', Volume.hostPath('var/log', 'directory')],
  ['no source', Volume.of({})],
  ['two sources', Volume.of({ nfs: {}, emptyDir: {} })],
])('%s can be wrong', (_, volume) => {
  expect(faults(volume)).toMatchSnapshot();
});

test('a subPath stays inside', () => {
  expect(faultsOf(report => Volume.emptyDir().mounted({ subPath: '../x' })._renderMount('data', '/data', report))).toEqual([
    "invalid-mount [subPath] '../x' is not a path below the directory of the volume. Write it relative, without '..', for example 'tls/ca.crt'.",
  ]);
});
