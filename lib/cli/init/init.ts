import { type Hints, readHints } from './hints';
import { CI_SYSTEMS, type CiSystem, projectFiles } from './project-files';
import { planProject, type PlannedService } from './project-plan';
import { writeProject } from './write-project';

/** Where the command speaks to. */
export interface Voice {
  say(line: string): void;
  complain(line: string): void;
}

/**
 * Writes a project that synthesises what the Go modules of a folder need. It asks nothing; what is there is never overwritten.
 *
 * @param ci the system that a pipeline is written for
 * @returns whether it was written
 */
export function initProject(directory: string, ci: string | undefined, { say, complain }: Voice): boolean {
  const system = CI_SYSTEMS.find(each => each === ci);
  if (ci !== undefined && system === undefined) {
    complain(`Nothing was written: there is no pipeline for '${ci}'.\n    Write --ci ${CI_SYSTEMS.join(' or --ci ')}, or leave it out.`);
    return false;
  }
  const hints = readHints(directory);
  if (system !== undefined && hints.programs.length === 0) {
    complain('Nothing was written: there is no Go program here whose image a pipeline could build.\n    Leave --ci out, or go to the folder that holds the go.mod.');
    return false;
  }
  return write(directory, hints, system, { say, complain });
}

function write(directory: string, hints: Hints, system: CiSystem | undefined, { say, complain }: Voice): boolean {
  const plan = planProject(directory, hints);
  let outcome: ReturnType<typeof writeProject>;
  try {
    outcome = writeProject(directory, projectFiles(plan, system));
  } catch (problem) {
    complain(`Nothing was written: ${(problem as Error).message}`);
    return false;
  }
  if (!('paths' in outcome)) {
    complain(`Nothing was written: there ${outcome.length === 1 ? 'is' : 'are'} already ${outcome.join(', ')}.\n`
      + '    Move what is in the way, or go to a folder that holds no npm project: no file is overwritten.');
    return false;
  }
  plan.services.forEach(service => say(describe(service)));
  hints.remarks.forEach(remark => say(remark));
  say(`Written: ${outcome.paths.join(', ')}.`);
  if (outcome.ignore.length > 0) {
    say(`.gitignore is left as it was; it should have the lines ${outcome.ignore.join(' ')}`);
  }
  if (system !== undefined) {
    say('The pipeline installs by package-lock.json: commit it, once npm install has written it.');
  }
  say('Now: npm install && npx cdk8s synth');
  return true;
}

function describe({ name, program }: PlannedService): string {
  if (program === undefined) {
    return `${name}: an example, for there is no Go program here.`;
  }
  const { module, main, ports: { tcp: [port], file } } = program;
  return `${name}: ${main === undefined ? `the program of '${module}'` : `${main} of '${module}'`}${port === undefined ? '' : `, port ${port} as in ${file}`}.`;
}
