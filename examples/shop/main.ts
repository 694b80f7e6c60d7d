import { Chart } from 'cdk8s';
import {
  ContainerImage, GoImage, GoStyleMicroservice, ImageTag, IngressRoute, local, Platform, PlatformApp, Probe, Replicas, Resources, RouteTls,
  ServiceNamespace, ServiceSecret, StatefulService, Volume, Worker,
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

const password = ServiceSecret.managed(chart, 'db-password', { name: 'db', keys: ['password'] });
const db = new StatefulService(chart, 'db', {
  image: ContainerImage.reference('postgres:17.6'),
  ports: [{ name: 'postgres', number: 5432 }],
  env: {
    POSTGRES_USER: 'shop',
    POSTGRES_DB: 'shop',
    POSTGRES_PASSWORD_FILE: '/etc/secrets/db/password',
    PGDATA: '/var/lib/postgresql/data/pgdata',
  },
  volumes: {
    '/etc/secrets/db': password.asFiles(),
    '/var/lib/postgresql/data': Volume.claimTemplate('data', { size: '10Gi' }),
    '/run/postgresql': Volume.emptyDir({ sizeLimit: '1Mi' }),
  },
  health: { readiness: Probe.command(['pg_isready', '--username=shop']), liveness: Probe.tcp() },
  resources: Resources.of({ cpu: '100m', memory: '256Mi' }),
  replicas: Replicas.fixed(1),
});

/** A Redis that keeps what it is told, once a second. */
const redis = (id: string) => new StatefulService(chart, id, {
  image: ContainerImage.reference('redis:8.2.1'),
  command: ['redis-server', '--appendonly', 'yes', '--dir', '/data'],
  ports: [{ name: 'redis', number: 6379 }],
  volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }) },
  // The user that the folder of the image belongs to: a new volume of Docker is as that is.
  security: { user: 999, group: 999, fsGroup: 999 },
  health: { readiness: Probe.command(['redis-cli', 'ping']), liveness: Probe.tcp() },
  resources: Resources.of({ cpu: '50m', memory: '128Mi' }),
  replicas: Replicas.fixed(1),
});
const cache = redis('cache');
const bus = redis('bus');

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
  env: { DB_USER: 'shop', DB_NAME: 'shop', DB_PASSWORD_FILE: '/etc/secrets/db/password' },
  volumes: { '/etc/secrets/db': password.asFiles() },
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
