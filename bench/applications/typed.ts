import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { count, names, outdir } from './arguments';

const app = new App({ outdir });
const { IntOrString, Quantity } = k8s;

/** The eight objects of a service, typed, without two fields that are newer than these types: they would drop them, patched in or not. */
for (const name of names(count)) {
  const chart = new Chart(app, name, { namespace: 'shop' });
  const labelsOf = (component: string) => ({
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'cdk8s',
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': name,
  });
  const labels = { ...labelsOf('service'), 'app.kubernetes.io/version': '1.4.2' };
  const metadata = { name, labels };
  const selector = { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name };

  new k8s.KubeConfigMap(chart, 'config', { metadata: { name, labels: labelsOf('configuration') }, data: { LOG_LEVEL: 'info', REGION: 'eu-1' } });
  new k8s.KubeServiceAccount(chart, 'service-account', { metadata, automountServiceAccountToken: false });
  new k8s.KubeDeployment(chart, 'deployment', {
    metadata,
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: IntOrString.fromNumber(1), maxUnavailable: IntOrString.fromNumber(0) } },
      template: {
        metadata: { labels },
        spec: {
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                { weight: 100, podAffinityTerm: { labelSelector: { matchLabels: selector }, topologyKey: 'kubernetes.io/hostname' } },
              ],
            },
          },
          automountServiceAccountToken: false,
          containers: [{
            name,
            image: `ghcr.io/acme/${name}:1.4.2@sha256:${'5a'.repeat(32)}`,
            imagePullPolicy: 'Always',
            env: [{ name: 'CACHE_SIZE', value: '64' }, { name: 'GOMEMLIMIT', value: '230MiB' }],
            envFrom: [{ configMapRef: { name } }],
            ports: [{ containerPort: 8080, name: 'http' }],
            livenessProbe: { httpGet: { path: '/healthz', port: IntOrString.fromString('http') } },
            readinessProbe: { httpGet: { path: '/readyz', port: IntOrString.fromString('http') } },
            startupProbe: { failureThreshold: 30, httpGet: { path: '/healthz', port: IntOrString.fromString('http') }, periodSeconds: 2 },
            resources: {
              limits: { 'ephemeral-storage': Quantity.fromString('256Mi'), 'memory': Quantity.fromString('256Mi') },
              requests: { 'cpu': Quantity.fromString('100m'), 'ephemeral-storage': Quantity.fromString('64Mi'), 'memory': Quantity.fromString('256Mi') },
            },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true },
            volumeMounts: [{ mountPath: '/tmp', name: 'tmp' }],
          }],
          enableServiceLinks: false,
          securityContext: { runAsGroup: 65532, runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
          serviceAccountName: name,
          terminationGracePeriodSeconds: 30,
          topologySpreadConstraints: [{
            labelSelector: { matchLabels: selector },
            matchLabelKeys: ['pod-template-hash'],
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
          }],
          volumes: [{ name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('64Mi') } }],
        },
      },
    },
  });
  new k8s.KubeService(chart, 'service', {
    metadata, spec: { ports: [{ name: 'http', port: 80, targetPort: IntOrString.fromString('http') }], selector, type: 'ClusterIP' },
  });
  new k8s.KubeNetworkPolicy(chart, 'network-policy', {
    metadata,
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }],
        ports: [{ port: IntOrString.fromNumber(8080), protocol: 'TCP' }],
      }],
      egress: [{
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        }],
        ports: [{ port: IntOrString.fromNumber(53), protocol: 'UDP' }, { port: IntOrString.fromNumber(53), protocol: 'TCP' }],
      }],
    },
  });
  new k8s.KubePodDisruptionBudget(chart, 'disruption-budget', {
    metadata, spec: { maxUnavailable: IntOrString.fromNumber(1), selector: { matchLabels: selector }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
  new k8s.KubeHorizontalPodAutoscalerV2(chart, 'autoscaler', {
    metadata,
    spec: {
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 50, type: 'Utilization' } } }],
      minReplicas: 2,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    },
  });
  new k8s.KubeIngress(chart, 'route', {
    metadata: { name, labels: labelsOf('route') },
    spec: {
      ingressClassName: 'nginx',
      rules: [{
        host: 'shop.example.com',
        http: { paths: [{ path: `/${name}`, pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }] },
      }],
      tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
    },
  });
}
app.synth();
