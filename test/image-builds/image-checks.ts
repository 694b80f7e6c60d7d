import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildRequest, HOST_ARCHITECTURE, type ImageBuilder } from './builder';
import { Container, makeMountPoints } from './container';
import { demandAgreement, demandContents, demandEqual, demandIdentity, demandNoLeftovers, demandProbes, demandSystem, demandTermination, demandUntouched } from './demands';
import { baseImagesOf, type WrittenDockerfile } from './dockerfiles';
import { programFacts, treeOf } from './files';
import { type Image, readImage, unpack } from './oci-layout';
import type { Workload } from './workload';
import { output, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const ARCHITECTURES = ['amd64', 'arm64'];
const START_SECONDS = 20;

/** One image, as it is built and run. */
export class ImageChecks {
  private readonly work: string;
  private readonly root: string;
  /** Another one each time, so that the program is compiled each time. */
  private readonly version = `1.0.0-test.${Date.now()}`;

  public constructor(
    private readonly suite: Suite,
    private readonly builder: ImageBuilder,
    private readonly dockerfile: WrittenDockerfile,
    private readonly workload: Workload,
  ) {
    const images = join(suite.folder, 'images');
    mkdirSync(images, { recursive: true });
    // Two applications may have images of one name.
    this.work = mkdtempSync(join(images, `${dockerfile.name}-`));
    this.root = join(this.work, 'root');
  }

  /** Builds what an application wrote, and runs it as its pod would. */
  public async run(): Promise<void> {
    const { dockerfile, suite, workload, root } = this;
    const { name } = dockerfile;
    let image: Image | undefined;
    await suite.check(`${name}: builds`, async () => {
      const built = await this.build('built');
      await unpack(built, root);
      image = built;
    });
    if (!image) {
      return;
    }
    const { config } = image;
    const isGo = /^FROM .*golang:/m.test(dockerfile.text);
    await suite.check(`${name}: says what its pod says`, async () => demandAgreement(image!, workload, this.version));
    await suite.check(`${name}: brings certificates and time zones, and nothing of its making`, async () => {
      demandNoLeftovers(root);
      demandSystem(root);
    });
    const programs = [...new Set([...dockerfile.text.matchAll(/^COPY .* \/out\/\S+ (\/app\/\S+)$/gm)].map(([, program]) => program))].sort();
    if (isGo && !/^ENV CGO_ENABLED=1/m.test(dockerfile.text)) {
      await suite.check(`${name}: holds ${programs.length > 1 ? 'its programs' : 'its program'} alone`, async () => {
        demandContents(root, config, programs, /alpine:/.test(baseImagesOf(dockerfile.text).join()));
        demandEqual('the processor', programFacts(join(root, config.Entrypoint![0])).architecture, HOST_ARCHITECTURE);
      });
    }
    await suite.check(`${name}: runs as ${workload.identity} on a read-only root, answers, ${isGo ? 'probes itself ' : ''}and ends in time`, async () => this.checkRun(image!, isGo));
    await suite.check(`${name}: writes nowhere but into its volumes, even where it could`, async () => this.checkWrites(image!));
    // The stand-ins of other languages are for this processor alone.
    for (const architecture of ARCHITECTURES.filter(each => isGo && each !== HOST_ARCHITECTURE)) {
      await suite.check(`${name}: builds for ${architecture}`, async () => {
        const other = await this.build(architecture, { architecture });
        await unpack(other, join(this.work, `${architecture}-root`));
        demandEqual('the processor of the image', other.architecture, this.builder.makesForeignImages ? architecture : HOST_ARCHITECTURE);
        demandEqual('the processor of the program', programFacts(join(this.work, `${architecture}-root`, config.Entrypoint![0])).architecture, architecture);
      });
    }
    if (/ AS debug$/m.test(dockerfile.text)) {
      await suite.check(`${name}: its debug target runs the same`, async () => {
        const { config: debug } = await this.build('debug', { target: 'debug' });
        demandEqual('ENTRYPOINT and USER', [debug.Entrypoint, debug.User], [config.Entrypoint, config.User]);
      });
    }
    for (const [, target] of dockerfile.text.matchAll(/ AS (test|coverage|delve)$/gm)) {
      await suite.check(`${name}: its target ${target} is built`, async () => this.builder.build({ ...this.request(), target }, target === 'test' ? undefined : join(this.work, target)));
    }
  }

  private request(): BuildRequest {
    const { folder, context } = this.dockerfile;
    return { folder, context, buildArgs: { VERSION: this.version } };
  }

  private async build(label: string, request: Partial<BuildRequest> = {}): Promise<Image> {
    const into = join(this.work, label);
    await this.builder.build({ ...this.request(), ...request }, into);
    return readImage(into);
  }

  private async checkRun({ config }: Image, isGo: boolean): Promise<string> {
    const { identity, graceSeconds, readOnlyRoot } = this.workload;
    const [program] = config.Entrypoint!;
    demandEqual('readOnlyRootFilesystem of the pod', readOnlyRoot, true);
    const container = await this.start(this.root, { config });
    demandIdentity(container, identity);
    await demandProbes(container, this.workload);
    if (isGo) {
      await this.checkFlags(container, program);
    }
    const seconds = await demandTermination(container, graceSeconds);
    return `it took ${seconds.toFixed(2)} s of ${graceSeconds} to end`;
  }

  private async checkFlags(container: Container, program: string): Promise<void> {
    demandEqual('what the program says of its version', (await container.exec([program, '-version'])).stdout.trim(), this.version);
    demandEqual('the exit status of -healthcheck', (await container.exec([program, '-healthcheck'])).status, 0);
    demandEqual('the exit status of -healthcheck where nothing listens', (await container.exec([program, '-healthcheck'], { PORT: '1' })).status, 1);
  }

  /** Everything is anybody's to write: what the program leaves alone, it leaves alone by itself. */
  private async checkWrites({ config }: Image): Promise<void> {
    const root = join(this.work, 'writable');
    await output('cp', ['-a', this.root, root]);
    await output('chmod', ['-R', 'a+rwX', root]);
    makeMountPoints(root, this.workload.volumes);
    const before = treeOf(root);
    const container = await this.start(root, { config, writable: true });
    await demandProbes(container, this.workload);
    await demandTermination(container, this.workload.graceSeconds);
    demandUntouched(before, treeOf(root));
  }

  private async start(root: string, { config, writable = false }: { readonly config: Image['config']; readonly writable?: boolean }): Promise<Container> {
    const { env, args, volumes, probes: [http], grpcProbes: [grpc] = [] } = this.workload;
    const container = await Container.start({ root, config, env, args, volumes, writable, log: join(this.work, 'log') });
    await until(`the program answers, having said\n${container.output()}`, START_SECONDS, async () =>
      (http ? container.get(http.port, http.path) : container.isServing(grpc.port, grpc.service)).then(() => true, () => false));
    return container;
  }
}
