import { Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  Certificate, CertificateIssuer, type CertificateProps, ContainerImage, Diagnostics, EnvReference, External, ExternalService,
  ExtraService, FailureAction, FailureRule, GatewayRoute, GoStyleMicroservice, type GoStyleMicroserviceProps, HpaService,
  type HttpRouteRule, IngressRoute, KubernetesVersion, LifecycleHook, type MonitorOptions, type NetworkPolicyOptions, NodeAgent,
  OneOffTask, type OneOffTaskProps, PersistentVolumeClaim, Platform, PlatformApp, type PlatformPolicy, Probe, Replicas, Resources, Rollout,
  RouteTls, ScalingMetric, ScheduledTask, ServiceConfig, ServiceSecret, StatefulService, TaskRestart, Volume, VolumeMode, Worker,
} from '../../lib';
import { CODES } from '../../lib/diagnostics/codes';
import { takeInvalidManifests } from '../support/validate-every-manifest';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 200);
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

jest.setTimeout(600_000);

/** What a fault needs to be put in. */
interface Site {
  readonly app: PlatformApp;
  readonly chart: Chart;
  readonly other: GoStyleMicroservice;
}

/** A way to write something wrong: properties of a service, or a call beside it. */
interface Fault {
  readonly name: string;
  readonly props?: Partial<GoStyleMicroserviceProps> & object;
  readonly beside?: (site: Site, service: GoStyleMicroservice) => void;
}

const badPort = fc.constantFrom(0, -1, 65536, 1.5, NaN, Infinity);
const badQuantity = fc.constantFrom('', '12Q', 'abc', '-1', '1Gb', '10m ', '1 Mi');
const badName = fc.constantFrom('UPPER', 'with_underscore', '-dash', 'dash-', 'a'.repeat(64), 'dot.ted', '1digit', 'ümlaut');
const badHost = fc.constantFrom('not a host', 'UPPER_CASE', '-a.example.com', 'a..b', 'http://example.com');
const GATEWAYS = [{ name: 'public', namespace: 'gateways' }];
const reference = ContainerImage.reference('registry.example.com/acme/web:1.0.0');

const fault: fc.Arbitrary<Fault> = fc.oneof(
  badPort.map(port => ({ name: `port ${port}`, props: { port } })),
  badPort.map(grpcPort => ({ name: `grpcPort ${grpcPort}`, props: { grpcPort } })),
  badPort.map(number => ({ name: `extra port ${number}`, props: { extraPorts: [{ name: 'x', number }] } })),
  badName.map(name => ({ name: `name ${name}`, props: { name } })),
  badQuantity.map(memory => ({ name: `memory ${memory}`, props: { resources: Resources.of({ memory }) } })),
  badQuantity.map(cpu => ({ name: `cpu ${cpu}`, props: { resources: Resources.of({ cpu }) } })),
  badQuantity.map(sizeLimit => ({ name: `sizeLimit ${sizeLimit}`, props: { volumes: { '/x': Volume.emptyDir({ sizeLimit }) } } })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 8 })).map(([max, more]) => ({
    name: `min ${max + more} above max ${max}`, props: { replicas: Replicas.autoscaled({ min: max + more, max }) },
  })),
  fc.constantFrom(-1, 1.5, NaN).map(count => ({ name: `replicas ${count}`, props: { replicas: Replicas.fixed(count) } })),
  fc.constantFrom(0, -5, 1.5, NaN).map(percent => ({ name: `cpu share ${percent}`, props: { replicas: Replicas.autoscaled({ max: 9, cpuUtilization: percent }) } })),
  fc.constantFrom('a-b', '1A', 'A B', 'Ä').map(name => ({ name: `env ${name}`, props: { env: { [name]: 'x' } } })),
  fc.constantFrom('PASSWORD', 'API_TOKEN', 'DB_SECRET').map(name => ({ name: `literal ${name}`, props: { env: { [name]: 'hunter2' } } })),
  fc.constant({ name: 'credentials in a URL', props: { env: { DATABASE: 'postgres://me:hunter2@db/app' } } }),
  fc.constant({ name: 'a variable twice', props: { env: { A: 'x' }, envValueFrom: { A: EnvReference.field('metadata.name') } } }),
  fc.constantFrom('relative', '/a:b', '/', '/a/../b').map(path => ({ name: `mount ${path}`, props: { volumes: { [path]: Volume.emptyDir() } } })),
  fc.constantFrom('', 'acme/UPPER:1', 'web', 'web:latest', 'a b:1', 'web:1@sha256:12').map(text => ({ name: `image '${text}'`, props: { image: ContainerImage.reference(text) } })),
  fc.constantFrom('nope', '9999').map(port => ({ name: `probe on ${port}`, props: { health: { readiness: Probe.http('/x', { port }) } } })),
  fc.constant({ name: 'probe path', props: { health: { liveness: Probe.http('healthz') } } }),
  fc.constant({ name: 'empty command', props: { health: { liveness: Probe.command([]) } } }),
  fc.constant({ name: 'a metric of an unknown container', props: { replicas: Replicas.autoscaled({ max: 9, metrics: [ScalingMetric.containerCpuUtilization('nope', 50)] }) } }),
  fc.constant({ name: 'no request to compare with', props: { resources: Resources.none(), replicas: Replicas.autoscaled({ max: 9, cpuUtilization: 50 }) } }),
  fc.constant({ name: 'no pod may go', props: { disruption: { maxUnavailable: '0' } } }),
  fc.constant({ name: 'no pod can be replaced', props: { rollout: Rollout.rolling({ maxSurge: '0', maxUnavailable: '0' }) } }),
  fc.constantFrom('Pod', 'pods/', 'apps/v1/pods', '').map(resource => ({
    name: `rights to '${resource}'`, beside: (_: Site, service: GoStyleMicroservice) => service.grantAccess({ resources: [resource], verbs: ['get'] }),
  })),
  fc.constantFrom('GET', '', 'read write').map(verb => ({
    name: `rights to '${verb}'`, beside: (_: Site, service: GoStyleMicroservice) => service.grantAccess({ resources: ['pods'], verbs: [verb] }),
  })),
  badQuantity.map(size => ({ name: `claim of ${size}`, beside: ({ chart }: Site) => void new PersistentVolumeClaim(chart, 'a-claim', { size }) })),
  fc.constantFrom<PlatformPolicy>(
    { maxReplicas: 0 }, { allowedRegistries: ['http://x'] }, { allowedDomains: ['*'] }, { maxReplicas: 1 }, { allowedRegistries: ['other.example.com'] },
  ).map(policy => ({ name: `policy ${JSON.stringify(policy)}`, beside: ({ chart }: Site) => void new Platform(chart, { policy }) })),
  fc.constant({ name: 'label', props: { labels: { 'not a label': 'x' } } }),
  fc.constant({ name: 'field of the future', props: { podFields: { hostnameOverride: 'x' } } }),
  fc.constant({ name: 'root', props: { security: { user: 0 } } }),
  badHost.map(host => ({ name: `external ${host}`, beside: (_: Site, service: GoStyleMicroservice) => service.connectTo(External.host(host, 5432)) })),
  badPort.map(port => ({ name: `external port ${port}`, beside: (_: Site, service: GoStyleMicroservice) => service.connectTo(External.host('db.example.com', port)) })),
  fc.constant({ name: 'unknown port of a connection', beside: ({ other }: Site, service: GoStyleMicroservice) => service.connectTo(other, { ports: ['nope'] }) }),
  fc.constant({
    name: 'two connections with one prefix',
    beside: ({ other }: Site, service: GoStyleMicroservice) => {
      service.connectTo(other, { envPrefix: 'X' });
      service.connectTo(External.host('db.example.com', 5432), { envPrefix: 'X' });
    },
  }),
  badHost.map(host => ({
    name: `route host ${host}`,
    beside: ({ chart }: Site, service: GoStyleMicroservice) => new IngressRoute(chart, 'route', { host, paths: [{ path: '/', to: service }], tls: RouteTls.secret('tls') }),
  })),
  fc.constantFrom('api', '', '//x').map(path => ({
    name: `route path '${path}'`,
    beside: ({ chart }: Site, service: GoStyleMicroservice) => new IngressRoute(chart, 'route', { host: 'example.com', paths: [{ path, to: service }], tls: RouteTls.secret('tls') }),
  })),
  fc.constant({
    name: 'a path twice',
    beside: ({ chart, other }: Site, service: GoStyleMicroservice) => new IngressRoute(chart, 'route', {
      host: 'example.com', paths: [{ path: '/a', to: service }, { path: '/a', to: other }], tls: RouteTls.secret('tls'),
    }),
  }),
  fc.constant({
    name: 'a route to a port that is not there',
    beside: ({ chart }: Site, service: GoStyleMicroservice) => new IngressRoute(chart, 'route', { host: 'example.com', paths: [{ path: '/', to: service, port: 'nope' }], tls: RouteTls.secret('tls') }),
  }),
  badHost.map(host => ({
    name: `host ${host} of a Gateway route`,
    beside: ({ chart }: Site, service: GoStyleMicroservice) => GatewayRoute.http(chart, 'route', { host, gateways: GATEWAYS, rules: [{ to: service }] }),
  })),
  fc.constantFrom<HttpRouteRule>({}, { path: 'api' }, { redirect: {} }, { redirect: { scheme: 'x' } }, { headers: { 'a b': 'c' } }, { rewritePath: 'x' }, { port: 'nope' }).map(rule => ({
    name: `a rule ${JSON.stringify(rule)}`,
    beside: ({ chart }: Site, service: GoStyleMicroservice) => GatewayRoute.http(chart, 'route', {
      host: 'example.com', gateways: GATEWAYS, rules: [{ ...Object.keys(rule).length > 0 && { to: service }, ...rule }],
    }),
  })),
  fc.constant({
    name: 'no Gateway',
    beside: ({ chart }: Site, service: GoStyleMicroservice) => GatewayRoute.grpc(chart, 'route', { host: 'example.com', rules: [{ to: service }] }),
  }),
  fc.constantFrom<CertificateProps>({}, { dnsNames: ['A'] }, { ipAddresses: ['x'] }, { dnsNames: ['a.b'], duration: Duration.minutes(1) }, { dnsNames: ['a.b'], secretName: 'A' }).map(props => ({
    name: `a certificate ${JSON.stringify(props)}`,
    beside: ({ chart }: Site) => new Certificate(chart, 'certificate', { issuer: CertificateIssuer.issuer('internal'), ...props }),
  })),
  badName.filter(name => name !== '1digit').map(name => ({
    name: `a further Service ${name}`,
    beside: ({ chart, other }: Site, service: GoStyleMicroservice) => new ExtraService(chart, 'extra', { name, targets: [service, other] }),
  })),
  badPort.map(number => ({
    name: `port ${number} of a further Service`,
    beside: ({ chart }: Site, service: GoStyleMicroservice) => new ExtraService(chart, 'extra', { targets: [service], servicePorts: { http: number } }),
  })),
  fc.constantFrom('127.0.0.1', '169.254.1.1', 'nope', '300.1.1.1', 'ff02::1').map(address => ({
    name: `the address ${address}`,
    beside: ({ chart }: Site) => new ExternalService(chart, 'outside', { external: External.host('db.example.com', 5432), addresses: [address] }),
  })),
  fc.constantFrom<MonitorOptions>({}, { path: 'metrics' }, { scheme: 'x' }, { interval: Duration.seconds(0) }).map(monitoring => ({
    name: `monitoring ${JSON.stringify(monitoring)}`,
    props: { monitoring, ...Object.keys(monitoring).length > 0 && { metricsPort: 9090 } },
  })),
  fc.constantFrom<NetworkPolicyOptions>({ allowFrom: [{}] }, { allowFrom: [{ namespace: 'A' }] }, { allowTo: [{ cidrs: ['x'] }] }, { allowTo: [{ namespace: 'a', ports: [{ port: 0 }] }] })
    .map(networkPolicy => ({ name: `peers ${JSON.stringify(networkPolicy)}`, props: { networkPolicy } })),
  fc.constant({
    name: 'a second autoscaler',
    beside: ({ chart }: Site, service: GoStyleMicroservice) => ['one', 'two'].forEach(id => new HpaService(chart, id, { target: service, scaling: { max: 5 } })),
  }),
  fc.constant({ name: 'an unknown key', props: { envValueFrom: {} }, beside: ({ chart }: Site) => unknownKey(chart) }),
  fc.constantFrom('1.26', '1.99', 'new', '2.0').map(version => ({
    name: `Kubernetes ${version}`, beside: ({ chart }: Site) => new Platform(chart, { kubernetesVersion: KubernetesVersion.of(version) }),
  })),
  fc.constant({ name: 'two platforms', beside: ({ app }: Site) => new Platform(app, {}) }),
  fc.constantFrom('', '* * * *', '60 * * * *', '0 0 * * 7', '0 0 31 2 *', '@reboot', 'TZ=UTC 0 0 * * *').map(schedule => ({
    name: `schedule ${schedule}`, beside: ({ chart }: Site) => new ScheduledTask(chart, 'task', { image: reference, schedule }),
  })),
  fc.constantFrom('', 'CEST', 'europe/vienna', '+01:00').map(timeZone => ({
    name: `time zone ${timeZone}`, beside: ({ chart }: Site) => new ScheduledTask(chart, 'task', { image: reference, schedule: '@daily', timeZone }),
  })),
  fc.constantFrom<Partial<OneOffTaskProps>>(
    { completions: 0 }, { parallelism: -1 }, { backoffLimit: 0.5 }, { indexed: true }, { backoffLimitPerIndex: 1 }, { deadline: Duration.seconds(0) },
    { failureRules: [FailureRule.onExitCodes([0], FailureAction.IGNORE)] },
    { failureRules: [FailureRule.onExitCodes([1], FailureAction.FAIL_INDEX)] },
    { failureRules: [FailureRule.onDisruption()], restart: TaskRestart.ON_FAILURE }, { name: 'a'.repeat(63), indexed: true, completions: 5 },
  ).map(props => ({ name: `task ${Object.keys(props)}`, beside: ({ chart }: Site) => new OneOffTask(chart, 'task', { image: reference, ...props }) })),
  fc.integer({ min: 1, max: 4 }).map(count => ({
    name: `${count} tasks in a circle`,
    beside: ({ chart }: Site) => {
      const tasks = Array.from({ length: count }, (_, index) => new OneOffTask(chart, `task-${index}`, { image: reference }));
      tasks.forEach((task, index) => task.addBefore(tasks[(index + 1) % count]));
    },
  })),
  badQuantity.map(size => ({
    name: `claim of ${size}`,
    beside: ({ chart }: Site) => new StatefulService(chart, 'store', { image: reference, ports: [{ number: 7000 }], volumes: { '/data': Volume.claimTemplate('data', { size }) } }),
  })),
  fc.integer({ min: 53, max: 80 }).map(length => ({
    name: `a stateful name of ${length}`, beside: ({ chart }: Site) => new StatefulService(chart, 'a'.repeat(length), { image: reference, ports: [{ number: 7000 }] }),
  })),
  fc.constantFrom(Rollout.recreate(), Rollout.rolling({ maxSurge: '1' }), Rollout.rolling({ partition: -1 })).map(rollout => ({
    name: 'a rollout of another kind', beside: ({ chart }: Site) => new StatefulService(chart, 'store', { image: reference, ports: [{ number: 7000 }], rollout }),
  })),
  fc.constantFrom(Rollout.recreate(), Rollout.rolling({ maxUnavailable: '0' }), Rollout.rolling({ maxSurge: '1', maxUnavailable: '1' }), Rollout.rolling({ maxSurge: '101%' })).map(rollout => ({
    name: 'a rollout that no agent has', beside: ({ chart }: Site) => new NodeAgent(chart, 'agent', { image: reference, rollout }),
  })),
  badPort.map(hostPort => ({ name: `hostPort ${hostPort}`, beside: ({ chart }: Site) => new NodeAgent(chart, 'agent', { image: reference, ports: [{ number: 9000, hostPort }] }) })),
  fc.constant({ name: 'a claim of each pod elsewhere', props: { volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }) } } }),
  fc.constant({ name: 'part of a device', props: { volumes: { '/dev/x': Volume.ephemeral({ size: '1Gi', volumeMode: VolumeMode.BLOCK }).mounted({ subPath: 'a' }) } } }),
  fc.constant({ name: 'a hook of an init container', props: { initContainers: [{ name: 'first', image: reference, lifecycle: { preStop: LifecycleHook.command(['/a']) } }] } }),
  fc.integer({ min: 31, max: 999 }).map(seconds => ({ name: `a hook of ${seconds} seconds`, props: { lifecycle: { postStart: LifecycleHook.sleep(Duration.seconds(seconds)) } } })),
  fc.constant({ name: 'a Service before a worker', beside: ({ chart }: Site) => new HpaService(chart, 'scaling', { target: new Worker(chart, 'worker', { image: reference }), scaling: { max: 3 } }) }),
  fc.constant({ name: 'a name that is taken', beside: ({ chart }: Site) => new GoStyleMicroservice(chart, 'again', { name: 'other', image: reference }) }),
);

function unknownKey(chart: Chart): void {
  const config = new ServiceConfig(chart, 'config', { data: { KEY: 'x' } });
  const secret = ServiceSecret.existing(chart, 'secret', { keys: ['password'] });
  new GoStyleMicroservice(chart, 'reader', { image: reference, envValueFrom: { A: config.env('NOPE'), B: secret.env('nope') } });
}

function build({ props, beside }: Fault): PlatformApp {
  const app = new PlatformApp({ outdir: 'unused', artifactsOutdir: 'unused-artifacts' });
  new Platform(app, { ingressClass: 'traefik' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const other = new GoStyleMicroservice(chart, 'other', { image: reference });
  const service = new GoStyleMicroservice(chart, 'web', { image: reference, ...props });
  beside?.({ app, chart, other }, service);
  return app;
}

describe('any illegal application', () => {
  beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
  afterAll(() => jest.restoreAllMocks());

  test('gives diagnostics that name the fault, a path and a remedy, and never another exception', () => {
    fc.assert(fc.property(fault, each => {
      const app = build(each);
      const errors = Diagnostics.of(app).errors();
      expect({ fault: each.name, errors: errors.length > 0 }).toEqual({ fault: each.name, errors: true });
      for (const error of errors) {
        expect(Object.keys(CODES)).toContain(error.code);
        expect(error.code).not.toBe('validation');
        expect(error.path).not.toBe('');
        expect(error.message).toMatch(/\S.*[.!?]$/s);
        expect(error.remedy).toMatch(/\S.*[.!?]$|\S$/s);
      }
      expect(() => app.synthYaml()).toThrow(/error.*nothing was written/);
    }), { numRuns: RUNS, seed: SEED });
    // A policy judges what would be written; nothing of it is.
    takeInvalidManifests();
  });
});
