import { type Command, DONE, FAILED, MISUSED, type Request } from './command';
import type { Voice } from './init/init';
import { type DiffFormat, renderDiff } from '../reports/diff-report';
import { diffManifests } from '../reports/manifest-diff';
import { readManifests } from '../reports/manifest-files';

const FORMATS: readonly DiffFormat[] = ['text', 'markdown', 'json'];

/** Compares two folders of manifests. */
export const diffCommand: Command = {
  name: 'diff',
  args: 'OLD NEW',
  count: 2,
  description: `Says what differs between two folders of manifests, or two files, by object and field.
The folders on their first level are environments and kept apart. The order of keys does not count, that of named items such as containers and
variables neither. Values of Secrets are never shown. The exit status is 0 where both say the same, 1 where not, 2 where one cannot be read.`,
  options: {
    'format': { value: FORMATS.join('|'), choices: FORMATS, default: 'text', description: 'markdown is for the comment of a pull request' },
    'exit-zero': { description: 'the status is 0 also where they differ' },
  },
  run: diff,
};

function diff(request: Request, { say, complain }: Voice): number {
  const [before, after] = request.args.map(path => readManifests(request.directory, path));
  const faults = [...before.faults, ...after.faults];
  if (faults.length > 0) {
    faults.forEach(complain);
    return MISUSED;
  }
  const changes = diffManifests(before.objects, after.objects);
  say(renderDiff(changes, request.value('format') as DiffFormat));
  return changes.length === 0 || request.has('exit-zero') ? DONE : FAILED;
}
