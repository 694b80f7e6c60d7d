import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { APPS } from './apps';
import { allCheckers } from './checkers';
import { Exceptions } from './exceptions';
import { type FaultResult, judgeFaults } from './faults';
import { findToolchains, Installation } from './installation';
import { judge, type Judgement, verdicts, Verdict } from './judge';
import { parseOptions } from './options';
import { isOfCorpus, Originals } from './originals';
import type { Output } from './output';
import { listFindings, summary, Tally } from './report';
import { pipelines, synthesiseApp, synthesiseExample } from './synthesise';
import { NEWEST_MINOR } from '../../lib/platform/kubernetes-version';
import { exampleSources } from '../support/real-runs/applications';
import { killChildren } from '../support/real-runs/processes';

async function main(): Promise<void> {
  const checkers = allCheckers();
  const options = parseOptions(process.argv.slice(2), checkers.map(({ name }) => name));
  // Whoever works on this machine goes first.
  setPriority(10);
  const cache = resolve(process.env.ORACLES_CACHE ?? join(__dirname, '../../.cache/oracles'));
  mkdirSync(cache, { recursive: true });
  const toolchains = findToolchains();
  if (toolchains.go !== undefined) {
    // Schemas of further versions are read from Go modules by the command that stands in PATH.
    process.env.PATH = `${process.env.PATH}${delimiter}${dirname(toolchains.go)}`;
  }
  const installation = new Installation(cache, options.offline, toolchains);
  const exceptions = Exceptions.read(join(__dirname, 'exceptions.yaml'), checkers.map(({ name }) => name));
  const temporary = mkdtempSync(join(tmpdir(), 'golden-path-oracles-'));
  const tally = new Tally();
  try {
    const originals = Originals.find(join(temporary, 'originals'));
    const outputs = await synthesise(temporary, originals, tally);
    const chosen = checkers.filter(({ name }) => options.only === undefined || options.only.includes(name));
    const judgements: Judgement[] = [];
    for (const checker of chosen) {
      judgements.push(await judge(checker, outputs, exceptions, installation, { directory: join(temporary, 'controls'), kubernetesVersion: `1.${NEWEST_MINOR}` }, originals));
    }
    console.log(summary(judgements));
    judgements.forEach(judgement => tell(judgement, exceptions, tally));
    const working = chosen.filter((_, index) => judgements[index].problem === undefined && judgements[index].files > 0);
    const complete = checkers.every(checker => working.includes(checker) || checker.mayIdle);
    tellFaults(await judgeFaults(working, complete, exceptions, join(temporary, 'faults')), options.only !== undefined, tally);
  } finally {
    if (options.keep) {
      console.log(`\nWhat was judged is in ${temporary}.`);
    } else {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  finish(tally);
}

/** The outputs of all examples and fixture apps; one that cannot be had has failed, and the others are judged nevertheless. */
async function synthesise(temporary: string, originals: Originals | undefined, tally: Tally): Promise<Output[]> {
  const examples = exampleSources().filter(source => originals !== undefined || !isOfCorpus(source));
  for (const source of exampleSources().filter(each => !examples.includes(each))) {
    console.log(`${source} was skipped: the corpus, which tells the choices of the original, is not beside the project`);
    tally.add(Verdict.SKIPPED);
  }
  const sources: (() => Promise<Output[]> | Output[])[] = [
    ...examples.map(source => () => synthesiseExample(source, join(temporary, 'examples'))),
    ...APPS.map(app => () => synthesiseApp(app, join(temporary, 'apps'))),
    () => pipelines(temporary),
  ];
  const outputs: Output[] = [];
  for (const source of sources) {
    try {
      outputs.push(...await source());
    } catch (error) {
      console.log(`${(error as Error).message}\n`);
      tally.add(Verdict.FAILED);
    }
  }
  return outputs;
}

/** Findings, what kept a checker from its work, and exceptions that nothing needs. */
function tell(judgement: Judgement, exceptions: Exceptions, tally: Tally): void {
  const { checker, findings, problem, skipped } = judgement;
  tally.add(...verdicts(judgement));
  listFindings(checker, findings).forEach(line => console.log(`  ${line}`));
  if (problem !== undefined) {
    console.log(`  ${checker} ${skipped ? 'was skipped' : 'FAILED'}: ${problem}`);
    return;
  }
  for (const { rule, object, file } of judgement.outputs.length > 0 ? exceptions.unused(checker) : []) {
    console.log(`  exceptions.yaml: ${checker} ${rule} (${[object, file].filter(part => part !== undefined).join(', ')}) accepts nothing any more: take it out`);
    tally.add(Verdict.FAILED);
  }
}

/** A run of some checkers says what these find; that they do not find everything is no fault. */
function tellFaults(results: readonly FaultResult[], partial: boolean, tally: Tally): void {
  const told = results.filter(({ verdict }) => !partial || verdict !== Verdict.SKIPPED);
  console.log('\nSingle faults, and who finds them:');
  told.forEach(({ name, verdict, detail }) => console.log(`  ${verdict === Verdict.PASSED ? '' : `${verdict.toUpperCase()}: `}${name}: ${detail}`));
  tally.add(...told.map(({ verdict }) => verdict));
}

function finish(tally: Tally): void {
  console.log(`\n${tally}`);
  process.exitCode = tally.failed || tally.isEmpty ? 1 : 0;
}

for (const [signal, status] of [['SIGHUP', 129], ['SIGINT', 130], ['SIGTERM', 143]] as const) {
  process.on(signal, () => void killChildren().finally(() => process.exit(status)));
}

main().catch((error: Error) => {
  console.error(error.stack);
  console.log('\n0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
});
