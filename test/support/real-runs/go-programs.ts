import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findProgram, lastLines, output, run } from './processes';
import { Unavailable } from './unavailable';

/** Programs that are built from Go modules. */
export interface GoPrograms {
  /** The folder with go.mod and go.sum, which pin everything, and perhaps with sources of our own. */
  readonly folder: string;
  /** The packages, by the name of the program. */
  readonly packages: { readonly [program: string]: string };
  /** The module that they belong to. @default - they need nothing but Go */
  readonly module?: string;
  /** Variables that are set to values while linking. */
  readonly variables?: { readonly [variable: string]: string };
}

const BUILD_MINUTES = 35;

/**
 * Builds programs, or finds them in the cache, where they stay until what they are made from changes.
 *
 * @returns the folder that holds them
 * @throws Unavailable without Go, or where its modules are out of reach
 */
export async function installGoPrograms(programs: GoPrograms, cache: string, say: (text: string) => void): Promise<string> {
  const name = basename(programs.folder);
  const folder = join(cache, `${name}-${fingerprint(programs)}`);
  const missing = Object.entries(programs.packages).filter(([program]) => !existsSync(join(folder, program)));
  if (missing.length === 0) {
    return folder;
  }
  const names = missing.map(([program]) => program).join(' and ');
  const go = await demandGo(programs, names);
  say(`building ${names} ${versionOf(programs)}into ${cache} (once)`);
  const begun = Date.now();
  const unfinished = join(cache, `unfinished-${process.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const [program, path] of missing) {
      await output(go, ['build', '-ldflags', linkerFlags(programs), '-o', join(unfinished, program), path], {
        cwd: programs.folder, env: goEnvironment(), timeoutSeconds: BUILD_MINUTES * 60, background: true,
      });
    }
    readdirSync(cache).filter(entry => entry.startsWith(`${name}-`) && entry !== basename(folder))
      .forEach(entry => rmSync(join(cache, entry), { recursive: true, force: true }));
    mkdirSync(folder, { recursive: true });
    missing.forEach(([program]) => renameSync(join(unfinished, program), join(folder, program)));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  say(`built ${names} in ${Math.round((Date.now() - begun) / 1000)} s`);
  return folder;
}

/** The version of the module that go.mod pins. */
export function pinnedVersion({ folder, module }: GoPrograms): string {
  const version = readFileSync(join(folder, 'go.mod'), 'utf8').split('\n')
    .map(line => line.replace(/^require\s/, '').trim().split(' ')).find(([name]) => name === module)?.[1];
  if (!version) {
    throw new Error(`${folder}/go.mod does not require ${module}`);
  }
  return version;
}

function versionOf(programs: GoPrograms): string {
  return programs.module === undefined ? '' : `${pinnedVersion(programs)} from Go modules `;
}

/** Out of reach are the modules when nothing answers; everything else that goes wrong is a failure. */
async function demandGo(programs: GoPrograms, names: string): Promise<string> {
  const go = findProgram('go');
  if (!go) {
    throw new Unavailable(`there is no Go to build ${names} with`);
  }
  if (programs.module === undefined) {
    return go;
  }
  const { status, stderr } = await run(go, ['mod', 'download', `${programs.module}@${pinnedVersion(programs)}`], {
    cwd: programs.folder, env: goEnvironment(), timeoutSeconds: 300,
  });
  if (status !== 0 && /dial tcp|no such host|i\/o timeout|module lookup disabled/.test(stderr)) {
    throw new Unavailable(`Go cannot reach its modules to build ${names}:\n${lastLines(stderr, 3)}`);
  }
  return go;
}

function goEnvironment(): { [name: string]: string } {
  return { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -trimpath -buildvcs=false', GOWORK: 'off' };
}

function linkerFlags({ variables = {} }: GoPrograms): string {
  return ['-s', '-w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}

/** Programs are as good as what they are made from. */
function fingerprint({ folder }: GoPrograms): string {
  const hash = createHash('sha256');
  readdirSync(folder).filter(file => /^go\.(mod|sum)$|\.go$/.test(file)).sort().forEach(file => hash.update(readFileSync(join(folder, file))));
  return hash.digest('hex').slice(0, 12);
}
