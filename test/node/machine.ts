import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeGroup, removeGroup } from '../support/real-runs/control-groups';
import { firstOfNamespace } from '../support/real-runs/process-tree';
import { Daemon, findProgram, lastLines, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

/** The address of the machine, which nothing outside of it can reach. */
export const ADDRESS = '10.99.0.1';

/** Folders that the programs of a node make and write to, whatever they are told; in the machine, others lie in their place. */
const FIXED_FOLDERS = ['/var/lib/cni', '/var/lib/kubelet', '/var/log/containers'];
const PARENTS = [...new Set(FIXED_FOLDERS.map(dirname))];

/** What a kubelet wants of the kernel and would set for the whole computer; in the machine, files that say so lie in their place. */
const TUNABLES: { readonly [name: string]: string } = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

const INIT = `
set -e
folder=$1
mount --make-rprivate /
mount --make-rshared /
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
for parent in ${PARENTS.join(' ')}; do
  for inner in "$parent"/*/; do
    mkdir -p "$folder$inner"
    mount --bind "$inner" "$folder$inner"
  done
  mount --rbind "$folder$parent" "$parent"
done
for fixed in ${FIXED_FOLDERS.join(' ')}; do
  mkdir -p "$folder/fixed$fixed" "$fixed"
  mount --bind "$folder/fixed$fixed" "$fixed"
done
for name in ${Object.keys(TUNABLES).join(' ')}; do
  mount --bind "$folder/tunables/$name" "/proc/sys/$name"
done
ip link set lo up
ip link add machine0 type veth peer name machine1
ip address add ${ADDRESS}/24 dev machine0
ip link set machine0 up
ip link set machine1 up
ip route add default dev machine0
echo 1 > /proc/sys/net/ipv4/ip_forward
echo ready
while :; do sleep 1000 & wait $!; done
`;

/**
 * A machine within this one: namespaces of its own for mounts, processes, network and names. Whatever runs in it, mounts something or makes
 * a network device ends with its first process, and that with us, even when we are killed.
 */
export class Machine {
  public static async start(suite: Suite): Promise<Machine> {
    const folder = join(suite.folder, 'machine');
    for (const [name, value] of Object.entries(TUNABLES)) {
      mkdirSync(dirname(join(folder, 'tunables', name)), { recursive: true });
      writeFileSync(join(folder, 'tunables', name), `${value}\n`);
    }
    const machine = new Machine(folder, `golden-path-node-${process.pid}`);
    suite.atEnd(async () => machine.stop());
    await machine.boot();
    return machine;
  }

  private daemon?: Daemon;
  private first = 0;

  private constructor(
    public readonly folder: string,
    /** The control group that the pods of the machine are to be in. */
    public readonly group: string,
  ) {}

  /** Starts a program in the machine. */
  public readonly start: typeof Daemon.start = (command, args, log, env) => {
    const [program, ...rest] = this.enter('--mount', '--pid', '--ipc', '--uts');
    return Daemon.start(program, [...rest, command, ...args], log, env);
  };

  /** A program that runs another one in the network of the machine. */
  public wrap(program: string): string {
    const file = join(this.folder, 'bin', program.split('/').pop()!);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\nexec ${this.enter().join(' ')} '${program}' "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  private enter(...namespaces: readonly string[]): string[] {
    return [findProgram('nsenter')!, `--target=${this.first}`, '--net', ...namespaces, '--'];
  }

  private async boot(): Promise<void> {
    makeGroup(this.group);
    const log = join(this.folder, 'log');
    const daemon = Daemon.start('unshare', [
      '--mount', '--pid', '--net', '--ipc', '--uts', '--fork', '--kill-child=SIGKILL', 'sh', '-c', INIT, 'sh', this.folder,
    ], log);
    this.daemon = daemon;
    await until('the machine is ready', 20, async () => {
      const said = readFileSync(log, 'utf8');
      if (!daemon.running) {
        const message = `no machine of mounts, processes and network of its own can be made here:\n${lastLines(said)}`;
        throw /not permitted/.test(said) ? new Unavailable(message) : new Error(message);
      }
      this.first = firstOfNamespace(daemon.pid) ?? 0;
      return this.first !== 0 && said.includes('ready');
    });
  }

  /** Everything in it ends with its first process, which only the kernel's own signal reaches. */
  private async stop(): Promise<void> {
    if (this.first !== 0 && this.daemon?.running) {
      process.kill(this.first, 'SIGKILL');
    }
    await this.daemon?.stop();
    await removeGroup(this.group);
  }
}
