import { existsSync, readFileSync, renameSync, writeFileSync } from 'fs';
import { join } from 'path';
import { locate } from './reference';
import { digestOf, type RegistryAccess, RegistryError } from './registry';
import { parseLock, renderLock } from '../images/image-lock';

/** What `images lock` is asked for. */
export interface LockRequest {
  /** The folder that everything is relative to. */
  readonly directory: string;
  readonly lockFile: string;
  readonly artifacts: string;
  /** Images beside those of the app. */
  readonly references: readonly string[];
  /** Whether to compare, and write nothing. */
  readonly check: boolean;
  /** Whether entries go that the app does not use. */
  readonly prune: boolean;
}

/** Where the command speaks to. */
export interface Surroundings extends RegistryAccess {
  say(line: string): void;
  complain(line: string): void;
}

/**
 * Asks the registries for the digests of all base images, and writes those down that they return. What a registry does not answer
 * keeps the entry that it has.
 *
 * @returns whether every image is locked now; with `check`, whether the file says what the registries say
 */
export async function lockImages(request: LockRequest, surroundings: Surroundings): Promise<boolean> {
  const { say, complain } = surroundings;
  const file = join(request.directory, request.lockFile);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const entries = text === undefined ? new Map<string, string>() : parseLock(text);
  if (typeof entries === 'string') {
    complain(`${request.lockFile} cannot be used: ${entries}`);
    return false;
  }
  const used = usedImages(request);
  const wanted = [...new Set([...request.references, ...used ?? [], ...request.references.length === 0 && !used ? entries.keys() : []])].sort();
  if (wanted.length === 0) {
    complain(`There is no image to lock: synthesise the app first, which writes ${request.artifacts}/base-images.json, or name one.`);
    return false;
  }
  let complete = true;
  const locked = new Map(request.prune && used ? [...entries].filter(([reference]) => wanted.includes(reference)) : entries);
  [...entries.keys()].filter(reference => !locked.has(reference)).forEach(reference => say(`${reference}: not used any more, taken out`));
  for (const reference of wanted) {
    const before = entries.get(reference);
    try {
      const location = locate(reference);
      if (!location) {
        throw new RegistryError('this is no reference with a tag');
      }
      const digest = await digestOf(location, surroundings);
      complete &&= !request.check || digest === before;
      locked.set(reference, digest);
      say(`${reference}: ${digest === before ? 'unchanged' : before === undefined ? digest : `${digest}, was ${before}`}`);
    } catch (problem) {
      if (!(problem instanceof RegistryError)) {
        throw problem;
      }
      complete = false;
      complain(`${reference}: ${problem.message}${before === undefined ? '' : '; the entry stays as it was'}`);
    }
  }
  if (!request.check) {
    write(file, renderLock(locked), text);
  } else if (!complete) {
    complain(`${request.lockFile} does not say what the registries say: npx cdk8s-golden-path images lock`);
  }
  return complete;
}

/** The images that the app's Dockerfiles begin with; nothing where it has written no list of them. */
function usedImages({ directory, artifacts }: LockRequest): string[] | undefined {
  const file = join(directory, artifacts, 'base-images.json');
  if (!existsSync(file)) {
    return undefined;
  }
  const { images } = JSON.parse(readFileSync(file, 'utf8')) as { readonly images: string[] };
  return images;
}

/** All or nothing, and nothing where nothing has changed. */
function write(file: string, text: string, before: string | undefined): void {
  if (text !== before) {
    writeFileSync(`${file}.tmp`, text);
    renameSync(`${file}.tmp`, file);
  }
}
