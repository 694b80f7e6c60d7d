import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, type AppProps, Chart, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { PlatformApp } from '../../lib';
import { presentWhile } from '../../lib/synthesis/presence';

const LAYOUTS = Object.values(YamlOutputType).filter((value): value is YamlOutputType => typeof value === 'number');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The files below a folder with their text; our own list of them is no output. */
function filesBelow(directory: string): { [file: string]: string } {
  const files = (readdirSync(directory, { recursive: true }) as string[]).filter(file => !file.includes('.written-by') && statSync(join(directory, file)).isFile());
  return Object.fromEntries(files.sort().map(file => [file.replace(/\\/g, '/'), readFileSync(join(directory, file), 'utf8')]));
}

interface Outcome {
  readonly files: { [file: string]: string };
  /** Whether synthesis failed. */
  readonly failed: boolean;
}

function outcome(make: (props: AppProps) => App, build: (app: App) => void, props: AppProps): Outcome {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const app = make({ ...props, outdir });
  build(app);
  try {
    app.synth();
  } catch {
    return { files: {}, failed: true };
  }
  return { files: filesBelow(outdir), failed: false };
}

function expectSame(build: (app: App) => void, props: AppProps): Outcome {
  const stock = outcome(given => new App(given), build, props);
  const ours = outcome(given => new PlatformApp({ ...given, artifactsOutdir: join(folder, 'artifacts') }), build, props);
  expect(ours).toEqual(stock);
  return ours;
}

/** Everything that decides what a stock app writes: kinds of objects, groups, charts in charts, dependencies of all of them. */
function buildSample(app: App): void {
  const shop = new Chart(app, 'shop', { namespace: 'shop', labels: { team: 'shop' } });
  const config = new kplus.ConfigMap(shop, 'config', { data: { b: '2', a: '1' } });
  const deployment = new kplus.Deployment(shop, 'deployment', { replicas: 2, containers: [{ image: 'web:1', portNumber: 8080 }] });
  deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  new kplus.HorizontalPodAutoscaler(shop, 'scaler', { target: new kplus.Deployment(shop, 'scaled', { containers: [{ image: 'api:1', portNumber: 80 }] }), maxReplicas: 4 });
  const group = new Construct(shop, 'group');
  const first = new ApiObject(group, 'first', { apiVersion: 'v1', kind: 'ConfigMap', data: { text: 'one\ntwo\n' } });
  const second = new ApiObject(group, 'second', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'second' } });
  first.addDependency(second);
  config.node.addDependency(group);
  const nested = new Chart(shop, 'nested');
  new ApiObject(nested, 'inner', { apiVersion: 'v1', kind: 'Secret', type: 'Opaque' });
  const other = new Chart(app, 'other');
  other.addDependency(shop);
  new ApiObject(other, 'outer', { apiVersion: 'v1', kind: 'ServiceAccount' });
  new Chart(app, 'empty');
}

test.each(LAYOUTS.map(layout => [YamlOutputType[layout], layout] as const))('%s', (_, yamlOutputType) => {
  expect(Object.keys(expectSame(buildSample, { yamlOutputType }).files).length).toBeGreaterThan(0);
});

test.each<[string, AppProps]>([
  ['another extension', { outputFileExtension: '.yaml' }],
  ['construct metadata', { recordConstructMetadata: true }],
])('%s', (_, props) => {
  expectSame(buildSample, props);
});

test('synthYaml gives the text of a stock app', () => {
  const texts = [new App(), new PlatformApp()].map(app => {
    buildSample(app);
    return app.synthYaml();
  });
  expect(texts[1]).toBe(texts[0]);
});

test.each<[string, (target: Construct) => Construct]>([
  ['of another app', () => new ApiObject(new Chart(new App(), 'far'), 'far', { apiVersion: 'v1', kind: 'ConfigMap' })],
  ['that is not there', target => {
    const second = target.node.findChild('second') as Construct;
    presentWhile(target, () => false);
    return second;
  }],
])('a dependency on an object %s counts as in a stock app', (_, dependency) => {
  const { files } = expectSame(app => {
    const [first, second] = ['a', 'b'].map(id => {
      const group = new Construct(new Chart(app, id), 'group');
      new ApiObject(group, 'first', { apiVersion: 'v1', kind: 'ConfigMap' });
      new ApiObject(group, 'second', { apiVersion: 'v1', kind: 'Secret' });
      return group;
    });
    first.node.addDependency(dependency(second));
  }, {});
  expect(Object.keys(files).every(file => /^000[01]-[ab]\.k8s\.yaml$/.test(file))).toBe(true);
});

test('constructs whose ids are whole numbers come first, as in a stock app', () => {
  const { files } = expectSame(app => {
    for (const id of ['b', '10', 'a', '2']) {
      const chart = new Chart(app, id);
      ['z', '7', 'y', '3'].forEach(name => new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${id}-${name}` } }));
    }
  }, { yamlOutputType: YamlOutputType.FILE_PER_APP });
  const names = [...files['app.k8s.yaml'].matchAll(/name: (\S+)/g)].map(([, name]) => name);
  expect(names.slice(0, 5)).toEqual(['2-3', '2-7', '2-z', '2-y', '10-3']);
});

/** A tree, and dependencies between its constructs by their number. */
interface Plan {
  readonly constructs: readonly { readonly parent: number; readonly kind: 'chart' | 'group' | 'object'; readonly numeric: boolean }[];
  readonly dependencies: readonly (readonly [number, number])[];
}

const PLANS: fc.Arbitrary<Plan> = fc.record({
  constructs: fc.array(fc.record({
    parent: fc.nat(20),
    kind: fc.constantFrom('chart' as const, 'group' as const, 'object' as const, 'object' as const, 'object' as const),
    numeric: fc.boolean(),
  }), { minLength: 1, maxLength: 14 }),
  dependencies: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 7 }),
});

function buildPlan({ constructs, dependencies }: Plan): (app: App) => void {
  return app => {
    const made: Construct[] = [new Chart(app, 'root')];
    constructs.forEach(({ parent, kind, numeric }, index) => {
      const scope = kind === 'chart' && parent === 0 ? app : made[parent % made.length];
      const id = numeric ? String(100 - index) : `c${index}`;
      made.push(kind === 'chart' ? new Chart(scope, id)
        : kind === 'group' ? new Construct(scope, id)
          : new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `object-${index}` } }));
    });
    for (const [source, target] of dependencies) {
      const [from, to] = [made[source % made.length], made[target % made.length]];
      if (from !== to) {
        from.node.addDependency(to);
      }
    }
  };
}

test('random trees give the bytes of a stock app, or fail where it does', () => {
  let written = 0;
  let failed = 0;
  fc.assert(fc.property(PLANS, fc.constantFrom(...LAYOUTS), (plan, yamlOutputType) => {
    if (expectSame(buildPlan(plan), { yamlOutputType }).failed) {
      failed++;
    } else {
      written++;
    }
  }), { numRuns: 300 });
  expect(written).toBeGreaterThan(100);
  expect(failed).toBeGreaterThan(10);
}, 120_000);
