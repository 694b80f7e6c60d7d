import { readHints } from './hints';
import { projectFiles } from './project-files';
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
 * @returns whether it was written
 */
export function initProject(directory: string, { say, complain }: Voice): boolean {
  const hints = readHints(directory);
  const plan = planProject(directory, hints);
  const outcome = writeProject(directory, projectFiles(plan));
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
