import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readImage } from '../image-builds/oci-layout';
import { Machine } from '../node/machine';
import { provide } from '../support/real-runs/packages';
import { findProgram, lastLines, output, type Outcome, run, type RunOptions, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

const START_SECONDS = 60;
const LOAD_SECONDS = 300;

/**
 * An engine of Docker in a machine of its own, that of Debian: its containers, networks and published ports are in nobody's way, nothing
 * outside can reach them, and all of it ends with us, however we end.
 */
export class DockerEngine {
  /** @throws Unavailable where it cannot be had, or does not start */
  public static async start(suite: Suite): Promise<DockerEngine> {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      throw new Unavailable('an engine of Docker takes Linux and root');
    }
    if (!findProgram('dockerd') && existsSync('/run/systemd/system')) {
      throw new Unavailable('there is no dockerd, and to install the package would start one for everybody: install docker.io, or Docker');
    }
    await provide(['curl', 'dockerd', 'ip', 'iptables'], text => suite.note(text));
    const machine = await Machine.start(suite);
    const folder = join(machine.folder, 'docker');
    mkdirSync(folder, { recursive: true });
    const socket = join(folder, 'socket');
    // Not that of the computer, whatever it says.
    const configuration = join(folder, 'daemon.json');
    writeFileSync(configuration, '{}');
    const daemon = machine.start('dockerd', [
      '--host', `unix://${socket}`, '--data-root', join(folder, 'data'), '--exec-root', '/run/docker', '--pidfile', join(folder, 'pid'),
      '--cgroup-parent', `/${machine.group}`, '--config-file', configuration,
    ], join(folder, 'log'));
    suite.atEnd(async () => daemon.stop());
    const engine = new DockerEngine(machine, folder, `unix://${socket}`);
    await until('dockerd answers', START_SECONDS, async () => {
      if (!daemon.running) {
        throw new Unavailable(`dockerd ends:\n${lastLines(await readFile(daemon.log, 'utf8'))}`);
      }
      const { status, stdout } = await engine.run(['version', '--format', '{{.Server.Version}}']);
      engine.serverVersion = stdout.trim();
      return status === 0;
    });
    return engine;
  }

  private serverVersion = '';

  private constructor(
    private readonly machine: Machine,
    private readonly folder: string,
    /** Where clients find it, as `DOCKER_HOST` has it. */
    public readonly host: string,
  ) {}

  /** The version of the engine. */
  public get version(): string {
    return this.serverVersion;
  }

  /** Runs the client. */
  public async run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    return run('docker', args, { ...options, env: { ...this.environment, ...options.env } });
  }

  /** Runs the client, which must succeed, and returns what it printed. */
  public async output(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return output('docker', args, { ...options, env: { ...this.environment, ...options.env } });
  }

  /** What lets clients find it, and nothing of their users. */
  public get environment(): { readonly [name: string]: string | undefined } {
    return { DOCKER_HOST: this.host, DOCKER_CONFIG: join(this.folder, 'config'), DOCKER_CONTEXT: undefined };
  }

  /** Gives it an image, out of an OCI layout with layers that are not compressed; its format is the engine's own, and the files are the same. */
  public async load(name: string, layout: string): Promise<void> {
    const { layers, configFile } = readImage(layout);
    const inside = (file: string): string => file.slice(layout.length + 1);
    const archive = join(this.folder, `${name.replace(/[^\w.-]/g, '_')}.tar`);
    const index = join(this.folder, 'manifest.json');
    writeFileSync(index, JSON.stringify([{ Config: inside(configFile), RepoTags: [name], Layers: layers.map(inside) }]));
    await output('tar', ['-cf', archive, '-C', this.folder, 'manifest.json', '-C', layout, ...new Set([configFile, ...layers].map(inside))], { timeoutSeconds: LOAD_SECONDS });
    await this.output(['load', '--quiet', '--input', archive], { timeoutSeconds: LOAD_SECONDS });
    await output('rm', [archive]);
  }

  /** Runs a program in the network of the engine's host, where published ports are. */
  public async onHost(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    return run(this.machine.wrap(command), args, options);
  }
}
