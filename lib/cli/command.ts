import { parseArgs } from 'util';
import { lockImages, type Surroundings } from './images-lock';
import { initProject } from './init/init';
import { LOCK_FILE } from '../images/image-lock';

const USAGE = `Usage: cdk8s-golden-path images lock [options] [image...]
       cdk8s-golden-path init [--ci github|gitlab]

images lock asks registries for the digests of the images that the Dockerfiles of the app begin with, and writes them into a lock file, which the next synth
pins them by. Commit that file. The list of the images is what the last synth wrote; others can be named.

Options:
  --file FILE        the lock file (default: ${LOCK_FILE})
  --artifacts DIR    the artefacts of the app (default: artifacts)
  --check            write nothing; fail where the file does not say what the registries say
  --prune            take out what the app does not use any more
  -h, --help         this text

init writes a project into this folder: one service for each program of its Go modules, with the ports that their Dockerfiles expose, and
what a compose file says of their variables. It asks nothing and overwrites nothing; --ci adds a pipeline.
`;

/** Exit statuses: as asked, not as asked, and not understood. */
const [DONE, FAILED, MISUSED] = [0, 1, 2];

/**
 * The command `cdk8s-golden-path`.
 *
 * @param args what was written behind its name
 * @returns its exit status
 */
export async function runCommand(args: readonly string[], directory: string, surroundings: Surroundings): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (problem) {
    surroundings.complain(`${(problem as Error).message}\n\n${USAGE.trimEnd()}`);
    return MISUSED;
  }
  const { values, positionals: [topic, verb, ...references] } = parsed;
  if (values.help) {
    surroundings.say(USAGE.trimEnd());
    return DONE;
  }
  if (topic === 'init' && verb === undefined) {
    return initProject(directory, values.ci, surroundings) ? DONE : FAILED;
  }
  if (topic !== 'images' || verb !== 'lock') {
    surroundings.complain(`${topic === undefined ? 'There is no command' : `'${[topic, verb].filter(word => word !== undefined).join(' ')}' is no command`}.\n\n${USAGE.trimEnd()}`);
    return MISUSED;
  }
  const complete = await lockImages({
    directory,
    references,
    lockFile: values.file,
    artifacts: values.artifacts.replace(/\/+$/, ''),
    check: values.check,
    prune: values.prune,
  }, surroundings);
  return complete ? DONE : FAILED;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      file: { type: 'string', default: LOCK_FILE },
      artifacts: { type: 'string', default: 'artifacts' },
      ci: { type: 'string' },
      check: { type: 'boolean', default: false },
      prune: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}
