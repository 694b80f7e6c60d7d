import { basename } from 'path';
import type { GoProgram } from './go-programs';
import type { HintedProgram, Hints } from './hints';
import { lastPart } from '../../images/source-folder';

/** A service as the app will have it. */
export interface PlannedService {
  readonly name: string;
  /** How it is built; nothing where there is nothing to build yet. */
  readonly program?: HintedProgram;
}

/** What a new project is about. */
export interface ProjectPlan {
  /** The name of the npm project. */
  readonly packageName: string;
  /** The name of the chart and of its namespace. */
  readonly chart: string;
  readonly registry: string;
  readonly services: readonly PlannedService[];
  /** What else there is, as comments. */
  readonly neighbours: readonly string[];
}

/** What leaves room for the names of the objects that belong to a service. */
const MAX_NAME = 40;
/** Where there is no program yet. */
const SAMPLE = 'orders';
const DEFAULT_REGISTRY = 'ghcr.io/acme';

/** Decides all names. */
export function planProject(directory: string, { programs, modulePath, isModule, neighbours }: Hints): ProjectPlan {
  const chart = nameOf(isModule && modulePath !== undefined ? lastPart(modulePath) : basename(directory)) || 'platform';
  const names = serviceNames(programs);
  const services: PlannedService[] = names.length === 0
    ? [{ name: SAMPLE }]
    : names.map((name, index) => ({ name, program: programs[index] }));
  return { packageName: `${chart}-platform`, chart, registry: registryOf(modulePath), services, neighbours };
}

/** One name each: the short one where no other program has it. */
function serviceNames(programs: readonly GoProgram[]): string[] {
  const short = programs.map(({ names: [name] }) => nameOf(name) || 'service');
  const taken = new Set<string>();
  return programs.map(({ names: [, long] }, index) => {
    const isOnly = short.filter(name => name === short[index]).length === 1;
    const base = isOnly ? short[index] : nameOf(long) || short[index];
    let name = base;
    for (let number = 2; taken.has(name); number++) {
      name = `${base}-${number}`;
    }
    taken.add(name);
    return name;
  });
}

/** A text as a name that Kubernetes accepts for a Service; empty where nothing is left of it. */
function nameOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '').slice(0, MAX_NAME).replace(/-+$/, '');
}

/** Where who hosts the code also keeps images. */
function registryOf(modulePath: string | undefined): string {
  const [host, owner, repository] = (modulePath ?? '').toLowerCase().split('/');
  if (owner === undefined || !/^[a-z0-9][a-z0-9._-]*$/.test(owner)) {
    return DEFAULT_REGISTRY;
  }
  switch (host) {
    case 'github.com': return `ghcr.io/${owner}`;
    case 'gitlab.com': return `registry.gitlab.com/${owner}${repository === undefined ? '' : `/${repository}`}`;
    default: return DEFAULT_REGISTRY;
  }
}
