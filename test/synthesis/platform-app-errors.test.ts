import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { addChart, breakModel, errorOf, files, folder, newApp, read, TextArtifact } from './output-folder';
import { Artifacts, Diagnostics, Environment, PlatformApp } from '../../lib';

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
