import { type ChildProcess, execFileSync, execSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './compiled';
import { installPacked, NAME } from './packed';

const TOOLS = ['cdk8s', 'cdk8s-plus-27', 'constructs', 'esbuild', 'tsx', 'typescript', '@types/node'];
const TEMPLATE = join(ROOT, 'templates/go-microservice');
const SCRIPTS = (JSON.parse(readFileSync(join(TEMPLATE, 'package.json'), 'utf8')) as { scripts: { [name: string]: string } }).scripts;
const MANIFEST = 'dist/shop.k8s.yaml';

/** Where the package and the tools of the projects are, as they would install them. */
let home: string;
let project: string;
let watcher: ChildProcess | undefined;

/** A project that `init` has written, in a folder that holds what is given. */
function init(name: string, given?: string): string {
  const folder = join(home, name);
  mkdirSync(folder);
  if (given !== undefined) {
    cpSync(given, folder, { recursive: true });
  }
  execFileSync(process.execPath, [join(home, 'node_modules', NAME, 'lib/cli/main.js'), 'init'], { cwd: folder, stdio: 'pipe' });
  return folder;
}

beforeAll(() => {
  home = installPacked(TOOLS).folder;
  project = init('shop');
}, 120_000);

afterEach(() => {
  watcher?.kill();
  watcher = undefined;
});

afterAll(() => {
  if (home) {
    rmSync(home, { recursive: true, force: true });
  }
});

function read(file: string): string {
  return readFileSync(join(project, file), 'utf8');
}

/** Tests are reported alike by every version of node. */
const NODE_OPTIONS = '--test-reporter=tap';

/** Runs a command of the template; the tools are those of the repository. */
function run(command: string, cwd = project): string {
  const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return execSync(command, { cwd, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, NODE_OPTIONS, PATH } });
}

/** Says what the watcher has printed since the last call, as soon as something matches. */
function printed(pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`Nothing matches ${pattern} in:\n${text}`)), 30_000);
    const listen = (data: Buffer): void => {
      text += data;
      if (pattern.test(text)) {
        clearTimeout(timer);
        watcher!.stdout!.off('data', listen);
        watcher!.stderr!.off('data', listen);
        resolve(text);
      }
    };
    watcher!.stdout!.on('data', listen);
    watcher!.stderr!.on('data', listen);
  });
}

test('its types are right, and its app, run from source and bundled, writes the same', () => {
  run(SCRIPTS.check);
  const app = /^app: (.*)$/m.exec(read('cdk8s.yaml'))![1];
  run(app);
  const fromSource = read(MANIFEST);
  expect(fromSource).toContain('kind: Deployment');
  rmSync(join(project, 'dist'), { recursive: true });
  run(SCRIPTS.bundle);
  const [runBundle] = SCRIPTS.ci.split(' && ').slice(-1);
  expect(runBundle).toBe('node .build/main.js');
  // An option that V8 does not know is named on standard error.
  expect(run(`${runBundle} 2>&1`)).toBe('');
  expect(read(MANIFEST)).toBe(fromSource);
}, 120_000);

test('what is written for Go modules is checked, tested and synthesised as it is, without a warning', () => {
  const folder = init('acme', join(ROOT, 'examples/go-microservice/services'));
  run(SCRIPTS.check, folder);
  expect(run(SCRIPTS.test, folder)).toMatch(/^# pass 3$/m);
  expect(run(`${SCRIPTS.synth} 2>&1`, folder)).not.toMatch(/warning|error/);
  const manifest = readFileSync(join(folder, 'dist/acme.k8s.yaml'), 'utf8');
  expect(manifest.match(/^kind: Deployment$/gm)).toHaveLength(2);
  expect(readdirSync(join(folder, 'artifacts/images')).sort()).toEqual(['api', 'web']);
}, 120_000);

test('its own test notices an app with faults, and its bundle says nothing but them', () => {
  const folder = init('faulty');
  const code = readFileSync(join(folder, 'app.ts'), 'utf8');
  expect(run(SCRIPTS.test, folder)).toMatch(/^# pass 3$/m);
  writeFileSync(join(folder, 'app.ts'), code.replace('min: 2', 'min: 20'));
  expect(() => run(SCRIPTS.test, folder)).toThrow();

  run(SCRIPTS.bundle, folder);
  const { status, stderr } = spawnSync(process.execPath, ['.build/main.js'], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^\[SynthesisError: 1 error, nothing was written\n\nerror min-above-max /);
}, 60_000);

test('watching writes what a saved file changes, in less than half a second of CPU, and survives mistakes', async () => {
  rmSync(join(project, 'dist'), { recursive: true, force: true });
  const code = read('app.ts');
  const save = (text: string) => writeFileSync(join(project, 'app.ts'), text);
  watcher = spawn(process.execPath, [join(project, 'watch.mjs')], { cwd: project, stdio: 'pipe', env: { ...process.env, NODE_OPTIONS: '' } });
  expect(await printed(/Watching/)).toContain(MANIFEST);

  const changed = printed(/CPU\)/);
  save(code.replace("LOG_LEVEL: 'info'", "LOG_LEVEL: 'debug'"));
  const [, cpu] = /dist\/shop\.k8s\.yaml \((\d+) ms CPU\)/.exec(await changed)!;
  expect(read(MANIFEST)).toContain('value: debug');
  expect(Number(cpu)).toBeLessThan(500);

  const refused = printed(/Raise max or lower min/);
  save(code.replace('min: 2', 'min: 20'));
  expect(await refused).toContain('error min-above-max [shop/orders replicas.min] min 20 is above max 10.');
  expect(read(MANIFEST)).toContain('value: debug');

  const unreadable = printed(/ERROR/);
  save('new');
  await unreadable;

  const again = printed(/CPU\)/);
  save(code);
  await again;
  expect(read(MANIFEST)).toContain('value: info');
}, 120_000);

test('what it ignores is what it makes', () => {
  const ignored = readFileSync(join(TEMPLATE, 'gitignore'), 'utf8');
  expect(['dist/', 'artifacts/', '.build/', 'node_modules/', 'build.json'].filter(line => !ignored.split('\n').includes(line))).toEqual([]);
});
