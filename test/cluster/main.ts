import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkApplication } from './application-checks';
import { Cluster } from './cluster';
import { checkControls } from './controls';
import { type Application, exampleSources, synthesise } from '../support/real-runs/applications';
import { Suite } from '../support/real-runs/suite';

const FIXTURES = join(__dirname, 'fixtures');

Suite.run('cluster', async suite => {
  const cluster = await Cluster.provide(suite);
  await checkControls(suite, cluster);
  for (const source of [...exampleSources(), ...readdirSync(FIXTURES).sort().map(name => join(FIXTURES, name))]) {
    let application: Application | undefined;
    await suite.check(`${source.replace(/^.*\/(?=examples|test)/, '')} synthesises`, async () => {
      application = await synthesise(source, suite.folder);
    });
    if (application) {
      await checkApplication(suite, cluster, application);
    }
  }
});
