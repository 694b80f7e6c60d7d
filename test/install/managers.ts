import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from '../bindings/toolchain';
import { ROOT } from '../package/compiled';
import { NAME } from '../package/packed';

/** Package managers, and what they fetch, kept between runs. */
const CACHE = resolve(process.env.INSTALL_CACHE ?? join(ROOT, '.cache/install'));
/** What README tells to name where peers are not installed by themselves. */
const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

/** Makes an empty project, installs the tarball there and says by what; the scripts of packages do not run. */
export type Install = (folder: string, tarball: string) => Promise<string>;

export const MANAGERS: { readonly [name: string]: Install } = {
  npm: async (folder, tarball) => {
    begin(folder);
    await build('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', tarball], { cwd: folder });
    return `npm ${(await build('npm', ['--version'])).trim()}, which brings the peers by itself`;
  },
  pnpm: async (folder, tarball) => {
    const pnpm = await program('pnpm', '9.15.9', 'bin/pnpm.cjs');
    begin(folder);
    // A store that is shared would give back a tarball of the same name and version.
    await node(folder, pnpm, 'add', '--ignore-scripts', '--config.auto-install-peers=false', '--config.strict-peer-dependencies=true',
      '--store-dir', join(CACHE, 'pnpm-store'), tarball, ...PEERS);
    return 'pnpm 9.15.9, with the peers named';
  },
  yarn: async (folder, tarball) => {
    const yarn = await program('yarn', '1.22.22', 'bin/yarn.js');
    begin(folder);
    const cache = ['--cache-folder', join(CACHE, 'yarn-cache')];
    await node(folder, yarn, 'cache', 'clean', NAME, ...cache);
    await node(folder, yarn, 'add', '--ignore-scripts', '--non-interactive', ...cache, tarball, ...PEERS);
    return 'yarn 1.22.22, with the peers named';
  },
};

function begin(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
}

async function node(folder: string, script: string, ...args: string[]): Promise<void> {
  await build(process.execPath, [script, ...args], { cwd: folder });
}

/** A package manager in a version that does not change, as npm publishes it. */
async function program(name: string, version: string, script: string): Promise<string> {
  const folder = join(CACHE, `${name}-${version}`);
  const manifest = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(manifest) || (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version !== version) {
    begin(folder);
    await build('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`], { cwd: folder });
  }
  return join(folder, 'node_modules', name, script);
}
