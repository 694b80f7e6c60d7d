import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const ELF = 0x7f454c46;
const PT_INTERP = 3;
const MACHINES: { readonly [machine: number]: string } = { 62: 'amd64', 183: 'arm64' };

/** What identifies each file and folder below a folder, by path. */
export type Tree = ReadonlyMap<string, string>;

/** All that lies below a folder. What lies below `except` is left out. */
export function treeOf(root: string, except: readonly string[] = []): Tree {
  const tree = new Map<string, string>();
  const visit = (path: string): void => {
    for (const name of readdirSync(join(root, path))) {
      const inner = `${path}/${name}`;
      const { mode, size, mtimeNs, uid, gid } = lstatSync(join(root, inner), { bigint: true });
      const isFolder = lstatSync(join(root, inner)).isDirectory();
      if (!except.includes(inner)) {
        tree.set(inner, [mode, uid, gid, isFolder ? '' : `${size} ${mtimeNs}`].join(' '));
        if (isFolder) {
          visit(inner);
        }
      }
    }
  };
  visit('');
  return tree;
}

/** The paths that are not the same in both. */
export function differences(before: Tree, after: Tree): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(path => before.get(path) !== after.get(path)).sort();
}

/** The regular files that may be executed. */
export function executables(root: string): string[] {
  return [...treeOf(root).keys()].filter(path => {
    const status = lstatSync(join(root, path));
    // eslint-disable-next-line no-bitwise
    return status.isFile() && (status.mode & 0o111) !== 0;
  }).sort();
}

/** What a 64-bit program says of itself: for which processor it is, and whether it needs a loader. */
export function programFacts(file: string): { readonly architecture: string; readonly isStatic: boolean } {
  const header = readAt(file, 0, 64);
  if (header.readUInt32BE(0) !== ELF) {
    throw new Error(`${file} is no program for Linux`);
  }
  const [offset, size, count] = [Number(header.readBigUInt64LE(32)), header.readUInt16LE(54), header.readUInt16LE(56)];
  const segments = readAt(file, offset, size * count);
  const types = Array.from({ length: count }, (_, index) => segments.readUInt32LE(index * size));
  const machine = header.readUInt16LE(18);
  return { architecture: MACHINES[machine] ?? `machine ${machine}`, isStatic: !types.includes(PT_INTERP) };
}

function readAt(file: string, position: number, length: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(length);
    readSync(descriptor, buffer, 0, length, position);
    return buffer;
  } finally {
    closeSync(descriptor);
  }
}
