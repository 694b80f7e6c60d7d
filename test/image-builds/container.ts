import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerConfig } from './oci-layout';
import { firstOfNamespace, statusOf } from '../support/real-runs/process-tree';
import { Daemon, type Outcome, run, until } from '../support/real-runs/processes';

/** How an image is run. */
export interface ContainerOptions {
  /** The unpacked image. */
  readonly root: string;
  readonly config: ContainerConfig;
  readonly env?: { readonly [name: string]: string };
  readonly args?: readonly string[];
  /** Whether the root can be written to, but for its permissions. */
  readonly writable?: boolean;
  /** Where volumes are mounted, and whether they can be written to. */
  readonly volumes?: readonly { readonly path: string; readonly readOnly: boolean }[];
  /** Where the output goes. */
  readonly log: string;
}

/**
 * Prepares the inside of new namespaces as a container runtime does, and becomes the program. Arguments: root, whether it is writable,
 * number of volumes, the volumes, the program.
 */
const PREPARE = `
set -e
root=$1 writable=$2 volumes=$3; shift 3
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
while [ "$volumes" -gt 0 ]; do
  mount -t tmpfs -o "$1,nosuid,nodev,mode=1777,size=64m" tmpfs "$root$2"
  shift 2; volumes=$((volumes - 1))
done
[ "$writable" = yes ] || mount -o remount,bind,ro "$root"
ip link set lo up
exec "$@"
`;

/** Asks a gRPC health service, and prints its answer in hexadecimal digits. Arguments: port, name of the service. */
const ASK_GRPC = `
const [port, service] = process.argv.slice(1);
const name = Buffer.from(service);
const message = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, name.length]), name]);
const client = require('node:http2').connect('http://127.0.0.1:' + port);
client.on('error', ({ message }) => { console.error(message); process.exit(1); });
const request = client.request({
  ':method': 'POST', ':path': '/grpc.health.v1.Health/Check', 'content-type': 'application/grpc', 'te': 'trailers',
});
const chunks = [];
request.on('data', chunk => chunks.push(chunk));
request.on('end', () => { console.log(Buffer.concat(chunks).subarray(5).toString('hex')); client.close(); });
request.end(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
`;

/** The message with the status SERVING. */
const SERVING = '0801';

/**
 * An image as a process: in namespaces of its own for mounts, processes, network and names, as the user that the image names and without
 * any means to become another one, with the root read-only. It is the first process there, as in a container.
 */
export class Container {
  public static async start(options: ContainerOptions): Promise<Container> {
    const { root, config, args = [], writable = false, volumes = [], log } = options;
    makeMountPoints(root, volumes);
    const mounts = volumes.flatMap(({ path, readOnly }) => [readOnly ? 'ro' : 'rw', path]);
    const daemon = Daemon.start('unshare', [
      '--mount', '--pid', '--net', '--ipc', '--uts', '--fork', '--kill-child=SIGKILL',
      'setpriv', '--no-new-privs', 'sh', '-c', PREPARE, 'sh', root, writable ? 'yes' : 'no', String(volumes.length), ...mounts,
      ...enter(options, 'unshare', '--root', root, '--wd', config.WorkingDir ?? '/'), ...config.Entrypoint ?? config.Cmd ?? [], ...args,
    ], log);
    const container = new Container(daemon, options);
    await until('the program has started', 20, async () => {
      if (!daemon.running) {
        throw new Error(`the program ends at once:\n${container.output()}`);
      }
      return container.find();
    });
    return container;
  }

  /** The process as this machine numbers it. */
  private process = 0;

  private constructor(private readonly daemon: Daemon, private readonly options: ContainerOptions) {}

  /** What the kernel says of the process. */
  public status(): { readonly [field: string]: string } {
    return statusOf(this.process);
  }

  /** What the program has printed. */
  public output(): string {
    return readFileSync(this.daemon.log, 'utf8');
  }

  /** The answer to a request from inside. */
  public async get(port: number, path: string): Promise<{ readonly status: number; readonly body: string }> {
    const program = 'fetch(process.argv[1]).then(async r => console.log(JSON.stringify({ status: r.status, body: await r.text() })))';
    const { status, stdout, stderr } = await run('nsenter', [
      `--target=${this.process}`, '--net', process.execPath, '-e', program, `http://127.0.0.1:${port}${path}`,
    ], { timeoutSeconds: 20 });
    if (status !== 0) {
      throw new Error(`GET ${path} on ${port}: ${/code: '(\w+)'/.exec(stderr)?.[1] ?? stderr}`);
    }
    return JSON.parse(stdout);
  }

  /** Whether the gRPC health service says from inside that a service is there for calls. */
  public async isServing(port: number, service: string): Promise<boolean> {
    const { status, stdout, stderr } = await run('nsenter', [
      `--target=${this.process}`, '--net', process.execPath, '-e', ASK_GRPC, String(port), service,
    ], { timeoutSeconds: 20 });
    if (status !== 0) {
      throw new Error(`the health service on ${port}: ${stderr}`);
    }
    return stdout.trim() === SERVING;
  }

  /** Runs another program of the image beside it, as `kubectl exec` does. */
  public async exec(command: readonly string[], env: ContainerOptions['env'] = {}): Promise<Outcome> {
    const namespaces = [`--target=${this.process}`, '--mount', '--pid', '--net', '--ipc', '--uts', '--root', `--wd=${this.options.root}`];
    const [program, ...args] = enter({ ...this.options, env: { ...this.options.env, ...env } }, 'nsenter', ...namespaces);
    return run(program, [...args, ...command], { timeoutSeconds: 20 });
  }

  /** Asks the program to end, and returns its exit status and how long it took. */
  public async terminate(graceSeconds: number): Promise<{ readonly status: number | undefined; readonly seconds: number }> {
    const begun = Date.now();
    process.kill(this.process, 'SIGTERM');
    const late = Symbol('late');
    let timer: NodeJS.Timeout | undefined;
    const status = await Promise.race([this.daemon.ended, new Promise<symbol>(resolve => {
      timer = setTimeout(() => resolve(late), graceSeconds * 1000);
    })]);
    clearTimeout(timer);
    if (typeof status === 'symbol') {
      throw new Error(`still running ${graceSeconds} s after SIGTERM`);
    }
    return { status, seconds: (Date.now() - begun) / 1000 };
  }

  public async stop(): Promise<void> {
    await this.daemon.stop();
  }

  /** The process that is the first one in its namespace and has become the program. */
  private find(): boolean {
    const first = firstOfNamespace(this.daemon.pid);
    const [expected] = this.options.config.Entrypoint ?? this.options.config.Cmd ?? [];
    // The name of a process is the program's to choose.
    if (first === undefined || commandOf(first)[0] !== expected) {
      return false;
    }
    this.process = first;
    return true;
  }
}

/** Makes the folders that a container runtime would mount on. */
export function makeMountPoints(root: string, volumes: ContainerOptions['volumes'] = []): void {
  ['/proc', ...volumes.map(({ path }) => path)].forEach(path => mkdirSync(join(root, path), { recursive: true }));
}

/** The words that run a program by its user and with its environment alone. */
function enter({ config, env = {} }: ContainerOptions, program: string, ...namespaces: string[]): string[] {
  const [user, group = user] = (config.User ?? '').split(':');
  const ids = /^\d+$/.test(user) && user !== '0' ? ['--setgid', group, '--setuid', user] : [];
  const variables = [...config.Env ?? [], ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  return ['/usr/bin/env', '-i', ...variables, `/usr/bin/${program}`, ...namespaces, ...ids];
}

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
