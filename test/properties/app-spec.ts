import { Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AccessMode, BackingCredentials, type BackingService, ContainerImage, Elasticsearch, EnvReference, Etcd, External, ExternalService,
  ExtraService, GatewayRoute, GoImage, GoStyleMicroservice, HpaService, ImageTag, IngressRoute, Kafka, KubernetesVersion, LoginDelivery,
  Microservice, Minio, MongoDb, MySql, Nats, NodeAgent, OneOffTask, Placement, Platform, PlatformApp, PodSecurityPreset, Postgres, Probe,
  RabbitMq, Redis, RedisUse, Replicas, Resources, RouteTls, ScheduledTask, ServiceConfig, ServiceSecret, ServiceType, StatefulService,
  Traffic, Volume, Worker, type Workload,
} from '../../lib';

const BACKING_KINDS = [
  'postgres', 'cache', 'streams', 'etcd', 'mysql', 'rabbitmq', 'kafka', 'nats', 'mongodb', 'elasticsearch', 'minio',
] as const;

/** An application in plain data, from which both the constructs and the expectations are made. */
export interface AppSpec {
  readonly services: readonly ServiceSpec[];
  readonly helpers: readonly HelperSpec[];
  readonly connections: readonly ConnectionSpec[];
  readonly routes: readonly RouteSpec[];
  readonly externals: readonly ExternalSpec[];
  readonly extras: readonly ExtraSpec[];
  readonly backing: readonly BackingSpec[];
  readonly minor: number;
  readonly openshift: boolean;
  readonly nodeLocalDns: boolean;
  readonly ingressClass: 'traefik' | 'haproxy' | 'nginx';
}

export interface ServiceSpec {
  readonly name: string;
  readonly namespace: 'alpha' | 'beta';
  readonly kind: 'go' | 'any' | 'stateful';
  readonly port: number;
  readonly metricsPort?: number;
  readonly replicas: { readonly fixed?: number; readonly auto?: { readonly min: number; readonly max: number } };
  readonly type: ServiceType;
  readonly unrestricted: boolean;
  readonly config?: { readonly [key: string]: string };
  readonly secret: boolean;
  readonly memory: number;
  readonly memoryLimit: number;
  readonly volume: 'none' | 'scratch' | 'claim' | 'memory';
  readonly sidecar: boolean;
  readonly init: boolean;
  readonly edge: boolean;
  readonly hpaService: boolean;
  readonly monitoring: boolean;
  /** Whether a namespace is admitted beyond the connections. */
  readonly tools: boolean;
  /** Whether its image is built here. */
  readonly built: boolean;
}

/** What works beside services, and that nobody may reach. */
export interface HelperSpec {
  readonly name: string;
  readonly namespace: 'alpha' | 'beta';
  readonly kind: 'worker' | 'agent' | 'task' | 'schedule';
  /** The service that it is connected to, if any. */
  readonly to?: number;
  /** The port that monitoring scrapes; not that of a task. */
  readonly metricsPort?: number;
  readonly sidecar: boolean;
  /** The services that wait for it, if it is a task. */
  readonly before: readonly number[];
  readonly schedule: string;
  readonly parallelism: number;
}

export interface ConnectionSpec { readonly from: number; readonly to: number }
export interface RouteSpec {
  readonly kind: 'ingress' | 'http' | 'grpc';
  readonly host: string;
  readonly to: number;
  readonly path: string;
  readonly tls: boolean;
}
export interface ExternalSpec {
  readonly from: number;
  readonly host: string;
  readonly port: number;
  readonly cidr?: string;
  /** Whether it gets a name in the cluster, with another port where it is an address. */
  readonly named: boolean;
}

/** A further Service over the first of the services and those beside it that have its port and namespace. */
export interface ExtraSpec {
  readonly over: readonly number[];
  readonly from?: number;
  readonly outside: boolean;
}

/** A backing service, and the services that connect to it; those of another namespace without its login. */
export interface BackingSpec {
  readonly namespace: 'alpha' | 'beta';
  readonly kind: typeof BACKING_KINDS[number];
  readonly from: readonly number[];
  readonly asVariables: boolean;
  readonly existing: boolean;
  readonly members: number;
}

/** The services that a further Service leads to. */
export function targetsOf({ services }: AppSpec, { over }: ExtraSpec): readonly number[] {
  const [first] = over.map(index => services[index]);
  return over.filter(index => services[index].namespace === first.namespace && services[index].port === first.port);
}

/** A real module, read and never written. */
const GO_MODULE = 'examples/go-microservice/services/web';

/** None that another one takes as well: with the version of a task, or as the headless Service of a stateful one. */
const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/).filter(text => !/--|-headless$|-1-0-0$/.test(text));
// Now and then the same one, so that one Service can stand in front of several workloads.
const port = fc.oneof(fc.constant(8080), fc.integer({ min: 1025, max: 65535 }));

const service: fc.Arbitrary<Omit<ServiceSpec, 'name'>> = fc.record({
  namespace: fc.constantFrom('alpha' as const, 'beta' as const),
  kind: fc.constantFrom('go' as const, 'go' as const, 'any' as const, 'stateful' as const),
  port,
  metricsPort: fc.option(port, { nil: undefined }),
  replicas: fc.oneof(
    fc.record({ fixed: fc.integer({ min: 0, max: 5 }) }),
    fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).map(([min, more]) => ({ auto: { min, max: min + more } })),
  ),
  type: fc.constantFrom(ServiceType.CLUSTER_IP, ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER, ServiceType.HEADLESS),
  unrestricted: fc.boolean(),
  config: fc.option(fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}[A-Z0-9]$/).map(key => `X_${key}`), fc.string({ maxLength: 20 }).filter(isHarmless), { minKeys: 1, maxKeys: 3 }), { nil: undefined }),
  secret: fc.boolean(),
  memory: fc.integer({ min: 16, max: 4096 }),
  memoryLimit: fc.integer({ min: 0, max: 4096 }),
  volume: fc.constantFrom('none' as const, 'scratch' as const, 'claim' as const, 'memory' as const),
  sidecar: fc.boolean(),
  init: fc.boolean(),
  edge: fc.boolean(),
  hpaService: fc.boolean(),
  built: fc.boolean(),
  monitoring: fc.boolean(),
  tools: fc.boolean(),
});

/** No value that sends the program to a host or carries a password. */
function isHarmless(text: string): boolean {
  return !/[:@]/.test(text);
}

const helperOf = (services: number): fc.Arbitrary<Omit<HelperSpec, 'name'>> => fc.record({
  namespace: fc.constantFrom('alpha' as const, 'beta' as const),
  kind: fc.constantFrom('worker' as const, 'agent' as const, 'task' as const, 'schedule' as const),
  to: fc.option(fc.nat(services - 1), { nil: undefined }),
  metricsPort: fc.option(port, { nil: undefined }),
  sidecar: fc.boolean(),
  before: fc.uniqueArray(fc.nat(services - 1), { maxLength: 2 }),
  schedule: fc.oneof(
    fc.constantFrom('@daily', '@every 1h', '*/5 * * * *', '0 3 1-7 * mon'),
    fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 31 }))
      .map(([minute, hour, day]) => `${minute} ${hour} ${day} * *`),
  ),
  parallelism: fc.integer({ min: 1, max: 4 }),
});

/** Any application that the library must be able to express. */
export const legalApp: fc.Arbitrary<AppSpec> = fc.tuple(
  fc.uniqueArray(name, { minLength: 1, maxLength: 7 }), fc.integer({ min: 1, max: 4 }),
).map(([all, count]) => [all.slice(0, count), all.slice(count)]).chain(([names, helpers]) => fc.record({
  helpers: fc.tuple(...helpers.map(own => helperOf(names.length).map(spec => ({ ...spec, name: own })))),
  services: fc.tuple(...names.map(own => service.map(spec => ({ ...spec, name: own })))),
  connections: fc.uniqueArray(fc.record({ from: fc.nat(names.length - 1), to: fc.nat(names.length - 1) }), { maxLength: 5, selector: edge => `${edge.from}-${edge.to}` }),
  routes: fc.uniqueArray(fc.record({
    host: fc.constantFrom('a.example.com', 'b.example.com', '*.example.org'),
    to: fc.nat(names.length - 1),
    path: fc.constantFrom('/', '/api', '/web', '/v1/things'),
    tls: fc.boolean(),
    kind: fc.constantFrom('ingress' as const, 'http' as const, 'grpc' as const),
  }), { maxLength: 4, selector: route => `${route.kind}${route.host}${route.kind === 'grpc' ? '' : route.path}` }),
  externals: fc.uniqueArray(fc.record({
    from: fc.nat(names.length - 1),
    host: fc.constantFrom('db.example.com', 'mail.example.net', '203.0.113.7'),
    port,
    cidr: fc.option(fc.constantFrom('198.51.100.0/24', '2001:db8::/32'), { nil: undefined }),
    named: fc.boolean(),
  }), { maxLength: 3, selector: external => `${external.from}-${external.host}` }),
  extras: fc.array(fc.record({
    over: fc.uniqueArray(fc.nat(names.length - 1), { minLength: 1 }),
    from: fc.option(fc.nat(names.length - 1), { nil: undefined }),
    outside: fc.boolean(),
  }), { maxLength: 2 }),
  backing: fc.array(fc.record({
    namespace: fc.constantFrom('alpha' as const, 'beta' as const),
    kind: fc.constantFrom(...BACKING_KINDS),
    from: fc.uniqueArray(fc.nat(names.length - 1), { maxLength: 2 }),
    asVariables: fc.boolean(),
    existing: fc.boolean(),
    members: fc.constantFrom(1, 3),
  }), { maxLength: 2 }),
  minor: fc.integer({ min: 27, max: 36 }),
  openshift: fc.boolean(),
  nodeLocalDns: fc.boolean(),
  ingressClass: fc.constantFrom('traefik' as const, 'haproxy' as const, 'nginx' as const),
}));

/** In which order the calls are made that may come in any order. */
export interface CallOrder {
  readonly platformLast: boolean;
  readonly reverseConnections: boolean;
  readonly shuffleProperties: boolean;
}

export const NATURAL_ORDER: CallOrder = { platformLast: false, reverseConnections: false, shuffleProperties: false };

/** The constructs of an application. */
export function build(spec: AppSpec, order: CallOrder = NATURAL_ORDER): PlatformApp {
  const app = new PlatformApp({ outdir: 'unused', artifactsOutdir: 'unused-artifacts' });
  const platform = () => new Platform(app, shuffled(order, {
    kubernetesVersion: KubernetesVersion.of(`1.${spec.minor}`),
    registry: 'registry.example.com/acme',
    ingressClass: spec.ingressClass,
    gateway: { name: 'public', namespace: 'gateways' },
    monitorLabels: { release: 'prometheus' },
    podSecurity: spec.openshift ? PodSecurityPreset.OPENSHIFT : PodSecurityPreset.RESTRICTED,
    ...spec.nodeLocalDns && { dns: { nodeLocalAddress: '169.254.20.10' } },
  }));
  if (!order.platformLast) {
    platform();
  }
  const charts = Object.fromEntries(['alpha', 'beta'].map(namespace => [namespace, new Chart(app, namespace, { namespace })]));
  const services = spec.services.map(each => buildService(charts[each.namespace], each, spec.minor, order));
  const externals = spec.externals.map(({ from, host, port: number, cidr, named }, index) => {
    const external = External.host(host, number, cidr === undefined ? {} : { cidrs: [cidr] });
    return named ? new ExternalService(charts[spec.services[from].namespace], `ext-${index}`, { external }) : external;
  });
  const extras = spec.extras.map((extra, index) => new ExtraService(charts[spec.services[extra.over[0]].namespace], `extra-${index}`, {
    targets: targetsOf(spec, extra).map(target => services[target]),
    ports: ['http'],
    ...extra.outside && { service: { type: ServiceType.LOAD_BALANCER } },
  }));
  const backing = spec.backing.map((each, index) => buildBacking(charts[each.namespace], `backing-${index}`, each));
  const helpers = spec.helpers.map(each => buildHelper(charts[each.namespace], each, spec.minor));
  const calls = [
    ...spec.helpers.flatMap(({ to, kind, before }, index) => {
      const made = helpers[index];
      return [
        ...to === undefined ? [] : [() => made.connectTo(services[to])],
        ...kind === 'task' ? before.map(waiting => () => (made as OneOffTask).addBefore(services[waiting])) : [],
      ];
    }),
    ...spec.connections.map(({ from, to }) => () => services[from].connectTo(services[to])),
    ...externals.map((target, index) => () => services[spec.externals[index].from].connectTo(target, { envPrefix: `EXT${index}` })),
    ...spec.backing.flatMap(({ from, namespace, asVariables, kind }, index) => from.map(client => () => services[client].connectTo(backing[index], {
      ...!['etcd', 'kafka'].includes(kind) && spec.services[client].namespace !== namespace && { env: false },
      ...asVariables && { login: LoginDelivery.VARIABLES },
    }))),
    ...spec.extras.flatMap(({ from }, index) => from === undefined ? [] : [() => services[from].connectTo(extras[index])]),
  ];
  (order.reverseConnections ? calls.reverse() : calls).forEach(call => call());
  spec.routes.forEach(({ kind, host, to, path, tls }, index) => {
    const chart = charts[spec.services[to].namespace];
    if (kind === 'ingress') {
      new IngressRoute(chart, `route-${index}`, { host, paths: [{ path, to: services[to] }], ...tls && { tls: RouteTls.secret('certificate') } });
    } else if (kind === 'http') {
      GatewayRoute.http(chart, `route-${index}`, { host, rules: [{ path, to: services[to] }] });
    } else {
      GatewayRoute.grpc(chart, `route-${index}`, { host, rules: [{ to: services[to] }] });
    }
  });
  if (order.platformLast) {
    platform();
  }
  return app;
}

function buildHelper(chart: Chart, { name: own, kind, metricsPort, sidecar, schedule, parallelism }: HelperSpec, minor: number): Workload {
  const image = ContainerImage.reference(`registry.example.com/acme/${own}:1.0.0`);
  const runs = kind === 'task' || kind === 'schedule';
  const common = { image, ...sidecar && !(runs && minor < 29) && { sidecars: [{ name: 'side', image }] } };
  const listening = metricsPort === undefined ? {} : { ports: [{ name: 'metrics', number: metricsPort, exposed: false }], metricsPort: 'metrics' };
  switch (kind) {
    case 'worker':
      return new Worker(chart, own, { ...common, ...listening, replicas: Replicas.fixed(parallelism) });
    case 'agent':
      return new NodeAgent(chart, own, { ...common, ...listening, everyNode: parallelism > 2 });
    case 'task':
      return new OneOffTask(chart, own, { ...common, parallelism, completions: parallelism, indexed: parallelism > 2 });
    case 'schedule':
      return new ScheduledTask(chart, own, { ...common, schedule, timeZone: 'Europe/Vienna', parallelism });
  }
}

function buildBacking(chart: Chart, id: string, { kind, existing, members }: BackingSpec): BackingService {
  const login = existing ? { credentials: BackingCredentials.existing({ secretName: 'given', urlKey: 'uri' }) } : {};
  switch (kind) {
    case 'postgres':
      return new Postgres(chart, id, { version: members > 1 ? '18.1' : '17.6', storage: { size: '1Gi' }, ...login });
    case 'cache':
      return new Redis(chart, id, { version: '8.2.1', ...login });
    case 'streams':
      return new Redis(chart, id, { version: '8.2.1', use: RedisUse.STREAMS, ...login });
    case 'etcd':
      return new Etcd(chart, id, { version: '3.6.5', members });
    case 'mysql':
      return new MySql(chart, id, { version: '8.4.6', ...login });
    case 'rabbitmq':
      return new RabbitMq(chart, id, { version: '4.1.4', ...login });
    case 'kafka':
      return new Kafka(chart, id, { version: '4.1.0', members });
    case 'nats':
      return new Nats(chart, id, { version: '2.11.8', members, ...login });
    case 'mongodb':
      return new MongoDb(chart, id, { version: '8.0.13', ...login });
    case 'elasticsearch':
      return new Elasticsearch(chart, id, { version: '9.1.3', ...login });
    case 'minio':
      return new Minio(chart, id, { version: 'RELEASE.2025-09-07T16-13-09Z', ...login });
  }
}

function buildService(chart: Chart, spec: ServiceSpec, minor: number, order: CallOrder): Microservice | StatefulService {
  const image = spec.built
    ? GoImage.fromModule(GO_MODULE, { main: './cmd/web', tag: ImageTag.of('1.0.0') })
    : ContainerImage.reference(`registry.example.com/acme/${spec.name}:1.0.0`);
  const helper = { image: ContainerImage.reference('registry.example.com/acme/helper:2.0.0'), resources: Resources.of({ cpu: '10m', memory: '16Mi' }) };
  const config = spec.config && new ServiceConfig(chart, `${spec.name}-config`, { data: spec.config });
  const secret = spec.secret ? ServiceSecret.managed(chart, `${spec.name}-secret`, { keys: ['password'] }) : undefined;
  const limit = Math.max(spec.memory, spec.memoryLimit);
  const common = {
    image,
    resources: Resources.of({ cpu: '100m', memory: `${spec.memory}Mi`, memoryLimit: `${limit}Mi` }),
    replicas: spec.replicas.auto ? Replicas.autoscaled({ ...spec.replicas.auto, cpuUtilization: 70 }) : Replicas.fixed(spec.replicas.fixed!),
    service: { type: spec.type },
    env: { X_LITERAL: 'yes', X_COPY: '$(X_LITERAL)' },
    envValueFrom: { X_POD: EnvReference.field('metadata.name'), ...secret && { DB_PASSWORD: secret.env('password') } },
    envFrom: config ? [config.asEnv()] : [],
    volumes: {
      ...secret && { '/etc/secrets': secret.asFiles() },
      ...config && { '/etc/config': config.asFiles() },
      ...spec.volume === 'scratch' && { '/scratch': Volume.emptyDir({ sizeLimit: '1Gi' }) },
      ...spec.volume === 'memory' && { '/tmp': Volume.emptyDir({ inMemory: true }) },
      ...spec.volume === 'claim' && {
        '/data': spec.kind === 'stateful'
          ? Volume.claimTemplate('data', { size: '1Gi' })
          : Volume.persistentVolumeClaim('data', { accessModes: [AccessMode.READ_WRITE_MANY] }),
      },
    },
    sidecars: spec.sidecar ? [{ name: 'side', ...helper }] : [],
    initContainers: spec.init ? [{ name: 'first', ...helper, args: ['migrate'] }] : [],
    drain: { ownDelay: minor < 30, timeout: Duration.seconds(10) },
    ...spec.edge && { placement: Placement.edge() },
    ...spec.unrestricted && { egress: Traffic.UNRESTRICTED },
    ...spec.monitoring && spec.metricsPort !== undefined && { monitoring: { interval: Duration.seconds(15) } },
    ...spec.tools && { networkPolicy: { allowFrom: [{ namespace: 'tools', ports: ['http'] }] } },
  };
  const listening = {
    ports: [
      { name: 'http', number: spec.port },
      ...spec.metricsPort !== undefined && spec.metricsPort !== spec.port ? [{ name: 'metrics', number: spec.metricsPort }] : [],
    ],
    ...spec.metricsPort !== undefined && { metricsPort: spec.metricsPort === spec.port ? 'http' : 'metrics' },
    health: { readiness: Probe.http('/ready'), liveness: Probe.http('/live', { port: 'http' }) },
  };
  const goListening = { port: spec.port, ...spec.metricsPort !== undefined && { metricsPort: spec.metricsPort } };
  const made = spec.kind === 'go'
    ? new GoStyleMicroservice(chart, spec.name, shuffled(order, { ...common, ...goListening }))
    : new { any: Microservice, stateful: StatefulService }[spec.kind](chart, spec.name, shuffled(order, { ...common, ...listening }));
  if (spec.hpaService) {
    new HpaService(chart, `${spec.name}-scaling`, { target: made, scaling: { min: 2, max: 4, cpuUtilization: 60 } });
  }
  return made;
}

/** The same object with its keys in the opposite order, at every level that is plain data. */
function shuffled<T extends object>(order: CallOrder, object: T): T {
  return order.shuffleProperties ? reversed(object) as T : object;
}

function reversed(value: unknown): unknown {
  return typeof value === 'object' && value !== null && value.constructor === Object
    ? Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]))
    : value;
}
