import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { MountPropagation, Placement, Volume } from '../../lib/definition';
import { Diagnostics } from '../../lib/diagnostics';
import { TrafficPolicy } from '../../lib/traffic';
import { collector, foundWith } from '../support/family';
import { finding, findings, IMAGE, manifestOf, manifestsOf, orders, shop, shopOn, yamlOf } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

const podOf = (props: Parameters<typeof collector>[1]) => {
  const chart = shop();
  collector(chart, props);
  return manifestOf(chart, 'DaemonSet').spec.template.spec;
};

test('whole manifests', () => {
  const chart = shop();
  const agent = collector(chart, {
    ports: [{ name: 'otlp', number: 4317, appProtocol: 'grpc' }],
    service: { internalTrafficPolicy: TrafficPolicy.LOCAL },
    volumes: { '/var/log/pods': Volume.hostPath('/var/log/pods', 'Directory').mounted({ readOnly: true, propagation: MountPropagation.HOST_TO_CONTAINER }) },
    everyNode: true,
  });
  Diagnostics.of(agent).acknowledge('host-access', 'the logs of the node are what it collects');
  expect(Diagnostics.of(chart).collect().map(({ code, acknowledgedReason }) => [code, acknowledgedReason])).toEqual([['host-access', 'the logs of the node are what it collects']]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

describe('without a port to offer', () => {
  test.each<[string, Parameters<typeof collector>[1]]>([
    ['none at all', {}],
    ['one that it keeps to itself', { ports: [{ name: 'metrics', number: 9090, exposed: false }], metricsPort: 'metrics' }],
  ])('%s', (_, props) => {
    const chart = shop();
    const agent = collector(chart, props);
    expect(findings(chart)).toEqual([]);
    expect(agent.service).toBeUndefined();
    expect(Object.keys(manifestsOf(chart)).sort()).toEqual(['DaemonSet collector', 'NetworkPolicy collector', 'ServiceAccount collector']);
    // No load balancer has to forget it.
    expect(manifestOf(chart, 'DaemonSet').spec.template.spec.terminationGracePeriodSeconds).toBe(25);
    expect(manifestOf(chart, 'DaemonSet').spec.template.spec.containers[0]).not.toHaveProperty('lifecycle');
  });

  test('nothing can be connected to it', () => {
    const chart = shop();
    orders(chart).connectTo(collector(chart));
    expect(findings(chart)).toEqual([finding('error', 'connection-without-port', "shop/orders connectTo('collector')",
      "'collector' offers no port, so nothing can be connected to it.", 'Declare the port at the target, or drop the connection.')]);
  });
});

test('with a port it is a service', () => {
  const chart = shop();
  const agent = collector(chart, { ports: [{ name: 'otlp', number: 4317 }] });
  orders(chart).connectTo(agent);
  expect(findings(chart)).toEqual([]);
  expect(agent.service!.name).toBe('collector');
  expect(manifestOf(chart, 'NetworkPolicy', 'collector').spec.ingress).toEqual([{
    from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' } } }], ports: [{ port: 4317, protocol: 'TCP' }],
  }]);
  expect(manifestOf(chart, 'DaemonSet').spec.template.spec.terminationGracePeriodSeconds).toBe(30);
});

describe('where it runs', () => {
  test('on nodes whose taints it tolerates', () => {
    expect(podOf({})).not.toHaveProperty('tolerations');
    expect(podOf({ placement: Placement.edge() }).tolerations).toEqual([{ key: 'node-role.kubernetes.io/edge', operator: 'Exists', effect: 'NoSchedule' }]);
  });

  test('on every node', () => {
    expect(podOf({ everyNode: true }).tolerations).toEqual([{ operator: 'Exists' }]);
    const pod = podOf({ everyNode: true, placement: Placement.of({ nodeSelector: { 'kubernetes.io/os': 'linux' }, tolerations: [{ key: 'a' }] }) });
    expect(pod.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux' });
    expect(pod.tolerations).toEqual([{ key: 'a', operator: 'Exists' }, { operator: 'Exists' }]);
  });
});

describe('into its node', () => {
  test('by the network of the node, where no policy holds', () => {
    const chart = shop();
    collector(chart, { ports: [{ name: 'metrics', number: 9100, exposed: false, hostPort: 9100 }], security: { hostNetwork: true } });
    expect(findings(chart)).toEqual([
      finding('warning', 'host-access', 'shop/collector ports[0].hostPort',
        'The pod takes port 9100 of its node, which the Pod Security Standards forbid, and of which each node has one.',
        "Leave hostPort out and use a Service, or acknowledge 'host-access' with the reason."),
      finding('warning', 'host-access', 'shop/collector security.hostNetwork',
        'The pod shares the network of its node, which the restricted Pod Security Standard forbids, and where no NetworkPolicy holds.',
        "Leave hostNetwork out, or acknowledge 'host-access' with the reason."),
    ]);
    expect(manifestOf(chart, 'DaemonSet').spec.template.spec).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(manifestOf(chart, 'DaemonSet').spec.template.spec.containers[0].ports).toEqual([{ name: 'metrics', containerPort: 9100, hostPort: 9100 }]);
  });

  test('there a port is that of the node', () => {
    expect(foundWith(collector, { ports: [{ name: 'metrics', number: 9100, hostPort: 9200 }], security: { hostNetwork: true } })
      .filter(text => text.startsWith('error'))).toEqual([
      finding('error', 'conflicting-options', 'shop/collector ports[0].hostPort',
        'In the network of its node the container listens on 9100 itself, and nothing leads there from 9200.', "Leave 'hostPort' out."),
    ]);
  });

  test('a port of the node is taken once', () => {
    const errors = (props: Parameters<typeof collector>[1]) => foundWith(collector, props!).filter(text => text.startsWith('error'));
    expect(errors({ ports: [{ name: 'a', number: 1, hostPort: 80 }, { name: 'b', number: 2, hostPort: 80 }] })).toEqual([
      finding('error', 'duplicate-port', 'shop/collector ports[1].hostPort', "Port 80/TCP of the node is declared twice, first by 'ports[0]'.",
        'Declare each port once and refer to it by its name.'),
    ]);
    expect(errors({ ports: [{ name: 'a', number: 1, hostPort: 80 }], sidecars: [{ name: 'proxy', image: IMAGE, ports: [{ number: 2, hostPort: 80 }] }] })).toEqual([
      finding('error', 'duplicate-port', 'shop/collector sidecars[0].ports[0]', "The containers of a pod share its ports, and 'collector' has port 80/TCP of the node already.",
        "Let 'proxy' listen on another port, under another name."),
    ]);
    expect(errors({ ports: [{ name: 'a', number: 1, hostPort: 70000 }] })).toEqual([
      finding('error', 'invalid-port', 'shop/collector ports[0].hostPort', '70000 is not a port number.', 'Write a whole number from 1 to 65535.'),
    ]);
  });

  test('what it mounts is seen there only from a privileged container', () => {
    const volumes = { '/mnt': Volume.hostPath('/mnt').mounted({ propagation: MountPropagation.BIDIRECTIONAL }) };
    expect(foundWith(collector, { volumes }).filter(text => text.startsWith('error'))).toEqual([
      finding('error', 'conflicting-options', "shop/collector volumes['/mnt'].propagation", 'Only a privileged container may mount something that its node sees.',
        'Use MountPropagation.HOST_TO_CONTAINER, or security: { privileged: true } for this container.'),
    ]);
    expect(foundWith(collector, { volumes, security: { privileged: true } }).filter(text => text.startsWith('error'))).toEqual([]);
  });
});

test('stands for its pods where cdk8s-plus takes some', () => {
  const chart = shop();
  const agent = collector(chart);
  const policy = new kplus.NetworkPolicy(chart, 'policy', { selector: agent });
  policy.addEgressRule(agent);
  const made = Testing.synth(chart).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== 'collector');
  expect(made.spec.podSelector.matchLabels).toEqual(agent.matchLabels);
});

test.each(['1.27', '1.36'])('%s takes all that is made for it', version => {
  const chart = shopOn(version);
  collector(chart, { everyNode: true, ports: [{ name: 'otlp', number: 4317 }], drain: { ownDelay: true } });
  expect(findings(chart)).toEqual([]);
  expect(Testing.synth(chart)).toHaveLength(4);
});
