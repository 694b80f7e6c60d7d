import { Duration } from 'cdk8s';
import { External, Probe, Replicas } from '../../lib/definition';
import { KubernetesVersion } from '../../lib/platform';
import { HpaService } from '../../lib/scaling';
import { foundWith, mailer } from '../support/family';
import { containerOf, finding, findings, manifestOf, manifestsOf, orders, podOf, shop, yamlOf } from '../support/services';

test('whole manifests', () => {
  const chart = shop();
  const worker = mailer(chart, {
    ports: [{ name: 'metrics', number: 9090 }],
    metricsPort: 'metrics',
    health: { liveness: Probe.command(['/app/mailer', '-healthcheck']) },
  });
  worker.connectTo(External.host('queue.example.com', 5672));
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('everything that was made can be reached, and nothing leads to it', () => {
  const chart = shop();
  const { deployment, networkPolicy, serviceAccount, disruptionBudget, autoscaler } = mailer(chart, { replicas: Replicas.autoscaled({ max: 4 }) });
  expect([deployment, networkPolicy, serviceAccount!, disruptionBudget!, autoscaler!].map(({ name, apiObject }) => `${apiObject.kind} ${name}`).sort())
    .toEqual(Object.keys(manifestsOf(chart)).sort());
});

test('has no probes but those that it names', () => {
  const chart = shop();
  mailer(chart);
  expect(findings(chart)).toEqual([]);
  expect(Object.keys(containerOf(chart, 'mailer')).filter(key => key.endsWith('Probe'))).toEqual([]);
});

test('only monitoring reaches it', () => {
  const chart = shop();
  mailer(chart, { ports: [{ name: 'metrics', number: 9090 }, { name: 'debug', number: 6060 }], metricsPort: 'metrics' });
  expect(manifestOf(chart, 'NetworkPolicy').spec.ingress).toEqual([
    { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ port: 9090, protocol: 'TCP' }] },
  ]);
  const closed = shop();
  mailer(closed, { ports: [{ name: 'debug', number: 6060 }] });
  expect(manifestOf(closed, 'NetworkPolicy').spec).not.toHaveProperty('ingress');
});

test('its connections open both ends', () => {
  const chart = shop();
  mailer(chart).connectTo(orders(chart));
  const peer = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name } } });
  expect(manifestOf(chart, 'NetworkPolicy', 'mailer').spec.egress).toContainEqual({ to: [peer('orders')], ports: [{ port: 8080, protocol: 'TCP' }] });
  expect(manifestOf(chart, 'NetworkPolicy', 'orders').spec.ingress).toContainEqual({ from: [peer('mailer')], ports: [{ port: 8080, protocol: 'TCP' }] });
});

describe('drain', () => {
  const drainOf = (props: Parameters<typeof mailer>[1]) => {
    const chart = shop();
    mailer(chart, props);
    const { spec } = podOf(chart, 'mailer');
    return [spec.terminationGracePeriodSeconds, spec.containers[0].lifecycle];
  };

  test('nothing waits, since no load balancer has to forget it', () => {
    expect(drainOf({})).toEqual([25, undefined]);
    expect(drainOf({ drain: { timeout: Duration.minutes(2) } })).toEqual([125, undefined]);
    expect(drainOf({ drain: { delay: Duration.seconds(3) } })).toEqual([28, { preStop: { sleep: { seconds: 3 } } }]);
  });

  test('so nothing is to be said of it on old clusters', () => {
    expect(foundWith(mailer, {}, { kubernetesVersion: KubernetesVersion.of('1.27') })).toEqual([]);
  });
});

test('is scaled by its own autoscaler, or by a Service and an autoscaler in front of it', () => {
  const chart = shop();
  mailer(chart).addScaling({ max: 6, cpuUtilization: 60 });
  expect(findings(chart)).toEqual([]);
  expect(manifestOf(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({ maxReplicas: 6, scaleTargetRef: { kind: 'Deployment', name: 'mailer' } });
  expect(manifestOf(chart, 'Deployment').spec).not.toHaveProperty('replicas');
});

test('HpaService has no Service to put in front of it', () => {
  const chart = shop();
  new HpaService(chart, 'scaling', { target: mailer(chart, { ports: [{ name: 'http', number: 8080 }] }), ports: [{ name: 'http', number: 8080 }], scaling: { max: 5 } });
  expect(findings(chart)).toEqual([finding('error', 'conflicting-options', 'shop/scaling target',
    'The target is a Worker, which nothing may reach, so no Service can lead to it.', 'Scale it by its own replicas: Replicas.autoscaled(…), or by addScaling(…).')]);
});

test('a port that monitoring cannot find', () => {
  expect(foundWith(mailer, { metricsPort: 'metrics' })).toEqual([
    finding('error', 'unknown-port', 'shop/mailer metricsPort', "There is no port 'metrics' to scrape.", 'Declare it.'),
  ]);
});
