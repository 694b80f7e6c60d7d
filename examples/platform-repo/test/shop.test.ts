import { Chart } from 'cdk8s';
import { ContainerImage, GoStyleMicroservice, testing } from 'cdk8s-golden-path';
import { AcmeApp } from '../src/acme/acme-app';
import { Stage } from '../src/acme/stage';
import { createApp } from '../src/app';

/** What there is in an environment. */
function manifestsOf(stage: string): testing.Manifests {
  return testing.Manifests.of(createApp().node.findChild(stage));
}

test('there is nothing to complain of, and everything that an object names is there', () => {
  const manifests = testing.Manifests.of(createApp());
  manifests.hasNoDiagnostics();
  manifests.allReferencesResolve();
});

test('orders in production, whole', () => {
  expect(manifestsOf('production').objects.filter(({ metadata }) => metadata.labels['app.kubernetes.io/instance'] === 'orders')).toMatchSnapshot();
});

test.each(Object.keys(Stage.ALL))('what there is in %s', stage => {
  expect(manifestsOf(stage).objects.map(({ kind, metadata: { name } }) => `${kind}/${name}`).sort()).toMatchSnapshot();
});

test.each([['catalog', 'assortment'], ['orders', 'checkout'], ['web', 'storefront']])('%s is of the team %s', (service, team) => {
  manifestsOf('production').hasObject('Deployment', service, { metadata: { labels: { 'acme.example/team': team } } });
});

test('production survives the loss of a pod, and dev is small', () => {
  expect(manifestsOf('production').findObjects('HorizontalPodAutoscaler').map(({ spec }) => spec.minReplicas)).toEqual([3, 3, 3]);
  expect(manifestsOf('dev').findObjects('Deployment').map(({ spec }) => spec.replicas)).toEqual([1, 1, 1]);
});

test('a stage has its own domain', () => {
  const manifests = manifestsOf('staging');
  manifests.countIs('Ingress', 1);
  manifests.hasObject('Ingress', 'public', { spec: { rules: [{ host: 'shop.staging.acme.example' }] } });
});

test('images of others are refused', () => {
  const app = new AcmeApp();
  const chart = new Chart(new Stage(app, 'dev', Stage.ALL.dev), 'other', { namespace: 'other' });
  new GoStyleMicroservice(chart, 'foreign', { image: ContainerImage.reference('ghcr.io/somebody/foreign:1.0.0') });
  expect(() => testing.Manifests.of(app).hasNoDiagnostics()).toThrow(/forbidden-by-platform .*ghcr\.io\/somebody\/foreign/);
});
