import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, lastLines, run, type RunOptions } from '../support/real-runs/processes';
import { Unavailable } from '../support/real-runs/unavailable';

/** Where the installation guide of Go puts it, whatever PATH says. */
const USUAL_GO = '/usr/local/go';
const INSTALL_SECONDS = 1200;
/** What the go command and pip say when nobody answers. */
const OUT_OF_REACH = /dial tcp|no such host|i\/o timeout|module lookup disabled|NewConnectionError|ConnectTimeoutError|Name or service not known/;

/**
 * The folder where checkers are installed, kept between runs. The name of each entry holds its version or the digest of what it is made from,
 * so that an entry which is there is the right one.
 */
export class Installation {
  public constructor(
    private readonly cache: string,
    /** Whether only what is there already may be used. */
    private readonly offline: boolean,
    private readonly toolchains: Toolchains = findToolchains(),
  ) {}

  /** A published Go program, `package@version`. */
  public goProgram(name: string, source: string): Promise<string> {
    return this.goBinary(name, source.slice(source.lastIndexOf('@') + 1), async (go, folder) => {
      await install(go, ['install', source], { cwd: this.cache, env: { GOBIN: folder } });
    });
  }

  /** A Go program of this repository. */
  public goModule(name: string, directory: string): Promise<string> {
    return this.goBinary(name, digestOf(['main.go', 'go.mod', 'go.sum'].map(file => join(directory, file))), async (go, folder) => {
      await install(go, ['build', '-trimpath', '-buildvcs=false', '-o', join(folder, name), '.'], { cwd: directory });
    });
  }

  /**
   * A virtual environment of Python with one package.
   *
   * @param constraints a file that pins what the package needs
   * @returns the folder of its programs
   */
  public async pythonTool(requirement: string, constraints: string): Promise<string> {
    const [tool, version] = requirement.split('==');
    const environment = await this.entry(tool, `${version}-${digestOf([constraints])}`, async folder => {
      const python = this.python();
      await install(python, ['-m', 'venv', folder]);
      await install(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-c', constraints, requirement]);
    }, { movable: false });
    return join(environment, 'bin');
  }

  /** Files that this repository makes. */
  public made(name: string, version: string, fill: (folder: string) => void, options: { readonly needsNetwork: boolean }): Promise<string> {
    return this.entry(name, version, async folder => fill(folder), options);
  }

  private async goBinary(name: string, version: string, build: (go: string, folder: string) => Promise<void>): Promise<string> {
    const folder = await this.entry(name, version, target => build(this.go(), target));
    return join(folder, name);
  }

  /** An entry is either complete or not there: it is filled beside its place, or marked when it is done. It takes the place of other versions. */
  private async entry(family: string, version: string, fill: (folder: string) => Promise<void>, options: EntryOptions = {}): Promise<string> {
    const { movable = true, needsNetwork = true } = options;
    const name = `${family}-${version}`;
    const target = join(this.cache, name);
    const mark = join(this.cache, `${name}.complete`);
    if (movable ? existsSync(target) : existsSync(mark)) {
      return target;
    }
    if (this.offline && needsNetwork) {
      throw new Error(`${name} is not in ${this.cache}; run once without --offline`);
    }
    const folder = movable ? `${target}.${process.pid}` : target;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    try {
      await fill(folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    for (const other of readdirSync(this.cache).filter(entry => entry.startsWith(`${family}-`) && !entry.startsWith(name))) {
      rmSync(join(this.cache, other), { recursive: true, force: true });
    }
    if (movable) {
      moveInto(folder, target);
    } else {
      mkdirSync(mark);
    }
    return target;
  }

  private go(): string {
    if (this.toolchains.go === undefined) {
      throw new Unavailable('Go is not installed (https://go.dev/doc/install)');
    }
    return this.toolchains.go;
  }

  /** A machine with Go is one for development, where nothing is left out. */
  private python(): string {
    if (this.toolchains.python === undefined) {
      const message = 'Python 3 is not installed (https://www.python.org/downloads/)';
      throw this.toolchains.go === undefined ? new Unavailable(message) : new Error(`${message}, and where Go is, nothing may be skipped`);
    }
    return this.toolchains.python;
  }
}

interface EntryOptions {
  /** Whether it can be filled beside its place and then moved there; a virtual environment holds its own path. */
  readonly movable?: boolean;
  readonly needsNetwork?: boolean;
}

/** What the checkers are installed with, where it is within reach. */
export interface Toolchains {
  readonly go?: string;
  readonly python?: string;
}

export function findToolchains(): Toolchains {
  const go = findProgram('go') ?? [process.env.GOROOT, USUAL_GO].map(root => root && join(root, 'bin/go')).find(path => path && existsSync(path));
  const python = findProgram('python3') ?? findProgram('python');
  return { ...go !== undefined && { go }, ...python !== undefined && { python } };
}

/** Out of reach are packages when nothing answers; everything else that goes wrong is a failure. */
async function install(program: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  const { status, stdout, stderr } = await run(program, args, { timeoutSeconds: INSTALL_SECONDS, background: true, ...options });
  if (status !== 0) {
    const message = `${[program, ...args].join(' ')}: exit status ${status}\n${lastLines(stderr || stdout, 15)}`;
    throw OUT_OF_REACH.test(stderr) ? new Unavailable(message) : new Error(message);
  }
}

/** Another run may have made the same in the meantime. */
function moveInto(folder: string, target: string): void {
  try {
    renameSync(folder, target);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(target)) {
      throw error;
    }
  }
}

function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  files.forEach(file => hash.update(readFileSync(file)).update('\0'));
  return hash.digest('hex').slice(0, 12);
}
