import { join, resolve } from 'node:path';
import type { DockerEngine } from './docker';
import { type GoPrograms, installGoPrograms, pinnedVersion } from '../support/real-runs/go-programs';
import { output, type Outcome, run } from '../support/real-runs/processes';

/** Where what is built is kept between runs. */
const CACHE = resolve(process.env.LOCAL_CACHE ?? join(__dirname, '../../.cache/local'));

const PROGRAMS: GoPrograms = {
  folder: join(__dirname, 'modules/compose'),
  packages: { 'docker-compose': 'github.com/docker/compose/v2/cmd' },
  module: 'github.com/docker/compose/v2',
};
const COMPOSE: GoPrograms = { ...PROGRAMS, variables: { 'github.com/docker/compose/v2/internal.Version': pinnedVersion(PROGRAMS) } };

const UP_SECONDS = 180;

/** A container as compose lists it. */
export interface ComposeContainer {
  readonly ID: string;
  readonly Service: string;
  readonly State: string;
  readonly Health: string;
}

/**
 * Builds compose from its Go module, or finds it in the cache.
 *
 * @throws Unavailable without Go, or where its modules are out of reach
 */
export async function installCompose(say: (text: string) => void): Promise<string> {
  return join(await installGoPrograms(COMPOSE, CACHE, say), 'docker-compose');
}

/** The app of a compose file, on an engine. */
export class ComposeApp {
  /** @param folder the working directory */
  public constructor(
    private readonly program: string,
    private readonly engine: DockerEngine,
    private readonly folder: string,
    private readonly files: readonly string[],
  ) {}

  /** What compose understands of the file. It must not say anything about it. */
  public async config(): Promise<any> {
    const { status, stdout, stderr } = await this.run('config', '--format=json');
    if (status !== 0 || stderr.trim()) {
      throw new Error(stderr || `exit status ${status}`);
    }
    return JSON.parse(stdout);
  }

  /** Starts everything and waits until it is healthy. */
  public async up(...services: readonly string[]): Promise<void> {
    const { status, stderr } = await this.run('up', '--no-build', '--pull=never', '--wait', `--wait-timeout=${UP_SECONDS}`, ...services);
    if (status !== 0) {
      const { stdout } = await this.run('logs', '--no-color', '--tail=8');
      throw new Error(`${stderr.trim().split('\n').slice(-4).join('\n')}\n${stdout}`);
    }
  }

  /** Takes everything down; volumes stay unless a flag says otherwise. */
  public async down(...flags: readonly string[]): Promise<void> {
    await this.output('down', '--timeout=20', ...flags);
  }

  public async containers(): Promise<ComposeContainer[]> {
    return (await this.output('ps', '--all', '--format=json')).trim().split('\n').filter(Boolean).map(line => JSON.parse(line));
  }

  /** The address of the host that leads to a port of a service. */
  public async published(service: string, port: number): Promise<string> {
    return (await this.output('port', service, String(port))).trim();
  }

  public async output(...args: readonly string[]): Promise<string> {
    return output(this.program, this.arguments(args), this.options);
  }

  private async run(...args: readonly string[]): Promise<Outcome> {
    return run(this.program, this.arguments(args), this.options);
  }

  private arguments(args: readonly string[]): string[] {
    return ['--progress=plain', ...this.files.flatMap(file => ['--file', file]), ...args];
  }

  private get options(): { readonly cwd: string; readonly env: { readonly [name: string]: string | undefined }; readonly timeoutSeconds: number } {
    return { cwd: this.folder, env: this.engine.environment, timeoutSeconds: UP_SECONDS + 60 };
  }
}
