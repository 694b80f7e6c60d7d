import { Chart } from 'cdk8s';
import {
  External, GoImage, GoStyleMicroservice, ImageTag, IngressRoute, local, Platform, PlatformApp, Replicas, Resources, RouteTls, ServiceConfig,
  ServiceNamespace, ServiceSecret,
} from 'cdk8s-golden-path';

const app = new PlatformApp({ artifactsOutdir: 'examples/go-microservice/artifacts' });
new Platform(app, {
  registry: 'ghcr.io/acme',
  imageTag: ImageTag.fromEnv('IMAGE_TAG', { otherwise: '0.1.0' }),
  ingressClass: 'traefik',
});

const chart = new Chart(app, 'go-microservice', { namespace: 'go-microservice' });
new ServiceNamespace(chart, 'namespace');

const config = new ServiceConfig(chart, 'config', {
  name: 'go-microservice',
  data: { DATABASE_HOST: 'postgres.example.com', DATABASE_PORT: '5432' },
});
const database = ServiceSecret.managed(chart, 'database', { name: 'go-microservice-database', keys: ['password'] });

const api = new GoStyleMicroservice(chart, 'go-microservice', {
  image: GoImage.fromModule('examples/go-microservice/services/api', {
    main: './cmd/server',
    // The service speaks JSON alone; the codec of MessagePack would be a quarter of the program.
    buildTags: ['nomsgpack'],
  }),
  metricsPort: 8080,
  // The pod is taken out of the Service before SIGTERM, so the program need not wait again.
  env: { DRAIN_DELAY: '0s' },
  envFrom: [config.asEnv()],
  volumes: { '/etc/secrets/db': database.asFiles() },
  resources: Resources.of({ cpu: '100m', cpuLimit: '200m', memory: '128Mi', memoryLimit: '256Mi' }),
  replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 50 }),
});
// The program reads DATABASE_HOST and DATABASE_PORT from the config; the connection opens the network policy.
api.connectTo(External.host('postgres.example.com', 5432), { env: false });

const web = new GoStyleMicroservice(chart, 'web', {
  image: GoImage.fromModule('examples/go-microservice/services/web', { main: './cmd/web' }),
  env: { DRAIN_DELAY: '0s', API_URL: '/api' },
});

new IngressRoute(chart, 'public', {
  host: 'example.com',
  paths: [
    { path: '/api', to: api },
    { path: '/web', to: web },
  ],
  tls: RouteTls.secret('example-com-tls'),
});

// Both programs ask themselves by this flag.
new local.ComposeFile(app, 'compose', { probeFlag: '-healthcheck' });

app.synth();
