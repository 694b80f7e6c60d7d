import type { Finding } from './checker';
import { type Judgement, Verdict } from './judge';

/** Lines and columns of text, the numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map(row => String(row[column]).length)));
  return all.map(row => row.map((cell, column) => {
    const text = String(cell);
    const isNumber = typeof (row === header ? rows[0]?.[column] : cell) === 'number';
    return isNumber ? text.padStart(widths[column]) : text.padEnd(widths[column]);
  }).join('  ').trimEnd()).join('\n');
}

/** How many findings of one rule are printed; the rest is counted. */
const SHOWN = 12;

/** One line a finding. */
export function listFindings(checker: string, findings: readonly Finding[]): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules.flatMap(rule => {
    const ofRule = findings.filter(finding => finding.rule === rule);
    const more = ofRule.length - SHOWN;
    const shown = ofRule.slice(0, SHOWN).map(finding => describeFinding(checker, finding));
    return more > 0 ? [...shown, `${checker} ${rule}: and ${more} more`] : shown;
  });
}

export function describeFinding(checker: string, { rule, output, file, object, line, message }: Finding): string {
  const place = [output, ...file === undefined ? [] : [`/${file}`], ...line === undefined ? [] : [`:${line}`], ...object === undefined ? [] : [` ${object}`]];
  return `${checker} ${rule}: ${place.join('')}: ${message}`;
}

/** One line a checker. */
export function summary(judgements: readonly Judgement[]): string {
  return table(['checker', 'outputs', 'files', 'findings', 'accepted', 'seconds', 'state'], judgements.map(judgement => [
    judgement.checker, judgement.outputs.length, judgement.files, judgement.findings.length, judgement.accepted,
    Math.round(judgement.seconds * 10) / 10, stateOf(judgement),
  ]));
}

function stateOf({ outputs, findings, problem, skipped }: Judgement): string {
  if (skipped) {
    return 'skipped';
  }
  if (problem !== undefined || findings.length > 0) {
    return 'FAILED';
  }
  return outputs.length === 0 ? 'nothing to judge' : 'passed';
}

/** Counts verdicts, for the last line. */
export class Tally {
  private readonly counts = { [Verdict.PASSED]: 0, [Verdict.FAILED]: 0, [Verdict.SKIPPED]: 0 };

  public add(...verdicts: readonly Verdict[]): void {
    verdicts.forEach(verdict => this.counts[verdict] += 1);
  }

  public get failed(): boolean {
    return this.counts[Verdict.FAILED] > 0;
  }

  public get isEmpty(): boolean {
    return Object.values(this.counts).every(count => count === 0);
  }

  public toString(): string {
    return Object.entries(this.counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  }
}
