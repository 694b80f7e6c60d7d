import { Chart, Duration } from 'cdk8s';
import { chartIn, type FixtureApp, PINNED } from './fixture-app';
import {
  AccessMode, ClaimRetention, ConcurrencyPolicy, Environment, ExistingRole, External, FailureAction, FailureRule, Forbidden,
  GoStyleMicroservice, HpaService, KubernetesVersion, LifecycleHook, Microservice, NodeAgent, OneOffTask, PersistentVolumeClaim, Placement,
  type PlatformApp, type PlatformProps, PodSecurityPreset, Probe, Protocol, Replicas, Resources, Role, Rollout, ScalingMetric,
  ScalingPolicySelection, ScheduledTask, ServiceNamespace, ServiceType, StatefulService, TrafficPolicy, Volume, VolumeMode, Worker,
} from '../../../lib';

const DEFAULT = KubernetesVersion.DEFAULT.version;

/** Services of every kind, with what can be said of their pods and their scaling. */
export const SERVICE_APPS: readonly FixtureApp[] = [
  { name: 'zero-config', kubernetesVersion: DEFAULT, build: zeroConfig },
  { name: 'autoscaled', kubernetesVersion: DEFAULT, build: autoscaled },
  { name: 'grpc', kubernetesVersion: DEFAULT, build: grpc },
  { name: 'service-types', kubernetesVersion: DEFAULT, build: serviceTypes },
  { name: 'full-pods', kubernetesVersion: DEFAULT, build: app => fullPods(app, 'full-pods') },
  { name: 'openshift', kubernetesVersion: DEFAULT, build: app => fullPods(app, 'openshift', { podSecurity: PodSecurityPreset.OPENSHIFT }) },
  { name: 'connections', kubernetesVersion: DEFAULT, build: connections },
  { name: 'storage', kubernetesVersion: DEFAULT, build: storage },
  { name: 'access', kubernetesVersion: DEFAULT, build: access },
  { name: 'family', kubernetesVersion: DEFAULT, build: app => family(app, 'family') },
  ...['1.27', '1.36'].map(version => ({
    name: `family-${version.replace('.', '-')}`,
    kubernetesVersion: version,
    build: (app: PlatformApp) => family(app, `family-${version.replace('.', '-')}`, { kubernetesVersion: KubernetesVersion.of(version) }),
  })),
  { name: 'environments', kubernetesVersion: DEFAULT, build: environments },
  // Each is the first minor in which something changes, or an end of the range.
  ...['1.27', '1.29', '1.30', '1.36'].map(version => ({
    name: `kubernetes-${version.replace('.', '-')}`,
    kubernetesVersion: version,
    build: (app: PlatformApp) => fullPods(app, `kubernetes-${version.replace('.', '-')}`, { kubernetesVersion: KubernetesVersion.of(version) }),
  })),
];

function zeroConfig(app: PlatformApp): void {
  new GoStyleMicroservice(chartIn(app, 'zero-config'), 'web', { image: PINNED });
}

function autoscaled(app: PlatformApp): void {
  const chart = chartIn(app, 'autoscaled');
  new GoStyleMicroservice(chart, 'by-cpu', { image: PINNED, replicas: Replicas.autoscaled({ max: 10 }) });
  new GoStyleMicroservice(chart, 'by-everything', {
    image: PINNED,
    resources: Resources.guaranteed({ cpu: '500m', memory: '256Mi' }),
    replicas: Replicas.autoscaled({
      min: 3,
      max: 30,
      cpuUtilization: 60,
      memoryUtilization: 80,
      metrics: [
        ScalingMetric.cpuAverage('400m'),
        ScalingMetric.containerCpuUtilization('by-everything', 70),
        ScalingMetric.pods('requests_per_second', '100', { route: 'api' }),
        ScalingMetric.object('requests', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'public' }, { value: '10k' }),
        ScalingMetric.external('queue_length', { averageValue: '30', selector: { queue: 'orders' } }),
      ],
      scaleUp: {
        policies: [{ percent: 100, period: Duration.seconds(15) }, { pods: 4, period: Duration.seconds(15) }],
        select: ScalingPolicySelection.MAX,
      },
      scaleDown: { stabilizationWindow: Duration.minutes(10), policies: [{ pods: 1, period: Duration.minutes(1) }] },
    }),
  });
  const adjusted = new Microservice(chart, 'adjusted', {
    image: PINNED,
    ports: [{ name: 'http', number: 3000, servicePort: 80 }],
    health: { readiness: Probe.http('/ready'), liveness: Probe.http('/live') },
  });
  new HpaService(chart, 'scaling', { target: adjusted, scaling: { max: 5, memoryAverage: '100Mi' }, service: { sessionAffinity: Duration.hours(1) } });
}

function grpc(app: PlatformApp): void {
  const chart = chartIn(app, 'grpc');
  new GoStyleMicroservice(chart, 'grpc-only', { image: PINNED, grpcPort: 9000 });
  new GoStyleMicroservice(chart, 'grpc-and-http', { image: PINNED, port: 8080, grpcPort: 9000, metricsPort: 9090 });
}

function serviceTypes(app: PlatformApp): void {
  const chart = chartIn(app, 'service-types');
  new GoStyleMicroservice(chart, 'load-balanced', {
    image: PINNED,
    service: {
      type: ServiceType.LOAD_BALANCER,
      allowedCidrs: ['203.0.113.0/24', '2001:db8::/32'],
      externalTrafficPolicy: TrafficPolicy.LOCAL,
      loadBalancerClass: 'example.com/internal',
      annotations: { 'example.com/scheme': 'internal' },
    },
  });
  new GoStyleMicroservice(chart, 'node-port', { image: PINNED, service: { type: ServiceType.NODE_PORT, nodePorts: { http: 30080 } } });
  new GoStyleMicroservice(chart, 'headless', { image: PINNED, service: { type: ServiceType.HEADLESS, publishNotReadyAddresses: true } });
  new GoStyleMicroservice(chart, 'datagrams', {
    image: PINNED,
    extraPorts: [{ name: 'syslog', number: 5514, servicePort: 514, protocol: Protocol.UDP }, { name: 'admin', number: 9901, exposed: false }],
  });
}

/** Everything that can be said of a pod without weakening it. */
function fullPods(app: PlatformApp, name: string, platform: PlatformProps = {}): void {
  const chart = chartIn(app, name, { apiServer: { cidrs: ['10.0.0.0/28'] }, ...platform });
  const helper = { image: PINNED, resources: Resources.of({ cpu: '10m', memory: '32Mi' }) };
  new GoStyleMicroservice(chart, 'full', {
    image: PINNED,
    command: ['/app/server'],
    args: ['-v'],
    workingDir: '/app',
    env: { LOG_LEVEL: 'info', REGION: 'eu', GREETING: 'hello from $(REGION)' },
    metricsPort: 9090,
    resources: Resources.of({ cpu: '100m', cpuLimit: '1', memory: '128Mi', memoryLimit: '256Mi', ephemeralStorage: '1Gi' }),
    volumes: {
      '/data': Volume.persistentVolumeClaim('data', { accessModes: [AccessMode.READ_WRITE_MANY] }),
      '/scratch': Volume.ephemeral({ size: '10Gi' }),
      '/etc/settings': Volume.configMap('settings', { items: { 'app.yaml': 'app' } }),
      '/etc/credentials': Volume.secret('credentials'),
      '/etc/podinfo': Volume.downwardApi({ labels: 'metadata.labels' }),
      '/etc/both': Volume.projected([Volume.configMap('settings'), Volume.secret('credentials')]),
      '/cache': Volume.emptyDir({ sizeLimit: '64Mi', inMemory: true }),
    },
    health: { readiness: Probe.http('/readyz', { period: Duration.seconds(5), timeout: Duration.seconds(2), headers: { 'X-Probe': 'readiness' } }) },
    initContainers: [{ name: 'migrate', ...helper }],
    sidecars: [{ name: 'proxy', ...helper, ports: [{ name: 'proxy', number: 15001 }], health: { readiness: Probe.tcp(), liveness: Probe.command(['/alive']) } }],
    placement: Placement.edge({ nodeSelector: { 'example.com/pool': 'edge' } }),
    drain: { delay: Duration.seconds(10), timeout: Duration.seconds(30), ownDelay: true },
    rollout: Rollout.rolling({ maxSurge: '25%' }),
    imagePullSecrets: ['registry'],
    labels: { team: 'orders' },
    annotations: { 'example.com/owner': 'orders' },
    podLabels: { tier: 'backend' },
    podAnnotations: { 'example.com/scrape': 'true' },
    security: { addCapabilities: ['NET_BIND_SERVICE'], sysctls: { 'net.ipv4.ip_local_port_range': '1024 65000' } },
    podFields: { hostname: 'orders', dnsConfig: { options: [{ name: 'ndots', value: '2' }] } },
    containerFields: { terminationMessagePolicy: 'FallbackToLogsOnError' },
  });
  // The others wait by themselves, since before 1.30 nothing else can hold SIGTERM back.
  const drain = { ownDelay: true };
  new GoStyleMicroservice(chart, 'with-token', { image: PINNED, serviceAccountToken: true, drain });
  new GoStyleMicroservice(chart, 'scaled', { image: PINNED, replicas: Replicas.autoscaled({ min: 2, max: 4, cpuUtilization: 50 }), drain });
}

/** What runs beside services, with as much as each can say. */
function family(app: PlatformApp, name: string, platform: PlatformProps = {}): void {
  const chart = chartIn(app, name, platform);
  const drain = { ownDelay: true };
  const alive = Probe.command(['/app/server', '-healthcheck']);
  const worker = new Worker(chart, 'worker', {
    image: PINNED,
    ports: [{ name: 'metrics', number: 9090 }],
    metricsPort: 'metrics',
    health: { readiness: Probe.http('/ready'), liveness: alive },
    lifecycle: { postStart: LifecycleHook.command(['/app/warm']), preStop: LifecycleHook.command(['/app/leave']) },
    drain: { delay: Duration.seconds(5), timeout: Duration.minutes(1) },
    rollout: Rollout.recreate(),
  });
  const store = new StatefulService(chart, 'store', {
    image: PINNED,
    ports: [{ name: 'http', number: 7000, servicePort: 80 }, { name: 'gossip', number: 7946, exposed: false }],
    health: { readiness: Probe.http('/ready'), liveness: alive },
    volumes: {
      '/var/lib/store': Volume.claimTemplate('data', { size: '10Gi', storageClassName: 'fast' }),
      '/dev/journal': Volume.claimTemplate('journal', { size: '1Gi', volumeMode: VolumeMode.BLOCK }),
    },
    replicas: Replicas.fixed(3),
    rollout: Rollout.rolling({ partition: 1, minReadySeconds: 5 }),
    claimRetention: { whenScaled: ClaimRetention.DELETE },
    parallel: true,
    drain,
  });
  new NodeAgent(chart, 'agent', {
    image: PINNED,
    ports: [{ name: 'otlp', number: 4317, appProtocol: 'grpc' }],
    health: { readiness: Probe.tcp(), liveness: alive },
    service: { internalTrafficPolicy: TrafficPolicy.LOCAL },
    everyNode: true,
    rollout: Rollout.rolling({ maxSurge: '1' }),
    drain,
  });
  const task = new OneOffTask(chart, 'migrate', {
    image: PINNED,
    deadline: Duration.minutes(10),
    completions: 3,
    indexed: true,
    parallelism: 2,
    failureRules: [FailureRule.onExitCodes([42], FailureAction.FAIL_TASK, { container: 'migrate' }), FailureRule.onDisruption()],
    before: [worker],
  });
  task.connectTo(store);
  worker.connectTo(store);
  new ScheduledTask(chart, 'nightly', {
    image: PINNED,
    schedule: '30 2 * * 1-5',
    timeZone: 'Europe/Vienna',
    concurrency: ConcurrencyPolicy.REPLACE,
    successfulHistory: 1,
    deadline: Duration.hours(1),
  });
}

function connections(app: PlatformApp): void {
  const chart = chartIn(app, 'connections', { dns: { nodeLocalAddress: '169.254.20.10' }, monitoringNamespace: 'observability' });
  const other = new Chart(app, 'elsewhere', { namespace: 'elsewhere' });
  new ServiceNamespace(other, 'namespace', { allowDns: true, limits: {}, quota: { requests: { cpu: '20', memory: '64Gi' }, pods: 100 } });
  const orders = new GoStyleMicroservice(chart, 'orders', { image: PINNED, metricsPort: 9090 });
  const stock = new GoStyleMicroservice(other, 'stock', { image: PINNED, grpcPort: 9000 });
  orders.connectTo(stock);
  orders.connectTo(External.host('db.example.com', 5432, { scheme: 'postgres', cidrs: ['192.0.2.0/24'] }));
  orders.connectTo(External.host('192.0.2.7', 6379, { name: 'cache' }));
}

function access(app: PlatformApp): void {
  const chart = chartIn(app, 'access', {
    apiServer: { cidrs: ['10.0.0.0/28'], port: 443 },
    policy: {
      forbid: Object.values(Forbidden).filter(rule => rule !== Forbidden.CLUSTER_WIDE_ACCESS),
      allowedRegistries: ['ghcr.io/acme'],
      maxReplicas: 10,
      maxResources: { cpu: '4', memory: '8Gi' },
    },
  });
  const health = { readiness: Probe.command(['/app', 'ready']), liveness: Probe.command(['/app', 'alive']) };
  const agent = new NodeAgent(chart, 'agent', {
    image: PINNED, health, serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/agent' },
  });
  agent.grantAccess({ resources: ['nodes'], verbs: ['get', 'list', 'watch'], clusterWide: true });
  agent.grantAccess({ apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['agent'], verbs: ['get', 'update'] });
  const reader = new Role(chart, 'pod-reader', { rules: [{ resources: ['pods', 'pods/log'], verbs: ['get', 'list', 'watch'] }] });
  const worker = new Worker(chart, 'worker', { image: PINNED, health });
  worker.grantRole(reader);
  worker.grantRole(ExistingRole.clusterRole('view'));
}

function storage(app: PlatformApp): void {
  const chart = chartIn(app, 'storage');
  const uploads = new PersistentVolumeClaim(chart, 'uploads', { size: '10Gi', storageClassName: 'shared', accessModes: [AccessMode.READ_WRITE_MANY] });
  const archive = new PersistentVolumeClaim(chart, 'archive', { size: '1Ti', volumeName: 'archive-7', storageClassName: '' });
  new GoStyleMicroservice(chart, 'gallery', { image: PINNED, volumes: { '/var/uploads': uploads.asVolume().mounted({ readOnly: true }) } });
  new Worker(chart, 'archivist', {
    image: PINNED,
    health: { readiness: Probe.command(['/app', 'ready']), liveness: Probe.command(['/app', 'alive']) },
    volumes: { '/var/uploads': uploads.asVolume(), '/var/archive': archive.asVolume() },
    replicas: Replicas.fixed(1),
    rollout: Rollout.recreate(),
  });
}

function environments(app: PlatformApp): void {
  for (const [name, replicas] of [['dev', Replicas.fixed(2)], ['prod', Replicas.autoscaled({ max: 6 })]] as const) {
    const environment = new Environment(app, name, { registry: 'ghcr.io/acme', labels: { stage: name } });
    const shop = new Chart(environment, 'shop', { namespace: 'shop' });
    new ServiceNamespace(shop, 'namespace');
    new GoStyleMicroservice(shop, 'orders', { image: PINNED, replicas });
  }
}
