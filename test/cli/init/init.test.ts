import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeProject } from '../../../lib/cli/init/write-project';
import { hear } from '../hear';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'init-'));
  folder = join(parent, 'Acme Shop');
  mkdirSync(folder);
});

afterEach(() => rmSync(parent, { recursive: true }));

const MAIN = 'package main\n\nfunc main() {}\n';

function given(files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const init = async (...args: string[]) => hear(['init', ...args], folder);

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const WRITTEN = ['.gitignore', 'app.test.ts', 'app.ts', 'cdk8s.yaml', 'main.ts', 'optimise-less.ts', 'package.json', 'tsconfig.json', 'watch.mjs'];
/** The services of the app, as they are written. */
const services = (): string[] => [...read('app.ts').matchAll(/new GoStyleMicroservice\(chart, ('[^']*'), \{\n([^]*?)\n {2}\}\);/g)]
  .map(([, name, props]) => `${name} ${props.split('\n').map(line => line.trim()).filter(line => !/^(resources|replicas):/.test(line)).join(' ')}`);

test('an empty folder gets a project with an example', async () => {
  expect(await init()).toEqual({
    status: 0,
    said: ['orders: an example, for there is no Go program here.', `Written: ${WRITTEN.join(', ')}.`, 'Now: npm install && npx cdk8s synth'],
    complained: [],
  });
  expect(readdirSync(folder).sort()).toEqual(WRITTEN);
  expect(read('app.ts')).toMatchSnapshot();
  expect(read('app.test.ts')).toMatchSnapshot();
});

test('package.json is that of the template, with the name of the project and the version of this package', async () => {
  await init();
  const root = join(__dirname, '../../..');
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const template = JSON.parse(readFileSync(join(root, 'templates/go-microservice/package.json'), 'utf8'));
  expect(JSON.parse(read('package.json'))).toEqual({
    ...template,
    name: 'acme-shop-platform',
    dependencies: { ...template.dependencies, 'cdk8s-golden-path': `^${own.version}` },
  });
  const { cdk8s, constructs, 'cdk8s-plus-27': plus } = own.peerDependencies;
  expect(template.dependencies).toMatchObject({ cdk8s, constructs, 'cdk8s-plus-27': plus });
});

test('the programs of a module are one service each, and the repository says the registry', async () => {
  given({
    'go.mod': 'module github.com/Acme/shop/v2\n\ngo 1.25.0\n',
    'cmd/orders/main.go': MAIN,
    'cmd/orders/Dockerfile': 'FROM scratch\nEXPOSE 9000/tcp 9100 53/udp\n',
    'cmd/web_front/main.go': `// The front.\n${MAIN}`,
    'cmd/library/library.go': 'package library\n',
    'cmd/generate/generate.go': `//go:build ignore\n\n${MAIN}`,
    'cmd/tested/main_test.go': MAIN,
  });
  const { status, said } = await init();
  expect(status).toBe(0);
  expect(said.slice(0, 2)).toEqual(["orders: ./cmd/orders of '.', port 9000 as in cmd/orders/Dockerfile.", "web-front: ./cmd/web_front of '.'."]);
  expect(read('app.ts')).toMatchSnapshot();
  expect(JSON.parse(read('package.json')).name).toBe('shop-platform');
});

test('several modules are one service each, called by their folders where a program has no name of its own', async () => {
  given({
    'services/orders/go.mod': 'module example.com/orders\n\ngo 1.25.0\n',
    'services/orders/cmd/server/main.go': MAIN,
    'services/orders/Dockerfile': 'ARG PORT=8081\nFROM scratch\nEXPOSE ${PORT}\n',
    'services/billing/go.mod': 'module example.com/billing\n\ngo 1.25.0\n',
    'services/billing/main.go': MAIN,
    'services/billing/cmd/migrate/main.go': MAIN,
    'services/stock/go.mod': 'module example.com/stock\n\ngo 1.25.0\n',
    'services/stock/cmd/migrate/main.go': MAIN,
    'node_modules/x/go.mod': 'module x\n',
    'services/stock/testdata/go.mod': 'module x\n',
    'libraries/log/go.mod': 'module example.com/log\n',
    'libraries/log/log.go': 'package log\n',
  });
  expect((await init()).said).toContain("'libraries/log' has no program: no package main in cmd/* or in its own folder.");
  expect(services()).toEqual([
    "'billing' image: GoImage.fromModule('services/billing'),",
    "'billing-migrate' image: GoImage.fromModule('services/billing', { main: './cmd/migrate' }),",
    "'orders' image: GoImage.fromModule('services/orders', { main: './cmd/server' }), port: 8081,",
    "'stock-migrate' image: GoImage.fromModule('services/stock', { main: './cmd/migrate' }),",
  ]);
  expect(read('app.ts')).toContain("registry: 'ghcr.io/acme'");
  expect(read('app.ts')).toContain("new Chart(app, 'acme-shop', { namespace: 'acme-shop' })");
});

test('a build reads as much as its module needs: a workspace, or what it replaces modules by', async () => {
  given({
    'go.work': 'go 1.25.0\n\nuse (\n\t./a\n\t./lib\n)\n',
    'a/go.mod': 'module a\n\nrequire lib v0.0.0\n',
    'a/main.go': MAIN,
    'b/go.mod': 'module b\n\ngo 1.25.0\n\nreplace lib => ../lib\n',
    'b/main.go': MAIN,
    'c/go.mod': 'module c\n\ngo 1.25.0\n\nreplace inner => ./inner\n',
    'c/main.go': MAIN,
    'd/go.mod': 'module d\n\ngo 1.25.0\n\nreplace (\n\tlib => ../../lib\n\tother => /lib\n)\n',
    'd/main.go': MAIN,
    'lib/go.mod': 'module lib\n',
  });
  expect((await init()).said.filter(line => line.includes('replaces'))).toEqual([
    "The go.mod of 'd' replaces a module by '../../lib', which is not below this folder: its image cannot be built from here.",
    "The go.mod of 'd' replaces a module by '/lib', which is not below this folder: its image cannot be built from here.",
  ]);
  expect(services().slice(0, 3)).toEqual([
    "'a' image: GoImage.fromModule('a', { context: '.' }),",
    "'b' image: GoImage.fromModule('b', { context: '.' }),",
    "'c' image: GoImage.fromModule('c'),",
  ]);
});

test.each([['', "{ goVersion: '1.25.0' }"], ['go 1.twenty\n', "{ goVersion: '1.25.0' }"], ['go 1.22\n', ''], ['go 1.22\ntoolchain go1.25.3\n', '']])(
  'a module that says %j of its Go', async (line, options) => {
    given({ 'go.mod': `module gitlab.com/acme/shop\n${line}`, 'main.go': MAIN });
    await init();
    expect(services()).toEqual([`'shop' image: GoImage.fromModule('.'${options && `, ${options}`}),`]);
    expect(read('app.ts')).toContain("registry: 'registry.gitlab.com/acme/shop'");
  });

test('a compose file says what the programs are told, and what runs beside them', async () => {
  given({
    'services/orders/go.mod': 'module example.com/orders\n\ngo 1.25.0\n',
    'services/orders/cmd/server/main.go': MAIN,
    'services/jobs/go.mod': 'module example.com/jobs\n\ngo 1.25.0\n',
    'services/jobs/cmd/mail/main.go': MAIN,
    'services/jobs/cmd/bill/main.go': MAIN,
    'services/jobs/cmd/bill/Dockerfile': 'FROM scratch\nEXPOSE 7000\n',
    'compose.yaml': `
services:
  api:
    build: services/orders
    ports: ["8080:9000", "9100"]
    environment:
      LOG_LEVEL: "it's \\"info\\""
      DB_PASSWORD: geheim
      DATABASE_URL: postgres://db/orders
      CACHE: cache
      CACHE_ADDR: cache
      TRACER: jaeger:4317
      REGION: \${REGION:-eu}
      USER:
      2FA: "1"
  mail: { build: services/jobs, environment: [PORT=7001, MODE=fast] }
  bill: { build: { context: ., dockerfile: services/jobs/cmd/bill/Dockerfile }, environment: { PORT: 7002 } }
  front: { build: front }
  db: { image: "postgres:17.6-alpine" }
  cache: { image: docker.io/library/redis }
  jaeger: { image: "jaegertracing/jaeger:2.9.0" }
`,
  });
  const { status, said } = await init();
  expect(status).toBe(0);
  expect(said).toContain("compose.yaml builds 'front', which is no Go program: it is left out.");
  expect(said).toContain("orders: ./cmd/server of 'services/orders', port 9000 as in compose.yaml.");
  expect(read('app.ts')).toMatchSnapshot();
  expect(read('app.ts')).not.toContain('geheim');
});

test('what is written from a compose file cannot leave its comment or its text', async () => {
  given({
    'go.mod': 'module shop\n\ngo 1.25.0\n',
    'main.go': MAIN,
    'compose.yaml': JSON.stringify({
      services: { 'shop': { build: '.', environment: { "A\n'B": '1', 'TEXT': "a'\\\n\u2028${'$'}{b}", 'SAFE': "'); evil(); //\n" } }, 'x\nevil();': { image: 'a:1\nevil();' } },
    }),
  });
  await init();
  expect(services()).toEqual([expect.stringContaining("env: { SAFE: '\\'); evil(); //\\n', },")]);
  expect(read('app.ts')).not.toMatch(/^\s*(evil|'B)/m);
});

test('a compose file that cannot be read is left out', async () => {
  given({ 'docker-compose.yml': 'services: [' });
  expect((await init()).said).toContainEqual(expect.stringMatching(/^docker-compose\.yml is left out: Flow sequence/));
});

test('a module without its sums cannot be built yet', async () => {
  given({ 'go.mod': 'module shop\n\ngo 1.25.0\n\nrequire github.com/acme/log v1.0.0\n', 'main.go': MAIN });
  expect((await init()).said).toContain("The go.mod of '.' requires modules, but there is no go.sum beside it: run 'go mod tidy' in it before the first synth.");
});

test('nothing is overwritten, and nothing is written beside', async () => {
  given({ 'package.json': '{}', 'main.ts': 'mine' });
  symlinkSync('nowhere', join(folder, 'cdk8s.yaml'));
  expect(await init()).toEqual({
    status: 1,
    said: [],
    complained: [
      'Nothing was written: there are already cdk8s.yaml, main.ts, package.json.\n'
      + '    Move what is in the way, or go to a folder that holds no npm project: no file is overwritten.',
    ],
  });
  expect(readdirSync(folder).sort()).toEqual(['cdk8s.yaml', 'main.ts', 'package.json']);
  expect([read('package.json'), read('main.ts')]).toEqual(['{}', 'mine']);
});

test('a .gitignore that is there stays, and what it lacks is said', async () => {
  given({ '.gitignore': '/node_modules\n*.log\ndist/\n' });
  const { status, said } = await init();
  expect(status).toBe(0);
  expect(said).toContain('.gitignore is left as it was; it should have the lines artifacts/ .build/ build.json');
  expect(read('.gitignore')).toBe('/node_modules\n*.log\ndist/\n');
});

test('a file that comes in between stays, and what was written before it goes', () => {
  const files = ['a.ts', 'made/b.ts', 'made/b.ts'].map(path => ({ path, text: 'new' }));
  expect(() => writeProject(folder, files)).toThrow(/EEXIST/);
  expect(readdirSync(folder)).toEqual([]);
});

test('twice says what is there', async () => {
  await init();
  const { status, complained } = await init();
  expect(status).toBe(1);
  expect(complained[0]).toContain(WRITTEN.slice(1).join(', '));
});

describe('--ci', () => {
  const program = { 'go.mod': 'module gitlab.com/acme/shop\n\ngo 1.25.0\n', 'main.go': MAIN };
  const example = (file: string): string => readFileSync(join(__dirname, '../../../examples/platform-repo', file), 'utf8');

  test.each([['github', '.github/workflows/platform.yaml'], ['gitlab', '.gitlab-ci.yml']])('%s adds the pipeline of examples/platform-repo', async (system, file) => {
    given(program);
    const { status, said } = await init('--ci', system);
    expect(status).toBe(0);
    expect(said.at(-2)).toBe('The pipeline installs by package-lock.json: commit it, once npm install has written it.');
    expect(read(file)).toBe(example(file).replaceAll('ghcr.io', 'registry.gitlab.com'));
    const { scripts } = JSON.parse(read('package.json'));
    const called = [...read(file).matchAll(/npm (?:run ([\w-]+)|(test))/g)].map(([, script, test]) => script ?? test);
    expect(called.filter(script => scripts[script] === undefined)).toEqual([]);
    expect(called).toContain('schemas');
  });

  test('a pipeline that is there stays, and nothing is written', async () => {
    given({ ...program, '.gitlab-ci.yml': 'mine' });
    expect((await init('--ci', 'gitlab')).complained[0]).toMatch(/^Nothing was written: there is already \.gitlab-ci\.yml\.\n/);
    expect(readdirSync(folder).sort()).toEqual(['.gitlab-ci.yml', 'go.mod', 'main.go']);
  });

  test('what the disk refuses leaves nothing behind', async () => {
    given({ ...program, '.github': 'a file' });
    const { status, complained } = await init('--ci', 'github');
    expect(status).toBe(1);
    expect(complained).toEqual([expect.stringMatching(/^Nothing was written: E/)]);
    expect(readdirSync(folder).sort()).toEqual(['.github', 'go.mod', 'main.go']);
  });

  test.each([['jenkins', program, /^Nothing was written: there is no pipeline for 'jenkins'\.\n {4}Write --ci github or --ci gitlab, or leave it out\.$/], ['github', {}, /^Nothing was written: there is no Go program here whose image a pipeline could build\.\n/]])(
    '%s where it cannot be', async (system, files, complaint) => {
      given(files);
      const { status, complained } = await init('--ci', system);
      expect(status).toBe(1);
      expect(complained).toEqual([expect.stringMatching(complaint)]);
      expect(readdirSync(folder).sort()).toEqual(Object.keys(files).sort());
    });
});

test('what it does not know it refuses', async () => {
  expect((await init('here')).status).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});
