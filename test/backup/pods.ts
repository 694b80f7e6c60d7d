import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerConfig } from '../image-builds/oci-layout';
import { Machine } from '../node/machine';
import { type KubernetesObject, podOf } from '../support/real-runs/manifests';
import { Daemon, findProgram, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const SIGNALS_SECONDS = 30;
const READY_SECONDS = 60;
/** What containers see of the machine, as container runtimes have it. */
const MOUNTS = [
  { destination: '/proc', type: 'proc', source: 'proc' },
  { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'] },
  { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777', 'size=65536k'] },
];

/** How a container has ended, or what a command in one has said. */
export interface Ended {
  /** The last container that ran. */
  readonly container: string;
  readonly status: number | undefined;
  readonly output: string;
}

/** What is done otherwise than the manifest says. */
export interface Changes {
  /** Variables of the containers. */
  readonly env?: { readonly [name: string]: string };
  /** How little room there is in the volume of a claim that goes with the pod, as the options of a tmpfs say it. */
  readonly scratch?: string;
  /** Files of Secrets, by `<secret>/<key>`. */
  readonly secrets?: { readonly [file: string]: string };
}

/** A container that runs. */
export interface Running {
  readonly id: string;
  readonly daemon: Daemon;
  readonly stopSignal: string;
}

/**
 * The pods of manifests, container by container by runc: user, groups, capabilities, read-only root, environment and volumes are what the
 * manifest says, as a kubelet would have it. All share one network, in which every host is 127.0.0.1.
 */
export class Pods {
  /**
   * @param root the unpacked image of all containers
   * @param hosts the names of hosts
   */
  public static async start(suite: Suite, root: string, hosts: readonly string[], configOf: (image: string) => ContainerConfig): Promise<Pods> {
    return new Pods(await Machine.start(suite), suite.folder, root, hosts, configOf);
  }

  public readonly secrets: { [file: string]: string } = {};
  private count = 0;

  private constructor(
    private readonly machine: Machine,
    private readonly folder: string,
    private readonly root: string,
    hosts: readonly string[],
    private readonly configOf: (image: string) => ContainerConfig,
  ) {
    writeFileSync(this.hosts, `127.0.0.1 localhost ${hosts.join(' ')}\n`);
  }

  /** Starts a program beside the pods, in their network. */
  public startBeside(program: string, args: readonly string[]): Daemon {
    return this.machine.start(program, args, this.log(program.split('/').pop()!));
  }

  /** Starts the server of a StatefulSet, and waits until it is ready. */
  public async serve(object: KubernetesObject): Promise<Running> {
    const { spec } = podOf(object)!;
    const [container] = spec.containers;
    const running = this.startContainer(spec, container, {}, this.scratch());
    const { command } = container.readinessProbe.exec;
    await until(`${container.name} is ready`, READY_SECONDS, async () => {
      if (!running.daemon.running) {
        throw new Error(`${container.name} has ended:\n${readFileSync(running.daemon.log, 'utf8')}`);
      }
      return (await this.exec(running, command)).status === 0;
    });
    return running;
  }

  /** Runs the pod of a job once, as a kubelet does: one container after the other, and none after one that fails. */
  public async run(object: KubernetesObject, changes: Changes = {}): Promise<Ended> {
    const { spec } = podOf(object)!;
    const scratch = this.scratch();
    let ended: Ended = { container: '', status: undefined, output: '' };
    for (const container of [...spec.initContainers ?? [], ...spec.containers]) {
      const { daemon } = this.startContainer(spec, container, changes, scratch);
      const status = await daemon.ended;
      ended = { container: container.name, status, output: `${ended.output}${container.name}:\n${readFileSync(daemon.log, 'utf8')}` };
      if (status !== 0) {
        break;
      }
    }
    return ended;
  }

  /** Runs a command in a container. */
  public async exec({ id }: Running, command: readonly string[]): Promise<Ended> {
    const daemon = this.runc('exec', 'exec', id, ...command);
    return { container: id, status: await daemon.ended, output: readFileSync(daemon.log, 'utf8').trim() };
  }

  /** Ends a container as a kubelet does. */
  public async stop({ id, daemon, stopSignal }: Running): Promise<void> {
    await this.runc('kill', 'kill', id, stopSignal).ended;
    await until(`${id} has ended`, SIGNALS_SECONDS, async () => !daemon.running);
  }

  /** Takes the data of a claim away. */
  public empty(claim: string): void {
    rmSync(this.claim(claim), { recursive: true });
  }

  private startContainer(spec: any, container: any, changes: Changes, scratch: string): Running {
    const config = this.configOf(container.image);
    const id = `${container.name}-${++this.count}`;
    const bundle = join(this.folder, 'bundles', id);
    mkdirSync(bundle, { recursive: true });
    const { runAsUser, runAsGroup, fsGroup } = spec.securityContext;
    const { readOnlyRootFilesystem, allowPrivilegeEscalation, capabilities } = container.securityContext;
    if (allowPrivilegeEscalation !== false || String(capabilities?.drop) !== 'ALL' || capabilities.add) {
      throw new Error(`${container.name} is to have capabilities, which are not understood here`);
    }
    const own = Object.fromEntries((container.env ?? []).map(({ name, value }: any) => {
      if (value === undefined) {
        throw new Error(`${container.name}: the variable ${name} has no value, which is not understood here`);
      }
      return [name, value];
    }));
    const env = Object.entries({ ...own, ...changes.env }).map(([name, value]) => `${name}=${value}`);
    const mounts = (container.volumeMounts ?? []).map(({ name, mountPath, readOnly, subPath }: any) => {
      if (subPath) {
        throw new Error(`${container.name}: a part of the volume ${name} is mounted, which is not understood here`);
      }
      const volume = spec.volumes.find((each: any) => each.name === name);
      if (changes.scratch !== undefined && volume.ephemeral) {
        return { destination: mountPath, type: 'tmpfs', source: 'tmpfs', options: ['mode=1777', changes.scratch] };
      }
      const source = this.volume(volume, fsGroup, changes, scratch);
      return { destination: mountPath, type: 'bind', source, options: ['rbind', readOnly || volume.secret ? 'ro' : 'rw'] };
    });
    writeFileSync(join(bundle, 'config.json'), JSON.stringify({
      ociVersion: '1.0.2',
      hostname: container.name,
      root: { path: this.root, readonly: readOnlyRootFilesystem === true },
      process: {
        args: [...container.command ?? config.Entrypoint ?? [], ...container.args ?? (container.command ? [] : config.Cmd ?? [])],
        capabilities: {},
        cwd: config.WorkingDir ?? '/',
        env: [...config.Env ?? [], ...env],
        noNewPrivileges: true,
        user: { uid: runAsUser, gid: runAsGroup, additionalGids: [fsGroup] },
      },
      mounts: [...MOUNTS, { destination: '/etc/hosts', type: 'bind', source: this.hosts, options: ['bind', 'ro'] }, ...mounts],
      linux: { cgroupsPath: `/${this.machine.group}/${id}`, namespaces: ['pid', 'mount', 'ipc', 'uts'].map(type => ({ type })) },
    }));
    return { id, daemon: this.runc(id, 'run', '--bundle', bundle, id), stopSignal: config.StopSignal ?? 'SIGTERM' };
  }

  /** A folder with what a volume holds; root owns it, and the group of the pod may use it. */
  private volume(volume: any, group: number, { secrets }: Changes, scratch: string): string {
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined) {
      return makeFolder(this.claim(claim), group, 0o2775);
    }
    const path = join(scratch, volume.name);
    if (!volume.secret) {
      return makeFolder(path, group, 0o2777);
    }
    const { secretName, items, defaultMode } = volume.secret;
    makeFolder(path, group, 0o2775);
    for (const { key, path: file } of items) {
      const value = { ...this.secrets, ...secrets }[`${secretName}/${key}`];
      if (value === undefined) {
        throw new Error(`nobody has made the key ${key} of the Secret ${secretName}`);
      }
      rmSync(join(path, file), { force: true });
      writeFileSync(join(path, file), value);
      chownSync(join(path, file), 0, group);
      chmodSync(join(path, file), defaultMode);
    }
    return path;
  }

  private claim(name: string): string {
    return join(this.folder, 'claims', name);
  }

  private scratch(): string {
    return join(this.folder, 'scratch', String(++this.count));
  }

  private get hosts(): string {
    return join(this.folder, 'hosts');
  }

  private runc(name: string, ...args: readonly string[]): Daemon {
    return this.machine.start(findProgram('runc')!, args, this.log(name));
  }

  private log(name: string): string {
    mkdirSync(join(this.folder, 'logs'), { recursive: true });
    return join(this.folder, 'logs', `${name}-${++this.count}.log`);
  }
}

function makeFolder(path: string, group: number, mode: number): string {
  mkdirSync(path, { recursive: true });
  chownSync(path, 0, group);
  chmodSync(path, mode);
  return path;
}
