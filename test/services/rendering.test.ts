import { App, Chart, Testing } from 'cdk8s';
import { EnvSource, External, Replicas, Resources, Volume } from '../../lib/definition';
import { KubernetesVersion, Platform, PodSecurityPreset } from '../../lib/platform';
import { HpaService } from '../../lib/scaling';
import { GoStyleMicroservice } from '../../lib/services';
import { PlatformApp } from '../../lib/synthesis';
import { findings, IMAGE } from '../support/services';

/** Calls of a user that may come in any order. */
type Step = (world: { app: App; shop: Chart; orders: GoStyleMicroservice; web: GoStyleMicroservice }) => void;

const STEPS: Step[] = [
  ({ orders, web }) => web.connectTo(orders),
  ({ orders }) => orders.connectTo(External.host('db.example.com', 5432)),
  ({ orders }) => orders.connectTo(External.host('10.0.0.1', 443, { name: 'bank' }), { env: false }),
  ({ app }) => new Platform(app, { kubernetesVersion: KubernetesVersion.of('1.33'), resources: Resources.of({ cpu: '50m', memory: '64Mi' }), labels: { stage: 'prod' } }),
  ({ shop }) => new Platform(shop, { podSecurity: PodSecurityPreset.OPENSHIFT, labels: { team: 'shop' } }),
  ({ web }) => web.addScaling({ max: 5 }),
  ({ shop, orders }) => new HpaService(shop, 'scaling', { target: orders, scaling: { max: 9 }, service: { annotations: { 'example.com/a': 'b' } } }),
];

function build(steps: readonly Step[], app: App = new App()): Chart {
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  const orders = new GoStyleMicroservice(shop, 'orders', {
    image: IMAGE,
    env: { B: '2', A: '$(B)' },
    envFrom: [EnvSource.configMap('settings')],
    volumes: { '/b': Volume.secret('keys'), '/a': Volume.emptyDir() },
    metricsPort: 9090,
  });
  const web = new GoStyleMicroservice(shop, 'web', { image: IMAGE, replicas: Replicas.fixed(1) });
  steps.forEach(step => step({ app, shop, orders, web }));
  return shop;
}

const bytes = (chart: Chart) => JSON.stringify(Testing.synth(chart));

/** Without the order of the objects, which is that in which they were made. */
const objects = (chart: Chart) => Object.fromEntries(Testing.synth(chart).map(manifest => [`${manifest.kind} ${manifest.metadata.name}`, manifest]));

test('rendering twice gives the same', () => {
  const chart = build(STEPS);
  expect(findings(chart)).toEqual(findings(chart));
  expect(bytes(chart)).toBe(bytes(chart));
});

test('two apps of one definition give the same bytes', () => {
  expect(bytes(build(STEPS))).toBe(bytes(build(STEPS)));
});

test.each([0, 1, 2, 3, 4, 5, 6])('the order of the calls does not matter: %d places on', offset => {
  const moved = [...STEPS.slice(offset), ...STEPS.slice(0, offset)];
  expect(objects(build(moved))).toEqual(objects(build(STEPS)));
  expect(objects(build([...moved].reverse()))).toEqual(objects(build(STEPS)));
});

test('a platform counts whenever it is made', () => {
  const { spec } = objects(build(STEPS))['Deployment web'].spec.template;
  expect(spec.containers[0].env).toContainEqual({ name: 'GOMEMLIMIT', value: '57MiB' });
  expect(spec.securityContext).not.toHaveProperty('runAsUser');
  expect(objects(build(STEPS))['Service web'].metadata.labels).toMatchObject({ stage: 'prod', team: 'shop' });
});

test('a stock App and a PlatformApp give the same', () => {
  expect(build(STEPS, new PlatformApp({ outdir: Testing.app().outdir })).toJson()).toEqual(build(STEPS).toJson());
  const app = new App();
  build(STEPS, app);
  const platformApp = new PlatformApp();
  build(STEPS, platformApp);
  expect(platformApp.synthYaml()).toBe(app.synthYaml());
});

test('nothing is made while an app is rendered', () => {
  const chart = build(STEPS);
  const before = chart.node.findAll().map(({ node }) => node.path);
  findings(chart);
  Testing.synth(chart);
  expect(chart.node.findAll().map(({ node }) => node.path)).toEqual(before);
});

test('in a chart for tests', () => {
  const chart = Testing.chart();
  new GoStyleMicroservice(chart, 'orders', { image: IMAGE });
  expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['ServiceAccount', 'NetworkPolicy', 'Deployment', 'Service', 'PodDisruptionBudget']);
});

test('an error of a stock App says what to write', () => {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new GoStyleMicroservice(chart, 'orders', { image: IMAGE, replicas: Replicas.autoscaled({ min: 5, max: 2 }) });
  expect(() => app.synthYaml()).toThrow('[shop/orders] min-above-max (replicas.min): min 5 is above max 2. Raise max or lower min.');
});
