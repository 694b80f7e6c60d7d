import { App, Chart } from 'cdk8s';
import { EnvSource, External } from '../../lib/definition';
import { Diagnostics } from '../../lib/diagnostics';
import { GoStyleMicroservice } from '../../lib/services';
import { Traffic } from '../../lib/traffic';
import { finding, findings, IMAGE, orders, shop } from '../support/services';

const config = (data: { [name: string]: string }) => EnvSource._of(() => ({ configMapRef: { name: 'settings' } }), () => data);

const warning = (property: string, name: string, host: string) => finding('warning', 'unconnected-host', `shop/orders ${property}`,
  `${name} names the host '${host}', and no connection declares it: the network policy will not let the pods reach it.`,
  `Write connectTo(…) with the service behind it, or connectTo(External.host('${host}', <port>)).`);

function foundIn(env: { [name: string]: string }, connect?: (service: GoStyleMicroservice) => void): string[] {
  const chart = shop();
  const service = orders(chart, { env });
  connect?.(service);
  return findings(chart);
}

describe('values that name a host', () => {
  test.each([
    ['API_URL', 'http://api:8080/v1', 'api'],
    ['DATABASE', 'postgres://me@db.example.com/orders', 'db.example.com'],
    ['BROKER', 'kafka-1.kafka:9092', 'kafka-1.kafka'],
    ['DB_HOST', 'DB.example.com', 'db.example.com'],
    ['DB_HOST', '10.1.2.3', '10.1.2.3'],
    ['REDIS_ADDR', 'redis', 'redis'],
  ])('%s=%s', (name, value, host) => {
    expect(foundIn({ [name]: value })).toEqual([warning(`env.${name}`, name, host)]);
  });
});

describe('values that name none', () => {
  test.each([
    ['LOG_LEVEL', 'info'],
    ['LISTEN_ADDR', ':8080'],
    ['LISTEN_ADDRESS', '0.0.0.0:8080'],
    ['BIND_HOST', '::'],
    ['PROXY_URL', 'http://localhost:3128'],
    ['PROXY_HOST', '127.0.0.1'],
    ['DB_HOST', '$(FROM_ELSEWHERE)'],
    ['API_URL', 'http://$(API_HOST):80'],
    ['SOCKET', 'unix:///var/run/app.sock'],
    ['API_URL', '/api'],
    ['TIMES', '10:30'],
    ['TITLE', 'see http: the protocol'],
    ['DB_HOST', ''],
  ])('%s=%s', (name, value) => {
    expect(foundIn({ [name]: value })).toEqual([]);
  });
});

test('those of configs and of other containers', () => {
  const chart = shop();
  orders(chart, {
    envFrom: [EnvSource.configMap('elsewhere'), config({ DATABASE_HOST: 'db.example.com' })],
    sidecars: [{ name: 'proxy', image: IMAGE, env: { UPSTREAM_URL: 'http://upstream' } }],
    initContainers: [{ name: 'migrate', image: IMAGE, envFrom: [config({ DB_HOST: 'db2.example.com' })] }],
  });
  expect(findings(chart)).toEqual([
    warning('envFrom[1]', 'DATABASE_HOST', 'db.example.com'),
    warning('sidecars[0].env.UPSTREAM_URL', 'UPSTREAM_URL', 'upstream'),
    warning('initContainers[0].envFrom[0]', 'DB_HOST', 'db2.example.com'),
  ]);
});

describe('connections declare', () => {
  test.each(['db.example.com', 'DB.EXAMPLE.COM'])('what lies outside: %s', host => {
    expect(foundIn({ DATABASE_HOST: host }, service => service.connectTo(External.host('db.example.com', 5432), { env: false }))).toEqual([]);
  });

  test.each(['api', 'api.shop', 'api.shop.svc', 'api.shop.svc.cluster.local'])('a service near by: %s', host => {
    const chart = shop();
    orders(chart, { env: { BACKEND: `http://${host}:80` } }).connectTo(new GoStyleMicroservice(chart, 'api', { image: IMAGE }));
    expect(findings(chart)).toEqual([]);
  });

  test('a service of another namespace, by a name that leads there', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const api = new GoStyleMicroservice(new Chart(app, 'back', { namespace: 'back' }), 'api', { image: IMAGE });
    orders(chart, { env: { A: 'http://api.back', B: 'http://api.back.svc', C: 'http://api' } }).connectTo(api);
    expect(findings(chart)).toEqual([warning('env.C', 'C', 'api')]);
  });

  test('nothing more than that', () => {
    expect(foundIn({ A: 'http://db.example.com', B: 'http://example.com' }, service => service.connectTo(External.host('db.example.com', 80), { env: false })))
      .toEqual([warning('env.B', 'B', 'example.com')]);
  });
});

test('it does not matter where the pods may go anywhere', () => {
  const chart = shop();
  orders(chart, { egress: Traffic.UNRESTRICTED, env: { API_URL: 'http://api' } });
  expect(findings(chart)).toEqual([]);
});

test('it can be acknowledged', () => {
  const chart = shop();
  const service = orders(chart, { env: { PUBLIC_URL: 'https://shop.example.com' } });
  Diagnostics.of(service).acknowledge('unconnected-host', 'goes into e-mails only');
  expect(Diagnostics.of(chart).warnings()).toEqual([]);
});

test('a value that is no text is no matter of hosts', () => {
  expect(foundIn({ API_URL: undefined as any }).map(text => text.split(' ')[1])).toEqual(['invalid-value']);
});
