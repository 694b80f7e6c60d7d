import { Chart, Duration, Testing } from 'cdk8s';
import {
  AccessMode, External, FailureAction, FailureRule, HpaService, KubernetesVersion, LifecycleHook, Microservice, NodeAgent, OneOffTask,
  PersistentVolumeClaim, Platform, type PlatformProps, Probe, Replicas, Resources, Role, Rollout, ScalingMetric, ScheduledTask, ServiceNamespace,
  StatefulService, Volume,
} from '../../lib';
import type { KubernetesType } from '../../lib/definition/pass-through';
import { mergeFields } from '../../lib/definition/pass-through';
import { type Feature, FEATURES, NEWEST_MINOR, OLDEST_MINOR } from '../../lib/platform/kubernetes-version';
import { finding, findings, IMAGE, manifestOf, orders, podOf, sharedClaim, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

const MINORS = Array.from({ length: NEWEST_MINOR - OLDEST_MINOR + 1 }, (_, index) => OLDEST_MINOR + index);
const PLATFORM: PlatformProps = { apiServer: { cidrs: ['10.0.0.0/28'] }, ingressClass: 'traefik' };

/** The types whose fields are known for each version, by the kind of the object whose spec they are. */
const SPECS: { readonly [kind: string]: KubernetesType } = {
  CronJob: 'CronJobSpec',
  DaemonSet: 'DaemonSetSpec',
  Deployment: 'DeploymentSpec',
  HorizontalPodAutoscaler: 'HorizontalPodAutoscalerSpec',
  Job: 'JobSpec',
  LimitRange: 'LimitRangeSpec',
  NetworkPolicy: 'NetworkPolicySpec',
  PersistentVolumeClaim: 'PersistentVolumeClaimSpec',
  PodDisruptionBudget: 'PodDisruptionBudgetSpec',
  ResourceQuota: 'ResourceQuotaSpec',
  Service: 'ServiceSpec',
  StatefulSet: 'StatefulSetSpec',
};

/** Everything that can be made, with what each version can do. */
function everything(chart: Chart, minor: number): void {
  const can = (feature: Feature) => minor >= FEATURES[feature];
  const helper = { image: IMAGE, resources: Resources.of({ cpu: '10m', memory: '32Mi' }) };
  new ServiceNamespace(chart, 'namespace', { allowDns: true, limits: {}, quota: { requests: { cpu: '20' }, pods: 100 } });
  const uploads = new PersistentVolumeClaim(chart, 'uploads', { size: '1Gi', accessModes: [AccessMode.READ_WRITE_MANY] });
  const service = orders(chart, {
    metricsPort: 9090,
    drain: { ownDelay: !can('preStopSleep') },
    sidecars: [{ name: 'logs', ...helper }],
    initContainers: [{ name: 'migrate', ...helper }],
    volumes: {
      '/claim': sharedClaim(),
      '/more': Volume.ephemeral({ size: '1Gi' }),
      '/uploads': uploads.asVolume(),
      '/info': Volume.downwardApi({ labels: 'metadata.labels' }),
    },
    security: { sysctls: { 'net.ipv4.ip_local_reserved_ports': '8080', ...minor >= 29 && { 'net.ipv4.tcp_fin_timeout': '30' } } },
    replicas: Replicas.autoscaled({ max: 5, metrics: [ScalingMetric.containerCpuUtilization('orders', 70)] }),
  });
  service.connectTo(External.host('db.example.com', 5432));
  service.grantAccess({ resources: ['nodes'], verbs: ['list'], clusterWide: true });
  service.grantRole(new Role(chart, 'reader', { rules: [{ resources: ['pods'], verbs: ['get'] }] }));
  new StatefulService(chart, 'ledger', {
    image: IMAGE,
    ports: [{ name: 'grpc', number: 7000 }],
    health: { readiness: Probe.grpc() },
    volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi', accessModes: [AccessMode.READ_WRITE_ONCE_POD] }) },
    claimRetention: {},
    rollout: Rollout.rolling({ partition: 1 }),
    ...can('preStopSleep') && { lifecycle: { postStart: LifecycleHook.sleep(Duration.seconds(1)) } },
    drain: { ownDelay: true },
  });
  new NodeAgent(chart, 'agent', { image: IMAGE, everyNode: true, rollout: Rollout.rolling({ maxSurge: '1' }), drain: { ownDelay: true } });
  new ScheduledTask(chart, 'nightly', { image: IMAGE, schedule: '0 3 * * *', timeZone: 'Europe/Vienna' });
  new OneOffTask(chart, 'import', {
    image: IMAGE,
    completions: 4,
    indexed: true,
    failureRules: [FailureRule.onDisruption(), ...can('backoffLimitPerIndex') ? [FailureRule.onExitCodes([3], FailureAction.FAIL_INDEX)] : []],
    ...can('backoffLimitPerIndex') && { backoffLimitPerIndex: 1 },
  });
  new HpaService(chart, 'legacy', { existing: { name: 'legacy' }, selector: { app: 'legacy' }, ports: [{ number: 80 }], scaling: { max: 3 } });
}

describe.each(MINORS)('1.%d', minor => {
  test('takes all that is made for it', () => {
    const chart = shopOn(`1.${minor}`, PLATFORM);
    everything(chart, minor);
    expect(findings(chart)).toEqual([]);
    const unknown: string[] = [];
    const manifests = Testing.synth(chart);
    for (const { kind, metadata, spec } of manifests.filter(manifest => manifest.kind in SPECS)) {
      mergeFields(SPECS[kind], {}, spec, minor, ({ property, message }) => unknown.push(`${kind} ${metadata.name} ${property}: ${message}`));
    }
    expect(unknown).toEqual([]);
    expect([...new Set(manifests.map(({ kind }) => kind))].sort()).toEqual([
      'ClusterRole', 'ClusterRoleBinding', 'CronJob', 'DaemonSet', 'Deployment', 'HorizontalPodAutoscaler', 'Job', 'LimitRange', 'Namespace', 'NetworkPolicy',
      'PersistentVolumeClaim', 'PodDisruptionBudget', 'ResourceQuota', 'Role', 'RoleBinding', 'Service', 'ServiceAccount', 'StatefulSet',
    ]);
  });

  test('has what it can do, and nothing else', () => {
    const chart = shopOn(`1.${minor}`, PLATFORM);
    orders(chart, { sidecars: [{ name: 'logs', image: IMAGE }], drain: { ownDelay: minor < 30 } });
    const { spec } = podOf(chart);
    const [main] = spec.containers;
    const [term] = spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    expect({
      sidecar: (spec.initContainers ?? []).map(({ name, restartPolicy }: any) => [name, restartPolicy]),
      containers: spec.containers.map(({ name }: any) => name),
      sleep: main.lifecycle?.preStop.sleep.seconds,
      affinity: term.podAffinityTerm.matchLabelKeys,
      spread: spec.topologySpreadConstraints[0].matchLabelKeys,
    }).toEqual({
      sidecar: minor >= 29 ? [['logs', 'Always']] : [],
      containers: minor >= 29 ? ['orders'] : ['orders', 'logs'],
      sleep: minor >= 30 ? 5 : undefined,
      affinity: minor >= 31 ? ['pod-template-hash'] : undefined,
      spread: ['pod-template-hash'],
    });
    expect(manifestOf(chart, 'PodDisruptionBudget').spec.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
  });
});

describe('what a version cannot do is said, and what the first one that can says is nothing', () => {
  const raise = 'or raise the Kubernetes version of the platform.';
  const sleeping = (seconds: number) => (chart: Chart) => void new Microservice(chart, 'web', {
    image: IMAGE,
    ports: [{ number: 8080 }],
    lifecycle: { preStop: LifecycleHook.sleep(Duration.seconds(seconds)) },
    health: { readiness: Probe.none() },
  });
  const indexed = (chart: Chart) => void new OneOffTask(chart, 'import', { image: IMAGE, completions: 2, indexed: true, backoffLimitPerIndex: 1 });
  const withSidecar = (chart: Chart) => void new OneOffTask(chart, 'import', { image: IMAGE, sidecars: [{ name: 'logs', image: IMAGE }] });

  test.each<[Feature, (chart: Chart) => void, string]>([
    ['nativeSidecars', withSidecar, finding('error', 'conflicting-options', 'shop/import sidecars',
      'On Kubernetes 1.28 a sidecar keeps its pod from ending, so the task never completes; sidecars that end with it come with 1.29.', `Leave the sidecars out, ${raise}`)],
    ['backoffLimitPerIndex', indexed, finding('error', 'unknown-field', 'shop/import backoffLimitPerIndex',
      'Kubernetes 1.28 does not count failures by index; that comes with 1.29.', `Limit all of them by 'backoffLimit', ${raise}`)],
    ['preStopSleep', sleeping(3), finding('error', 'unknown-field', 'shop/web lifecycle.preStop',
      'Kubernetes 1.29 does not know hooks that sleep; they come with 1.30.', `Leave it out, use LifecycleHook.command(['sleep', '…']) where the image has such a program, ${raise}`)],
  ])('%s', (feature, build, expected) => {
    const [before, since] = [FEATURES[feature] - 1, FEATURES[feature]].map(minor => {
      const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
      new Platform(chart, { kubernetesVersion: KubernetesVersion.of(`1.${minor}`) });
      build(chart);
      return findings(chart);
    });
    expect(before).toEqual([expected]);
    expect(since).toEqual([]);
  });
});
