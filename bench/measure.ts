import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one run of a program took. */
export interface Run {
  /** User and system time of the process and of all its threads, in milliseconds. */
  readonly cpu: number;
  /** In milliseconds. */
  readonly wall: number;
  /** The peak of the resident memory in megabytes. */
  readonly megabytes: number;
}

/** Milliseconds between looks at the memory of a run. */
const LOOK = 5;

/** Runs a program and measures it; bash counts the processor time of its children to the millisecond. */
export async function measure(command: readonly string[], cwd: string): Promise<Run> {
  const child = spawn('bash', ['-c', "TIMEFORMAT='took %U %S %R'; time \"$@\" >/dev/null", 'bash', ...command], {
    cwd, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C', NODE_OPTIONS: '' },
  });
  let kilobytes = 0;
  const look = setInterval(() => {
    kilobytes = Math.max(kilobytes, peakOfChild(child.pid!));
  }, LOOK);
  let stderr = '';
  child.stderr.on('data', data => {
    stderr += data;
  });
  const status = await new Promise(resolve => child.once('close', resolve));
  clearInterval(look);
  const [, user, system, real] = /took (\S+) (\S+) (\S+)\s*$/.exec(stderr) ?? [];
  if (status !== 0 || real === undefined) {
    throw new Error(`${command.join(' ')}: exit status ${status}\n${stderr.slice(-2000)}`);
  }
  return { cpu: (Number(user) + Number(system)) * 1000, wall: Number(real) * 1000, megabytes: kilobytes / 1024 };
}

/** The peak so far of the program that bash has started, in kilobytes. */
function peakOfChild(bash: number): number {
  try {
    const [child] = readFileSync(`/proc/${bash}/task/${bash}/children`, 'utf8').split(' ');
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    // It has not begun, or has ended.
    return 0;
  }
}

export function minimum(values: readonly number[]): number {
  return Math.min(...values);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** By which power of the count the time grows. */
export function exponent(small: number, few: number, large: number, many: number): number {
  return Math.log(large / small) / Math.log(many / few);
}
