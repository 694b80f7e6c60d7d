import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Artifact, Artifacts, Diagnostics, Environment, KubernetesVersion, Platform, PlatformApp, type PlatformAppProps } from '../../lib';

const LIST = '.written-by-cdk8s-golden-path';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
});

/** An app that writes below the folder of the test. */
function newApp(props: PlatformAppProps = {}): PlatformApp {
  return new PlatformApp({ outdir: join(folder, 'dist'), artifactsOutdir: join(folder, 'artifacts'), ...props });
}

/** A chart with one ConfigMap. */
function addChart(scope: Construct, id: string, data: { [key: string]: string } = {}): Chart {
  const chart = new Chart(scope, id, { namespace: id });
  new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
  return chart;
}

class TextArtifact extends Artifact {
  public constructor(public readonly path: string, private readonly text: string) {
    super();
  }

  public render(): string {
    return this.text;
  }
}

/** Something wrong with the model. */
function breakModel(scope: Construct): void {
  new Platform(scope, { kubernetesVersion: KubernetesVersion.of('2.0') });
}

/** Every file below the folder of the test, sorted. */
function files(): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter(file => statSync(join(folder, file)).isFile()).map(file => file.replace(/\\/g, '/')).sort();
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function errorOf(action: () => void): Error {
  try {
    action();
  } catch (problem) {
    return problem as Error;
  }
  throw new Error('It did not fail.');
}

describe('writing', () => {
  test('manifests and artefacts lie side by side, each with a list of what was written', () => {
    const app = newApp();
    addChart(app, 'shop');
    Artifacts.of(app).add(new TextArtifact('images/shop/Dockerfile', 'FROM scratch\n'));
    app.synth();
    expect(files()).toEqual([`artifacts/${LIST}`, 'artifacts/images/shop/Dockerfile', `dist/${LIST}`, 'dist/shop.k8s.yaml']);
    expect(read('artifacts/images/shop/Dockerfile')).toBe('FROM scratch\n');
    expect(read(`dist/${LIST}`)).toBe('shop.k8s.yaml\n');
  });

  test('an app without artefacts makes no folder for them', () => {
    const app = newApp();
    addChart(app, 'shop');
    app.synth();
    expect(files()).toEqual([`dist/${LIST}`, 'dist/shop.k8s.yaml']);
  });

  test('an app without charts leaves an empty folder, which the CLI expects', () => {
    newApp().synth();
    expect(readdirSync(join(folder, 'dist'))).toEqual([]);
  });

  test('a second synth writes the same and touches no file', () => {
    const app = newApp();
    addChart(app, 'shop', { b: '2', a: '1' });
    app.synth();
    const once = read('dist/shop.k8s.yaml');
    const long = new Date('2001-02-03T04:05:06Z');
    utimesSync(join(folder, 'dist/shop.k8s.yaml'), long, long);
    app.synth();
    expect(read('dist/shop.k8s.yaml')).toBe(once);
    expect(statSync(join(folder, 'dist/shop.k8s.yaml')).mtime).toEqual(long);
  });

  test('what an earlier run wrote and this one does not is removed, other files are never touched', () => {
    const before = newApp();
    addChart(before, 'shop');
    addChart(before, 'old');
    Artifacts.of(before).add(new TextArtifact('images/old/Dockerfile', 'FROM scratch\n'));
    before.synth();
    writeFileSync(join(folder, 'dist/by-hand.yaml'), 'kept');
    writeFileSync(join(folder, 'artifacts/by-hand'), 'kept');
    const after = newApp();
    addChart(after, 'shop');
    after.synth();
    expect(files()).toEqual([`artifacts/${LIST}`, 'artifacts/by-hand', `dist/${LIST}`, 'dist/by-hand.yaml', 'dist/shop.k8s.yaml']);
  });

  test('a list that somebody tampered with removes nothing outside its folder', () => {
    writeFileSync(join(folder, 'precious'), 'kept');
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', LIST), `../precious\n${join(folder, 'precious')}\na/../../precious\n`);
    const app = newApp();
    addChart(app, 'shop');
    app.synth();
    expect(read('precious')).toBe('kept');
  });

  test('when a file cannot be written, everything stays as it was', () => {
    const before = newApp();
    addChart(before, 'a', { version: 'old' });
    before.synth();
    mkdirSync(join(folder, 'dist/z.k8s.yaml'));
    const after = newApp();
    addChart(after, 'a', { version: 'new' });
    addChart(after, 'z');
    expect(errorOf(() => after.synth()).message).toBe(
      `The output cannot be written: '${join(folder, 'dist/z.k8s.yaml')}' is a folder. What was there before is unchanged.`);
    expect(read('dist/a.k8s.yaml')).toContain('version: old');
    expect(files()).toEqual([`dist/${LIST}`, 'dist/a.k8s.yaml']);
  });

  test('cdk8s synth --stdout gets no artefacts: its folder is a temporary one', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-'));
    const { CDK8S_OUTDIR } = process.env;
    try {
      process.env.CDK8S_OUTDIR = outdir;
      const app = new PlatformApp({ artifactsOutdir: join(folder, 'artifacts') });
      addChart(app, 'shop');
      Artifacts.of(app).add(new TextArtifact('Dockerfile', 'FROM scratch\n'));
      app.synth();
      expect(readdirSync(outdir).sort()).toEqual([LIST, 'shop.k8s.yaml']);
      expect(files()).toEqual([]);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
      if (CDK8S_OUTDIR === undefined) {
        delete process.env.CDK8S_OUTDIR;
      } else {
        process.env.CDK8S_OUTDIR = CDK8S_OUTDIR;
      }
    }
  });

  test('a file of one object is named as the object is once it is patched', () => {
    const app = newApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    const chart = new Chart(app, 'shop');
    new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'before' } }).addJsonPatch(JsonPatch.replace('/metadata/name', 'after'));
    app.synth();
    expect(files()).toContain('dist/ConfigMap.after.k8s.yaml');
  });
});

describe('environments', () => {
  function addEnvironments(app: App): void {
    for (const name of ['dev', 'prod']) {
      addChart(new Environment(app, name), 'shop', { environment: name });
    }
  }

  test('each has a folder of its own, with files named after their charts alone', () => {
    const app = newApp();
    addEnvironments(app);
    app.synth();
    expect(files()).toEqual([`dist/${LIST}`, 'dist/dev/shop.k8s.yaml', 'dist/prod/shop.k8s.yaml']);
    expect(read('dist/prod/shop.k8s.yaml')).toContain('environment: prod');
  });

  test('charts in charts and dependencies are numbered within their environment', () => {
    const app = newApp();
    for (const name of ['dev', 'prod']) {
      const environment = new Environment(app, name);
      const first = addChart(environment, 'first');
      const second = addChart(environment, 'second');
      addChart(second, 'inner');
      first.addDependency(second);
    }
    app.synth();
    expect(files()).toEqual([
      `dist/${LIST}`,
      ...['dev', 'prod'].flatMap(name => ['0000-second-inner', '0001-second', '0002-first'].map(file => `dist/${name}/${file}.k8s.yaml`)),
    ]);
  });

  test.each(Object.values(YamlOutputType).filter(value => typeof value === 'number'))('layout %s keeps them apart', yamlOutputType => {
    const app = newApp({ yamlOutputType: yamlOutputType as YamlOutputType });
    addEnvironments(app);
    app.synth();
    const written = files().filter(file => file.endsWith('.yaml'));
    expect(written.map(file => file.split('/')[1])).toEqual(['dev', 'prod']);
    expect(written.map(file => file.split('/').slice(2))).toEqual([written[0].split('/').slice(2), written[0].split('/').slice(2)]);
  });

  test('one alone is written on request, by a property or by GOLDEN_PATH_ENVIRONMENT', () => {
    const byProperty = newApp({ environment: 'prod' });
    addEnvironments(byProperty);
    byProperty.synth();
    expect(files()).toEqual([`dist/${LIST}`, 'dist/prod/shop.k8s.yaml']);
    expect(byProperty.synthYaml()).not.toContain('environment: dev');

    process.env.GOLDEN_PATH_ENVIRONMENT = 'dev';
    try {
      const byVariable = newApp({ outdir: join(folder, 'other') });
      addEnvironments(byVariable);
      byVariable.synth();
      expect(files().filter(file => file.startsWith('other/'))).toEqual([`other/${LIST}`, 'other/dev/shop.k8s.yaml']);
    } finally {
      delete process.env.GOLDEN_PATH_ENVIRONMENT;
    }
  });

  test('writing one leaves the others as an earlier run wrote them', () => {
    const all = newApp();
    addEnvironments(all);
    addChart(all.node.findChild('prod') as Construct, 'old');
    all.synth();
    const one = newApp({ environment: 'prod' });
    addEnvironments(one);
    one.synth();
    expect(files()).toEqual([`dist/${LIST}`, 'dist/dev/shop.k8s.yaml', 'dist/prod/shop.k8s.yaml']);
    expect(read(`dist/${LIST}`)).toBe('dev/shop.k8s.yaml\nprod/shop.k8s.yaml\n');
  });

  test('one that does not exist', () => {
    const app = newApp({ environment: 'staging' });
    addEnvironments(app);
    expect(errorOf(() => app.synth()).message).toBe(`1 error, nothing was written

error unknown-environment [app environment] The app has no environment 'staging'.
    Write one of 'dev', 'prod'.
`);
  });

  test('one in an app that has none', () => {
    expect(errorOf(() => newApp({ environment: 'staging' }).synth()).message).toContain("The app has no environment 'staging'.\n    Make it: new Environment(app, …).");
  });

  test('one inside another', () => {
    const app = newApp();
    addEnvironments(app);
    new Environment(app.node.findChild('dev') as Construct, 'inner');
    expect(errorOf(() => app.synth()).message).toContain(
      "error invalid-name [dev/inner] The environment lies inside the environment 'dev'.\n    Put environments beside each other, directly below the app.");
  });
});

describe('errors', () => {
  test('all come at once, nothing is written, and what was there stays', () => {
    const before = newApp();
    addChart(before, 'shop', { version: 'old' });
    Artifacts.of(before).add(new TextArtifact('Dockerfile', 'old'));
    before.synth();
    const there = files();

    const app = newApp();
    breakModel(app);
    addChart(app, 'shop', { version: 'new' });
    addChart(app, 'more');
    new Environment(app, 'No Name');
    Artifacts.of(app).add(new TextArtifact('Dockerfile', 'new'));
    const error = errorOf(() => app.synth());
    expect(error.message).toBe(`2 errors, nothing was written

error invalid-version [Platform kubernetesVersion] '2.0' is not a version that the output is proved against.
    Write a version from 1.27 to 1.36.
error invalid-name [No Name] 'No Name' cannot name an environment.
    Use at most 63 lower-case letters, digits and dashes.
`);
    expect(error.name).toBe('SynthesisError');
    expect(files()).toEqual(there);
    expect(read('dist/shop.k8s.yaml')).toContain('version: old');
    expect(read('artifacts/Dockerfile')).toBe('old');
    expect(errorOf(() => app.synthYaml()).message).toBe(error.message);
  });

  test('the folder is not even made', () => {
    const app = newApp();
    breakModel(app);
    expect(() => app.synth()).toThrow();
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  test('artefacts inside the folder of the manifests', () => {
    for (const artifactsOutdir of ['dist', 'dist/artifacts', 'dist/a/../b']) {
      const app = newApp({ artifactsOutdir: join(folder, artifactsOutdir) });
      expect(errorOf(() => app.synth()).message).toBe(`1 error, nothing was written

error output-path [app artifactsOutdir] The artefacts would lie in '${join(folder, 'dist')}', where every YAML file counts as a manifest.
    Name a folder outside it.
`);
    }
    expect(() => newApp({ artifactsOutdir: join(folder, 'dist-artifacts') }).synth()).not.toThrow();
    expect(() => newApp({ artifactsOutdir: join(folder, '..dist') }).synth()).not.toThrow();
  });

  test('two charts of one file', () => {
    const app = newApp();
    const environment = new Environment(app, 'prod');
    addChart(environment, 'Shop');
    addChart(environment, 'shop');
    expect(errorOf(() => app.synth()).message).toBe(`1 error, nothing was written

error output-path [prod/shop] 'prod/shop.k8s.yaml' would be written twice, first by 'prod/Shop'.
    Give one of them another id or name, or choose another yamlOutputType.
`);
  });

  test('two objects of one file, where each has its own', () => {
    const app = newApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    addChart(app, 'shop');
    new ApiObject(new Chart(app, 'other', { namespace: 'other' }), 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop' } });
    expect(errorOf(() => app.synth()).message).toContain("error output-path [other] 'ConfigMap.shop.k8s.yaml' would be written twice, first by 'shop'.");
  });

  test.each<[string, (app: App) => void, string]>([
    ['objects', app => {
      const chart = addChart(app, 'shop');
      const other = new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap' });
      chart.node.findChild('config').node.addDependency(other);
      other.addDependency(chart.node.findChild('config'));
    }, 'error dependency-cycle [shop/config] Each of these depends on the next: shop/config → shop/other → shop/config.'],
    ['groups that have no objects', app => {
      const chart = addChart(app, 'shop');
      const [a, b] = [new Construct(chart, 'a'), new Construct(chart, 'b')];
      a.node.addDependency(b);
      b.node.addDependency(a);
    }, 'error dependency-cycle [shop/a] Each of these depends on the next: shop/a → shop/b → shop/a.'],
    ['charts, by their objects', app => {
      const [a, b, c] = ['a', 'b', 'c'].map(id => addChart(app, id));
      a.node.findChild('config').node.addDependency(b);
      b.node.findChild('config').node.addDependency(c.node.findChild('config'));
      c.node.addDependency(a.node.findChild('config'));
    }, 'error dependency-cycle [b] Each of these depends on the next: b → c → a/config → b.'],
    ['a chart and the chart inside it', app => {
      const outer = addChart(app, 'outer');
      addChart(outer, 'inner').addDependency(outer);
    }, 'error dependency-cycle [outer] Each of these depends on the next: outer → outer/inner → outer.'],
    ['a group and an object inside another that needs it', app => {
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      const [a, b] = ['a', 'b'].map(id => new Construct(chart, id));
      const [inA, inB] = [a, b].map(group => new ApiObject(group, 'config', { apiVersion: 'v1', kind: 'ConfigMap' }));
      a.node.addDependency(b);
      inB.addDependency(inA);
    }, 'error dependency-cycle [shop/a/config] Each of these depends on the next: shop/a/config → shop/b/config → shop/a/config.'],
  ])('a circle of %s', (_, build, message) => {
    const app = newApp();
    build(app);
    expect(errorOf(() => app.synth()).message).toContain(message);
  });

  test('a circle comes together with the other errors', () => {
    const app = newApp();
    breakModel(app);
    const [a, b] = ['a', 'b'].map(id => addChart(app, id));
    a.addDependency(b);
    b.addDependency(a);
    expect(errorOf(() => app.synth()).message).toMatch(/^2 errors[^]*invalid-version[^]*dependency-cycle/);
  });

  test('what a validation of somebody else says comes among them', () => {
    const app = newApp();
    addChart(app, 'shop').node.addValidation({ validate: () => ['The shop is closed.'] });
    expect(errorOf(() => app.synth()).message).toContain('error validation [shop] The shop is closed.\n');
  });
});

describe('warnings', () => {
  function withWarning(): PlatformApp {
    const app = newApp();
    addChart(app, 'shop');
    Diagnostics._check(app.node.findChild('shop'), report => report({
      code: 'hardening-off', property: 'security', message: 'It is weaker than it could be.', remedy: 'Make it stronger.',
    }));
    return app;
  }

  test('go to standard error, and the output is written', () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    withWarning().synth();
    expect(stderr.mock.calls).toEqual([['warning hardening-off [shop security] It is weaker than it could be.\n    Make it stronger.\n']]);
    expect(files()).toContain('dist/shop.k8s.yaml');
  });

  test('say nothing once they are acknowledged', () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const app = withWarning();
    Diagnostics.of(app).acknowledge('hardening-off', 'it is a toy');
    app.synth();
    expect(stderr).not.toHaveBeenCalled();
  });
});

describe('scale', () => {
  test('a chain of charts takes linear time, where stock cdk8s doubles with each', () => {
    const app = newApp();
    const charts = Array.from({ length: 400 }, (_, index) => {
      const chart = new Chart(app, `chart${index}`);
      for (let count = 0; count < 5; count++) {
        new ApiObject(chart, `object${count}`, { apiVersion: 'v1', kind: 'ConfigMap', data: { value: Lazy.any({ produce: () => String(count) }) } });
      }
      return chart;
    });
    charts.slice(1).forEach((chart, index) => chart.addDependency(charts[index], ...charts.slice(Math.max(0, index - 3), index)));
    app.synth();
    expect(files()).toHaveLength(401);
  }, 20_000);

  test('a group of many objects that needs another takes no edge for each pair', () => {
    const app = newApp();
    const chart = new Chart(app, 'shop');
    const [a, b] = ['a', 'b'].map(id => new Construct(chart, id));
    [a, b].forEach(group => Array.from({ length: 1500 }, (_, index) => new ApiObject(group, `object${index}`, { apiVersion: 'v1', kind: 'ConfigMap' })));
    a.node.addDependency(b);
    app.synth();
    const order = [...read('dist/shop.k8s.yaml').matchAll(/name: shop-([ab])-/g)].map(([, group]) => group).join('');
    expect(order).toBe('b'.repeat(1500) + 'a'.repeat(1500));
  }, 20_000);
});

/** Runs an app as a user does: tsx on a file, in a process of its own. */
function runApp(text: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const root = join(__dirname, '../..');
  const script = join(folder, 'main.ts');
  writeFileSync(script, text.replace(/LIB/g, JSON.stringify(join(root, 'lib/index'))).replace(/CDK8S/g, JSON.stringify(join(root, 'node_modules/cdk8s'))));
  const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), script], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: '', NODE_OPTIONS: '' },
  });
  return { status, stdout, stderr };
}

describe('a process of its own', () => {
  test('that fails prints its findings without a stack, and its exit status says so', () => {
    const { status, stdout, stderr } = runApp(`
      import { KubernetesVersion, Platform, PlatformApp } from LIB;
      const app = new PlatformApp({ outdir: 'dist' });
      new Platform(app, { kubernetesVersion: KubernetesVersion.of('2.0') });
      app.synth();`);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain("error invalid-version [Platform kubernetesVersion] '2.0' is not a version that the output is proved against.\n    Write a version from 1.27 to 1.36.\n");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toContain('diagnostics:');
    expect(stderr).not.toContain(join('lib', 'synthesis'));
    expect(files()).toEqual(['main.ts']);
  }, 30_000);

  test('that succeeds prints nothing', () => {
    const { status, stdout, stderr } = runApp(`
      import { Chart } from CDK8S;
      import { PlatformApp } from LIB;
      const app = new PlatformApp({ outdir: 'dist' });
      new Chart(app, 'shop');
      app.synth();`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(files()).toEqual([`dist/${LIST}`, 'dist/shop.k8s.yaml', 'main.ts']);
  }, 30_000);
});
