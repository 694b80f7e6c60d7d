import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANAGERS } from './managers';
import { ROOT, submodules } from '../package/compiled';
import { NAME, packInto } from '../package/packed';
import { output } from '../support/real-runs/processes';
import { Suite } from '../support/real-runs/suite';

/** One service, written down as YAML. */
const SERVICE = `
  const { Chart } = require('cdk8s');
  const { ContainerImage, GoStyleMicroservice, PlatformApp } = require('${NAME}');
  const app = new PlatformApp();
  new GoStyleMicroservice(new Chart(app, 'shop', { namespace: 'shop' }), 'orders', { image: ContainerImage.reference('ghcr.io/acme/orders:1.4.2') });
  process.stdout.write(app.synthYaml());`;
const KINDS = ['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount'];
/** What has to be there once, whoever asks for it. */
const ONCE = ['cdk8s', 'cdk8s-plus-27', 'constructs', NAME];

Suite.run('install', async suite => {
  const { tarball } = packInto(suite.folder);
  let reference: string | undefined;
  for (const [name, install] of Object.entries(MANAGERS)) {
    const folder = join(suite.folder, name);
    if (!await suite.check(`${name}: installs the tarball in an empty project`, async () => {
      const how = await install(folder, tarball);
      // Managers keep what they fetched by name and version, which an older tarball shares.
      for (const file of ['.jsii', 'lib/index.js', 'package.json']) {
        if (!readFileSync(join(folder, 'node_modules', NAME, file)).equals(readFileSync(join(ROOT, file)))) {
          throw new Error(`${file} is not that of the tarball`);
        }
      }
      return how;
    })) {
      continue;
    }
    const node = async (...args: string[]) => output(process.execPath, args, { cwd: folder, env: { NODE_OPTIONS: undefined } });
    await suite.check(`${name}: there is one copy of each peer`, async () => onceEach(folder));
    await suite.check(`${name}: the root imports alone, by require and import`, async () => {
      await node('-e', `require('${NAME}')`);
      await node('--input-type=module', '-e', `import '${NAME}'`);
    });
    for (const submodule of submodules()) {
      await suite.check(`${name}: ${submodule} imports alone, by require and import`, async () => {
        const names = await node('-e', `process.stdout.write(Object.values(require('${NAME}').${submodule}).map(({ name }) => name).join(', '))`);
        await node('--input-type=module', '-e', `import { ${submodule} } from '${NAME}'; Object.values(${submodule});`);
        return names;
      });
    }
    await suite.check(`${name}: a service synthesises`, async () => {
      const yaml = await node('-e', SERVICE);
      const kinds = [...yaml.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind).sort();
      if (KINDS.some(kind => !kinds.includes(kind))) {
        throw new Error(`not every object is there: ${kinds.join(', ')}`);
      }
      if (yaml !== (reference ??= yaml)) {
        throw new Error('it is not what the manager before it got');
      }
      return kinds.join(', ');
    });
  }
});

/** The folders that are packages, not links to them. */
function onceEach(folder: string): string {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isDirectory());
  return ONCE.map(name => {
    const copies = found.map(entry => join(entry.parentPath, entry.name)).filter(path => path.endsWith(join('node_modules', name)));
    if (copies.length !== 1) {
      throw new Error(`${name} is there ${copies.length} times: ${copies.join(', ')}`);
    }
    return `${name} ${(JSON.parse(readFileSync(join(copies[0], 'package.json'), 'utf8')) as { version: string }).version}`;
  }).join(', ');
}
