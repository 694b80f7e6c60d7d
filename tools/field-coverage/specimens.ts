import { type Chart, Duration } from 'cdk8s';
import {
  AccessMode, Architecture, ContainerImage, EnvReference, EnvSource, External, ExtraService, GoStyleMicroservice, HpaService,
  ImagePullPolicy, IngressRoute, KubernetesVersion, LifecycleHook, Microservice, type MicroserviceProps, MountPropagation, NodeAgent,
  type NodeAgentProps, OneOffTask, type OneOffTaskProps, PersistentVolumeClaim, Placement, Platform, Probe, Protocol, Replicas, Resources,
  Rollout, RouteTls, ScalingMetric, ScalingPolicySelection, ScheduledTask, type ScheduledTaskProps, ServiceConfig, ServiceNamespace,
  ServiceSecret, ServiceType, StatefulService, type StatefulServiceProps, Volume,
} from '../../lib';

/** A property, and an app that uses it beside what its construct needs. */
export interface Specimen {
  readonly construct: string;
  /** Nothing for what the construct writes by itself. */
  readonly property?: string;
  readonly build: (chart: Chart) => void;
}

const image = ContainerImage.reference('ghcr.io/acme/orders:1.4.2');
const seconds = Duration.seconds;
const timings = {
  initialDelay: seconds(1), period: seconds(5), timeout: seconds(2), failureThreshold: 3, successThreshold: 1, terminationGracePeriod: seconds(20),
};
const forReadiness = { ...timings, terminationGracePeriod: undefined };

function of<P extends object>(
  construct: string, make: (chart: Chart, props: P) => unknown, base: P, properties: { readonly [property: string]: Partial<P> },
): Specimen[] {
  return [
    { construct, build: chart => void make(chart, base) },
    ...Object.entries(properties).map(([property, props]) => ({
      construct, property, build: (chart: Chart) => void make(chart, { ...base, ...props }),
    })),
  ];
}

const container = { name: 'other', image };
const microservice = of<MicroserviceProps>('Microservice', (chart, props) => new Microservice(chart, 'orders', props), { image, ports: [{ number: 8080 }] }, {
  'name': { name: 'shop' },
  'labels': { labels: { team: 'shop' } },
  'annotations': { annotations: { 'example.com/owner': 'shop' } },
  'podLabels': { podLabels: { tier: 'web' } },
  'podAnnotations': { podAnnotations: { 'example.com/scrape': 'true' } },
  'replicas': { replicas: Replicas.fixed(3) },
  'rollout': { rollout: Rollout.rolling({ minReadySeconds: 5, progressDeadlineSeconds: 300, maxSurge: '1', maxUnavailable: '1' }) },
  'disruption.minAvailable': { disruption: { minAvailable: '1' } },
  'disruption.maxUnavailable': { disruption: { maxUnavailable: '1' } },
  'command': { command: ['/app'] },
  'args': { args: ['-v'] },
  'workingDir': { workingDir: '/app' },
  'env': { env: { LEVEL: 'info' } },
  'envValueFrom (EnvReference.field)': { envValueFrom: { POD: EnvReference.field('metadata.name') } },
  'envValueFrom (EnvReference.resource)': { envValueFrom: { CPU: EnvReference.resource('limits.memory', '1Mi') } },
  'envFrom (EnvSource.configMap)': { envFrom: [EnvSource.configMap('settings', 'S_')] },
  'envFrom (EnvSource.secret)': { envFrom: [EnvSource.secret('keys')] },
  'imagePullPolicy': { imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT },
  'imagePullSecrets': { imagePullSecrets: ['registry'] },
  'resources': { resources: Resources.of({ cpu: '100m', cpuLimit: '1', memory: '128Mi', memoryLimit: '256Mi', ephemeralStorage: '1Gi' }) },
  'ports[].name': { ports: [{ number: 8080, name: 'http' }] },
  'ports[].protocol': { ports: [{ number: 8080, protocol: Protocol.UDP }] },
  'ports[].appProtocol': { ports: [{ number: 8080, name: 'http', appProtocol: 'http' }] },
  'ports[].hostPort': { ports: [{ number: 8080, hostPort: 8080 }] },
  'health.readiness (Probe.http)': { health: { readiness: Probe.http('/readyz', { ...forReadiness, https: true, headers: { Cookie: 'a' } }) } },
  'health.liveness (Probe.http)': { health: { liveness: Probe.http('/healthz', { ...timings, https: true, headers: { Cookie: 'a' } }) } },
  'health.startup (Probe.http)': { health: { startup: Probe.http('/healthz', timings) } },
  'health.readiness (Probe.command)': { health: { readiness: Probe.command(['/check']) } },
  'health.liveness (Probe.command)': { health: { liveness: Probe.command(['/check']) } },
  'health.startup (Probe.command)': { health: { startup: Probe.command(['/check']) } },
  'health.readiness (Probe.tcp)': { health: { readiness: Probe.tcp() } },
  'health.liveness (Probe.tcp)': { health: { liveness: Probe.tcp() } },
  'health.readiness (Probe.grpc)': { health: { readiness: Probe.grpc({ service: 'orders' }) } },
  'health.liveness (Probe.grpc)': { health: { liveness: Probe.grpc({ service: 'orders' }) } },
  'lifecycle.preStop': { lifecycle: { preStop: LifecycleHook.command(['/stop']) } },
  'lifecycle.postStart': { lifecycle: { postStart: LifecycleHook.command(['/warm']) } },
  'volumes (Volume.emptyDir)': { volumes: { '/data': Volume.emptyDir({ inMemory: true }) } },
  'volumes (Volume.configMap)': { volumes: { '/data': Volume.configMap('settings', { items: { a: 'b' }, mode: 0o400, optional: true }) } },
  'volumes (Volume.secret)': { volumes: { '/data': Volume.secret('keys', { items: { a: 'b' } }) } },
  'volumes (Volume.persistentVolumeClaim)': { volumes: { '/data': Volume.persistentVolumeClaim('data') } },
  'volumes (Volume.hostPath)': { volumes: { '/data': Volume.hostPath('/data', 'Directory') } },
  'volumes (Volume.projected)': { volumes: { '/data': Volume.projected([Volume.configMap('a'), Volume.secret('b'), Volume.downwardApi({ l: 'metadata.labels' })]) } },
  'volumes (Volume.downwardApi)': { volumes: { '/data': Volume.downwardApi({ labels: 'metadata.labels' }) } },
  'volumes (Volume.ephemeral)': { volumes: { '/data': Volume.ephemeral({ size: '1Gi' }) } },
  'volumes (Volume.of)': { volumes: { '/data': Volume.of({ nfs: { server: '10.0.0.1', path: '/a' } }) } },
  'volumes (mounted)': { volumes: { '/data': Volume.emptyDir().mounted({ subPath: 'a', readOnly: true, propagation: MountPropagation.HOST_TO_CONTAINER }) } },
  'security.user, group, fsGroup': { security: { user: 1000, group: 1000, fsGroup: 1000 } },
  'security.privileged': { security: { privileged: true } },
  'security.addCapabilities': { security: { addCapabilities: ['NET_BIND_SERVICE'] } },
  'security.hostNetwork': { security: { hostNetwork: true } },
  'security.hostPid': { security: { hostPid: true } },
  'security.hostIpc': { security: { hostIpc: true } },
  'security.sysctls': { security: { sysctls: { 'net.ipv4.tcp_syncookies': '1' } } },
  'placement.nodeSelector': { placement: Placement.of({ nodeSelector: { disk: 'ssd' } }) },
  'placement.architecture': { placement: Placement.of({ architecture: Architecture.ARM64 }) },
  'placement.tolerations': { placement: Placement.of({ tolerations: [{ key: 'a', value: 'b', effect: 'NoExecute', tolerationSeconds: 5 }] }) },
  'placement.nodeName': { placement: Placement.of({ nodeName: 'node-1' }) },
  'placement.affinity': {
    placement: Placement.of({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { app: 'a' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
          }],
        },
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }] },
        },
      },
    }),
  },
  'placement.priorityClassName': { placement: Placement.of({ priorityClassName: 'high' }) },
  'placement.runtimeClassName': { placement: Placement.of({ runtimeClassName: 'gvisor' }) },
  'placement.schedulerName': { placement: Placement.of({ schedulerName: 'own' }) },
  'drain': { drain: { timeout: seconds(30) } },
  'initContainers': {
    initContainers: [{
      ...container,
      command: ['/init'],
      args: ['-v'],
      env: { A: 'b' },
      envValueFrom: { POD: EnvReference.field('metadata.name') },
      volumes: { '/data': Volume.emptyDir() },
      resources: Resources.of({ cpu: '1', cpuLimit: '1', memory: '1Gi' }),
      security: { user: 1000, group: 1000 },
    }],
  },
  'initContainers[].security.privileged': { initContainers: [{ ...container, security: { privileged: true } }] },
  'sidecars': { sidecars: [{ ...container, ports: [{ number: 9000, name: 'other' }] }] },
  'service.type': { service: { type: ServiceType.NODE_PORT, nodePorts: { 8080: 30080 } } },
  'service.type (headless)': { service: { type: ServiceType.HEADLESS } },
  'service.sessionAffinity': { service: { sessionAffinity: Duration.hours(1) } },
  'service.annotations': { service: { annotations: { 'example.com/a': 'b' } } },
  'service.allowedCidrs': { service: { type: ServiceType.LOAD_BALANCER, allowedCidrs: ['203.0.113.0/24'] } },
});

const worker = of<OneOffTaskProps>('OneOffTask', (chart, props) => new OneOffTask(chart, 'task', props), { image }, {
  'backoffLimit': { backoffLimit: 2 },
  'completions, parallelism': { completions: 3, parallelism: 2 },
  'deadline': { deadline: Duration.hours(1) },
  'labels': { labels: { team: 'shop' } },
  'annotations': { annotations: { 'example.com/a': 'b' } },
});
const scheduled = of<ScheduledTaskProps>('ScheduledTask', (chart, props) => new ScheduledTask(chart, 'task', props), { image, schedule: '@daily' }, {
  'successfulHistory, failedHistory': { successfulHistory: 1, failedHistory: 1 },
  'suspended': { suspended: true },
});
const stateful = of<StatefulServiceProps>('StatefulService', (chart, props) => new StatefulService(chart, 'ledger', props), { image, ports: [{ number: 7000 }] }, {
  'volumes (Volume.claimTemplate)': { volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi', storageClassName: 'fast', accessModes: [AccessMode.READ_WRITE_ONCE] }) } },
  'parallel': { parallel: true },
  'rollout': { rollout: Rollout.rolling({ partition: 1, minReadySeconds: 5 }) },
  'claimRetention': { claimRetention: {} },
});
const agents = of<NodeAgentProps>('NodeAgent', (chart, props) => new NodeAgent(chart, 'agent', props), { image }, {
  annotations: { annotations: { 'example.com/a': 'b' } },
  everyNode: { everyNode: true },
});

const scaling = { max: 5 };
const behavior = { stabilizationWindow: seconds(60), select: ScalingPolicySelection.MAX, policies: [{ pods: 2, period: seconds(60) }] };
const service = (chart: Chart) => new GoStyleMicroservice(chart, 'orders', { image });
const others: Specimen[] = [
  {
    construct: 'Microservice',
    property: 'sidecars[].security',
    build: chart => {
      // From 1.29 on sidecars stand among the init containers.
      new Platform(chart, { kubernetesVersion: KubernetesVersion.of('1.28') });
      const security = { user: 1000, group: 1000, seccompProfile: 'profiles/other.json' };
      void new Microservice(chart, 'orders', { image, ports: [{ number: 8080 }], sidecars: [{ ...container, security }] });
    },
  },
  { construct: 'Replicas.autoscaled', build: chart => service(chart).addScaling({ ...scaling, cpuUtilization: 50 }) },
  { construct: 'Replicas.autoscaled', property: 'metrics', build: chart => service(chart).addScaling({ ...scaling, metrics: [ScalingMetric.pods('requests', '10')] }) },
  { construct: 'Replicas.autoscaled', property: 'memoryAverage', build: chart => service(chart).addScaling({ ...scaling, memoryAverage: '200Mi' }) },
  { construct: 'Replicas.autoscaled', property: 'scaleUp, scaleDown', build: chart => service(chart).addScaling({ ...scaling, scaleUp: behavior, scaleDown: behavior }) },
  { construct: 'HpaService', build: chart => void new HpaService(chart, 'orders', { existing: { name: 'orders' }, selector: { a: 'b' }, ports: [{ number: 80 }], scaling }) },
  { construct: 'connectTo', build: chart => service(chart).connectTo(new Microservice(chart, 'api', { image, ports: [{ number: 1 }] })) },
  { construct: 'connectTo', property: 'External.host', build: chart => service(chart).connectTo(External.host('10.0.0.1', 5432)) },
  { construct: 'ExtraService', build: chart => void new ExtraService(chart, 'extra', { targets: [service(chart)] }) },
  { construct: 'ServiceConfig', property: 'data', build: chart => void new ServiceConfig(chart, 'settings', { data: { LEVEL: 'info' }, labels: { a: 'b' } }) },
  {
    construct: 'ServiceConfig',
    property: 'env(key)',
    build: chart => {
      const config = new ServiceConfig(chart, 'settings', { data: { LEVEL: 'info' } });
      void new Microservice(chart, 'orders', { image, ports: [{ number: 1 }], envValueFrom: { LEVEL: config.env('LEVEL') } });
    },
  },
  {
    construct: 'ServiceSecret.managed',
    property: 'env(key)',
    build: chart => {
      const secret = ServiceSecret.managed(chart, 'keys', { keys: ['password'], labels: { a: 'b' } });
      void new Microservice(chart, 'orders', { image, ports: [{ number: 1 }], envValueFrom: { PASSWORD: secret.env('password') } });
    },
  },
  { construct: 'grantAccess', build: chart => service(chart).grantAccess({ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['orders'], verbs: ['get'] }) },
  { construct: 'grantAccess', property: 'clusterWide', build: chart => service(chart).grantAccess({ resources: ['nodes'], verbs: ['list'], clusterWide: true }) },
  {
    construct: 'grantAccess',
    property: 'nonResourceUrls',
    build: chart => service(chart).grantAccess({ nonResourceUrls: ['/metrics'], verbs: ['get'], clusterWide: true }),
  },
  {
    construct: 'PersistentVolumeClaim',
    build: chart => void new PersistentVolumeClaim(chart, 'uploads', { size: '1Gi', storageClassName: 'fast', labels: { team: 'shop' } }),
  },
  { construct: 'ServiceNamespace', build: chart => void new ServiceNamespace(chart, 'namespace', { name: 'shop', labels: { a: 'b' } }) },
  {
    construct: 'IngressRoute',
    build: chart => void new IngressRoute(chart, 'public', {
      host: 'shop.example.com', ingressClass: 'nginx', paths: [{ path: '/', to: service(chart) }], tls: RouteTls.secret('tls'), annotations: { 'a.example.com/b': 'c' },
    }),
  },
  {
    construct: 'IngressRoute',
    property: 'paths[].to (unnamed port)',
    build: chart => void new IngressRoute(chart, 'public', {
      host: 'shop.example.com', ingressClass: 'nginx', paths: [{ path: '/', to: new Microservice(chart, 'orders', { image, ports: [{ number: 80 }] }) }], tls: RouteTls.secret('tls'),
    }),
  },
];

export const SPECIMENS: readonly Specimen[] = [...microservice, ...stateful, ...agents, ...worker, ...scheduled, ...others];
