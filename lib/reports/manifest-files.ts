import { type Dirent, readdirSync, readFileSync, statSync } from 'fs';
import { resolve } from 'path';
import { type ManifestContent, type ManifestObject, parseManifests } from './manifest-object';
import { titleOf } from './object-title';
import { compareStrings } from '../definition/json';

const MANIFEST = /\.(ya?ml|json)$/;
/** What `recordConstructMetadata` of a cdk8s app writes beside the manifests. */
const NO_MANIFEST = 'construct-metadata.json';

/**
 * The objects of a folder of manifests, or of one file. The folders on its first level are environments: the same object may be in each.
 *
 * @param path relative to the directory
 */
export function readManifests(directory: string, path: string): ManifestContent {
  try {
    const files = statSync(resolve(directory, path)).isDirectory() ? filesBelow(directory, path) : [{ file: path, environment: '' }];
    const contents = files.map(({ file, environment }) => readFile(directory, file, environment));
    const objects = contents.flatMap(content => content.objects);
    return { objects, faults: [...contents.flatMap(({ faults }) => faults), ...repeated(objects)] };
  } catch (problem) {
    return { objects: [], faults: [describe(path, problem as NodeJS.ErrnoException)] };
  }
}

interface ManifestFile {
  readonly file: string;
  readonly environment: string;
}

function filesBelow(directory: string, folder: string): ManifestFile[] {
  const root = folder.replace(/\/+$/, '');
  return entries(directory, root).flatMap(entry => entry.isDirectory()
    ? walk(directory, `${root}/${entry.name}`).map(file => ({ file, environment: entry.name }))
    : isManifest(entry) ? [{ file: `${root}/${entry.name}`, environment: '' }] : []);
}

function walk(directory: string, folder: string): string[] {
  return entries(directory, folder).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(directory, path) : isManifest(entry) ? [path] : [];
  });
}

/** In an order that no file system changes. */
function entries(directory: string, folder: string): Dirent[] {
  return readdirSync(resolve(directory, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => compareStrings(a.name, b.name));
}

function isManifest({ name }: Dirent): boolean {
  return MANIFEST.test(name) && name !== NO_MANIFEST;
}

function readFile(directory: string, file: string, environment: string): ManifestContent {
  try {
    return parseManifests(readFileSync(resolve(directory, file), 'utf8'), file, environment);
  } catch (problem) {
    return { objects: [], faults: [describe(file, problem as NodeJS.ErrnoException)] };
  }
}

function describe(path: string, problem: NodeJS.ErrnoException): string {
  switch (problem.code) {
    case 'ENOENT': return `${path}: there is no such file or folder`;
    case undefined: throw problem;
    default: return `${path}: it cannot be read (${problem.code})`;
  }
}

function repeated(objects: readonly ManifestObject[]): string[] {
  const first = new Map<string, ManifestObject>();
  return objects.flatMap(object => {
    const earlier = first.get(object.identity);
    first.set(object.identity, earlier ?? object);
    return earlier ? [`${object.source}: ${titleOf(object)} is there already, at ${earlier.source}`] : [];
  });
}

