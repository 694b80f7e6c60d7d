import { join } from 'node:path';
import { type Checker, type Finding, relevantTo } from './checker';
import type { Exceptions } from './exceptions';
import { BASE } from './faults/base';
import { DEFINITION_FAULTS } from './faults/definition-faults';
import type { DefinitionFault } from './faults/fault';
import { makeSpecimens, type Specimen } from './faults/specimens';
import { checkWithControl, Verdict } from './judge';
import type { Output } from './output';
import { Diagnostics, PlatformApp, Severity } from '../../lib';

/** What came of one fault. */
export interface FaultResult {
  readonly name: string;
  readonly verdict: Verdict;
  /** Who caught it and by which rule, or why that cannot be said. */
  readonly detail: string;
}

/** What a checker says of an output, exceptions left out. */
interface Statement {
  readonly checker: string;
  readonly finding: Finding;
}

/**
 * Puts single faults into good output and lets the checkers look for them.
 *
 * @param checkers those that work here
 * @param complete whether these are all of them: only then is a fault that nobody finds a failure
 */
export async function judgeFaults(
  checkers: readonly Checker[], complete: boolean, exceptions: Exceptions, directory: string,
): Promise<FaultResult[]> {
  const specimens = makeSpecimens(directory);
  const goods = [...new Set(specimens.map(({ good }) => good))];
  const outputs = [...goods, ...specimens.map(({ output }) => output)];
  const crashes: FaultResult[] = [];
  const statements: Statement[] = [];
  for (const checker of checkers.filter(each => relevantTo(each, outputs).length > 0)) {
    try {
      const place = { directory: join(directory, 'controls'), kubernetesVersion: BASE.kubernetesVersion };
      const findings = await checkWithControl(checker, relevantTo(checker, outputs), place);
      statements.push(...findings.filter(finding => !exceptions.accepts(checker.name, finding)).map(finding => ({ checker: checker.name, finding })));
    } catch (error) {
      crashes.push({ name: `${checker.name} among faults`, verdict: Verdict.FAILED, detail: (error as Error).message });
    }
  }
  return [
    ...crashes,
    ...goods.map(good => judgeGood(good, statements)),
    ...specimens.map(specimen => judgeSpecimen(specimen, statements, complete)),
    ...DEFINITION_FAULTS.map(judgeDefinition),
  ];
}

/** What is found before a fault is put in would hide the fault. */
function judgeGood({ name }: Output, statements: readonly Statement[]): FaultResult {
  const found = rulesOf(statements.filter(({ finding }) => finding.output === name));
  return found === '' ? { name, verdict: Verdict.PASSED, detail: 'nothing is found' } : { name, verdict: Verdict.FAILED, detail: found };
}

function judgeSpecimen({ fault, output, isFaulty }: Specimen, statements: readonly Statement[], complete: boolean): FaultResult {
  const found = rulesOf(statements.filter(({ finding }) => finding.output === output.name));
  if (!isFaulty) {
    return { name: fault, verdict: Verdict.FAILED, detail: 'it changes nothing' };
  }
  if (found !== '') {
    return { name: fault, verdict: Verdict.PASSED, detail: found };
  }
  return complete
    ? { name: fault, verdict: Verdict.FAILED, detail: 'nobody found it' }
    : { name: fault, verdict: Verdict.SKIPPED, detail: 'none of the checkers that ran found it' };
}

function rulesOf(statements: readonly Statement[]): string {
  return [...new Set(statements.map(({ checker, finding }) => `${checker} ${finding.rule}`))].join(', ');
}

/** The diagnostics must say what is wrong, and nothing that is not. */
function judgeDefinition({ name, code, define }: DefinitionFault): FaultResult {
  const app = new PlatformApp();
  define(app);
  const findings = Diagnostics.of(app).collect().filter(({ severity }) => severity !== Severity.INFO);
  const codes = [...new Set(findings.map(diagnostic => diagnostic.code))];
  return codes.length === 1 && codes[0] === code
    ? { name, verdict: Verdict.PASSED, detail: `our diagnostic ${code}` }
    : { name, verdict: Verdict.FAILED, detail: `our diagnostics say ${codes.join(', ') || 'nothing'} in place of ${code}` };
}
