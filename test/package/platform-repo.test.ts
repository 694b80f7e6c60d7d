import { execSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { ROOT } from './compiled';
import { installPacked } from './packed';
import { NEWEST_MINOR, validateManifest } from '../support/schemas';

const EXAMPLE = join(ROOT, 'examples/platform-repo');
const PACKAGE = JSON.parse(readFileSync(join(EXAMPLE, 'package.json'), 'utf8')) as {
  readonly scripts: { readonly [name: string]: string };
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
};
/** What its own installation would bring beside the package. */
const OTHERS = Object.keys({ ...PACKAGE.dependencies, ...PACKAGE.devDependencies }).filter(name => name !== 'cdk8s-golden-path');
const ENVIRONMENTS = ['dev', 'production', 'staging'];
const SERVICES = ['catalog', 'orders', 'web'];

let home: string;
let project: string;

beforeAll(() => {
  home = installPacked(OTHERS).folder;
  project = join(home, 'platform-repo');
  cpSync(EXAMPLE, project, { recursive: true, filter: file => !['node_modules', 'dist', 'artifacts'].includes(basename(file)) });
}, 120_000);

afterAll(() => {
  if (home) {
    rmSync(home, { recursive: true, force: true });
  }
});

/** Runs a command of the CI files; the programs are those that the repository has installed. */
function run(command: string): string {
  const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return execSync(command, { cwd: project, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, NODE_OPTIONS: '', PATH } });
}

const manifests = (environment: string): any[] =>
  parseAllDocuments(readFileSync(join(project, 'dist', environment, 'shop.k8s.yaml'), 'utf8')).map(document => document.toJS());
const images = (environment: string): string[] => manifests(environment)
  .flatMap(({ kind, spec }) => kind === 'Deployment' ? spec.template.spec.containers : []).map(({ image }: { image: string }) => image);

test('its types are right and its own tests pass', () => {
  run('npm run check');
  expect(run('npm test -- --ci 2>&1')).toMatch(/^Snapshots: +\d+ passed, \d+ total$/m);
}, 120_000);

test('it synthesises three environments, valid and without a warning, and what builds its images', () => {
  expect(run('npm run synth 2>&1')).not.toMatch(/warning|error/);
  expect(readdirSync(join(project, 'dist')).filter(name => !name.startsWith('.')).sort()).toEqual(ENVIRONMENTS);
  for (const environment of ENVIRONMENTS) {
    expect(manifests(environment).flatMap(manifest => validateManifest(manifest, NEWEST_MINOR))).toEqual([]);
    expect(images(environment)).toEqual(SERVICES.map(name => `ghcr.io/acme/shop/${name}:0.0.0`));
  }
  expect(readdirSync(join(project, 'artifacts/images')).sort()).toEqual(SERVICES);
  const { group } = JSON.parse(readFileSync(join(project, 'artifacts/docker-bake.json'), 'utf8'));
  expect(group.default.targets).toEqual(SERVICES);
}, 60_000);

test('after a build it names what the registry took, and nothing else', () => {
  const digest = (name: string): string => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;
  const build = (names: readonly string[]): void => writeFileSync(join(project, 'build.json'), JSON.stringify(Object.fromEntries(
    names.map(name => [name, { 'image.name': `ghcr.io/acme/shop/${name}:4f2a`, 'containerimage.digest': digest(name) }]))));
  try {
    build(SERVICES);
    run('npm run synth');
    expect(images('production')).toEqual(SERVICES.map(name => `ghcr.io/acme/shop/${name}:4f2a@${digest(name)}`));
    build(['catalog', 'web']);
    expect(run('npm run synth 2>&1 || true')).toMatch(/error build-input-missing \[production\/shop\/orders .*\] .*'build\.json'/);
  } finally {
    rmSync(join(project, 'build.json'));
  }
}, 60_000);

test('what a change does to the manifests is said, environment by environment', () => {
  const diff = `${process.execPath} ${join(home, 'node_modules/cdk8s-golden-path/lib/cli/main.js')} diff old dist --format markdown --exit-zero`;
  const source = join(project, 'src/shop.ts');
  const text = readFileSync(source, 'utf8');
  try {
    run('npm run synth');
    cpSync(join(project, 'dist'), join(project, 'old'), { recursive: true });
    expect(run(diff)).toBe('<!-- cdk8s-golden-path diff -->\n**Manifests:** no changes\n');
    writeFileSync(source, text.replace("memory: '128Mi'", "memory: '192Mi'"));
    run('npm run synth');
    const said = run(diff);
    expect(said).toContain('**Manifests:** 3 objects changed\n');
    expect(said.split('\n').filter(line => /^ {2}\w/.test(line))).toEqual(ENVIRONMENTS.map(environment => `  ${environment}:`));
    expect(said.match(/^! Deployment shop\/orders$/gm)).toHaveLength(3);
    expect(said.match(/^! {3}spec\.template\.spec\.containers\[orders\]\.resources\.requests\.memory: 128Mi → 192Mi$/gm)).toHaveLength(3);
  } finally {
    writeFileSync(source, text);
    rmSync(join(project, 'old'), { recursive: true, force: true });
  }
}, 120_000);

/** A job, as far as both systems have it. */
interface Job {
  readonly stage?: string;
  readonly needs?: readonly string[];
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[];
  readonly script?: readonly string[];
}

const GITLAB_KEYWORDS = ['workflow', 'stages', 'default', 'variables'];
const CI: readonly (readonly [string, () => { readonly [name: string]: Job }])[] = [
  ['.github/workflows/platform.yaml', () => parse(readFileSync(join(EXAMPLE, '.github/workflows/platform.yaml'), 'utf8')).jobs],
  ['.gitlab-ci.yml', () => {
    const file = parse(readFileSync(join(EXAMPLE, '.gitlab-ci.yml'), 'utf8'));
    return Object.fromEntries(Object.entries<Job>(file).filter(([name]) => !GITLAB_KEYWORDS.includes(name)));
  }],
];
const commandsOf = (jobs: { readonly [name: string]: Job }): string[] =>
  Object.values(jobs).flatMap(({ steps = [], script = [] }) => [...steps.flatMap(step => step.run ?? []), ...script]);

test.each(CI)('%s runs every step of the way, by scripts that there are', (_, jobs) => {
  const commands = commandsOf(jobs());
  const scripts = commands.flatMap(command => [...command.matchAll(/npm (?:run (?:--silent )?([\w-]+)|(test))/g)].map(([, script, test]) => script ?? test));
  expect([...new Set(scripts)].sort()).toEqual(['check', 'schemas', 'synth', 'test']);
  expect(Object.keys(PACKAGE.scripts).sort()).toEqual(['check', 'schemas', 'synth', 'test']);
  expect(commands).toContain('docker buildx bake -f artifacts/docker-bake.json --push --metadata-file build.json');
  expect(commands.filter(command => /^npx cdk8s-golden-path diff \S+ dist --format markdown --exit-zero > \S*diff\.md$/.test(command))).toHaveLength(1);
  expect(PACKAGE.scripts.synth).toBe('cdk8s synth --check-upgrade=false');
});

test.each(CI)('the jobs of %s wait for jobs that there are, and what has tags comes after the build', (_, jobs) => {
  const all = jobs();
  const before = (name: string): string[] => [...new Set((all[name].needs ?? []).flatMap(need => [need, ...before(need)]))];
  for (const name of Object.keys(all)) {
    expect(before(name).filter(need => all[need] === undefined)).toEqual([]);
  }
  expect(before('manifests')).toEqual(expect.arrayContaining(['check', 'images']));
});

test('the stages of GitLab are in the order in which its jobs wait', () => {
  const file = parse(readFileSync(join(EXAMPLE, '.gitlab-ci.yml'), 'utf8'));
  const place = (name: string): number => file.stages.indexOf(file[name].stage);
  for (const [name, { needs = [] }] of Object.entries(CI[1][1]())) {
    expect(place(name)).toBeGreaterThanOrEqual(0);
    needs.forEach(need => expect(place(need)).toBeLessThanOrEqual(place(name)));
  }
});
