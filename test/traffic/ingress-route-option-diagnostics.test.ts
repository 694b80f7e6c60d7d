import { Duration } from 'cdk8s';
import { FakeService, findings, route, shop, told } from './ingress-route-fixtures';
import { BackendProtocol, IngressRoute, PathType, type RouteOptions, RouteRedirect, RouteTarget, RouteTls } from '../../lib';

const web = RouteTarget.service('web', 80);
const api = RouteTarget.service('api', 8080);

/** The findings about the options of a route with one path to a service of this app. */
const ofOptions = (ingressClass: string, options: RouteOptions, tls?: RouteTls) =>
  findings(ingressClass, scope => ({ ...tls && { tls }, options, paths: [{ path: '/api', to: new FakeService(scope, 'api') }] }));

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
