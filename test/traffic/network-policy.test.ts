import { App, Chart, Testing } from 'cdk8s';
import { type ConnectionOptions, External, type IConnectable, Protocol } from '../../lib/definition';
import { containsCidr } from '../../lib/definition/address';
import { Model } from '../../lib/model';
import { Platform, type PlatformProps, PodSecurityPreset } from '../../lib/platform';
import { GoStyleMicroservice, type GoStyleMicroserviceProps } from '../../lib/services';
import { type AllowedClients, type NetworkPolicyOptions, ServiceType, Traffic } from '../../lib/traffic';
import { finding, findings, IMAGE, manifestOf, orders, shop } from '../support/services';

interface Rules {
  readonly ingress: any[];
  /** Without that for DNS. */
  readonly egress: any[];
}

function policyOf(chart: Chart, name: string): any {
  return manifestOf(chart, 'NetworkPolicy', name).spec;
}

/** The rules of a policy. None may have an empty list, which would mean everybody or everything. */
function rulesOf(chart: Chart, name = 'orders'): Rules {
  const { ingress = [], egress = [], policyTypes } = policyOf(chart, name);
  expect(policyTypes).toEqual(['Ingress', 'Egress']);
  for (const [side, rules] of [['from', ingress], ['to', egress]] as const) {
    for (const rule of rules) {
      expect(rule[side].length).toBeGreaterThan(0);
      expect(rule.ports.length).toBeGreaterThan(0);
    }
  }
  return { ingress, egress: egress.slice(1) };
}

const pods = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name } } });
const inNamespace = (namespace: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } });
const tcp = (...ports: number[]) => ports.map(port => ({ port, protocol: 'TCP' }));
const addresses = (...cidrs: string[]) => cidrs.map(cidr => ({ ipBlock: { cidr } }));

function connected(target: IConnectable, options?: ConnectionOptions): Rules {
  const chart = shop();
  orders(chart).connectTo(target, options);
  return rulesOf(chart);
}

test('nobody comes in, and nothing goes out but to DNS', () => {
  const chart = shop();
  orders(chart);
  expect(manifestOf(chart, 'NetworkPolicy')).toMatchSnapshot();
});

describe('DNS', () => {
  const dnsOf = (platform: PlatformProps) => {
    const chart = shop(platform);
    orders(chart);
    return policyOf(chart, 'orders').egress;
  };
  const both = (port: number) => [{ port, protocol: 'UDP' }, { port, protocol: 'TCP' }];

  test('of OpenShift', () => {
    expect(dnsOf({ podSecurity: PodSecurityPreset.OPENSHIFT })).toEqual([{
      to: [{ ...inNamespace('openshift-dns'), podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } } }],
      ports: both(5353),
    }]);
  });

  test('of the platform, with a cache on each node', () => {
    const dns = { namespace: 'dns', podLabels: { app: 'dns' }, port: 1053 };
    const [first, ...others] = dnsOf({ dns: { ...dns, nodeLocalAddress: '169.254.20.10' } });
    expect(first).toEqual({ to: [{ ...inNamespace('dns'), podSelector: { matchLabels: { app: 'dns' } } }], ports: both(1053) });
    expect(others).toEqual([{ to: addresses('169.254.20.10/32'), ports: both(53) }]);
    expect(dnsOf({ dns: { nodeLocalAddress: 'fd00::10' } })[1].to).toEqual(addresses('fd00::10/128'));
  });
});

describe('connections', () => {
  test('open both ends, on the ports of the pods', () => {
    const chart = shop();
    const api = new GoStyleMicroservice(chart, 'api', { image: IMAGE });
    orders(chart).connectTo(api);
    expect(rulesOf(chart)).toEqual({ ingress: [], egress: [{ to: [pods('api')], ports: tcp(8080) }] });
    expect(rulesOf(chart, 'api')).toEqual({ ingress: [{ from: [pods('orders')], ports: tcp(8080) }], egress: [] });
  });

  test('into another namespace and another chart', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const billing = new Chart(app, 'billing', { namespace: 'billing' });
    const invoices = new GoStyleMicroservice(billing, 'invoices', { image: IMAGE });
    orders(chart).connectTo(invoices);
    expect(rulesOf(chart).egress).toEqual([{ to: [{ ...inNamespace('billing'), ...pods('invoices') }], ports: tcp(8080) }]);
    expect(rulesOf(billing, 'invoices').ingress).toEqual([{ from: [{ ...inNamespace('shop'), ...pods('orders') }], ports: tcp(8080) }]);
  });

  test.each<[string, Partial<GoStyleMicroserviceProps>, ConnectionOptions, number[]]>([
    ['all but those for monitoring', { grpcPort: 9000, port: 8080, metricsPort: 9090 }, {}, [8080, 9000]],
    ['the main one even where it is for monitoring', { metricsPort: 8080 }, {}, [8080]],
    ['those that are named', { grpcPort: 9000, port: 8080, metricsPort: 9090 }, { ports: ['grpc', 'metrics'] }, [9000, 9090]],
    ['those that are offered', { extraPorts: [{ name: 'admin', number: 9999, exposed: false }] }, {}, [8080]],
  ])('ports: %s', (_, props, options, ports) => {
    const chart = shop();
    const api = new GoStyleMicroservice(chart, 'api', { image: IMAGE, ...props });
    orders(chart).connectTo(api, options);
    expect(rulesOf(chart).egress).toEqual([{ to: [pods('api')], ports: tcp(...ports) }]);
    expect(rulesOf(chart, 'api').ingress.filter(({ from }) => from[0].podSelector)).toEqual([{ from: [pods('orders')], ports: tcp(...ports) }]);
  });

  test.each<[string, External, object]>([
    ['by name, to any address', External.host('db.example.com', 5432), { to: addresses('0.0.0.0/0', '::/0'), ports: tcp(5432) }],
    ['by address', External.host('10.1.2.3', 5432), { to: addresses('10.1.2.3/32'), ports: tcp(5432) }],
    ['by an address of IPv6', External.host('2001:db8::7', 443), { to: addresses('2001:db8::7/128'), ports: tcp(443) }],
    ['by name, to known addresses', External.host('db.example.com', 5432, { cidrs: ['10.0.0.0/8', 'fd00::/8'] }), { to: addresses('10.0.0.0/8', 'fd00::/8'), ports: tcp(5432) }],
    ['by another transport', External.host('10.1.2.3', 514, { protocol: 'UDP' as any }), { to: addresses('10.1.2.3/32'), ports: [{ port: 514, protocol: 'UDP' }] }],
  ])('to the outside: %s', (_, target, rule) => {
    expect(connected(target).egress).toEqual([rule]);
    expect(connected(target, { env: false }).egress).toEqual([rule]);
  });

  test('to the same peers are one rule', () => {
    const chart = shop();
    const service = orders(chart);
    service.connectTo(External.host('a.example.com', 443));
    service.connectTo(External.host('b.example.com', 5432));
    service.connectTo(External.host('c.example.com', 443));
    expect(rulesOf(chart).egress).toEqual([{ to: addresses('0.0.0.0/0', '::/0'), ports: tcp(443, 5432) }]);
  });

  test('in any order give the same', () => {
    const targets: [IConnectable, ConnectionOptions][] = [
      [External.host('10.0.0.1', 1), {}], [External.host('10.0.0.2', 2), {}], [External.host('db.example.com', 3), {}], [External.host('10.0.0.1', 4), { env: false }],
    ];
    const render = (list: typeof targets) => {
      const chart = shop();
      const service = orders(chart);
      list.forEach(([target, options]) => service.connectTo(target, options));
      return Testing.synth(chart);
    };
    expect(render([...targets].reverse())).toEqual(render(targets));
  });

  test('that are wrong open nothing', () => {
    for (const [target, options] of [
      [External.host('db.example.com', 5432, { cidrs: [] }), {}],
      [External.host('db.example.com', 5432), { ports: [] }],
      [External.host('db.example.com', 5432), { ports: ['mysql'] }],
    ] as [IConnectable, ConnectionOptions][]) {
      const chart = shop();
      const service = orders(chart);
      service.connectTo(target, options);
      expect(findings(chart)).toHaveLength(1);
      expect(service.networkPolicy.apiObject.toJson().spec.egress).toHaveLength(1);
    }
  });

  test('do not matter where the pods may go anywhere', () => {
    const chart = shop();
    orders(chart, { egress: Traffic.UNRESTRICTED }).connectTo(External.host('10.0.0.1', 1));
    expect(policyOf(chart, 'orders').egress).toEqual([{}]);
  });
});

describe('who else comes in', () => {
  const ingressOf = (props: Partial<GoStyleMicroserviceProps>, platform: PlatformProps = {}, route?: (service: GoStyleMicroservice) => void) => {
    const chart = shop(platform);
    const service = orders(chart, props);
    route?.(service);
    return rulesOf(chart).ingress;
  };

  test('monitoring, to the metrics port', () => {
    expect(ingressOf({ metricsPort: 9090 })).toEqual([{ from: [inNamespace('monitoring')], ports: tcp(9090) }]);
    expect(ingressOf({ metricsPort: 8080 }, { monitoringNamespace: 'observability' })).toEqual([{ from: [inNamespace('observability')], ports: tcp(8080) }]);
    expect(ingressOf({ metricsPort: 9102, sidecars: [{ name: 'exporter', image: IMAGE, ports: [{ name: 'metrics', number: 9102 }] }] }))
      .toEqual([{ from: [inNamespace('monitoring')], ports: tcp(9102) }]);
  });

  test('the ingress controller, to what is routed', () => {
    const traefik = { ingressClass: 'traefik' };
    const routed = (port?: string) => (service: GoStyleMicroservice) =>
      Model.of(service)._addRoute({ route: service, target: service, ...port !== undefined && { port } });
    expect(ingressOf({ grpcPort: 9000, port: 8080 }, traefik, routed())).toEqual([{ from: [inNamespace('traefik')], ports: tcp(8080) }]);
    expect(ingressOf({ grpcPort: 9000, port: 8080 }, traefik, routed('grpc'))).toEqual([{ from: [inNamespace('traefik')], ports: tcp(9000) }]);
    expect(ingressOf({}, traefik, routed('80'))).toEqual([{ from: [inNamespace('traefik')], ports: tcp(8080) }]);
    expect(ingressOf({}, traefik, routed('nowhere'))).toEqual([]);
    expect(ingressOf({}, { ingressNamespace: 'edge' }, routed())).toEqual([{ from: [inNamespace('edge')], ports: tcp(8080) }]);
    expect(ingressOf({}, {}, routed())).toEqual([]);
  });

  test('the controller of the route, where it is another than that of the platform', () => {
    const by = (namespace?: string) => (service: GoStyleMicroservice) =>
      Model.of(service)._addRoute({ route: service, target: service, ingressNamespace: () => namespace });
    expect(ingressOf({}, { ingressClass: 'traefik' }, by('haproxy'))).toEqual([{ from: [inNamespace('haproxy')], ports: tcp(8080) }]);
    expect(ingressOf({}, { ingressClass: 'traefik' }, by(undefined))).toEqual([]);
  });

  test.each([ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER])('clients of a %s, never to the metrics', type => {
    const clients = (props: Partial<GoStyleMicroserviceProps>) => ingressOf(props).filter(({ from }) => from[0].ipBlock);
    expect(clients({ service: { type }, metricsPort: 9090 })).toEqual([{ from: addresses('0.0.0.0/0', '::/0'), ports: tcp(8080) }]);
    expect(clients({ service: { type, allowedCidrs: ['203.0.113.0/24'] }, metricsPort: 8080 })).toEqual([{ from: addresses('203.0.113.0/24'), ports: tcp(8080) }]);
  });

  test('nobody, where an empty list is all that is stated', () => {
    const chart = shop();
    const service = orders(chart, { service: { type: ServiceType.LOAD_BALANCER, allowedCidrs: [] } });
    expect(service.networkPolicy.apiObject.toJson().spec).not.toHaveProperty('ingress');
  });
});

describe('whoever else the definition admits', () => {
  const policyWith = (networkPolicy: NetworkPolicyOptions, props: Partial<GoStyleMicroserviceProps> = {}) => {
    const chart = shop();
    orders(chart, { metricsPort: 9090, networkPolicy, ...props });
    expect(findings(chart)).toEqual([]);
    return rulesOf(chart);
  };
  const clients = (allowFrom: AllowedClients) => policyWith({ allowFrom: [allowFrom] }).ingress.filter(({ from }) => JSON.stringify(from) !== JSON.stringify([inNamespace('monitoring')]));
  const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/orders networkPolicy.${property}`, message, remedy);
  const foundIn = (networkPolicy: NetworkPolicyOptions, props: Partial<GoStyleMicroserviceProps> = {}) => {
    const chart = shop();
    orders(chart, { networkPolicy, ...props });
    return findings(chart);
  };

  test('pods by namespace, by labels of it, by their own labels, and addresses', () => {
    const all = tcp(8080, 9090);
    expect(clients({ namespace: 'tools' })).toEqual([{ from: [inNamespace('tools')], ports: all }]);
    expect(clients({ namespace: 'shop', podLabels: { app: 'probe' } })).toEqual([{ from: [{ ...inNamespace('shop'), podSelector: { matchLabels: { app: 'probe' } } }], ports: all }]);
    expect(clients({ podLabels: { app: 'probe' } })).toEqual([{ from: [{ podSelector: { matchLabels: { app: 'probe' } } }], ports: all }]);
    expect(clients({ podLabels: {} })).toEqual([{ from: [{ podSelector: {} }], ports: all }]);
    expect(clients({ namespaceLabels: { team: 'a' } })).toEqual([{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ports: all }]);
    expect(clients({ namespaceLabels: {}, podLabels: { app: 'probe' } })).toEqual([{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'probe' } } }], ports: all }]);
    expect(clients({ namespace: 'tools', cidrs: ['10.0.0.0/8', '2001:db8::/32'], exceptCidrs: ['10.1.0.0/16', '2001:db8:1::/48'] })).toEqual([{
      from: [
        inNamespace('tools'),
        { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
        { ipBlock: { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] } },
      ],
      ports: all,
    }]);
  });

  test('ports by name and number, those that no Service offers as well', () => {
    expect(clients({ namespace: 'tools', ports: ['metrics'] })).toEqual([{ from: [inNamespace('tools')], ports: tcp(9090) }]);
    const { ingress } = policyWith({ allowFrom: [{ namespace: 'tools', ports: ['admin', '8080'] }] }, { extraPorts: [{ name: 'admin', number: 9999, exposed: false }] });
    expect(ingress).toContainEqual({ from: [inNamespace('tools')], ports: tcp(8080, 9999) });
  });

  test('merged with what follows from connections', () => {
    const chart = shop();
    const service = orders(chart, { metricsPort: 9090, networkPolicy: { allowFrom: [{ podLabels: pods('web').podSelector.matchLabels, ports: ['metrics'] }] } });
    new GoStyleMicroservice(chart, 'web', { image: IMAGE }).connectTo(service);
    expect(rulesOf(chart).ingress).toContainEqual({ from: [pods('web')], ports: tcp(8080, 9090) });
  });

  test('the way out, to some ports or to all', () => {
    const egressOf = (allowTo: NetworkPolicyOptions['allowTo']) => {
      const chart = shop();
      orders(chart, { networkPolicy: { allowTo } });
      expect(findings(chart)).toEqual([]);
      return policyOf(chart, 'orders').egress.slice(1);
    };
    expect(egressOf([{ cidrs: ['0.0.0.0/0'], exceptCidrs: ['10.0.0.0/8', '192.168.0.0/16'], ports: [{ port: 443 }, { port: 30000, endPort: 30100, protocol: Protocol.UDP }] }])).toEqual([{
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '192.168.0.0/16'] } }],
      ports: [{ port: 443, protocol: 'TCP' }, { port: 30000, protocol: 'UDP', endPort: 30100 }],
    }]);
    expect(egressOf([{ namespace: 'vault' }])).toEqual([{ to: [inNamespace('vault')] }]);
    expect(egressOf([{ namespace: 'vault', ports: [{ port: 1 }] }, { namespace: 'vault' }])).toEqual([{ to: [inNamespace('vault')] }]);
  });

  test('any field of the policy', () => {
    const chart = shop();
    orders(chart, { networkPolicy: { fields: { policyTypes: ['Ingress'], egress: null as any } } });
    expect(findings(chart)).toEqual([]);
    expect(Object.keys(policyOf(chart, 'orders'))).toEqual(['podSelector', 'policyTypes']);
  });

  test.each<[NetworkPolicyOptions, string]>([
    [{ allowFrom: [{}] }, fault('invalid-value', 'allowFrom[0]', 'It names neither pods nor addresses.', "Write namespace, namespaceLabels, podLabels or cidrs; everybody is cidrs: ['0.0.0.0/0', '::/0'].")],
    [{ allowTo: [{ ports: [{ port: 1 }] }] }, fault('invalid-value', 'allowTo[0]', 'It names neither pods nor addresses.', "Write namespace, namespaceLabels, podLabels or cidrs; everybody is cidrs: ['0.0.0.0/0', '::/0'].")],
    [{ allowFrom: [{ namespace: 'a.b' }] }, fault('invalid-name', 'allowFrom[0].namespace', "'a.b' is not the name of a namespace.", 'Use at most 63 lower-case letters, digits and dashes.')],
    [{ allowFrom: [{ podLabels: { a: '-' } }] }, fault('invalid-label', "allowFrom[0].podLabels['a']", "'-' is not a label value.",
      'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.')],
    [{ allowFrom: [{ cidrs: ['10.0.0.0'] }] }, fault('invalid-value', 'allowFrom[0].cidrs[0]', "'10.0.0.0' is not a range of addresses.", "Write for example '203.0.113.0/24', or '203.0.113.7/32' for one address.")],
    [{ allowTo: [{ cidrs: ['10.0.0.0/8'], exceptCidrs: ['11.0.0.0/16'] }] }, fault('conflicting-options', 'allowTo[0].exceptCidrs[0]', "'11.0.0.0/16' lies in none of the ranges.", "Leave it out, or write the range around it into 'cidrs'.")],
    [{ allowFrom: [{ namespace: 'a', ports: ['nope'] }] }, fault('unknown-port', 'allowFrom[0].ports[0]', "The pods have no port 'nope'.", "Declare it, or name one of 'http'.")],
    [{ allowFrom: [{ namespace: 'a', ports: [] }] }, fault('invalid-value', 'allowFrom[0].ports', 'There is no port to reach.', 'Declare a port of the containers, and name it.')],
    [{ allowTo: [{ namespace: 'a', ports: [] }] }, fault('invalid-value', 'allowTo[0].ports', 'An empty list admits no port.', "Name the ports, or leave 'ports' out to admit all.")],
    [{ allowTo: [{ namespace: 'a', ports: [{ port: 0 }] }] }, fault('invalid-port', 'allowTo[0].ports[0].port', '0 is not a port number.', 'Write a whole number from 1 to 65535.')],
    [{ allowTo: [{ namespace: 'a', ports: [{ port: 9, endPort: 8 }] }] }, fault('invalid-port', 'allowTo[0].ports[0].endPort', 'The range ends with 8, before it begins with 9.', 'Write a number that is not below port.')],
    [{ fields: { ['ingres' as any]: [] } }, fault('unknown-field', 'fields.ingres', "NetworkPolicySpec has no field 'ingres'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'.")],
  ])('%j is refused', (networkPolicy, expected) => {
    expect(foundIn(networkPolicy)).toEqual([expected]);
  });

  test('a way out where there is none to open', () => {
    expect(foundIn({ allowTo: [{ namespace: 'a' }] }, { egress: Traffic.UNRESTRICTED })).toEqual([
      fault('conflicting-options', 'allowTo', 'The policy admits everything in this direction already.', "Leave it out, or drop 'egress'."),
    ]);
  });

  test('a range holds only smaller ones of its family', () => {
    expect(['10.1.0.0/16', '10.0.0.0/8', '11.0.0.0/16', '::/1', '0.0.0.0/0'].map(inner => containsCidr('10.0.0.0/8', inner))).toEqual([true, false, false, false, false]);
    expect(['::ffff:10.0.0.0/104', '2001:db8::/32', '10.0.0.0/8'].map(inner => containsCidr('::/8', inner))).toEqual([true, false, false]);
    expect(containsCidr('2001:db8::/32', '2001:db8:0:1::/64')).toBe(true);
  });
});

test('everybody at once', () => {
  const chart = shop({ ingressClass: 'traefik' });
  const service = orders(chart, { metricsPort: 9090, service: { type: ServiceType.LOAD_BALANCER, allowedCidrs: ['203.0.113.0/24'] } });
  new GoStyleMicroservice(chart, 'web', { image: IMAGE }).connectTo(service);
  Model.of(chart)._addRoute({ route: chart, target: service });
  service.connectTo(External.host('db.example.com', 5432, { cidrs: ['10.0.0.0/8'] }));
  expect(manifestOf(chart, 'NetworkPolicy', 'orders')).toMatchSnapshot();
});

test('a platform that is made later counts', () => {
  const chart = shop();
  orders(chart, { metricsPort: 9090 });
  new Platform(chart, { monitoringNamespace: 'late' });
  expect(rulesOf(chart).ingress).toEqual([{ from: [inNamespace('late')], ports: tcp(9090) }]);
});
