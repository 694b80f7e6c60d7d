import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { output, type RunOptions } from './processes';

const REPOSITORY = resolve(__dirname, '../../..');
const EXAMPLES = join(REPOSITORY, 'examples');
const OUTPUTS = ['artifacts', 'dist', 'node_modules'];

/** A program that synthesises an app, and what it wrote. */
export interface Application {
  readonly name: string;
  /** The working directory of the program: its paths are relative to it. */
  readonly folder: string;
  /** The folders that hold manifests, one for each environment. */
  readonly manifests: readonly string[];
  /** The folders that hold artefacts. */
  readonly artifacts: readonly string[];
}

/** The programs of the examples. */
export function exampleSources(): string[] {
  return readdirSync(EXAMPLES).flatMap(name => ['main.ts', 'src/main.ts'].map(file => join(EXAMPLES, name, file))).filter(existsSync);
}

/**
 * Runs a program that synthesises an app. It runs in a copy of the repository's folders that it names, so that nothing is written among
 * the sources, and without the settings of the caller's shell.
 *
 * @param env settings of its own
 */
export async function synthesise(source: string, into: string, env: RunOptions['env'] = {}): Promise<Application> {
  const name = source.startsWith(EXAMPLES) ? relative(EXAMPLES, source).split(sep)[0] : basename(source, '.ts');
  const copy = join(into, name);
  mkdirSync(copy, { recursive: true });
  cpSync(EXAMPLES, join(copy, 'examples'), { recursive: true, filter: file => !OUTPUTS.includes(basename(file)) });
  // An example that is a project of its own runs in its own folder.
  const own = join(copy, 'examples', name);
  const folder = existsSync(join(own, 'package.json')) ? own : copy;
  await output(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', join(EXAMPLES, 'tsconfig.json'), source], {
    cwd: folder,
    env: { CDK8S_OUTDIR: undefined, CDK8S_RECORD_CONSTRUCT_METADATA: undefined, GOLDEN_PATH_ENVIRONMENT: undefined, IMAGE_TAG: undefined, ...env },
  });
  const manifests = [...new Set([join(folder, 'dist'), join(own, 'dist')])]
    .flatMap(dist => [dist, ...subfolders(dist)]).filter(hasManifests);
  if (manifests.length === 0) {
    throw new Error(`${relative(REPOSITORY, source)} wrote no manifests`);
  }
  const artifacts = [folder, ...subfolders(join(folder, 'examples'))].map(parent => join(parent, 'artifacts')).filter(existsSync);
  return { name, folder, manifests, artifacts };
}

function subfolders(folder: string): string[] {
  return !existsSync(folder) ? [] : readdirSync(folder).sort().map(name => join(folder, name)).filter(path => statSync(path).isDirectory());
}

function hasManifests(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some(name => name.endsWith('.yaml'));
}
