import { Duration } from 'cdk8s';
import { chartIn, type FixtureApp, PINNED } from './fixture-app';
import {
  BackendProtocol, GoStyleMicroservice, IngressController, IngressRoute, KubernetesVersion, PathType, type PlatformApp, RouteRedirect, RouteTls,
  SealingScope, SecretType, ServiceConfig, ServiceSecret, type RouteOptions,
} from '../../../lib';

const DEFAULT = KubernetesVersion.DEFAULT.version;

/** Every option of a route that a controller has, and configs and secrets in every form. */
export const ROUTE_APPS: readonly FixtureApp[] = [
  { name: 'traefik', kubernetesVersion: DEFAULT, build: app => routes(app, IngressController.TRAEFIK) },
  { name: 'haproxy', kubernetesVersion: DEFAULT, build: app => routes(app, IngressController.HAPROXY) },
  { name: 'nginx', kubernetesVersion: DEFAULT, build: app => routes(app, IngressController.NGINX) },
  { name: 'configuration', kubernetesVersion: DEFAULT, build: configuration },
];

const COMMON: RouteOptions = {
  timeouts: { connect: Duration.seconds(5), response: Duration.seconds(30) },
  maxBodySize: '10Mi',
  rateLimit: { requests: 50 },
  cors: { allowOrigins: ['https://app.example.com'], allowCredentials: true },
  allowedCidrs: ['203.0.113.0/24', '2001:db8::/32'],
};

/** What only some controllers have. */
const OWN: { readonly [controller in IngressController]: RouteOptions } = {
  [IngressController.TRAEFIK]: {
    requestHeaders: { 'X-Forwarded-Prefix': '/api' },
    responseHeaders: { 'X-Frame-Options': 'DENY' },
    stickySession: { cookieName: 'pod', maxAge: Duration.hours(1) },
  },
  [IngressController.HAPROXY]: { requestHeaders: { 'X-Forwarded-Prefix': '/api' }, stickySession: { cookieName: 'pod' } },
  [IngressController.NGINX]: { stickySession: { cookieName: 'pod', maxAge: Duration.hours(1) } },
};

function routes(app: PlatformApp, controller: IngressController): void {
  const chart = chartIn(app, controller, { ingressClass: controller, domain: 'example.com' });
  const api = new GoStyleMicroservice(chart, 'api', { image: PINNED });
  const web = new GoStyleMicroservice(chart, 'web', { image: PINNED });
  const stream = new GoStyleMicroservice(chart, 'stream', { image: PINNED, grpcPort: 9000 });
  const landing = new GoStyleMicroservice(chart, 'landing', { image: PINNED });
  new IngressRoute(chart, 'plain', { host: 'plain', paths: [{ path: '/', to: landing }], tls: RouteTls.clusterIssuer('letsencrypt') });
  new IngressRoute(chart, 'public', {
    host: 'shop.example.com',
    hosts: ['www.example.com'],
    tls: RouteTls.secret('example-com-tls'),
    options: COMMON,
    paths: [
      { path: '/api', to: api, options: { rewritePrefix: '/' } },
      { path: '/api/v2', to: api, options: { rewritePrefix: '/v2' } },
      { path: '/exact', to: api, pathType: PathType.EXACT },
      { path: '/web', to: web },
      { path: '/moved', to: web, options: { redirect: RouteRedirect.toUrl('https://example.com/news') } },
    ],
  });
  // What a backend speaks and which pod answers holds for the whole Service, so these have a route of their own.
  new IngressRoute(chart, 'stream-route', {
    host: 'stream.example.com',
    paths: [{ path: '/', to: stream, port: 'grpc' }],
    tls: RouteTls.controllerDefault(),
    options: { backendProtocol: BackendProtocol.GRPC },
  });
  const sticky = new GoStyleMicroservice(chart, 'sticky', { image: PINNED });
  new IngressRoute(chart, 'sticky-route', { host: 'sticky.example.com', paths: [{ path: '/', to: sticky }], tls: RouteTls.terminatedBefore(), options: OWN[controller] });
}

function configuration(app: PlatformApp): void {
  const chart = chartIn(app, 'configuration');
  const settings = new ServiceConfig(chart, 'settings', { data: { 'DATABASE_HOST': 'db', 'DATABASE_PORT': '5432', 'app.yaml': 'debug: false\nlevel: info\n' } });
  const existing = ServiceConfig.existing(chart, 'existing-settings', { keys: ['LOG_LEVEL'] });
  const managed = ServiceSecret.managed(chart, 'managed', { keys: ['username'], generatedKeys: ['password'] });
  const registry = ServiceSecret.managed(chart, 'registry', { type: SecretType.DOCKER_CONFIG });
  const sealed = ServiceSecret.sealed(chart, 'sealed', { encryptedData: { password: ciphertext() }, sealingScope: SealingScope.NAMESPACE_WIDE });
  new GoStyleMicroservice(chart, 'reader', {
    image: PINNED,
    env: { DATABASE_NAME: 'orders' },
    envValueFrom: { LOG_LEVEL: existing.env('LOG_LEVEL'), DATABASE_HOST: settings.env('DATABASE_HOST') },
    volumes: {
      '/etc/app': settings.asFiles({ items: { 'app.yaml': 'app.yaml' } }),
      '/etc/secrets/managed': managed.asFiles(),
      '/etc/secrets/sealed': sealed.asFiles(),
    },
    imagePullSecrets: [registry.name],
  });
  // The one way that a checker refuses: see exceptions.yaml.
  new GoStyleMicroservice(chart, 'env-reader', { image: PINNED, envValueFrom: { DATABASE_PASSWORD: managed.env('password') }, envFrom: [sealed.asEnv()] });
}

/** The form of what kubeseal writes: the length of a key of 2048 bits, that key, and a value with its tag. */
function ciphertext(): string {
  return Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(256, 7), Buffer.alloc(32, 9)]).toString('base64');
}
