import { join } from 'node:path';
import type { RealCluster } from './cluster';
import { DeployedApp } from './deployed-app';
import type { ImageBuilder } from '../image-builds/builder';
import { demandEqual } from '../image-builds/demands';
import type { Suite } from '../support/real-runs/suite';

const SOURCE = join(__dirname, 'fixtures/etcd.ts');
const SERVER = 'etcd';

/** etcd on a real node, and what it knows when it has lost its pod. */
export async function checkEtcd(suite: Suite, cluster: RealCluster, builder: ImageBuilder): Promise<void> {
  await suite.check('etcd: it gets ready, loses its pod, and keeps its data', async () => {
    const app = await DeployedApp.synthesise(suite, cluster, SOURCE);
    await app.provideImages(builder);
    await app.deploy();
    const ask = async (...command: readonly string[]): Promise<string> =>
      (await cluster.kubectl.execute(`${SERVER}-0`, app.namespace, ['etcdctl', ...command], 30)).trim();
    demandEqual('the answer to a new value', await ask('put', 'colour', 'green'), 'OK');
    const seconds = await app.replacePod(SERVER);
    demandEqual('the value', await ask('get', 'colour', '--print-value-only'), 'green');
    demandEqual('what nobody has written', await ask('get', 'taste', '--print-value-only'), '');
    return `ready again after ${seconds.toFixed(1)} s`;
  });
}
