import { Chart } from 'cdk8s';
import { ContainerImage, GoStyleMicroservice, IngressRoute, Platform, PlatformApp, Replicas, Resources, RouteTls, ServiceConfig } from 'cdk8s-golden-path';
import { count, dependencies, names, outdir } from './arguments';

const app = new PlatformApp({ outdir });
new Platform(app, { ingressClass: 'nginx' });

const charts = names(count).map(name => {
  const chart = new Chart(app, name, { namespace: 'shop' });
  const config = new ServiceConfig(chart, 'config', { name, data: { LOG_LEVEL: 'info', REGION: 'eu-1' }, rollOnChange: false });
  const service = new GoStyleMicroservice(chart, 'service', {
    name,
    image: ContainerImage.reference(`ghcr.io/acme/${name}:1.4.2@sha256:${'5a'.repeat(32)}`),
    env: { CACHE_SIZE: '64' },
    envFrom: [config.asEnv()],
    resources: Resources.of({ cpu: '100m', memory: '256Mi' }),
    replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 50 }),
  });
  new IngressRoute(chart, 'route', { name, host: 'shop.example.com', paths: [{ path: `/${name}`, to: service }], tls: RouteTls.secret('shop-tls') });
  return chart;
});
if (dependencies) {
  charts.slice(1).forEach((chart, index) => chart.addDependency(charts[index]));
}

app.synth();
