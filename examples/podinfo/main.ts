import { Chart, Duration } from 'cdk8s';
import {
  Certificate, CertificateIssuer, ContainerImage, GatewayRoute, ImagePullPolicy, IngressRoute, local, Microservice, PathType, Platform,
  PlatformApp, Probe, Replicas, Resources, Rollout, RouteTls, ScalingMetric, ServiceConfig, Volume,
} from 'cdk8s-golden-path';

const seconds = Duration.seconds;
const HOST = 'podinfo.local';

const app = new PlatformApp({ outdir: 'examples/podinfo/dist', artifactsOutdir: 'examples/podinfo/artifacts' });
new Platform(app, {
  ingressClass: 'nginx',
  gateway: { name: 'gateway', sectionName: 'http' },
  certificateIssuer: CertificateIssuer.clusterIssuer('self-signed'),
  imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
});
const chart = new Chart(app, 'podinfo', { namespace: 'default' });

const certificate = new Certificate(chart, 'certificate', { name: 'podinfo-full', dnsNames: ['podinfo'], secretName: 'podinfo-full-tls' });

const check = (path: string, delay: number, failureThreshold?: number) => Probe.command(['podcli', 'check', 'http', `localhost:9898/${path}`], {
  initialDelay: seconds(delay), timeout: seconds(5), ...failureThreshold !== undefined && { failureThreshold }, period: seconds(10),
});
const podinfo = new Microservice(chart, 'podinfo-full', {
  image: ContainerImage.reference('ghcr.io/stefanprodan/podinfo:6.14.1'),
  command: [
    './podinfo', '--port=9898', '--prefix=/', '--secure-port=9899', '--cert-path=/data/cert', '--port-metrics=9797', '--grpc-port=9999',
    '--grpc-service-name=podinfo', '--cache-server=tcp://podinfo-full-redis:6379', '--level=info', '--random-delay=false', '--random-error=false',
  ],
  ports: [
    { name: 'http', number: 9898 },
    { name: 'https', number: 9899 },
    { name: 'grpc', number: 9999 },
    { name: 'http-metrics', number: 9797, exposed: false },
  ],
  metricsPort: 'http',
  monitoring: { interval: seconds(15), path: '/metrics' },
  env: { PODINFO_UI_COLOR: '#34577c' },
  health: { startup: check('healthz', 10, 20), liveness: check('healthz', 1), readiness: check('readyz', 1) },
  volumes: { '/data': Volume.emptyDir({ unlimited: true }), '/data/cert': certificate.asFiles() },
  resources: Resources.exactly({ requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '256Mi' } }),
  replicas: Replicas.autoscaled({ min: 2, max: 5, cpuUtilization: 99, memoryAverage: '200Mi', metrics: [ScalingMetric.pods('http_requests', '10')] }),
  disruption: { minAvailable: '1' },
  rollout: Rollout.rolling({ maxUnavailable: '1' }),
  podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9898' },
});

const settings = new ServiceConfig(chart, 'redis-config', {
  name: 'podinfo-full-redis',
  data: { 'redis.conf': 'maxmemory 64mb\nmaxmemory-policy allkeys-lru\nsave ""\nappendonly no\n' },
});
const redis = new Microservice(chart, 'podinfo-full-redis', {
  image: ContainerImage.reference('redis:8.8.0'),
  command: ['redis-server', '/redis-master/redis.conf'],
  ports: [{ name: 'redis', number: 6379, appProtocol: 'redis' }],
  health: {
    liveness: Probe.tcp({ initialDelay: seconds(5), timeout: seconds(5) }),
    readiness: Probe.command(['redis-cli', 'ping'], { initialDelay: seconds(5), timeout: seconds(5) }),
  },
  volumes: { '/var/lib/redis': Volume.emptyDir({ unlimited: true }), '/redis-master': settings.asFiles({ items: { 'redis.conf': 'redis.conf' } }) },
  resources: Resources.of({ cpu: '100m', cpuLimit: '1000m', memory: '32Mi', memoryLimit: '128Mi' }),
  replicas: Replicas.unmanaged(),
  rollout: Rollout.recreate(),
  serviceAccountName: 'podinfo-full',
});
podinfo.connectTo(redis, { env: false });

new IngressRoute(chart, 'ingress', {
  name: 'podinfo-full',
  host: HOST,
  paths: [{ path: '/', pathType: PathType.IMPLEMENTATION_SPECIFIC, to: podinfo }],
  tls: RouteTls.secret('podinfo-tls'),
});
GatewayRoute.http(chart, 'http-route', { name: 'podinfo-full', host: HOST, rules: [{ path: '/', to: podinfo }] });
GatewayRoute.grpc(chart, 'grpc-route', { name: 'podinfo-full', host: HOST, rules: [{ to: podinfo, port: 'grpc' }] });

new local.ComposeFile(app, 'compose');

app.synth();
