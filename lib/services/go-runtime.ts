import { parseQuantity, toGoMemory } from '../definition/quantity';
import type { Resources } from '../definition/resources';

/** What the runtime may use of the container's limit; the rest is for what it does not count, such as cgo and the kernel's buffers. */
const MEMORY_SHARE = 0.9;
/** With this limit the runtime would do nothing but collect. */
const NOTHING = '0MiB';
/** From this version on Go reads the CPU limit itself. */
const GO_READS_CPU_LIMIT = 25;

/**
 * Variables by which a Go program keeps to the limits of its container.
 *
 * @param version the version of Go, where it is known
 * @see https://pkg.go.dev/runtime
 */
export function goRuntimeEnv({ limits, _memoryLimitBytes: memory }: Resources, version: string | undefined): { [name: string]: string } {
  const minor = /^1\.(\d+)/.exec(version ?? '')?.[1];
  const memoryLimit = memory === undefined ? undefined : toGoMemory(memory * MEMORY_SHARE);
  const cpu = limits.cpu === undefined ? undefined : parseQuantity(limits.cpu);
  return {
    ...memoryLimit !== undefined && memoryLimit !== NOTHING && { GOMEMLIMIT: memoryLimit },
    ...cpu !== undefined && minor !== undefined && Number(minor) < GO_READS_CPU_LIMIT && { GOMAXPROCS: String(Math.max(1, Math.ceil(cpu))) },
  };
}
