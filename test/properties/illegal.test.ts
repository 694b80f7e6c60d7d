import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import {
  ContainerImage, Diagnostics, EnvReference, External, GoStyleMicroservice, type GoStyleMicroserviceProps, HpaService, IngressRoute,
  KubernetesVersion, PersistentVolumeClaim, Platform, PlatformApp, type PlatformPolicy, Probe, Replicas, Resources, Rollout, RouteTls, ScalingMetric, ServiceConfig, ServiceSecret, Volume,
} from '../../lib';
import { CODES } from '../../lib/diagnostics/codes';

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
  fc.constant({
    name: 'a second autoscaler',
    beside: ({ chart }: Site, service: GoStyleMicroservice) => ['one', 'two'].forEach(id => new HpaService(chart, id, { target: service, scaling: { max: 5 } })),
  }),
  fc.constant({ name: 'an unknown key', props: { envValueFrom: {} }, beside: ({ chart }: Site) => unknownKey(chart) }),
  fc.constantFrom('1.26', '1.99', 'new', '2.0').map(version => ({
    name: `Kubernetes ${version}`, beside: ({ chart }: Site) => new Platform(chart, { kubernetesVersion: KubernetesVersion.of(version) }),
  })),
  fc.constant({ name: 'two platforms', beside: ({ app }: Site) => new Platform(app, {}) }),
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
  });
});
