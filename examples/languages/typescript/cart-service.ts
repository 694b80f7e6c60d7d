import { Chart, Duration } from 'cdk8s';
import {
  ContainerImage, Diagnostics, type Drain, ImagePullPolicy, Microservice, Platform, PlatformApp, type PodSecurity, Probe, Replicas, Resources,
  ServiceNamespace, Traffic, Volume,
} from 'cdk8s-golden-path';

const SECURITY: PodSecurity = { user: 1000, group: 1000, fsGroup: 1000 };
const SHORT_STOP: Drain = { delay: Duration.seconds(0), gracePeriod: Duration.seconds(5) };
const often = { period: Duration.seconds(5) };

const app = new PlatformApp();
new Platform(app, { imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT });

const chart = new Chart(app, 'online-boutique', { namespace: 'online-boutique' });
new ServiceNamespace(chart, 'namespace');

const redis = new Microservice(chart, 'redis-cart', {
  image: ContainerImage.reference('redis:alpine'),
  ports: [{ number: 6379, servicePortName: 'tcp-redis' }],
  volumes: { '/data': Volume.emptyDir({ unlimited: true }) },
  health: { readiness: Probe.tcp(often), liveness: Probe.tcp(often) },
  resources: Resources.of({ cpu: '70m', cpuLimit: '125m', memory: '200Mi', memoryLimit: '256Mi' }),
  replicas: Replicas.fixed(1),
  security: SECURITY,
  serviceAccountName: 'default',
  egress: Traffic.UNRESTRICTED,
});
Diagnostics.of(redis).acknowledge('identical-probes', 'Redis answers as soon as it accepts connections, and waits for nobody');

const carts = new Microservice(chart, 'cartservice', {
  image: ContainerImage.reference('us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/cartservice:v0.10.6'),
  ports: [{ number: 7070, servicePortName: 'grpc' }],
  health: {
    readiness: Probe.grpc({ initialDelay: Duration.seconds(15) }),
    liveness: Probe.grpc({ initialDelay: Duration.seconds(15), period: Duration.seconds(10) }),
  },
  resources: Resources.of({ cpu: '200m', cpuLimit: '300m', memory: '64Mi', memoryLimit: '128Mi' }),
  replicas: Replicas.fixed(1),
  security: SECURITY,
  egress: Traffic.UNRESTRICTED,
  drain: SHORT_STOP,
});
carts.connectTo(redis, { variables: { address: 'REDIS_ADDR' } });

app.synth();
