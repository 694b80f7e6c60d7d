import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { count, names, outdir } from './arguments';

/** The eight objects of a service as far as the constructs of cdk8s-plus can say them; the disruption budget it only has as a typed object. */
const app = new App({ outdir });
for (const name of names(count)) {
  const chart = new Chart(app, name, { namespace: 'shop' });
  const metadata = { name };
  const config = new kplus.ConfigMap(chart, 'config', { metadata, data: { LOG_LEVEL: 'info', REGION: 'eu-1' } });
  const serviceAccount = new kplus.ServiceAccount(chart, 'service-account', { metadata });
  const deployment = new kplus.Deployment(chart, 'deployment', {
    metadata,
    serviceAccount,
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.absolute(1), maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
    }),
    securityContext: { user: 65532, group: 65532, ensureNonRoot: true },
    containers: [{
      name,
      image: `ghcr.io/acme/${name}:1.4.2@sha256:${'5a'.repeat(32)}`,
      ports: [{ number: 8080, name: 'http' }],
      envVariables: { CACHE_SIZE: kplus.EnvValue.fromValue('64'), GOMEMLIMIT: kplus.EnvValue.fromValue('230MiB') },
      envFrom: [kplus.Env.fromConfigMap(config)],
      liveness: kplus.Probe.fromHttpGet('/healthz'),
      readiness: kplus.Probe.fromHttpGet('/readyz'),
      startup: kplus.Probe.fromHttpGet('/healthz', { failureThreshold: 30 }),
      volumeMounts: [{ path: '/tmp', volume: kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp') }],
    }],
  });
  deployment.scheduling.spread({ topology: kplus.Topology.HOSTNAME });
  const service = deployment.exposeViaService({ name, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  new kplus.HorizontalPodAutoscaler(chart, 'autoscaler', {
    metadata, target: deployment, minReplicas: 2, maxReplicas: 10, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))],
  });
  new kplus.NetworkPolicy(chart, 'network-policy', {
    metadata,
    selector: deployment,
    ingress: { rules: [{ peer: kplus.Namespaces.select(chart, 'controllers', { names: ['ingress-nginx'] }), ports: [kplus.NetworkPolicyPort.tcp(8080)] }] },
    egress: { rules: [{ peer: kplus.Namespaces.select(chart, 'dns', { names: ['kube-system'] }), ports: [kplus.NetworkPolicyPort.udp(53), kplus.NetworkPolicyPort.tcp(53)] }] },
  });
  new kplus.k8s.KubePodDisruptionBudget(chart, 'disruption-budget', {
    metadata, spec: { maxUnavailable: kplus.k8s.IntOrString.fromNumber(1), selector: { matchLabels: deployment.matchLabels } },
  });
  const ingress = new kplus.Ingress(chart, 'route', { metadata, className: 'nginx', tls: [{ hosts: ['shop.example.com'], secret: kplus.Secret.fromSecretName(chart, 'tls', 'shop-tls') }] });
  ingress.addHostRule('shop.example.com', `/${name}`, kplus.IngressBackend.fromService(service));
}
app.synth();
