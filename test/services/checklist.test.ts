/** Every default of a service that the field's checkers demand, by the number of its row in the list of workloads. */
import { Testing } from 'cdk8s';
import { Replicas, Volume } from '../../lib/definition';
import { Model } from '../../lib/model';
import { ServiceType } from '../../lib/traffic';
import { containerOf, envOf, findings, IMAGE, manifestOf, manifestsOf, orders, podOf, sharedClaim, shop, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

function service(props: Parameters<typeof orders>[1] = {}): ReturnType<typeof shop> {
  const chart = shop();
  orders(chart, props);
  expect(findings(chart)).toEqual([]);
  return chart;
}

const AUTOSCALED = { replicas: Replicas.autoscaled({ max: 10 }) };

test('row 1: not root, on pod and container, under a numeric user over 10000', () => {
  const { securityContext } = podOf(service()).spec;
  expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532 });
  expect(containerOf(service()).securityContext.runAsNonRoot).toBe(true);
});

test('row 2: a group of the volumes only where they need it', () => {
  expect(podOf(service()).spec.securityContext).not.toHaveProperty('fsGroup');
  expect(podOf(service({ volumes: { '/data': sharedClaim() } })).spec.securityContext)
    .toMatchObject({ fsGroup: 65532, fsGroupChangePolicy: 'OnRootMismatch' });
});

test('row 3: a read-only root with sized scratch space', () => {
  expect(containerOf(service()).securityContext.readOnlyRootFilesystem).toBe(true);
  expect(containerOf(service()).volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
  expect(podOf(service()).spec.volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }]);
});

test('row 4: no privileges, no escalation, no capabilities, NET_BIND_SERVICE at most', () => {
  const { securityContext } = containerOf(service());
  expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  expect(securityContext).not.toHaveProperty('privileged');
  expect(containerOf(service({ security: { addCapabilities: ['NET_BIND_SERVICE'] } })).securityContext.capabilities).toEqual({ add: ['NET_BIND_SERVICE'], drop: ['ALL'] });
});

test('row 5: the seccomp profile of the runtime; AppArmor by pass-through, since a node without it refuses a pod that asks for any profile', () => {
  const { securityContext } = podOf(service()).spec;
  expect(securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
  expect(securityContext).not.toHaveProperty('appArmorProfile');
  const asked = service({ podFields: { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } } });
  expect(podOf(asked).spec.securityContext).toMatchObject({ runAsNonRoot: true, appArmorProfile: { type: 'RuntimeDefault' } });
});

test('row 6: nothing of the node', () => {
  const { spec } = podOf(service());
  const { ports } = spec.containers[0];
  ['hostNetwork', 'hostPID', 'hostIPC', 'hostAliases'].forEach(field => expect(spec).not.toHaveProperty(field));
  expect(spec.securityContext).not.toHaveProperty('sysctls');
  expect(spec.volumes.some((volume: any) => 'hostPath' in volume)).toBe(false);
  expect(ports.every((port: any) => !('hostPort' in port) && port.containerPort > 1024)).toBe(true);
});

test('row 7: an account of its own, in the same output, without a token', () => {
  const { spec } = podOf(service());
  expect(spec).toMatchObject({ serviceAccountName: 'orders', automountServiceAccountToken: false });
  expect(manifestOf(service(), 'ServiceAccount')).toMatchObject({ metadata: { name: 'orders' }, automountServiceAccountToken: false });
});

test('row 8: no variables for every Service of the namespace', () => {
  expect(podOf(service()).spec.enableServiceLinks).toBe(false);
});

test('row 9: a tag, and a digest behind it', () => {
  expect(containerOf(service()).image).toMatch(/^ghcr\.io\/acme\/orders:1\.4\.2@sha256:/);
});

test('row 10: images are always asked for', () => {
  const { spec } = podOf(service({ initContainers: [{ name: 'a', image: IMAGE }], sidecars: [{ name: 'b', image: IMAGE }] }));
  expect([...spec.containers, ...spec.initContainers].map(({ imagePullPolicy }: any) => imagePullPolicy)).toEqual(['Always', 'Always', 'Always']);
});

test('row 11: a CPU request without a limit, a memory limit like the request, disk space', () => {
  expect(containerOf(service()).resources).toEqual({
    requests: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' },
    limits: { 'memory': '128Mi', 'ephemeral-storage': '256Mi' },
  });
});

test('row 12: GOMEMLIMIT at 90 % of the memory limit, in MiB; no GOMAXPROCS', () => {
  expect(envOf(service())).toEqual({ GOMEMLIMIT: '115MiB' });
});

test('row 13: three probes on the named port, readiness unlike liveness, 30 × 2 s to start', () => {
  expect(containerOf(service())).toMatchObject({
    readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
    livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
    startupProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 2, failureThreshold: 30 },
  });
  const { readinessProbe, livenessProbe } = containerOf(service({ grpcPort: 9000 }));
  expect(readinessProbe).toEqual({ grpc: { port: 9000 } });
  expect(livenessProbe).toEqual({ grpc: { port: 9000 }, failureThreshold: 6 });
});

test('row 14: the Service leads to the name of the port, and all selectors are one', () => {
  const manifests = manifestsOf(service());
  const selector = { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' };
  expect(manifests['Service orders'].spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
  expect(containerOf(service()).ports).toEqual([{ name: 'http', containerPort: 8080 }]);
  expect(manifests['Deployment orders'].spec.template.metadata.labels).toMatchObject(selector);
  expect([
    manifests['Service orders'].spec.selector,
    manifests['Deployment orders'].spec.selector.matchLabels,
    manifests['NetworkPolicy orders'].spec.podSelector.matchLabels,
    manifests['PodDisruptionBudget orders'].spec.selector.matchLabels,
  ]).toEqual([selector, selector, selector, selector]);
});

test('row 15: out of the Service before SIGTERM, and time enough after both', () => {
  expect(containerOf(service()).lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  expect(podOf(service()).spec.terminationGracePeriodSeconds).toBe(30);
  const older = shopOn('1.29');
  orders(older);
  expect(findings(older)).toEqual([expect.stringMatching(/^warning graceful-drain/)]);
  expect(containerOf(older)).not.toHaveProperty('lifecycle');
});

test('row 16: two pods, or as many as the autoscaler says, which shrinks after five minutes', () => {
  expect(manifestOf(service(), 'Deployment').spec.replicas).toBe(2);
  expect(manifestOf(service(AUTOSCALED), 'Deployment').spec).not.toHaveProperty('replicas');
  expect(manifestOf(service(AUTOSCALED), 'HorizontalPodAutoscaler').spec).toMatchObject({
    minReplicas: 2,
    maxReplicas: 10,
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  });
});

test('row 17: one pod may be missing, and one that is not ready blocks nothing; no budget for a single pod', () => {
  expect(manifestOf(service(), 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  expect(manifestsOf(service({ replicas: Replicas.fixed(1) }))).not.toHaveProperty(['PodDisruptionBudget orders']);
});

test('row 18: preferably on different nodes and in different zones, each revision by itself', () => {
  const { affinity, topologySpreadConstraints } = podOf(service()).spec;
  expect(affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey).toBe('kubernetes.io/hostname');
  expect(topologySpreadConstraints).toMatchObject([{
    maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', matchLabelKeys: ['pod-template-hash'],
  }]);
});

test('row 19: a rolling update that misses no pod, and five revisions', () => {
  expect(manifestOf(service(), 'Deployment').spec).toMatchObject({
    revisionHistoryLimit: 5,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
  });
});

test('row 20: a digest of what is read, so that a change rolls the pods', () => {
  const files = Volume._files('files', () => ({ configMap: { name: 'files' } }), () => 'content');
  expect(podOf(service({ volumes: { '/etc/files': files } })).metadata.annotations).toEqual({ 'checksum/config': expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('row 21: one policy with both directions; DNS, the controller of a route, monitoring, stated addresses', () => {
  const spec = manifestOf(service(), 'NetworkPolicy').spec;
  expect(spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }] });
  expect(spec).not.toHaveProperty('ingress');
  const open = shop({ ingressClass: 'traefik' });
  const target = orders(open, { metricsPort: 9090, service: { type: ServiceType.LOAD_BALANCER, allowedCidrs: ['203.0.113.0/24'] } });
  Model.of(open)._addRoute({ route: open, target });
  expect(manifestOf(open, 'NetworkPolicy').spec.ingress).toHaveLength(3);
});

test('row 22: inside the cluster alone', () => {
  expect(manifestOf(service(), 'Service').spec.type).toBe('ClusterIP');
});

test('row 24: a secret among the literals is refused', () => {
  const chart = shop();
  orders(chart, { env: { DB_PASSWORD: 'hunter2' } });
  expect(findings(chart)).toEqual([expect.stringMatching(/^error secret-literal \[shop\/orders env\.DB_PASSWORD\]/)]);
});

test('row 25: a variable that is given twice is refused', () => {
  const chart = shop();
  const target = orders(chart, { env: { DB_HOST: 'a' } });
  target.connectTo(orders(Testing.chart()), { envPrefix: 'DB' });
  expect(findings(chart)).toContainEqual(expect.stringMatching(/^error duplicate-env \[shop\/orders env\.DB_HOST\]/));
});

test('row 26: a missing namespace is a warning', () => {
  const chart = Testing.chart();
  orders(chart);
  expect(findings(chart)).toEqual([expect.stringMatching(/^warning namespace-missing \[test namespace\]/)]);
});

test('row 29: the six labels on everything, the instance being the name of the controller', () => {
  for (const { metadata } of Testing.synth(service(AUTOSCALED))) {
    expect(metadata.labels).toEqual({
      'app.kubernetes.io/name': 'orders',
      'app.kubernetes.io/instance': 'orders',
      'app.kubernetes.io/component': 'service',
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/managed-by': 'cdk8s',
      'app.kubernetes.io/version': '1.4.2',
    });
  }
});

test('row 32: stable versions of the API', () => {
  expect(Testing.synth(service(AUTOSCALED)).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
    'v1 ServiceAccount', 'networking.k8s.io/v1 NetworkPolicy', 'apps/v1 Deployment', 'v1 Service', 'policy/v1 PodDisruptionBudget', 'autoscaling/v2 HorizontalPodAutoscaler',
  ]);
});
