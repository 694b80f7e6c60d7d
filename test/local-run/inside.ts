import { join } from 'node:path';
import type { DockerEngine } from './docker';
import { demandEqual } from '../image-builds/demands';
import type { Workload } from '../image-builds/workload';
import { packProgram } from '../node/images';
import { DEMANDS, inspectArguments, type Inspection } from '../node/inside';
import { installVisitor } from '../node/programs';
import type { Suite } from '../support/real-runs/suite';

/** An image with a program that looks at its neighbours. */
export const VISITOR = 'visitor.invalid/visitor:local';

/** Lets the engine have the visitor. */
export async function provideVisitor(suite: Suite, engine: DockerEngine): Promise<void> {
  const programs = await installVisitor(text => suite.note(text));
  const { name, layout } = await packProgram(VISITOR, programs('visitor'), join(suite.folder, 'visitor'));
  await engine.load(name, layout);
}

/** Looks at the first process of a container, as its user, by a container beside it: there is no shell in it. */
export async function inspect(engine: DockerEngine, id: string, workload: Workload): Promise<Inspection> {
  const seen: Inspection = JSON.parse(await engine.output([
    'run', '--rm', '--network=none', `--pid=container:${id}`, `--user=${workload.identity}`, '--read-only', '--cap-drop=ALL',
    '--security-opt=no-new-privileges', VISITOR, ...inspectArguments(workload),
  ]));
  // Not every image has every folder.
  return { ...seen, writes: Object.fromEntries(Object.entries(seen.writes).filter(([, outcome]) => outcome !== 'no such file or directory')) };
}

/** What a container must look like from inside: what its pod would, whose token does not exist here. */
export const LOCAL_DEMANDS: typeof DEMANDS = {
  ...DEMANDS,
  // The files of a secret are mounted one by one.
  volumes: ({ writes }, { volumes }) => {
    demandEqual('that /tmp can be written to', writes['/tmp'], '');
    volumes.filter(({ readOnly }) => !readOnly).forEach(({ path }) => demandEqual(`writing into ${path}`, writes[path], ''));
  },
};
