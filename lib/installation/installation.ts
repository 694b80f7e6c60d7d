/**
 * What is wrong with the place where this package is installed: an old Node, a peer that is missing, of another version or there twice.
 *
 * The package imports it first, and then it looks: before anything else fails, on whatever Node there is. So its syntax is that of Node 12, and it loads
 * no module but those of Node. It is one file, since each further one takes as long to load as the looking.
 */
import { readdirSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join } from 'path';

const NAME = 'cdk8s-golden-path';
/** What a checkout calls itself, whatever it holds. */
const UNRELEASED = '0.0.0';

/** What is read of a package.json. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines?: { readonly node: string };
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly peerDependenciesMeta?: { readonly [name: string]: { readonly optional?: boolean } };
}

/** What to type, in this order, each once. */
const STEPS = ['nvm install', 'npm install', 'npm dedupe'] as const;

/** One thing that is wrong, and what to type. */
interface Fault {
  readonly message: string;
  readonly step: typeof STEPS[number];
  readonly argument?: string;
}

/** What is looked at. */
export interface Part {
  /** What it is called, behind the name of the package. */
  readonly suffix: string;
  /** The peers that package.json calls optional, or those that it does not. */
  readonly optional: boolean;
  /** Whether a peer that is not there is a fault. */
  readonly needed: boolean;
}

/**
 * Throws one error that says everything that is wrong.
 *
 * @param part what is looked at
 * @param root the folder of this package
 * @param node the version of Node
 */
export function checkInstallation(part: Part, root: string = join(__dirname, '../..'), node: string = process.versions.node): void {
  const manifest = readManifest(join(root, 'package.json'));
  // A bundler has put this file elsewhere, with all that it needs.
  if (!manifest || manifest.name !== NAME) {
    return;
  }
  const faults = (part.optional ? [] : nodeFaults(manifest, node)).concat(peerFaults(manifest, createRequire(join(root, 'package.json')), part));
  if (faults.length > 0) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- read where something is wrong, and nowhere else
    const { PlainError, throwPlain } = require('../diagnostics/plain-error') as typeof import('../diagnostics/plain-error');
    throwPlain(new PlainError(describe(NAME + part.suffix, faults)));
  }
}

function nodeFaults({ engines }: Manifest, node: string): Fault[] {
  return engines && !satisfies(node, engines.node)
    ? [{ message: `Node ${node} runs it, and Node ${engines.node} is needed.`, step: 'nvm install', argument: '--lts' }]
    : [];
}

function peerFaults({ peerDependencies = {}, peerDependenciesMeta = {} }: Manifest, from: NodeJS.Require, { optional, needed }: Part): Fault[] {
  const isOptional = (name: string) => Boolean(peerDependenciesMeta[name] && peerDependenciesMeta[name].optional);
  const names = Object.keys(peerDependencies);
  const faults: Fault[] = [];
  for (const name of names.filter(peer => isOptional(peer) === optional)) {
    const range = peerDependencies[name];
    const file = find(name, from);
    const manifest = file === undefined ? undefined : readManifest(file);
    if (file === undefined && needed) {
      faults.push(missing(name, range, from));
    } else if (file !== undefined && manifest) {
      faults.push(...versionFaults(name, range, file, manifest), ...doubles(file, manifest, names, from));
    }
  }
  return faults;
}

function missing(name: string, range: string, from: NodeJS.Require): Fault {
  const others = otherLines(name, from).join(' and ');
  return {
    message: others === ''
      ? `${name} is not installed, and ${range} is needed.`
      : `${others} is installed, and ${name} ${range} is needed: install that, and import from '${name}'.`,
    ...toInstall(name, range),
  };
}

function versionFaults(name: string, range: string, file: string, { version }: Manifest): Fault[] {
  return satisfies(version, range)
    ? []
    : [{ message: `${name} ${version} is installed in ${dirname(file)}, and ${range} is needed.`, ...toInstall(name, range) }];
}

/** In quotes, since `^` means something to some shells. */
function toInstall(name: string, range: string): Pick<Fault, 'step' | 'argument'> {
  return { step: 'npm install', argument: `"${name}@${range}"` };
}

/** The peers of ours that a peer of ours finds elsewhere: what one copy makes is nothing to the other. */
function doubles(user: string, { name: userName, peerDependencies = {} }: Manifest, ours: readonly string[], from: NodeJS.Require): Fault[] {
  const faults: Fault[] = [];
  for (const name of Object.keys(peerDependencies).filter(peer => ours.indexOf(peer) >= 0)) {
    const [file, other] = [find(name, from), find(name, createRequire(user))];
    if (file !== undefined && other !== undefined && file !== other) {
      const copies = `${place(file)}, which ${NAME} loads, and ${place(other)}, which ${userName} loads`;
      faults.push({ message: `${name} is there twice, and one copy is needed: ${copies} (npm ls ${name} says who brings which).`, step: 'npm dedupe' });
    }
  }
  return faults;
}

function place(file: string): string {
  const manifest = readManifest(file);
  return `${manifest ? `${manifest.version} ` : ''}in ${dirname(file)}`;
}

/** The package.json of a package as somebody finds it, or its main file where it keeps that for itself. */
function find(name: string, from: NodeJS.Require): string | undefined {
  try {
    return from.resolve(`${name}/package.json`);
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' ? undefined : from.resolve(name);
  }
}

/** `cdk8s-plus-30` for `cdk8s-plus-27`: packages that end in another number. Only asked where something is missing. */
function otherLines(name: string, from: NodeJS.Require): string[] {
  const [, line] = /^(.+-)\d+$/.exec(name) || [];
  const names = new Set<string>();
  for (const folder of line === undefined ? [] : from.resolve.paths(name) || []) {
    list(folder).filter(entry => entry.startsWith(line) && /^\d+$/.test(entry.slice(line.length))).forEach(entry => names.add(entry));
  }
  return Array.from(names).sort();
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readManifest(file: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The ranges of package.json are `>= 1.2.3` and `^1.2.3`. */
function satisfies(version: string, range: string): boolean {
  const [found, oldest] = [numbers(version), numbers(range)];
  const difference = found.map((number, index) => number - oldest[index]).find(number => number !== 0) || 0;
  // A caret holds everything up to the first number that is not zero.
  const held = range.startsWith('^') ? oldest.findIndex(number => number !== 0) + 1 : 0;
  return version === UNRELEASED || (difference >= 0 && found.slice(0, held).every((number, index) => number === oldest[index]));
}

function numbers(text: string): number[] {
  return (/\d+\.\d+\.\d+/.exec(text) || [UNRELEASED])[0].split('.').map(Number);
}

function describe(what: string, faults: readonly Fault[]): string {
  const commands = STEPS.filter(step => faults.some(fault => fault.step === step)).map(step => {
    const words = faults.filter(fault => fault.step === step && fault.argument !== undefined).map(({ argument }) => argument!);
    return [step, ...Array.from(new Set(words))].join(' ');
  });
  return [`${what} cannot work as it is installed here.`, '', ...faults.map(({ message }) => `  ${message}`), '', 'Run:', ...commands.map(command => `  ${command}`), ''].join('\n');
}

checkInstallation({ suffix: '', optional: false, needed: true });
