/**
 * Measures the synthesis of one application, written in this library and in others (README.md here).
 *
 *   npm run bench                 all sizes, and the table and plot of README.md
 *   BENCH_SIZES=1,100 BENCH_RUNS=3 npm run bench    other sizes, three runs of each
 *   npm run bench -- --quick      small sizes, once
 *   npm run bench -- --install    builds helm, kustomize and jsonnet first, where they are not installed
 *   npm run bench -- --check      small sizes, and fails where growth or a ratio is not what it should be
 */
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { buildApplications, CACHE } from './applications';
import { checkGrowth } from './check';
import { BARE, CHAIN, clear, type Contestant, CONTESTANTS, OURS } from './contestants';
import { measure, type Run } from './measure';
import { publish, type Results, summary } from './report';
import { installGoPrograms } from '../test/support/real-runs/go-programs';

const SIZES = { full: [1, 100, 500, 1000, 2000, 10_000], quick: [1, 100], check: [100, 250, 1000] };
const RUNS = { full: 5, quick: 3, check: 3 };
/** Small ones are short and vary much, large ones take long and vary little. */
const RUNS_OF_SIZE: { readonly [count: number]: number } = { 1: 25, 100: 11, 2000: 3, 10_000: 1 };

type Mode = keyof typeof SIZES;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The programs that are not made with node, from the Go modules that modules/ pins. */
async function install(): Promise<void> {
  const bin = join(CACHE, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [program, module, path] of [
    ['helm', 'helm.sh/helm/v3', 'helm.sh/helm/v3/cmd/helm'],
    ['kustomize', 'sigs.k8s.io/kustomize/kustomize/v5', 'sigs.k8s.io/kustomize/kustomize/v5'],
    ['jsonnet', 'github.com/google/go-jsonnet', 'github.com/google/go-jsonnet/cmd/jsonnet'],
  ]) {
    const folder = await installGoPrograms({ folder: join(__dirname, 'modules', program), packages: { [program]: path }, module }, CACHE, say);
    readdirSync(folder).forEach(file => renameSync(join(folder, file), join(bin, file)));
  }
}

/** Throws where a contestant does not write what ours does. */
function compare(contestants: readonly Contestant[]): void {
  const [ours, ...others] = contestants;
  const count = 3;
  const written = ours.output(count);
  for (const other of others) {
    const expected = byIdentity(written.map(manifest => without(manifest, other.lacks ?? [])));
    const found = byIdentity(other.output(count));
    const differing = [...new Set([...Object.keys(expected), ...Object.keys(found)])]
      .filter(key => !(other.equal ? isDeepStrictEqual(found[key], expected[key]) : found[key] && expected[key]));
    if (differing.length > 0) {
      const [first] = differing;
      throw new Error(`${other.name} writes something else than ours: ${differing.join(', ')}\n${JSON.stringify(found[first])}\n${JSON.stringify(expected[first])}`);
    }
  }
  const how = ({ name, equal, lacks = [] }: Contestant): string => !equal ? `${name} (names alone)` : lacks.length > 0 ? `${name} (without ${lacks.length} fields)` : name;
  say(`equal output, by parsing ${written.length} objects: ${contestants.map(how).join(', ')}`);
}

/** A copy without some fields. */
function without(manifest: object, paths: readonly string[]): object {
  const copy = structuredClone(manifest) as { [key: string]: any };
  for (const path of paths) {
    const keys = path.split('.');
    const parent = keys.slice(0, -1).reduce((scope: any, key) => scope?.[key], copy);
    delete parent?.[keys[keys.length - 1]];
  }
  return copy;
}

function byIdentity(manifests: readonly object[]): { [identity: string]: object } {
  const entries = (manifests as { kind: string; metadata: { name: string } }[]).map(manifest => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1));
}

/** Runs everything in turn, again and again, so that whatever else the machine does hits all alike. */
async function run(contestants: readonly Contestant[], mode: Mode): Promise<Results> {
  const results: Results = new Map();
  for (const count of sizesOf(mode)) {
    const taking = contestants.filter(({ most }) => count <= most).map(contestant => ({ contestant, command: contestant.command(count)! }));
    const empty = { contestant: { name: 'node', title: 'node, an empty script' } as Contestant, command: [process.execPath, '-e', '0'] };
    const rounds = Number(process.env.BENCH_RUNS ?? (mode === 'full' && RUNS_OF_SIZE[count] || RUNS[mode]));
    for (let round = 0; round < rounds; round++) {
      for (const { contestant, command } of [empty, ...taking]) {
        clear();
        const taken = await measure(command, CACHE);
        const runs: Run[] = results.get(contestant.name)?.get(count) ?? [];
        runs.push(taken);
        results.set(contestant.name, (results.get(contestant.name) ?? new Map<number, Run[]>()).set(count, runs));
      }
    }
    say(summary(results, contestants, count));
    if (mode === 'full') {
      publish(results, contestants, sizesOf(mode).filter(size => size <= count));
    }
  }
  return results;
}

function sizesOf(mode: Mode): number[] {
  return process.env.BENCH_SIZES?.split(',').map(Number) ?? SIZES[mode];
}

async function main(): Promise<void> {
  const mode: Mode = process.argv.includes('--quick') ? 'quick' : process.argv.includes('--check') ? 'check' : 'full';
  if (process.argv.includes('--install')) {
    await install();
  }
  await buildApplications();
  const installed = CONTESTANTS.filter(({ command, name }) => {
    const there = command(1) !== undefined;
    if (!there) {
      say(`${name} is not installed: left out`);
    }
    return there;
  });
  compare(installed);
  const results = await run(mode === 'check' ? [OURS, BARE, CHAIN] : [...installed, CHAIN], mode);
  clear();
  if (mode === 'check') {
    checkGrowth(results);
  }
}

main().catch(problem => {
  process.stderr.write(`${problem instanceof Error ? problem.stack : problem}\n`);
  process.exitCode = 1;
});
