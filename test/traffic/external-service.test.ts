import { Chart, Testing } from 'cdk8s';
import { External, ExternalService, type ExternalServiceProps, IngressRoute, Model, Protocol, RouteTls } from '../../lib';
import { envOf, finding, findings, manifestOf, manifestsOf, orders, shop } from '../support/services';

const DB = External.host('db.example.com', 5432, { scheme: 'postgres' });
const MAINFRAME = External.host('10.0.0.5', 992);

function made(props: ExternalServiceProps): Chart {
  const chart = shop();
  new ExternalService(chart, 'outside', props);
  return chart;
}

const specOf = (props: ExternalServiceProps) => manifestOf(made(props), 'Service').spec;
const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/outside ${property}`, message, remedy);
const blocks = (...cidrs: string[]) => cidrs.map(cidr => ({ ipBlock: { cidr } }));

function connected(props: ExternalServiceProps): { env: any; egress: any[] } {
  const chart = shop();
  orders(chart).connectTo(new ExternalService(chart, 'outside', props));
  expect(findings(chart)).toEqual([]);
  return { env: envOf(chart), egress: manifestOf(chart, 'NetworkPolicy').spec.egress.slice(1) };
}

describe('a host name', () => {
  test('the whole manifest', () => {
    const chart = made({ external: DB, name: 'ledger', labels: { team: 'shop' }, annotations: { 'example.com/owner': 'shop' }, fields: { sessionAffinity: 'ClientIP' } });
    expect(findings(chart)).toEqual([]);
    expect(manifestsOf(chart)).toMatchSnapshot();
  });

  test('clients get the name in the cluster, and the way to the addresses of the host', () => {
    const anywhere = connected({ external: DB });
    expect(anywhere.env).toMatchObject({ OUTSIDE_HOST: 'outside', OUTSIDE_PORT: '5432', OUTSIDE_URL: 'postgres://outside:5432' });
    expect(anywhere.egress).toEqual([{ to: blocks('0.0.0.0/0', '::/0'), ports: [{ port: 5432, protocol: 'TCP' }] }]);
    const external = External.host('db.example.com', 53, { cidrs: ['198.51.100.0/24'], protocol: Protocol.UDP });
    expect(connected({ external }).egress).toEqual([{ to: blocks('198.51.100.0/24'), ports: [{ port: 53, protocol: 'UDP' }] }]);
  });

  test('a client in another namespace', () => {
    const app = Testing.app();
    const outside = new ExternalService(new Chart(app, 'edge', { namespace: 'edge' }), 'outside', { external: DB });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    orders(chart).connectTo(outside);
    expect(envOf(chart)).toMatchObject({ OUTSIDE_HOST: 'outside.edge' });
    expect(Model.of(app).connections).toEqual([expect.objectContaining({ target: 'outside', host: 'outside.edge', external: true })]);
  });
});

describe('addresses', () => {
  test('the whole manifests', () => {
    const chart = made({ external: MAINFRAME, addresses: ['10.0.0.5', '10.0.0.6', '2001:db8::5'], servicePort: 23, portName: 'tn3270' });
    expect(findings(chart)).toEqual([]);
    expect(manifestsOf(chart)).toMatchSnapshot();
  });

  test('that of the host itself', () => {
    const chart = made({ external: External.host('2001:db8::5', 53, { protocol: Protocol.UDP }) });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Service').spec).toEqual({ type: 'ClusterIP', ports: [{ port: 53, protocol: 'UDP' }] });
    expect(manifestOf(chart, 'EndpointSlice')).toMatchObject({
      metadata: { name: 'outside-ipv6' }, addressType: 'IPv6', endpoints: [{ addresses: ['2001:db8::5'] }], ports: [{ name: '', port: 53, protocol: 'UDP' }],
    });
  });

  test('clients dial the Service, and policies admit what is behind it', () => {
    const { env, egress } = connected({ external: DB, addresses: ['10.0.0.5', '2001:db8::5'], servicePort: 15432 });
    expect(env).toMatchObject({ OUTSIDE_HOST: 'outside', OUTSIDE_PORT: '15432', OUTSIDE_URL: 'postgres://outside:15432' });
    expect(egress).toEqual([{ to: blocks('10.0.0.5/32', '2001:db8::5/128'), ports: [{ port: 5432, protocol: 'TCP' }] }]);
  });

  test('routes lead to them', () => {
    const chart = shop({ ingressClass: 'haproxy' });
    const outside = new ExternalService(chart, 'outside', { external: External.host('10.0.0.5', 8080, { scheme: 'http' }), servicePort: 80 });
    const paths = [{ path: '/', to: outside }, { path: '/a', to: outside, port: '80' }, { path: '/b', to: outside, port: 'http' }];
    new IngressRoute(chart, 'public', { host: 'shop.example.com', tls: RouteTls.secret('tls'), paths });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Ingress').spec.rules[0].http.paths.map(({ backend }: any) => backend.service.port)).toEqual([{ name: 'http' }, { name: 'http' }, { name: 'http' }]);
    new IngressRoute(chart, 'other', { host: 'other.example.com', tls: RouteTls.secret('tls'), paths: [{ path: '/', to: outside, port: '8080' }] });
    expect(findings(chart)).toEqual([finding('error', 'unknown-port', 'shop/other paths[0].port', "'outside' offers no port '8080'.",
      'Name a port that the Service offers, or leave it out for the main one.')]);
  });
});

describe('what is refused', () => {
  test.each<[ExternalServiceProps, string]>([
    [{ external: External.host('Db', 1) }, fault('invalid-host', 'external', "'Db' is not a host.",
      "Write its name or address alone, in lower case, without scheme, port and path, for example 'db.example.com'.")],
    [{ external: External.host('a.b', 0) }, fault('invalid-port', 'external', '0 is not a port number.', 'Write a whole number from 1 to 65535.')],
    [{ external: DB, servicePort: 80 }, fault('conflicting-options', 'servicePort', 'The Service is a name alone and translates no ports.', "Leave it out, or state the 'addresses' behind the name.")],
    [{ external: DB, addresses: [] }, fault('invalid-value', 'addresses', 'An empty list leads nowhere.', "Name the addresses, or leave 'addresses' out.")],
    [{ external: DB, addresses: ['db'] }, fault('invalid-value', 'addresses[0]', "'db' is not an address.", 'Write an address that every node reaches; none of the node itself, of a link or of many receivers.')],
    [{ external: External.host('127.0.0.1', 80) }, fault('invalid-value', 'external', "Kubernetes lets no Service lead to '127.0.0.1'.", 'Write an address that every node reaches; none of the node itself, of a link or of many receivers.')],
    [{ external: MAINFRAME, portName: 'A' }, fault('invalid-name', 'portName', "'A' is not a port name.", 'Use at most 15 lower-case letters, digits and single dashes, with at least one letter.')],
    [{ external: DB, fields: { ['host' as any]: 'x' } }, fault('unknown-field', 'fields.host', "ServiceSpec has no field 'host'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'.")],
  ])('%j', (props, expected) => {
    expect(findings(made(props))).toEqual([expected]);
  });
});

test('a port without a scheme needs no name', () => {
  expect(specOf({ external: MAINFRAME }).ports).toEqual([{ port: 992 }]);
});
