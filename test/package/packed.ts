import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expectCompiled, ROOT } from './compiled';

export const NAME = 'cdk8s-golden-path';

/** What npm publishes. */
export interface Packed {
  /** The path of the tarball. */
  readonly tarball: string;
  /** What the tarball holds. */
  readonly packed: readonly string[];
  /** Its bytes, as they are fetched and as they are unpacked. */
  readonly size: { readonly fetched: number; readonly unpacked: number };
}

/** A project of a user: the tarball, installed by npm without a network, and links to other packages. */
export interface PackedProject extends Packed {
  readonly folder: string;
}

/** Writes the tarball into a folder. */
export function packInto(folder: string): Packed {
  expectCompiled();
  const [pack] = JSON.parse(npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  return {
    tarball: join(folder, pack.filename),
    packed: pack.files.map((file: { path: string }) => file.path).sort(),
    size: { fetched: pack.size, unpacked: pack.unpackedSize },
  };
}

export function installPacked(others: readonly string[]): PackedProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'golden-path-')));
  const pack = packInto(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(folder, 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--ignore-scripts', pack.tarball);
  for (const name of others) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'junction');
  }
  return { folder, ...pack };
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] });
}
