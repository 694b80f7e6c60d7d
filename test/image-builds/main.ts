import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBuilder } from './builder';
import { CACHE, provideBuilder } from './builders';
import { compareBases } from './comparison';
import { checkControls } from './controls';
import { dockerfilesBelow } from './dockerfiles';
import { ImageChecks } from './image-checks';
import { checkLock } from './lock-checks';
import { workloadOf } from './workload';
import { type Application, exampleSources, synthesise } from '../support/real-runs/applications';
import { readManifests } from '../support/real-runs/manifests';
import { provide } from '../support/real-runs/packages';
import { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

const FIXTURES = join(__dirname, 'fixtures');

Suite.run('images', async suite => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Unavailable('images are built and run in namespaces, which takes Linux and root');
  }
  await provide(['ip'], text => suite.note(text));
  const builder = await provideBuilder(suite);
  suite.note(builder.description);
  await checkControls(suite, builder);
  const fixtures = readdirSync(FIXTURES).filter(name => name.endsWith('.ts')).sort().map(name => join(FIXTURES, name));
  for (const source of [...exampleSources(), ...fixtures]) {
    let application: Application | undefined;
    await suite.check(`${source.replace(/^.*\/(?=examples|test)/, '')} synthesises`, async () => {
      application = await synthesise(source, suite.folder);
    });
    if (application) {
      await checkApplication(suite, builder, application);
    }
  }
  await checkLock(suite, CACHE);
  await compareBases(suite, builder);
});

async function checkApplication(suite: Suite, builder: ImageBuilder, { folder, manifests, artifacts }: Application): Promise<void> {
  const objects = readManifests(manifests[0]);
  for (const dockerfile of artifacts.flatMap(each => dockerfilesBelow(each, folder))) {
    await new ImageChecks(suite, builder, dockerfile, workloadOf(objects, dockerfile.name)).run();
  }
}
