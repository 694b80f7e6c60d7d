import { ApiObject, App, Chart, JsonPatch, LazyResolver } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { contentOf, resolvesAsUsual } from '../../lib/synthesis/cdk8s-internals';

const chart = () => new Chart(new App(), 'shop', { namespace: 'shop', labels: { team: 'shop' } });

/** When one of these fails, cdk8s keeps its objects in another way: read its api-object.ts, metadata.ts and app.ts, and mend lib/synthesis/cdk8s-internals.ts. */
describe('what cdk8s keeps to itself', () => {
  test('the fields, the metadata and the patches of an object', () => {
    const object = new ApiObject(chart(), 'config', {
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', creationTimestamp: 'never' }, data: { a: '1' },
    });
    object.metadata.addLabel('tier', 'web');
    object.metadata.addAnnotation('note', 'yes');
    object.metadata.addFinalizers('hold');
    object.metadata.add('generation', 3);
    const patch = JsonPatch.add('/data/b', '2');
    object.addJsonPatch(patch);
    expect(contentOf(object)).toEqual({
      fields: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', creationTimestamp: 'never' }, data: { a: '1' } },
      metadata: {
        name: 'config',
        namespace: 'shop',
        labels: { team: 'shop', tier: 'web' },
        annotations: { note: 'yes' },
        finalizers: ['hold'],
        ownerReferences: [],
        creationTimestamp: 'never',
        generation: 3,
      },
      patches: [patch],
    });
  });

  test('an object has no other fields than these', () => {
    const object = new ApiObject(chart(), 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(Object.keys(object).sort()).toEqual(['apiGroup', 'apiVersion', 'chart', 'kind', 'metadata', 'name', 'node', 'patches', 'props']);
    expect(Object.keys(object.metadata).sort()).toEqual(
      ['_additionalAttributes', 'annotations', 'apiObject', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences']);
  });

  test('objects that render in a way of their own are left to themselves', () => {
    expect(contentOf(new kplus.k8s.KubeNamespace(chart(), 'namespace'))).toBeUndefined();
    const changed = new ApiObject(chart(), 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
    changed.metadata.toJson = () => ({ name: 'other' });
    expect(contentOf(changed)).toBeUndefined();
  });

  test('the resolvers of an app, and that there are more', () => {
    expect(resolvesAsUsual(new App())).toBe(true);
    expect(resolvesAsUsual(new App({ resolvers: [new LazyResolver()] }))).toBe(false);
  });
});
