import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expectCompiled, ROOT } from './compiled';

export const NAME = 'cdk8s-golden-path';

/** A project of a user: the tarball, installed by npm without a network, and links to other packages. */
export interface PackedProject {
  readonly folder: string;
  /** What the tarball holds. */
  readonly packed: readonly string[];
}

export function installPacked(others: readonly string[]): PackedProject {
  expectCompiled();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'golden-path-')));
  const [pack] = JSON.parse(npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(folder, 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, pack.filename));
  for (const name of others) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'junction');
  }
  return { folder, packed: pack.files.map((file: { path: string }) => file.path).sort() };
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] });
}
