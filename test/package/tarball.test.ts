import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, transformSync } from 'esbuild';
import { assemblyTypes, ROOT, sources } from './compiled';
import { installPacked, NAME } from './packed';

/** Loaded when they are touched, with what they need. */
const SUBMODULES = ['local', 'testing'];
const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs', 'cdktf', '@cdktf/provider-docker'];

let project: string;
let tarball: string;
let packed: readonly string[];
let size: { readonly fetched: number; readonly unpacked: number };

beforeAll(() => {
  ({ folder: project, tarball, packed, size } = installPacked(PEERS));
}, 120_000);

afterAll(() => {
  if (project) {
    rmSync(project, { recursive: true, force: true });
  }
});

/** What a script of that project has loaded, by package. */
interface Loaded {
  readonly count: number;
  readonly own: number;
  readonly packages: string[];
}

/** Runs a script in a process of its own; it prints JSON by `print`. */
function run<T>(script: string): T {
  const prelude = `
    const root = ${JSON.stringify(ROOT)};
    const print = value => process.stdout.write(JSON.stringify(value));
    const printLoaded = () => {
      const files = Object.keys(require.cache).filter(file => file !== __filename);
      // What a package bundles counts as that package.
      const packages = new Set(files.map(file => /node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file.replace(root, ''))[1]));
      print({ count: files.length, own: files.filter(file => file.includes('${NAME}')).length, packages: [...packages].sort() });
    };`;
  const file = join(project, 'script.js');
  writeFileSync(file, prelude + script);
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: project, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } }));
}

/** Packages that may be loaded: ours, cdk8s and constructs, and what these two depend on. */
function unexpected({ packages }: Loaded): string[] {
  const allowed = new Set([NAME]);
  const allow = (name: string): void => {
    const manifest = join(ROOT, 'node_modules', name, 'package.json');
    allowed.add(name);
    // What is bundled lies in the package that bundles it.
    Object.keys(existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).dependencies ?? {} : {}).filter(dependency => !allowed.has(dependency)).forEach(allow);
  };
  ['cdk8s', 'constructs'].forEach(allow);
  return packages.filter(name => !allowed.has(name));
}

function say(what: string, { count, own, packages }: Loaded): void {
  process.stdout.write(`${what}: ${count} modules, ${own} of them ours${packages.length > 0 ? ` (${packages.join(', ')})` : ''}\n`);
}

/** What bundlers read. */
const INDICES = ['lib/index.mjs', ...SUBMODULES.map(name => `lib/${name}/index.mjs`)];

/** What `init` writes from. */
const TEMPLATES = [
  ...['github.yaml', 'gitlab.yaml'].map(file => `templates/ci/${file}`),
  ...['cdk8s.yaml', 'gitignore', 'main.ts', 'optimise-less.ts', 'package.json', 'tsconfig.json', 'watch.mjs'].map(file => `templates/go-microservice/${file}`),
];

test('the tarball holds what is compiled, its declarations, its papers, the translated examples and the templates, and nothing else', () => {
  const compiled = sources().flatMap(source => ['.d.ts', '.js'].map(extension => `lib/${source.replace(/\.ts$/, extension)}`));
  expect(packed.filter(file => !file.startsWith('node_modules/'))).toEqual([
    '.jsii', '.jsii.tabl.json.gz', 'LICENSE', 'README.md', 'package.json', ...compiled, ...INDICES, ...TEMPLATES,
  ].sort());
});

test('it stays as small as it is', () => {
  const megabytes = (bytes: number) => bytes / 1e6;
  process.stdout.write(`the tarball: ${packed.length} files, ${megabytes(size.fetched).toFixed(1)} MB, unpacked ${megabytes(size.unpacked).toFixed(1)} MB\n`);
  // Room for some constructs more. A copy of anything, or a folder of tests, is above.
  expect(packed.length).toBeLessThanOrEqual(1_200);
  expect(megabytes(size.fetched)).toBeLessThanOrEqual(2.5);
  expect(megabytes(size.unpacked)).toBeLessThanOrEqual(10);
});

test('of other packages it brings the reader of YAML alone', () => {
  const brought = packed.filter(file => file.startsWith('node_modules/')).map(file => file.split('/')[1]);
  expect([...new Set(brought)]).toEqual(['yaml']);
});

test('publint has nothing to say but how the repository is written', () => {
  // npm writes `git+https` as it publishes; Maven and PyPI get the address as it stands, and know `https` alone.
  const said = run<{ code: string; path?: string[] }[]>(`
    const publint = require('url').pathToFileURL(require('path').join(root, 'node_modules/publint/src/index-node.js'));
    const { buffer, byteOffset, length } = require('fs').readFileSync(${JSON.stringify(tarball)});
    import(publint).then(async ({ publint }) => print((await publint({ pack: { tarball: buffer.slice(byteOffset, byteOffset + length) } })).messages));`);
  expect(said.map(({ code, path }) => [code, path])).toEqual([['INVALID_REPOSITORY_VALUE', ['repository', 'url']]]);
});

test('its command can be called by its name', () => {
  const { bin } = JSON.parse(readFileSync(join(project, 'node_modules', NAME, 'package.json'), 'utf8'));
  const said = execFileSync(process.execPath, [join(project, 'node_modules', NAME, bin[NAME]), '--help'], { cwd: project, encoding: 'utf8' });
  expect(said).toMatch(/^Usage: cdk8s-golden-path COMMAND\n/);
});

test('loading the package loads its index and what looks at the installation', () => {
  const loaded = run<Loaded>(`require('${NAME}'); printLoaded();`);
  say('require', loaded);
  expect(loaded.own).toBeLessThanOrEqual(2);
  expect(loaded.count).toBe(loaded.own);
});

test('a module of node gets the same as who requires it', () => {
  expect(run<boolean[]>(`
    import('${NAME}').then(({ PlatformApp, local }) => print([PlatformApp === require('${NAME}').PlatformApp, local === require('${NAME}').local]));`))
    .toEqual([true, true]);
});

test('a bundler takes what an app imports, and a library beside it that requires the package gets the same', () => {
  writeFileSync(join(project, 'library.cjs'), `exports.PlatformApp = require('${NAME}').PlatformApp;\n`);
  const bundled = (app: string) => {
    writeFileSync(join(project, 'app.mjs'), app);
    const outfile = join(project, 'bundle.cjs');
    buildSync({ entryPoints: [join(project, 'app.mjs')], bundle: true, platform: 'node', outfile, external: ['cdk8s-plus-27', 'cdktf', '@cdktf/provider-docker'], logLevel: 'error' });
    return { bytes: statSync(outfile).size, said: execFileSync(process.execPath, [outfile], { cwd: project, encoding: 'utf8' }) };
  };
  const used = bundled(`import { PlatformApp } from '${NAME}';\nconsole.log(new PlatformApp({ outdir: 'out' }).synthYaml() === '');\n`);
  const both = bundled(`import { PlatformApp } from '${NAME}';\nimport library from './library.cjs';\nconsole.log(library.PlatformApp === PlatformApp);\n`);
  expect([used.said, both.said]).toEqual(['true\n', 'true\n']);
  process.stdout.write(`an app in one file: ${used.bytes / 1e3} kB, with the whole package ${both.bytes / 1e3} kB\n`);
  expect(used.bytes / both.bytes).toBeLessThan(0.6);
});

test('using it loads cdk8s and constructs, not the neighbours', () => {
  const loaded = run<Loaded>(`
    const { Environment, KubernetesVersion, Platform, PlatformApp, Replicas, Resources } = require('${NAME}');
    const { Chart } = require('cdk8s');
    const app = new PlatformApp();
    new Platform(app, { kubernetesVersion: KubernetesVersion.of('1.33'), resources: Resources.of({ cpu: '100m' }) });
    new Chart(new Environment(app, 'prod'), 'shop', { namespace: 'shop' });
    Replicas.autoscaled({ max: 3 });
    app.synthYaml();
    printLoaded();`);
  say('require and use', loaded);
  expect(unexpected(loaded)).toEqual([]);
});

test('the demo loads cdk8s, constructs and as many of our files as its services need', () => {
  const demo = readFileSync(join(ROOT, 'examples/go-microservice/main.ts'), 'utf8')
    .replace("artifactsOutdir: 'examples/go-microservice/artifacts'", `outdir: '${join(project, 'dist')}'`);
  const { code } = transformSync(demo, { loader: 'ts', format: 'cjs' });
  const loaded = run<Loaded>(`process.chdir(root);\n${code.replace('app.synth()', 'app.synthYaml()')}\nprintLoaded();`);
  say('the demo', loaded);
  expect(unexpected(loaded)).toEqual([]);
  // Rooms that it does not use are left alone, however many there come to be.
  expect(loaded.own).toBeLessThanOrEqual(210);
  expect(loaded.own).toBeGreaterThan(50);
});

test('loading it and using its props takes little more than loading cdk8s', () => {
  // The least of several runs in turn: whatever else the machine does hits both.
  const cpu = (script: string) => run<number>(`${script}\nconst { user, system } = process.cpuUsage(); print((user + system) / 1000);`);
  const rounds = Array.from({ length: 7 }, () => [cpu("require('cdk8s');"), cpu(`
    const { ContainerImage, Probe, Replicas, Resources } = require('${NAME}');
    [ContainerImage.reference('web:1'), Probe.http('/readyz'), Replicas.autoscaled({ max: 3 }), Resources.of({ cpu: '100m' })];
    require('cdk8s');`)]);
  const [cdk8s, ours] = [0, 1].map(index => Math.min(...rounds.map(round => round[index])));
  process.stdout.write(`cdk8s ${cdk8s.toFixed(0)} ms of CPU, with our props ${ours.toFixed(0)} ms\n`);
  expect(ours / cdk8s).toBeLessThanOrEqual(1.3);
}, 60_000);

test('every name loads cdk8s and constructs at most', () => {
  const loaded = run<Loaded>(`
    const all = require('${NAME}');
    Object.keys(all).filter(name => !${JSON.stringify(SUBMODULES)}.includes(name)).forEach(name => all[name]);
    printLoaded();`);
  say('every name', loaded);
  expect(unexpected(loaded)).toEqual([]);
});

test('every name can be the first that is touched', () => {
  const failures = run<string[]>(`
    const names = Object.keys(require('${NAME}'));
    const failures = names.flatMap(name => {
      Object.keys(require.cache).filter(file => file.includes('${NAME}')).forEach(file => delete require.cache[file]);
      try {
        return require('${NAME}')[name] === undefined ? [name + ' is undefined'] : [];
      } catch (problem) {
        return [name + ': ' + problem.message];
      }
    });
    print(failures);`);
  expect(failures).toEqual([]);
});

test('the runtime of jsii finds every class and enum by its name', () => {
  const types = assemblyTypes().filter(({ kind }) => kind !== 'interface');
  const failures = run<string[]>(`
    const types = ${JSON.stringify(types.map(({ fqn, kind }) => ({ fqn, kind })))};
    print(types.flatMap(({ fqn, kind }) => {
      const found = fqn.split('.').slice(1).reduce((scope, part) => scope[part], require('${NAME}'));
      return kind === 'enum' ? typeof found === 'object' ? [] : [fqn] : found[Symbol.for('jsii.rtti')].fqn === fqn ? [] : [fqn];
    }));`);
  expect(failures).toEqual([]);
  expect(types.length).toBeGreaterThan(0);
});

test('its names can be listed and imported by ES modules', () => {
  const listed = run<string[]>(`print(Object.keys(require('${NAME}')));`);
  const topLevel = assemblyTypes().filter(({ kind, fqn }) => kind !== 'interface' && fqn.split('.').length === 2).map(({ name }) => name);
  expect(listed.filter(name => !SUBMODULES.includes(name))).toEqual(expect.arrayContaining(topLevel));
  expect(run<string[]>(`import('${NAME}').then(all => print(Object.keys(all)));`)).toEqual(expect.arrayContaining(listed));
});

test('nothing of the repository is left in the installed package', () => {
  expect(readdirSync(join(project, 'node_modules', NAME)).sort()).toEqual(['.jsii', '.jsii.tabl.json.gz', 'LICENSE', 'README.md', 'lib', 'node_modules', 'package.json', 'templates']);
});
