import { Chart, Testing } from 'cdk8s';
import { Diagnostics, Environment, Forbidden, GoStyleMicroservice, KubernetesVersion, Platform, PlatformApp, type PlatformProps, Replicas, Resources } from '../../lib';
import { IMAGE } from '../support/services';

interface Difference {
  readonly platform?: PlatformProps;
  readonly replicas?: number;
}

/** The manifests of each environment, by kind. */
function rendered(differences: { readonly [environment: string]: Difference }): { [environment: string]: { [kind: string]: any } } {
  const app = new PlatformApp();
  new Platform(app, { registry: 'ghcr.io/acme', labels: { owner: 'shop' }, policy: { forbid: [Forbidden.NODE_PORTS] } });
  return Object.fromEntries(Object.entries(differences).map(([name, { platform, replicas = 2 }]) => {
    const environment = new Environment(app, name, platform);
    const shop = new Chart(environment, 'shop', { namespace: 'shop' });
    new GoStyleMicroservice(shop, 'orders', { image: IMAGE, replicas: Replicas.fixed(replicas) });
    return [name, Object.fromEntries(Testing.synth(shop).map(manifest => [manifest.kind, manifest]))];
  }));
}

/** The paths at which two values differ. */
function differing(one: any, other: any, path = ''): string[] {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other ? [] : [path];
  }
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap(key => differing(one[key], other[key], path === '' ? key : `${path}.${key}`));
}

test('without a difference the environments are the same to the byte, and carry no trace of their names', () => {
  const { dev, prod } = rendered({ dev: {}, prod: {} });
  expect(JSON.stringify(dev)).toBe(JSON.stringify(prod));
  expect(JSON.stringify(prod)).not.toContain('prod');
});

test('an argument differs where it is meant', () => {
  const { dev, prod } = rendered({ dev: { replicas: 2 }, prod: { replicas: 5 } });
  expect(differing(dev, prod)).toEqual(['Deployment.spec.replicas']);
});

test('a decision of the platform differs wherever it reaches', () => {
  const { dev, prod } = rendered({
    dev: { platform: { labels: { stage: 'dev' } } },
    prod: { platform: { labels: { stage: 'prod' }, monitoringNamespace: 'observe' } },
  });
  expect([...new Set(differing(dev, prod).map(path => path.replace(/^\w+\./, '')))]).toEqual(['metadata.labels.stage', 'spec.template.metadata.labels.stage']);
  expect(prod.Deployment.metadata.labels).toMatchObject({ owner: 'shop', stage: 'prod' });
});

test('each may run on another Kubernetes, with other resources', () => {
  const { old, recent } = rendered({
    old: { platform: { kubernetesVersion: KubernetesVersion.of('1.30'), resources: Resources.of({ cpu: '10m', memory: '64Mi' }) } },
    recent: { platform: { kubernetesVersion: KubernetesVersion.of('1.36'), resources: Resources.of({ cpu: '10m', memory: '64Mi' }) } },
  });
  expect(differing(old, recent)).toEqual([
    'Deployment.spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm.matchLabelKeys',
  ]);
  expect(old.Deployment.spec.template.spec.containers[0].resources.limits.memory).toBe('64Mi');
});

test('a policy holds in its environment, beside that of the app', () => {
  const app = new PlatformApp();
  new Platform(app, { policy: { forbid: [Forbidden.HOST_ACCESS] } });
  for (const [name, platform] of Object.entries<PlatformProps>({ dev: {}, prod: { policy: { maxReplicas: 3 } } })) {
    const shop = new Chart(new Environment(app, name, platform), 'shop', { namespace: 'shop' });
    new GoStyleMicroservice(shop, 'orders', { image: IMAGE, replicas: Replicas.fixed(4), security: { hostPid: true } });
  }
  expect(Diagnostics.of(app).errors().map(({ path, property, message }) => [path, property, /platform '(.*)' forbids/.exec(message)![1]])).toEqual([
    ['dev/shop/orders', 'Deployment.spec.template.spec.hostPID', 'Platform'],
    ['prod/shop/orders', 'Deployment.spec.template.spec.hostPID', 'Platform'],
    ['prod/shop/orders', 'Deployment.spec.replicas', 'prod/Platform'],
  ]);
});
