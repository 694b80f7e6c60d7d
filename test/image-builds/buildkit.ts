import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registryAnswers, StandIns } from './base-images';
import { type BuildRequest, HOST_ARCHITECTURE, type ImageBuilder } from './builder';
import { baseImagesOf } from './dockerfiles';
import { removeGroup } from '../support/real-runs/control-groups';
import { type GoPrograms, installGoPrograms } from '../support/real-runs/go-programs';
import { provide } from '../support/real-runs/packages';
import { Daemon, lastLines, output, run, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

export const BUILDKIT: GoPrograms = {
  folder: join(__dirname, 'modules/buildkit'),
  packages: { buildkitd: 'github.com/moby/buildkit/cmd/buildkitd', buildctl: 'github.com/moby/buildkit/cmd/buildctl' },
  module: 'github.com/moby/buildkit',
};

const FRONTEND = /^# syntax=(\S+)$/m;
const BUILD_SECONDS = 900;

/** BuildKit, which builds exactly the text. Base images that no registry gives take the place of their names as named contexts. */
export class BuildKit implements ImageBuilder {
  /**
   * The daemon that `BUILDKIT_HOST` names, else one of our own, built from Go modules.
   *
   * @throws Unavailable where it cannot be had, or does not start
   */
  public static async start(suite: Suite, cache: string): Promise<BuildKit> {
    const say = (text: string): void => suite.note(text);
    const programs = await installGoPrograms(BUILDKIT, cache, say);
    const standIns = new StandIns(cache, join(suite.folder, 'stand-ins'), say);
    const address = process.env.BUILDKIT_HOST ?? await startDaemon(suite, join(programs, 'buildkitd'), cache);
    const kit = new BuildKit(join(programs, 'buildctl'), address, standIns);
    await until('BuildKit answers', 60, async () => (await kit.call('debug', 'workers')).status === 0);
    return kit;
  }

  public readonly description = 'BuildKit builds exactly the text, with its own checks as errors';
  public readonly makesForeignImages = true;
  public readonly remembers = true;

  private constructor(private readonly program: string, private readonly address: string, private readonly standIns: StandIns) {}

  public async build(request: BuildRequest, into?: string): Promise<void> {
    const text = readFileSync(join(request.folder, 'Dockerfile'), 'utf8');
    const { target, architecture = HOST_ARCHITECTURE, buildArgs = {}, fromScratch } = request;
    await output(this.program, [
      '--addr', this.address, 'build', '--progress=plain', '--frontend=dockerfile.v0',
      '--local', `context=${request.context}`, '--local', `dockerfile=${request.folder}`,
      '--opt', `platform=linux/${architecture}`, ...target ? ['--opt', `target=${target}`] : [],
      ...Object.entries(buildArgs).flatMap(([name, value]) => ['--opt', `build-arg:${name}=${value}`]),
      ...fromScratch ? ['--no-cache'] : [],
      ...await frontendOptions(text), ...await this.baseOptions(text),
      ...into === undefined ? [] : ['--output', `type=oci,tar=false,dest=${into},compression=uncompressed,force-compression=true`],
    ], { timeoutSeconds: BUILD_SECONDS });
  }

  private async baseOptions(text: string): Promise<string[]> {
    const options: string[] = [];
    for (const image of baseImagesOf(text)) {
      if (!await registryAnswers(image)) {
        const { folder, digest } = await this.standIns.for(image);
        const name = image.replace(/[^\w.-]/g, '_');
        options.push('--oci-layout', `${name}=${folder}`, '--opt', `context:${image}=oci-layout://${name}@${digest}`);
      }
    }
    return options;
  }

  private async call(...args: string[]): ReturnType<typeof run> {
    return run(this.program, ['--addr', this.address, ...args]);
  }
}

/**
 * The image that the first line names is BuildKit's own frontend once more, from a registry. Where that does not answer, BuildKit is told
 * that it is that frontend, and takes the line as read.
 */
async function frontendOptions(text: string): Promise<string[]> {
  const frontend = FRONTEND.exec(text)?.[1];
  return frontend === undefined || await registryAnswers(frontend) ? [] : ['--opt', `cmdline=${frontend}`];
}

async function startDaemon(suite: Suite, program: string, cache: string): Promise<string> {
  await provide(['runc'], text => suite.note(text));
  const folder = join(suite.folder, 'buildkit');
  mkdirSync(folder);
  const cgroup = `image-builds-${process.pid}`;
  const address = `unix://${folder}/socket`;
  writeFileSync(join(folder, 'buildkitd.toml'), `
root = ${JSON.stringify(join(cache, 'buildkit'))}
[grpc]
  address = ["${address}"]
[otel]
  socketPath = "${folder}/otel"
[worker.containerd]
  enabled = false
[worker.oci]
  enabled = true
  binary = "runc"
  networkMode = "host"
  defaultCgroupParent = "${cgroup}"
  reservedSpace = "2GB"
  maxUsedSpace = "6GB"
`);
  const daemon = Daemon.start(program, ['--config', join(folder, 'buildkitd.toml')], join(folder, 'log'));
  suite.atEnd(async () => {
    await daemon.stop();
    await removeGroup(cgroup);
  });
  await until('buildkitd starts', 30, async () => {
    if (!daemon.running) {
      const log = lastLines(readFileSync(daemon.log, 'utf8'));
      throw /another instance running/.test(log) ? new Error(`another run uses ${cache}`) : new Unavailable(`buildkitd ends:\n${log}`);
    }
    return readdirSync(folder).includes('socket');
  });
  return address;
}
