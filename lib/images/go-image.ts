import { GoLanguage } from './go/go-language';
import type { GoImageOptions } from './go-image-options';
import type { ImageRecipe } from './image-recipe';
import { ProgramImage } from './program-image';
import { SourceRecipe } from './recipe/source-recipe';
import { SourceImage } from './source-image';
import type { ContainerImage } from '../definition/container-image';

/**
 * The image of a Go program that is built from its source: a multi-stage Dockerfile that compiles a static binary for every platform
 * and puts it alone on a base without a shell, and a .dockerignore that admits what the build reads. Both lie among the artefacts, below
 * `images/<name>/`; nothing is written into the folder of the program. Port, user and version are those of the services that run it, so
 * one image may be given to several.
 *
 * go.mod is read when the app renders, relative to the working directory.
 *
 * Diagnostics: `source-folder`, `invalid-value`, `invalid-version`, `invalid-image`, `invalid-port`, `tag-missing`, `build-input-missing`,
 * `invalid-dockerfile`, `invalid-env-name`, `invalid-label`, `conflicting-options`, `image-conflict`, `duplicate-artifact`, `base-unlocked`,
 * `invalid-lock`, `foreign-file`.
 *
 * @example
 * new GoStyleMicroservice(shop, 'billing', {
 *   image: GoImage.fromModule('services/billing', {
 *     main: './cmd/server',
 *     base: ImageBase.scratch(),
 *     metadata: { description: 'Invoices and payments', licenses: 'Apache-2.0' },
 *   }),
 * });
 */
export class GoImage extends SourceImage {
  /**
   * The program of a module.
   *
   * @param path the folder of its go.mod, relative to the working directory, for example `services/orders`
   * @param options what differs from the defaults
   */
  public static fromModule(path: string, options: GoImageOptions = {}): GoImage {
    return new GoImage(path, options);
  }

  /** @internal */
  public readonly _recipe: ImageRecipe;
  private readonly language: GoLanguage;

  /** @internal */
  private constructor(path: string, protected readonly _options: GoImageOptions) {
    super();
    this.language = new GoLanguage(path, _options);
    this._recipe = new SourceRecipe(this.language, _options);
  }

  /**
   * The same image, running another one of its programs.
   *
   * Diagnostics: `image-conflict` where it has no such program.
   *
   * @param name the last part of an entry of `programs`, for example `migrate`
   */
  public program(name: string): ContainerImage {
    return new ProgramImage(this, name, () => this.language.binaries().map(([, binary]) => binary));
  }

  /** @internal */
  public override _goVersion(): string | undefined {
    return this.language.behaviorVersion;
  }
}
