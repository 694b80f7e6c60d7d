import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { addChart, errorOf, files, folder, LIST, newApp, read, TextArtifact } from './output-folder';
import { Artifacts, Environment, PlatformApp } from '../../lib';

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
