import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Artifacts, Diagnostics, Environment, GoImage, GoStyleMicroservice, type GoStyleMicroserviceProps, ImageTag, IngressRoute, Platform,
  PlatformApp, Postgres, Replicas, ServiceConfig, ServiceSecret, StatefulService, testing, Volume,
} from '../../lib';
import { IMAGE } from '../support/services';

const { Manifests } = testing;

/** An app with one service in the namespace `shop`. */
function shop(
  props: Partial<GoStyleMicroserviceProps> = {},
): { readonly app: PlatformApp; readonly chart: Chart; readonly orders: GoStyleMicroservice } {
  const app = new PlatformApp();
  new Platform(app, { registry: 'ghcr.io/acme', ingressClass: 'traefik' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  return { app, chart, orders: new GoStyleMicroservice(chart, 'orders', { image: IMAGE, ...props }) };
}

function raw(scope: Chart, kind: string, name: string, fields: object = {}, apiVersion = 'v1'): ApiObject {
  return new ApiObject(scope, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, ...fields });
}

/** The message of what an action throws, and where its stack begins. */
function failure(action: () => unknown): { readonly message: string; readonly top: string } {
  try {
    action();
  } catch (error) {
    const { message, stack } = error as Error;
    return { message, top: stack!.slice(stack!.indexOf(message) + message.length).trim().split('\n')[0] };
  }
  throw new Error('Nothing was thrown.');
}

const messageOf = (action: () => unknown): string => failure(action).message;

describe('objects', () => {
  test('are found by kind, name, namespace and version', () => {
    const { app, chart } = shop();
    const other = new Chart(app, 'other', { namespace: 'other' });
    raw(chart, 'ConfigMap', 'a');
    raw(other, 'ConfigMap', 'a');
    raw(other, 'ConfigMap', 'b');
    const manifests = Manifests.of(app);
    const names = (query?: testing.ObjectQuery) => manifests.findObjects('ConfigMap', query).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(names()).toEqual(['shop/a', 'other/a', 'other/b']);
    expect(names({ name: 'a' })).toEqual(['shop/a', 'other/a']);
    expect(names({ namespace: 'other' })).toEqual(['other/a', 'other/b']);
    expect(names({ apiVersion: 'v1', namespace: 'shop' })).toEqual(['shop/a']);
    expect(names({ apiVersion: 'example.com/v1' })).toEqual([]);
    expect(manifests.findObjects('Ingress')).toEqual([]);
    expect(manifests.getObject('ConfigMap', 'a', 'other').metadata.namespace).toBe('other');
    expect(Manifests.of(other).objects.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  });

  test('are as they are written, rendered once, and copies', () => {
    const { chart } = shop();
    let asked = 0;
    raw(chart, 'ConfigMap', 'a').toJson = () => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { asked: String(++asked) } });
    const manifests = Manifests.of(chart);
    manifests.getObject('ConfigMap', 'a').data.asked = 'changed';
    const known = manifests.objects.length;
    raw(chart, 'ConfigMap', 'late');
    expect(manifests.objects).toHaveLength(known);
    const times = asked;
    expect(manifests.getObject('ConfigMap', 'a').data.asked).toBe(String(times));
    expect(asked).toBe(times);
  });

  test('those of a construct and of an environment can be asked alone', () => {
    const app = new PlatformApp();
    for (const name of ['dev', 'prod']) {
      new GoStyleMicroservice(new Chart(new Environment(app, name), 'shop', { namespace: 'shop' }), 'orders', { image: IMAGE, replicas: Replicas.fixed(name === 'dev' ? 1 : 3) });
    }
    Manifests.of(app.node.findChild('prod')).hasObject('Deployment', 'orders', { spec: { replicas: 3 } });
    Manifests.of(app.node.findChild('prod').node.findChild('shop').node.findChild('orders')).countIs('Deployment', 1);
    expect(messageOf(() => Manifests.of(app).getObject('Deployment', 'orders')))
      .toBe('There are 2 of Deployment orders: shop/orders (dev), shop/orders (prod). Name the namespace, or ask the environment or chart alone.');
  });

  test('one that is not there is said with what is', () => {
    const { chart } = shop();
    const manifests = Manifests.of(chart);
    expect(messageOf(() => manifests.getObject('Deployment', 'order'))).toBe('There is no Deployment order; there is shop/orders.');
    expect(messageOf(() => manifests.hasObject('Deployment', 'orders', {}, 'default'))).toBe('There is no Deployment default/orders; there is shop/orders.');
    expect(messageOf(() => manifests.getObject('Ingress', 'web')))
      .toBe('There is no Ingress web; there are objects of the kinds Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount.');
    expect(messageOf(() => Manifests.of(new App()).getObject('Ingress', 'web'))).toBe('There is no Ingress web; there is no object at all.');
  });
});

describe('hasObject', () => {
  test('takes a part of what is there', () => {
    const manifests = Manifests.of(shop({ env: { LOG_LEVEL: 'debug' }, replicas: Replicas.fixed(2) }).chart);
    manifests.hasObject('Deployment', 'orders');
    manifests.hasObject('Deployment', 'orders', {
      spec: { replicas: 2, template: { spec: { containers: [{ name: 'orders', env: [{ name: 'LOG_LEVEL', value: 'debug' }] }] } } },
    }, 'shop');
  });

  test('says what is otherwise, field by field', () => {
    const manifests = Manifests.of(shop({ env: { LOG_LEVEL: 'debug' }, replicas: Replicas.fixed(2) }).chart);
    expect(messageOf(() => manifests.hasObject('Deployment', 'orders', {
      metadata: { labels: { 'example.com/team': 'shop' } },
      spec: { replicas: 3, paused: null, template: { spec: { containers: [{ name: 'orders', command: [], env: [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'MODE', value: 'x' }] }] } } },
    }))).toBe(`Deployment shop/orders is not as expected:
  metadata.labels['example.com/team']: expected shop, is nothing
  spec.replicas: expected 3, is 2
  spec.template.spec.containers[orders].command: expected [], is nothing
  spec.template.spec.containers[orders].env[LOG_LEVEL].value: expected info, is debug
  spec.template.spec.containers[orders].env[MODE]: expected
      name: MODE
      value: x
    is
      nothing`);
  });

  test('its error leads to the test, not into the library', () => {
    const { chart } = shop();
    const manifests = Manifests.of(chart);
    const calls: (() => unknown)[] = [
      () => manifests.hasObject('Deployment', 'orders', { spec: { replicas: 9 } }), () => manifests.getObject('Deployment', 'x'), () => manifests.countIs('Deployment', 7),
      () => manifests.artifact('x'), () => Manifests.of(shop({ port: -1 }).app).objects, () => Manifests.of(shop({ port: -1 }).app).artifactPaths,
      () => Manifests.of(shop({ port: -1 }).app).hasNoDiagnostics(), () => Manifests.of(shop({ volumes: { '/a': Volume.secret('a') } }).app).allReferencesResolve(),
    ];
    expect(calls.map(call => failure(call).top).filter(top => !top.includes('manifests.test.ts'))).toEqual([]);
  });
});

test('countIs counts', () => {
  const { chart } = shop();
  const manifests = Manifests.of(chart);
  manifests.countIs('Deployment', 1);
  manifests.countIs('Deployment', 0, { name: 'web' });
  manifests.countIs('Ingress', 0);
  expect(messageOf(() => manifests.countIs('Deployment', 2))).toBe('Expected 2 objects of the kind Deployment, there is 1: shop/orders.');
  expect(messageOf(() => manifests.countIs('Ingress', 1))).toBe('Expected 1 object of the kind Ingress, there is none.');
});

describe('hasNoDiagnostics', () => {
  test('lists errors and warnings that nobody has accepted', () => {
    const { chart } = shop({ env: { SMTP_HOST: 'smtp.example.com:25' }, port: 70_000 });
    expect(messageOf(() => Manifests.of(chart).hasNoDiagnostics())).toBe(`1 error and 1 warning:
error invalid-port [shop/orders port] 70000 is not a port number.
    Write a whole number from 1 to 65535.
warning unconnected-host [shop/orders env.SMTP_HOST] SMTP_HOST names the host 'smtp.example.com', and no connection declares it: the network policy will not let the pods reach it.
    Write connectTo(…) with the service behind it, or connectTo(External.host('smtp.example.com', <port>)).`);
  });

  test('a warning that is accepted is none', () => {
    const { chart, orders } = shop({ env: { SMTP_HOST: 'smtp.example.com:25' } });
    expect(messageOf(() => Manifests.of(chart).hasNoDiagnostics())).toMatch(/^0 errors and 1 warning:\nwarning unconnected-host /);
    Diagnostics.of(orders).acknowledge('unconnected-host', 'The relay is reached by a proxy.');
    Manifests.of(chart).hasNoDiagnostics();
  });

  test('the errors stop everything else', () => {
    const { app } = shop({ port: 70_000 });
    expect(messageOf(() => Manifests.of(app).countIs('Deployment', 1)))
      .toMatch(/^There are no manifests, for there is 1 error:\nerror invalid-port \[shop\/orders port\] /);
  });

  test('a part is judged by what is found there', () => {
    const { app, chart } = shop();
    const other = new Chart(app, 'shop-other', { namespace: 'shop' });
    new GoStyleMicroservice(other, 'web', { image: IMAGE, port: 70_000 });
    Manifests.of(chart).countIs('Deployment', 1);
    expect(messageOf(() => Manifests.of(other).hasNoDiagnostics())).toContain('invalid-port');
  });

  test('files that collide and dependencies in a circle count as well', () => {
    const app = new PlatformApp();
    const [one, two] = [new Chart(app, 'a.b'), new Chart(app, 'b')];
    one.addDependency(two);
    two.addDependency(one);
    expect(messageOf(() => Manifests.of(app).hasNoDiagnostics())).toMatch(/^1 error and 0 warnings:\nerror dependency-cycle /);
  });

  test('an app without any passes, a stock App too', () => {
    Manifests.of(shop().app).hasNoDiagnostics();
    const app = new App();
    new GoStyleMicroservice(new Chart(app, 'shop', { namespace: 'shop' }), 'orders', { image: IMAGE });
    Manifests.of(app).hasNoDiagnostics();
  });
});

describe('allReferencesResolve', () => {
  test('what the app makes, or names as existing, is there', () => {
    const { app, chart, orders } = shop({ replicas: Replicas.autoscaled({ min: 2, max: 4, cpuUtilization: 70 }) });
    const config = new ServiceConfig(chart, 'settings', { data: { MODE: 'x' } });
    const web = new StatefulService(new Chart(app, 'web', { namespace: 'shop' }), 'web', {
      image: IMAGE,
      ports: [{ name: 'http', number: 8080 }],
      volumes: {
        '/config': config.asFiles(),
        '/login': ServiceSecret.existing(chart, 'login', { keys: ['password'] }).asFiles(),
        '/cert': ServiceSecret.existing(chart, 'cert', { name: 'web-cert', keys: ['tls.crt'] }).asFiles(),
        '/foreign': ServiceConfig.existing(chart, 'foreign', { keys: ['a'] }).asFiles(),
        '/token': Volume.secret(kplus.Secret.fromSecretName(chart, 'imported', 'token').name),
        '/optional': Volume.secret('perhaps', { optional: true }),
      },
    });
    orders.connectTo(new Postgres(chart, 'db', { version: '17' }));
    orders.connectTo(web);
    new IngressRoute(chart, 'public', { host: 'shop.example.com', paths: [{ path: '/', to: orders }] });
    Manifests.of(app).allReferencesResolve();
    Manifests.of(chart).allReferencesResolve();
  });

  test('what nobody makes is listed, with the field that names it', () => {
    const { chart } = shop({ serviceAccountName: 'runner', volumes: { '/a': Volume.secret('a'), '/b': Volume.configMap('b'), '/c': Volume.persistentVolumeClaim('c') } });
    const pod = (labels: object, spec: object) => ({ template: { metadata: { labels }, spec } });
    raw(chart, 'CronJob', 'nightly', {
      spec: {
        schedule: '0 3 * * *',
        jobTemplate: {
          spec: pod({ app: 'nightly' }, {
            volumes: [{ name: 'all', projected: { sources: [{ configMap: { name: 'p' } }, { secret: { name: 'q' } }, { secret: { name: 'r', optional: true } }] } }],
            initContainers: [{ name: 'first', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'env-secret', key: 'a' } } }] }],
            containers: [{
              name: 'main',
              env: [{ name: 'B', valueFrom: { configMapKeyRef: { name: 'env-config', key: 'b' } } }],
              envFrom: [{ secretRef: { name: 'from-secret' } }, { configMapRef: { name: 'from-config' } }],
            }],
          }),
        },
      },
    }, 'batch/v1');
    raw(chart, 'Service', 'lost', { spec: { selector: { app: 'nobody' } } });
    raw(chart, 'Service', 'outside', { spec: { type: 'ExternalName', externalName: 'example.com' } });
    raw(chart, 'StatefulSet', 'set', { spec: { serviceName: 'set-peers', selector: { matchLabels: { app: 'set' } }, ...pod({ app: 'set' }, { serviceAccountName: 'default', containers: [] }) } }, 'apps/v1');
    raw(chart, 'PodDisruptionBudget', 'budget', { spec: { selector: { matchLabels: { app: 'set' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] } } }, 'policy/v1');
    raw(chart, 'HorizontalPodAutoscaler', 'scaler', { spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'order' } } }, 'autoscaling/v2');
    const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
    raw(chart, 'Ingress', 'web', { spec: { defaultBackend: backend('fallback'), rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend('web') }] } }] } }, 'networking.k8s.io/v1');
    raw(chart, 'HTTPRoute', 'route', { spec: { rules: [{ backendRefs: [{ name: 'orders' }, { name: 'orders', namespace: 'other' }, { name: 'x', kind: 'Function', group: 'example.com' }] }] } }, 'gateway.networking.k8s.io/v1');
    raw(chart, 'RoleBinding', 'binding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'shop' }, { kind: 'ServiceAccount', name: 'theirs', namespace: 'monitoring' }] }, 'rbac.authorization.k8s.io/v1');
    const manifests = Manifests.of(chart);
    expect(messageOf(() => manifests.allReferencesResolve())).toBe(`18 references lead nowhere:
  Deployment shop/orders spec.template.spec.serviceAccountName: there is no ServiceAccount shop/runner
  Deployment shop/orders spec.template.spec.volumes[a].secret: there is no Secret shop/a
  Deployment shop/orders spec.template.spec.volumes[b].configMap: there is no ConfigMap shop/b
  Deployment shop/orders spec.template.spec.volumes[c].persistentVolumeClaim: there is no PersistentVolumeClaim shop/c
  CronJob shop/nightly spec.jobTemplate.spec.template.spec.volumes[all].projected.sources[0].configMap: there is no ConfigMap shop/p
  CronJob shop/nightly spec.jobTemplate.spec.template.spec.volumes[all].projected.sources[1].secret: there is no Secret shop/q
  CronJob shop/nightly spec.jobTemplate.spec.template.spec.initContainers[first].env[A]: there is no Secret shop/env-secret
  CronJob shop/nightly spec.jobTemplate.spec.template.spec.containers[main].env[B]: there is no ConfigMap shop/env-config
  CronJob shop/nightly spec.jobTemplate.spec.template.spec.containers[main].envFrom[0]: there is no Secret shop/from-secret
  CronJob shop/nightly spec.jobTemplate.spec.template.spec.containers[main].envFrom[1]: there is no ConfigMap shop/from-config
  Service shop/lost spec.selector: it selects no pod of the app
  StatefulSet shop/set spec.serviceName: there is no Service shop/set-peers
  PodDisruptionBudget shop/budget spec.selector: it selects no pod of the app
  HorizontalPodAutoscaler shop/scaler spec.scaleTargetRef: there is no Deployment shop/order
  Ingress shop/web spec.defaultBackend.service: there is no Service shop/fallback
  Ingress shop/web spec.rules[a.example.com].http.paths[/].backend.service: there is no Service shop/web
  HTTPRoute shop/route spec.rules[0].backendRefs[orders]: there is no Service other/orders
  RoleBinding shop/binding subjects[robot]: there is no ServiceAccount shop/robot`);
    expect(messageOf(() => manifests.allReferencesResolve({
      existing: [
        'ServiceAccount/runner', 'Secret/a', 'ConfigMap/b', 'ConfigMap/p', 'Secret/q', 'Secret/env-secret', 'ConfigMap/env-config', 'Secret/from-secret', 'ConfigMap/from-config', 'Service/lost',
        'Service/set-peers', 'PodDisruptionBudget/budget', 'Deployment/order', 'Service/fallback', 'Service/web', 'Service/orders', 'ServiceAccount/robot',
      ],
    }))).toBe('1 reference leads nowhere:\n  Deployment shop/orders spec.template.spec.volumes[c].persistentVolumeClaim: there is no PersistentVolumeClaim shop/c');
  });

  test('environments and namespaces are kept apart', () => {
    const app = new PlatformApp();
    const charts = ['dev', 'prod'].map(name => new Chart(new Environment(app, name), 'shop', { namespace: 'shop' }));
    raw(charts[0], 'ConfigMap', 'settings');
    raw(new Chart(charts[1], 'other', { namespace: 'other' }), 'ConfigMap', 'settings');
    charts.forEach(chart => new GoStyleMicroservice(chart, 'orders', { image: IMAGE, volumes: { '/a': Volume.configMap('settings') } }));
    expect(messageOf(() => Manifests.of(app).allReferencesResolve()))
      .toBe('1 reference leads nowhere:\n  Deployment shop/orders spec.template.spec.volumes[settings].configMap: there is no ConfigMap shop/settings');
  });

  test.each([['In', true], ['NotIn', false], ['Exists', true], ['DoesNotExist', false]])('a selector with %s', (operator, selects) => {
    const { chart } = shop();
    raw(chart, 'PodDisruptionBudget', 'budget', { spec: { selector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator, values: ['orders'] }] } } }, 'policy/v1');
    const check = () => Manifests.of(chart).allReferencesResolve();
    expect(selects ? check() : messageOf(check)).toBe(selects ? undefined : '1 reference leads nowhere:\n  PodDisruptionBudget shop/budget spec.selector: it selects no pod of the app');
  });
});

test('artefacts are there by their path', () => {
  const { app, chart } = shop();
  const manifests = Manifests.of(app);
  expect(messageOf(() => manifests.artifact('a.txt'))).toBe("There is no artefact 'a.txt'; there is none at all.");
  Artifacts.of(chart).add({ path: 'notes/a.txt', render: () => 'a text\n' });
  Artifacts.of(chart).add({ path: 'b.txt', render: () => '' });
  expect(manifests.artifactPaths).toEqual(['b.txt', 'notes/a.txt']);
  expect(manifests.artifact('notes/a.txt')).toBe('a text\n');
  expect(messageOf(() => manifests.artifact('a.txt'))).toBe("There is no artefact 'a.txt'; there are b.txt, notes/a.txt.");
});

test('a Dockerfile is one of them', () => {
  const app = new PlatformApp();
  new Platform(app, { registry: 'ghcr.io/acme' });
  new GoStyleMicroservice(new Chart(app, 'shop'), 'web', { image: GoImage.fromModule('examples/platform-repo/services', { main: './cmd/web', tag: ImageTag.of('1.0.0') }) });
  expect(Manifests.of(app).artifactPaths).toContain('images/web/Dockerfile');
});

test('docs/testing.md shows what is said', () => {
  const page = readFileSync(join(__dirname, '../../docs/testing.md'), 'utf8');
  const manifests = Manifests.of(shop({ env: { LOG_LEVEL: 'debug' }, replicas: Replicas.fixed(2), volumes: { '/etc/settings': Volume.configMap('settings') } }).chart);
  const said = [
    messageOf(() => manifests.hasObject('Deployment', 'orders', {
      spec: { replicas: 3, template: { spec: { containers: [{ name: 'orders', env: [{ name: 'LOG_LEVEL', value: 'info' }] }] } } },
    })),
    messageOf(() => manifests.getObject('Ingress', 'orders')),
    messageOf(() => manifests.allReferencesResolve()),
  ];
  expect(said.filter(message => !page.includes(`\`\`\`text\n${message}\n\`\`\`\n`))).toEqual([]);
});
