import { Chart, Duration } from 'cdk8s';
import {
  ContainerImage, Diagnostics, ExtraService, ImagePullPolicy, local, Microservice, Platform, PlatformApp, Probe, Replicas, Resources,
  ServiceNamespace, ServiceType, Traffic, Volume, Worker,
} from 'cdk8s-golden-path';
import { BoutiqueService, image, resources, SECURITY, SHORT_STOP } from './boutique-service';
import { WAIT_FOR_FRONTEND } from './wait-for-frontend';

const NO_PROFILER = { DISABLE_PROFILER: '1' };
const REWRITE_PROBES = { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' };
const seconds = Duration.seconds;

const app = new PlatformApp({ outdir: 'examples/online-boutique/dist', artifactsOutdir: 'examples/online-boutique/artifacts' });
new Platform(app, { imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT });

const chart = new Chart(app, 'online-boutique', { namespace: 'online-boutique' });
new ServiceNamespace(chart, 'namespace');

const ads = new BoutiqueService(chart, 'adservice', {
  port: 9555,
  cpu: ['200m', '300m'],
  memory: ['180Mi', '300Mi'],
  readiness: { initialDelay: seconds(20), period: seconds(15) },
  liveness: { initialDelay: seconds(20), period: seconds(15) },
});

const products = new BoutiqueService(chart, 'productcatalogservice', { port: 3550, env: NO_PROFILER });
const currencies = new BoutiqueService(chart, 'currencyservice', { port: 7000, portName: 'grpc', env: NO_PROFILER });
const payments = new BoutiqueService(chart, 'paymentservice', { port: 50051, env: NO_PROFILER });
const shipping = new BoutiqueService(chart, 'shippingservice', { port: 50051, env: NO_PROFILER, readiness: { period: seconds(5) }, drain: {} });
const emails = new BoutiqueService(chart, 'emailservice', {
  port: 8080,
  servicePort: 5000,
  env: NO_PROFILER,
  readiness: { period: seconds(5) },
  liveness: { period: seconds(5) },
});

const recommendations = new BoutiqueService(chart, 'recommendationservice', {
  port: 8080,
  env: NO_PROFILER,
  memory: ['220Mi', '450Mi'],
  readiness: { period: seconds(5) },
  liveness: { period: seconds(5) },
});
recommendations.calls({ PRODUCT_CATALOG_SERVICE: products });

const redis = new Microservice(chart, 'redis-cart', {
  image: ContainerImage.reference('redis:alpine'),
  ports: [{ number: 6379, servicePortName: 'tcp-redis' }],
  volumes: { '/data': Volume.emptyDir({ unlimited: true }) },
  health: { readiness: Probe.tcp({ period: seconds(5) }), liveness: Probe.tcp({ period: seconds(5) }) },
  resources: resources({ cpu: ['70m', '125m'], memory: ['200Mi', '256Mi'] }),
  replicas: Replicas.fixed(1),
  security: SECURITY,
  serviceAccountName: 'default',
  egress: Traffic.UNRESTRICTED,
});
Diagnostics.of(redis).acknowledge('identical-probes', 'Redis answers as soon as it accepts connections, and waits for nobody');

const carts = new Microservice(chart, 'cartservice', {
  image: image('cartservice'),
  ports: [{ number: 7070, servicePortName: 'grpc' }],
  health: { readiness: Probe.grpc({ initialDelay: seconds(15) }), liveness: Probe.grpc({ initialDelay: seconds(15), period: seconds(10) }) },
  resources: resources({ cpu: ['200m', '300m'] }),
  replicas: Replicas.fixed(1),
  security: SECURITY,
  egress: Traffic.UNRESTRICTED,
  drain: SHORT_STOP,
});
carts.connectTo(redis, { variables: { address: 'REDIS_ADDR' } });

const checkout = new BoutiqueService(chart, 'checkoutservice', { port: 5050, drain: {} });
checkout.calls({
  PRODUCT_CATALOG_SERVICE: products,
  SHIPPING_SERVICE: shipping,
  PAYMENT_SERVICE: payments,
  EMAIL_SERVICE: emails,
  CURRENCY_SERVICE: currencies,
  CART_SERVICE: carts,
});

const session = (name: string) => Probe.http('/_healthz', { headers: { Cookie: `shop_session-id=${name}` }, initialDelay: seconds(10) });
const frontend = new Microservice(chart, 'frontend', {
  image: image('frontend'),
  ports: [{ number: 8080, servicePort: 80, servicePortName: 'http' }],
  env: { PORT: '8080', ENABLE_PROFILER: '0', SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80' },
  health: { readiness: session('x-readiness-probe'), liveness: session('x-liveness-probe') },
  resources: resources(),
  replicas: Replicas.fixed(1),
  security: SECURITY,
  ingress: Traffic.UNRESTRICTED,
  egress: Traffic.UNRESTRICTED,
  podAnnotations: REWRITE_PROBES,
});
const backends = {
  PRODUCT_CATALOG_SERVICE: products,
  CURRENCY_SERVICE: currencies,
  CART_SERVICE: carts,
  RECOMMENDATION_SERVICE: recommendations,
  SHIPPING_SERVICE: shipping,
  CHECKOUT_SERVICE: checkout,
  AD_SERVICE: ads,
};
Object.entries(backends).forEach(([name, target]) => frontend.connectTo(target, { variables: { address: `${name}_ADDR` } }));

new ExtraService(chart, 'frontend-external', { targets: [frontend], service: { type: ServiceType.LOAD_BALANCER } });

const load = new Worker(chart, 'loadgenerator', {
  image: image('loadgenerator'),
  env: { USERS: '10', RATE: '1' },
  initContainers: [{
    name: 'frontend-check',
    image: ContainerImage.reference('busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d'),
    env: { FRONTEND_ADDR: 'frontend:80' },
    command: ['/bin/sh', '-exc', WAIT_FOR_FRONTEND],
  }],
  resources: Resources.of({ cpu: '300m', cpuLimit: '500m', memory: '256Mi', memoryLimit: '512Mi' }),
  replicas: Replicas.fixed(1),
  security: SECURITY,
  ingress: Traffic.UNGOVERNED,
  egress: Traffic.UNRESTRICTED,
  drain: SHORT_STOP,
  podAnnotations: REWRITE_PROBES,
});
load.connectTo(frontend, { variables: { address: 'FRONTEND_ADDR' } });

const compose = new local.ComposeFile(app, 'compose');
Diagnostics.of(compose).acknowledge('local-omission', 'the images have no programs that ask; the services try again until the others answer');

app.synth();
