import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from './compiled';
import { type Block, type Manifest, type Output, pageBlocks, runProgram, shows } from './page-programs';
import { pages, pageSnippets } from './snippets';
import { ROOMS } from '../../tools/rooms';

/** What the programs of the pages read, relative to the folder where they run. */
const FILES: { readonly [file: string]: string } = {
  'services/orders/go.mod': 'module example.com/orders\n\ngo 1.25\n',
  ...Object.fromEntries(['', 'cmd/orders/', 'cmd/server/', 'cmd/migrate/'].map(folder =>
    [`services/orders/${folder}main.go`, 'package main\n\nfunc main() {}\n'])),
  'services/orders/rules.yaml': 'rules: []\n',
  'services/orders/templates/order.html': '<p>An order</p>\n',
  // What kubeseal writes: the length of a key, the key, and the value.
  'secrets/payment-api-key.sealed': Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512, 1), Buffer.alloc(32, 2)]).toString('base64'),
};
/**
 * What the diagnostics print is written by a tool out of what its examples really print, and the programs of the four languages are those that
 * run from examples/languages; tests of their own hold that.
 */
const GENERATED = ['docs/diagnostics.md', 'docs/languages.md'];
const PAGES = pages().filter(page => !GENERATED.includes(page));

const home = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  process.chdir(folder);
  process.env.IMAGE_TAG = '1.4.2';
});

afterAll(() => {
  delete process.env.IMAGE_TAG;
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

/** What a program of a page makes, and the line where the program begins. */
interface Run {
  readonly line: number;
  readonly output: Output;
}

const runs = new Map<string, readonly Run[]>();

/** What the programs of a page make, in their order. */
function outputsOf(page: string): readonly Run[] {
  if (!runs.has(page)) {
    runs.set(page, pageSnippets(page).map(program => ({ line: Number(program.name.split(':')[1]), output: runProgram(program) })));
  }
  return runs.get(page)!;
}

/** What the program makes that the reader of a block has above it; nothing where there is none. */
function outputAbove(outputs: readonly Run[], { line }: Block): Output | undefined {
  return outputs.filter(({ line: begin }) => begin < line).pop()?.output;
}

/** The objects that a block shows, in whole or in part; other YAML is no manifest. */
function manifestsIn({ language, text }: Block): Manifest[] {
  const documents: Manifest[] = language === 'yaml' ? parseAllDocuments(text).map(document => document.toJS()) : [];
  return documents.filter(document => document?.kind !== undefined && document.metadata?.name !== undefined);
}

function isFinding({ language, text }: Block): boolean {
  return language === 'text' && /^(error|warning) /.test(text);
}

describe.each(PAGES)('%s', page => {
  test('its programs run, and stop with those errors alone that it shows', () => {
    const shown = pageBlocks(page).filter(isFinding).map(({ text }) => text).join('\n');
    expect(outputsOf(page).flatMap(({ output }) => output.errors).filter(error => !shown.includes(error))).toEqual([]);
  });

  test('the YAML that it shows is what its programs make', () => {
    const outputs = outputsOf(page);
    const wrong = pageBlocks(page).flatMap(block => manifestsIn(block).flatMap(shown => {
      const made = outputAbove(outputs, block)?.objects.filter(({ manifest }) =>
        manifest.kind === shown.kind && manifest.metadata.name === shown.metadata.name) ?? [];
      return made.some(({ manifest }) => shows(shown, manifest))
        ? [] : [`${block.origin}: ${shown.kind} ${shown.metadata.name} is\n${made.map(({ yaml }) => yaml).join('\n') || 'not made'}`];
    }));
    expect(wrong.join('\n\n')).toBe('');
  });

  test('what it says that is printed is printed', () => {
    const outputs = outputsOf(page);
    const catalogue = readFileSync(join(ROOT, 'docs/diagnostics.md'), 'utf8');
    const wrong = pageBlocks(page).filter(block => isFinding(block) || ['json', 'console'].includes(block.language)).filter(block => {
      const { errors = [], warnings = [], printed = '' } = outputAbove(outputs, block) ?? {};
      return ![...errors, ...warnings, printed, isFinding(block) ? catalogue : ''].join('\n').includes(block.text);
    });
    expect(wrong.map(({ origin }) => origin)).toEqual([]);
  });
});

test('README shows what its definition becomes', () => {
  const [program] = pageSnippets('README.md');
  const picture = pageBlocks('README.md').find(({ text }) => text.startsWith('your definition'));
  expect(`${picture?.text}\n`).toBe(draw(program.lines.map(({ text }) => text), outputsOf('README.md')[0].output));
});

/** The picture of README: what was written, and what it becomes. */
function draw(source: readonly string[], { objects, artifacts }: Output): string {
  const [{ chart }] = objects;
  const makers = [...new Set(objects.map(({ maker }) => maker))];
  const width = 30;
  const arrow = (left: string, right: string) => `${left.padEnd(width)} ${left ? '──▶' : '   '} ${right}`;
  const yaml = objects.map(object => object.yaml).join('---\n');
  return [
    `${'your definition'.padEnd(width)}     what is written`,
    '',
    arrow(`Chart ${chart}`, `dist/${chart}.k8s.yaml`),
    ...makers.flatMap(maker => objects.filter(object => object.maker === maker)
      .map(({ manifest }, index) => arrow(index === 0 ? `  ${maker}` : '', `  ${manifest.kind} ${manifest.metadata.name}`))),
    ...Object.keys(artifacts).map((path, index) => arrow(index === 0 ? 'PlatformApp' : '', `artifacts/${path}`)),
    '',
    `${source.filter(line => line !== '').length} lines become ${objects.length} objects in ${yaml.trimEnd().split('\n').length} lines of YAML, and ${Object.keys(artifacts).length} other files.`,
    '',
  ].join('\n');
}

test('docs/coming-from.md is right about what cdk8s-plus leaves to its users', () => {
  const [ours, plus] = outputsOf('docs/coming-from.md').map(({ output }) => output.objects);
  const textOf = (objects: typeof ours) => objects.map(({ yaml }) => yaml).join('\n');
  const kindsOf = (objects: typeof ours) => objects.map(({ manifest }) => manifest.kind).sort();
  expect(kindsOf(plus)).toEqual(['Deployment', 'Service']);
  expect(kindsOf(ours)).toEqual(['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount']);
  const besides = [
    'seccompProfile', 'drop:', 'runAsUser: 65532', 'mountPath: /tmp', 'livenessProbe', 'preStop', 'maxUnavailable: 0', 'topologySpreadConstraints', 'podAntiAffinity',
    'ephemeral-storage', 'GOMEMLIMIT', 'targetPort: http', 'app.kubernetes.io/name',
  ];
  expect(besides.filter(text => !textOf(ours).includes(text))).toEqual([]);
  expect(besides.filter(text => textOf(plus).includes(text))).toEqual([]);
});

test('every room that the package offers has a chapter, and README names every page', () => {
  const offered = [...readFileSync(join(ROOT, 'lib/index.ts'), 'utf8').matchAll(/'\.\/(\w+)\/index'/g)].map(([, room]) => room);
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(offered.length).toBeGreaterThan(10);
  expect(offered.filter(room => !existsSync(join(ROOT, `docs/${room}.md`)))).toEqual([]);
  expect(pages().slice(1).filter(page => !readme.includes(`](${page})`))).toEqual([]);
});

test('links lead somewhere', () => {
  const texts = new Map([...pages(), 'CONTRIBUTING.md', 'CHANGELOG.md'].map(page => [page, prose(page)]));
  const broken = [...texts].flatMap(([page, text]) => [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].flatMap(([, path, anchor]) => {
    const target = path === '' ? page : join(dirname(page), path).replace(/\\/g, '/');
    if (!existsSync(join(ROOT, target))) {
      return [`${page}: ${path}`];
    }
    return anchor === undefined || anchorsOf(target).includes(anchor) ? [] : [`${page}: ${path}#${anchor}`];
  }));
  expect(broken).toEqual([]);
});

/** A page without its blocks of code. */
function prose(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '``');
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  const headings = [...readFileSync(join(ROOT, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/ /g, '-'));
}

test('a part of an object is found in it, another object is not', () => {
  const made = { kind: 'Service', spec: { ports: [{ name: 'http', port: 80 }], type: 'ClusterIP' } };
  expect(shows({ spec: { ports: [{ port: 80 }] } }, made)).toBe(true);
  expect(shows({ spec: { ports: [{ port: 81 }] } }, made)).toBe(false);
  expect(shows({ spec: { ports: [] } }, made)).toBe(false);
  expect(shows({ spec: { selector: {} } }, made)).toBe(false);
});

test('docs/architecture.md says what lives in each room, in their order', () => {
  const folders = readdirSync(join(ROOT, 'lib'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
  const described = [...readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').matchAll(/^\| `(\w+)` \|/gm)].map(([, room]) => room);
  expect(described).toEqual(ROOMS.filter(room => folders.includes(room)));
  expect(folders.filter(room => !described.includes(room))).toEqual([]);
});
