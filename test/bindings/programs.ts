import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { QUIET } from './generator';
import { ROOT } from '../package/compiled';
import { output } from '../support/real-runs/processes';

/** The programs that are written in every language. */
export const PROGRAMS = ['go-microservice', 'cart-service'] as const;
export type Program = typeof PROGRAMS[number];

/** The sources of a language. */
export function sourcesOf(language: string): string {
  return join(ROOT, 'examples/languages', language);
}

/** A language with the package installed in a project of its own. */
export interface Installed {
  /** What there is to say: versions, and what came from where. */
  readonly remark: string;
  /** The command that runs a program. */
  readonly command: (program: Program) => readonly string[];
}

/** What a program wrote, by path. */
export type Files = ReadonlyMap<string, Buffer>;

/** What programs read: the services of the demo, whose go.mod the Dockerfile follows. */
const SERVICES = 'examples/go-microservice/services';

/**
 * Runs a program where nothing else is, and reads what it wrote.
 *
 * @param folder its working directory, which comes to be
 */
export async function synthesise(command: readonly string[], folder: string): Promise<Files> {
  mkdirSync(folder, { recursive: true });
  cpSync(join(ROOT, SERVICES), join(folder, SERVICES), { recursive: true });
  const [program, ...args] = command;
  await output(program, args, {
    cwd: folder,
    timeoutSeconds: 120,
    env: {
      ...QUIET,
      // The runtime unpacks packages once a run, and never takes a package of another run for ours.
      JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(folder, '../packages'),
      CDK8S_OUTDIR: undefined,
      CDK8S_RECORD_CONSTRUCT_METADATA: undefined,
      GOLDEN_PATH_ENVIRONMENT: undefined,
      IMAGE_TAG: undefined,
      // That of the tests would read the package from its sources.
      TSX_TSCONFIG_PATH: undefined,
    },
  });
  return filesBelow(folder);
}

/** The files below a folder, but for the services that were there before. */
export function filesBelow(folder: string): Files {
  if (!existsSync(folder)) {
    return new Map();
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).replace(/\\/g, '/'))
    .filter(path => !path.startsWith(`${SERVICES}/`)).sort();
  return new Map(files.map(path => [path, readFileSync(join(folder, path))]));
}

/** What is not the same to the byte, one line for each file. */
export function differences(expected: Files, found: Files): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].sort().flatMap(path => {
    const [want, have] = [expected.get(path), found.get(path)];
    if (want === undefined || have === undefined) {
      return [`${path} ${have === undefined ? 'is missing' : 'is there, which TypeScript does not write'}`];
    }
    return want.equals(have) ? [] : [`${path} differs: ${firstDifference(want.toString(), have.toString())}`];
  });
}

function firstDifference(want: string, have: string): string {
  const [wanted, had] = [want.split('\n'), have.split('\n')];
  const line = wanted.findIndex((text, index) => text !== had[index]);
  return line < 0 ? `${had.length - wanted.length} lines more` : `line ${line + 1} is '${had[line] ?? ''}' instead of '${wanted[line]}'`;
}

/** What was compared, in a few words. */
export function summary(files: Files): string {
  const kinds = { manifests: /\.k8s\.yaml$/, Dockerfiles: /\/Dockerfile$/ };
  const counts = Object.entries(kinds).map(([kind, pattern]) => [kind, [...files.keys()].filter(path => pattern.test(path)).length] as const);
  const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const parts = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`);
  return `${files.size} files, ${size} bytes, among them ${parts.join(' and ')}; ${basename([...files.keys()].find(path => kinds.manifests.test(path)) ?? '')}`;
}
