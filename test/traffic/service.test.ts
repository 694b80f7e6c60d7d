import { Chart, Duration } from 'cdk8s';
import { Protocol } from '../../lib/definition';
import { Microservice, type MicroserviceProps } from '../../lib/services';
import { type ServiceOptions, ServiceType, TrafficPolicy } from '../../lib/traffic';
import { envOf, finding, findings, IMAGE, manifestOf, orders, shop } from '../support/services';

/** What a Service with these options is, in an app where nothing is wrong. */
function specOf(service: ServiceOptions, props: Partial<MicroserviceProps> = {}): any {
  const chart = shop();
  web(chart, { service, ...props });
  expect(findings(chart)).toEqual([]);
  return manifestOf(chart, 'Service').spec;
}

function foundIn(service: ServiceOptions, props: Partial<MicroserviceProps> = {}): string[] {
  const chart = shop();
  web(chart, { service, ...props });
  return findings(chart);
}

function web(chart: Chart, props: Partial<MicroserviceProps>): Microservice {
  return new Microservice(chart, 'web', { image: IMAGE, ports: [{ name: 'http', number: 3000, servicePort: 80 }], ...props });
}

const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/web ${property}`, message, remedy);

describe('whole manifests', () => {
  test.each(Object.values(ServiceType))('%s', type => {
    const chart = shop();
    web(chart, { service: { type } });
    const service = manifestOf(chart, 'Service');
    expect(service).toMatchSnapshot();
  });

  test('a load balancer with everything', () => {
    const chart = shop();
    web(chart, {
      ports: [
        { name: 'http', number: 3000, servicePort: 80, appProtocol: 'http' },
        { name: 'dns', number: 5353, servicePort: 53, protocol: Protocol.UDP },
        { name: 'admin', number: 9000, exposed: false },
      ],
      service: {
        type: ServiceType.LOAD_BALANCER,
        allowedCidrs: ['203.0.113.0/24', '2001:db8::/32'],
        nodePorts: { http: 30080, 53: 30053 },
        sessionAffinity: Duration.hours(3),
        internalTrafficPolicy: TrafficPolicy.LOCAL,
        loadBalancerClass: 'example.com/internal',
        publishNotReadyAddresses: true,
        annotations: { 'example.com/scheme': 'internal' },
        fields: { ipFamilyPolicy: 'PreferDualStack', healthCheckNodePort: 30100 },
      },
    });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Service')).toMatchSnapshot();
  });
});

describe('ports', () => {
  test('lead to the name of the container port, else to its number', () => {
    expect(specOf({}).ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
    expect(specOf({}, { ports: [{ number: 3000 }] }).ports).toEqual([{ port: 3000, targetPort: 3000 }]);
  });

  test('those of a sidecar that says so', () => {
    const sidecars = [{ name: 'proxy', image: IMAGE, ports: [{ name: 'proxy', number: 4180, exposed: true }, { name: 'stats', number: 4181 }] }];
    expect(specOf({}, { sidecars }).ports.map(({ name }: any) => name)).toEqual(['http', 'proxy']);
    expect(foundIn({}, { sidecars: [{ ...sidecars[0], ports: [{ number: 4180, servicePort: 80, exposed: true }] }] })).toEqual([
      fault('duplicate-port', 'sidecars[0].ports[0].servicePort', "Port 80/TCP of the Service is declared twice, first by 'ports[0]'.",
        'Declare each port once and refer to it by its name.'),
      fault('invalid-name', 'sidecars[0].ports[0].name', 'Port 4180 has no name, but the Service offers 2 ports.',
        "Give each port a 'name'; Kubernetes requires it as soon as a Service has two."),
    ]);
  });

  test('each fault is reported once', () => {
    expect(foundIn({}, { ports: [{ name: 'a', number: 80 }, { name: 'b', number: 80 }, { name: 'c', number: 81, servicePort: 0 }, { name: 'a', number: 70000 }] })).toEqual([
      fault('duplicate-port', 'ports[1]', "Port 80/TCP is declared twice, first by 'ports[0]'.", 'Declare each port once and refer to it by its name.'),
      fault('invalid-port', 'ports[3]', '70000 is not a port number.', 'Write a whole number from 1 to 65535.'),
      fault('duplicate-port', 'ports[3].name', "The port name 'a' is declared twice, first by 'ports[0]'.", 'Declare each port once and refer to it by its name.'),
      fault('invalid-port', 'ports[2].servicePort', '0 is not a port number.', 'Write a whole number from 1 to 65535.'),
    ]);
  });

  test('that for monitoring is not for who comes from outside, unless it is all that there is', () => {
    const ports = [{ name: 'http', number: 3000 }, { name: 'metrics', number: 9090 }];
    const namesOf = (type: ServiceType, metricsPort: string) => specOf({ type }, { ports, metricsPort }).ports.map(({ name }: any) => name);
    expect(namesOf(ServiceType.CLUSTER_IP, 'metrics')).toEqual(['http', 'metrics']);
    expect(namesOf(ServiceType.HEADLESS, 'metrics')).toEqual(['http', 'metrics']);
    expect(namesOf(ServiceType.NODE_PORT, 'metrics')).toEqual(['http']);
    expect(namesOf(ServiceType.LOAD_BALANCER, 'metrics')).toEqual(['http']);
    expect(namesOf(ServiceType.LOAD_BALANCER, 'http')).toEqual(['http', 'metrics']);
  });

  test('each says its application protocol, its transport and its number in the Service', () => {
    expect(specOf({}, {
      ports: [
        { name: 'redis', number: 6379, appProtocol: 'redis' },
        { name: 'grpc', number: 9000, servicePort: 50051, appProtocol: 'kubernetes.io/h2c' },
        { name: 'sctp', number: 132, protocol: Protocol.SCTP },
      ],
    }).ports).toEqual([
      { name: 'redis', port: 6379, targetPort: 'redis', appProtocol: 'redis' },
      { name: 'grpc', port: 50051, targetPort: 'grpc', appProtocol: 'kubernetes.io/h2c' },
      { name: 'sctp', port: 132, targetPort: 'sctp', protocol: 'SCTP' },
    ]);
  });

  test('none to offer', () => {
    const nothing = [fault('unknown-port', 'ports', 'The Service has no port to offer.', 'Declare a port, or let one be exposed.')];
    expect(foundIn({}, { ports: [] })).toEqual(nothing);
    expect(foundIn({}, { ports: [{ name: 'http', number: 3000, exposed: false }] })).toEqual(nothing);
    expect(specOf({ type: ServiceType.HEADLESS }, { ports: [] })).not.toHaveProperty('ports');
  });
});

describe('headless', () => {
  test('clients reach the pods themselves, so they get the ports of the pods', () => {
    const chart = shop();
    const members = web(chart, { service: { type: ServiceType.HEADLESS } });
    orders(chart).connectTo(members);
    expect(envOf(chart)).toMatchObject({ WEB_HOST: 'web', WEB_PORT: '3000', WEB_URL: 'http://web:3000' });
  });
});

describe('where clients come from', () => {
  test('stated addresses are seen by the network policy, so they are kept', () => {
    const service = { type: ServiceType.LOAD_BALANCER, allowedCidrs: ['203.0.113.0/24'] };
    expect(specOf(service)).toMatchObject({ loadBalancerSourceRanges: ['203.0.113.0/24'], externalTrafficPolicy: 'Local' });
    expect(specOf({ ...service, externalTrafficPolicy: TrafficPolicy.CLUSTER }).externalTrafficPolicy).toBe('Cluster');
    expect(specOf({ type: ServiceType.LOAD_BALANCER })).not.toHaveProperty('externalTrafficPolicy');
  });

  test('a node port has no ranges of its own', () => {
    const spec = specOf({ type: ServiceType.NODE_PORT, allowedCidrs: ['203.0.113.0/24'] });
    expect(spec).not.toHaveProperty('loadBalancerSourceRanges');
    expect(spec.externalTrafficPolicy).toBe('Local');
  });

  test.each(['203.0.113.0', '203.0.113.0/33', '300.0.113.0/24', '2001:db8::/129', 'example.com/24', '1::2::3/64', ''])('%p is no range', cidr => {
    expect(foundIn({ type: ServiceType.LOAD_BALANCER, allowedCidrs: ['::/0', cidr] })).toEqual([fault('invalid-value', 'service.allowedCidrs',
      `'${cidr}' is not a range of addresses.`, "Write for example '203.0.113.0/24', or '203.0.113.7/32' for one address.")]);
  });

  test('an empty list', () => {
    expect(foundIn({ type: ServiceType.LOAD_BALANCER, allowedCidrs: [] })).toEqual([fault('invalid-value', 'service.allowedCidrs',
      'An empty list admits nobody.', 'Name the addresses, or choose ServiceType.CLUSTER_IP.')]);
  });
});

describe('options that contradict each other', () => {
  test.each([ServiceType.CLUSTER_IP, ServiceType.HEADLESS])('%s is not reached from outside', type => {
    const inside = (property: string) => fault('conflicting-options', `service.${property}`,
      `A ${type} Service is not reached from outside the cluster, so ${property} says nothing.`, 'Leave it out, or choose ServiceType.NODE_PORT or LOAD_BALANCER.');
    expect(foundIn({ type, allowedCidrs: ['::/0'], externalTrafficPolicy: TrafficPolicy.LOCAL, nodePorts: { http: 30080 }, loadBalancerClass: 'a/b' })).toEqual([
      inside('allowedCidrs'),
      inside('externalTrafficPolicy'),
      inside('nodePorts'),
      fault('conflicting-options', 'service.loadBalancerClass', `A ${type} Service has no load balancer.`, 'Leave it out, or choose ServiceType.LOAD_BALANCER.'),
    ]);
  });

  test('node ports', () => {
    expect(foundIn({ type: ServiceType.NODE_PORT, nodePorts: { http: 8080, 80: 30080, grpc: 30080, x: 0 } })).toEqual([
      fault('invalid-port', "service.nodePorts['http']", '8080 lies outside the range of node ports.', 'Write a number from 30000 to 32767, or leave it to the cluster.'),
      fault('unknown-port', "service.nodePorts['grpc']", "The Service has no port 'grpc'.", "Name one of 'http'."),
      fault('duplicate-port', "service.nodePorts['grpc']", "Node port 30080 leads to '80' already.", 'Give each port its own, or leave it to the cluster.'),
      fault('unknown-port', "service.nodePorts['x']", "The Service has no port 'x'.", "Name one of 'http'."),
      fault('invalid-port', "service.nodePorts['x']", '0 is not a port number.', 'Write a whole number from 1 to 65535.'),
    ]);
  });

  test.each([
    [Duration.seconds(0), '0 seconds are refused by Kubernetes.', 'Write 1 second to 24 hours.'],
    [Duration.hours(25), '90000 seconds are refused by Kubernetes.', 'Write 1 second to 24 hours.'],
    [Duration.millis(1500), 'Kubernetes counts whole seconds, and this is 1500 milliseconds.', 'Write Duration.seconds(2).'],
  ])('session affinity of %s', (sessionAffinity, message, remedy) => {
    expect(foundIn({ sessionAffinity })).toEqual([fault('invalid-value', 'service.sessionAffinity', message, remedy)]);
  });

  test('annotations and fields', () => {
    expect(foundIn({ annotations: { 'not a key': 'a' }, fields: { trafficDistribution: 'PreferClose', ['clusterip' as any]: 'None' } })).toEqual([
      fault('invalid-label', "service.annotations['not a key']", "'not a key' is not a key for a label or annotation.",
        "Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash."),
      fault('unknown-field', 'service.fields.clusterip', "ServiceSpec has no field 'clusterip'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'."),
    ]);
  });
});

test('a name that a host cannot have, once for everything that has it', () => {
  const chart = shop();
  new Microservice(chart, '1st', { image: IMAGE, ports: [{ number: 80 }] });
  expect(findings(chart)).toEqual([finding('error', 'invalid-name', 'shop/1st name', "'1st' is not a name that Kubernetes accepts.",
    "Use lower-case letters, digits and dashes, beginning with a letter and ending with a letter or digit; give a 'name' where the id of the construct is different.")]);
});
