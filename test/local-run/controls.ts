import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ComposeApp } from './compose';
import type { DockerEngine } from './docker';
import { LOCAL_DEMANDS, VISITOR } from './inside';
import { CAREFUL, demandAllBroken, inspectArguments, type Inspection } from '../node/inside';
import type { Suite } from '../support/real-runs/suite';

/** How a container is run that is all that ours are not. */
const CARELESS = ['--user=0:0', '--security-opt=seccomp=unconfined', '--env=LEVEL=debug', '--env=OTHER_SERVICE_HOST=10.0.0.1', '--volume=/tmp:/tmp:ro'];

/** A service that waits until somebody stops it, and says all the time that it is not well. */
const UNWELL = {
  image: VISITOR,
  command: ['load', '--url=http://127.0.0.1:9', '--rate=1', '--seconds=600'],
  healthcheck: { test: ['CMD', '/visitor', 'get', '--url=http://127.0.0.1:9'], interval: '1s', timeout: '1s', retries: 2 },
};

/** Only pods have one. */
const CANNOT_FAIL = ['no service account token'];

/** Shows that each demand can fail, and that an app which does not get healthy is not taken for one that does. */
export async function checkControls(suite: Suite, engine: DockerEngine, program: string): Promise<void> {
  await suite.check('control: of a careless container, everything is noticed', async () => {
    const seen: Inspection = JSON.parse(await engine.output(['run', '--rm', ...CARELESS, VISITOR, ...inspectArguments(CAREFUL)]));
    demandAllBroken(seen, LOCAL_DEMANDS, CANNOT_FAIL);
  });
  await suite.check('control: what never gets healthy is noticed', async () => {
    const folder = join(suite.folder, 'unwell');
    mkdirSync(folder);
    writeFileSync(join(folder, 'compose.yaml'), stringify({ name: 'unwell', services: { unwell: UNWELL } }));
    const app = new ComposeApp(program, engine, folder, ['compose.yaml']);
    const complaint = await app.up().then(() => 'nothing', (error: Error) => error.message);
    await app.down();
    if (!/unhealthy/.test(complaint)) {
      throw new Error(`compose says ${complaint}`);
    }
  });
}
