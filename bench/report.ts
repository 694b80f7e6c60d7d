import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { CHAIN, type Contestant, HELM, OURS, BARE, TYPED } from './contestants';
import { exponent, median, minimum, type Run } from './measure';
import { plot } from './plot';

/** The runs of each contestant by the number of services. */
export type Results = Map<string, Map<number, Run[]>>;

const EMPTY = { name: 'node', title: 'node, an empty script' };
const BEGIN = '<!-- written by npm run bench -->';
const END = '<!-- end -->';

/** One line for each contestant of one size. */
export function summary(results: Results, contestants: readonly Contestant[], count: number): string {
  const lines = [EMPTY, ...contestants].flatMap(({ name }) => {
    const runs = results.get(name)?.get(count);
    return runs ? [`  ${name.padEnd(16)} CPU ${cell(runs, 'cpu')}, wall ${cell(runs, 'wall')} ms, ${Math.round(Math.max(...runs.map(run => run.megabytes)))} MB`] : [];
  });
  return [`${count} services (minimum / median of ${results.get(EMPTY.name)!.get(count)!.length})`, ...lines].join('\n');
}

function cell(runs: readonly Run[], what: 'cpu' | 'wall'): string {
  const values = runs.map(run => run[what]);
  return `${Math.round(minimum(values))} / ${Math.round(median(values))}`;
}

/** Writes the table and the plot. */
export function publish(results: Results, contestants: readonly Contestant[], sizes: readonly number[]): void {
  const file = join(__dirname, 'README.md');
  const before = readFileSync(file, 'utf8');
  const [head, rest] = [before.slice(0, before.indexOf(BEGIN) + BEGIN.length), before.slice(before.indexOf(END))];
  writeFileSync(file, `${head}\n\n${[circumstances(results), table(results, contestants, sizes), goals(results)].join('\n\n')}\n\n${rest}`);
  writeFileSync(join(__dirname, 'plot.svg'), plot(results, contestants, sizes));
}

function circumstances(results: Results): string {
  const runs = [...results.get(EMPTY.name)!].map(([count, all]) => `${all.length} of ${count}`).join(', ');
  const [{ model }] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, load average ${loadavg().map(load => load.toFixed(1)).join(' ')} at the end. Runs of each size: ${runs}.`;
}

function table(results: Results, contestants: readonly Contestant[], sizes: readonly number[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const ofSize = (name: string, count: number): string => {
    const runs = results.get(name)?.get(count);
    return runs ? `${cell(runs, 'cpu')}<br>${cell(runs, 'wall')}` : '–';
  };
  return [
    row(['CPU and, below it, wall in ms: minimum / median', ...sizes.map(count => String(count)), 'MB at 1000', 'growth 100 → 1000', '500 → 2000']),
    row(['---', ...sizes.map(() => '---'), '---', '---', '---']),
    ...[EMPTY, ...contestants].map(({ name, title }) => row([
      title,
      ...sizes.map(count => ofSize(name, count)),
      megabytes(results, name),
      growth(results, name, 100, 1000),
      growth(results, name, 500, 2000),
    ])),
  ].join('\n');
}

function megabytes(results: Results, name: string): string {
  const runs = results.get(name)?.get(1000);
  return runs ? String(Math.round(Math.max(...runs.map(run => run.megabytes)))) : '–';
}

/** Of what is above the smallest, since the start of a program does not grow. */
function growth(results: Results, name: string, few: number, many: number): string {
  const [small, large, one] = [few, many, 1].map(count => results.get(name)?.get(count)).map(runs => runs && minimum(runs.map(run => run.cpu)));
  return small === undefined || large === undefined || one === undefined || name === EMPTY.name ? '–' : exponent(small - one, few, large - one, many).toFixed(2);
}

/** What the library wants to reach, and what it did. */
function goals(results: Results): string {
  const cpu = (name: string, count: number): number | undefined => {
    const runs = results.get(name)?.get(count);
    return runs && minimum(runs.map(run => run.cpu));
  };
  const ratio = (a: number | undefined, b: number | undefined): string => a === undefined || b === undefined ? '–' : (a / b).toFixed(3);
  const above = (a: number | undefined, b: number | undefined): string => a === undefined || b === undefined ? '–' : `${Math.round(a - b)} ms`;
  return [
    '| goal, by minimum of CPU | wanted | reached |',
    '| --- | --- | --- |',
    `| 1000 services to the same in typed objects of cdk8s-plus-27 | at most 0.067 | ${ratio(cpu(OURS.name, 1000), cpu(TYPED.name, 1000))} |`,
    `| 1000 services to the constructs of cdk8s-plus-27 | at most 0.067 | ${ratio(cpu(OURS.name, 1000), cpu('plus', 1000))} |`,
    `| 1000 services to helm | at most 0.7 | ${ratio(cpu(OURS.name, 1000), cpu(HELM.name, 1000))} |`,
    `| 100 services to helm | at most 1.3 | ${ratio(cpu(OURS.name, 100), cpu(HELM.name, 100))} |`,
    `| one service above an empty node | at most 60 ms | ${above(cpu(OURS.name, 1), cpu(EMPTY.name, 1))} |`,
    `| growth from 500 to 2000 | at most 1.05 | ${growth(results, OURS.name, 500, 2000)} |`,
    `| a chain of 1000 charts to 1000 independent ones | at most 2 | ${ratio(cpu(CHAIN.name, 1000), cpu(OURS.name, 1000))} |`,
    `| peak memory at 1000 | under 150 MB | ${megabytes(results, OURS.name)} MB |`,
    `| 1000 services to the same objects as bare ApiObjects under the same App | at most 1.5 | ${ratio(cpu(OURS.name, 1000), cpu(BARE.name, 1000))} |`,
  ].join('\n');
}
