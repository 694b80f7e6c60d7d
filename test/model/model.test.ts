import { App, Chart } from 'cdk8s';
import { ContainerImage, External } from '../../lib/definition';
import type { ResolvedImage } from '../../lib/definition/container-image';
import { Model } from '../../lib/model';
import { findConnectionPort, usedPorts } from '../../lib/model/model';
import { Environment } from '../../lib/platform';
import { GoStyleMicroservice } from '../../lib/services';
import { IMAGE, orders, shop } from '../support/services';

test('services as everything beside Kubernetes sees them', () => {
  const app = new App();
  const prod = new Environment(app, 'prod');
  const chart = new Chart(prod, 'shop', { namespace: 'shop' });
  orders(chart, { grpcPort: 9000, name: 'shop-orders' });
  const plain = new Chart(app, 'plain');
  new GoStyleMicroservice(plain, 'web', { image: ContainerImage.reference('web:1') });
  expect(Model.of(plain).services).toEqual([
    {
      path: 'prod/shop/orders',
      name: 'shop-orders',
      kind: 'Deployment',
      namespace: 'shop',
      environment: 'prod',
      image: `ghcr.io/acme/orders:1.4.2@sha256:${'0'.repeat(64)}`,
      ports: [{ name: 'grpc', number: 9000, appProtocol: 'grpc' }],
    },
    { path: 'plain/web', name: 'web', kind: 'Deployment', image: 'web:1', ports: [{ name: 'http', number: 8080, servicePort: 80 }] },
  ]);
});

describe('connections', () => {
  test('with the host and the ports that the client uses', () => {
    const chart = shop();
    const service = orders(chart, { metricsPort: 9090 });
    const web = new GoStyleMicroservice(chart, 'web', { image: IMAGE });
    web.connectTo(service);
    service.connectTo(External.host('db.example.com', 5432));
    expect(Model.of(chart).connections).toEqual([
      { client: 'shop/orders', target: 'db', host: 'db.example.com', ports: [{ port: 5432 }], external: true },
      { client: 'shop/web', target: 'orders', host: 'orders', ports: [{ name: 'http', port: 80, podPort: 8080, scheme: 'http' }], external: false },
    ]);
  });

  test('come in the same order whatever that of the calls', () => {
    const build = (hosts: string[]) => {
      const chart = shop();
      const service = orders(chart);
      hosts.forEach(host => service.connectTo(External.host(host, 443)));
      return Model.of(chart).connections;
    };
    expect(build(['c.example.com', 'a.example.com', 'b.example.com'])).toEqual(build(['b.example.com', 'c.example.com', 'a.example.com']));
  });
});

test('there is one model of an app', () => {
  const app = new App();
  const [one, two] = ['one', 'two'].map(id => new Chart(app, id));
  expect(Model.of(one)).toBe(Model.of(two));
  expect(Model.of(one)).not.toBe(Model.of(shop()));
});

test('what it returns is a copy', () => {
  const chart = shop();
  orders(chart);
  Model.of(chart).services.pop();
  Model.of(chart).services[0].ports.pop();
  expect(Model.of(chart).services[0].ports).toHaveLength(1);
});

test('routes by the service that they lead to', () => {
  const chart = shop();
  const [service, web] = [orders(chart), new GoStyleMicroservice(chart, 'web', { image: IMAGE })];
  const edge = { route: chart, target: service, port: 'http' };
  Model.of(chart)._addRoute(edge);
  expect(Model.of(chart)._routesTo(service)).toEqual([edge]);
  expect(Model.of(chart)._routesTo(web)).toEqual([]);
});

test('images by the services that run them', () => {
  class Built extends ContainerImage {
    public _resolve(): ResolvedImage {
      return { reference: 'built:1' };
    }
  }
  const chart = shop();
  const [one, two] = [new Built(), new Built()];
  const user = (name: string) => ({ construct: chart, name, ports: () => [], identity: () => undefined });
  const model = Model.of(chart);
  expect([model._useImage(one, user('a')), model._useImage(one, user('b')), model._useImage(two, user('c'))]).toEqual([true, false, false]);
  expect([...model._images].map(([image, users]) => [image, users.map(({ name }) => name)])).toEqual([[one, ['a', 'b']], [two, ['c']]]);
});

describe('ports of a target', () => {
  const target = {
    name: 'api',
    host: 'api',
    ports: [{ name: 'http', port: 80 }, { name: 'grpc', port: 9000 }, { name: 'metrics', port: 9090, optIn: true }, { port: 7 }],
  };
  const numbers = (ports?: string[]) => usedPorts(target, { ...ports && { ports } }).map(({ port }) => port);

  test.each<[string[] | undefined, number[]]>([
    [undefined, [80, 9000, 7]],
    [['metrics', '80'], [9090, 80]],
    [['grpc', 'grpc', '9000'], [9000]],
    [['nothing'], []],
    [[], []],
  ])('%j', (ports, expected) => {
    expect(numbers(ports)).toEqual(expected);
  });

  test('by name or number', () => {
    expect(findConnectionPort(target, '7')).toBe(target.ports[3]);
    expect(findConnectionPort(target, 'grpc')).toBe(target.ports[1]);
    expect(findConnectionPort(target, '70')).toBeUndefined();
  });
});
