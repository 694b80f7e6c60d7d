import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of the repository. */
export const ROOT = join(__dirname, '../..');

/** The sources of the library, relative to its folder, with slashes. */
export function sources(): string[] {
  return (readdirSync(join(ROOT, 'lib'), { recursive: true }) as string[])
    .map(file => file.replace(/\\/g, '/'))
    .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort();
}

/** Throws unless everything is compiled: what tests of the package look at is what users get. */
export function expectCompiled(): void {
  const missing = sources().map(source => `lib/${source.replace(/\.ts$/, '.js')}`).concat('.jsii', '.jsii.tabl.json.gz').find(file => !existsSync(join(ROOT, file)));
  if (missing !== undefined) {
    throw new Error(`${missing} is missing. This test looks at the compiled package: run 'npm test', or compile, post-compile and translate-examples of projen before it.`);
  }
  if (!readFileSync(join(ROOT, 'lib/index.js'), 'utf8').includes('tools/lazy-index.ts')) {
    throw new Error("lib/index.js is as jsii compiled it. Run 'npx projen lazy-index' before this test.");
  }
}

/** A type of the assembly, as far as the tests read it. */
export interface AssemblyType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly initializer?: Callable;
  readonly methods?: readonly (Callable & Member)[];
  readonly properties?: readonly Member[];
  /** Of an enum. */
  readonly members?: readonly Member[];
}

/** A member of a type. */
export interface Member {
  readonly name: string;
  readonly static?: boolean;
  readonly const?: boolean;
}

/** A method or a constructor, which has no name. */
export interface Callable {
  readonly name?: string;
  readonly parameters?: readonly { readonly name: string; readonly type: { readonly fqn?: string } }[];
}

/** What jsii says that the package offers. */
export function assemblyTypes(): AssemblyType[] {
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as { types: { [fqn: string]: AssemblyType } };
  return Object.values(types);
}

/** The names of its submodules. */
export function submodules(): string[] {
  const { submodules: found = {} } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as { submodules?: object };
  return Object.keys(found).map(name => name.split('.').slice(1).join('.')).sort();
}

/** Runs an action with a folder that is gone afterwards. */
export function inTemporaryFolder<T>(action: (folder: string) => T): T {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'golden-path-')));
  try {
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
