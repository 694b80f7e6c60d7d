import { Duration, Testing } from 'cdk8s';
import { External, Placement, Probe } from '../../lib/definition';
import { invoices } from '../support/family';
import { findings, IMAGE, manifestOf, manifestsOf, orders, shop, shopOn, yamlOf } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

test('whole manifests', () => {
  const chart = shop();
  const task = invoices(chart, { timeZone: 'Europe/Vienna', deadline: Duration.hours(2), args: ['--month', 'last'] });
  task.connectTo(External.host('mail.example.com', 587));
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('everything that was made can be reached', () => {
  const chart = shop();
  const { cronJob, networkPolicy, serviceAccount } = invoices(chart);
  expect([cronJob, networkPolicy, serviceAccount!].map(({ name, apiObject }) => `${apiObject.kind} ${name}`).sort()).toEqual(Object.keys(manifestsOf(chart)).sort());
});

test('nobody reaches it, and it reaches what it is connected to', () => {
  const chart = shop();
  invoices(chart).connectTo(orders(chart));
  const { spec } = manifestOf(chart, 'NetworkPolicy', 'invoices');
  expect(spec).not.toHaveProperty('ingress');
  expect(spec.egress).toContainEqual({
    to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' } } }], ports: [{ port: 8080, protocol: 'TCP' }],
  });
  const selector = spec.podSelector.matchLabels;
  expect(manifestOf(chart, 'CronJob').spec.jobTemplate.spec.template.metadata.labels).toMatchObject(selector);
});

test('its pods are those of every workload', () => {
  const chart = shop();
  invoices(chart, {
    placement: Placement.edge(),
    health: { liveness: Probe.command(['/app/alive']) },
    drain: { timeout: Duration.minutes(1) },
    initContainers: [{ name: 'fetch', image: IMAGE }],
  });
  const { spec } = manifestOf(chart, 'CronJob').spec.jobTemplate.spec.template;
  expect(spec).toMatchObject({ restartPolicy: 'Never', terminationGracePeriodSeconds: 65, nodeSelector: { 'kubernetes.io/arch': 'arm64' }, automountServiceAccountToken: false });
  expect(spec.containers[0]).not.toHaveProperty('lifecycle');
  expect(spec.containers[0].livenessProbe.exec.command).toEqual(['/app/alive']);
});

test.each(['1.27', '1.36'])('%s takes all that is made for it', version => {
  const chart = shopOn(version);
  invoices(chart, { parallelism: 2, completions: 2, indexed: true });
  expect(findings(chart)).toEqual([]);
  expect(Testing.synth(chart)).toHaveLength(3);
});
