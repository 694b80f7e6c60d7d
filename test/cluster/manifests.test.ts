import { changes } from './application-checks';
import { namespacesOf } from './manifests';
import { type KubernetesObject, podOf } from '../support/real-runs/manifests';

const object = (kind: string, metadata: object = {}, spec?: object): KubernetesObject =>
  ({ apiVersion: 'v1', kind, metadata: { name: 'web', namespace: 'shop', ...metadata }, ...spec && { spec } });

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web' }], restartPolicy: 'Never' } };

describe('podOf', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod-of-web', namespace: 'shop', labels: { app: 'web' } }, spec: template.spec };

  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Rollout'])('%s', kind => {
    expect(podOf(object(kind, {}, { template }))).toEqual(pod);
  });

  test('CronJob', () => {
    expect(podOf(object('CronJob', {}, { jobTemplate: { spec: { template } } }))).toEqual(pod);
  });

  test('a StatefulSet mounts the claims that it makes', () => {
    const data = { metadata: { name: 'data' }, spec: {} };
    expect(podOf(object('StatefulSet', {}, { template, volumeClaimTemplates: [data] }))).toEqual({
      ...pod, spec: { ...template.spec, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-web-0' } }] },
    });
  });

  test.each([
    ['ConfigMap', undefined],
    ['Certificate', { template: { metadata: {} } }],
    ['Rollout', { workloadRef: { name: 'web' } }],
  ])('%s makes none', (kind, spec) => {
    expect(podOf(object(kind, {}, spec))).toBeUndefined();
  });
});

test('namespaces are those that objects lie in and those that are objects', () => {
  expect(namespacesOf([object('ConfigMap'), object('ClusterRole', { namespace: undefined }), object('Namespace', { name: 'other', namespace: undefined })]))
    .toEqual(['other', 'shop']);
});

describe('changes', () => {
  const stored = object('Deployment', { resourceVersion: '5', generation: 1 }, { replicas: 2 });

  test('nothing changed', () => {
    expect(changes([stored], [stored], true)).toEqual([]);
  });

  test('another field', () => {
    expect(changes([stored], [{ ...stored, spec: { replicas: 3 } }], false)).toEqual(['Deployment shop/web']);
  });

  test('the same content under another version', () => {
    const rewritten = object('Deployment', { resourceVersion: '6', generation: 1 }, { replicas: 2 });
    expect(changes([stored], [rewritten], true)).toEqual(['Deployment shop/web']);
    expect(changes([stored], [rewritten], false)).toEqual([]);
  });

  test('what a controller writes', () => {
    const observed = { ...stored, metadata: { ...stored.metadata, resourceVersion: '6' }, status: { replicas: 2 } };
    expect(changes([stored], [observed], false)).toEqual([]);
  });

  test('an object without a version has not been stored', () => {
    const { resourceVersion, ...metadata } = stored.metadata;
    expect(changes([{ ...stored, metadata }], [{ ...stored, metadata }], true)).toEqual(['Deployment shop/web']);
  });

  test('no answer is no proof', () => {
    expect(() => changes([], [], true)).toThrow('the server answered for 0 objects first and then for 0');
    expect(() => changes([stored], [], true)).toThrow('the server answered for 1 objects first and then for 0');
  });
});
