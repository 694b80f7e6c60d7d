import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { demandEqual } from './demands';
import { writeImage } from './oci-layout';
import { type GoPrograms, installGoPrograms } from '../support/real-runs/go-programs';
import { Daemon, output, run, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const CRANE: GoPrograms = {
  folder: join(__dirname, 'modules/crane'),
  packages: { crane: 'github.com/google/go-containerregistry/cmd/crane' },
  module: 'github.com/google/go-containerregistry',
};
const COMMAND = join(__dirname, '../../lib/cli/main.ts');
const TSCONFIG = join(__dirname, '../tsconfig.json');

/** Locks an image of a registry that really runs. */
export async function checkLock(suite: Suite, cache: string): Promise<void> {
  await suite.check('images lock: writes what a registry returns, and nothing else', async () => {
    const crane = join(await installGoPrograms(CRANE, cache, text => suite.note(text)), 'crane');
    const folder = join(suite.folder, 'lock');
    mkdirSync(join(folder, 'artifacts'), { recursive: true });
    const host = `127.0.0.1:${await freePort()}`;
    const registry = Daemon.start(crane, ['registry', 'serve', `--address=${host}`], join(folder, 'log'));
    try {
      await until('the registry answers', 20, async () => fetch(`http://${host}/v2/`).then(({ status }) => status === 200, () => false));
      await push(crane, folder, `${host}/base/static:nonroot`, ['amd64', 'arm64']);
      const digest = (await output(crane, ['digest', `${host}/base/static:nonroot`])).trim();
      writeFileSync(join(folder, 'artifacts/base-images.json'), JSON.stringify({ images: [`${host}/base/static:nonroot`] }));
      const locked = (): unknown => JSON.parse(readFileSync(join(folder, 'images.lock.json'), 'utf8'));
      await lock(folder, 0);
      demandEqual('what is locked', locked(), { version: 1, images: { [`${host}/base/static:nonroot`]: { digest } } });
      await lock(folder, 0, '--check');
      await push(crane, folder, `${host}/base/static:nonroot`, ['amd64']);
      await lock(folder, 1, '--check');
      await lock(folder, 1, `${host}/base/gone:1`);
      const moved = (await output(crane, ['digest', `${host}/base/static:nonroot`])).trim();
      demandEqual('what is locked then', locked(), { version: 1, images: { [`${host}/base/static:nonroot`]: { digest: moved } } });
    } finally {
      await registry.stop();
    }
  });
}

async function push(crane: string, folder: string, image: string, architectures: readonly string[]): Promise<void> {
  const layout = join(folder, architectures.join('-'));
  const layer = join(folder, 'layer.tar');
  await output('tar', ['-cf', layer, '-C', folder, 'artifacts']);
  await writeImage(layout, 'latest', [layer], {}, architectures);
  await output(crane, ['push', '--index', layout, image]);
}

/** Runs the command as a user does, and demands its exit status. */
async function lock(cwd: string, expected: number, ...args: string[]): Promise<void> {
  const { status, stdout, stderr } = await run(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', TSCONFIG, COMMAND, 'images', 'lock', ...args], { cwd });
  demandEqual(`the exit status of images lock ${args.join(' ')}, having said\n${stdout}${stderr},`, status, expected);
}

async function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
