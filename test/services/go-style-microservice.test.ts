import { Duration } from 'cdk8s';
import {
  ContainerImage, EnvReference, EnvSource, External, Placement, Probe, QualityOfService, Replicas, Resources, Rollout, Volume,
} from '../../lib/definition';
import type { ResolvedImage } from '../../lib/definition/container-image';
import { Diagnostics, Severity } from '../../lib/diagnostics';
import { GoStyleMicroservice, type GoStyleMicroserviceProps } from '../../lib/services';
import { ServiceType } from '../../lib/traffic';
import { containerOf, envOf, finding, findings, IMAGE, manifestOf, orders, sharedClaim, shop, yamlOf } from '../support/services';

describe('whole manifests', () => {
  test('with nothing but an image', () => {
    const chart = shop();
    orders(chart);
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });

  test('autoscaled', () => {
    const chart = shop();
    orders(chart, { replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 50 }) });
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });

  test('for gRPC', () => {
    const chart = shop();
    orders(chart, { grpcPort: 9000, metricsPort: 9090 });
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });

  test('with everything', () => {
    const chart = shop({ labels: { stage: 'prod' }, annotations: { 'example.com/owner': 'shop' } });
    const data = sharedClaim('orders-data');
    const service = orders(chart, {
      name: 'shop-orders',
      component: 'backend',
      labels: { team: 'orders' },
      annotations: { 'example.com/docs': 'https://docs.example.com' },
      podLabels: { tier: 'one' },
      podAnnotations: { 'example.com/scrape': 'true' },
      port: 8081,
      grpcPort: 9000,
      metricsPort: 9090,
      extraPorts: [{ name: 'admin', number: 9999, exposed: false }],
      command: ['/app/orders'],
      args: ['-v'],
      workingDir: '/app',
      env: { LOG_LEVEL: 'info', DSN: 'host=$(DB_HOST)' },
      envValueFrom: { POD_IP: EnvReference.field('status.podIP'), MEMORY: EnvReference.resource('limits.memory', '1Mi') },
      envFrom: [EnvSource.configMap('settings', 'CFG_')],
      volumes: {
        '/cache': Volume.emptyDir({ sizeLimit: '256Mi', inMemory: true }),
        '/data': data,
        '/etc/settings': Volume.configMap('settings', { items: { 'app.yaml': 'app' } }),
        '/etc/keys': Volume.secret('keys'),
        '/etc/all': Volume.projected([Volume.configMap('settings'), Volume.secret('keys'), Volume.downwardApi({ labels: 'metadata.labels' })]),
        '/etc/pod': Volume.downwardApi({ name: 'metadata.name' }),
        '/scratch': Volume.ephemeral({ size: '10Gi' }),
        '/host': Volume.hostPath('/var/log', 'Directory'),
        '/nfs': Volume.of({ nfs: { server: 'nfs.example.com', path: '/' } }),
      },
      resources: Resources.guaranteed({ cpu: '1', memory: '512Mi' }),
      health: { readiness: Probe.http('/ready', { port: 'admin', timeout: Duration.seconds(2) }), startup: Probe.none() },
      security: { user: 20000, group: 30000, fsGroup: 40000, addCapabilities: ['NET_BIND_SERVICE', 'SYS_PTRACE'], hostNetwork: true, sysctls: { 'net.ipv4.tcp_syncookies': '1' } },
      placement: Placement.edge({ nodeSelector: { site: 'north' } }),
      drain: { delay: Duration.seconds(10), timeout: Duration.seconds(45) },
      initContainers: [{ name: 'migrate', image: IMAGE, args: ['migrate'], volumes: { '/data': data } }],
      sidecars: [{ name: 'proxy', image: IMAGE, ports: [{ name: 'proxy', number: 4180, exposed: true }], security: { user: 20001, writableRootFilesystem: true } }],
      serviceAccountName: 'shared',
      serviceAccountToken: true,
      imagePullSecrets: ['registry'],
      replicas: Replicas.autoscaled({ min: 3, max: 9 }),
      rollout: Rollout.rolling({ maxUnavailable: '1', maxSurge: '25%', minReadySeconds: 5, progressDeadlineSeconds: 300 }),
      service: { type: ServiceType.LOAD_BALANCER, allowedCidrs: ['203.0.113.0/24'] },
      disruption: { minAvailable: '2' },
      containerFields: { terminationMessagePolicy: 'FallbackToLogsOnError' },
      podFields: { dnsConfig: { options: [{ name: 'ndots', value: '2' }] } },
      deploymentFields: { revisionHistoryLimit: 2 },
      overrides: { metadata: { annotations: { 'example.com/late': 'yes' } } },
    });
    service.connectTo(External.host('db.example.com', 5432, { cidrs: ['10.0.0.0/8'] }));
    Diagnostics.of(service).acknowledge('host-access', 'it ships the logs of the node');
    Diagnostics.of(service).acknowledge('hardening-off', 'it profiles itself; the proxy writes its own config');
    const found = Diagnostics.of(chart).collect();
    expect(found.map(({ code, property, acknowledgedReason }) => [code, property, acknowledgedReason !== undefined])).toEqual([
      ['hardening-off', 'security.addCapabilities', true],
      ['host-access', "volumes['/host']", true],
      ['hardening-off', "volumes['/nfs']", true],
      ['hardening-off', 'sidecars[0].security.writableRootFilesystem', true],
      ['host-access', 'security.hostNetwork', true],
    ]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });
});

describe('GOMEMLIMIT', () => {
  const limitOf = (props: Partial<GoStyleMicroserviceProps>, resources?: Resources) => {
    const chart = shop(resources && { resources });
    orders(chart, props);
    return envOf(chart).GOMEMLIMIT;
  };

  test.each([
    ['256Mi', '230MiB'],
    ['1Gi', '921MiB'],
    ['100M', '85MiB'],
    ['1.5Gi', '1382MiB'],
    ['128000Ki', '112MiB'],
    ['1Mi', undefined],
  ])('is 90 % of %s, rounded down: %s', (memory, limit) => {
    expect(limitOf({ resources: Resources.of({ memory }) })).toBe(limit);
  });

  test('follows the limit, not the request', () => {
    expect(limitOf({ resources: Resources.of({ memory: '128Mi', memoryLimit: '256Mi' }) })).toBe('230MiB');
  });

  test('follows the resources of the platform', () => {
    expect(limitOf({}, Resources.of({ memory: '64Mi' }))).toBe('57MiB');
    expect(limitOf({ resources: Resources.of({ memory: '256Mi' }) }, Resources.of({ memory: '64Mi' }))).toBe('230MiB');
  });

  test('is absent without a limit', () => {
    expect(limitOf({ resources: Resources.none() })).toBeUndefined();
    expect(limitOf({ resources: Resources.exactly({ requests: { memory: '256Mi' } }) })).toBeUndefined();
  });

  test.each<[string, Partial<GoStyleMicroserviceProps>, unknown]>([
    ['a literal', { env: { GOMEMLIMIT: '100MiB' } }, '100MiB'],
    ['a reference', { envValueFrom: { GOMEMLIMIT: EnvReference.resource('limits.memory') } }, { resourceFieldRef: { resource: 'limits.memory' } }],
    ['a config', { envFrom: [EnvSource._of(() => ({ configMapRef: { name: 'settings' } }), () => ({ GOMEMLIMIT: '100MiB' }))] }, undefined],
  ])('gives way to %s of the user', (_, props, value) => {
    expect(limitOf(props)).toEqual(value);
  });

  test('that the user says ends the warning about a memory metric', () => {
    const chart = shop();
    orders(chart, {
      env: { GOMEMLIMIT: '100MiB' },
      resources: Resources.of({ cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' }),
      replicas: Replicas.autoscaled({ max: 4, memoryUtilization: 80 }),
    });
    expect(findings(chart)).toEqual([]);
  });
});

describe('GOMAXPROCS', () => {
  class Compiled extends ContainerImage {
    public constructor(private readonly version: string | undefined) {
      super();
    }

    public _resolve(): ResolvedImage {
      return { reference: 'orders:1', tag: '1' };
    }

    public override _goVersion(): string | undefined {
      return this.version;
    }
  }

  test.each<[string | undefined, string | undefined, string | undefined]>([
    ['1.24.3', '2', '2'],
    ['1.24', '1500m', '2'],
    ['1.21', '100m', '1'],
    ['1.24', undefined, undefined],
    ['1.25', '2', undefined],
    ['1.26.1', '2', undefined],
    [undefined, '2', undefined],
  ])('Go %s with a CPU limit of %s: %s', (version, cpuLimit, expected) => {
    const chart = shop();
    orders(chart, { image: new Compiled(version), resources: Resources.of({ memory: '128Mi', ...cpuLimit !== undefined && { cpuLimit } }) });
    expect(envOf(chart).GOMAXPROCS).toBe(expected);
  });

  test('gives way to that of the user', () => {
    const chart = shop();
    orders(chart, { image: new Compiled('1.22'), env: { GOMAXPROCS: '7' }, resources: Resources.of({ cpuLimit: '2' }) });
    expect(envOf(chart).GOMAXPROCS).toBe('7');
  });
});

describe('ports', () => {
  const portsOf = (props: Partial<GoStyleMicroserviceProps>) => {
    const chart = shop();
    orders(chart, props);
    expect(findings(chart)).toEqual([]);
    return containerOf(chart).ports.map(({ name, containerPort }: any) => `${name} ${containerPort}`);
  };

  test.each<[Partial<GoStyleMicroserviceProps>, string[]]>([
    [{}, ['http 8080']],
    [{ port: 3000 }, ['http 3000']],
    [{ grpcPort: 9000 }, ['grpc 9000']],
    [{ port: 8080, grpcPort: 9000 }, ['http 8080', 'grpc 9000']],
    [{ metricsPort: 8080 }, ['http 8080']],
    [{ metricsPort: 9090 }, ['http 8080', 'metrics 9090']],
    [{ metricsPort: 9999, extraPorts: [{ name: 'admin', number: 9999 }] }, ['http 8080', 'admin 9999']],
    [{ metricsPort: 9999, sidecars: [{ name: 'exporter', image: IMAGE, ports: [{ number: 9999 }] }] }, ['http 8080']],
  ])('%j', (props, expected) => {
    expect(portsOf(props)).toEqual(expected);
  });

  test('faults have the property that was written', () => {
    const chart = shop();
    orders(chart, { port: 0, grpcPort: 70000, metricsPort: 1.5, extraPorts: [{ name: 'http', number: -1 }] });
    const invalid = (property: string, port: number) => finding('error', 'invalid-port', `shop/orders ${property}`, `${port} is not a port number.`, 'Write a whole number from 1 to 65535.');
    expect(findings(chart)).toEqual([
      invalid('port', 0),
      invalid('grpcPort', 70000),
      invalid('metricsPort', 1.5),
      invalid('extraPorts[0]', -1),
      finding('error', 'duplicate-port', 'shop/orders extraPorts[0].name', "The port name 'http' is declared twice, first by 'port'.", 'Declare each port once and refer to it by its name.'),
    ]);
  });

  test('two of one number', () => {
    const chart = shop();
    orders(chart, { port: 8080, grpcPort: 8080 });
    expect(findings(chart)).toEqual([finding('error', 'duplicate-port', 'shop/orders grpcPort', "Port 8080/TCP is declared twice, first by 'port'.",
      'Declare each port once and refer to it by its name.')]);
  });
});

describe('probes', () => {
  test('those that are named take the place of those by default, one by one', () => {
    const chart = shop();
    orders(chart, { health: { readiness: Probe.http('/ready'), startup: Probe.none() } });
    const { readinessProbe, livenessProbe, startupProbe } = containerOf(chart);
    expect([readinessProbe.httpGet.path, livenessProbe.httpGet.path, startupProbe]).toEqual(['/ready', '/healthz', undefined]);
  });

  test('ask HTTP where there is both', () => {
    const chart = shop();
    orders(chart, { port: 8080, grpcPort: 9000 });
    expect(containerOf(chart).readinessProbe).toEqual({ httpGet: { path: '/readyz', port: 'http' } });
  });
});

test('by default it is of the class Burstable', () => {
  const chart = shop();
  orders(chart);
  const { requests, limits } = containerOf(chart).resources;
  expect(Resources.exactly({ requests, limits }).qualityOfService).toBe(QualityOfService.BURSTABLE);
});

test('one image in production and in development, where one pod is enough', () => {
  const chart = shop();
  const service = new GoStyleMicroservice(chart, 'orders', { image: IMAGE, replicas: Replicas.fixed(1) });
  expect(service.disruptionBudget).toBeUndefined();
  const { spec } = manifestOf(chart, 'Deployment').spec.template;
  expect(spec).not.toHaveProperty('affinity');
  expect(spec).not.toHaveProperty('topologySpreadConstraints');
  expect(Diagnostics.of(chart).collect().filter(({ severity }) => severity !== Severity.INFO)).toEqual([]);
});
