import { Chart, Testing } from 'cdk8s';
import {
  Environment, ExtraService, type ExtraServiceProps, GoStyleMicroservice, IngressRoute, Microservice, Model, Platform, Protocol, RouteTls,
  ServiceType, Worker,
} from '../../lib';
import { envOf, finding, findings, IMAGE, manifestOf, orders, podOf, shop } from '../support/services';

type Targets = Omit<ExtraServiceProps, 'targets'>;

const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/extra ${property}`, message, remedy);
const pods = (labels: object) => ({ podSelector: { matchLabels: labels } });
const named = (name: string) => pods({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name });
const tcp = (...ports: number[]) => ports.map(port => ({ port, protocol: 'TCP' }));
const ingressOf = (chart: Chart, name: string) => manifestOf(chart, 'NetworkPolicy', name).spec.ingress ?? [];
const egressOf = (chart: Chart, name: string) => manifestOf(chart, 'NetworkPolicy', name).spec.egress.slice(1);

function frontend(chart: Chart, name = 'frontend', number = 8080): Microservice {
  return new Microservice(chart, name, {
    image: IMAGE, ports: [{ name: 'http', number, servicePort: 80 }, { name: 'metrics', number: 9090 }], metricsPort: 'metrics',
  });
}

/** A Service over one workload. */
function over(props: Targets = {}): Chart {
  const chart = shop();
  new ExtraService(chart, 'extra', { targets: [frontend(chart)], ...props });
  return chart;
}

describe('over one workload', () => {
  test('the whole manifest', () => {
    const chart = over({
      name: 'frontend-external',
      ports: ['http'],
      service: { type: ServiceType.LOAD_BALANCER, annotations: { 'example.com/scheme': 'internal' } },
      labels: { team: 'shop' },
      annotations: { 'example.com/owner': 'shop' },
    });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Service', 'frontend-external')).toMatchSnapshot();
  });

  test('selects the pods as they are', () => {
    const chart = over();
    expect(manifestOf(chart, 'Service', 'extra').spec.selector).toEqual(manifestOf(chart, 'Service', 'frontend').spec.selector);
    expect(Object.keys(podOf(chart, 'frontend').metadata.labels).filter(label => label.includes('behind'))).toEqual([]);
  });

  test('ports: those of its own Service but that for monitoring, or those that are named', () => {
    const portsOf = (props?: Targets) => manifestOf(over(props), 'Service', 'extra').spec.ports.map(({ name, port, targetPort }: any) => [name, port, targetPort]);
    expect(portsOf()).toEqual([['http', 80, 'http']]);
    expect(portsOf({ ports: ['metrics', '8080'], servicePorts: { metrics: 90, 8080: 8000 } })).toEqual([['metrics', 90, 'metrics'], ['http', 8000, 'http']]);
  });

  test('a port that its own Service does not offer, and a workload without one', () => {
    const chart = shop();
    const worker = new Worker(chart, 'worker', { image: IMAGE, ports: [{ number: 5000 }, { name: 'udp', number: 53, protocol: Protocol.UDP, exposed: false }] });
    new ExtraService(chart, 'extra', { targets: [worker] });
    new ExtraService(chart, 'dns', { targets: [worker], ports: ['udp'] });
    expect(findings(chart).filter(text => text.startsWith('error'))).toEqual([]);
    expect(manifestOf(chart, 'Service', 'extra').spec.ports).toEqual([{ port: 5000, targetPort: 5000 }]);
    expect(manifestOf(chart, 'Service', 'dns').spec.ports).toEqual([{ name: 'udp', port: 53, targetPort: 'udp', protocol: 'UDP' }]);
  });

  test('from outside, the policy of the workload opens on its ports alone', () => {
    const chart = over({ service: { type: ServiceType.LOAD_BALANCER, allowedCidrs: ['203.0.113.0/24'] } });
    expect(ingressOf(chart, 'frontend').filter(({ from }: any) => from[0].ipBlock)).toEqual([{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: tcp(8080) }]);
  });

  test('connections open both ends and give the name of the Service', () => {
    const chart = shop();
    const extra = new ExtraService(chart, 'extra', { targets: [frontend(chart)], servicePorts: { http: 8000 } });
    orders(chart).connectTo(extra);
    expect(findings(chart)).toEqual([]);
    expect(envOf(chart)).toMatchObject({ EXTRA_HOST: 'extra', EXTRA_PORT: '8000', EXTRA_URL: 'http://extra:8000' });
    expect(egressOf(chart, 'orders')).toEqual([{ to: [named('frontend')], ports: tcp(8080) }]);
    expect(ingressOf(chart, 'frontend')).toContainEqual({ from: [named('orders')], ports: tcp(8080) });
    expect(Model.of(chart).connections).toEqual([expect.objectContaining({ client: 'shop/orders', target: 'extra', external: false })]);
  });

  test('routes lead to it', () => {
    const chart = shop({ ingressClass: 'traefik' });
    const extra = new ExtraService(chart, 'extra', { targets: [frontend(chart)] });
    new IngressRoute(chart, 'public', {
      host: 'shop.example.com', tls: RouteTls.secret('tls'), paths: [{ path: '/', to: extra }], options: { stickySession: { cookieName: 'pod' } },
    });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Ingress').spec.rules[0].http.paths[0].backend.service).toEqual({ name: 'extra', port: { name: 'http' } });
    expect(Object.keys(manifestOf(chart, 'Service', 'extra').metadata.annotations)).toContain('traefik.ingress.kubernetes.io/service.sticky.cookie');
    expect(manifestOf(chart, 'Service', 'frontend').metadata).not.toHaveProperty('annotations');
    expect(ingressOf(chart, 'frontend')).toContainEqual({ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } }], ports: tcp(8080) });
  });
});

describe('over several workloads', () => {
  const label = { 'behind.cdk8s-golden-path/extra': 'true' };

  function overTwo(props: Targets = {}, second = 8080): Chart {
    const chart = shop();
    new ExtraService(chart, 'extra', { targets: [frontend(chart, 'blue'), frontend(chart, 'green', second)], ...props });
    return chart;
  }

  test('their pods carry a label that selects them, and no other', () => {
    const chart = overTwo();
    orders(chart);
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Service', 'extra').spec).toEqual({ type: 'ClusterIP', selector: label, ports: [{ name: 'http', port: 80, targetPort: 'http' }] });
    expect(podOf(chart, 'blue').metadata.labels).toMatchObject(label);
    expect(podOf(chart, 'green').metadata.labels).toMatchObject(label);
    expect(podOf(chart).metadata.labels).not.toMatchObject(label);
    expect(manifestOf(chart, 'Deployment', 'blue').spec.selector.matchLabels).not.toMatchObject(label);
  });

  test('the policies of all of them open', () => {
    const chart = shop();
    const extra = new ExtraService(chart, 'extra', { targets: [frontend(chart, 'blue'), frontend(chart, 'green')], service: { type: ServiceType.NODE_PORT } });
    orders(chart).connectTo(extra);
    expect(egressOf(chart, 'orders')).toEqual([{ to: [pods(label)], ports: tcp(8080) }]);
    for (const name of ['blue', 'green']) {
      expect(ingressOf(chart, name)).toContainEqual({ from: [named('orders')], ports: tcp(8080) });
      expect(ingressOf(chart, name)).toContainEqual({ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }], ports: tcp(8080) });
    }
  });

  test('made after everything else, it says the same', () => {
    const chart = shop();
    const targets = [frontend(chart, 'blue'), frontend(chart, 'green')];
    const early = podOf(chart, 'blue').metadata.labels;
    new ExtraService(chart, 'extra', { targets: [...targets, targets[0]] });
    expect(podOf(chart, 'blue').metadata.labels).toEqual({ ...early, ...label });
  });

  test('ports with other numbers', () => {
    expect(findings(overTwo({}, 9000))).toEqual([fault('conflicting-options', 'targets[1]',
      "The port 'http' is 8080/TCP in 'shop/blue' and 9000/TCP in 'shop/green'.", 'Let all of them listen on the same port.')]);
  });

  test('ports that one of them lacks', () => {
    const lacking = (props: Targets) => {
      const chart = shop();
      new ExtraService(chart, 'extra', { targets: [frontend(chart), new Worker(chart, 'worker', { image: IMAGE })], ...props });
      return findings(chart).filter(text => text.startsWith('error'));
    };
    expect(lacking({})).toEqual([fault('unknown-port', 'targets[1]', "'worker' has no port 'http'.", 'Declare it.')]);
    expect(lacking({ ports: ['http'] })).toEqual([fault('unknown-port', 'ports[0]', "'worker' has no port 'http'.", 'Declare it.')]);
  });
});

describe('what is refused', () => {
  test.each<[Targets, string]>([
    [{ ports: ['nope'] }, fault('unknown-port', 'ports[0]', "'frontend' has no port 'nope'.", "Declare it, or name one of 'http', 'metrics'.")],
    [{ servicePorts: { nope: 80 } }, fault('unknown-port', "servicePorts['nope']", "The Service offers no port 'nope'.", "Name one of 'http'.")],
    [{ servicePorts: { http: 0 } }, fault('invalid-port', 'ports.servicePort', '0 is not a port number.', 'Write a whole number from 1 to 65535.')],
    [{ service: { allowedCidrs: ['::/0'] } }, fault('conflicting-options', 'service.allowedCidrs',
      'A ClusterIP Service is not reached from outside the cluster, so allowedCidrs says nothing.', 'Leave it out, or choose ServiceType.NODE_PORT or LOAD_BALANCER.')],
    [{ name: 'frontend' }, finding('error', 'duplicate-name', 'shop/extra name', "The name 'frontend' is taken in this namespace already, by 'shop/frontend'.", "Give one of them another 'name'.")],
  ])('%j', (props, expected) => {
    expect(findings(over(props))).toContain(expected);
  });

  test('nobody', () => {
    const chart = shop();
    new ExtraService(chart, 'extra', { targets: [] });
    expect(findings(chart)).toEqual([
      fault('unknown-port', 'ports', 'The Service has no port to offer.', 'Declare a port, or let one be exposed.'),
      fault('invalid-value', 'targets', 'The Service leads to nobody.', 'Name a workload; addresses outside the cluster are for ExternalService.'),
    ]);
  });

  test('pods of another namespace or environment', () => {
    const app = Testing.app();
    new Platform(app, {});
    const there = new GoStyleMicroservice(new Chart(app, 'billing', { namespace: 'billing' }), 'api', { image: IMAGE });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new ExtraService(chart, 'extra', { targets: [there] });
    expect(findings(chart)).toEqual([fault('invalid-value', 'targets[0]', "'billing/api' lives in the namespace 'billing', and a Service selects pods of its own alone, 'shop'.",
      "Make the Service in the chart 'billing'.")]);
    const prod = new Chart(new Environment(app, 'prod'), 'billing', { namespace: 'billing' });
    new ExtraService(prod, 'extra', { targets: [there] });
    expect(findings(prod)).toEqual([finding('error', 'invalid-value', 'prod/billing/extra targets[0]', "'billing/api' belongs to another environment.", "Make the Service in the chart 'billing'.")]);
  });
});
