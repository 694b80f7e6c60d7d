import { checkGo } from './go-checks';
import { goIgnore } from './go-ignore';
import type { GoModFile } from './go-mod-file';
import { GoModule } from './go-module';
import { goPlan } from './go-stages';
import { compareGoVersions, goMinor, isGoVersion } from './go-version';
import type { Report } from '../../diagnostics/report';
import { namedImage } from '../base-image';
import type { GoImageOptions } from '../go-image-options';
import { DistrolessFlavor, type ImageBase } from '../image-base';
import { APP } from '../recipe/final-stage';
import type { Language, LanguageContext, LanguagePlan, Runtime } from '../recipe/language';
import { alpineImage, staticRuntime } from '../recipe/runtimes';
import { DEFAULT_PLATFORMS } from '../recipe/source-recipe';
import { lastPart, type SourceFault } from '../source-folder';

/** Go: the module that is compiled, and how. Its files are read when something of them is asked for. */
export class GoLanguage implements Language {
  public readonly name = 'Go';
  public readonly ownArguments = ['GO_VERSION', 'CGO_ENABLED', 'GOFLAGS', 'GOTOOLCHAIN', 'GOPRIVATE', 'GOOS', 'GOARCH', 'GOARM', 'GOAMD64', 'CC'];
  public readonly module: GoModule;

  public constructor(public readonly path: string, public readonly options: GoImageOptions) {
    this.module = new GoModule(path, options.context);
  }

  public get context(): string {
    return this.module.context;
  }

  public get inside(): string {
    return this.module.inside;
  }

  public get platforms(): readonly string[] {
    return this.options.platforms ?? DEFAULT_PLATFORMS;
  }

  /** The package of the program, without slashes at its end. */
  public get main(): string {
    return this.options.main?.replace(/\/+$/, '') ?? '.';
  }

  /** The packages of all programs, the main one first. */
  public get mains(): readonly string[] {
    return [this.main, ...(this.options.programs ?? []).map(each => each.replace(/\/+$/, ''))];
  }

  /** Whether modules come from the folder `vendor`, which a workspace has at its root. */
  public get vendored(): boolean {
    return this.options.vendored ?? this.hasVendorFolder;
  }

  public get hasVendorFolder(): boolean {
    return this.module.workspace() ? this.module.contextHasFile('vendor/modules.txt') : this.module.isFile('vendor/modules.txt');
  }

  public get goMod(): GoModFile | undefined {
    return this.module.goMod();
  }

  /** What go.work or go.mod say of the toolchain. */
  public get saidVersion(): string | undefined {
    const { goMod } = this;
    const work = this.module.workspace();
    return work?.toolchain ?? goMod?.toolchain ?? work?.go ?? goMod?.go;
  }

  /** The version of the toolchain that compiles, where it is known. */
  public get goVersion(): string | undefined {
    const version = this.options.goVersion ?? this.saidVersion;
    return version !== undefined && isGoVersion(version) ? version : undefined;
  }

  /**
   * The version whose behaviour the program has: a module that asks for an older Go gets that one's defaults from a newer toolchain.
   *
   * @see https://go.dev/doc/godebug#history
   */
  public get behaviorVersion(): string | undefined {
    const language = this.module.workspace()?.go ?? this.goMod?.go;
    const { goVersion } = this;
    return goVersion !== undefined && language !== undefined && isGoVersion(language) && compareGoVersions(language, goVersion) < 0
      ? language : goVersion;
  }

  /**
   * The Debian of the image that compiles: it has git and ssh for private modules, CA certificates, and time zones as a required package.
   * The images of trixie begin within Go 1.24, those of bookworm within 1.20.
   */
  public get debian(): 'trixie' | 'bookworm' {
    return goMinor(this.goVersion ?? '') >= 25 ? 'trixie' : 'bookworm';
  }

  public fault(): SourceFault | undefined {
    return this.module.fault() ?? this.module.contextFault();
  }

  public isFile(path: string): boolean {
    return this.module.isFile(path);
  }

  public isDirectory(path: string): boolean {
    return this.module.isDirectory(path);
  }

  public programName(): string {
    const { options, main, module } = this;
    // As `go build` names it: a major version at the end of a module path is no name.
    const path = (this.goMod?.module ?? '').replace(/\/v\d+$/, '');
    return options.binary ?? [main, module.folder, path].map(lastPart).find(name => name !== '') ?? 'app';
  }

  /** The names of all binaries, by package. */
  public binaries(): [string, string][] {
    return this.mains.map((main, index) => [main, index === 0 ? this.programName() : lastPart(main)]);
  }

  public programPath(): string {
    return `${APP}/${this.programName()}`;
  }

  public programs(): string[] {
    return this.binaries().map(([, binary]) => `${APP}/${binary}`);
  }

  public runtime(base: ImageBase): Runtime | SourceFault {
    const facts = base._facts;
    const { cgo = false } = this.options;
    switch (facts.kind) {
      case 'scratch':
      case 'alpine':
        return cgo ? {
          message: `A program that is linked with C needs the C library of Debian, which ${facts.kind === 'scratch' ? 'an image from nothing' : 'Alpine Linux'} has not.`,
          remedy: "Leave 'base' out for distroless, or 'cgo' for a static program.",
        } : { ...staticRuntime(facts.kind === 'alpine' ? alpineImage(facts.version!) : undefined), copiesSystem: true };
      case 'chainguard':
        return { image: namedImage(`cgr.dev/chainguard/${cgo ? 'glibc-dynamic' : 'static'}:${facts.version}`), hasShell: false, copiesSystem: false };
      case 'custom':
        return { image: namedImage(facts.reference!), hasShell: true, copiesSystem: false };
      default:
        return distroless(cgo, facts.flavor, this.debian);
    }
  }

  public check(report: Report): void {
    checkGo(this, report);
  }

  public plan(context: LanguageContext): LanguagePlan | undefined {
    const { goVersion } = this;
    return this.goMod === undefined || goVersion === undefined ? undefined : { ...goPlan(this, goVersion, context), ignore: goIgnore(this) };
  }
}

function distroless(cgo: boolean, flavor: DistrolessFlavor | undefined, debian: 'trixie' | 'bookworm'): Runtime | SourceFault {
  const chosen = flavor ?? (cgo ? DistrolessFlavor.BASE : DistrolessFlavor.STATIC);
  if (cgo && chosen === DistrolessFlavor.STATIC) {
    return { message: 'A program that is linked with C needs the C library, which distroless/static has not.', remedy: 'Leave the flavor out, or write DistrolessFlavor.BASE or CC.' };
  }
  // What is linked with the C library of one Debian runs on that of the same.
  const repository = `gcr.io/distroless/${chosen}-debian${cgo && debian === 'bookworm' ? 12 : 13}`;
  return { image: namedImage(`${repository}:nonroot`), debug: namedImage(`${repository}:debug-nonroot`), hasShell: false, copiesSystem: false };
}
