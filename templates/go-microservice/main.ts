import { Chart } from 'cdk8s';
import { ContainerImage, GoStyleMicroservice, Platform, PlatformApp, Replicas, Resources, ServiceNamespace } from 'cdk8s-golden-path';

const app = new PlatformApp();
new Platform(app, { registry: 'ghcr.io/acme' });

const chart = new Chart(app, 'shop', { namespace: 'shop' });
new ServiceNamespace(chart, 'namespace');
new GoStyleMicroservice(chart, 'orders', {
  // GoImage.fromModule('services/orders') builds it here.
  image: ContainerImage.reference(`ghcr.io/acme/orders:1.0.0@sha256:${'0'.repeat(64)}`),
  env: { LOG_LEVEL: 'info' },
  resources: Resources.of({ cpu: '100m', memory: '128Mi' }),
  replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 50 }),
});

app.synth();
