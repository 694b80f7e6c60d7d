import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StandIns } from './base-images';
import { type BuildRequest, HOST_ARCHITECTURE, type ImageBuilder } from './builder';
import { baseImagesOf, forBuildah } from './dockerfiles';
import { provide } from '../support/real-runs/packages';
import { output } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

const BUILD_SECONDS = 900;

/**
 * buildah, for machines where BuildKit does not run. It takes stand-ins for every base image, it builds the text after two edits, and it mounts
 * all of the context: it heeds a .dockerignore in COPY alone, and does not look for exceptions below folders that are left out.
 */
export class Buildah implements ImageBuilder {
  public static async start(suite: Suite, cache: string): Promise<Buildah> {
    const say = (text: string): void => suite.note(text);
    await provide(['buildah'], say);
    const folder = join(suite.folder, 'buildah');
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    writeFileSync(join(folder, 'policy.json'), '{"default":[{"type":"insecureAcceptAnything"}]}');
    writeFileSync(join(folder, 'registries.conf'), 'unqualified-search-registries = ["docker.io"]\n');
    return new Buildah(folder, new StandIns(cache, join(suite.folder, 'stand-ins'), say));
  }

  public readonly description = 'buildah builds the text after two edits (no line that names a frontend, no linked layers), from all of the context';
  // It looks for local images of the target's processor alone, whatever FROM says.
  public readonly makesForeignImages = false;
  public readonly remembers = false;
  private count = 0;

  private constructor(private readonly folder: string, private readonly standIns: StandIns) {}

  public async build(request: BuildRequest, into?: string): Promise<void> {
    const text = readFileSync(join(request.folder, 'Dockerfile'), 'utf8');
    const { target, architecture = HOST_ARCHITECTURE, buildArgs = {} } = request;
    if (/^(COPY|RUN) .*<<|^ +<<[A-Z]+$/m.test(text)) {
      throw new Unavailable('buildah 1.28 knows no here-documents');
    }
    for (const image of baseImagesOf(text)) {
      await this.provideBase(image);
    }
    this.count += 1;
    const edited = join(this.folder, `Dockerfile-${this.count}`);
    writeFileSync(edited, forBuildah(text));
    const tag = `localhost/built:${this.count}`;
    await this.call('bud', [
      '--pull-never', '--no-cache', '--network=host', '-f', edited, '-t', tag, ...target ? ['--target', target] : [],
      ...Object.entries({ ...buildArgs, TARGETOS: 'linux', TARGETARCH: architecture }).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
      request.context,
    ]);
    if (into !== undefined) {
      await this.call('push', ['--format=oci', '--disable-compression', tag, `oci:${into}:latest`]);
    }
    await this.call('rmi', ['--force', tag]);
  }

  private async provideBase(image: string): Promise<void> {
    const { folder } = await this.standIns.for(image);
    const name = /^[^/]*\./.test(image) ? image : `docker.io/library/${image}`;
    // It makes a name of the path, which must not hold capitals; so the path is a relative one.
    const id = (await this.call('pull', ['--quiet', `oci:${basename(folder)}:latest`], dirname(folder))).trim();
    await this.call('tag', [id, name]);
  }

  private async call(command: string, args: readonly string[], cwd?: string): Promise<string> {
    const policy = ['bud', 'from', 'pull', 'push'].includes(command) ? ['--signature-policy', join(this.folder, 'policy.json')] : [];
    return output('buildah', ['--root', join(this.folder, 'storage'), '--runroot', join(this.folder, 'run'), '--storage-driver=vfs', command, ...policy, ...args], {
      cwd,
      env: {
        BUILDAH_ISOLATION: 'chroot',
        CONTAINERS_REGISTRIES_CONF: join(this.folder, 'registries.conf'),
        // The cache mounts lie there too.
        TMPDIR: join(this.folder, 'tmp'),
      },
      timeoutSeconds: BUILD_SECONDS,
    });
  }
}
