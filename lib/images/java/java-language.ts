import { checkJava } from './java-checks';
import { javaPlan } from './java-stages';
import { parsePom, type PomFile } from './pom-file';
import type { Report } from '../../diagnostics/report';
import { namedImage } from '../base-image';
import type { ImageBase } from '../image-base';
import type { JavaImageOptions } from '../java-image-options';
import { APP } from '../recipe/final-stage';
import { FolderLanguage, unfit } from '../recipe/folder-language';
import type { Language, LanguageContext, LanguagePlan, Runtime } from '../recipe/language';
import { minorOf } from '../recipe/runtimes';
import { lastPart, type SourceFault, SourceFolder } from '../source-folder';

const DEFAULT_VERSION = '21';
/** The versions that are supported for long, with the Debian whose distroless has them. */
export const DEBIAN: { readonly [version: string]: number } = { 17: 12, 21: 13, 25: 13 };
const MEMORY_FLAGS = ['-XX:MaxRAMPercentage=75.0', '-XX:+ExitOnOutOfMemoryError'];

/** Java: a project that Maven builds, and the jar that comes of it. */
export class JavaLanguage extends FolderLanguage implements Language {
  public readonly name = 'Java';
  public readonly ownArguments = ['MAVEN_VERSION', 'LANG'];

  public constructor(path: string, public readonly options: JavaImageOptions) {
    super(new SourceFolder(path, { noun: 'project', files: ['pom.xml'], remedy: "'mvn archetype:generate'", example: 'services/billing' }));
  }

  /** The pom.xml; nothing where there is none. */
  public get pom(): PomFile | undefined {
    const text = this.source.read('pom.xml');
    return text === undefined ? undefined : parsePom(text);
  }

  /** The Java that compiles and runs: none is older than what the project is compiled for. */
  public get version(): string {
    const said = this.options.javaVersion ?? this.pom?.javaVersion ?? DEFAULT_VERSION;
    return this.options.javaVersion ?? Object.keys(DEBIAN).find(version => Number(version) >= Number(said)) ?? said;
  }

  public get jar(): string | undefined {
    const { pom, options } = this;
    const name = pom?.finalName ?? (pom?.artifactId !== undefined && pom.version !== undefined ? `${pom.artifactId}-${pom.version}` : undefined);
    return options.jar ?? (name === undefined || name.includes('$') ? undefined : `${name}.jar`);
  }

  public get layered(): boolean {
    return this.options.layered ?? this.pom?.hasSpringBoot ?? false;
  }

  public get jvmFlags(): readonly string[] {
    return this.options.jvmFlags ?? MEMORY_FLAGS;
  }

  public programName(): string {
    return [this.source.folder, this.pom?.artifactId ?? ''].map(lastPart).find(name => name !== '') ?? 'app';
  }

  public programPath(): string {
    return `${APP}/app.jar`;
  }

  public programs(): string[] {
    return [this.programPath()];
  }

  public interpreter(): string {
    return (this.options.base?._facts.kind ?? 'distroless') === 'distroless' ? '/usr/bin/java' : 'java';
  }

  public runtime(base: ImageBase): Runtime | SourceFault {
    const { kind, version, reference } = base._facts;
    switch (kind) {
      case 'scratch':
        return unfit('A program in Java needs Java, which an image from nothing has not.', "Leave 'base' out for distroless, or write ImageBase.alpine().");
      case 'alpine':
        return { image: { repository: 'eclipse-temurin', tag: `${this.version}-jre-alpine-${minorOf(version!)}` }, hasShell: true, copiesSystem: false };
      case 'chainguard':
        return { image: namedImage(`cgr.dev/chainguard/jre:${version}`), hasShell: false, copiesSystem: false };
      case 'custom':
        return { image: namedImage(reference!), hasShell: true, copiesSystem: false };
      default: {
        const repository = `gcr.io/distroless/java${this.version}-debian${DEBIAN[this.version]}`;
        return this.version in DEBIAN
          ? { image: namedImage(`${repository}:nonroot`), debug: namedImage(`${repository}:debug-nonroot`), hasShell: false, copiesSystem: false }
          : unfit(`Distroless has no Java ${this.version}.`, `Write a 'javaVersion' of ${Object.keys(DEBIAN).join(', ')}, or another base.`);
      }
    }
  }

  public check(report: Report): void {
    checkJava(this, report);
  }

  public plan(context: LanguageContext): LanguagePlan | undefined {
    const { jar } = this;
    return jar === undefined ? undefined : javaPlan(this, jar, context);
  }
}
