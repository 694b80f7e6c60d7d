import { App, Chart, Duration, Testing } from 'cdk8s';
import { FakeService, objects } from './ingress-route-fixtures';
import {
  Diagnostics, Environment, GatewayRoute, type GrpcRouteRule, HttpMethod, type HttpRouteProps, type HttpRouteRule, Microservice, PathType, Platform,
  type PlatformProps, RouteTarget,
} from '../../lib';
import { finding, findings, IMAGE, manifestOf, orders, shop as bareShop, yamlOf } from '../support/services';

const GATEWAY = { name: 'public', namespace: 'gateways' };
const shop = (platform: PlatformProps = {}) => bareShop({ gateway: GATEWAY, domain: 'example.com', ...platform });
const web = RouteTarget.service('web', 80);
const api = RouteTarget.service('api', 8080);

function http(props: Partial<HttpRouteProps>, chart = shop()): Chart {
  GatewayRoute.http(chart, 'public', { host: 'shop', rules: [{ to: web }], ...props });
  return chart;
}

/** The spec of an HTTPRoute in an app where nothing is wrong. */
function specOf(props: Partial<HttpRouteProps>, chart = shop()): any {
  http(props, chart);
  expect(findings(chart)).toEqual([]);
  return manifestOf(chart, 'HTTPRoute').spec;
}

const ruleOf = (rule: HttpRouteRule) => specOf({ rules: [rule] }).rules[0];

function grpcRuleOf(rule: GrpcRouteRule): any {
  const chart = shop();
  GatewayRoute.grpc(chart, 'public', { host: 'grpc', rules: [rule] });
  expect(findings(chart)).toEqual([]);
  return manifestOf(chart, 'GRPCRoute').spec.rules[0];
}

const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/public ${property}`, message, remedy);

describe('the whole manifest', () => {
  test('an HTTPRoute', () => {
    const chart = shop();
    const service = orders(chart, { grpcPort: 9090, port: 8080 });
    http({
      hosts: ['*.example.org'],
      rules: [
        {
          path: '/api',
          method: HttpMethod.GET,
          headers: { 'X-Canary': 'yes' },
          headerPatterns: { 'X-User': '^test-' },
          queryParams: { beta: '1' },
          queryParamPatterns: { id: '[0-9]+' },
          alsoMatches: [{ path: '/api/v2', pathType: PathType.EXACT }, { path: '/v[0-9]+', pathType: PathType.REGULAR_EXPRESSION }],
          backends: [{ to: service, port: 'http', weight: 90 }, { to: api, weight: 10 }],
          rewritePath: '/v1',
          rewriteHost: 'orders.internal',
          requestHeaders: { set: { 'X-From': 'gateway' }, add: { 'X-Via': 'public' }, remove: ['Cookie'] },
          responseHeaders: { set: { 'X-Frame-Options': 'DENY' } },
          mirrors: [{ to: web, percent: 5 }],
          cors: { allowOrigins: ['https://app.example.com'], allowCredentials: true },
          extensions: [{ group: 'traefik.io', kind: 'Middleware', name: 'limit' }],
          timeouts: { request: Duration.seconds(90), backendRequest: Duration.millis(1500) },
          fields: { name: 'orders' },
        },
        { path: '/old', redirect: { scheme: 'https', host: 'www.example.com', port: 8443, prefix: '/new', statusCode: 308 } },
      ],
      labels: { team: 'shop' },
      annotations: { 'example.com/owner': 'shop' },
    }, chart);
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'HTTPRoute')).toMatchSnapshot();
  });

  test('a GRPCRoute', () => {
    const chart = shop();
    const service = orders(chart, { grpcPort: 9090 });
    GatewayRoute.grpc(chart, 'grpc', {
      host: 'grpc',
      sectionName: 'grpc',
      rules: [
        {
          service: 'shop.Orders',
          method: 'Place',
          headers: { tenant: 'acme' },
          headerPatterns: { 'x-user': '^test-' },
          alsoMatches: [{ service: 'shop\\..*', regularExpression: true }],
          to: service,
          requestHeaders: { add: { via: 'public' } },
          responseHeaders: { remove: ['server'] },
          mirrors: [{ to: web }],
          extensions: [{ group: 'example.com', kind: 'Limit', name: 'calls' }],
          fields: { name: 'orders' },
        },
        { backends: [{ to: service, weight: 1 }] },
      ],
    });
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart).split('---\n').find(text => text.includes('GRPCRoute'))).toMatchSnapshot();
  });
});

describe('Gateways', () => {
  test('that of the platform, with another listener, and others', () => {
    expect(specOf({}).parentRefs).toEqual([GATEWAY]);
    expect(specOf({}, shop({ gateway: { ...GATEWAY, sectionName: 'https', port: 443, podNamespace: 'envoy' } })).parentRefs)
      .toEqual([{ ...GATEWAY, sectionName: 'https', port: 443 }]);
    expect(specOf({ sectionName: 'http' }).parentRefs).toEqual([{ ...GATEWAY, sectionName: 'http' }]);
    expect(specOf({ gateways: [{ name: 'gateway', sectionName: 'http' }, { name: 'inner', namespace: 'mesh' }] }).parentRefs)
      .toEqual([{ name: 'gateway', sectionName: 'http' }, { name: 'inner', namespace: 'mesh' }]);
  });

  test('a platform that is made later counts', () => {
    const chart = bareShop();
    GatewayRoute.http(chart, 'public', { host: 'shop.example.com', rules: [{ to: orders(chart) }] });
    new Platform(chart, { gateway: { name: 'late', namespace: 'edge' } });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'HTTPRoute').spec.parentRefs).toEqual([{ name: 'late', namespace: 'edge' }]);
    expect(JSON.stringify(manifestOf(chart, 'NetworkPolicy').spec.ingress)).toContain('"edge"');
  });

  test('none', () => {
    const chart = http({ host: 'shop.example.com' }, bareShop());
    expect(findings(chart)).toEqual([fault('gateway-missing', 'gateways', 'Neither the route nor the platform names a Gateway.',
      "Set Platform.gateway, for example { name: 'public', namespace: 'gateways' }; nothing is chosen for you.")]);
  });

  test('that are none', () => {
    const wrong = { name: 'Public', namespace: 'a.b', sectionName: 'HTTP', port: 0, podNamespace: 'x_y' };
    const problems = (prefix: string, where: string) => [
      finding('error', 'invalid-name', `${where} ${prefix}.name`, "'Public' cannot be the name of a Gateway.", 'Use lower-case letters, digits, dashes and dots, as the Gateway has it.'),
      finding('error', 'invalid-name', `${where} ${prefix}.sectionName`, "'HTTP' cannot be the name of a listener.", 'Use lower-case letters, digits, dashes and dots, as the Gateway has it.'),
      finding('error', 'invalid-name', `${where} ${prefix}.namespace`, "'a.b' is not the name of a namespace.", 'Use at most 63 lower-case letters, digits and dashes.'),
      finding('error', 'invalid-name', `${where} ${prefix}.podNamespace`, "'x_y' is not the name of a namespace.", 'Use at most 63 lower-case letters, digits and dashes.'),
      finding('error', 'invalid-port', `${where} ${prefix}.port`, '0 is not a port number.', 'Write a whole number from 1 to 65535.'),
    ];
    expect(findings(http({ gateways: [wrong] }))).toEqual(problems('gateways[0]', 'shop/public'));
    expect(findings(bareShop({ gateway: wrong }))).toEqual(problems('gateway', 'shop/Platform'));
  });

  test('a listener beside Gateways of its own', () => {
    expect(findings(http({ gateways: [GATEWAY], sectionName: 'http' }))).toEqual([fault('conflicting-options', 'sectionName',
      "The listener belongs to the platform's Gateway, and 'gateways' names others.", "Write it as gateways: [{ name: '…', sectionName: '…' }].")]);
  });
});

describe('requests', () => {
  test('hosts stand before the domain; * is every host', () => {
    expect(specOf({ hosts: ['other.example.net'] }).hostnames).toEqual(['shop.example.com', 'other.example.net']);
    expect(specOf({ host: '*' })).not.toHaveProperty('hostnames');
  });

  test('a rule takes every path unless it says one', () => {
    expect(ruleOf({ to: web })).toEqual({ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'web', port: 80 }] });
    expect(ruleOf({ path: '/a', pathType: PathType.EXACT, to: web }).matches).toEqual([{ path: { type: 'Exact', value: '/a' } }]);
  });

  test('calls: all of them, a service, a method of any service', () => {
    expect(grpcRuleOf({ to: web })).toEqual({ backendRefs: [{ name: 'web', port: 80 }] });
    expect(grpcRuleOf({ service: 'shop.Orders', to: web }).matches).toEqual([{ method: { service: 'shop.Orders' } }]);
    expect(grpcRuleOf({ method: 'Check', alsoMatches: [{ headers: { a: 'b' } }], to: web }).matches)
      .toEqual([{ method: { method: 'Check' } }, { headers: [{ name: 'a', value: 'b' }] }]);
    expect(grpcRuleOf({ method: 'Check', alsoMatches: [{}], to: web })).not.toHaveProperty('matches');
  });

  test.each([
    [{ path: 'api' }, fault('invalid-path', 'rules[0].path', "'api' does not begin with a slash.", "Write '/api'.")],
    [{ path: '/(', pathType: PathType.REGULAR_EXPRESSION }, fault('invalid-path', 'rules[0].path', "'/(' is not a regular expression.", "Close every group and class; write '\\.' for a dot.")],
    [{ pathType: PathType.IMPLEMENTATION_SPECIFIC }, fault('unsupported-option', 'rules[0].pathType',
      'The Gateway API compares paths as PREFIX, EXACT or REGULAR_EXPRESSION alone.', 'Write one of them.')],
    [{ headers: { 'a b': 'x' } }, fault('invalid-value', "rules[0].headers['a b']", "'a b' is not the name of a header or parameter.", 'Use letters, digits and dashes.')],
    [{ queryParams: { a: '' } }, fault('invalid-value', "rules[0].queryParams['a']", 'An empty value matches nothing.', 'Write the value, or a regular expression that takes what is meant.')],
    [{ headerPatterns: { a: '[' } }, fault('invalid-value', "rules[0].headerPatterns['a']", "'[' is not a regular expression.", "Close every group and class; write '\\.' for a dot.")],
    [{ headers: { a: '1' }, headerPatterns: { A: '1' } }, fault('conflicting-options', "rules[0].headerPatterns['A']", "'A' is compared twice.", "Keep it in one of 'headers' and 'headerPatterns'.")],
    [{ alsoMatches: [{ path: 'x' }] }, fault('invalid-path', 'rules[0].alsoMatches[0].path', "'x' does not begin with a slash.", "Write '/x'.")],
  ])('%j', (rule, expected) => {
    expect(findings(http({ rules: [{ to: web, ...rule }] }))).toEqual([expected]);
  });

  test.each<[GrpcRouteRule, string, string, string]>([
    [{ service: 'shop-orders' }, 'service', "'shop-orders' is not the name of a gRPC service.", "Write it as the .proto file has it, for example 'shop.Orders'."],
    [{ method: 'a.b' }, 'method', "'a.b' is not the name of a gRPC method.", "Write it as the .proto file has it, for example 'Place'."],
    [{ service: '(', regularExpression: true }, 'service', "'(' is not a regular expression.", "Close every group and class; write '\\.' for a dot."],
  ])('a call that is none: %j', (rule, property, message, remedy) => {
    const chart = shop();
    GatewayRoute.grpc(chart, 'public', { host: 'grpc', rules: [{ to: web, ...rule }] });
    expect(findings(chart)).toEqual([fault('invalid-value', `rules[0].${property}`, message, remedy)]);
  });

  test('hosts that are none, and none at all', () => {
    expect(findings(http({ host: 'Shop.example.com' }))).toEqual([fault('invalid-host', 'host', "'Shop.example.com' is not a host name.",
      "Write it in lower case without scheme, port and path, for example 'shop.example.com'; '*.example.com' stands for every host one level below.")]);
    const chart = shop();
    GatewayRoute.http(chart, 'public', { rules: [{ to: web }] });
    expect(findings(chart)).toEqual([fault('invalid-host', 'host', 'The route names no host.', "Write host: 'shop.example.com', or host: '*' if every host is meant.")]);
  });

  test('no rule, and more than the API takes', () => {
    expect(findings(http({ rules: [] }))).toEqual([fault('invalid-path', 'rules', 'The route leads nowhere.', "Give it a rule, for example { path: '/', to: service }.")]);
    const many = Array.from({ length: 17 }, (_, index) => ({ path: `/${index}`, to: web }));
    expect(findings(http({ rules: many }))).toEqual([fault('invalid-value', 'rules',
      'A route has at most 16 hosts, 16 rules, 64 matches in a rule and 128 in all; this one has 1 hosts and 17 rules with 17 matches.',
      'Make several routes; they may share a host.')]);
  });
});

describe('who answers', () => {
  test('ports by number, whatever the user calls them', () => {
    const chart = shop();
    const service = new Microservice(chart, 'web', { image: IMAGE, ports: [{ name: 'http', number: 3000, servicePort: 80 }, { name: 'admin', number: 9000 }] });
    const refs = specOf({ rules: [{ path: '/', to: service }, { path: '/admin', to: service, port: 'admin' }, { path: '/x', to: service, port: '9000' }] }, chart).rules
      .map(({ backendRefs }: any) => backendRefs[0].port);
    expect(refs).toEqual([80, 9000, 9000]);
  });

  test('a port that is known by name alone', () => {
    expect(findings(http({ rules: [{ to: api, port: 'http' }] }))).toEqual([fault('unknown-port', 'rules[0].port',
      "The Gateway API takes ports by number, and of 'api' only the name 'http' is known.", "Write the number of the Service's port.")]);
  });

  test('a port that is not there', () => {
    const chart = shop();
    http({ rules: [{ backends: [{ to: orders(chart), port: 'nope' }] }] }, chart);
    expect(findings(chart)).toEqual([fault('unknown-port', 'rules[0].backends[0].port', "'orders' offers no port 'nope'.", 'Name a port that the Service offers, or leave it out for the main one.')]);
  });

  test.each<[string, HttpRouteRule, string]>([
    ['nobody', {}, fault('invalid-value', 'rules[0].to', 'The rule leads nowhere.', 'Write to: service, or backends with several.')],
    ['two forms', { to: web, backends: [{ to: api }] }, fault('conflicting-options', 'rules[0].backends', "Both 'to' and 'backends' say who answers.", "Keep 'to' for one service, 'backends' for several.")],
    ['a port of nobody', { port: 'http', backends: [{ to: api }] }, fault('conflicting-options', 'rules[0].port', "The port belongs to the service of 'to', and there is none.", "Write 'to' beside it, or name the port in 'backends'.")],
    ['a redirect as well', { to: web, redirect: { scheme: 'https' } }, fault('conflicting-options', 'rules[0].redirect', 'The rule redirects, so no service ever answers.', 'Drop redirect, or the services of the rule.')],
    ['a weight that is none', { backends: [{ to: api, weight: -1 }] }, fault('invalid-value', 'rules[0].backends[0].weight', '-1 is not a weight.', 'Write a whole number from 0 to 1000000.')],
    ['no weight', { backends: [{ to: api, weight: 0 }] }, fault('invalid-value', 'rules[0].backends', 'Every weight is 0, so no service answers.', 'Give one of them a weight.')],
    ['too many', { backends: Array.from({ length: 17 }, () => ({ to: api })) }, fault('invalid-value', 'rules[0].backends', 'A rule takes 16 services, not 17.', 'Put a Service over several workloads in their place.')],
  ])('%s', (_, rule, expected) => {
    expect(findings(http({ rules: [rule] }))).toContain(expected);
  });

  test('services of another namespace and environment', () => {
    const app = Testing.app();
    new Platform(app, { gateway: GATEWAY });
    const billing = new Chart(app, 'billing', { namespace: 'billing' });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    GatewayRoute.http(chart, 'public', { host: 'a.example.com', rules: [{ to: orders(billing) }] });
    expect(findings(chart)).toEqual([fault('invalid-value', 'rules[0].to', "'orders' lives in the namespace 'billing', and a route reaches only Services of its own, 'shop'.",
      "Make the route in the chart 'billing'; several routes may share a host.")]);
    const other = new Chart(new Environment(app, 'prod'), 'shop', { namespace: 'shop' });
    GatewayRoute.http(other, 'public', { host: 'b.example.com', rules: [{ to: orders(chart) }] });
    expect(findings(other)).toEqual([finding('error', 'invalid-value', 'prod/shop/public rules[0].to', "'shop/orders' belongs to no environment, the route to 'prod'.",
      'Make the route and the service in the same environment.')]);
  });
});

describe('filters', () => {
  test('rewriting and redirecting', () => {
    expect(ruleOf({ path: '/api', to: web, rewritePrefix: '/' }).filters).toEqual([
      { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
    ]);
    expect(ruleOf({ redirect: { scheme: 'https', statusCode: 301 } })).toEqual({
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
    });
    expect(ruleOf({ redirect: { path: '/new' } }).filters[0].requestRedirect).toEqual({ path: { type: 'ReplaceFullPath', replaceFullPath: '/new' } });
  });

  test.each<[HttpRouteRule, string, string, string, string]>([
    [{ to: web, rewritePrefix: '/', rewritePath: '/' }, 'conflicting-options', 'rewritePrefix', 'rewritePath replaces the whole path, so rewritePrefix says nothing.', 'Keep one of them.'],
    [{ to: web, rewritePath: 'x' }, 'invalid-value', 'rewritePath', "'x' cannot take the place of a path.", "Write a path that begins with a slash, for example '/v2', without query."],
    [{ to: web, rewriteHost: 'A' }, 'invalid-host', 'rewriteHost', "'A' is not a host name.", "Write it in lower case without scheme and port, for example 'www.example.com'."],
    [{ to: web, rewritePrefix: '/', alsoMatches: [{ path: '/b' }] }, 'conflicting-options', 'rewritePrefix',
      'The Gateway API replaces a prefix only where the rule takes one path, by its prefix.', 'Make a rule of its own for each path, or replace the whole path.'],
    [{ redirect: { prefix: '/' }, pathType: PathType.EXACT }, 'conflicting-options', 'redirect.prefix',
      'The Gateway API replaces a prefix only where the rule takes one path, by its prefix.', 'Make a rule of its own for each path, or replace the whole path.'],
    [{ redirect: { scheme: 'https' }, rewriteHost: 'a.b' }, 'conflicting-options', 'redirect', 'The rule redirects, so no service sees what is rewritten.', 'Drop redirect or the rewriting.'],
    [{ redirect: {} }, 'invalid-value', 'redirect', 'The client is sent to where it came from.', "Write what changes, for example { scheme: 'https' }."],
    [{ redirect: { scheme: 'ftp' } }, 'invalid-value', 'redirect.scheme', "'ftp' is not a scheme to send clients to.", "Write 'http' or 'https'."],
    [{ redirect: { statusCode: 200 } }, 'invalid-value', 'redirect.statusCode', '200 is not the status of a redirection.', 'Write one of 301, 302, 303, 307, 308.'],
    [{ redirect: { port: 0 } }, 'invalid-port', 'redirect.port', '0 is not a port number.', 'Write a whole number from 1 to 65535.'],
    [{ redirect: { host: 'A' } }, 'invalid-host', 'redirect.host', "'A' is not a host name.", "Write it in lower case without scheme and port, for example 'www.example.com'."],
    [{ to: web, requestHeaders: {} }, 'invalid-value', 'requestHeaders', 'No header is changed.', "Write 'set', 'add' or 'remove', or leave it out."],
    [{ to: web, responseHeaders: { set: { 'a b': 'x' } } }, 'invalid-value', "responseHeaders.set['a b']", 'It is not a header.', 'Use letters, digits and dashes for the name, and a value of one line.'],
    [{ to: web, requestHeaders: { set: { a: 'x' }, remove: ['A'] } }, 'conflicting-options', 'requestHeaders', "The header 'a' is changed twice.",
      'Set it, add to it or remove it; names are the same in capitals and small letters.'],
    [{ to: web, mirrors: [{ to: api, percent: 0 }] }, 'invalid-value', 'mirrors[0].percent', '0 is not a share of the requests.', 'Write a whole number from 1 to 100.'],
    [{ to: web, timeouts: { request: Duration.seconds(0) } }, 'invalid-value', 'timeouts.request', 'The time is no whole number of milliseconds above zero.', 'Write for example Duration.seconds(30).'],
    [{ to: web, timeouts: { request: Duration.seconds(1), backendRequest: Duration.seconds(2) } }, 'conflicting-options', 'timeouts.backendRequest',
      'An attempt may take longer than all of them together.', "Write at most the time of 'request'."],
    [{ to: web, cors: { allowOrigins: ['*'], allowCredentials: true } }, 'conflicting-options', 'cors.allowCredentials', "Browsers refuse credentials together with the origin '*'.", 'Name the origins.'],
  ])('%j', (rule, code, property, message, remedy) => {
    expect(findings(http({ rules: [rule] }))).toEqual([fault(code, `rules[0].${property}`, message, remedy)]);
  });

  test('a field that the API does not have', () => {
    expect(findings(http({ fields: { ['hostname' as any]: 'x' }, rules: [{ to: web, fields: { ['retrys' as any]: {} } }] }))).toEqual([
      fault('unknown-field', 'rules[0].fields.retrys', "GatewayRouteRule has no field 'retrys'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'."),
      fault('unknown-field', 'fields.hostname', "HTTPRouteSpec has no field 'hostname'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'."),
    ]);
  });

  test.each([
    [Duration.seconds(90), '90s'], [Duration.minutes(30), '30m'], [Duration.hours(2), '2h'], [Duration.millis(1500), '1500ms'],
    [Duration.millis(100_000_500), '27h46m40s500ms'], [Duration.seconds(601), '601s'],
  ])('the time %s', (request, text) => {
    expect(ruleOf({ to: web, timeouts: { request } }).timeouts).toEqual({ request: text });
  });
});

describe('claims', () => {
  const twice = (chart: Chart, property: string, what: string, by: string, id = 'second') => finding('error', 'duplicate-route', `${chart.node.path}/${id} ${property}`,
    `'${what}' is routed already, by '${by}'.`, 'Drop one of the two, or choose another host, match or listener.');

  test('the same request twice, in one route and in two', () => {
    const chart = shop();
    GatewayRoute.http(chart, 'first', { host: 'shop', rules: [{ path: '/api', to: web }] });
    GatewayRoute.http(chart, 'second', { host: 'shop', rules: [{ path: '/api/', to: api }, { path: '/x', to: api }, { path: '/x', to: web }] });
    expect(findings(chart)).toEqual([
      twice(chart, 'rules[0]', 'shop.example.com/api/', 'shop/first'),
      twice(chart, 'rules[2]', 'shop.example.com/x', 'shop/second'),
    ]);
  });

  test('calls', () => {
    const chart = shop();
    GatewayRoute.grpc(chart, 'first', { host: 'grpc', rules: [{ service: 'a.B', to: web }, { to: web }] });
    GatewayRoute.grpc(chart, 'second', { host: 'grpc', rules: [{ service: 'a.B', to: api }, { to: api }, { service: 'a.B', method: 'C', to: api }] });
    expect(findings(chart)).toEqual([
      twice(chart, 'rules[0]', 'grpc.example.com/a.B/*', 'shop/first'),
      twice(chart, 'rules[1]', 'grpc.example.com', 'shop/first'),
    ]);
  });

  test.each<[string, Partial<HttpRouteProps>, Partial<HttpRouteProps>, boolean]>([
    ['another listener', { sectionName: 'http' }, { sectionName: 'https' }, false],
    ['every listener', { sectionName: 'http' }, {}, true],
    ['another Gateway', {}, { gateways: [{ name: 'inner', namespace: 'gateways' }] }, false],
    ['one of several Gateways', {}, { gateways: [{ name: 'inner', namespace: 'gateways' }, GATEWAY] }, true],
    ['a Gateway of the same name elsewhere', {}, { gateways: [{ name: 'public' }] }, false],
    ['another method', { rules: [{ method: HttpMethod.GET, to: web }] }, { rules: [{ method: HttpMethod.POST, to: web }] }, false],
    ['more headers', { rules: [{ headers: { a: '1' }, to: web }] }, { rules: [{ headers: { a: '1', b: '2' }, to: web }] }, false],
    ['the same headers in another order', { rules: [{ headers: { a: '1', b: '2' }, to: web }] }, { rules: [{ headers: { b: '2', a: '1' }, to: web }] }, true],
    ['another type of path', { rules: [{ path: '/a', to: web }] }, { rules: [{ path: '/a', pathType: PathType.EXACT, to: web }] }, false],
    ['another host', {}, { host: 'other' }, false],
  ])('%s', (_, first, second, collides) => {
    const chart = shop();
    GatewayRoute.http(chart, 'first', { host: 'shop', rules: [{ to: web }], ...first });
    GatewayRoute.http(chart, 'second', { host: 'shop', rules: [{ to: web }], ...second });
    expect(findings(chart).length).toBe(collides ? 1 : 0);
  });
});

describe('network policies', () => {
  const ingressOf = (platform: PlatformProps, props: Partial<HttpRouteProps> = {}, port?: string) => {
    const chart = shop(platform);
    http({ rules: [{ to: orders(chart, { grpcPort: 9090, port: 8080 }), ...port !== undefined && { port } }], ...props }, chart);
    return (manifestOf(chart, 'NetworkPolicy').spec.ingress ?? []).map(({ from, ports }: any) =>
      [from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'], ...ports.map((each: any) => each.port)]);
  };

  test('open for the pods of the Gateway, on the port of the rule alone', () => {
    expect(ingressOf({})).toEqual([['gateways', 8080]]);
    expect(ingressOf({}, {}, 'grpc')).toEqual([['gateways', 9090]]);
    expect(ingressOf({ gateway: { ...GATEWAY, podNamespace: 'envoy-gateway-system' } })).toEqual([['envoy-gateway-system', 8080]]);
    expect(ingressOf({}, { gateways: [{ name: 'own' }] })).toEqual([['shop', 8080]]);
    expect(ingressOf({}, { gateways: [GATEWAY, { name: 'inner', namespace: 'mesh' }] })).toEqual([['gateways', 8080], ['mesh', 8080]]);
  });

  test('of services that get copies or a share', () => {
    const chart = shop();
    const shares = ['a', 'b', 'c'].map(name => orders(new Chart(chart, name, { namespace: 'shop' }), { name }));
    GatewayRoute.http(chart, 'public', { host: 'shop', rules: [{ backends: [{ to: shares[0] }, { to: shares[1], weight: 0 }], mirrors: [{ to: shares[2] }] }] });
    for (const share of shares) {
      expect(share.networkPolicy.apiObject.toJson().spec.ingress).toHaveLength(1);
    }
  });

  test('stay closed where nobody names a Gateway', () => {
    const chart = bareShop();
    http({ host: 'shop.example.com', rules: [{ to: orders(chart) }] }, chart);
    expect(Diagnostics.of(chart).errors().map(({ code }) => code)).toEqual(['gateway-missing']);
    expect(objects(chart).find(({ kind }) => kind === 'NetworkPolicy').spec).not.toHaveProperty('ingress');
  });
});

test('foreign services are taken as they are', () => {
  const chart = shop();
  const fake = new FakeService(chart, 'fake');
  http({ rules: [{ to: fake }] }, chart);
  expect(findings(chart)).toEqual([fault('unknown-port', 'rules[0].to', "The Gateway API takes ports by number, and of 'fake' only the name 'http' is known.",
    "Write the number of the Service's port.")]);
});

test('works under a stock App', () => {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  GatewayRoute.http(chart, 'public', { host: 'a.example.com', gateways: [GATEWAY], rules: [{ to: web }] });
  expect(app.synthYaml()).toContain('kind: HTTPRoute');
});
