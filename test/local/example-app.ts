import { Chart } from 'cdk8s';
import {
  ContainerImage, GoImage, type GoStyleMicroserviceProps, Platform, PlatformApp, Probe, Replicas, ServiceConfig, ServiceSecret, StatefulService,
  Volume,
} from '../../lib/index';
import { orders } from '../support/services';

/** A module with the programs of services. */
export const WEB = 'examples/go-microservice/services/web';

/** A service that keeps data. */
export function cache(chart: Chart, replicas = 1): StatefulService {
  return new StatefulService(chart, 'cache', {
    image: ContainerImage.reference('redis:8.2.1'),
    ports: [{ name: 'redis', number: 6379 }],
    volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }) },
    health: { readiness: Probe.command(['redis-cli', 'ping']) },
    replicas: Replicas.fixed(replicas),
  });
}

/** An app of a service that is built here, with secrets and settings, and of what it connects to. */
export function wholeApp(props: Partial<GoStyleMicroserviceProps> = {}): PlatformApp {
  const app = new PlatformApp();
  new Platform(app, { registry: 'ghcr.io/acme' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const secret = ServiceSecret.managed(chart, 'key', { name: 'orders', keys: ['token', 'certificate'] });
  const settings = new ServiceConfig(chart, 'settings', { data: { 'app.ini': 'mode=fast\n' } });
  orders(chart, {
    image: GoImage.fromModule(WEB, { main: './cmd/web' }),
    envValueFrom: { TOKEN: secret.env('token') },
    volumes: { '/etc/tls': secret.asFiles({ items: { 'tls.crt': 'certificate' } }), '/etc/app': settings.asFiles() },
    ...props,
  }).connectTo(cache(chart));
  return app;
}
