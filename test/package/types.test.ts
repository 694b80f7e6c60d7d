import { type Snippet, snippet, typeErrors } from './snippets';

jest.setTimeout(120_000);

/** A service with some props, as a user writes it. */
function service(name: string, props: string): Snippet {
  return snippet(name, `
    import { Chart, Size, Duration } from 'cdk8s';
    import * as all from 'cdk8s-golden-path';
    import { ContainerImage, GoStyleMicroservice, Platform, PlatformApp, Probe, Replicas, Resources, Volume } from 'cdk8s-golden-path';
    const image = ContainerImage.reference('ghcr.io/acme/orders:1.0.0');
    const app = new PlatformApp();
    const service = new GoStyleMicroservice(new Chart(app, 'shop'), 'orders', ${props});`);
}

/** What is wrong, the props, and what the compiler says about them. */
const WRONG: [string, string, RegExp][] = [
  ['no image', '{}', /Property 'image' is missing/],
  ['an image that is a text', "{ image: 'ghcr.io/acme/orders:1.0.0' }", /Type 'string' is not assignable to type 'ContainerImage'/],
  ['a port that is a text', "{ image, port: '8080' }", /Type 'string' is not assignable to type 'number'/],
  ['a property that does not exist', '{ image, prot: 8080 }', /'prot' does not exist in type 'GoStyleMicroserviceProps'/],
  ['resources that are a plain object', "{ image, resources: { cpu: '100m' } }", /'cpu' does not exist in type 'Resources'/],
  ['cpu that is a number', '{ image, resources: Resources.of({ cpu: 100 }) }', /Type 'number' is not assignable to type 'string'/],
  ['memory that is a Size', '{ image, resources: Resources.of({ memory: Size.mebibytes(256) }) }', /Type 'Size' is not assignable to type 'string'/],
  ['replicas that are a number', '{ image, replicas: 3 }', /Type 'number' is not assignable to type 'Replicas'/],
  ['an autoscaler without max', '{ image, replicas: Replicas.autoscaled({ min: 2 }) }', /Property 'max' is missing/],
  ['env with a number', '{ image, env: { PORT: 8080 } }', /Type 'number' is not assignable to type 'string'/],
  ['a probe that is a text', "{ image, health: { readiness: '/readyz' } }", /Type 'string' is not assignable to type 'Probe'/],
  ['a period that is a number', "{ image, health: { readiness: Probe.http('/readyz', { period: 10 }) } }", /Type 'number' is not assignable to type 'Duration'/],
  ['a volume that is a text', "{ image, volumes: { '/data': 'data' } }", /Type 'string' is not assignable to type 'Volume'/],
  ['a field that Kubernetes does not have', '{ image, deploymentFields: { replica: 2 } }', /'replica' does not exist in type 'DeploymentSpecFields'/],
];

test('wrong types do not compile', () => {
  const errors = typeErrors(WRONG.map(([name, props]) => service(name, props)));
  for (const [name, , message] of WRONG) {
    expect({ name, errors: errors.get(name) }).toEqual({ name, errors: [expect.stringMatching(message)] });
  }
});

test('the same with the right types does', () => {
  const right = service('right', `{
    image, port: 8080, resources: Resources.of({ cpu: '100m', memory: '256Mi' }), replicas: Replicas.autoscaled({ min: 2, max: 3 }), env: { PORT: '8080' },
    health: { readiness: Probe.http('/readyz', { period: Duration.seconds(10) }) }, volumes: { '/data': Volume.emptyDir() }, deploymentFields: { revisionHistoryLimit: 2 },
  }`);
  const rest = snippet('rest', `
    import { PlatformApp, Platform, KubernetesVersion } from 'cdk8s-golden-path';
    new Platform(new PlatformApp(), { kubernetesVersion: KubernetesVersion.of('1.33') });`);
  expect([...typeErrors([right, rest]).values()].flat()).toEqual([]);
});

test('what is given cannot be changed afterwards', () => {
  const errors = typeErrors([snippet('platform', `
    import { Environment, PlatformApp } from 'cdk8s-golden-path';
    const environment = new Environment(new PlatformApp(), 'prod');
    environment.name = 'dev';`)]);
  expect(errors.get('platform')).toEqual([expect.stringMatching(/Cannot assign to 'name' because it is a read-only property/)]);
});
