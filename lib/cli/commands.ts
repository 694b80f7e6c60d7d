import { type Command, dispatch, DONE, FAILED } from './command';
import { diffCommand } from './diff';
import { lockImages, type Surroundings } from './images-lock';
import { initProject } from './init/init';
import { CI_SYSTEMS } from './init/project-files';
import { LOCK_FILE } from '../images/image-lock';

/** All that `cdk8s-golden-path` can do. */
const COMMANDS: readonly Command[] = [
  {
    name: 'init',
    args: '',
    count: 0,
    description: `Writes a project into this folder.
It has one service for each program of the Go modules here, with the ports that their Dockerfiles expose, and what a compose file says of
their variables. Nothing is asked and nothing overwritten.`,
    options: { ci: { value: CI_SYSTEMS.join('|'), description: 'adds a pipeline' } },
    run: (request, surroundings) => initProject(request.directory, request.value('ci'), surroundings) ? DONE : FAILED,
  },
  {
    name: 'images lock',
    args: '[IMAGE...]',
    description: `Asks registries for the digests of base images, and writes them down.
They are the images that the Dockerfiles of the app begin with, as the last synth listed them; others can be named. The next synth pins
them by the lock file. Commit that file.`,
    options: {
      file: { value: 'FILE', default: LOCK_FILE, description: 'the lock file' },
      artifacts: { value: 'DIR', default: 'artifacts', description: 'the artefacts of the app' },
      check: { description: 'write nothing; fail where the file does not say what the registries say' },
      prune: { description: 'take out what the app does not use any more' },
    },
    run: async (request, surroundings) => await lockImages({
      directory: request.directory,
      references: request.args,
      lockFile: request.value('file')!,
      artifacts: request.value('artifacts')!.replace(/\/+$/, ''),
      check: request.has('check'),
      prune: request.has('prune'),
    }, surroundings) ? DONE : FAILED,
  },
  diffCommand,
];

/**
 * The command `cdk8s-golden-path`.
 *
 * @param args what was written behind its name
 * @returns its exit status
 */
export async function runCommand(args: readonly string[], directory: string, surroundings: Surroundings): Promise<number> {
  return dispatch(COMMANDS, args, directory, surroundings);
}
