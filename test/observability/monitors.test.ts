import { Chart, Duration, Testing } from 'cdk8s';
import {
  Environment, ExtraService, HpaService, Microservice, NodeAgent, Platform, type PlatformProps, PodMonitor, Probe, ServiceMonitor,
  type ServiceMonitorProps, ServiceType, StatefulService, Worker, type WorkerProps,
} from '../../lib';
import { finding, findings, IMAGE, manifestOf, manifestsOf, orders, shop } from '../support/services';

const health = { readiness: Probe.none(), liveness: Probe.none() };
const worker = (chart: Chart, props: Partial<WorkerProps> = {}) => new Worker(chart, 'mailer', { image: IMAGE, health, ...props });
const errors = (chart: Chart) => findings(chart).filter(text => text.startsWith('error'));
const kindsOf = (chart: Chart) => Object.keys(manifestsOf(chart)).filter(key => key.includes('Monitor')).sort();
const scraped = (chart: Chart, name: string) => (manifestOf(chart, 'NetworkPolicy', name).spec.ingress ?? [])
  .filter(({ from }: any) => from[0].namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === 'monitoring')
  .flatMap(({ ports }: any) => ports.map(({ port }: any) => port));
const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/monitor ${property}`, message, remedy);

function monitored(props: Omit<ServiceMonitorProps, 'target'> = {}, platform: PlatformProps = {}): Chart {
  const chart = shop(platform);
  new ServiceMonitor(chart, 'monitor', { target: orders(chart, { metricsPort: 9090 }), ...props });
  return chart;
}

describe('of a Service', () => {
  test('the whole manifest', () => {
    const chart = monitored({
      name: 'orders',
      interval: Duration.seconds(15),
      timeout: Duration.millis(9500),
      path: '/metrics/all',
      scheme: 'https',
      params: { format: ['text'] },
      honorLabels: true,
      relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }],
      metricRelabelings: [{ action: 'drop', sourceLabels: ['__name__'], regex: 'go_.*' }],
      labels: { team: 'shop' },
      annotations: { 'example.com/owner': 'shop' },
      endpointFields: { tlsConfig: { insecureSkipVerify: true } },
      fields: { jobLabel: 'app.kubernetes.io/name', sampleLimit: 10000 },
    }, { monitorLabels: { release: 'prometheus' } });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'ServiceMonitor')).toMatchSnapshot();
  });

  test('the port for monitoring, or another one, which opens too', () => {
    expect(manifestOf(monitored(), 'ServiceMonitor').spec.endpoints).toEqual([{ port: 'metrics' }]);
    const chart = monitored({ port: 'http' });
    expect(manifestOf(chart, 'ServiceMonitor').spec.endpoints).toEqual([{ port: 'http' }]);
    expect(scraped(chart, 'orders')).toEqual([8080, 9090]);
  });

  test('a port without a name', () => {
    const chart = shop();
    const service = new Microservice(chart, 'web', { image: IMAGE, ports: [{ number: 3000, servicePort: 80 }], health });
    new ServiceMonitor(chart, 'monitor', { target: service, port: '3000' });
    expect(errors(chart)).toEqual([]);
    expect(manifestOf(chart, 'ServiceMonitor').spec.endpoints).toEqual([{ targetPort: 3000 }]);
  });

  test('of another namespace', () => {
    const app = Testing.app();
    const target = orders(new Chart(app, 'shop', { namespace: 'shop' }), { metricsPort: 9090 });
    const chart = new Chart(app, 'watch', { namespace: 'monitoring' });
    new ServiceMonitor(chart, 'monitor', { target });
    expect(manifestOf(chart, 'ServiceMonitor').spec.namespaceSelector).toEqual({ matchNames: ['shop'] });
    expect(manifestOf(chart, 'ServiceMonitor').metadata.namespace).toBe('monitoring');
  });

  test('selects no other Service, in front of the same pods or not', () => {
    const chart = shop();
    const ports = [{ name: 'http', number: 80 }, { name: 'metrics', number: 9090 }];
    const stateful = new StatefulService(chart, 'ledger', { image: IMAGE, ports, metricsPort: 'metrics', health });
    new ExtraService(chart, 'extra', { targets: [stateful] });
    new ServiceMonitor(chart, 'monitor', { target: stateful });
    const { matchLabels, matchExpressions } = manifestOf(chart, 'ServiceMonitor').spec.selector;
    expect(matchExpressions).toEqual([{ key: 'cdk8s-golden-path/headless', operator: 'DoesNotExist' }]);
    const selected = Testing.synth(chart).filter(({ kind, metadata: { labels } }) => kind === 'Service'
      && Object.entries(matchLabels).every(([label, value]) => labels[label] === value) && !('cdk8s-golden-path/headless' in labels));
    expect(selected.map(({ metadata }) => metadata.name)).toEqual(['ledger']);
  });
});

describe('of pods', () => {
  test('the whole manifest', () => {
    const chart = shop({ monitorLabels: { release: 'prometheus' } });
    const target = worker(chart, { ports: [{ name: 'metrics', number: 9090 }], metricsPort: 'metrics' });
    new PodMonitor(chart, 'monitor', { target, interval: Duration.minutes(1), path: '/metrics', endpointFields: { filterRunning: false }, fields: { podTargetLabels: ['team'] } });
    expect(errors(chart)).toEqual([]);
    expect(manifestOf(chart, 'PodMonitor')).toMatchSnapshot();
    expect(scraped(chart, 'mailer')).toEqual([9090]);
  });

  test('a port without a name, and one of a sidecar', () => {
    const chart = shop();
    const target = worker(chart, { ports: [{ number: 9090 }], sidecars: [{ name: 'exporter', image: IMAGE, ports: [{ name: 'exporter', number: 9102 }] }] });
    new PodMonitor(chart, 'monitor', { target, port: '9090' });
    new PodMonitor(chart, 'other', { target, port: 'exporter' });
    expect(manifestOf(chart, 'PodMonitor', 'monitor').spec.podMetricsEndpoints).toEqual([{ portNumber: 9090 }]);
    expect(manifestOf(chart, 'PodMonitor', 'other').spec.podMetricsEndpoints).toEqual([{ port: 'exporter' }]);
    expect(scraped(chart, 'mailer')).toEqual([9090, 9102]);
  });
});

describe('the property monitoring', () => {
  const monitoring = { interval: Duration.seconds(15) };

  test('makes the kind that fits', () => {
    const chart = shop({ monitorLabels: { release: 'prometheus' } });
    orders(chart, { metricsPort: 9090, monitoring });
    worker(chart, { ports: [{ name: 'metrics', number: 9090 }], metricsPort: 'metrics', monitoring: { path: '/m', labels: { release: 'other' } } });
    new NodeAgent(chart, 'agent', { image: IMAGE, health, ports: [{ name: 'metrics', number: 9100, exposed: false }], metricsPort: 'metrics', monitoring });
    new StatefulService(chart, 'ledger', { image: IMAGE, health, ports: [{ name: 'http', number: 80 }], metricsPort: 'http', monitoring });
    expect(errors(chart)).toEqual([]);
    expect(kindsOf(chart)).toEqual(['PodMonitor agent', 'PodMonitor mailer', 'ServiceMonitor ledger', 'ServiceMonitor orders']);
    expect(manifestOf(chart, 'ServiceMonitor', 'orders')).toMatchObject({
      metadata: { labels: { 'release': 'prometheus', 'app.kubernetes.io/instance': 'orders' } },
      spec: { endpoints: [{ port: 'metrics', interval: '15s' }] },
    });
    expect(manifestOf(chart, 'PodMonitor', 'mailer')).toMatchObject({ metadata: { labels: { release: 'other' } }, spec: { podMetricsEndpoints: [{ port: 'metrics', path: '/m' }] } });
  });

  test('follows a load balancer, which does not offer metrics, whoever asked for it', () => {
    const chart = shop();
    const service = orders(chart, { metricsPort: 9090, monitoring });
    expect(kindsOf(chart)).toEqual(['ServiceMonitor orders']);
    new HpaService(chart, 'scaling', { target: service, scaling: { max: 5 }, service: { type: ServiceType.LOAD_BALANCER } });
    expect(errors(chart)).toEqual([]);
    expect(kindsOf(chart)).toEqual(['PodMonitor orders']);
    expect(scraped(chart, 'orders')).toEqual([9090]);
  });

  test('without a port to scrape', () => {
    const chart = shop();
    orders(chart, { monitoring });
    expect(findings(chart)).toEqual([finding('error', 'unknown-port', 'shop/orders/pod-monitor/monitor port', "'orders' says no port for monitoring.",
      "Write it as its metricsPort, or as port: one of 'http'.")]);
  });
});

describe('what is refused', () => {
  test.each<[Omit<ServiceMonitorProps, 'target'>, string]>([
    [{ port: 'nope' }, fault('unknown-port', 'port', "The Service 'orders' does not offer the port 'nope'.", "Declare it, or name one of 'http', 'metrics'.")],
    [{ path: 'metrics' }, fault('invalid-value', 'path', "'metrics' is not a path.", "Write one that begins with a slash, for example '/metrics'; what follows a question mark goes into params.")],
    [{ scheme: 'tcp' }, fault('invalid-value', 'scheme', "'tcp' is not a scheme to scrape by.", "Write 'http' or 'https'.")],
    [{ interval: Duration.seconds(0) }, fault('invalid-value', 'interval', 'The time is no whole number of milliseconds above zero.', 'Write for example Duration.seconds(30).')],
    [{ interval: Duration.seconds(10), timeout: Duration.seconds(11) }, fault('conflicting-options', 'timeout', 'A scrape may take longer than the time to the next one.', "Write at most the time of 'interval'.")],
    [{ labels: { 'a b': 'x' } }, fault('invalid-label', "labels['a b']", "'a b' is not a key for a label or annotation.",
      "Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash.")],
    [{ relabelings: [{ ['source' as any]: 'x' }] }, fault('unknown-field', 'relabelings[0].source', "MonitorMetricRelabeling has no field 'source'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'.")],
    [{ endpointFields: { ['timeout' as any]: 'x' } }, fault('unknown-field', 'endpointFields.timeout', "MonitorEndpoint has no field 'timeout'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'.")],
  ])('%j', (props, expected) => {
    expect(findings(monitored(props))).toEqual([expected]);
  });

  test('a Service that is not there, or does not offer the port', () => {
    const chart = shop();
    new ServiceMonitor(chart, 'monitor', { target: worker(chart, { ports: [{ name: 'metrics', number: 9090 }], metricsPort: 'metrics' }) });
    expect(errors(chart)).toEqual([fault('invalid-value', 'target', "'mailer' has no Service to scrape.", 'Write new PodMonitor(…), which scrapes the pods themselves.')]);
    const other = shop();
    new ServiceMonitor(other, 'monitor', { target: orders(other, { metricsPort: 9090, service: { type: ServiceType.LOAD_BALANCER } }) });
    expect(errors(other)).toEqual([fault('unknown-port', 'port', "The Service 'orders' does not offer the port 'metrics'.", 'Let the Service offer it, or write new PodMonitor(…), which scrapes the pods themselves.')]);
  });

  test('pods without the port', () => {
    const chart = shop();
    new PodMonitor(chart, 'monitor', { target: worker(chart) });
    new PodMonitor(chart, 'other', { target: worker(new Chart(chart, 'inner', { namespace: 'shop' }), { name: 'other' }), port: 'metrics' });
    expect(errors(chart)).toEqual([
      fault('unknown-port', 'port', "'mailer' says no port for monitoring.", 'Declare one, and write it as its metricsPort.'),
      finding('error', 'unknown-port', 'shop/other port', "'other' has no port 'metrics'.", 'Declare it.'),
    ]);
  });

  test('another environment, and labels of the platform that are none', () => {
    const app = Testing.app();
    new Platform(app, { monitorLabels: { release: 'a b' } });
    const target = orders(new Chart(app, 'shop', { namespace: 'shop' }), { metricsPort: 9090 });
    const chart = new Chart(new Environment(app, 'prod'), 'shop', { namespace: 'shop' });
    new ServiceMonitor(chart, 'monitor', { target });
    expect(errors(chart)).toContainEqual(finding('error', 'invalid-value', 'prod/shop/monitor target', "'shop/orders' belongs to another environment.", 'Make the monitor and the workload in the same environment.'));
    expect(findings(app.node.findChild('Platform') as any)).toEqual([finding('error', 'invalid-label', "Platform monitorLabels['release']", "'a b' is not a label value.",
      'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.')]);
  });
});
