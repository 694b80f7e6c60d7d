import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, executables, programFacts, treeOf } from './files';
import { readImage, unpack, writeImage } from './oci-layout';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oci-layout-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function layer(name: string, files: { readonly [path: string]: string }): string {
  Object.entries(files).forEach(([path, content]) => {
    mkdirSync(join(folder, name, path, '..'), { recursive: true });
    writeFileSync(join(folder, name, path), content);
  });
  execFileSync('tar', ['-C', join(folder, name), '-cf', join(folder, `${name}.tar`), '.']);
  return join(folder, `${name}.tar`);
}

test('what is written can be read and unpacked, for each architecture', async () => {
  const layers = [layer('lower', { 'etc/a': 'lower', 'etc/b': 'lower' }), layer('upper', { 'etc/b': 'upper' })];
  const digest = await writeImage(join(folder, 'image'), 'latest', layers, { User: '1:1' }, ['amd64', 'arm64']);
  expect(existsSync(join(folder, 'image/blobs', digest.replace(':', '/')))).toBe(true);
  const image = readImage(join(folder, 'image'), 'arm64');
  expect(image).toMatchObject({ architecture: 'arm64', config: { User: '1:1' }, bytes: layers.reduce((sum, file) => sum + statSync(file).size, 0) });
  await unpack(image, join(folder, 'root'));
  expect(['a', 'b'].map(name => readFileSync(join(folder, 'root/etc', name), 'utf8'))).toEqual(['lower', 'upper']);
});

test('one image is not chosen among several', async () => {
  await writeImage(join(folder, 'image'), 'latest', [layer('only', { a: '' })], {}, ['amd64', 'arm64']);
  expect(() => readImage(join(folder, 'image'))).toThrow('holds 2 images, where one was expected');
  expect(() => readImage(join(folder, 'image'), 'riscv64')).toThrow('holds 0 images for riscv64, where one was expected');
});

test('a layer that removes files is not taken for one that does not', async () => {
  await writeImage(join(folder, 'image'), 'latest', [layer('only', { 'etc/.wh.passwd': '' })], {}, ['amd64']);
  await expect(unpack(readImage(join(folder, 'image')), join(folder, 'root'))).rejects.toThrow('removes files of a lower layer');
});

test('a tree differs in what was written, added and removed', () => {
  layer('tree', { 'same': 'a', 'changed': 'a', 'gone/file': 'a' });
  const before = treeOf(join(folder, 'tree'));
  rmSync(join(folder, 'tree/gone'), { recursive: true });
  layer('tree', { changed: 'ab', new: 'a' });
  expect(differences(before, treeOf(join(folder, 'tree')))).toEqual(['/changed', '/gone', '/gone/file', '/new']);
});

test('programs are told by their permissions and by their first bytes', () => {
  layer('programs', { script: '#!/bin/sh' });
  expect(executables(join(folder, 'programs'))).toEqual([]);
  execFileSync('chmod', ['+x', join(folder, 'programs/script')]);
  expect(executables(join(folder, 'programs'))).toEqual(['/script']);
  expect(() => programFacts(join(folder, 'programs/script'))).toThrow('is no program for Linux');
});

const ifLinux = process.platform === 'linux' ? test : test.skip;

ifLinux('node is a program that needs a loader', () => {
  expect(programFacts(process.execPath)).toMatchObject({ isStatic: false });
});
