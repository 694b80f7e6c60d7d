import { RealCluster } from './cluster';
import { checkControls } from './controls';
import { API, Demo, SERVICES, WEB } from './demo';
import { checkDemo } from './demo-checks';
import { checkEtcd } from './etcd';
import { checkRollout, checkWithoutDrain } from './rollout';
import { Scaling } from './scaling';
import { checkShop } from './shop';
import { provideBuilder } from '../image-builds/builders';
import { Suite } from '../support/real-runs/suite';

const VERSIONS = ['0.1.0', '0.2.0'];

Suite.run('node', async suite => {
  const cluster = await RealCluster.provide(suite);
  await checkControls(suite, cluster);
  const builder = await provideBuilder(suite);
  suite.note(builder.description);
  const demos: Demo[] = [];
  for (const version of VERSIONS) {
    await suite.check(`the demo's images of version ${version} are built from the Dockerfiles as they are`, async () => {
      const demo = await Demo.synthesise(suite, version);
      const names = await demo.provideImages(builder, cluster);
      demos.push(demo);
      return names;
    });
  }
  const [first, second] = demos;
  if (!second || !await checkDemo(suite, cluster, first)) {
    return;
  }
  const scaling = new Scaling(suite, cluster, first);
  await scaling.checkUp();
  // Meanwhile the autoscaler waits as long as the manifest says before it scales down.
  await checkRollout(suite, cluster, WEB, first, second);
  await checkWithoutDrain(suite, cluster, WEB, first);
  await checkShop(suite, cluster, builder);
  await checkEtcd(suite, cluster, builder);
  await scaling.checkDown();
  await checkRollout(suite, cluster, API, first, second);
  for (const service of SERVICES) {
    await suite.check(`${service.name}: nothing has restarted`, async () => first.demandHealth(cluster, service));
  }
});
