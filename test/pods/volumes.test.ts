import { ContainerImage, Volume } from '../../lib/definition';
import { containerOf, finding, findings, IMAGE, orders, podOf, sharedClaim, shop } from '../support/services';

/** What a service with these volumes mounts and has, by mount path and by volume name. */
function render(volumes: { [mountPath: string]: Volume }): { mounts: any; volumes: any; fsGroup?: number } {
  const chart = shop();
  orders(chart, { volumes });
  expect(findings(chart)).toEqual([]);
  const { spec } = podOf(chart);
  const byKey = (list: any[], key: string) => Object.fromEntries(list.map(({ [key]: name, ...rest }) => [name, rest]));
  return {
    mounts: byKey(spec.containers[0].volumeMounts, 'mountPath'),
    volumes: byKey(spec.volumes, 'name'),
    fsGroup: spec.securityContext.fsGroup,
  };
}

const TMP = { mount: { '/tmp': { name: 'tmp' } }, volume: { tmp: { emptyDir: { sizeLimit: '64Mi' } } } };

describe('kinds', () => {
  test.each<[string, Volume, object, object]>([
    ['emptyDir', Volume.emptyDir(), { name: 'data' }, { data: { emptyDir: { sizeLimit: '64Mi' } } }],
    ['emptyDir in memory', Volume.emptyDir({ sizeLimit: '32Mi', inMemory: true }), { name: 'data' }, { data: { emptyDir: { sizeLimit: '32Mi', medium: 'Memory' } } }],
    ['claim', sharedClaim('orders-data'), { name: 'orders-data' }, { 'orders-data': { persistentVolumeClaim: { claimName: 'orders-data' } } }],
    ['ConfigMap', Volume.configMap('settings'), { name: 'settings', readOnly: true }, { settings: { configMap: { name: 'settings' } } }],
    ['Secret', Volume.secret('keys'), { name: 'keys', readOnly: true }, { keys: { secret: { secretName: 'keys', defaultMode: 0o440 } } }],
    ['downward API', Volume.downwardApi({ b: 'metadata.name', a: 'metadata.labels' }), { name: 'pod-info', readOnly: true }, {
      'pod-info': {
        downwardAPI: {
          items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.labels' } }, { path: 'b', fieldRef: { fieldPath: 'metadata.name' } }],
        },
      },
    }],
    ['projection', Volume.projected([Volume.configMap('settings'), Volume.secret('keys')]), { name: 'data', readOnly: true }, {
      data: { projected: { defaultMode: 0o440, sources: [{ configMap: { name: 'settings' } }, { secret: { name: 'keys' } }] } },
    }],
    ['ephemeral claim', Volume.ephemeral({ size: '10Gi', storageClassName: 'fast' }), { name: 'data' }, {
      data: {
        ephemeral: {
          volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } } },
        },
      },
    }],
    ['any other', Volume.of({ csi: { driver: 'secrets.example.com' } }), { name: 'data' }, { data: { csi: { driver: 'secrets.example.com' } } }],
  ])('%s', (_, volume, mount, volumes) => {
    const rendered = render({ '/data': volume });
    expect(rendered.mounts).toEqual({ '/data': mount, ...TMP.mount });
    expect(rendered.volumes).toEqual({ ...volumes, ...TMP.volume });
  });

  test.each<[string, { [path: string]: Volume }, number | undefined]>([
    ['none', {}, undefined],
    ['scratch space, which everybody may write', { '/data': Volume.emptyDir() }, undefined],
    ['configuration, which everybody may read', { '/data': Volume.configMap('settings') }, undefined],
    ['a secret, which its group alone may read', { '/data': Volume.secret('keys') }, 65532],
    ['a secret in a projection', { '/data': Volume.projected([Volume.secret('keys')]) }, 65532],
    ['a claim', { '/data': sharedClaim() }, 65532],
    ['an ephemeral claim', { '/data': Volume.ephemeral({ size: '1Gi' }) }, 65532],
  ])('the group of the pod is given volumes: %s', (_, volumes, fsGroup) => {
    expect(render(volumes).fsGroup).toBe(fsGroup);
  });
});

describe('scratch space', () => {
  test('gives way to a volume at the same place', () => {
    const { mounts, volumes } = render({ '/tmp': Volume.emptyDir({ sizeLimit: '128Mi' }) });
    expect(mounts).toEqual({ '/tmp': { name: 'tmp' } });
    expect(volumes).toEqual({ tmp: { emptyDir: { sizeLimit: '128Mi' } } });
    expect(render({ '/tmp/': Volume.emptyDir() }).mounts).toEqual({ '/tmp/': { name: 'tmp' } });
  });

  test('is not needed where the root can be written', () => {
    const chart = shop();
    orders(chart, { security: { writableRootFilesystem: true } });
    expect(containerOf(chart).volumeMounts).toBeUndefined();
    expect(podOf(chart).spec.volumes).toBeUndefined();
  });

  test('is not shared between containers', () => {
    const chart = shop();
    orders(chart, { sidecars: [{ name: 'logs', image: IMAGE }], initContainers: [{ name: 'migrate', image: IMAGE }] });
    const { spec } = podOf(chart);
    expect(spec.volumes.map(({ name }: any) => name)).toEqual(['tmp', 'tmp-logs', 'tmp-migrate']);
    expect(spec.initContainers.map(({ volumeMounts }: any) => volumeMounts)).toEqual([
      [{ name: 'tmp-migrate', mountPath: '/tmp' }],
      [{ name: 'tmp-logs', mountPath: '/tmp' }],
    ]);
  });
});

describe('names', () => {
  test('come from the source, else from the path', () => {
    expect(Object.keys(render({ '/var/cache/My.App_1': Volume.emptyDir(), '/etc/s': Volume.configMap('settings') }).volumes))
      .toEqual(['settings', 'tmp', 'var-cache-my-app-1']);
  });

  test('one volume in two places is one volume', () => {
    const data = sharedClaim();
    const { mounts, volumes } = render({ '/a': data, '/b': data.mounted({ subPath: 'b', readOnly: true }) });
    expect(mounts).toEqual({ '/a': { name: 'data' }, '/b': { name: 'data', subPath: 'b', readOnly: true }, ...TMP.mount });
    expect(Object.keys(volumes)).toEqual(['data', 'tmp']);
  });

  test('the same source said twice is one volume', () => {
    expect(Object.keys(render({ '/a': Volume.configMap('settings'), '/b': Volume.configMap('settings') }).volumes)).toEqual(['settings', 'tmp']);
  });

  test('two scratch spaces are two volumes', () => {
    expect(Object.keys(render({ '/a': Volume.emptyDir(), '/b': Volume.emptyDir() }).volumes)).toEqual(['a', 'b', 'tmp']);
  });

  test('a clash is resolved by a number', () => {
    const { mounts, volumes } = render({
      '/a': Volume.configMap('settings'),
      '/b': Volume.configMap('settings', { items: { x: 'y' } }),
      '/c': Volume.secret('settings'),
      '/settings': Volume.emptyDir(),
    });
    expect(Object.keys(volumes)).toEqual(['settings', 'settings-2', 'settings-3', 'settings-4', 'tmp']);
    expect(mounts['/settings']).toEqual({ name: 'settings-4' });
  });

  test('a long name is cut, since nobody outside the pod sees it', () => {
    const long = 'x'.repeat(70);
    const names = Object.keys(render({ [`/${long}/a`]: Volume.emptyDir(), [`/${long}/b`]: Volume.emptyDir() }).volumes);
    expect(names).toEqual(['tmp', `${'x'.repeat(61)}-2`, 'x'.repeat(63)]);
  });

  test('a path of signs alone has a name as well', () => {
    expect(Object.keys(render({ '/_': Volume.emptyDir() }).volumes)).toEqual(['tmp', 'volume']);
  });
});

describe('findings', () => {
  test.each(['data', './data', '/a/../b', '/a:b'])('%p is not a path', path => {
    const chart = shop();
    orders(chart, { volumes: { [path]: Volume.emptyDir() } });
    expect(findings(chart)).toEqual([finding('error', 'invalid-mount', `shop/orders volumes['${path}']`,
      `'${path}' is not a path where a volume can be mounted.`,
      "Write an absolute path without ':' and '..', for example '/etc/config'.")]);
  });

  test('a volume over the whole image', () => {
    const chart = shop();
    orders(chart, { volumes: { '/': Volume.emptyDir() } });
    expect(findings(chart)).toEqual([finding('error', 'invalid-mount', "shop/orders volumes['/']",
      'A volume at / hides the whole image.', 'Mount it below the root.')]);
  });

  test('two volumes in one place', () => {
    const chart = shop();
    orders(chart, { volumes: { '/data': Volume.emptyDir(), '/data/': Volume.emptyDir() } });
    expect(findings(chart)).toEqual([finding('error', 'invalid-mount', "shop/orders volumes['/data/']",
      "Another volume is mounted at '/data' already.", 'Mount one of them elsewhere.')]);
  });

  test('what a volume itself finds', () => {
    const chart = shop();
    orders(chart, { volumes: { '/data': Volume.emptyDir({ sizeLimit: 'much' }) } });
    expect(findings(chart)).toEqual([expect.stringContaining("error invalid-quantity [shop/orders volumes['/data'].sizeLimit] 'much'")]);
  });

  test('a path of the node, once however often it is mounted', () => {
    const chart = shop();
    const socket = Volume.hostPath('/var/run/docker.sock', 'Socket');
    orders(chart, {
      volumes: { '/a': socket, '/b': socket },
      sidecars: [{ name: 'logs', image: ContainerImage.reference(`logs:1@sha256:${'0'.repeat(64)}`), volumes: { '/a': socket } }],
    });
    expect(findings(chart)).toEqual([finding('warning', 'host-access', "shop/orders volumes['/a']",
      "The pod mounts '/var/run/docker.sock' of its node, which the Pod Security Standards forbid.",
      "Use an emptyDir or a claim, or acknowledge 'host-access' with the reason.")]);
    expect(podOf(chart).spec.volumes[0]).toEqual({ name: 'a', hostPath: { path: '/var/run/docker.sock', type: 'Socket' } });
  });
});
