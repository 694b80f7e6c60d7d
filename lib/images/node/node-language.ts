import { checkNode } from './node-checks';
import { nodePlan } from './node-stages';
import type { Report } from '../../diagnostics/report';
import { namedImage } from '../base-image';
import { ALPINE_VERSION, type ImageBase } from '../image-base';
import type { NodeImageOptions } from '../node-image-options';
import { APP } from '../recipe/final-stage';
import { FolderLanguage, unfit } from '../recipe/folder-language';
import type { Language, LanguageContext, LanguagePlan, Runtime } from '../recipe/language';
import { alpineImage, minorOf } from '../recipe/runtimes';
import { below, insideOf, lastPart, type SourceFault, SourceFolder } from '../source-folder';

const DEFAULT_VERSION = '24';
/** The versions that distroless has on Debian 13. */
export const DISTROLESS = ['22', '24', '26'];

/** What a package.json says, as far as an image depends on it. */
export interface PackageFile {
  readonly name?: string;
  readonly main?: string;
  readonly scripts?: { readonly [name: string]: string };
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly cpu?: readonly string[];
}

/** Node: a package that npm installs, and the file of it that is run. */
export class NodeLanguage extends FolderLanguage implements Language {
  public readonly name = 'Node';
  public readonly ownArguments = ['NODE_VERSION', 'NODE_ENV'];

  public constructor(path: string, public readonly options: NodeImageOptions) {
    super(new SourceFolder(path, { noun: 'package', files: ['package.json'], remedy: "'npm init'", example: 'services/web' }));
  }

  /** The package.json; nothing where it cannot be read. */
  public get packageFile(): PackageFile | undefined {
    return parseObject(this.source.read('package.json'));
  }

  /** The version of Node, as far as somebody says it. */
  public get version(): string {
    const said = this.options.nodeVersion ?? this.source.read('.node-version') ?? this.source.read('.nvmrc');
    return said?.trim().replace(/^v/, '') ?? DEFAULT_VERSION;
  }

  public get major(): string {
    return this.version.split('.')[0];
  }

  /** The file that is run. */
  public get main(): string {
    return insideOf(this.options.main ?? this.packageFile?.main ?? 'index.js') ?? '';
  }

  /** The script that builds; nothing where the sources are run as they are. */
  public get buildScript(): string | undefined {
    return this.options.buildScript ?? (this.packageFile?.scripts?.build === undefined ? undefined : 'build');
  }

  /** What of the package is run, beside what npm installs. */
  public get output(): readonly string[] {
    const [first] = this.main.split('/');
    return this.options.output ?? [first];
  }

  /**
   * Whether what npm installs depends on the processor: packages that compile, or that bring programs for one. Only those of production count.
   */
  public get native(): boolean {
    const packages: { readonly [path: string]: LockedPackage } = parseObject<{ readonly packages?: { readonly [path: string]: LockedPackage } }>(this.source.read('package-lock.json'))?.packages ?? {};
    return this.options.nativeModules ?? Object.entries(packages).some(([path, { dev, hasInstallScript, cpu }]) => path !== '' && !dev && (hasInstallScript || cpu));
  }

  /** Node by its official image, on the system that the program runs on where that matters. */
  public get builderVariant(): string {
    const { builderVariant, base } = this.options;
    return builderVariant ?? (base?._facts.kind === 'alpine' ? `alpine${minorOf(base._facts.version ?? ALPINE_VERSION)}` : 'trixie-slim');
  }

  public programName(): string {
    return [this.source.folder, this.packageFile?.name ?? ''].map(lastPart).find(name => name !== '') ?? 'app';
  }

  public programPath(): string {
    return below(APP, this.main);
  }

  public programs(): string[] {
    return [this.programPath()];
  }

  public interpreter(): string {
    return (this.options.base?._facts.kind ?? 'distroless') === 'distroless' ? '/nodejs/bin/node' : 'node';
  }

  public runtime(base: ImageBase): Runtime | SourceFault {
    const { kind, version, reference } = base._facts;
    switch (kind) {
      case 'scratch':
        return unfit('A program in JavaScript needs Node, which an image from nothing has not.', "Leave 'base' out for distroless, or write ImageBase.alpine().");
      case 'alpine':
        return { image: alpineImage(minorOf(version!), 'node', `${this.version}-alpine`), hasShell: true, copiesSystem: false };
      case 'chainguard':
        return { image: namedImage(`cgr.dev/chainguard/node:${version}`), hasShell: false, copiesSystem: false };
      case 'custom':
        return { image: namedImage(reference!), hasShell: true, copiesSystem: false };
      default: {
        const repository = `gcr.io/distroless/nodejs${this.major}-debian13`;
        return DISTROLESS.includes(this.major)
          ? { image: namedImage(`${repository}:nonroot`), debug: namedImage(`${repository}:debug-nonroot`), hasShell: false, copiesSystem: false }
          : unfit(`Distroless has no Node ${this.major} on Debian 13.`, `Write a 'nodeVersion' of ${DISTROLESS.join(', ')}, or ImageBase.alpine().`);
      }
    }
  }

  public check(report: Report): void {
    checkNode(this, report);
  }

  public plan(context: LanguageContext): LanguagePlan | undefined {
    return this.packageFile === undefined ? undefined : nodePlan(this, context);
  }
}


function parseObject<T extends object = PackageFile>(text: string | undefined): T | undefined {
  try {
    const content: unknown = JSON.parse(text ?? '');
    return typeof content === 'object' && content !== null ? content as T : undefined;
  } catch {
    return undefined;
  }
}
