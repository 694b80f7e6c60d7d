import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupChecks } from './checks';
import { Pods } from './pods';
import { RCLONE } from './rclone';
import { SERVERS } from './servers';
import { credentials, Storage, STORAGE } from './storage';
import { CACHE, kubectlForCluster } from '../cluster/installer';
import { CACHE as IMAGES } from '../image-builds/builders';
import { DataImages } from '../image-builds/data-images';
import { type ContainerConfig, readImage, unpack } from '../image-builds/oci-layout';
import { synthesise } from '../support/real-runs/applications';
import { installGoPrograms } from '../support/real-runs/go-programs';
import { type KubernetesObject, podOf, readManifests } from '../support/real-runs/manifests';
import { provide } from '../support/real-runs/packages';
import { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

const FIXTURE = join(__dirname, 'fixtures/backup.ts');
const PASSWORD = 'quotes " and \' and $HOME';
const UPLOADER = /^rclone\/rclone:/;
const UPLOADER_CONFIG: ContainerConfig = { Env: ['PATH=/usr/local/bin:/usr/bin:/bin'], Entrypoint: ['rclone'] };

type ConfigOf = (image: string) => ContainerConfig;

Suite.run('backup', async suite => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Unavailable('containers take Linux and root');
  }
  const say = (text: string): void => suite.note(text);
  await provide(['ip', 'runc'], say);
  const rclone = join(await installGoPrograms(RCLONE, CACHE, say), 'rclone');
  const kubectl = await kubectlForCluster(say);
  const { manifests: [manifests] } = await synthesise(FIXTURE, suite.folder);
  const objects = readManifests(manifests);
  const root = join(suite.folder, 'root');
  const configOf = await provideImages(suite, objects, rclone, root);
  const pods = await Pods.start(suite, root, [STORAGE, ...SERVERS.map(({ name }) => `${name}.shop`)], configOf);
  Object.assign(pods.secrets, {
    'backup-storage/credentials': credentials(), 'orders-db-login/password': PASSWORD, 'events-login/password': PASSWORD,
  });
  const storage = new Storage(join(suite.folder, 'storage'), pods, rclone);
  await storage.start();
  for (const server of SERVERS) {
    await new BackupChecks(suite, pods, storage, objects, server, kubectl).run();
  }
});

/** One root for all: the servers out of Debian packages, and rclone. What each image says of its container is kept apart. */
async function provideImages(suite: Suite, objects: readonly KubernetesObject[], rclone: string, root: string): Promise<ConfigOf> {
  const stock = new DataImages(IMAGES, join(suite.folder, 'data-images'), text => suite.note(text));
  const containers = objects.filter(({ kind }) => kind === 'StatefulSet').flatMap(object => podOf(object)!.spec.containers);
  const configs = new Map<string, ContainerConfig>();
  for (const { image: name } of containers) {
    const image = readImage(await stock.for(name));
    if (configs.size === 0) {
      await unpack(image, root);
    }
    configs.set(name, image.config);
  }
  copyFileSync(rclone, join(root, 'usr/local/bin/rclone'));
  return name => {
    const config = UPLOADER.test(name) ? UPLOADER_CONFIG : configs.get(name);
    if (!config) {
      throw new Error(`there is no image ${name}`);
    }
    return config;
  };
}
