import { join } from 'node:path';
import { type Checker, type Finding, relevantTo } from './checker';
import type { Exceptions } from './exceptions';
import type { Installation } from './installation';
import type { Originals } from './originals';
import { type Output, writeOutput } from './output';
import { Unavailable } from '../support/real-runs/unavailable';

export enum Verdict {
  PASSED = 'passed',
  FAILED = 'failed',
  SKIPPED = 'skipped',
}

/** What came of one checker. */
export interface Judgement {
  readonly checker: string;
  readonly outputs: readonly string[];
  readonly files: number;
  /** Those that no exception accepts. */
  readonly findings: readonly Finding[];
  readonly accepted: number;
  /** Why the checker itself failed or was skipped. */
  readonly problem?: string;
  readonly skipped: boolean;
  readonly seconds: number;
}

/** Where a checker's control is written, and what version it is for. */
export interface ControlPlace {
  readonly directory: string;
  readonly kubernetesVersion: string;
}

/** Installs a checker and lets it judge its control and the outputs. */
export async function judge(
  checker: Checker, outputs: readonly Output[], exceptions: Exceptions, installation: Installation, place: ControlPlace, originals?: Originals,
): Promise<Judgement> {
  const start = Date.now();
  const relevant = relevantTo(checker, outputs);
  const basis = {
    checker: checker.name,
    outputs: relevant.map(({ name }) => name),
    files: relevant.flatMap(output => output.files).filter(file => checker.judges(file)).length,
    findings: [],
    accepted: 0,
    skipped: false,
  };
  const seconds = () => (Date.now() - start) / 1000;
  if (relevant.length === 0) {
    return { ...basis, seconds: seconds(), ...!checker.mayIdle && { problem: 'there is no file for it to judge' } };
  }
  try {
    await checker.install(installation);
    const found = await checkWithControl(checker, [...relevant, ...originals?.of(relevant) ?? []], place);
    const all = originals?.withoutRepeated(found) ?? found;
    const findings = all.filter(finding => !exceptions.use(checker.name, finding));
    return { ...basis, findings, accepted: all.length - findings.length, seconds: seconds() };
  } catch (error) {
    return { ...basis, problem: (error as Error).message, skipped: error instanceof Unavailable, seconds: seconds() };
  }
}

/**
 * What an installed checker finds in the outputs. Its control goes through the same run, so that silence is the answer of a checker
 * which can speak.
 */
export async function checkWithControl(checker: Checker, outputs: readonly Output[], place: ControlPlace): Promise<Finding[]> {
  const control = writeOutput('control', join(place.directory, checker.name), place.kubernetesVersion, checker.control.files);
  const found = await checker.check([...outputs, control]);
  const inControl = found.filter(({ output }) => output === control.name);
  if (!inControl.some(({ rule }) => rule === checker.control.rule)) {
    throw new Error(`${checker.name} did not find '${checker.control.rule}' in its control, but ${inControl.map(({ rule }) => rule).join(', ') || 'nothing'}`);
  }
  return found.filter(({ output }) => output !== control.name);
}

/** The verdict for each output: one that a checker could not judge has not passed. */
export function verdicts({ outputs, findings, problem, skipped }: Judgement): Verdict[] {
  if (skipped) {
    return outputs.map(() => Verdict.SKIPPED);
  }
  if (problem !== undefined) {
    return (outputs.length > 0 ? outputs : ['none']).map(() => Verdict.FAILED);
  }
  return outputs.map(name => findings.some(({ output }) => output === name) ? Verdict.FAILED : Verdict.PASSED);
}
