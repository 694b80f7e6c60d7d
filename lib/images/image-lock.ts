import type { DigestOf } from './base-image';
import { readText } from './source-files';

export const LOCK_FILE = 'images.lock.json';
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The digests that registries have returned, by the name of the image. */
export interface ImageLock {
  readonly digestOf: DigestOf;
  /** Why the file cannot be used. */
  readonly fault?: string;
}

const EMPTY: ImageLock = { digestOf: () => undefined };

/** Reads a lock file; one that is not there is empty. */
export function readLock(file: string): ImageLock {
  const text = readText(file);
  if (text === undefined) {
    return EMPTY;
  }
  const images = parseLock(text);
  return typeof images === 'string' ? { ...EMPTY, fault: images } : { digestOf: reference => images.get(reference) };
}

/** The entries of a lock file, or what is wrong with it. */
export function parseLock(text: string): Map<string, string> | string {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return 'it is no JSON';
  }
  const { version, images } = (content ?? {}) as { readonly version?: unknown; readonly images?: unknown };
  if (version !== 1 || typeof images !== 'object' || images === null) {
    return 'it is no lock file of version 1';
  }
  const entries = Object.entries(images as { [reference: string]: { readonly digest?: unknown } });
  const wrong = entries.find(([, entry]) => typeof entry?.digest !== 'string' || !DIGEST.test(entry.digest));
  return wrong ? `'${wrong[0]}' has no digest` : new Map(entries.map(([reference, { digest }]) => [reference, digest as string]));
}

/** The text of a lock file, its entries in order. */
export function renderLock(entries: ReadonlyMap<string, string>): string {
  const images = Object.fromEntries([...entries].sort(([a], [b]) => a < b ? -1 : 1).map(([reference, digest]) => [reference, { digest }]));
  return `${JSON.stringify({ version: 1, images }, undefined, 2)}\n`;
}
