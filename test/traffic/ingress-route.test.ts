import { App, Chart, Testing } from 'cdk8s';
import { FakeService, faults, objects, route, shop, synth } from './ingress-route-fixtures';
import {
  Diagnostics, Environment, IngressController, IngressRoute, PathType, Platform, PlatformApp, RouteTarget, RouteTls,
} from '../../lib';
import { Model } from '../../lib/model/model';
import { routeServiceAnnotations } from '../../lib/traffic/ingress/backend-uses';

const web = RouteTarget.service('web', 80);
const api = RouteTarget.service('api', 8080);

const rulesOf = (manifest: any) => manifest.spec.rules.map((rule: any) => [rule.host, rule.http.paths.map((path: any) => `${path.pathType} ${path.path} ${path.backend.service.name}`)]);
const kinds = (chart: Chart) => objects(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

describe('the whole manifest', () => {
  test.each(['traefik', 'haproxy', 'nginx'])('%s', ingressClass => {
    const { chart } = route(ingressClass, scope => ({
      tls: RouteTls.clusterIssuer('letsencrypt'),
      options: { cors: { allowOrigins: ['https://app.example.com'] }, maxBodySize: '10Mi' },
      paths: [
        { path: '/web', to: new FakeService(scope, 'web') },
        { path: '/api', to: new FakeService(scope, 'api'), options: { rewritePrefix: '/', stickySession: { cookieName: 'pod' } } },
      ],
    }));
    expect(synth(chart)).toMatchSnapshot();
    expect(faults(chart)).toEqual([]);
  });
});

describe('hosts and paths', () => {
  test('paths lead to several services, in the order of the user', () => {
    const { chart } = route('traefik', () => ({ host: 'example.com', paths: [{ path: '/web', to: web }, { path: '/api', to: api }] }));
    const [ingress] = synth(chart);
    expect(rulesOf(ingress)).toEqual([['example.com', ['Prefix /web web', 'Prefix /api api']]]);
    expect(ingress.spec.ingressClassName).toBe('traefik');
  });

  test('every host has the same paths; one without a dot stands before the domain', () => {
    const { chart } = route('haproxy', () => ({ host: 'shop', hosts: ['*.example.org'], paths: [{ path: '/', to: web }] }));
    expect(rulesOf(synth(chart)[0])).toEqual([['shop.example.com', ['Prefix / web']], ['*.example.org', ['Prefix / web']]]);
  });

  test("'*' is every host", () => {
    const { chart } = route('nginx', () => ({ host: '*', tls: RouteTls.secret('shop-tls'), paths: [{ path: '/', to: web }] }));
    const [{ spec }] = synth(chart);
    expect(spec.rules[0]).not.toHaveProperty('host');
    expect(spec.tls).toEqual([{ secretName: 'shop-tls' }]);
  });

  test('ports by name and number', () => {
    const { chart } = route('nginx', scope => ({
      paths: [
        { path: '/', to: new FakeService(scope, 'web', { http: undefined, admin: undefined }), port: 'admin' },
        { path: '/api', to: api },
        { path: '/metrics', to: api, port: '9090' },
        { path: '/debug', to: api, port: 'debug' },
      ],
    }));
    expect(synth(chart)[0].spec.rules[0].http.paths.map((path: any) => path.backend.service.port))
      .toEqual([{ name: 'admin' }, { number: 8080 }, { number: 9090 }, { name: 'debug' }]);
  });

  test('path types', () => {
    const { chart } = route('traefik', () => ({
      paths: [{ path: '/exact', pathType: PathType.EXACT, to: web }, { path: '/any', pathType: PathType.IMPLEMENTATION_SPECIFIC, to: web }],
    }));
    expect(rulesOf(synth(chart)[0])[0][1]).toEqual(['Exact /exact web', 'ImplementationSpecific /any web']);
  });

  test('the default backend answers on the hosts of the route, where no path does', () => {
    const { chart } = route('traefik', () => ({ paths: [{ path: '/api', to: api }], defaultBackend: web }));
    const [{ spec }] = synth(chart);
    expect(spec).not.toHaveProperty('defaultBackend');
    expect(rulesOf({ spec })).toEqual([['shop.example.com', ['Prefix /api api', 'Prefix / web']]]);
  });

  test('a default backend alone takes what no Ingress takes', () => {
    const chart = shop('traefik');
    new IngressRoute(chart, 'rest', { defaultBackend: web });
    expect(synth(chart)[0].spec).toEqual({ ingressClassName: 'traefik', defaultBackend: { service: { name: 'web', port: { number: 80 } } } });
    expect(faults(chart)).toEqual([]);
  });
});

describe('TLS', () => {
  const tlsOf = (tls: RouteTls) => {
    const { chart } = route('haproxy', () => ({ tls, paths: [{ path: '/', to: web }] }));
    expect(faults(chart, [])).toEqual([]);
    const [{ metadata, spec }] = synth(chart);
    return { tls: spec.tls, annotations: metadata.annotations };
  };

  test('a Secret', () => {
    expect(tlsOf(RouteTls.secret('shop-tls'))).toEqual({ tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }] });
  });

  test('issuers of cert-manager', () => {
    expect(tlsOf(RouteTls.clusterIssuer('letsencrypt')))
      .toEqual({ tls: [{ hosts: ['shop.example.com'], secretName: 'public-tls' }], annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } });
    expect(tlsOf(RouteTls.issuer('internal', { secretName: 'certificate' })))
      .toEqual({ tls: [{ hosts: ['shop.example.com'], secretName: 'certificate' }], annotations: { 'cert-manager.io/issuer': 'internal' } });
  });

  test('the certificate of the controller, and TLS that ends before it', () => {
    expect(tlsOf(RouteTls.controllerDefault())).toEqual({ tls: [{ hosts: ['shop.example.com'] }] });
    expect(tlsOf(RouteTls.terminatedBefore())).toEqual({});
  });

  test('one Ingress alone asks for the certificate', () => {
    const { chart } = route('haproxy', () => ({
      tls: RouteTls.clusterIssuer('letsencrypt'),
      paths: [{ path: '/', to: web }, { path: '/api', to: api, options: { maxBodySize: '1Mi' } }],
    }));
    const [main, other] = synth(chart);
    expect(main.metadata.annotations).toHaveProperty(['cert-manager.io/cluster-issuer']);
    expect(other.metadata.annotations).not.toHaveProperty(['cert-manager.io/cluster-issuer']);
    expect(other.spec.tls).toEqual(main.spec.tls);
  });
});

describe('the division into Ingresses', () => {
  const names = (paths: Parameters<typeof route>[1]) => objects(route('haproxy', paths).chart).map(manifest => [manifest.metadata.name, ...rulesOf(manifest)[0][1]]);

  test('paths without options of their own share the main Ingress, wherever they stand', () => {
    expect(names(() => ({
      paths: [{ path: '/upload/v1', to: api, options: { maxBodySize: '1Gi' } }, { path: '/', to: web }, { path: '/api', to: api }],
    }))).toEqual([['public', 'Prefix / web', 'Prefix /api api'], ['public-upload-v1', 'Prefix /upload/v1 api']]);
  });

  test('equal options share an Ingress, however they are written', () => {
    expect(names(() => ({
      paths: [
        { path: '/', to: web },
        { path: '/a', to: api, options: { cors: { allowOrigins: ['*'], allowCredentials: false } } },
        { path: '/b', to: api, options: { cors: { allowCredentials: false, allowOrigins: ['*'] } } },
      ],
    }))).toEqual([['public', 'Prefix / web'], ['public-a', 'Prefix /a api', 'Prefix /b api']]);
  });

  test('where every path has options of its own, the first one keeps the name', () => {
    expect(names(() => ({
      paths: [{ path: '/a', to: web, options: { maxBodySize: '1Mi' } }, { path: '/a', pathType: PathType.EXACT, to: api, options: { maxBodySize: '2Mi' } }],
    }))).toEqual([['public', 'Prefix /a web'], ['public-a-exact', 'Exact /a api']]);
  });

  test('the name can be given', () => {
    expect(names(() => ({
      paths: [{ path: '/', to: web }, { path: '/up', to: api, name: 'uploads', options: { maxBodySize: '1Gi' } }],
    })).map(([name]) => name)).toEqual(['public', 'uploads']);
  });

  test('a port that speaks another protocol gets an Ingress of its own', () => {
    const { chart } = route('nginx', scope => ({
      paths: [
        { path: '/shop.Orders/', to: new FakeService(scope, 'orders', { http: undefined, grpc: 'grpc' }), port: 'grpc' },
        { path: '/', to: new FakeService(scope, 'web') },
      ],
    }));
    expect(synth(chart).map(({ metadata }) => [metadata.name, metadata.annotations?.['nginx.ingress.kubernetes.io/backend-protocol']]))
      .toEqual([['public', undefined], ['public-shop-orders', 'GRPC']]);
    expect(faults(chart)).toEqual([]);
  });

  test('the route hands out its Ingresses', () => {
    const made = route('haproxy', () => ({ paths: [{ path: '/', to: web }, { path: '/a', to: api, options: { maxBodySize: '1Mi' } }] })).route;
    expect(made.ingresses.map(({ name, apiObject }) => [name, apiObject.kind])).toEqual([['public', 'Ingress'], ['public-a', 'Ingress']]);
    made.ingresses.pop();
    expect(made.ingresses).toHaveLength(2);
  });
});

describe('Middlewares', () => {
  const withPlatform = (ingressClass: string, when: 'before' | 'after', synthesise: (chart: Chart) => unknown) => {
    const app = new App({ outdir: Testing.app().outdir });
    const platform = () => new Platform(app, { ingressClass });
    when === 'before' && platform();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const made = new IngressRoute(chart, 'public', { host: 'shop.example.com', tls: RouteTls.secret('tls'), paths: [{ path: '/api', to: api, options: { rewritePrefix: '/' } }] });
    when === 'after' && platform();
    return { result: synthesise(chart), made };
  };

  test('are there for Traefik alone, whenever the platform is made', () => {
    for (const when of ['before', 'after'] as const) {
      expect(withPlatform('traefik', when, kinds).result).toEqual(['Middleware public-redirect-to-https', 'Middleware public-rewrite', 'Ingress public']);
      expect(withPlatform('haproxy', when, kinds).result).toEqual(['Ingress public']);
    }
    expect(withPlatform('traefik', 'after', synth).result).toEqual(withPlatform('traefik', 'before', synth).result);
  });

  test('the route hands them out', () => {
    expect(withPlatform('traefik', 'after', () => 0).made.traefikObjects.map(({ name }) => name)).toEqual(['public-redirect-to-https', 'public-rewrite']);
    expect(withPlatform('nginx', 'after', () => 0).made.traefikObjects).toEqual([]);
  });

  test('are made when somebody looks for them, and found by their ids as well', () => {
    const { traefik, nginx } = Object.fromEntries((['traefik', 'nginx'] as const).map(controller =>
      [controller, withPlatform(controller, 'after', () => 0).made.node.findChild('traefik').node]));
    expect(traefik.tryFindChild('middleware-public-rewrite')).toBeDefined();
    expect(traefik.children.map(({ node }) => node.id)).toEqual(['middleware-public-redirect-to-https', 'middleware-public-rewrite']);
    expect(traefik.findChild('middleware-public-rewrite')).toBe(traefik.children[1]);
    expect(nginx.tryFindChild('middleware-public-rewrite')).toBeUndefined();
    expect(nginx.children).toEqual([]);
  });

  test('a controller that a validation of somebody else names counts, though an earlier one has looked already', () => {
    const app = new PlatformApp({ outdir: Testing.app().outdir });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const made = new IngressRoute(chart, 'public', {
      ingressClass: 'edge', host: 'shop.example.com', tls: RouteTls.secret('tls'), options: { maxBodySize: '1Mi' }, paths: [{ path: '/', to: web }],
    });
    const seen: string[] = [];
    const look = () => {
      seen.push(JSON.stringify(made.ingresses[0].apiObject.toJson().metadata.annotations ?? {}));
      return [];
    };
    chart.node.addValidation({ validate: look });
    chart.node.addValidation({
      validate: () => {
        Platform.of(app) ?? new Platform(app, { ingressClass: 'edge', ingressController: IngressController.NGINX });
        return [];
      },
    });
    expect(app.synthYaml()).toContain('nginx.ingress.kubernetes.io/proxy-body-size: 1m');
    expect(seen).toEqual(['{}']);
  });

  test('rendering twice gives the same, and makes nothing', () => {
    const { chart } = route('traefik', () => ({ paths: [{ path: '/api', to: api, options: { rewritePrefix: '/', maxBodySize: '1Mi' } }] }));
    const before = chart.node.findAll().length;
    expect(synth(chart)).toEqual(synth(chart));
    expect(chart.node.findAll()).toHaveLength(before);
  });

  test('a PlatformApp writes the same', () => {
    const app = new PlatformApp({ outdir: Testing.app().outdir });
    new Platform(app, { ingressClass: 'nginx' });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new IngressRoute(chart, 'public', { host: 'shop.example.com', tls: RouteTls.secret('tls'), paths: [{ path: '/', to: web }] });
    expect(app.synthYaml()).not.toContain('Middleware');
  });

  test('are named after the route, and after the Ingress where a path differs', () => {
    const { chart } = route('traefik', () => ({
      options: { rateLimit: { requests: 10 } },
      paths: [
        { path: '/', to: web },
        { path: '/api', to: api, options: { maxBodySize: '1Mi' } },
        { path: '/login', to: api, options: { rateLimit: { requests: 1 } } },
      ],
    }));
    expect(kinds(chart)).toEqual([
      'Middleware public-rate-limit', 'Middleware public-api-max-body-size', 'Middleware public-login-rate-limit',
      'Ingress public', 'Ingress public-api', 'Ingress public-login',
    ]);
    expect(synth(chart).slice(3).map(({ metadata }) => metadata.annotations['traefik.ingress.kubernetes.io/router.middlewares'])).toEqual([
      'shop-public-rate-limit@kubernetescrd',
      'shop-public-rate-limit@kubernetescrd,shop-public-api-max-body-size@kubernetescrd',
      'shop-public-login-rate-limit@kubernetescrd',
    ]);
  });

  test('are referred to as Traefik names them', () => {
    const chart = shop('traefik');
    new IngressRoute(chart, 'route', { name: 'shop.public', host: 'a.example.com', options: { maxBodySize: '1Mi' }, paths: [{ path: '/', to: web }] });
    expect(synth(chart).map(({ metadata }) => metadata.annotations ?? metadata.name))
      .toEqual(['shop.public-max-body-size', { 'traefik.ingress.kubernetes.io/router.middlewares': 'shop-shop-public-max-body-size@kubernetescrd' }]);
  });
});

describe('class and controller', () => {
  test('a route may name a class of its own, with the controller behind it', () => {
    const { chart } = route('traefik', () => ({ ingressClass: 'haproxy', options: { maxBodySize: '1Mi' }, paths: [{ path: '/', to: web }] }));
    const [ingress] = synth(chart);
    expect(ingress.spec.ingressClassName).toBe('haproxy');
    expect(ingress.metadata.annotations).toEqual({ 'haproxy-ingress.github.io/proxy-body-size': '1m' });
  });

  test('the platform says which controller serves a class with another name', () => {
    const chart = shop(undefined);
    new Platform(chart, { ingressClass: 'internal', ingressController: IngressController.NGINX });
    new IngressRoute(chart, 'public', { host: 'a.example.com', ingressClass: 'internal', options: { maxBodySize: '1Mi' }, paths: [{ path: '/', to: web }] });
    expect(synth(chart)[0].metadata.annotations).toEqual({ 'nginx.ingress.kubernetes.io/proxy-body-size': '1m' });
  });

  test('a class of any name will do where no option needs the controller', () => {
    const { chart } = route('alb', () => ({
      tls: RouteTls.terminatedBefore(),
      options: { annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal' } },
      paths: [{ path: '/', to: web }],
    }));
    expect(synth(chart)[0].metadata.annotations).toEqual({ 'alb.ingress.kubernetes.io/scheme': 'internal' });
    expect(faults(chart, [])).toEqual([]);
  });
});

describe('services', () => {
  test('the model knows which services a route leads to', () => {
    const chart = shop('traefik');
    const orders = new FakeService(chart, 'orders', { http: undefined, admin: undefined });
    const made = new IngressRoute(chart, 'public', { host: 'a.example.com', paths: [{ path: '/', to: orders }, { path: '/admin', to: orders, port: 'admin' }] });
    expect(Model.of(chart)._routesTo(orders).map(edge => [edge.route, edge.target, edge.port]))
      .toEqual([[made, orders, undefined], [made, orders, 'admin']]);
  });

  test('what Traefik reads from the Service is known to the service', () => {
    const { chart } = route('traefik', scope => ({
      tls: RouteTls.secret('tls'),
      paths: [{ path: '/', to: new FakeService(scope, 'orders', { grpc: 'grpc' }), options: { stickySession: {} } }],
    }));
    const orders = chart.node.findChild('orders');
    expect(routeServiceAnnotations(orders)).toEqual({
      'traefik.ingress.kubernetes.io/service.serversscheme': 'h2c',
      'traefik.ingress.kubernetes.io/service.sticky.cookie': 'true',
      'traefik.ingress.kubernetes.io/service.sticky.cookie.httponly': 'true',
      'traefik.ingress.kubernetes.io/service.sticky.cookie.samesite': 'lax',
      'traefik.ingress.kubernetes.io/service.sticky.cookie.secure': 'true',
    });
    expect(routeServiceAnnotations(chart)).toEqual({});
  });

  test('other controllers need nothing on the Service', () => {
    const { chart } = route('haproxy', scope => ({ paths: [{ path: '/', to: new FakeService(scope, 'orders'), options: { stickySession: {} } }] }));
    expect(routeServiceAnnotations(chart.node.findChild('orders'))).toEqual({});
  });
});

describe('metadata and pass-through', () => {
  test('labels and annotations are on everything that the route makes', () => {
    const { chart } = route('traefik', () => ({
      labels: { team: 'shop' },
      annotations: { 'example.com/owner': 'shop' },
      options: { maxBodySize: '1Mi' },
      paths: [{ path: '/', to: web }],
    }));
    for (const { metadata } of synth(chart)) {
      expect(metadata.labels).toMatchObject({ 'team': 'shop', 'app.kubernetes.io/instance': 'public', 'app.kubernetes.io/component': 'route' });
      expect(metadata.annotations).toMatchObject({ 'example.com/owner': 'shop' });
    }
  });

  test('annotations of options win, those of a path over those of the route', () => {
    const { chart } = route('nginx', () => ({
      options: { maxBodySize: '1Mi', annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '2m', 'example.com/a': 'route' } },
      paths: [{ path: '/', to: web, options: { annotations: { 'example.com/a': 'path' } } }],
    }));
    expect(synth(chart)[0].metadata.annotations).toEqual({ 'nginx.ingress.kubernetes.io/proxy-body-size': '2m', 'example.com/a': 'path' });
  });

  test('fields are merged last', () => {
    const { chart } = route('nginx', () => ({ paths: [{ path: '/', to: web }], fields: { ingressClassName: 'other' } }));
    expect(synth(chart)[0].spec.ingressClassName).toBe('other');
  });
});

test('environments have routes of their own', () => {
  const app = Testing.app();
  for (const name of ['dev', 'prod']) {
    const environment = new Environment(app, name, { ingressClass: 'traefik', domain: `${name}.example.com` });
    const chart = new Chart(environment, 'shop', { namespace: 'shop' });
    new IngressRoute(chart, 'public', { host: 'shop', tls: RouteTls.secret('tls'), paths: [{ path: '/', to: new FakeService(chart, 'web') }] });
    expect(rulesOf(synth(chart).at(-1))).toEqual([[`shop.${name}.example.com`, ['Prefix / web']]]);
  }
  expect(Diagnostics.of(app).collect()).toEqual([]);
});
