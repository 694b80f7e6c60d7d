import { App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type ConnectionOptions, type ConnectionTarget, EnvReference, EnvSource, External, type IConnectable } from '../../lib/definition';
import { GoStyleMicroservice, type GoStyleMicroserviceProps, Microservice } from '../../lib/services';
import { envOf, finding, findings, IMAGE, orders, shop } from '../support/services';

const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/orders ${property}`, message, remedy);

/** The variables that a connection gives. */
function given(target: IConnectable, options?: ConnectionOptions): { [name: string]: unknown } {
  const chart = shop();
  orders(chart).connectTo(target, options);
  expect(findings(chart)).toEqual([]);
  const { GOMEMLIMIT: _, ...env } = envOf(chart);
  return env;
}

/** The same, for a service of this library. */
function givenBy(props: Partial<GoStyleMicroserviceProps>, options?: ConnectionOptions, id = 'api'): { [name: string]: unknown } {
  const chart = shop();
  orders(chart).connectTo(new GoStyleMicroservice(chart, id, { image: IMAGE, ...props }), options);
  expect(findings(chart)).toEqual([]);
  const { GOMEMLIMIT: _, ...env } = envOf(chart);
  return env;
}

function foundFor(connect: (service: GoStyleMicroservice, chart: Chart) => void, props?: Partial<GoStyleMicroserviceProps>): string[] {
  const chart = shop();
  connect(orders(chart, props), chart);
  return findings(chart);
}

const db = (name?: string) => External.host('db.example.com', 5432, { ...name !== undefined && { name } });

describe('variables', () => {
  test.each<[string, Partial<GoStyleMicroserviceProps>, ConnectionOptions | undefined, object]>([
    ['host, port and URL', {}, undefined, { API_HOST: 'api', API_PORT: '80', API_URL: 'http://api:80' }],
    ['no URL for gRPC', { grpcPort: 9000 }, undefined, { API_HOST: 'api', API_PORT: '9000' }],
    ['further ports by their names', { port: 8080, grpcPort: 9000, extraPorts: [{ name: 'web-admin', number: 9999 }] }, undefined,
      { API_HOST: 'api', API_PORT: '80', API_URL: 'http://api:80', API_GRPC_PORT: '9000', API_WEB_ADMIN_PORT: '9999' }],
    ['the first of those that are named is the main one', { port: 8080, grpcPort: 9000 }, { ports: ['grpc', 'http'] },
      { API_HOST: 'api', API_PORT: '9000', API_HTTP_PORT: '80' }],
    ['ports by their numbers', { port: 8080, grpcPort: 9000 }, { ports: ['80', 'http'] }, { API_HOST: 'api', API_PORT: '80', API_URL: 'http://api:80' }],
    ['not those for monitoring', { metricsPort: 9090 }, undefined, { API_HOST: 'api', API_PORT: '80', API_URL: 'http://api:80' }],
    ['those for monitoring by their name', { metricsPort: 9090 }, { ports: ['metrics'] }, { API_HOST: 'api', API_PORT: '9090' }],
    ['another prefix', {}, { envPrefix: 'BACKEND' }, { BACKEND_HOST: 'api', BACKEND_PORT: '80', BACKEND_URL: 'http://api:80' }],
    ['none', {}, { env: false }, {}],
    ['by the names that the program reads', {}, { variables: { address: 'API_ADDR', url: 'BACKEND', host: 'H', port: 'P' } },
      { API_ADDR: 'api:80', BACKEND: 'http://api:80', H: 'api', P: '80' }],
    ['of those only what is named', { grpcPort: 9000, port: 8080 }, { ports: ['grpc'], variables: { address: 'API_ADDR' } }, { API_ADDR: 'api:9000' }],
  ])('%s', (_, props, options, env) => {
    expect(givenBy(props, options)).toEqual(env);
  });

  test('an id with dashes', () => {
    expect(givenBy({}, undefined, 'orders-db-2')).toEqual({ ORDERS_DB_2_HOST: 'orders-db-2', ORDERS_DB_2_PORT: '80', ORDERS_DB_2_URL: 'http://orders-db-2:80' });
  });

  test.each<[string, External, object]>([
    ['by name', External.host('db.example.com', 5432), { DB_HOST: 'db.example.com', DB_PORT: '5432' }],
    ['with a scheme', External.host('db.example.com', 5432, { scheme: 'postgres' }), { DB_HOST: 'db.example.com', DB_PORT: '5432', DB_URL: 'postgres://db.example.com:5432' }],
    ['under another name', External.host('db.example.com', 5432, { name: 'order-store' }), { ORDER_STORE_HOST: 'db.example.com', ORDER_STORE_PORT: '5432' }],
    ['by address', External.host('10.1.2.3', 5432), { _10_1_2_3_HOST: '10.1.2.3', _10_1_2_3_PORT: '5432' }],
    ['by an address of IPv6', External.host('2001:db8::7', 443, { scheme: 'https', name: 'gate' }),
      { GATE_HOST: '2001:db8::7', GATE_PORT: '443', GATE_URL: 'https://[2001:db8::7]:443' }],
  ])('of the outside: %s', (_, target, env) => {
    expect(given(target)).toEqual(env);
  });

  test('of a service in another namespace', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const service = orders(chart);
    const web = new GoStyleMicroservice(new Chart(app, 'web', { namespace: 'web' }), 'web', { image: IMAGE });
    const near = new GoStyleMicroservice(new Chart(app, 'more', { namespace: 'shop' }), 'near', { image: IMAGE });
    [web, near].forEach(client => client.connectTo(service));
    expect(findings(app)).toEqual([]);
    expect(envOf(Chart.of(web), 'web')).toMatchObject({ ORDERS_HOST: 'orders.shop', ORDERS_URL: 'http://orders.shop:80' });
    expect(envOf(Chart.of(near), 'near')).toMatchObject({ ORDERS_HOST: 'orders', ORDERS_URL: 'http://orders:80' });
  });

  test('they refer to each other and to those of the user', () => {
    const chart = shop();
    orders(chart, { env: { DSN: 'host=$(DB_HOST) port=$(DB_PORT)' } }).connectTo(db());
    const names = Object.keys(envOf(chart));
    expect(names).toEqual(['DB_HOST', 'DB_PORT', 'DSN', 'GOMEMLIMIT']);
  });

  test('the order of the calls does not matter', () => {
    const render = (order: number[]) => {
      const chart = shop();
      const service = orders(chart);
      const targets = [db('b'), db('a'), External.host('c.example.com', 1)];
      order.forEach(index => service.connectTo(targets[index]));
      return envOf(chart);
    };
    expect(Object.entries(render([0, 1, 2]))).toEqual(Object.entries(render([2, 1, 0])));
  });
});

test('what can be connected to is an interface', () => {
  class Cache implements IConnectable {
    public toConnectionTarget(client: IConstruct): ConnectionTarget {
      return { name: 'cache', host: `cache-of-${client.node.id}`, ports: [{ port: 6379, scheme: 'redis' }], pods: { labels: { app: 'cache' }, namespace: 'data' } };
    }
  }
  expect(given(new Cache())).toEqual({ CACHE_HOST: 'cache-of-orders', CACHE_PORT: '6379', CACHE_URL: 'redis://cache-of-orders:6379' });
});

describe('findings', () => {
  test('a service without ports', () => {
    const found = foundFor((service, chart) => service.connectTo(new Microservice(chart, 'silent', { image: IMAGE, ports: [{ name: 'http', number: 80, exposed: false }] })));
    expect(found[0]).toBe(fault('connection-without-port', "connectTo('silent')",
      "'silent' offers no port, so nothing can be connected to it.", 'Declare the port at the target, or drop the connection.'));
    expect(found.slice(1)).toEqual([expect.stringContaining('[shop/silent ports] The Service has no port to offer.')]);
  });

  test('ports that the target does not offer', () => {
    expect(foundFor((service, chart) => service.connectTo(new GoStyleMicroservice(chart, 'api', { image: IMAGE, metricsPort: 9090 }), { ports: ['http', 'grpc', '8080'] }))).toEqual([
      fault('unknown-port', "connectTo('api').ports", "'api' offers no port 'grpc'.", "Name one of 'http', 'metrics'."),
      fault('unknown-port', "connectTo('api').ports", "'api' offers no port '8080'.", "Name one of 'http', 'metrics'."),
    ]);
    expect(foundFor(service => service.connectTo(db(), { ports: [] }))).toEqual([
      fault('invalid-value', "connectTo('db').ports", 'An empty list connects to no port.', "Name one of '5432', or leave 'ports' out."),
    ]);
  });

  test('two connections that claim the same variables', () => {
    const twice = (target: string, name: string) => fault('duplicate-connection', `connectTo('${target}').envPrefix`,
      `Another connection of the service gives ${name} already.`, "Connect with another 'envPrefix', or with env: false.");
    const connect = (first: ConnectionOptions, second: ConnectionOptions) => foundFor(service => {
      service.connectTo(db(), first);
      service.connectTo(External.host('db.example.org', 3306), second);
    });
    expect(connect({}, {})).toEqual([twice('db', 'DB_HOST')]);
    expect(connect({}, { envPrefix: 'OTHER' })).toEqual([]);
    expect(connect({}, { env: false })).toEqual([]);
    expect(connect({ envPrefix: 'X' }, { envPrefix: 'X' })).toEqual([twice('db', 'X_HOST')]);
  });

  test('a further port that is named like another connection', () => {
    const found = foundFor((service, chart) => {
      service.connectTo(new GoStyleMicroservice(chart, 'api', { image: IMAGE, grpcPort: 9000, port: 8080 }));
      service.connectTo(External.host('elsewhere.example.com', 1), { envPrefix: 'API_GRPC' });
    });
    expect(found).toEqual([fault('duplicate-connection', "connectTo('elsewhere').envPrefix", 'Another connection of the service gives API_GRPC_PORT already.',
      "Connect with another 'envPrefix', or with env: false.")]);
  });

  test.each<[string, ConnectionOptions['variables'], string, string, string, string]>([
    ['a name that is none', { host: 'DB-HOST' }, 'invalid-env-name', 'host',
      "'DB-HOST' is not a name for an environment variable.", 'Use letters, digits and underscores, not beginning with a digit.'],
    ['a URL that nobody offers', { url: 'DB' }, 'invalid-value', 'url',
      "'db' offers no URL: its main port has no scheme.", "Take 'address', or give the port of the target an appProtocol of 'http' or 'https'."],
    ['one name for two facts', { host: 'DB', address: 'DB' }, 'duplicate-env', 'address',
      'The connection gives the variable DB already.', 'Give each a name of its own.'],
  ])('named variables: %s', (_, variables, code, property, message, remedy) => {
    expect(foundFor(service => service.connectTo(db(), { variables })))
      .toEqual([fault(code, `connectTo('db').variables.${property}`, message, remedy)]);
  });

  test('two connections that name the same variable', () => {
    const found = foundFor(service => {
      service.connectTo(db(), { variables: { address: 'STORE' } });
      service.connectTo(External.host('other.example.com', 1), { variables: { address: 'STORE' } });
    });
    expect(found).toEqual([fault('duplicate-connection', "connectTo('other').variables",
      'Another connection of the service gives STORE already.', "Connect with other 'variables', or with env: false.")]);
  });

  test.each<[string, Partial<GoStyleMicroserviceProps>, string]>([
    ['a literal', { env: { DB_HOST: 'db.example.com' } }, 'env.DB_HOST'],
    ['a reference', { envValueFrom: { DB_HOST: EnvReference.field('status.hostIP') } }, 'envValueFrom.DB_HOST'],
    ['a config', { envFrom: [EnvSource.secret('keys'), EnvSource._of(() => ({ configMapRef: { name: 'a' } }), () => ({ DB_HOST: 'db.example.com' }))] }, 'envFrom[1]'],
  ])('a variable that %s gives as well', (_, props, property) => {
    expect(foundFor(service => service.connectTo(db()), props)).toEqual([fault('duplicate-env', property, 'A connection gives the variable DB_HOST already.',
      "Drop it, or connect with another 'envPrefix' or with env: false.")]);
  });

  test('a prefix that no variable can have, once', () => {
    expect(foundFor(service => service.connectTo(db(), { envPrefix: '1-DB' }))).toEqual([fault('invalid-env-name', "connectTo('db').envPrefix",
      "'1-DB' cannot begin the name of an environment variable.", 'Use letters, digits and underscores, not beginning with a digit.')]);
  });

  test.each(['db.example.com:5432', 'https://db.example.com', 'DB.example.com', '[2001:db8::7]', 'db_1', ''])('%p is no host', host => {
    expect(foundFor(service => service.connectTo(External.host(host, 5432, { name: 'db' })))).toEqual([fault('invalid-host', "connectTo('db')", `'${host}' is not a host.`,
      "Write its name or address alone, in lower case, without scheme, port and path, for example 'db.example.com'.")]);
  });

  test('a port and addresses that are none', () => {
    expect(foundFor(service => service.connectTo(External.host('db.example.com', 0, { cidrs: ['10.0.0.0', '::/0'] })))).toEqual([
      fault('invalid-port', "connectTo('db').port", '0 is not a port number.', 'Write a whole number from 1 to 65535.'),
      fault('invalid-value', "connectTo('db').cidrs", "'10.0.0.0' is not a range of addresses.", "Write for example '203.0.113.0/24', or '203.0.113.7/32' for one address."),
    ]);
    expect(foundFor(service => service.connectTo(External.host('db.example.com', 1, { cidrs: [] })))).toEqual([
      fault('invalid-value', "connectTo('db').cidrs", 'An empty list admits no address.', "Name the addresses, or leave 'cidrs' out to admit any on this port."),
    ]);
  });

  test('what is wrong with a service is said there alone', () => {
    const found = foundFor((service, chart) => service.connectTo(new GoStyleMicroservice(chart, 'My_API', { image: IMAGE, port: 0 })));
    expect(found.map(text => text.slice(0, text.indexOf(']') + 1))).toEqual(['error invalid-name [shop/My_API name]', 'error invalid-port [shop/My_API port]']);
  });
});
