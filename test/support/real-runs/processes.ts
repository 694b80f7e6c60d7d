import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { openSync, closeSync, accessSync, constants } from 'node:fs';
import { constants as systemConstants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';

/** What runs to its end and has not got there. */
const commands = new Set<ChildProcess>();

/** What is to run until it is stopped. */
const daemons = new Set<Daemon>();

/** How long a program may take to stop: what keeps something to itself longer than what is only on its way. */
const PATIENCE_SECONDS = 10;
const COMMAND_PATIENCE_MILLIS = 1000;

/**
 * Ends a program when standard input ends: by SIGTERM, and by SIGKILL when that is not heard. It sleeps in short pieces, since the last one
 * outlives the program.
 */
const GUARD = `
exec 3<&0 </dev/null
"$@" & program=$!
{
  cat <&3 >/dev/null
  kill $program
  for tenth in $(seq ${PATIENCE_SECONDS}0); do sleep 0.1; done
  kill -KILL $program
} 2>/dev/null & watcher=$!
wait $program; status=$?
kill $watcher 2>/dev/null
exit $status
`;

/** How a program ended. */
export interface Outcome {
  /** The exit status; nothing when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process; `undefined` takes a variable away. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** What the program reads from standard input. */
  readonly input?: string;
  /** @default 60 */
  readonly timeoutSeconds?: number;
  /** Leaves the processor to others. */
  readonly background?: boolean;
}

/** Runs a program to its end; throws when it cannot be started or takes too long. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const seconds = options.timeoutSeconds ?? 60;
  const child = start(command, args, { cwd: options.cwd, env: environment(options.env), stdio: 'pipe' });
  commands.add(child);
  child.once('exit', () => commands.delete(child));
  child.once('error', () => commands.delete(child));
  if (options.background && child.pid !== undefined) {
    setPriority(child.pid, systemConstants.priority.PRIORITY_LOW);
  }
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout!.on('data', data => stdout.push(data));
  child.stderr!.on('data', data => stderr.push(data));
  // A program that ends without reading its input is no fault of ours.
  child.stdin!.on('error', () => undefined);
  child.stdin!.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal(child, 'SIGKILL');
      reject(new Error(`${describe(command, args)}: not done after ${seconds} s\n${Buffer.concat(stderr)}`));
    }, seconds * 1000);
    child.once('error', error => {
      clearTimeout(timer);
      reject(new Error(`${describe(command, args)}: ${error.message}`));
    });
    child.once('close', status => {
      clearTimeout(timer);
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/** Runs a program that must succeed, and returns what it printed. */
export async function output(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await run(command, args, options);
  if (status !== 0) {
    throw new Error(`${describe(command, args)}: exit status ${status}\n${lastLines(stderr || stdout)}`);
  }
  return stdout;
}

/**
 * A program that runs until it is stopped. A shell stands between it and us and ends it when we are gone, even by SIGKILL: its standard
 * input is a pipe from us, which the kernel closes. A program that is deaf to SIGTERM ends all the same, by SIGKILL.
 */
export class Daemon {
  public static start(command: string, args: readonly string[], log: string, env?: RunOptions['env']): Daemon {
    const file = openSync(log, 'w');
    const child = start('/bin/sh', ['-c', GUARD, 'sh', command, ...args], { env: environment(env), stdio: ['pipe', file, file] });
    closeSync(file);
    child.stdin!.on('error', () => undefined);
    return new Daemon(child, log);
  }

  /** Resolves when the program has ended, to its exit status: 128 and the number of the signal where one ended it. */
  public readonly ended: Promise<number | undefined>;
  private isRunning = true;

  private constructor(private readonly child: ChildProcess, public readonly log: string) {
    daemons.add(this);
    this.ended = new Promise(resolve => {
      const end = (status?: number | null): void => {
        daemons.delete(this);
        this.isRunning = false;
        // What the program may have left of its group.
        signal(child, 'SIGKILL');
        resolve(status ?? undefined);
      };
      child.once('exit', end);
      child.once('error', () => end());
    });
  }

  public get running(): boolean {
    return this.isRunning;
  }

  /** The process that leads the group of the program. */
  public get pid(): number {
    return this.child.pid!;
  }

  /** Ends the program and waits for that. */
  public async stop(): Promise<void> {
    this.child.stdin!.end();
    await this.ended;
  }
}

/** Ends whatever still runs. */
export async function killChildren(): Promise<void> {
  await killCommands();
  await killDaemons();
}

/** Ends the daemons that still run. */
export async function killDaemons(): Promise<void> {
  await Promise.all([...daemons].map(async daemon => daemon.stop()));
}

/** Ends the commands that still run. */
export async function killCommands(): Promise<void> {
  await Promise.all([...commands].map(async child => new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    signal(child, 'SIGTERM');
    setTimeout(() => signal(child, 'SIGKILL'), COMMAND_PATIENCE_MILLIS).unref();
  })));
}

/** Where a program is, as a shell would find it. */
export function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '').split(delimiter).filter(Boolean).map(folder => join(folder, name)).find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Asks again and again until something is so. */
export async function until(what: string, seconds: number, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!await condition()) {
    if (Date.now() > end) {
      throw new Error(`${what}: not so after ${seconds} s`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** The last lines of a text, where programs say what went wrong. */
export function lastLines(text: string, count = 30): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** Each child leads a group of its own, so that its children go with it, and so that Ctrl-C leaves the order of stopping to us. */
function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  return child;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, name);
  } catch {
    // It has just ended.
  }
}

function environment(changes: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

function describe(command: string, args: readonly string[]): string {
  const text = [command, ...args].join(' ');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
