import { Chart, Testing } from 'cdk8s';
import { External, type IConnectable, Protocol, RouteTarget } from '../../lib';
import { firstHostOf, isCidr, isIpAddress, isIpv4Network, toCidr } from '../../lib/definition/address';

let client: Chart;

beforeEach(() => {
  client = Testing.chart();
});

describe('something outside the cluster', () => {
  test('a host admits every address on its port', () => {
    expect(External.host('postgres.example.com', 5432).toConnectionTarget(client)).toEqual({
      name: 'postgres', host: 'postgres.example.com', ports: [{ port: 5432 }], cidrs: ['0.0.0.0/0', '::/0'],
    });
  });

  test('an address admits itself', () => {
    expect(External.host('203.0.113.7', 443).toConnectionTarget(client)).toMatchObject({ name: '203.0.113.7', cidrs: ['203.0.113.7/32'] });
    expect(External.host('2001:db8::1', 443).toConnectionTarget(client)).toMatchObject({ cidrs: ['2001:db8::1/128'] });
  });

  test('everything can be said', () => {
    const external = External.host('db.example.com', 5432, { name: 'orders-db', cidrs: ['203.0.113.0/24'], scheme: 'postgres', protocol: Protocol.TCP });
    expect(external.toConnectionTarget(client)).toEqual({
      name: 'orders-db', host: 'db.example.com', ports: [{ port: 5432, scheme: 'postgres', protocol: 'TCP' }], cidrs: ['203.0.113.0/24'],
    });
    expect([external.hostName, external.port]).toEqual(['db.example.com', 5432]);
  });

  test('what one client changes another does not see', () => {
    const external: IConnectable = External.host('a.example.com', 80);
    external.toConnectionTarget(client).cidrs!.push('10.0.0.0/8');
    expect(external.toConnectionTarget(client).cidrs).toEqual(['0.0.0.0/0', '::/0']);
  });
});

test.each([
  [undefined, { serviceName: 'legacy', portNumber: 8080 }],
  ['http', { serviceName: 'legacy', portName: 'http' }],
  ['9090', { serviceName: 'legacy', portNumber: 9090 }],
])('a Service that exists, at %s', (port, expected) => {
  expect(RouteTarget.service('legacy', 8080).toRouteBackend(port)).toEqual(expected);
});

test.each<[string, (text: string) => boolean, string[], string[]]>([
  ['addresses', isIpAddress, ['0.0.0.0', '203.0.113.7', '::', '::1', '2001:db8::1', '1:2:3:4:5:6:7:8', '::ffff:203.0.113.7', 'FE80::a'],
    ['', '1.2.3', '256.0.0.1', '01.2.3.4', '1.2.3.4.5', 'a.b.c.d', ':', ':::', '1::2::3', '12345::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', 'g::', '::1%eth0']],
  ['ranges', isCidr, ['0.0.0.0/0', '203.0.113.0/24', '::/0', '2001:db8::/32', '::1/128'], ['', '203.0.113.0', '203.0.113.0/33', '::/129', '203.0.113.0/', '/24', '1.2.3.4/024', '1.2.3.4/-1']],
])('%s', (_, is, right, wrong) => {
  expect(right.filter(text => !is(text))).toEqual([]);
  expect(wrong.filter(is)).toEqual([]);
});

test('a network of IPv4 says where it begins, and has room', () => {
  expect(['10.0.0.0/8', '172.28.1.128/25', '10.0.0.4/30', '0.0.0.0/0'].map(isIpv4Network)).toEqual([true, true, true, true]);
  expect(['10.0.0.1/8', '172.28.1.128/24', '10.0.0.0/31', '10.0.0.0', '::/0', 'x/8'].map(isIpv4Network)).toEqual([false, false, false, false, false, false]);
  expect(['10.0.0.0/8', '172.28.1.128/25'].map(firstHostOf)).toEqual(['10.0.0.1', '172.28.1.129']);
});

test('one address as a range', () => {
  expect(['203.0.113.7', '::1'].map(toCidr)).toEqual(['203.0.113.7/32', '::1/128']);
});
