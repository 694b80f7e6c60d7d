import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Dependency, PACMAK } from './dependencies';
import { ROOT } from '../package/compiled';
import { output } from '../support/real-runs/processes';

/** Where what is generated for the dependencies is kept between runs, and what the languages install. */
export const CACHE = resolve(process.env.BINDINGS_CACHE ?? join(ROOT, '.cache/bindings'));

const TARGETS = ['python', 'java', 'go'];

/** Node that jsii does not support any more works all the same, and 'npm ci' has said so. */
export const QUIET = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1' };

/** Writes the code of our own package for all languages, always anew; returns the folder, with one for each language. */
export async function generateOwn(into: string): Promise<string> {
  await generate(ROOT, into);
  return into;
}

/** The code of a dependency for a language: generated once for each version of it and of the generator. */
export async function generated(dependency: Dependency): Promise<string> {
  const folder = join(CACHE, `${dependency.name.replace('/', '-')}-${dependency.version}-pacmak-${PACMAK}`);
  if (!existsSync(folder)) {
    const unfinished = join(CACHE, `unfinished-${process.pid}`);
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    await generate(dependency.folder, unfinished);
    renameSync(unfinished, folder);
  }
  return folder;
}

async function generate(source: string, into: string): Promise<void> {
  const pacmak = require.resolve('jsii-pacmak/bin/jsii-pacmak');
  const args = [pacmak, '--code-only', '--no-npmignore', '--targets', ...TARGETS, '--outdir', into, source];
  await output(process.execPath, args, { cwd: ROOT, env: QUIET, timeoutSeconds: 300 });
}
