import type { Json } from '../../lib/definition/json';
import type { ContainerFields, PodSpecFields, ServiceSpecFields } from '../../lib/definition/kubernetes-fields.generated';
import { type KubernetesType, mergeFields, mergeOverrides } from '../../lib/definition/pass-through';
import type { Fault } from '../../lib/diagnostics/report';

/** Merges and returns what was reported as well. */
function merge(type: KubernetesType, rendered: Json, fields: object | undefined, minor = 36): { result: Json; faults: Fault[] } {
  const faults: Fault[] = [];
  return { result: mergeFields(type, rendered, fields, minor, fault => faults.push(fault)), faults };
}

/** Merges fields that nothing is wrong with. */
function merged(type: KubernetesType, rendered: Json, fields: object | undefined, minor?: number): Json {
  const { result, faults } = merge(type, rendered, fields, minor);
  expect(faults).toEqual([]);
  return result;
}

function freeze<T>(value: T): T {
  Object.values(value as object).forEach(inner => typeof inner === 'object' && inner !== null && freeze(inner));
  return Object.freeze(value);
}

describe('names', () => {
  test('jsii names become those of the manifest', () => {
    const fields: ServiceSpecFields = { clusterIp: 'None', externalIps: ['192.0.2.1'], type: 'ClusterIP' };
    expect(merged('ServiceSpec', {}, fields)).toEqual({ clusterIP: 'None', externalIPs: ['192.0.2.1'], type: 'ClusterIP' });
  });

  test('the names of the manifest are taken as well', () => {
    expect(merged('PodSpec', { hostPID: false }, { hostPID: true, hostIPC: true })).toEqual({ hostPID: true, hostIPC: true });
  });

  test('names are mapped inside structs, lists of structs and lists that replace', () => {
    const fields: PodSpecFields = {
      setHostnameAsFqdn: true,
      securityContext: { seLinuxOptions: { level: 's0' } },
      volumes: [{ name: 'disk', fc: { targetWwns: ['50060e801049cfd1'] } }],
    };
    expect(merged('PodSpec', {}, fields)).toEqual({
      setHostnameAsFQDN: true,
      securityContext: { seLinuxOptions: { level: 's0' } },
      volumes: [{ name: 'disk', fc: { targetWWNs: ['50060e801049cfd1'] } }],
    });
  });

  test('keys of string maps are not names of fields', () => {
    expect(merged('ObjectMeta', { labels: { a: '1' } }, { labels: { clusterIp: '2' } })).toEqual({ labels: { a: '1', clusterIp: '2' } });
  });
});

describe('lists', () => {
  test('items with the same merge key merge, others follow', () => {
    const rendered = { containers: [{ name: 'app', image: 'app:1', env: [{ name: 'A', value: '1' }] }] };
    const fields: PodSpecFields = { containers: [{ name: 'app', tty: true, env: [{ name: 'B', value: '2' }] }, { name: 'helper', image: 'helper:1' }] };
    expect(merged('PodSpec', rendered, fields)).toEqual({
      containers: [
        { name: 'app', image: 'app:1', tty: true, env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] },
        { name: 'helper', image: 'helper:1' },
      ],
    });
  });

  test('merge keys other than the name', () => {
    const rendered = { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, { name: 'tmp', mountPath: '/cache' }] };
    const fields: ContainerFields = { volumeMounts: [{ mountPath: '/cache', subPath: 'cache' }] };
    expect(merged('Container', rendered, fields).volumeMounts).toEqual([
      { name: 'tmp', mountPath: '/tmp' }, { name: 'tmp', mountPath: '/cache', subPath: 'cache' },
    ]);
  });

  test('ports are told apart by number and protocol, which is TCP when left out', () => {
    const rendered = { ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }] };
    expect(merged('Container', rendered, { ports: [{ containerPort: 53, protocol: 'TCP', hostPort: 53 }] }).ports).toEqual([
      { containerPort: 53, protocol: 'UDP' }, { containerPort: 53, protocol: 'TCP', hostPort: 53 },
    ]);
  });

  test('an item without its key is appended', () => {
    expect(merged('PodSpec', { hostAliases: [{ hostnames: ['a'] }] }, { hostAliases: [{ hostnames: ['b'] }] }).hostAliases)
      .toEqual([{ hostnames: ['a'] }, { hostnames: ['b'] }]);
  });

  test('lists without a merge key are replaced', () => {
    const rendered = { args: ['--a', '--b'], envFrom: [{ configMapRef: { name: 'a' } }] };
    expect(merged('Container', rendered, { args: ['--c'], envFrom: [{ secretRef: { name: 'b' } }] }))
      .toEqual({ args: ['--c'], envFrom: [{ secretRef: { name: 'b' } }] });
  });
});

describe('alternatives', () => {
  test.each<[string, KubernetesType, Json, object, Json]>([
    ['the source of a variable', 'EnvVar', { name: 'A', value: '1' }, { valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    ['the source of a volume', 'Volume', { name: 'tmp', emptyDir: {} }, { persistentVolumeClaim: { claimName: 'tmp' } },
      { name: 'tmp', persistentVolumeClaim: { claimName: 'tmp' } }],
    ['the handler of a probe', 'Probe', { httpGet: { path: '/' }, periodSeconds: 5 }, { tcpSocket: { port: 80 } },
      { tcpSocket: { port: 80 }, periodSeconds: 5 }],
    ['the bound of a disruption budget', 'PodDisruptionBudgetSpec', { maxUnavailable: 1 }, { minAvailable: '50%' }, { minAvailable: '50%' }],
    ['a strategy', 'DeploymentStrategy', { rollingUpdate: { maxSurge: 1 } }, { type: 'Recreate' }, { type: 'Recreate' }],
    ['a profile', 'SeccompProfile', { type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'a.json' },
      { type: 'Localhost', localhostProfile: 'a.json' }],
  ])('%s takes the place of the one that is there', (_, type, rendered, fields, expected) => {
    expect(merged(type, rendered, fields)).toEqual(expected);
  });

  test('what goes with the given one stays', () => {
    expect(merged('DeploymentStrategy', { rollingUpdate: { maxSurge: 1 } }, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } }))
      .toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
    expect(merged('Volume', { name: 'tmp', emptyDir: { medium: 'Memory' } }, { emptyDir: { sizeLimit: '1Gi' } }))
      .toEqual({ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } });
  });
});

describe('fields that the target version does not know', () => {
  test('no version knows it', () => {
    expect(merge('PodSpec', { hostname: 'a' }, { hostnmae: 'b' })).toEqual({
      result: { hostname: 'a' },
      faults: [{
        code: 'unknown-field',
        property: 'hostnmae',
        message: "PodSpec has no field 'hostnmae'.",
        remedy: "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'.",
      }],
    });
  });

  test('a later version knows it', () => {
    const fields: PodSpecFields = { hostnameOverride: 'a' };
    expect(merge('PodSpec', {}, fields, 27)).toEqual({
      result: {},
      faults: [{
        code: 'unknown-field',
        property: 'hostnameOverride',
        message: "Kubernetes 1.27 does not know 'hostnameOverride' of PodSpec.",
        remedy: 'Leave it out, or raise the Kubernetes version of the platform to 1.34, the first that knows it.',
      }],
    });
    expect(merge('PodSpec', {}, fields, 33).faults).toHaveLength(1);
    expect(merged('PodSpec', {}, fields, 34)).toEqual({ hostnameOverride: 'a' });
  });

  test('an earlier version knew it', () => {
    const fields = { resourceClaims: [{ name: 'gpu', source: { resourceClaimName: 'gpu' } }] };
    expect(merged('PodSpec', {}, fields, 30)).toEqual(fields);
    expect(merge('PodSpec', {}, fields, 31)).toEqual({
      result: { resourceClaims: [{ name: 'gpu' }] },
      faults: [{
        code: 'unknown-field',
        property: 'resourceClaims[0].source',
        message: "Kubernetes 1.31 does not know 'source' of PodResourceClaim.",
        remedy: 'Leave it out: 1.30 was the last version that knew it.',
      }],
    });
  });

  test('the property names the place in a nested list, as the user wrote it', () => {
    const { result, faults } = merge('PodSpec', {}, { initContainers: [{ name: 'a' }, { name: 'b', lifecycle: { preStop: { sleep: { seconds: 5 } } } }] }, 28);
    expect(faults.map(fault => fault.property)).toEqual(['initContainers[1].lifecycle.preStop.sleep']);
    expect(result.initContainers).toEqual([{ name: 'a' }, { name: 'b', lifecycle: { preStop: {} } }]);
  });

  test('a type that a later version renamed keeps its fields', () => {
    const fields = { resources: { requests: { storage: '1Gi' } } };
    expect(merged('PersistentVolumeClaimSpec', {}, fields, 27)).toEqual(fields);
  });

  test('volumes that have no struct are known to the table', () => {
    const volume = { name: 'old', azureDisk: { diskName: 'a', diskURI: 'b' } };
    expect(merged('Volume', {}, volume)).toEqual(volume);
  });
});

describe('values', () => {
  test('neither input is changed', () => {
    const rendered = freeze({ containers: [{ name: 'app', env: [{ name: 'A', value: '1' }] }], nodeSelector: { a: '1' } });
    const fields = freeze({ containers: [{ name: 'app', env: [{ name: 'A', value: '2' }] }], nodeSelector: { b: '2' } });
    const expected = { containers: [{ name: 'app', env: [{ name: 'A', value: '2' }] }], nodeSelector: { a: '1', b: '2' } };
    expect(merged('PodSpec', rendered, fields)).toEqual(expected);
    expect(mergeOverrides(rendered, fields)).toEqual(expected);
  });

  test('null removes, undefined says nothing', () => {
    const rendered = { hostname: 'a', subdomain: 'b', nodeSelector: { a: '1', b: '2' } };
    expect(merged('PodSpec', rendered, { hostname: null, subdomain: undefined, nodeSelector: { a: null } }))
      .toEqual({ subdomain: 'b', nodeSelector: { b: '2' } });
  });

  test('falsy values are values', () => {
    expect(merged('DeploymentSpec', { replicas: 3, paused: true }, { replicas: 0, paused: false })).toEqual({ replicas: 0, paused: false });
  });

  test('instances of classes pass as they are', () => {
    class Token {}
    const token = new Token();
    expect(merged('Container', {}, { image: token }).image).toBe(token);
  });

  test('no fields give the rendered object', () => {
    expect(merged('PodSpec', { hostname: 'a' }, undefined)).toEqual({ hostname: 'a' });
  });
});

describe('overrides', () => {
  test('maps merge by key and new ones are added', () => {
    expect(mergeOverrides({ spec: { a: 1, b: { c: 1 } } }, { spec: { b: { d: 2 } }, status: {} }))
      .toEqual({ spec: { a: 1, b: { c: 1, d: 2 } }, status: {} });
  });

  test('lists of named items merge by name', () => {
    expect(mergeOverrides({ l: [{ name: 'a', x: 1 }, { name: 'b' }] }, { l: [{ name: 'c' }, { name: 'a', y: 2 }] }))
      .toEqual({ l: [{ name: 'a', x: 1, y: 2 }, { name: 'b' }, { name: 'c' }] });
  });

  test.each([
    ['strings', ['a'], ['b']],
    ['items without names', [{ name: 'a' }], [{ port: 1 }]],
    ['no items', [{ name: 'a' }], []],
  ])('a list of %s replaces', (_, before, after) => {
    expect(mergeOverrides({ list: before }, { list: after })).toEqual({ list: after });
  });

  test('null removes a key at any depth, also where nothing was', () => {
    expect(mergeOverrides({ a: 1, b: { c: 1, d: 1 } }, { a: null, b: { c: null }, e: { f: null } })).toEqual({ b: { d: 1 }, e: {} });
  });

  test('another kind of value replaces', () => {
    expect(mergeOverrides({ a: { b: 1 }, c: 1 }, { a: 'x', c: { d: 1 } })).toEqual({ a: 'x', c: { d: 1 } });
  });

  test('none give the rendered object', () => {
    expect(mergeOverrides({ a: 1 }, undefined)).toEqual({ a: 1 });
  });
});

test('the table is loaded only when fields are merged', () => {
  jest.resetModules();
  const loaded = jest.fn();
  jest.doMock('../../lib/definition/kubernetes-field-table.generated', () => {
    loaded();
    return jest.requireActual('../../lib/definition/kubernetes-field-table.generated');
  });
  const isolated = jest.requireActual<typeof import('../../lib/definition/pass-through')>('../../lib/definition/pass-through');
  isolated.mergeOverrides({}, { a: 1 });
  isolated.mergeFields('PodSpec', {}, undefined, 31, () => undefined);
  expect(loaded).not.toHaveBeenCalled();
  isolated.mergeFields('PodSpec', {}, { hostname: 'a' }, 31, () => undefined);
  expect(loaded).toHaveBeenCalledTimes(1);
});
