import { Chart, Duration, Testing } from 'cdk8s';
import { FakeService, faults, objects, route, shop } from './ingress-route-fixtures';
import {
  BackendProtocol, Diagnostics, Environment, IngressRoute, type IngressRouteProps, PathType, Platform, type RouteOptions, RouteRedirect,
  RouteTarget, RouteTls,
} from '../../lib';

const web = RouteTarget.service('web', 80);
const api = RouteTarget.service('api', 8080);

const told = (chart: Chart, ignored?: string[]) => faults(chart, ignored).map(({ code, property, message, remedy }) => `${code} [${property}] ${message} ${remedy}`);

/** The findings about a route, which renders in spite of them. */
function findings(ingressClass: string, props: (chart: Chart) => IngressRouteProps, ignored?: string[]): string[] {
  const { chart } = route(ingressClass, props);
  objects(chart);
  return told(chart, ignored);
}

/** The findings about the options of a route with one path to a service of this app. */
const ofOptions = (ingressClass: string, options: RouteOptions, tls?: RouteTls) =>
  findings(ingressClass, scope => ({ ...tls && { tls }, options, paths: [{ path: '/api', to: new FakeService(scope, 'api') }] }));

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

describe('values of options', () => {
  test.each<[string, RouteOptions, string]>([
    ['a time of zero', { timeouts: { connect: Duration.seconds(0) } }, 'invalid-value [options.timeouts.connect] The time is zero. Write a time above zero, for example Duration.seconds(30).'],
    ['a size', { maxBodySize: '10MB' }, "invalid-quantity [options.maxBodySize] '10MB' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."],
    ['no size', { maxBodySize: '0' }, "invalid-quantity [options.maxBodySize] '0' is not a whole number of bytes above zero. Write for example '10Mi'."],
    ['a rewrite', { rewritePrefix: 'v2' }, "invalid-path [options.rewritePrefix] 'v2' cannot stand in place of a path. Begin with a slash and use letters, digits and '-._~' after it; '/' takes the path away."],
    ['a rate', { rateLimit: { requests: 0 } }, 'invalid-value [options.rateLimit.requests] 0 is not a number of requests. Write a whole number from 1 on.'],
    ['a burst', { rateLimit: { requests: 1, burst: 1.5 } }, 'invalid-value [options.rateLimit.burst] 1.5 is not a number of requests. Write a whole number from 1 on.'],
    ['no origin', { cors: { allowOrigins: [] } }, "invalid-value [options.cors.allowOrigins] No origin is allowed, so the option does nothing. Name an origin, for example 'https://app.example.com', or leave cors out."],
    ['an origin', { cors: { allowOrigins: ['app.example.com/'] } }, "invalid-value [options.cors.allowOrigins] 'app.example.com/' is not an origin. Write scheme, host and perhaps port, for example 'https://app.example.com', without a slash at the end; or '*'."],
    ['every origin and one', { cors: { allowOrigins: ['*', 'https://a.example.com'] } }, "conflicting-options [options.cors.allowOrigins] '*' admits every origin, so the others say nothing. Leave out '*' or the others."],
    ['credentials from everywhere', { cors: { allowOrigins: ['*'], allowCredentials: true } }, "conflicting-options [options.cors.allowCredentials] Browsers refuse credentials together with the origin '*'. Name the origins."],
    ['a method', { cors: { allowOrigins: ['*'], allowMethods: ['GET, PUT'] } }, "invalid-value [options.cors.allowMethods] 'GET, PUT' is not the name of a method. Use letters, digits and dashes."],
    ['a header', { cors: { allowOrigins: ['*'], allowHeaders: ['X Key'] } }, "invalid-value [options.cors.allowHeaders] 'X Key' is not the name of a header. Use letters, digits and dashes."],
    ['an age', { cors: { allowOrigins: ['*'], maxAge: Duration.millis(1500) } }, 'invalid-value [options.cors.maxAge] 1500 milliseconds are not whole seconds. Browsers count in seconds; write for example Duration.seconds(30).'],
    ['a cookie', { stickySession: { cookieName: 'a b' } }, "invalid-value [options.stickySession.cookieName] 'a b' cannot name a cookie. Use letters, digits, dashes and underscores."],
    ['nobody', { allowedCidrs: [] }, 'invalid-value [options.allowedCidrs] No address is allowed. Name the addresses, or leave allowedCidrs out to admit everybody.'],
    ['a range', { allowedCidrs: ['10.0.0.0/33'] }, "invalid-value [options.allowedCidrs] '10.0.0.0/33' is not a range of addresses. Write for example '203.0.113.0/24' or '2001:db8::/32'."],
    ['a name of a header', { requestHeaders: { 'X Key': 'a' } }, "invalid-value [options.requestHeaders['X Key']] It is not a header. Use letters, digits and dashes for the name, and a value of one line."],
    ['a value of a header', { responseHeaders: { 'X-Key': 'a\nb' } }, "invalid-value [options.responseHeaders['X-Key']] It is not a header. Use letters, digits and dashes for the name, and a value of one line."],
    ['a URL', { redirect: RouteRedirect.toUrl('example.com') }, "invalid-value [options.redirect] 'example.com' is not a URL to send clients to. Write it with its scheme, for example 'https://example.com/moved'."],
    ['a host', { redirect: RouteRedirect.toHost('https://example.com') }, "invalid-host [options.redirect] 'https://example.com' is not a host name. Write it in lower case without scheme and port, for example 'www.example.com'."],
    ['HTTPS without TLS', { redirectToHttps: true }, "conflicting-options [options.redirectToHttps] The route has no TLS to send clients to. Give it tls, for example RouteTls.secret('…'), or drop redirectToHttps."],
    ['two ways out', { redirect: RouteRedirect.toUrl('https://example.com'), rewritePrefix: '/' }, 'conflicting-options [options.rewritePrefix] The path is redirected, so no service ever sees it. Drop redirect or rewritePrefix.'],
  ])('%s', (_, options, text) => {
    expect(ofOptions('traefik', options)).toEqual([text]);
  });

  test('an annotation', () => {
    expect(ofOptions('traefik', { annotations: { 'a b': 'c' } })).toEqual([
      "invalid-label [options.annotations['a b']] 'a b' is not a key for a label or annotation. Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash.",
    ]);
  });

  test('an option is reported where it was written', () => {
    expect(findings('traefik', () => ({
      options: { maxBodySize: 'big' },
      paths: [{ path: '/', to: web }, { path: '/api', to: api, options: { maxBodySize: 'bigger' } }],
    })).map(text => text.split(' ')[1])).toEqual(['[options.maxBodySize]', '[paths[1].options.maxBodySize]']);
  });

  test('only a plain path can be rewritten', () => {
    expect(findings('nginx', () => ({ options: { rewritePrefix: '/' }, paths: [{ path: '/v[0-9]', pathType: PathType.REGULAR_EXPRESSION, to: web }] }))).toEqual([
      'conflicting-options [paths[0]] rewritePrefix puts a text in place of a plain path, and this one is RegularExpression. Write PathType.PREFIX or EXACT, or drop rewritePrefix for the path.',
    ]);
  });
});

describe('what a controller lacks', () => {
  test.each<[string, RouteOptions, string]>([
    ['nginx', { timeouts: { response: Duration.millis(1500) } }, 'unsupported-option [options.timeouts.response] ingress-nginx counts whole seconds, and this is 1500 milliseconds. Write for example Duration.seconds(30).'],
    ['nginx', { rateLimit: { requests: 5, period: Duration.seconds(10) } }, 'unsupported-option [options.rateLimit.period] ingress-nginx counts requests by the second or by the minute. Write Duration.seconds(1) or Duration.minutes(1).'],
    ['nginx', { rateLimit: { requests: 5, burst: 7 } }, 'unsupported-option [options.rateLimit.burst] ingress-nginx takes a burst as a multiple of the rate. Write 5, 10 or another multiple of 5.'],
    ['nginx', { redirect: RouteRedirect.toHost('www.example.com') }, "unsupported-option [options.redirect] ingress-nginx redirects only to a fixed URL of plain characters. Write RouteRedirect.toUrl('https://…') with letters, digits and '-._~/:?&='."],
    ['nginx', { backendProtocol: BackendProtocol.H2C }, 'unsupported-option [options.backendProtocol] ingress-nginx speaks HTTP/2 to a service only for gRPC. Write BackendProtocol.GRPC for a gRPC service, or let the service speak HTTP/1.1.'],
    ['nginx', { requestHeaders: { 'X-A': 'b' } }, 'unsupported-option [options.requestHeaders] ingress-nginx has no annotation for request headers. Set the headers in the service, or leave them out.'],
    ['nginx', { responseHeaders: { 'X-A': 'b' } }, 'unsupported-option [options.responseHeaders] ingress-nginx sets response headers only from a ConfigMap that its operator has allowed. Set the headers in the service, or leave them out.'],
    ['haproxy', { rateLimit: { requests: 5, period: Duration.minutes(1) } }, 'unsupported-option [options.rateLimit.period] haproxy-ingress counts requests by the second. Leave the period out.'],
    ['haproxy', { rateLimit: { requests: 5, burst: 10 } }, 'unsupported-option [options.rateLimit.burst] haproxy-ingress has no bursts beyond the rate. Leave the burst out.'],
    ['haproxy', { cors: { allowOrigins: ['https://*.example.com'] } }, "unsupported-option [options.cors.allowOrigins] haproxy-ingress compares whole origins. Name each origin, or write '*'."],
    ['haproxy', { stickySession: { maxAge: Duration.hours(1) } }, 'unsupported-option [options.stickySession.maxAge] haproxy-ingress gives its cookie no age. Leave the age out; the cookie lives as long as the browser is open.'],
    ['haproxy', { redirect: RouteRedirect.toHost('www.example.com') }, "unsupported-option [options.redirect] haproxy-ingress redirects a path only to a fixed URL. Write RouteRedirect.toUrl('https://…')."],
    ['haproxy', { redirect: RouteRedirect.toUrl('https://example.com', { permanent: true }) }, "unsupported-option [options.redirect] haproxy-ingress has one redirect status for all routes. Leave 'permanent' out; its operator sets redirect-to-code."],
    ['haproxy', { responseHeaders: { 'X-A': 'b' } }, 'unsupported-option [options.responseHeaders] haproxy-ingress has no key for response headers. Set the headers in the service, or leave them out.'],
    ['haproxy', { requestHeaders: { 'X-A': '100%' } }, "unsupported-option [options.requestHeaders['X-A']] haproxy-ingress reads '%' as the beginning of a variable. Leave '%' out of the value."],
  ])('%s %j', (ingressClass, options, text) => {
    expect(ofOptions(ingressClass, options)).toEqual([text]);
  });

  test('haproxy-ingress redirects only where it ends TLS itself', () => {
    expect(ofOptions('haproxy', { redirectToHttps: true }, RouteTls.terminatedBefore())).toEqual([
      'unsupported-option [options.redirectToHttps] haproxy-ingress redirects only where it has a certificate itself. Let the load balancer redirect, or its operator set fronting-proxy-port, and leave the option out.',
    ]);
  });

  test('a protocol that comes from the port', () => {
    expect(findings('nginx', scope => ({ paths: [{ path: '/', to: new FakeService(scope, 'web', { main: 'kubernetes.io/h2c' }) }] }))).toEqual([
      'unsupported-option [paths[0]] ingress-nginx speaks HTTP/2 to a service only for gRPC. Write BackendProtocol.GRPC for a gRPC service, or let the service speak HTTP/1.1.',
    ]);
  });

  test('Traefik reads from the Service, which must be of this app', () => {
    expect(findings('traefik', () => ({
      options: { stickySession: {}, timeouts: { response: Duration.seconds(5) }, backendProtocol: BackendProtocol.GRPC },
      paths: [{ path: '/', to: web }],
    }))).toEqual([
      'unsupported-option [options.backendProtocol] Traefik reads it from the Service \'web\', which this app does not make. Drop the option, and annotate that Service: traefik.ingress.kubernetes.io/service.serversscheme: "h2c".',
      "unsupported-option [options.timeouts] Traefik reads it from the Service 'web', which this app does not make. Drop the option, and annotate that Service with a ServersTransport of its own.",
      'unsupported-option [options.stickySession] Traefik reads it from the Service \'web\', which this app does not make. Drop the option, and annotate that Service: traefik.ingress.kubernetes.io/service.sticky.cookie: "true", traefik.ingress.kubernetes.io/service.sticky.cookie.httponly: "true", traefik.ingress.kubernetes.io/service.sticky.cookie.samesite: "lax".',
    ]);
  });

  test('Traefik finds Middlewares by their namespace', () => {
    const chart = shop('traefik', null);
    new IngressRoute(chart, 'public', { host: 'a.example.com', options: { maxBodySize: '1Mi' }, paths: [{ path: '/', to: web }] });
    expect(told(chart)).toEqual([
      "unsupported-option [namespace] Traefik finds the objects that options make by their namespace, and the chart names none. Write new Chart(scope, 'shop', { namespace: '…' }).",
    ]);
  });
});

describe('what holds for a Service as a whole', () => {
  test('two paths of a route disagree on haproxy-ingress', () => {
    expect(findings('haproxy', () => ({ paths: [{ path: '/', to: web }, { path: '/slow', to: web, options: { timeouts: { response: Duration.minutes(5) } } }] }))).toEqual([
      "conflicting-options [paths[1]] haproxy-ingress applies 'timeout-server' to the port of a Service as a whole, and 'shop/public' (paths[0]) says otherwise for 'web'. Give every path that leads to it the same options, most simply as options of the route, or let a Service of its own stand behind the path.",
    ]);
  });

  test('other ports, and options that haproxy-ingress knows by path, may differ', () => {
    expect(findings('haproxy', () => ({
      paths: [{ path: '/', to: web }, { path: '/slow', to: web, port: '81', options: { timeouts: { response: Duration.minutes(5) } } }, { path: '/up', to: web, options: { maxBodySize: '1Gi' } }],
    }))).toEqual([]);
  });

  test('ingress-nginx knows everything by path', () => {
    expect(findings('nginx', () => ({ paths: [{ path: '/', to: web }, { path: '/slow', to: web, options: { timeouts: { response: Duration.minutes(5) } } }] }))).toEqual([]);
  });

  test('two routes disagree on Traefik', () => {
    const { chart } = route('traefik', scope => ({ paths: [{ path: '/', to: new FakeService(scope, 'orders', { http: undefined, grpc: 'grpc' }) }] }));
    const orders = chart.node.findChild('orders') as FakeService;
    new IngressRoute(chart, 'grpc', { host: 'grpc.example.com', paths: [{ path: '/', to: orders, port: 'grpc' }] });
    expect(told(chart)).toEqual([
      "conflicting-options [paths[0]] Traefik applies 'service.serversscheme' to a Service as a whole, and 'shop/public' (paths[0]) says otherwise for 'orders'. Give every path that leads to it the same options, most simply as options of the route, or let a Service of its own stand behind the path.",
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
