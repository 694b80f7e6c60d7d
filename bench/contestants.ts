import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, manifestsBelow, manifestsIn, PROGRAMS } from './applications';
import { helmChart, jsonnet, kustomization } from './peers';
import { findProgram, isExecutable } from '../test/support/real-runs/processes';

/** One way of writing the same application. */
export interface Contestant {
  readonly name: string;
  /** What it is, in the table. */
  readonly title: string;
  /** Whether its manifests are the same as ours; where it cannot say all of it, at least the objects are. */
  readonly equal: boolean;
  /** Fields of ours that it has no way to write. */
  readonly lacks?: readonly string[];
  /** The greatest number of services that ends within a minute or so. */
  readonly most: number;
  /** The program for a number of services, whatever it needs made first; nothing where it is not installed. */
  readonly command: (count: number) => readonly string[] | undefined;
  /** What it wrote, or prints. */
  readonly output: (count: number) => object[];
}

/** Files in memory, where the system has a folder for them: how long a disk takes to make files is no matter of synthesis. */
const MEMORY = '/dev/shm';
const OUT = existsSync(MEMORY) ? join(MEMORY, `cdk8s-golden-path-bench-${process.pid}`) : join(CACHE, 'out');

/** A run begins without what an earlier one wrote. */
export function clear(): void {
  rmSync(OUT, { recursive: true, force: true });
}

interface ApplicationOptions extends Partial<Pick<Contestant, 'equal' | 'most' | 'lacks'>> {
  /** @default - that of its name */
  readonly file?: string;
  /** What is different: each chart depends on the one before it, or node compiles as it does by itself. */
  readonly variant?: 'chain' | 'plain';
}

function application(name: string, title: string, options: ApplicationOptions = {}): Contestant {
  const command = (count: number) =>
    [process.execPath, join(PROGRAMS, options.file ?? `${name}.js`), String(count), OUT, ...options.variant ? [options.variant] : []];
  return {
    name,
    title,
    equal: options.equal ?? true,
    ...options.lacks && { lacks: options.lacks },
    most: options.most ?? 10_000,
    command,
    output: count => {
      clear();
      const [program, ...args] = command(count);
      execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      return manifestsBelow(OUT);
    },
  };
}

function peer(name: string, title: string, most: number, args: (count: number) => readonly string[]): Contestant {
  const command = (count: number) => {
    const program = findProgram(name) ?? [join(CACHE, 'bin', name)].find(isExecutable);
    return program === undefined ? undefined : [program, ...args(count)];
  };
  return {
    name,
    title,
    equal: true,
    most,
    command,
    output: count => {
      const [program, ...rest] = command(count)!;
      return manifestsIn(execFileSync(program, rest, { encoding: 'utf8', maxBuffer: 2 ** 30 }));
    },
  };
}

export const OURS = application('ours', 'this library, bundled');
export const CHAIN = application('ours-chain', 'the same, each chart after the one before', { file: 'ours.js', variant: 'chain', most: 2000 });
export const BARE = application('bare', 'the same objects as ApiObjects under PlatformApp, bundled');
export const TYPED = application('typed', 'typed objects of cdk8s-plus-27, stock App, bundled', {
  most: 1000,
  lacks: ['spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm.matchLabelKeys', 'spec.template.spec.containers.0.lifecycle'],
});
export const HELM = peer('helm', 'helm template, one chart with range', 2000, count => ['template', 'services', helmChart(count), '--namespace', 'shop']);

/** Ours first: the others are compared with it. */
export const CONTESTANTS: readonly Contestant[] = [
  OURS,
  application('ours-plain', 'the same, as node runs it by itself', { file: 'ours.js', variant: 'plain' }),
  application('ours-unbundled', 'this library, not bundled', { file: 'unbundled/ours.js', most: 2000 }),
  BARE,
  application('bare-stock', 'the same objects as ApiObjects, stock App, bundled', { most: 1000 }),
  TYPED,
  application('plus', 'constructs of cdk8s-plus-27 as far as they go, stock App, bundled', { equal: false, most: 1000 }),
  HELM,
  peer('jsonnet', 'jsonnet', 2000, count => ['-y', jsonnet(count)]),
  peer('kustomize', 'kustomize build', 100, count => ['build', kustomization(count)]),
];
