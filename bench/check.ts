import { BARE, CHAIN, OURS } from './contestants';
import { exponent, minimum } from './measure';
import type { Results } from './report';

/** What may not be exceeded on whatever machine; the goals on a quiet one are stricter (README.md). */
const MOST = {
  /** Growth from 250 to 1000 services, start-up taken away. */
  exponent: 1.25,
  /** Ours to the same objects as bare ApiObjects. */
  overBare: 5,
  /** A chain of charts to as many that do not depend on each other. */
  overIndependent: 2,
};

/** Throws where synthesis grows faster than its input, or a ratio says that something is done twice. */
export function checkGrowth(results: Results): void {
  const cpu = (name: string, count: number) => minimum(results.get(name)!.get(count)!.map(run => run.cpu)) - minimum(results.get('node')!.get(count)!.map(run => run.cpu));
  const found = {
    exponent: exponent(cpu(OURS.name, 250), 250, cpu(OURS.name, 1000), 1000),
    overBare: cpu(OURS.name, 1000) / cpu(BARE.name, 1000),
    overIndependent: cpu(CHAIN.name, 1000) / cpu(OURS.name, 1000),
  };
  const exceeded = Object.entries(found).filter(([name, value]) => !(value <= MOST[name as keyof typeof MOST]));
  process.stdout.write(`${Object.entries(found).map(([name, value]) => `${name} ${value.toFixed(2)} (at most ${MOST[name as keyof typeof MOST]})`).join(', ')}\n`);
  if (exceeded.length > 0) {
    throw new Error(`Slower than it may be: ${exceeded.map(([name]) => name).join(', ')}`);
  }
}
