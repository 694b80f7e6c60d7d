import { type ChildProcess, execSync, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './compiled';
import { installPacked } from './packed';

const TOOLS = ['cdk8s', 'cdk8s-plus-27', 'constructs', 'esbuild', 'tsx', 'typescript', '@types/node'];
const TEMPLATE = join(ROOT, 'templates/go-microservice');
const SCRIPTS = (JSON.parse(readFileSync(join(TEMPLATE, 'package.json'), 'utf8')) as { scripts: { [name: string]: string } }).scripts;
const MANIFEST = 'dist/shop.k8s.yaml';

let project: string;
let watcher: ChildProcess | undefined;

/** The template in a project of its own, with the tools as it would install them. */
beforeAll(() => {
  project = installPacked(TOOLS).folder;
  cpSync(TEMPLATE, project, { recursive: true, filter: file => !file.endsWith('package.json') });
}, 120_000);

afterEach(() => {
  watcher?.kill();
  watcher = undefined;
});

afterAll(() => {
  if (project) {
    rmSync(project, { recursive: true, force: true });
  }
});

function read(file: string): string {
  return readFileSync(join(project, file), 'utf8');
}

/** Runs a command of the template; the tools are those of the repository. */
function run(command: string): string {
  const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return execSync(command, { cwd: project, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, NODE_OPTIONS: '', PATH } });
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
  run('node .build/main.js');
  expect(read(MANIFEST)).toBe(fromSource);
}, 120_000);

test('watching writes what a saved file changes, in less than half a second of CPU, and survives mistakes', async () => {
  rmSync(join(project, 'dist'), { recursive: true, force: true });
  const main = read('main.ts');
  const save = (text: string) => writeFileSync(join(project, 'main.ts'), text);
  watcher = spawn(process.execPath, [join(project, 'watch.mjs')], { cwd: project, stdio: 'pipe', env: { ...process.env, NODE_OPTIONS: '' } });
  expect(await printed(/Watching/)).toContain(MANIFEST);

  const changed = printed(/CPU\)/);
  save(main.replace("LOG_LEVEL: 'info'", "LOG_LEVEL: 'debug'"));
  const [, cpu] = /dist\/shop\.k8s\.yaml \((\d+) ms CPU\)/.exec(await changed)!;
  expect(read(MANIFEST)).toContain('value: debug');
  expect(Number(cpu)).toBeLessThan(500);

  const refused = printed(/Raise max or lower min/);
  save(main.replace('min: 2', 'min: 20'));
  expect(await refused).toContain('error min-above-max [shop/orders replicas.min] min 20 is above max 10.');
  expect(read(MANIFEST)).toContain('value: debug');

  const unreadable = printed(/ERROR/);
  save('new');
  await unreadable;

  const again = printed(/CPU\)/);
  save(main);
  await again;
  expect(read(MANIFEST)).toContain('value: info');
}, 120_000);

test('what it ignores is what it makes', () => {
  const ignored = readFileSync(join(TEMPLATE, 'gitignore'), 'utf8');
  expect(['dist', 'artifacts', '.build', 'node_modules'].filter(folder => !ignored.includes(`${folder}/`))).toEqual([]);
  expect(existsSync(join(TEMPLATE, 'dist'))).toBe(false);
});
