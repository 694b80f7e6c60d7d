import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parseAllDocuments } from 'yaml';

export const ROOT = join(__dirname, '..');
export const CACHE = join(ROOT, '.cache/bench');
export const PROGRAMS = join(CACHE, 'programs');
const SOURCES = join(__dirname, 'applications');

/** The programs in TypeScript, each in one file that node runs. */
export const APPLICATIONS = ['ours', 'bare', 'bare-stock', 'typed', 'plus'] as const;

/** Bundles every application as a user's CI does; `ours` stands there unbundled as well. */
export async function buildApplications(): Promise<void> {
  rmSync(PROGRAMS, { recursive: true, force: true });
  mkdirSync(PROGRAMS, { recursive: true });
  await bundle('ours');
  writeFileSync(join(PROGRAMS, 'objects.js'), `exports.objects = name => ${objectsOfOneService()};\n`);
  await Promise.all(APPLICATIONS.filter(name => name !== 'ours').map(bundle));
  await leaveUnbundled();
}

async function bundle(name: string): Promise<void> {
  await build({
    entryPoints: [join(SOURCES, `${name}.ts`)],
    outfile: join(PROGRAMS, `${name}.js`),
    bundle: true,
    platform: 'node',
    target: 'node20',
    // As the project template does it: shorter names would be no faster, and messages would show them.
    minifySyntax: true,
    minifyWhitespace: true,
    // Our library loads them only for who uses them.
    external: name === 'ours' || name === 'bare' ? ['cdk8s-plus-27', 'cdktf', '@cdktf/provider-docker'] : [],
    // As bundlers find it by the exports of the package.
    alias: { 'cdk8s-golden-path': join(ROOT, 'lib/index.mjs'), 'objects': join(PROGRAMS, 'objects.js') },
    // The compiled library, which is what users bundle, before the sources that lie beside it.
    resolveExtensions: ['.js', '.ts', '.json'],
    logLevel: 'error',
  });
}

async function leaveUnbundled(): Promise<void> {
  // Paths and no links to this folder: what follows links would walk in circles.
  const packages: { readonly [name: string]: string } = { 'cdk8s-golden-path': join(ROOT, 'lib/index.js'), 'cdk8s': require.resolve('cdk8s') };
  await build({
    entryPoints: [join(SOURCES, 'ours.ts')],
    outfile: join(PROGRAMS, 'unbundled/ours.js'),
    bundle: true,
    platform: 'node',
    plugins: [{
      name: 'packages where they are',
      setup: builder => builder.onResolve({ filter: /^[^./]/ }, ({ path }) => path in packages ? { path: packages[path], external: true } : undefined),
    }],
    logLevel: 'error',
  });
}

/** The manifests of one service as an expression that depends on `name`. */
function objectsOfOneService(): string {
  return expression(manifestsOfOneService(), text => `\`${text.replaceAll(NAME, '${name}')}\``);
}

/** JSON in which the texts that hold the name of the service are something else. */
export function expression(value: unknown, named: (text: string) => string): string {
  if (Array.isArray(value)) {
    return `[${value.map(item => expression(item, named)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${expression(item, named)}`).join(', ')} }`;
  }
  return typeof value === 'string' && value.includes(NAME) ? named(value) : JSON.stringify(value);
}

/** What the manifests of one service call it. */
export const NAME = 'service-0';

export function manifestsOfOneService(): object[] {
  const folder = join(CACHE, 'one');
  rmSync(folder, { recursive: true, force: true });
  execFileSync(process.execPath, [join(PROGRAMS, 'ours.js'), '1', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  return manifestsBelow(folder);
}

/** Every manifest in the files of a folder. */
export function manifestsBelow(folder: string): object[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml')).sort();
  return files.flatMap(file => manifestsIn(readFileSync(join(folder, file), 'utf8')));
}

export function manifestsIn(text: string): object[] {
  return parseAllDocuments(text).map(document => document.toJS() as object | null).filter(manifest => manifest !== null);
}
