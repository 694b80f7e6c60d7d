import type { Resources } from '../definition/resources';

const MEBIBYTE = 1024 * 1024;

/** A share of the memory that a server may use, in whole MiB; nothing without a limit. */
export function mebibytes(resources: Resources, share: number): number | undefined {
  const limit = resources._memoryLimitBytes;
  return limit === undefined ? undefined : Math.max(1, Math.floor(limit * share / MEBIBYTE));
}

/** The heap of a Java server: half of its memory, from the start; the rest is for threads, buffers and the page cache. */
export function heapOptions(resources: Resources): string | undefined {
  const heap = mebibytes(resources, 0.5);
  return heap === undefined ? undefined : `-Xms${heap}m -Xmx${heap}m`;
}
