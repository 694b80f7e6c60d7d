import { checkGoRecipe } from './go-checks';
import { goDockerfile } from './go-dockerfile';
import { goIgnoreFile } from './go-ignore-file';
import { type GoModFile } from './go-mod-file';
import { GoModule } from './go-module';
import { compareGoVersions, goMinor, isGoVersion } from './go-version';
import { sortedEntries } from '../../definition/json';
import type { Report } from '../../diagnostics/report';
import { renderIgnoreFile } from '../dockerfile/ignore-file';
import { renderDockerfile } from '../dockerfile/render';
import { GoBase } from '../go-base';
import type { GoImageOptions } from '../go-image-options';
import { type ImageRecipe, type RecipeContext, type RenderedRecipe } from '../image-recipe';

export const DEFAULT_PLATFORMS: readonly string[] = ['linux/amd64', 'linux/arm64'];

/** How a Go program becomes an image. Its module is read when something of it is asked for. */
export class GoRecipe implements ImageRecipe {
  public readonly module: GoModule;
  public readonly base: GoBase;

  public constructor(path: string, public readonly options: GoImageOptions) {
    this.module = new GoModule(path);
    this.base = options.base ?? GoBase.distroless();
  }

  public get user(): number | undefined {
    return this.options.user;
  }

  public get platforms(): readonly string[] {
    return this.options.platforms ?? DEFAULT_PLATFORMS;
  }

  /** The package of the program, without slashes at its end. */
  public get main(): string {
    return this.options.main?.replace(/\/+$/, '') ?? '.';
  }

  /** Whether modules come from the folder `vendor`. */
  public get vendored(): boolean {
    return this.options.vendored ?? this.module.isFile('vendor/modules.txt');
  }

  /** Whether the Dockerfile has a target with a shell. */
  public get debugTarget(): boolean {
    return this.options.debugTarget ?? ['distroless', 'scratch'].includes(this.base._facts.kind);
  }

  public get goMod(): GoModFile | undefined {
    const goMod = this.module.goMod();
    return 'message' in goMod ? undefined : goMod;
  }

  /** The version of the toolchain that compiles, where it is known. */
  public get goVersion(): string | undefined {
    const { goMod } = this;
    const version = this.options.goVersion ?? goMod?.toolchain ?? goMod?.go;
    return version !== undefined && isGoVersion(version) ? version : undefined;
  }

  /**
   * The version whose behaviour the program has: a module that asks for an older Go gets that one's defaults from a newer toolchain.
   *
   * @see https://go.dev/doc/godebug#history
   */
  public get behaviorVersion(): string | undefined {
    const language = this.goMod?.go;
    const { goVersion } = this;
    return goVersion !== undefined && language !== undefined && isGoVersion(language) && compareGoVersions(language, goVersion) < 0
      ? language : goVersion;
  }

  /** The image that compiles. */
  public builder(goVersion: string): { readonly repository: string; readonly variant: string } {
    const { builderRepository, builderVariant } = this.options;
    return {
      repository: builderRepository ?? 'golang',
      // Debian, because it has git and ssh for private modules, CA certificates, and tzdata as a required package. The images of
      // trixie begin within Go 1.24, those of bookworm within 1.20.
      variant: builderVariant ?? (goMinor(goVersion) >= 25 ? 'trixie' : 'bookworm'),
    };
  }

  public programName(): string {
    const { options, main, module } = this;
    // As `go build` names it: a major version at the end of a module path is no name.
    const path = (this.goMod?.module ?? '').replace(/\/v\d+$/, '');
    return options.binary ?? [main, module.folder, path].map(lastPart).find(name => name !== '') ?? 'app';
  }

  public key(): string {
    // The tag is a matter of the manifest: where it comes from changes nothing in the Dockerfile.
    const { tag, ...options } = this.options;
    return JSON.stringify([this.module.folder, options], (_key, value) =>
      value?.constructor === Object ? Object.fromEntries(sortedEntries(value)) : value);
  }

  public check(report: Report): void {
    checkGoRecipe(this, report);
  }

  public render(context: RecipeContext): RenderedRecipe | undefined {
    const { goVersion } = this;
    return this.goMod === undefined || goVersion === undefined ? undefined : {
      dockerfile: renderDockerfile(goDockerfile(this, goVersion, context)),
      ignoreFile: renderIgnoreFile(goIgnoreFile(this, context)),
    };
  }
}

function lastPart(path: string): string {
  const last = path.split('/').pop() ?? '';
  return last === '.' ? '' : last;
}
