import { Chart, Testing } from 'cdk8s';
import { FakeService, findings, objects, route, shop, told } from './ingress-route-fixtures';
import { Diagnostics, Environment, IngressRoute, type IngressRouteProps, PathType, Platform, RouteTarget, RouteTls } from '../../lib';

const web = RouteTarget.service('web', 80);
const api = RouteTarget.service('api', 8080);

describe('hosts', () => {
  const ofHost = (host: string, domain?: string) => {
    const app = Testing.app();
    new Platform(app, { ingressClass: 'haproxy', ...domain !== undefined && { domain } });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new IngressRoute(chart, 'public', { host, paths: [{ path: '/', to: web }] });
    return told(chart);
  };

  test.each(['shop.example.com', '*.example.com', '*'])('%s is good', host => {
    expect(ofHost(host)).toEqual([]);
  });

  test.each(['https://shop.example.com', 'Shop.example.com', 'shop.example.com:8080', 'shop_1.example.com', '*.*.example.com', 'a*.example.com', `${'a'.repeat(64)}.example.com`])('%s is none', host => {
    expect(ofHost(host)).toEqual([
      `invalid-host [host] '${host}' is not a host name. Write it in lower case without scheme, port and path, for example 'shop.example.com'; '*.example.com' stands for every host one level below.`,
    ]);
  });

  test('an address', () => {
    expect(ofHost('192.0.2.1')).toEqual(["invalid-host [host] '192.0.2.1' is an address, and Kubernetes wants a name. Write a DNS name, or '*' for every host."]);
  });

  test('a host without a dot, and no domain', () => {
    expect(ofHost('shop', 'example.com')).toEqual([]);
    expect(ofHost('shop')).toEqual([
      "invalid-host [host] 'shop' has no dot, and the platform names no domain to put it before. Write the complete host, for example 'shop.example.com', or set Platform.domain.",
    ]);
  });

  test('the second of several', () => {
    expect(findings('haproxy', () => ({ hosts: ['a.example.com', 'B.example.com'], paths: [{ path: '/', to: web }] })).map(text => text.split(' ')[1])).toEqual(['[hosts[1]]']);
  });

  test('no host', () => {
    const chart = shop('haproxy');
    new IngressRoute(chart, 'public', { paths: [{ path: '/', to: web }] });
    expect(told(chart)).toEqual(["invalid-host [host] The route names no host. Write host: 'shop.example.com', or host: '*' if every host is meant."]);
  });
});

describe('paths', () => {
  const ofPath = (path: string, pathType?: PathType) => findings('nginx', () => ({ paths: [{ path, to: web, ...pathType && { pathType } }] }));

  test.each(['/', '/api/', '/api/v1.0', '/shop.Orders/List', '/%C3%A4', '/a-b_c~d'])('%s is good', path => {
    expect(ofPath(path)).toEqual([]);
  });

  test('without a slash', () => {
    expect(ofPath('api')).toEqual(["invalid-path [paths[0].path] 'api' does not begin with a slash. Write '/api'."]);
  });

  test.each(['/a//b', '/a/../b', '/a/.', '/a%2Fb'])('%s is not normal', path => {
    expect(ofPath(path)).toEqual([
      `invalid-path [paths[0].path] '${path}' is not in the normal form that Kubernetes asks for. Leave out '//', '/./', '/../' and '%2F'.`,
    ]);
  });

  test.each(['/api/*', '/a b', '/a(b)', '/a$', '/a;b', '/a?b=c', '/a#b'])('%s is not plain', path => {
    expect(ofPath(path)).toEqual([
      `invalid-path [paths[0].path] '${path}' has characters that a plain path may not have. Use letters, digits and '-._~!&=:@%,'; a regular expression needs pathType: PathType.REGULAR_EXPRESSION.`,
    ]);
  });

  test('an expression', () => {
    expect(ofPath('/a/[0-9]+$', PathType.REGULAR_EXPRESSION)).toEqual([]);
    expect(ofPath('/a/[0-9', PathType.REGULAR_EXPRESSION)).toEqual([
      "invalid-path [paths[0].path] '/a/[0-9' is not a regular expression. Close every group and class; write '\\.' for a dot.",
    ]);
    expect(ofPath('/a`b', PathType.IMPLEMENTATION_SPECIFIC)).toEqual([
      "invalid-path [paths[0].path] '/a`b' has a character that ends a rule of the controller. Leave out spaces, quotes and semicolons.",
    ]);
  });

  test('Traefik cannot anchor an expression', () => {
    expect(findings('traefik', () => ({ paths: [{ path: '/v[0-9]+', pathType: PathType.REGULAR_EXPRESSION, to: web }] }))).toEqual([
      "unsupported-option [paths[0].pathType] Traefik would find '/v[0-9]+' anywhere in a path, since an Ingress cannot hold an expression that begins with '^'. Write PathType.PREFIX or PathType.EXACT, and one path for each case.",
    ]);
  });

  test('no path', () => {
    expect(findings('nginx', () => ({}))).toEqual(["invalid-path [paths] The route leads nowhere. Give it a path, for example { path: '/', to: service }."]);
  });
});

describe('backends', () => {
  test('a port that does not exist', () => {
    expect(findings('nginx', scope => ({
      paths: [{ path: '/', to: new FakeService(scope, 'web'), port: 'admin' }, { path: '/api', to: new FakeService(scope, 'api', {}) }],
      defaultBackend: new FakeService(scope, 'rest', {}),
    })).filter(text => text.startsWith('unknown-port'))).toEqual([
      "unknown-port [paths[0].port] 'web' offers no port 'admin'. Name a port that the Service offers, or leave it out for the main one.",
      "unknown-port [paths[1]] 'api' offers no port. Declare a port of the service.",
      "unknown-port [defaultBackend] 'rest' offers no port. Declare a port of the service.",
    ]);
  });

  test('another namespace', () => {
    expect(findings('nginx', scope => ({ paths: [{ path: '/', to: new FakeService(new Chart(scope.node.root as any, 'stock', { namespace: 'stock' }), 'items') }] }))).toEqual([
      "invalid-value [paths[0].to] 'items' lives in the namespace 'stock', and an Ingress reaches only Services of its own, 'shop'. Make the route in the chart 'stock'; several routes may share a host.",
    ]);
  });

  test('another environment', () => {
    const app = Testing.app();
    const [dev, prod] = ['dev', 'prod'].map(name => new Chart(new Environment(app, name, { ingressClass: 'nginx' }), 'shop', { namespace: 'shop' }));
    new IngressRoute(dev, 'public', { host: 'dev.example.com', paths: [{ path: '/', to: new FakeService(prod, 'web') }] });
    expect(told(dev)).toEqual([
      "invalid-value [paths[0].to] 'prod/shop/web' belongs to the environment 'prod', the route to 'dev'. Make the route and the service in the same environment.",
    ]);
  });
});

describe('class', () => {
  test('none', () => {
    const chart = shop(undefined);
    new IngressRoute(chart, 'public', { host: 'a.example.com', paths: [{ path: '/', to: web }] });
    expect(told(chart)).toEqual([
      "ingress-class-missing [ingressClass] Neither the route nor the platform names an ingress class. Set Platform.ingressClass, for example 'traefik', 'haproxy' or 'nginx'; nothing is chosen for you.",
    ]);
    expect(objects(chart)[0].spec).not.toHaveProperty('ingressClassName');
  });

  test('an invalid name', () => {
    expect(findings('haproxy', () => ({ ingressClass: 'HAProxy', paths: [{ path: '/', to: web }] }))).toEqual([
      "invalid-name [ingressClass] 'HAProxy' cannot be the name of an IngressClass. Write it as the IngressClass has it in its metadata.name: lower-case letters, digits, dashes and dots.",
    ]);
  });

  test('options, and nobody knows the controller', () => {
    expect(findings('internal', scope => ({
      options: { maxBodySize: '1Mi' },
      paths: [{ path: '/', to: web }, { path: '/v[0-9]', pathType: PathType.REGULAR_EXPRESSION, to: new FakeService(scope, 'orders', { grpc: 'grpc' }) }],
    }))).toEqual([
      "unsupported-option [ingressClass] Nobody says which controller serves the class 'internal', so these options cannot be written: maxBodySize. Say it at the platform: new Platform(scope, { ingressClass: 'internal', ingressController: IngressController.TRAEFIK }), or write what it needs as options.annotations.",
      "unsupported-option [ingressClass] Nobody says which controller serves the class 'internal', so these options cannot be written: maxBodySize, backendProtocol, pathType. Say it at the platform: new Platform(scope, { ingressClass: 'internal', ingressController: IngressController.TRAEFIK }), or write what it needs as options.annotations.",
    ]);
  });
});

describe('TLS', () => {
  test('none is a warning, which can be accepted', () => {
    const { chart } = route('nginx', () => ({ paths: [{ path: '/', to: web }] }));
    expect(Diagnostics.of(chart).warnings()).toEqual([{
      code: 'route-without-tls',
      severity: 'warning',
      path: 'shop/public',
      property: 'tls',
      message: 'The route serves plain HTTP.',
      remedy: "Write tls: RouteTls.secret('…') or RouteTls.clusterIssuer('…'), or RouteTls.terminatedBefore() where a load balancer in front ends TLS.",
    }]);
    Diagnostics.of(chart).acknowledge('route-without-tls', 'the cluster is reached by VPN alone');
    expect(Diagnostics.of(chart).warnings()).toEqual([]);
  });

  test('cert-manager certifies names', () => {
    expect(findings('nginx', () => ({ host: '*', tls: RouteTls.issuer('internal'), paths: [{ path: '/', to: web }] }))).toEqual([
      "conflicting-options [tls] cert-manager needs a name to certify, and the route is for every host. Name a host, or write RouteTls.secret('…') or RouteTls.controllerDefault().",
    ]);
  });

  test('names', () => {
    expect(findings('nginx', () => ({ tls: RouteTls.clusterIssuer('Lets Encrypt', { secretName: 'My_Cert' }), paths: [{ path: '/', to: web }] }))).toEqual([
      "invalid-name [tls] 'My_Cert' is not a name that Kubernetes accepts. Use lower-case letters, digits, dashes and dots, with a letter or digit at both ends; give a 'name' where the id of the construct is different.",
      "invalid-name [tls] 'Lets Encrypt' is not a name that Kubernetes accepts. Use lower-case letters, digits, dashes and dots, with a letter or digit at both ends; give a 'name' where the id of the construct is different.",
    ]);
  });
});

describe('names', () => {
  test('two Ingresses of a route come to the same name', () => {
    const { chart } = route('nginx', () => ({
      paths: [{ path: '/', to: web }, { path: '/a-b', to: api, options: { maxBodySize: '1Mi' } }, { path: '/a/b', to: api, options: { maxBodySize: '2Mi' } }],
    }));
    expect(told(chart)).toEqual([
      "duplicate-name [name] The name 'public-a-b' is taken in this namespace already, by 'shop/public'. Give one of them another 'name'.",
    ]);
  });

  test('too long', () => {
    const long = 'a'.repeat(50);
    expect(findings('nginx', () => ({ name: 'public-route-x', paths: [{ path: '/', to: web }, { path: `/${long}`, to: api, options: { maxBodySize: '1Mi' } }] }))).toEqual([
      `invalid-name [name] 'public-route-x-${long}' has 65 characters, 2 more than Kubernetes allows in labels and host names. Give a 'name' of at most 63 characters.`,
    ]);
  });
});

describe('duplicate routes', () => {
  const twoRoutes = (one: Partial<IngressRouteProps>, other: Partial<IngressRouteProps>) => {
    const chart = shop('traefik');
    new IngressRoute(chart, 'one', { host: 'a.example.com', paths: [{ path: '/api', to: web }], ...one });
    new IngressRoute(chart, 'other', { host: 'a.example.com', paths: [{ path: '/api', to: web }], ...other });
    return told(chart);
  };
  const told2 = ["duplicate-route [paths[0]] 'a.example.com/api' is routed already, by 'shop/one'. Drop one of the two, or choose another host, path or class."];

  test('in two routes', () => {
    expect(twoRoutes({}, {})).toEqual(told2);
    expect(twoRoutes({ paths: [{ path: '/api/', to: web }] }, {})).toEqual(told2);
    expect(twoRoutes({ host: 'b.example.com', hosts: ['a.example.com'] }, {})).toEqual(told2);
  });

  test('a host without a dot is that of the domain', () => {
    expect(twoRoutes({}, { host: 'a' })).toEqual(told2);
    expect(twoRoutes({ host: 'a' }, { host: 'a' })).toEqual(told2);
    expect(twoRoutes({ host: 'a' }, {})).toEqual([told2[0].replace('shop/one', 'shop/other')]);
    expect(twoRoutes({ host: 'a' }, { host: 'a.example.org' })).toEqual([]);
  });

  test('what differs may stand beside each other', () => {
    expect(twoRoutes({}, { host: 'b.example.com' })).toEqual([]);
    expect(twoRoutes({}, { paths: [{ path: '/api/v1', to: web }] })).toEqual([]);
    expect(twoRoutes({}, { paths: [{ path: '/api', pathType: PathType.EXACT, to: web }] })).toEqual([]);
    expect(twoRoutes({}, { ingressClass: 'haproxy' })).toEqual([]);
  });

  test('in one route', () => {
    expect(findings('traefik', () => ({ hosts: ['shop.example.com'], paths: [{ path: '/', to: web }], defaultBackend: web }))).toEqual([
      "duplicate-route [paths[0]] 'shop.example.com/' is routed already, by 'shop/public'. Drop one of the two, or choose another host, path or class.",
      "duplicate-route [defaultBackend] 'shop.example.com/' is routed already, by 'shop/public'. Drop one of the two, or choose another host, path or class.",
    ]);
  });

  test('two that take the rest', () => {
    const chart = shop('traefik');
    new IngressRoute(chart, 'one', { defaultBackend: web });
    new IngressRoute(chart, 'other', { defaultBackend: web });
    expect(told(chart)).toEqual([
      "duplicate-route [defaultBackend] What no Ingress of the class takes is routed already, by 'shop/one'. Drop one of the two, or choose another host, path or class.",
    ]);
  });
});

test('a port that speaks another protocol than when the route was made', () => {
  const chart = shop('nginx');
  const orders = new FakeService(chart, 'orders');
  new IngressRoute(chart, 'public', { host: 'a.example.com', paths: [{ path: '/', to: new FakeService(chart, 'web') }, { path: '/orders', to: orders }] });
  orders.ports = { http: 'grpc' };
  expect(told(chart)).toEqual([
    'conflicting-options [paths[1]] The path shares an Ingress with paths[0], but its port speaks GRPC and that one HTTP. Make the route after the ports are declared, or give the path options: { backendProtocol: … } of its own.',
  ]);
});

test('every fault of a route at once, and it renders all the same', () => {
  const texts = findings('nginx', scope => ({
    host: 'SHOP',
    options: { maxBodySize: 'x', requestHeaders: { 'X-A': 'b' } },
    paths: [{ path: 'api', to: new FakeService(scope, 'api', {}), port: 'x', options: { redirectToHttps: true } }],
  }), []);
  expect(texts.map(text => text.split(' ')[0])).toEqual([
    'invalid-host', 'invalid-path', 'route-without-tls', 'unknown-port', 'invalid-quantity', 'conflicting-options', 'unsupported-option',
  ]);
});
