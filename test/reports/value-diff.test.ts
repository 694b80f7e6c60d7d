import { diffSubset, diffValues } from '../../lib/reports/value-diff';

describe('two values', () => {
  test.each<[string, unknown, unknown]>([
    ['maps in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['named items in another order', { env: [{ name: 'A', value: '1' }, { name: 'B' }] }, { env: [{ name: 'B' }, { name: 'A', value: '1' }] }],
    ['ports in another order', { ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }] }, { ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }].map(({ protocol, port }) => protocol === 'TCP' ? { port } : { port, protocol }) }],
    ['mounts in another order', [{ mountPath: '/a', name: 'x' }, { mountPath: '/b', name: 'x' }], [{ mountPath: '/b', name: 'x' }, { mountPath: '/a', name: 'x' }]],
    ['null and nothing', { a: null }, {}],
    ['empty lists', { a: [] }, { a: [] }],
  ])('are the same: %s', (_, before, after) => {
    expect(diffValues(before, after)).toEqual([]);
    expect(diffValues(after, before)).toEqual([]);
  });

  test.each<[string, unknown, unknown, object[]]>([
    ['a number and a text', { a: 80 }, { a: '80' }, [{ path: 'a', before: 80, after: '80' }]],
    ['nothing and an empty map', {}, { emptyDir: {} }, [{ path: 'emptyDir', after: {} }]],
    ['a key that is no word', { labels: { 'a.b/c': 'x' } }, { labels: {} }, [{ path: "labels['a.b/c']", before: 'x' }]],
    ['an inherited name', {}, { constructor: 'x' }, [{ path: 'constructor', after: 'x' }]],
    ['a list of plain values in another order', { args: ['a', 'b'] }, { args: ['b', 'a'] }, [{ path: 'args', before: ['a', 'b'], after: ['b', 'a'] }]],
    ['named items', [{ name: 'a', v: 1 }, { name: 'gone' }], [{ name: 'new' }, { name: 'a', v: 2 }], [
      { path: '[a].v', before: 1, after: 2 }, { path: '[gone]', before: { name: 'gone' } }, { path: '[new]', after: { name: 'new' } },
    ]],
    ['the protocol of a port', { ports: [{ port: 53 }] }, { ports: [{ port: 53, protocol: 'UDP' }] }, [
      { path: 'ports[53/TCP]', before: { port: 53 } }, { path: 'ports[53/UDP]', after: { port: 53, protocol: 'UDP' } },
    ]],
    ['containers that start one after the other', { initContainers: [{ name: 'a' }, { name: 'b' }] }, { initContainers: [{ name: 'b' }, { name: 'a' }] }, [
      { path: 'initContainers (order)', before: ['a', 'b'], after: ['b', 'a'] },
    ]],
    ['an item without a name that came first', { rules: [{ verbs: ['get'] }] }, { rules: [{ verbs: ['list'] }, { verbs: ['get'] }] }, [{ path: 'rules[0]', after: { verbs: ['list'] } }]],
    ['an item without a name that changed', { rules: [{ a: 1 }, { x: 1, y: 1 }, { b: 1 }] }, { rules: [{ a: 1 }, { x: 1, y: 2 }, { b: 1 }] }, [{ path: 'rules[1].y', before: 1, after: 2 }]],
    ['a name that is there twice', { env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }, { env: [{ name: 'A', value: '1' }] }, [{ path: 'env[1]', before: { name: 'A', value: '2' } }]],
    ['a list and a map', { a: [] }, { a: {} }, [{ path: 'a', before: [], after: {} }]],
  ])('differ: %s', (_, before, after, changes) => {
    expect(diffValues(before, after)).toEqual(changes);
  });
});

describe('a part', () => {
  const actual = { spec: { replicas: 2, containers: [{ name: 'log' }, { name: 'app', image: 'a:1', args: ['x'] }], rules: [{ verbs: ['get'], groups: [''] }] } };

  test.each<[object]>([
    [{}], [{ spec: { replicas: 2 } }], [{ spec: { containers: [{ name: 'app', image: 'a:1' }] } }], [{ spec: { rules: [{ verbs: ['get'] }] } }], [{ missing: undefined }],
  ])('%j is in it', expected => expect(diffSubset(expected, actual)).toEqual([]));

  test.each<[object, object[]]>([
    [{ spec: { replicas: 3 } }, [{ path: 'spec.replicas', before: 3, after: 2 }]],
    [{ spec: { containers: [{ name: 'app', image: 'a:2', tty: true }] } }, [
      { path: 'spec.containers[app].image', before: 'a:2', after: 'a:1' }, { path: 'spec.containers[app].tty', before: true },
    ]],
    [{ spec: { containers: [{ name: 'db' }] } }, [{ path: 'spec.containers[db]', before: { name: 'db' } }]],
    [{ spec: { rules: [] } }, [{ path: 'spec.rules', before: [], after: [{ verbs: ['get'], groups: [''] }] }]],
    [{ spec: { containers: [{ name: 'app', args: [] }] } }, [{ path: 'spec.containers[app].args', before: [], after: ['x'] }]],
  ])('%j is not', (expected, changes) => expect(diffSubset(expected, actual)).toEqual(changes));
});
