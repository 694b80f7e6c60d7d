import { Chart } from 'cdk8s';
import { ContainerImage, Environment, GoStyleMicroservice } from 'cdk8s-golden-path';
import { AcmeApp } from '../src/acme/acme-app';
import { Stage } from '../src/acme/stage';
import { createApp } from '../src/app';

/** An object of the Kubernetes API, as far as the tests read it. */
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: { readonly [label: string]: string } };
  readonly spec: { readonly [field: string]: any };
}

/** The objects of an environment. */
function objectsOf(environment: string): Manifest[] {
  return createApp().charts.filter(chart => Environment.of(chart)?.name === environment).flatMap(chart => chart.toJson());
}

const ofKind = (kind: string, objects: readonly Manifest[]): Manifest[] => objects.filter(object => object.kind === kind);
const nameOf = ({ kind, metadata: { name } }: Manifest): string => `${kind}/${name}`;

test('orders in production, whole', () => {
  expect(objectsOf('production').filter(({ metadata }) => metadata.labels['app.kubernetes.io/instance'] === 'orders')).toMatchSnapshot();
});

test.each(Object.keys(Stage.ALL))('what there is in %s', stage => {
  expect(objectsOf(stage).map(nameOf).sort()).toMatchSnapshot();
});

test('every service says whose it is', () => {
  const teams = ofKind('Deployment', objectsOf('production')).map(({ metadata: { name, labels } }) => [name, labels['acme.example/team']]);
  expect(teams).toEqual([['catalog', 'assortment'], ['orders', 'checkout'], ['web', 'storefront']]);
});

test('production survives the loss of a pod, and dev is small', () => {
  expect(ofKind('HorizontalPodAutoscaler', objectsOf('production')).map(({ spec }) => spec.minReplicas)).toEqual([3, 3, 3]);
  expect(ofKind('Deployment', objectsOf('dev')).map(({ spec }) => spec.replicas)).toEqual([1, 1, 1]);
});

test('a stage has its own domain', () => {
  expect(ofKind('Ingress', objectsOf('staging')).flatMap(({ spec }) => spec.rules).map(({ host }) => host)).toEqual(['shop.staging.acme.example']);
});

test('images of others are refused', () => {
  const app = new AcmeApp();
  const chart = new Chart(new Stage(app, 'dev', Stage.ALL.dev), 'other', { namespace: 'other' });
  new GoStyleMicroservice(chart, 'foreign', { image: ContainerImage.reference('ghcr.io/somebody/foreign:1.0.0') });
  expect(() => app.synthYaml()).toThrow(/forbidden-by-platform .*ghcr\.io\/somebody\/foreign/);
});
