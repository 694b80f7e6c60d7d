import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { MIRROR } from './base-images';
import { HOST_ARCHITECTURE } from './builder';
import { type ContainerConfig, writeImage } from './oci-layout';
import { provide } from '../support/real-runs/packages';
import { output } from '../support/real-runs/processes';

const SUITE = 'trixie';
const PATH = 'PATH=/usr/lib/postgresql/17/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const ENTRYPOINT = 'usr/local/bin/docker-entrypoint.sh';
const SCRIPTS = [['entrypoint.sh', ENTRYPOINT], ['redis-server.sh', 'usr/local/bin/redis-server']] as const;
const FOLDERS = [['var/lib/postgresql/data', '1777'], ['data', '755']] as const;
/** Postgres wants the user that it runs as to have a name. */
const USERS = 'data:x:65532:65532::/nonexistent:/usr/sbin/nologin\\ndata-999:x:999:999::/nonexistent:/usr/sbin/nologin\\n';

/** The images of servers that hold data, by the end of their names, and how they differ from each other. */
const IMAGES: readonly (readonly [RegExp, ContainerConfig])[] = [
  // Its other signal would wait for every client to leave.
  [/(^|\/)postgres:17/, { ...server('postgres', 'PGDATA=/var/lib/postgresql/data'), StopSignal: 'SIGINT' }],
  [/(^|\/)redis:8/, server('redis-server')],
  [/(^|\/)busybox:1/, { Env: [PATH], Cmd: ['/bin/sh'] }],
  [/(^|\/)etcd:v?3\.5/, { Env: [PATH], Cmd: ['/usr/local/bin/etcd'] }],
];

function server(program: string, ...env: readonly string[]): ContainerConfig {
  return { Env: [PATH, `DEFAULT=${program}`, ...env], Entrypoint: [`/${ENTRYPOINT}`], Cmd: [program] };
}

/**
 * Images that stand in for those of Postgres, Redis and etcd: servers of the same major version out of Debian packages, with what the
 * official images do before their servers start; and for that of busybox, of which the shell alone is used.
 */
export class DataImages {
  private system?: Promise<string>;

  public constructor(private readonly cache: string, private readonly work: string, private readonly say: (text: string) => void) {}

  /**
   * The OCI layout of the image that stands in for one.
   *
   * @param image its name
   */
  public async for(image: string): Promise<string> {
    const config = IMAGES.find(([pattern]) => pattern.test(image))?.[1];
    if (!config) {
      throw new Error(`there is no stand-in for ${image}`);
    }
    this.system ??= this.servers();
    const layout = join(this.work, image.replace(/[^\w.-]/g, '_'));
    await writeImage(layout, 'latest', [await this.system, await this.additions()], config, [HOST_ARCHITECTURE]);
    return layout;
  }

  /** A Debian with all of the servers. */
  private async servers(): Promise<string> {
    const file = join(this.cache, 'stand-ins', `debian-${SUITE}-data.tar`);
    if (!existsSync(file)) {
      await provide(['mmdebstrap'], this.say);
      this.say(`making ${file} (once)`);
      mkdirSync(join(file, '..'), { recursive: true });
      const unfinished = `${file}.${process.pid}.tar`;
      try {
        await output('mmdebstrap', [
          '--quiet', '--variant=minbase', '--include=postgresql,redis-server,etcd-server,etcd-client', '--format=tar',
          `--customize-hook=printf '${USERS}' >>"$1/etc/passwd"`, '--customize-hook=rm -rf "$1/var/lib/postgresql" "$1/usr/share/doc" "$1/var/cache/apt"',
          SUITE, unfinished, MIRROR,
        ], { timeoutSeconds: 1200, background: true });
        renameSync(unfinished, file);
      } finally {
        rmSync(unfinished, { force: true });
      }
    }
    return file;
  }

  private async additions(): Promise<string> {
    const folder = join(this.work, 'additions');
    const file = `${folder}.tar`;
    if (!existsSync(file)) {
      mkdirSync(join(folder, 'usr/local/bin'), { recursive: true });
      for (const [script, path] of SCRIPTS) {
        copyFileSync(join(__dirname, 'data', script), join(folder, path));
        chmodSync(join(folder, path), 0o755);
      }
      ['etcd', 'etcdctl'].forEach(program => symlinkSync(`/usr/bin/${program}`, join(folder, 'usr/local/bin', program)));
      // New volumes of Docker begin as these folders are: that of Postgres is anybody's, that of Redis its user's.
      FOLDERS.forEach(([path]) => mkdirSync(join(folder, path), { recursive: true }));
      for (const [path, mode] of FOLDERS) {
        await output('chown', ['999:999', join(folder, path)]);
        await output('chmod', [mode, join(folder, path)]);
      }
      await output('tar', ['-C', folder, '--numeric-owner', '--sort=name', '--mtime=@0', '-cf', file, '.']);
    }
    return file;
  }
}
