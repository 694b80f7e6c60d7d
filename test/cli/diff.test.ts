import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hear } from './hear';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function given(files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function diff(...args: string[]): Promise<{ readonly status: number; readonly said: string; readonly complained: string[] }> {
  const { said, ...heard } = await hear(['diff', ...args], folder);
  return { ...heard, said: said.join('\n') };
}

const object = (kind: string, name: string, rest = ''): string => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n${rest}`;

const DEPLOYMENT = (image: string, extra = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: orders
          image: ${image}
${extra}`;

const BEFORE = {
  'old/shop.k8s.yaml': [
    DEPLOYMENT('ghcr.io/acme/orders:1.4.2', '          args: [--port, "80"]\n'),
    object('Service', 'orders', 'spec: {ports: [{port: 80, name: http}, {port: 90, name: admin}]}\n'),
    object('ConfigMap', 'settings', 'data:\n  app.ini: |\n    a=1\n    b=2\n    c=3\n'),
    object('Secret', 'login', 'data: {password: aHVudGVyMg==, old: b25seS1iZWZvcmU=}\n'),
    object('ConfigMap', 'gone'),
  ].join('---\n'),
};
const AFTER = {
  'new/shop.k8s.yaml': [
    object('ConfigMap', 'fresh'),
    object('Secret', 'login', 'stringData: {token: s3cr3t}\ndata: {password: Y29ycmVjdA==}\n'),
    object('Service', 'orders', 'spec: {ports: [{name: admin, port: 90}, {name: http, port: 80}]}\n'),
    object('ConfigMap', 'settings', 'data:\n  app.ini: |\n    a=1\n    b=20\n    c=3\n'),
    DEPLOYMENT('ghcr.io/acme/orders:1.5.0', '          args: [--port, "81"]\n          resources:\n            limits: {memory: 1Gi}\n            requests: {memory: 1Gi}\n'),
  ].join('---\n'),
};

const TEXT = `+ ConfigMap shop/fresh
- ConfigMap shop/gone
~ ConfigMap shop/settings
~   data['app.ini']:
-     b=2
+     b=20
~ Deployment shop/orders
~   spec.template.spec.containers[orders].args: ["--port", "80"] → ["--port", "81"]
~   spec.template.spec.containers[orders].image: ghcr.io/acme/orders:1.4.2 → ghcr.io/acme/orders:1.5.0
+   spec.template.spec.containers[orders].resources:
+     limits:
+       memory: 1Gi
+     requests:
+       memory: 1Gi
~ Secret shop/login
-   data.old: removed, its value is not shown
~   data.password: changed, its value is not shown
+   stringData.token: added, its value is not shown

3 objects changed, 1 added, 1 removed`;

const FORMATS = ['text', 'markdown', 'json'];

describe('two folders that differ', () => {
  beforeEach(() => given({ ...BEFORE, ...AFTER }));

  test('as text', async () => {
    expect(await diff('old', 'new')).toEqual({ status: 1, said: TEXT, complained: [] });
  });

  test('as docs/reports.md shows it', () => {
    expect(readFileSync(join(__dirname, '../../docs/reports.md'), 'utf8')).toContain(`\n\`\`\`text\n${TEXT}\n\`\`\`\n`);
  });

  test('as markdown', async () => {
    expect((await diff('old', 'new', '--format', 'markdown')).said).toBe([
      '<!-- cdk8s-golden-path diff -->',
      '**Manifests:** 3 objects changed, 1 added, 1 removed',
      '',
      '```diff',
      ...TEXT.split('\n').slice(0, -2).map(line => line.replace(/^~/, '!')),
      '```',
    ].join('\n'));
  });

  test('as JSON', async () => {
    const { said, status } = await diff('old', 'new', '--format', 'json');
    expect(status).toBe(1);
    const { objects, ...counts } = JSON.parse(said);
    expect(counts).toEqual({ equal: false, added: 1, removed: 1, changed: 3 });
    expect(objects[0]).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'fresh', change: 'added' });
    expect(objects[3].fields[1]).toEqual({
      path: 'spec.template.spec.containers[orders].image', change: 'changed', before: 'ghcr.io/acme/orders:1.4.2', after: 'ghcr.io/acme/orders:1.5.0',
    });
    expect(objects[4].fields).toEqual([
      { path: 'data.old', change: 'removed', hidden: true }, { path: 'data.password', change: 'changed', hidden: true }, { path: 'stringData.token', change: 'added', hidden: true },
    ]);
  });

  test('--exit-zero leaves the failing to others', async () => {
    expect(await diff('old', 'new', '--exit-zero')).toEqual({ status: 0, said: TEXT, complained: [] });
  });

  test('one file of each will do, whatever it is called', async () => {
    given({ 'a.txt': BEFORE['old/shop.k8s.yaml'], 'b.txt': AFTER['new/shop.k8s.yaml'] });
    expect((await diff('a.txt', join(folder, 'b.txt'))).said).toBe(TEXT);
  });
});

test.each(FORMATS)('no value of a Secret gets into %s, wherever it comes from', async format => {
  const secret = (value: string): string => object('Secret', 'login', `data: ${value}\nstringData: [${value}]\n`)
    .replace('metadata:', `metadata:\n  annotations: {kubectl.kubernetes.io/last-applied-configuration: ${value}, note: ${value === 'hunter2' ? 'one' : 'two'}}`);
  given({ 'old/a.yaml': secret('hunter2'), 'new/a.yaml': secret('correct') });
  const { said } = await diff('old', 'new', '--format', format);
  expect(said).not.toMatch(/hunter2|correct/);
  expect(said.match(/stringData|data\b|last-applied-configuration|annotations\.note/g)).toEqual(expect.arrayContaining(['data', 'stringData', 'last-applied-configuration', 'annotations.note']));
});

test('a text that does not parse is not quoted, for it may be a secret', async () => {
  given({ 'old/a.yaml': 'kind: Secret\ndata: {password: hunter2\n  hunter2: [hunter2, *hunter2', 'new/a.json': '{"kind": "Secret", hunter2' });
  const { status, complained } = await diff('old', 'new');
  expect(status).toBe(2);
  expect(complained.length).toBeGreaterThan(1);
  expect(complained.join('\n')).not.toContain('hunter2');
  expect(complained.every(line => /^(old\/a\.yaml|new\/a\.json):\d+: this is no YAML: /.test(line))).toBe(true);
});

test.each([['text', 'no changes'], ['markdown', '<!-- cdk8s-golden-path diff -->\n**Manifests:** no changes'], ['json', `{
  "equal": true,
  "added": 0,
  "removed": 0,
  "changed": 0,
  "objects": []
}`]])('the same in other files, another order and another format is no change: %s', async (format, said) => {
  given({
    'old/all.yaml': `${object('ConfigMap', 'a', 'data: {x: "1", z: "2"}\n')}---\n${object('ConfigMap', 'b')}---\n# nothing\n`,
    'new/b.yml': object('ConfigMap', 'b'),
    'new/a.json': JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [{ data: { z: '2', x: '1' }, metadata: { namespace: 'shop', name: 'a' }, kind: 'ConfigMap', apiVersion: 'v1' }] }, undefined, '\t'),
    'new/construct-metadata.json': '{"version":"1.0.0","resources":{}}',
    'new/README.md': 'no manifest',
    'new/.hidden/a.yaml': 'no: manifest',
  });
  expect(await diff('old', 'new', '--format', format)).toEqual({ status: 0, said, complained: [] });
});

test('environments are kept apart', async () => {
  given({
    'old/dev/a.yaml': object('ConfigMap', 'a', 'data: {x: "1"}\n'),
    'old/prod/deep/a.yaml': object('ConfigMap', 'a', 'data: {x: "1"}\n'),
    'old/a.yaml': object('ConfigMap', 'a'),
    'new/dev/b.yaml': object('ConfigMap', 'a', 'data: {x: "2"}\n'),
    'new/prod/a.yaml': object('ConfigMap', 'a', 'data: {x: "1"}\n'),
    'new/stage/a.yaml': object('ConfigMap', 'a'),
  });
  expect((await diff('old/', 'new')).said).toBe(`- ConfigMap shop/a
  dev:
~ ConfigMap shop/a
~   data.x: "1" → "2"
  stage:
+ ConfigMap shop/a

1 object changed, 1 added, 1 removed`);
});

test('an object is known by the group of its API, not by its version', async () => {
  given({
    'old/a.yaml': object('HorizontalPodAutoscaler', 'a').replace('v1', 'autoscaling/v2beta2'),
    'new/a.yaml': object('HorizontalPodAutoscaler', 'a').replace('v1', 'autoscaling/v2'),
  });
  expect((await diff('old', 'new')).said).toContain('~   apiVersion: autoscaling/v2beta2 → autoscaling/v2');
});

test('what reads as an older YAML does to an API server is read so, and dates are texts', async () => {
  given({
    'old/a.yaml': object('Thing', 'a', 'mode: 0644\non: yes\nday: 2024-01-01\n'),
    'new/a.yaml': object('Thing', 'a', 'mode: 420\n"on": "yes"\nday: "2024-01-01"\n'),
  });
  expect((await diff('old', 'new')).said).not.toContain('mode');
  expect((await diff('old', 'new')).said).not.toContain('day');
});

test('a long comment is cut, and says so; a fence in a value does not end the block', async () => {
  given({
    'old/a.yaml': object('ConfigMap', 'a', 'data: {x: "```", z: z}\n'),
    'new/a.yaml': object('ConfigMap', 'a', `data:\n  x: "${'`'.repeat(4)}"\n  z: |\n${Array.from({ length: 9000 }, (_, index) => `    line ${index}`).join('\n')}\n`),
  });
  const { said } = await diff('old', 'new', '--format', 'markdown');
  expect(said.length).toBeLessThan(65_536);
  expect(said).toContain('\n`````diff\n');
  expect(said).toMatch(/\n`````\n\n\d+ more lines do not fit into a comment\.$/);
});

describe('what cannot be compared', () => {
  beforeEach(() => given({ 'new/a.yaml': object('ConfigMap', 'a') }));

  test.each<[string, { readonly [path: string]: string }, string[]]>([
    ['a folder that is not there', {}, ['old: there is no such file or folder']],
    ['YAML that does not parse', { 'old/dev/a.yaml': `${object('ConfigMap', 'a')}---\nkind: [a\nb: c\n` }, [
      'old/dev/a.yaml:8: this is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ]],
    ['a key that is there twice', { 'old/a.yaml': 'kind: A\nkind: B\n' }, ['old/a.yaml:2: this is no YAML: Map keys must be unique']],
    ['no object', { 'old/a.yaml': '# a comment\n- a\n' }, ['old/a.yaml:2: this is no object of Kubernetes: it has no apiVersion']],
    ['no kind', { 'old/a.yaml': `${object('ConfigMap', 'a')}---\napiVersion: v1\nmetadata: {name: b}\n` }, ['old/a.yaml:7: this is no object of Kubernetes: it has no kind']],
    ['no name', { 'old/a.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n' }, ['old/a.yaml:1: this Job has no metadata.name']],
    ['the same object twice', { 'old/a.yaml': object('ConfigMap', 'a'), 'old/b.yaml': `---\n${object('ConfigMap', 'a')}` }, ['old/b.yaml:2: ConfigMap shop/a is there already, at old/a.yaml:1']],
    ['several faults', { 'old/a.yaml': '- a\n', 'old/b.yaml': '- b\n' }, [
      'old/a.yaml:1: this is no object of Kubernetes: it has no apiVersion', 'old/b.yaml:1: this is no object of Kubernetes: it has no apiVersion',
    ]],
  ])('%s', async (_, files, complained) => {
    given(files);
    expect(await diff('old', 'new', '--exit-zero')).toEqual({ status: 2, said: '', complained });
  });

  test('a link that leads nowhere, and one that leads to itself', async () => {
    mkdirSync(join(folder, 'old'));
    symlinkSync('gone.yaml', join(folder, 'old/a.yaml'));
    symlinkSync('b.yaml', join(folder, 'old/b.yaml'));
    expect(await diff('old', 'new')).toEqual({
      status: 2, said: '', complained: ['old/a.yaml: there is no such file or folder', 'old/b.yaml: it cannot be read (ELOOP)'],
    });
  });
});

test('an empty folder holds no objects', async () => {
  mkdirSync(join(folder, 'old'));
  given({ 'new/a.yaml': object('ConfigMap', 'a') });
  expect(await diff('old', 'new')).toEqual({ status: 1, said: '+ ConfigMap shop/a\n\n1 object added', complained: [] });
});
