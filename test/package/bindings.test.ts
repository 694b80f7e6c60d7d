import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { assemblyTypes, expectCompiled, ROOT } from './compiled';

let folder: string;
let output: string;

/** One run for all languages. It writes code and builds none, so no toolchain of theirs is needed. */
beforeAll(() => {
  expectCompiled();
  folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
  const pacmak = require.resolve('jsii-pacmak/bin/jsii-pacmak');
  const examples = ['--rosetta-tablet', '.jsii.tabl.json.gz', '--rosetta-unknown-snippets', 'fail'];
  const args = [pacmak, '--code-only', '--no-npmignore', ...examples, '--targets', 'python', 'java', 'go', '--outdir', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
      JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
      JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    },
  });
  output = `${stdout}${stderr}`;
  if (status !== 0) {
    throw new Error(`jsii-pacmak ended with ${status}:\n${output}`);
  }
}, 120_000);

afterAll(() => {
  if (folder) {
    rmSync(folder, { recursive: true, force: true });
  }
});

function filesWith(extension: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter(file => file.endsWith(extension)).sort();
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function names(text: string, declaration: RegExp): string[] {
  return [...text.matchAll(declaration)].map(([, name]) => name);
}

/** The types of the package that no submodule holds. */
const expected = () => assemblyTypes().filter(({ fqn }) => fqn.split('.').length === 2).map(({ name }) => name).sort();
const python = () => read(filesWith(join('cdk8s_golden_path', '__init__.py'))[0]);
const missingFrom = (found: readonly string[]) => expected().filter(name => !found.includes(name));

test('there is something to generate', () => {
  expect(expected()).toEqual(expect.arrayContaining(['Platform', 'PlatformApp', 'PlatformProps', 'Replicas', 'Severity']));
});

test('Python gets every type', () => {
  expect(missingFrom(names(python(), /^class (\w+)[(:]/gm))).toEqual([]);
});

test('Java gets every type', () => {
  expect(missingFrom(filesWith('.java').map(file => basename(file, '.java')))).toEqual([]);
});

test('Go gets every type', () => {
  expect(missingFrom(filesWith('.go').flatMap(file => names(read(file), /^type (\w+) (?:interface|struct|string)/gm)))).toEqual([]);
});

test('examples are in the language of the reader', () => {
  expect(python()).toContain('GoStyleMicroservice(chart, "orders",');
  expect(read(filesWith('GoStyleMicroservice.java')[0])).toContain('GoStyleMicroservice.Builder.create(chart, "orders")');
  expect(filesWith('.go').map(read).join('\n')).toContain('goldenpath.NewGoStyleMicroservice(chart, jsii.String("orders")');
  expect(read(filesWith('README.md').find(file => file.startsWith('python'))!)).toContain('```python');
});

test('nothing is warned of', () => {
  expect(output.split('\n').filter(line => /warn/i.test(line))).toEqual([]);
});

test('no name of ours is changed for Python; those of Kubernetes are as they are', () => {
  // The generator puts an underscore behind a name that the language reserves.
  const renamed = python().split(/^(?=class )/m).filter(text => !/^class \w+Fields[(:]/.test(text)).flatMap(text => names(text, /def (\w*[a-z]_)\(/g));
  expect(renamed).toEqual([]);
});
