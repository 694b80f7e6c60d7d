import { Duration } from 'cdk8s';
import { FakeService, faults, route, synth } from './ingress-route-fixtures';
import { BackendProtocol, IngressRoute, type IngressRouteProps, PathType, type RouteOptions, RouteRedirect, RouteTarget, RouteTls } from '../../lib';
import { routeServiceAnnotations } from '../../lib/traffic/ingress/backend-uses';

/** What an option becomes: annotations of the Ingress and of the Service, the specs of other objects, and the path. */
interface Outcome {
  readonly ingress: { [annotation: string]: string };
  readonly service: { [annotation: string]: string };
  readonly specs: any[];
  readonly path: string;
}

function outcome(ingressClass: string, options: RouteOptions, more: { tls?: RouteTls; path?: string; pathType?: PathType } = {}): Outcome {
  const { tls, path = '/api', pathType } = more;
  const { chart } = route(ingressClass, scope => ({
    ...tls && { tls },
    paths: [{ path, ...pathType && { pathType }, to: new FakeService(scope, 'api'), options }],
  }));
  expect(faults(chart)).toEqual([]);
  const manifests = synth(chart);
  const { metadata, spec } = manifests.at(-1);
  const [rendered] = spec.rules[0].http.paths;
  return {
    ingress: withoutPrefix(metadata.annotations),
    service: withoutPrefix(routeServiceAnnotations(chart.node.findChild('api'))),
    specs: manifests.slice(0, -1).map(({ spec: other }) => other),
    path: `${rendered.pathType} ${rendered.path}`,
  };
}

/** Annotation names as the vendors' tables have them. */
function withoutPrefix(annotations: { [key: string]: string } = {}): { [key: string]: string } {
  const prefixes = /^(nginx\.ingress\.kubernetes\.io|haproxy-ingress\.github\.io|traefik\.ingress\.kubernetes\.io)\//;
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key.replace(prefixes, ''), value]));
}

const ingress = (...args: Parameters<typeof outcome>) => outcome(...args).ingress;
/** The specs of the Middlewares, each of which the Ingress refers to. */
const middlewares = (options: RouteOptions, more?: Parameters<typeof outcome>[2]) => {
  const { ingress: annotations, specs } = outcome('traefik', options, more);
  expect(annotations['router.middlewares']?.split(',') ?? []).toHaveLength(specs.length);
  return specs;
};

describe('timeouts', () => {
  const timeouts = { timeouts: { connect: Duration.seconds(5), response: Duration.minutes(2) } };

  test('ingress-nginx counts seconds', () => {
    expect(ingress('nginx', timeouts)).toEqual({ 'proxy-connect-timeout': '5', 'proxy-read-timeout': '120', 'proxy-send-timeout': '120' });
  });

  test('haproxy-ingress takes units', () => {
    expect(ingress('haproxy', timeouts)).toEqual({ 'timeout-connect': '5s', 'timeout-server': '120s' });
    expect(ingress('haproxy', { timeouts: { connect: Duration.millis(250) } })).toEqual({ 'timeout-connect': '250ms' });
  });

  test('Traefik has a ServersTransport, which the Service names', () => {
    expect(outcome('traefik', timeouts)).toEqual({
      ingress: {},
      service: { 'service.serverstransport': 'shop-public-timeouts@kubernetescrd' },
      specs: [{ forwardingTimeouts: { dialTimeout: '5s', responseHeaderTimeout: '120s' } }],
      path: 'Prefix /api',
    });
  });
});

test('maxBodySize', () => {
  expect(ingress('nginx', { maxBodySize: '10Mi' })).toEqual({ 'proxy-body-size': '10m' });
  expect(ingress('nginx', { maxBodySize: '1Gi' })).toEqual({ 'proxy-body-size': '1g' });
  expect(ingress('haproxy', { maxBodySize: '512Ki' })).toEqual({ 'proxy-body-size': '512k' });
  expect(ingress('haproxy', { maxBodySize: '1500' })).toEqual({ 'proxy-body-size': '1500' });
  expect(middlewares({ maxBodySize: '10Mi' })).toEqual([{ buffering: { maxRequestBodyBytes: 10485760 } }]);
});

describe('rewritePrefix', () => {
  const taken = { rewritePrefix: '/' };
  const replaced = { rewritePrefix: '/v2' };

  test('ingress-nginx needs a regular expression', () => {
    expect(outcome('nginx', taken)).toMatchObject({ ingress: { 'use-regex': 'true', 'rewrite-target': '/$2' }, path: 'ImplementationSpecific /api(/|$)(.*)' });
    expect(ingress('nginx', replaced)).toEqual({ 'use-regex': 'true', 'rewrite-target': '/v2$1$2' });
    expect(outcome('nginx', replaced, { path: '/' })).toMatchObject({ ingress: { 'rewrite-target': '/v2/$2' }, path: 'ImplementationSpecific /()(.*)' });
    expect(outcome('nginx', replaced, { pathType: PathType.EXACT }))
      .toMatchObject({ ingress: { 'rewrite-target': '/v2' }, path: 'ImplementationSpecific /api(?:$)(?:$)' });
    expect(outcome('nginx', taken, { path: '/v1.0/' })).toMatchObject({ path: 'ImplementationSpecific /v1\\.0(/|$)(.*)' });
  });

  test.each([
    ['/', '/api', '/', '/'], ['/', '/api/', '/', '/'], ['/', '/api/x', '/x', '/x'],
    ['/v2', '/api', '/v2', '/v2'], ['/v2', '/api/', '/v2/', '/v2/'], ['/v2', '/api/x', '/v2/x', '/v2/x'],
  ])('%s makes %s into %s', (rewritePrefix, request, onNginx, onTraefik) => {
    const nginx = outcome('nginx', { rewritePrefix });
    const target = nginx.ingress['rewrite-target'];
    expect(request.replace(new RegExp(`^${nginx.path.split(' ')[1]}`, 'i'), target)).toBe(onNginx);
    const [spec] = middlewares({ rewritePrefix });
    const result = spec.stripPrefix
      ? request.slice(spec.stripPrefix.prefixes[0].length) || '/'
      : request.replace(new RegExp(spec.replacePathRegex.regex), (_, rest = '') => spec.replacePathRegex.replacement.replace('${1}', rest));
    expect(result).toBe(onTraefik);
  });

  test('haproxy-ingress has it as it is', () => {
    expect(outcome('haproxy', taken)).toMatchObject({ ingress: { 'rewrite-target': '/' }, path: 'Prefix /api' });
    expect(ingress('haproxy', replaced)).toEqual({ 'rewrite-target': '/v2' });
    expect(ingress('haproxy', replaced, { path: '/' })).toEqual({ 'rewrite-target': '/v2/' });
  });

  test('Traefik has a Middleware for each kind', () => {
    expect(middlewares(taken, { path: '/api/' })).toEqual([{ stripPrefix: { prefixes: ['/api'] } }]);
    expect(middlewares(replaced)).toEqual([{ replacePathRegex: { regex: '^/api(/.*)?$', replacement: '/v2${1}' } }]);
    expect(middlewares(replaced, { path: '/' })).toEqual([{ addPrefix: { prefix: '/v2' } }]);
    expect(middlewares(replaced, { pathType: PathType.EXACT })).toEqual([{ replacePathRegex: { regex: '^/api$', replacement: '/v2' } }]);
  });

  test('several paths share it', () => {
    const rewritten = (rewritePrefix: string) => {
      const { chart } = route('traefik', scope => ({
        options: { rewritePrefix },
        paths: ['/a', '/a/b'].map(path => ({ path, to: new FakeService(scope, path.replaceAll('/', 'x')) })),
      }));
      return synth(chart)[0].spec;
    };
    expect(rewritten('/')).toEqual({ stripPrefix: { prefixes: ['/a/b', '/a'] } });
    expect(rewritten('/v2')).toEqual({ replacePathRegex: { regex: '^(?:/a/b|/a)(/.*)?$', replacement: '/v2${1}' } });
  });

  test("'/' in place of '/' is nothing", () => {
    expect(outcome('nginx', taken, { path: '/' })).toMatchObject({ ingress: {}, path: 'Prefix /' });
    expect(middlewares(taken, { path: '/' })).toEqual([]);
  });

  test('ingress-nginx then reads every path of the host as an expression, the longest text first', () => {
    const { chart } = route('nginx', scope => ({
      defaultBackend: new FakeService(scope, 'web'),
      paths: [
        { path: '/api', to: new FakeService(scope, 'api'), options: { rewritePrefix: '/' } },
        { path: '/api/health', pathType: PathType.EXACT, to: new FakeService(scope, 'health') },
        { path: '/api/v2', to: new FakeService(scope, 'next') },
      ],
    }));
    const paths = synth(chart).flatMap(({ metadata, spec }) => {
      expect(metadata.annotations['nginx.ingress.kubernetes.io/use-regex']).toBe('true');
      return spec.rules[0].http.paths.map((path: any) => [path.path, path.backend.service.name]);
    }).sort(([a], [b]) => b.length - a.length);
    const answers = (request: string) => paths.find(([path]) => new RegExp(`^${path}`, 'i').test(request))[1];
    expect(['/api', '/api/x', '/apis', '/api/health', '/api/health/x', '/api/v2', '/api/v2/x', '/api/v20', '/', '/other'].map(answers))
      .toEqual(['api', 'api', 'web', 'health', 'api', 'next', 'next', 'api', 'web', 'web']);
  });
});

test('ingress-nginx does so for every route of the host, and for what else those routes serve', () => {
  const { chart } = route('nginx', scope => ({ paths: [{ path: '/api', to: new FakeService(scope, 'api'), options: { rewritePrefix: '/' } }] }));
  const more = (name: string, props: Partial<IngressRouteProps>) => {
    new IngressRoute(chart, name, { paths: [{ path: '/web', to: RouteTarget.service('web', 80) }], ...props });
  };
  more('same', { host: 'shop', hosts: ['old.example.com'] });
  more('beside', { hosts: ['old.example.com'], paths: [{ path: '/other', to: RouteTarget.service('web', 80) }] });
  more('class', { host: 'shop', ingressClass: 'haproxy' });
  more('host', { host: 'other.example.com' });
  expect(synth(chart).map(({ metadata, spec }) => [metadata.name, spec.rules[0].http.paths[0].path])).toEqual([
    ['public', '/api(/|$)(.*)'], ['same', '/web(/|$)(.*)'], ['beside', '/other(/|$)(.*)'], ['class', '/web'], ['host', '/web'],
  ]);
});

describe('rateLimit', () => {
  test('by the second', () => {
    const options = { rateLimit: { requests: 20 } };
    expect(ingress('nginx', options)).toEqual({ 'limit-rps': '20', 'limit-burst-multiplier': '1' });
    expect(ingress('haproxy', options)).toEqual({ 'limit-rps': '20' });
    expect(middlewares(options)).toEqual([{ rateLimit: { average: 20, period: '1s', burst: 20 } }]);
  });

  test('by the minute, with a burst', () => {
    const options = { rateLimit: { requests: 20, period: Duration.minutes(1), burst: 60 } };
    expect(ingress('nginx', options)).toEqual({ 'limit-rpm': '20', 'limit-burst-multiplier': '3' });
    expect(middlewares(options)).toEqual([{ rateLimit: { average: 20, period: '60s', burst: 60 } }]);
  });
});

describe('cors', () => {
  test('the defaults are ours, not those of the controllers', () => {
    const options = { cors: { allowOrigins: ['https://app.example.com'] } };
    expect(ingress('nginx', options)).toEqual({
      'enable-cors': 'true',
      'cors-allow-origin': 'https://app.example.com',
      'cors-allow-methods': 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
      'cors-allow-headers': 'Authorization,Content-Type,X-Requested-With',
      'cors-allow-credentials': 'false',
      'cors-max-age': '3600',
    });
    expect(ingress('haproxy', options)).toEqual({
      'cors-enable': 'true',
      'cors-allow-origin': 'https://app.example.com',
      'cors-allow-methods': 'GET,PUT,POST,DELETE,PATCH,OPTIONS',
      'cors-allow-headers': 'Authorization,Content-Type,X-Requested-With',
      'cors-allow-credentials': 'false',
      'cors-max-age': '3600',
    });
    expect(middlewares(options)).toEqual([{
      headers: {
        accessControlAllowOriginList: ['https://app.example.com'],
        accessControlAllowMethods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'],
        accessControlAllowHeaders: ['Authorization', 'Content-Type', 'X-Requested-With'],
        accessControlMaxAge: 3600,
        addVaryHeader: true,
      },
    }]);
  });

  test('everything said', () => {
    const options = {
      cors: {
        allowOrigins: ['https://a.example.com', 'http://b.example.com:8080'],
        allowMethods: ['GET'],
        allowHeaders: ['X-Key'],
        exposeHeaders: ['X-Total'],
        allowCredentials: true,
        maxAge: Duration.minutes(5),
      },
    };
    expect(ingress('nginx', options)).toEqual({
      'enable-cors': 'true',
      'cors-allow-origin': 'https://a.example.com,http://b.example.com:8080',
      'cors-allow-methods': 'GET',
      'cors-allow-headers': 'X-Key',
      'cors-expose-headers': 'X-Total',
      'cors-allow-credentials': 'true',
      'cors-max-age': '300',
    });
    expect(ingress('haproxy', options)).toMatchObject({ 'cors-expose-headers': 'X-Total', 'cors-allow-credentials': 'true' });
    expect(middlewares(options)[0].headers).toMatchObject({ accessControlExposeHeaders: ['X-Total'], accessControlAllowCredentials: true });
  });

  test('origins of every host below another', () => {
    const options = { cors: { allowOrigins: ['https://*.example.com'] } };
    expect(ingress('nginx', options)).toMatchObject({ 'cors-allow-origin': 'https://*.example.com' });
    const { headers } = middlewares(options)[0];
    expect(headers).not.toHaveProperty('accessControlAllowOriginList');
    expect(headers.accessControlAllowOriginListRegex).toEqual(['^https://[A-Za-z0-9-]+\\.example\\.com$']);
    const [origin] = headers.accessControlAllowOriginListRegex.map((regex: string) => new RegExp(regex));
    expect(['https://app.example.com', 'https://example.com', 'https://app.example.com.evil.org', 'http://app.example.com'].map(text => origin.test(text)))
      .toEqual([true, false, false, false]);
  });
});

describe('redirectToHttps', () => {
  const tls = RouteTls.secret('tls');
  const before = RouteTls.terminatedBefore();

  test('is the default with TLS', () => {
    expect(ingress('nginx', {}, { tls })).toEqual({});
    expect(ingress('haproxy', {}, { tls })).toEqual({});
    expect(middlewares({}, { tls })).toEqual([{ redirectScheme: { scheme: 'https', permanent: true } }]);
  });

  test('can be demanded and left out', () => {
    expect(ingress('nginx', { redirectToHttps: true }, { tls })).toEqual({ 'ssl-redirect': 'true' });
    expect(ingress('nginx', { redirectToHttps: false }, { tls })).toEqual({ 'ssl-redirect': 'false' });
    expect(ingress('haproxy', { redirectToHttps: true }, { tls })).toEqual({ 'ssl-redirect': 'true' });
    expect(ingress('haproxy', { redirectToHttps: false }, { tls })).toEqual({ 'ssl-redirect': 'false' });
    expect(middlewares({ redirectToHttps: false }, { tls })).toEqual([]);
  });

  test('is somebody else\'s where TLS ends before the controller, unless demanded', () => {
    for (const ingressClass of ['nginx', 'haproxy', 'traefik']) {
      expect(outcome(ingressClass, {}, { tls: before })).toMatchObject({ ingress: {}, specs: [] });
    }
    expect(ingress('nginx', { redirectToHttps: true }, { tls: before })).toEqual({ 'force-ssl-redirect': 'true' });
    expect(middlewares({ redirectToHttps: true }, { tls: before })).toHaveLength(1);
  });
});

test('redirect', () => {
  const moved = { redirect: RouteRedirect.toUrl('https://example.com/moved?from=shop') };
  const forGood = { redirect: RouteRedirect.toUrl('https://example.com/moved', { permanent: true }) };
  expect(ingress('nginx', moved)).toEqual({ 'temporal-redirect': 'https://example.com/moved?from=shop' });
  expect(ingress('nginx', forGood)).toEqual({ 'permanent-redirect': 'https://example.com/moved' });
  expect(ingress('haproxy', moved)).toEqual({ 'redirect-to': 'https://example.com/moved?from=shop' });
  expect(middlewares(forGood)).toEqual([{ redirectRegex: { regex: '^.+$', replacement: 'https://example.com/moved', permanent: true } }]);
  expect(middlewares({ redirect: RouteRedirect.toHost('www.example.com') }))
    .toEqual([{ redirectRegex: { regex: '^(https?)://[^/]+(.*)$', replacement: '${1}://www.example.com${2}', permanent: false } }]);
});

describe('stickySession', () => {
  const tls = RouteTls.controllerDefault();

  test('in the clear', () => {
    expect(ingress('nginx', { stickySession: {} })).toEqual({ 'affinity': 'cookie', 'session-cookie-samesite': 'Lax' });
    expect(ingress('haproxy', { stickySession: {} })).toEqual({ affinity: 'cookie' });
    expect(outcome('traefik', { stickySession: {} }).service)
      .toEqual({ 'service.sticky.cookie': 'true', 'service.sticky.cookie.httponly': 'true', 'service.sticky.cookie.samesite': 'lax' });
  });

  test('over TLS, named', () => {
    const options = { stickySession: { cookieName: 'pod' } };
    expect(ingress('nginx', { stickySession: { cookieName: 'pod', maxAge: Duration.hours(1) }, rewritePrefix: '/' }, { tls })).toMatchObject({
      'affinity': 'cookie',
      'session-cookie-name': 'pod',
      'session-cookie-max-age': '3600',
      'session-cookie-secure': 'true',
      'session-cookie-path': '/',
    });
    expect(ingress('haproxy', options, { tls }))
      .toEqual({ 'affinity': 'cookie', 'session-cookie-name': 'pod', 'session-cookie-keywords': 'indirect nocache httponly secure' });
    expect(outcome('traefik', { stickySession: { cookieName: 'pod', maxAge: Duration.hours(1) } }, { tls }).service)
      .toMatchObject({ 'service.sticky.cookie.name': 'pod', 'service.sticky.cookie.secure': 'true', 'service.sticky.cookie.maxage': '3600' });
  });
});

test.each([
  [BackendProtocol.HTTP, undefined, undefined, undefined],
  [BackendProtocol.HTTPS, 'HTTPS', 'h1-ssl', 'https'],
  [BackendProtocol.GRPC, 'GRPC', 'h2', 'h2c'],
  [BackendProtocol.GRPCS, 'GRPCS', 'h2-ssl', 'https'],
])('backendProtocol %s', (backendProtocol, nginx, haproxy, traefik) => {
  expect(ingress('nginx', { backendProtocol })['backend-protocol']).toBe(nginx);
  expect(ingress('haproxy', { backendProtocol })['backend-protocol']).toBe(haproxy);
  expect(outcome('traefik', { backendProtocol }).service['service.serversscheme']).toBe(traefik);
});

test.each([
  ['https', 'h1-ssl'], ['grpc', 'h2'], ['h2c', 'h2'], ['kubernetes.io/h2c', 'h2'], ['grpcs', 'h2-ssl'], ['http', undefined], ['kubernetes.io/ws', undefined],
])('the appProtocol %s says the protocol', (appProtocol, expected) => {
  const { chart } = route('haproxy', scope => ({ paths: [{ path: '/', to: new FakeService(scope, 'api', { main: appProtocol }) }] }));
  expect(synth(chart)[0].metadata.annotations?.['haproxy-ingress.github.io/backend-protocol']).toBe(expected);
});

test('allowedCidrs', () => {
  const options = { allowedCidrs: ['203.0.113.0/24', '2001:db8::/32', '192.0.2.1'] };
  expect(ingress('nginx', options)).toEqual({ 'whitelist-source-range': '203.0.113.0/24,2001:db8::/32,192.0.2.1' });
  expect(ingress('haproxy', options)).toEqual({ 'allowlist-source-range': '203.0.113.0/24,2001:db8::/32,192.0.2.1' });
  expect(middlewares(options)).toEqual([{ ipAllowList: { sourceRange: options.allowedCidrs } }]);
});

test('headers, in the order of their names', () => {
  const requestHeaders = { 'X-Tenant': 'shop', 'X-Area': 'eu' };
  expect(ingress('haproxy', { requestHeaders })).toEqual({ headers: 'X-Area: eu\nX-Tenant: shop' });
  expect(middlewares({ requestHeaders, responseHeaders: { 'X-Frame-Options': 'DENY' } })).toEqual([
    { headers: { customRequestHeaders: { 'X-Area': 'eu', 'X-Tenant': 'shop' } } },
    { headers: { customResponseHeaders: { 'X-Frame-Options': 'DENY' } } },
  ]);
});

describe('regular expressions', () => {
  test('bring the path type that they need', () => {
    const more = { path: '/v[0-9]+', pathType: PathType.REGULAR_EXPRESSION };
    expect(outcome('nginx', {}, more)).toMatchObject({ ingress: { 'use-regex': 'true' }, path: 'ImplementationSpecific /v[0-9]+' });
    expect(outcome('haproxy', {}, more)).toMatchObject({ ingress: { 'path-type': 'regex' }, path: 'ImplementationSpecific /v[0-9]+' });
  });

  test('get an Ingress of their own', () => {
    const { chart } = route('haproxy', scope => ({
      paths: [{ path: '/', to: new FakeService(scope, 'web') }, { path: '/v[0-9]+', pathType: PathType.REGULAR_EXPRESSION, to: new FakeService(scope, 'api') }],
    }));
    expect(synth(chart).map(({ metadata }) => [metadata.name, metadata.annotations]))
      .toEqual([['public', undefined], ['public-v-0-9', { 'haproxy-ingress.github.io/path-type': 'regex' }]]);
  });
});

test('a request meets who may come in first and the rewrite last', () => {
  expect(outcome('traefik', {
    rewritePrefix: '/', maxBodySize: '1Mi', rateLimit: { requests: 1 }, allowedCidrs: ['10.0.0.0/8'], cors: { allowOrigins: ['*'] },
  }, { tls: RouteTls.secret('tls') }).ingress['router.middlewares'].split(',').map(name => name.replace(/^shop-public-|@kubernetescrd$/g, ''))).toEqual(
    ['allowed-cidrs', 'redirect-to-https', 'rate-limit', 'cors', 'max-body-size', 'rewrite']);
});
