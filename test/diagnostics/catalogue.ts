/**
 * For every diagnostic code an app that raises it and nothing else. docs/diagnostics.md shows what they print, and the tests hold that
 * they print it.
 */
import { ApiObject, Chart } from 'cdk8s';
import type { Code } from '../../lib/diagnostics/codes';
import type { Diagnostic } from '../../lib/diagnostics/diagnostic';
import { SynthesisError } from '../../lib/diagnostics/synthesis-error';
import {
  Artifact, Artifacts, BackingProvider, Certificate, ContainerImage, Diagnostics, Dockerfile, Environment,
  EnvReference, External, Forbidden, GatewayRoute,
  GoImage, GoStyleMicroservice, type GoStyleMicroserviceProps, HpaService, ImageTag, IngressRoute, KubernetesVersion, local,
  PersistentVolumeClaim, Placement, Platform, PlatformApp, type PlatformAppProps, Postgres, Probe, Redis, Replicas, Resources, Rollout, RouteTls,
  ScheduledTask, ServiceConfig, ServiceNamespace, ServiceSecret, StatefulService, Volume, Worker,
} from '../../lib/index';

interface Example {
  readonly props?: PlatformAppProps;
  readonly build: (app: PlatformApp) => void;
}

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const IMAGE = ContainerImage.reference(`ghcr.io/acme/orders:1.4.2@${DIGEST}`);
const TLS = RouteTls.secret('shop-tls');
const FIXTURES = 'test/diagnostics/fixtures';
const API = 'examples/go-microservice/services/api';

const app = (build: (app: PlatformApp) => void): Example => ({ build });
/** What stands in a chart of its own. */
const shop = (build: (chart: Chart) => void): Example => app(root => build(new Chart(root, 'shop', { namespace: 'shop' })));
/** A service in it. */
const service = (chart: Chart, props: Partial<GoStyleMicroserviceProps> = {}, id = 'orders') => new GoStyleMicroservice(chart, id, { image: IMAGE, ...props });
/** A service alone. */
const orders = (props: Partial<GoStyleMicroserviceProps>): Example => shop(chart => void service(chart, props));
/** A service alone, whose image stands on what is locked. */
const built = (props: Partial<GoStyleMicroserviceProps>): Example => shop(chart => {
  new Platform(chart, { imageBuilds: { lockFile: `${FIXTURES}/images.lock.json` } });
  service(chart, props);
});
const platform = (chart: Chart, ingressClass = 'traefik') => new Platform(chart, { ingressClass });

class Text extends Artifact {
  public constructor(public readonly path: string, private readonly text: string) {
    super();
  }

  public render(): string {
    return this.text;
  }
}

/** By code, in the order of the table. */
export const CATALOGUE: { readonly [code in Code]?: Example } = {
  'validation': shop(chart => chart.node.addValidation({ validate: () => ['The shop needs an owner.'] })),
  'unknown-code': shop(chart => Diagnostics.of(chart).acknowledge('hardening', 'an old image')),
  'error-acknowledged': shop(chart => Diagnostics.of(chart).acknowledge('invalid-port', 'it works')),
  'reason-missing': shop(chart => Diagnostics.of(chart).acknowledge('hardening-off', '')),

  'invalid-name': app(root => void new ServiceConfig(new Chart(root, 'shop', { namespace: 'shop' }), 'Settings', { data: { LEVEL: 'info' } })),
  'duplicate-name': shop(chart => ['config', 'settings'].forEach(id => new ServiceConfig(chart, id, { name: 'orders', data: { LEVEL: 'info' } }))),
  'invalid-label': orders({ podLabels: { 'example.com/team': 'the shop' } }),
  'invalid-quantity': orders({ resources: Resources.of({ cpu: '100mcpu', memory: '256Mi' }) }),
  'invalid-value': orders({ health: { liveness: Probe.http('/healthz', { failureThreshold: 0 }) } }),
  'invalid-version': app(root => void new Platform(root, { kubernetesVersion: KubernetesVersion.of('1.19') })),
  'unknown-field': app(root => {
    new Platform(root, { kubernetesVersion: KubernetesVersion.of('1.27') });
    service(new Chart(root, 'shop', { namespace: 'shop' }), { drain: { ownDelay: true }, podFields: { hostUsers: false, hostnameOverride: 'orders' } });
  }),
  'feature-gate': shop(chart => void new StatefulService(chart, 'ledger', {
    image: IMAGE, ports: [{ name: 'http', number: 8080 }], rollout: Rollout.rolling({ maxUnavailable: '2' }),
  })),
  'invalid-schedule': shop(chart => void new ScheduledTask(chart, 'report', { image: IMAGE, schedule: '0 3 * * 7' })),
  'conflicting-options': orders({ placement: Placement.of({ tolerations: [{ value: 'edge' }] }) }),

  'invalid-port': orders({ port: 80800 }),
  'duplicate-port': orders({ port: 8080, grpcPort: 8080 }),
  'unknown-port': shop(chart => {
    platform(chart);
    new IngressRoute(chart, 'public', { host: 'shop.example.com', paths: [{ path: '/', to: service(chart), port: 'admin' }], tls: TLS });
  }),
  'probe-on-undeclared-port': orders({ health: { readiness: Probe.http('/readyz', { port: 'admin' }) } }),
  'identical-probes': orders({ health: { readiness: Probe.http('/healthz') } }),

  'invalid-env-name': orders({ env: { 'log-level': 'info' } }),
  'duplicate-env': orders({ env: { NODE: 'here' }, envValueFrom: { NODE: EnvReference.field('spec.nodeName') } }),
  'secret-literal': orders({ env: { DB_PASSWORD: 'swordfish' } }),
  'unknown-key': shop(chart => {
    const database = ServiceSecret.existing(chart, 'database', { name: 'orders-db', keys: ['username', 'password'] });
    service(chart, { envValueFrom: { DB_PASS: database.env('pasword') } });
  }),
  'duplicate-key': shop(chart => new ServiceConfig(chart, 'config', { data: { LEVEL: 'info' } }).addData('LEVEL', 'debug')),
  'unreadable-file': shop(chart => void new ServiceConfig(chart, 'config', { files: { 'app.yaml': 'config/missing.yaml' } })),
  'invalid-mount': orders({ volumes: { data: Volume.emptyDir() } }),
  'unconnected-host': orders({ env: { SMTP_HOST: 'smtp.example.com:25' } }),

  'invalid-image': orders({ image: ContainerImage.reference('https://ghcr.io/acme/orders:1.4.2') }),
  'tag-missing': orders({ image: ContainerImage.reference(`ghcr.io/acme/orders:latest@${DIGEST}`) }),
  'digest-missing': orders({ image: ContainerImage.reference('ghcr.io/acme/orders:1.4.2') }),
  'build-input-missing': built({ image: GoImage.fromModule(API, { main: './cmd/server', tag: ImageTag.fromEnv('ORDERS_IMAGE_TAG') }) }),
  'image-conflict': shop(chart => {
    new Platform(chart, { imageBuilds: { lockFile: `${FIXTURES}/images.lock.json` } });
    const image = GoImage.fromModule(API, { main: './cmd/server', tag: ImageTag.of('1.4.2') });
    service(chart, { image, security: { user: 10001 } });
    service(chart, { image, security: { user: 10002 } }, 'returns');
  }),
  'invalid-dockerfile': built({ image: GoImage.fromModule(API, { main: './cmd/server', tag: ImageTag.of('1.4.2'), buildArgs: { NPM_TOKEN: 'swordfish' } }) }),
  'base-unlocked': orders({ image: GoImage.fromModule(API, { main: './cmd/server', tag: ImageTag.of('1.4.2') }) }),
  'invalid-lock': app(root => {
    // No JSON, and there in every checkout.
    new Platform(root, { imageBuilds: { lockFile: `${FIXTURES}/broken.lock.json` } });
    service(new Chart(root, 'shop', { namespace: 'shop' }), { image: GoImage.fromModule(API, { main: './cmd/server', tag: ImageTag.of('1.4.2') }) });
  }),
  'foreign-file': built({ image: GoImage.fromModule(`${FIXTURES}/foreign`, { tag: ImageTag.of('1.4.2'), dockerfile: Dockerfile.inPlace() }) }),
  'source-folder': built({ image: GoImage.fromModule('services/nowhere', { tag: ImageTag.of('1.4.2') }) }),

  'request-above-limit': orders({ resources: Resources.of({ memory: '512Mi', memoryLimit: '256Mi' }) }),
  'scratch-above-limit': orders({ volumes: { '/var/cache/orders': Volume.emptyDir({ sizeLimit: '1Gi' }) } }),
  'unshareable-claim': orders({ volumes: { '/var/lib/orders': Volume.persistentVolumeClaim('orders-data') } }),
  'invalid-replicas': orders({ replicas: Replicas.fixed(1.5) }),
  'min-above-max': orders({ replicas: Replicas.autoscaled({ min: 5, max: 2 }) }),
  'metric-without-request': orders({ replicas: Replicas.autoscaled({ max: 5, cpuUtilization: 70 }), resources: Resources.of({ memory: '256Mi' }) }),
  'duplicate-autoscaler': shop(chart => {
    const target = service(chart);
    ['scaling', 'more-scaling'].forEach(id => new HpaService(chart, id, { target, scaling: { max: 5 } }));
  }),
  'evictions-blocked': orders({ disruption: { minAvailable: '100%' } }),
  'memory-metric-above-request': orders({
    resources: Resources.of({ cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' }), replicas: Replicas.autoscaled({ max: 5, memoryUtilization: 80 }),
  }),

  'invalid-host': shop(chart => service(chart).connectTo(External.host('db_1.example.com', 5432))),
  'invalid-path': shop(chart => {
    platform(chart);
    new IngressRoute(chart, 'public', { host: 'shop.example.com', paths: [{ path: 'api', to: service(chart) }], tls: TLS });
  }),
  'duplicate-route': shop(chart => {
    platform(chart);
    const [a, b] = [service(chart), service(chart, {}, 'returns')];
    new IngressRoute(chart, 'public', { host: 'shop.example.com', paths: [{ path: '/api', to: a }], tls: TLS });
    new IngressRoute(chart, 'other', { host: 'shop.example.com', paths: [{ path: '/api', to: b }], tls: TLS });
  }),
  'ingress-class-missing': shop(chart => void new IngressRoute(chart, 'public', {
    host: 'shop.example.com', paths: [{ path: '/', to: service(chart) }], tls: TLS,
  })),
  'gateway-missing': shop(chart => void GatewayRoute.http(chart, 'public', { host: 'shop.example.com', rules: [{ to: service(chart) }] })),
  'issuer-missing': shop(chart => void new Certificate(chart, 'web', { dnsNames: ['shop.example.com'] })),
  'unsupported-option': shop(chart => {
    platform(chart, 'haproxy');
    const options = { rateLimit: { requests: 10, burst: 20 } };
    new IngressRoute(chart, 'public', { host: 'shop.example.com', paths: [{ path: '/', to: service(chart), options }], tls: TLS });
  }),
  'route-without-tls': shop(chart => {
    platform(chart);
    new IngressRoute(chart, 'public', { host: 'shop.example.com', paths: [{ path: '/', to: service(chart) }] });
  }),
  'connection-without-port': shop(chart => {
    service(chart).connectTo({ toConnectionTarget: () => ({ name: 'mailer', host: 'mailer', ports: [], pods: { labels: { app: 'mailer' } } }) });
  }),
  'duplicate-connection': shop(chart => {
    const client = service(chart);
    ['db.example.com', 'db.example.org'].forEach(host => client.connectTo(External.host(host, 5432)));
  }),
  'foreign-secret': app(root => {
    const db = new Postgres(new Chart(root, 'data', { namespace: 'data' }), 'db', { version: '17.6', image: IMAGE });
    service(new Chart(root, 'shop', { namespace: 'shop' })).connectTo(db);
  }),

  'backing-missing': app(root => {
    const chart = new Chart(new Environment(root, 'prod', { backing: [BackingProvider.cloudNativePg()] }), 'shop', { namespace: 'shop' });
    service(chart).connectTo(new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE }));
  }),
  'late-platform': shop(chart => {
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE });
    new Platform(chart, { backing: [BackingProvider.inCluster()] });
  }),
  'ambiguous-id': shop(chart => ['orders-db', 'Orders-DB'].forEach((id, index) => new Postgres(chart, id, {
    version: '17.6', image: IMAGE, name: `db-${index}`,
  }))),
  'provider-omission': app(root => {
    const options = { apiServer: { cidrs: ['10.0.0.0/28'] }, backing: [BackingProvider.cloudNativePg()] };
    new Postgres(new Chart(new Environment(root, 'prod', options), 'shop', { namespace: 'shop' }), 'db', { version: '17.6', args: ['-c', 'max_connections=200'] });
  }),

  'host-access': orders({ volumes: { '/var/log': Volume.hostPath('/var/log') } }),
  'hardening-off': orders({ security: { writableRootFilesystem: true } }),
  'namespace-missing': app(root => void new ServiceConfig(new Chart(root, 'shop'), 'config', { data: { LEVEL: 'info' } })),
  'quota-without-default': shop(chart => void new ServiceNamespace(chart, 'namespace', { quota: { limits: { cpu: '10' } } })),
  'graceful-drain': app(root => {
    new Platform(root, { kubernetesVersion: KubernetesVersion.of('1.28') });
    service(new Chart(root, 'shop', { namespace: 'shop' }));
  }),

  'broad-access': shop(chart => {
    new Platform(chart, { apiServer: { cidrs: ['10.0.0.0/28'] } });
    service(chart).grantAccess({ resources: ['secrets'], verbs: ['get', 'list'] });
  }),
  'api-server-unknown': shop(chart => service(chart).grantAccess({ resources: ['pods'], verbs: ['list'] })),

  'claim-on-one-node': shop(chart => {
    const uploads = new PersistentVolumeClaim(chart, 'uploads', { size: '10Gi' });
    service(chart, { volumes: { '/var/uploads': uploads.asVolume() } });
  }),

  'local-unsupported': shop(chart => {
    new Worker(chart, 'mailer', { image: IMAGE, volumes: { '/etc/mail': Volume.secret('mail') } });
    new local.ComposeFile(chart, 'compose');
  }),
  'many-networks': shop(chart => {
    for (let index = 0; index < 31; index++) {
      new Worker(chart, `worker-${index}`, { image: IMAGE }).connectTo(External.host('db.example.com', 5432));
    }
    new local.ComposeFile(chart, 'compose');
  }),
  'local-omission': shop(chart => {
    service(chart);
    new local.ComposeFile(chart, 'compose');
  }),

  'forbidden-by-platform': app(root => {
    new Platform(root, { policy: { forbid: [Forbidden.HOST_ACCESS] } });
    service(new Chart(root, 'shop', { namespace: 'shop' }), { podFields: { hostNetwork: true } });
  }),
  'duplicate-platform': app(root => ['example.com', 'example.org'].forEach(domain => new Platform(root, { domain }))),
  'unknown-environment': { props: { environment: 'staging' }, build: root => ['dev', 'prod'].forEach(name => new Environment(root, name)) },
  'duplicate-artifact': app(root => ['one', 'two'].forEach(text => Artifacts.of(root).add(new Text('scripts/release.sh', text)))),
  'output-path': app(root => {
    const prod = new Environment(root, 'prod');
    ['Shop', 'shop'].forEach(id => new Chart(prod, id, { namespace: 'shop' }));
  }),
  'dependency-cycle': app(root => {
    const [a, b] = ['orders', 'returns'].map(id => new Chart(root, id, { namespace: 'shop' }));
    [a, b].forEach(chart => new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap' }));
    a.addDependency(b);
    b.addDependency(a);
  }),
  'server-side-apply': shop(chart => void new ServiceConfig(chart, 'config', { data: { 'catalogue.json': '.'.repeat(300_000) } })),
};

/** Everything that an example raises, in the order in which `PlatformApp` prints it. */
export function raise(code: Code): Diagnostic[] {
  const { props = {}, build } = CATALOGUE[code]!;
  const root = new PlatformApp(props);
  build(root);
  const found = Diagnostics.of(root).collect();
  if (found.length > 0) {
    return found;
  }
  // What is only known when everything is laid out.
  try {
    root.synthYaml();
  } catch (problem) {
    if (problem instanceof SynthesisError) {
      return problem.diagnostics;
    }
    throw problem;
  }
  return [];
}
