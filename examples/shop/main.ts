import { Chart } from 'cdk8s';
import {
  BackingCredentials, GoImage, GoStyleMicroservice, ImageTag, IngressRoute, local, Platform, PlatformApp, Postgres, Probe, Redis, RedisUse, Replicas,
  Resources, RouteTls, ServiceNamespace, Worker,
} from 'cdk8s-golden-path';

/** The programs answer by this name whether they may get calls; by no name, whether they are alive. */
const READINESS = 'readiness';

const app = new PlatformApp({ outdir: 'examples/shop/dist', artifactsOutdir: 'examples/shop/artifacts' });
new Platform(app, {
  registry: 'ghcr.io/acme/shop',
  imageTag: ImageTag.fromEnv('IMAGE_TAG', { otherwise: '0.1.0' }),
  ingressClass: 'traefik',
});

const chart = new Chart(app, 'shop', { namespace: 'shop' });
new ServiceNamespace(chart, 'namespace');

const db = new Postgres(chart, 'db', {
  version: '17.6',
  database: 'shop',
  credentials: BackingCredentials.generated({ userName: 'shop' }),
});
// It counts what was sold as well, which is not to be lost.
const cache = new Redis(chart, 'cache', { version: '8.2.1', use: RedisUse.STREAMS, storage: { size: '1Gi' } });
const bus = new Redis(chart, 'bus', { version: '8.2.1', use: RedisUse.STREAMS, storage: { size: '1Gi' } });

/** Four programs of one Go module. */
const program = (name: string) => GoImage.fromModule('examples/shop/services', { main: `./cmd/${name}` });
const resources = Resources.of({ cpu: '50m', memory: '64Mi' });

const catalog = new GoStyleMicroservice(chart, 'catalog', {
  image: program('catalog'),
  grpcPort: 9090,
  health: { readiness: Probe.grpc({ service: READINESS }) },
  resources,
});
catalog.connectTo(cache);

const orders = new GoStyleMicroservice(chart, 'orders', {
  image: program('orders'),
  grpcPort: 9090,
  health: { readiness: Probe.grpc({ service: READINESS }) },
  resources,
});
orders.connectTo(db);
orders.connectTo(bus);
orders.connectTo(catalog);

const worker = new Worker(chart, 'worker', {
  image: program('worker'),
  ports: [{ name: 'http', number: 8081 }],
  health: { readiness: Probe.http('/readyz'), liveness: Probe.http('/healthz') },
  resources,
});
worker.connectTo(bus);
worker.connectTo(cache);
worker.connectTo(orders);

const gateway = new GoStyleMicroservice(chart, 'gateway', {
  image: program('gateway'),
  resources,
  replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 60 }),
});
gateway.connectTo(catalog);
gateway.connectTo(orders);

new IngressRoute(chart, 'public', {
  host: 'shop.example.com',
  paths: [{ path: '/api', to: gateway }],
  tls: RouteTls.secret('shop-example-com-tls'),
});

// On a laptop: sh examples/shop/artifacts/compose-secrets.sh && docker compose -f examples/shop/artifacts/compose.yaml up --wait
new local.ComposeFile(app, 'compose', { probeFlag: '-healthcheck' });

app.synth();
