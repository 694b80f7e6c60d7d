import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { inTemporaryFolder, ROOT } from '../package/compiled';

const NAME = 'cdk8s-golden-path';
const OWN = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  engines: { node: string }; devDependencies: { [name: string]: string }; peerDependencies: { [name: string]: string };
};
/** What runs when the root is loaded, and what `local` and a DockerStack ask for besides. */
const FILES = ['installation/installation', 'installation/optional', 'diagnostics/plain-error'];

/** A package of a project: its package.json, by its path below the project. */
interface Packages {
  readonly [folder: string]: { readonly version: string; readonly peerDependencies?: { readonly [name: string]: string } } | undefined;
}

/** What is published of the peers, in the versions that the package is tested with. */
const PEERS: Packages = Object.fromEntries(Object.keys(OWN.peerDependencies).map(name => {
  const { version, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));
  return [name, { version, peerDependencies }];
}));

function compile(file: string, target: string): string {
  return transformSync(readFileSync(join(ROOT, 'lib', `${file}.ts`), 'utf8'), { loader: 'ts', format: 'cjs', target }).code;
}

/** What a script of a project with these packages prints. Peers are where npm puts them, unless the changes say otherwise. */
function run(changes: Packages, script: string, own: object = OWN): { stdout: string; stderr: string; folder: string } {
  return inTemporaryFolder(folder => {
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    };
    for (const [name, manifest] of Object.entries({ ...PEERS, ...changes })) {
      if (manifest) {
        write(`node_modules/${name}/package.json`, JSON.stringify({ name: name.replace(/^.*\/node_modules\//, ''), ...manifest }));
      }
    }
    write(`node_modules/${NAME}/package.json`, JSON.stringify(own));
    FILES.forEach(file => write(`node_modules/${NAME}/lib/${file}.js`, compile(file, 'es2022')));
    write(`node_modules/${NAME}/lib/index.js`, "require('./installation/installation');");
    write('main.js', script);
    const { stdout, stderr } = spawnSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
    return { stdout: stdout.replaceAll(folder, ''), stderr, folder };
  });
}

/** Prints the message of what an expression throws. */
const message = (expression: string) => `try { ${expression}; } catch (problem) { process.stdout.write(problem.message); }`;

function loading(changes: Packages, before = ''): string {
  return run(changes, `${before}\n${message(`require('${NAME}')`)}`).stdout;
}

const local = (changes: Packages) => run(changes, message(`require('${NAME}/lib/installation/optional.js')`)).stdout;
const dockerStack = (changes: Packages) => run(changes, message(
  `require('${NAME}/lib/installation/installation.js').checkInstallation({ suffix: '.local.DockerStack', optional: true, needed: true })`)).stdout;

test('where all is well it says nothing', () => {
  expect(loading({})).toBe('');
  expect(loading({ 'cdktf': undefined, '@cdktf/provider-docker': undefined })).toBe('');
});

test('newer versions of the same major are well, and a checkout is', () => {
  expect(loading({ 'cdk8s': { version: '2.1000.0' }, 'constructs': { version: '10.5.0-beta.1' }, 'cdk8s-plus-27': { version: '0.0.0' } })).toBe('');
});

test('an old Node', () => {
  expect(loading({}, "Object.defineProperty(process.versions, 'node', { value: '18.20.8' });")).toBe(`\
cdk8s-golden-path cannot work as it is installed here.

  Node 18.20.8 runs it, and Node >= 20.0.0 is needed.

Run:
  nvm install --lts
`);
});

test('peers that are missing', () => {
  expect(loading({ 'cdk8s': undefined, 'cdk8s-plus-27': undefined, 'constructs': undefined })).toBe(`\
cdk8s-golden-path cannot work as it is installed here.

  cdk8s is not installed, and ^2.70.106 is needed.
  cdk8s-plus-27 is not installed, and ^2.9.5 is needed.
  constructs is not installed, and ^10.4.2 is needed.

Run:
  npm install "cdk8s@^2.70.106" "cdk8s-plus-27@^2.9.5" "constructs@^10.4.2"
`);
});

test('peers of an older version and of another major', () => {
  expect(loading({ 'cdk8s': { version: '3.0.0' }, 'cdk8s-plus-27': { version: '2.9.4' }, 'constructs': { version: '10.3.12' } })).toBe(`\
cdk8s-golden-path cannot work as it is installed here.

  cdk8s 3.0.0 is installed in /node_modules/cdk8s, and ^2.70.106 is needed.
  cdk8s-plus-27 2.9.4 is installed in /node_modules/cdk8s-plus-27, and ^2.9.5 is needed.
  constructs 10.3.12 is installed in /node_modules/constructs, and ^10.4.2 is needed.

Run:
  npm install "cdk8s@^2.70.106" "cdk8s-plus-27@^2.9.5" "constructs@^10.4.2"
`);
});

test('another line of cdk8s-plus', () => {
  expect(loading({ 'cdk8s-plus-27': undefined, 'cdk8s-plus-30': { version: '2.4.10' } })).toBe(`\
cdk8s-golden-path cannot work as it is installed here.

  cdk8s-plus-30 is installed, and cdk8s-plus-27 ^2.9.5 is needed: install that, and import from 'cdk8s-plus-27'.

Run:
  npm install "cdk8s-plus-27@^2.9.5"
`);
});

test('another line of cdk8s-plus beside ours is no fault', () => {
  expect(loading({ 'cdk8s-plus-30': { version: '2.4.10' } })).toBe('');
});

test('two copies of constructs, and of cdk8s', () => {
  expect(loading({
    'cdk8s/node_modules/constructs': { version: '10.3.0' },
    'cdk8s-plus-27/node_modules/cdk8s': { version: '2.68.11' },
  })).toBe(`\
cdk8s-golden-path cannot work as it is installed here.

  constructs is there twice, and one copy is needed: 10.4.2 in /node_modules/constructs, which cdk8s-golden-path loads, \
and 10.3.0 in /node_modules/cdk8s/node_modules/constructs, which cdk8s loads (npm ls constructs says who brings which).
  cdk8s is there twice, and one copy is needed: 2.70.106 in /node_modules/cdk8s, which cdk8s-golden-path loads, \
and 2.68.11 in /node_modules/cdk8s-plus-27/node_modules/cdk8s, which cdk8s-plus-27 loads (npm ls cdk8s says who brings which).

Run:
  npm dedupe
`);
});

test('docs/architecture.md shows what is said', () => {
  const said = loading({ 'cdk8s-plus-27': undefined, 'cdk8s-plus-30': { version: '2.4.10' } }, "Object.defineProperty(process.versions, 'node', { value: '18.20.8' });");
  expect(readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')).toContain(`\n\`\`\`text\n${said}\`\`\`\n`);
});

test('everything at once, and the commands in the order to type them', () => {
  expect(loading({
    'cdk8s': undefined, 'constructs': { version: '9.0.0' }, 'cdk8s-plus-27/node_modules/constructs': { version: '10.4.2' },
  }, "Object.defineProperty(process.versions, 'node', { value: '16.20.2' });")).toBe(`\
cdk8s-golden-path cannot work as it is installed here.

  Node 16.20.2 runs it, and Node >= 20.0.0 is needed.
  cdk8s is not installed, and ^2.70.106 is needed.
  constructs is there twice, and one copy is needed: 9.0.0 in /node_modules/constructs, which cdk8s-golden-path loads, \
and 10.4.2 in /node_modules/cdk8s-plus-27/node_modules/constructs, which cdk8s-plus-27 loads (npm ls constructs says who brings which).
  constructs 9.0.0 is installed in /node_modules/constructs, and ^10.4.2 is needed.

Run:
  nvm install --lts
  npm install "cdk8s@^2.70.106" "constructs@^10.4.2"
  npm dedupe
`);
});

test('what local needs', () => {
  expect(local({ 'cdktf': undefined, '@cdktf/provider-docker': undefined })).toBe('');
  expect(local({})).toBe('');
  expect(dockerStack({})).toBe('');
  expect(local({ 'cdktf': { version: '0.20.12' }, '@cdktf/provider-docker': undefined })).toBe(`\
cdk8s-golden-path.local cannot work as it is installed here.

  cdktf 0.20.12 is installed in /node_modules/cdktf, and ^0.21.0 is needed.

Run:
  npm install "cdktf@^0.21.0"
`);
  expect(dockerStack({ 'cdktf': undefined, '@cdktf/provider-docker': undefined })).toBe(`\
cdk8s-golden-path.local.DockerStack cannot work as it is installed here.

  @cdktf/provider-docker is not installed, and ^12.0.3 is needed.
  cdktf is not installed, and ^0.21.0 is needed.

Run:
  npm install "@cdktf/provider-docker@^12.0.3" "cdktf@^0.21.0"
`);
});

test('a package that keeps its package.json for itself is taken as it is', () => {
  const hidden = { version: '10.9.0', main: 'package.json', exports: { '.': './package.json' } };
  expect(loading({ constructs: hidden })).toBe('');
});

test('where a bundler has put it into another file nothing is looked at', () => {
  expect(run({ cdk8s: undefined }, message(`require('./node_modules/${NAME}/lib')`), { name: 'shop' }).stdout).toBe('');
});

test('it prints as its message alone', () => {
  const { stderr } = run({ cdk8s: undefined }, `require('${NAME}');`);
  expect(stderr).toContain('cdk8s-golden-path cannot work as it is installed here.\n\n  cdk8s is not installed');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a Node of long ago gets as far as the message', () => {
  expect(FILES.filter(file => compile(file, 'node12') !== compile(file, 'esnext'))).toEqual([]);
});

test('the ranges of package.json are of the kinds that are understood', () => {
  expect(OWN.engines.node).toMatch(/^>= \d+\.\d+\.\d+$/);
  Object.values(OWN.peerDependencies).forEach(range => expect(range).toMatch(/^\^\d+\.\d+\.\d+$/));
});
