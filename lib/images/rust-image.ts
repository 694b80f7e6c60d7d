import type { ImageRecipe } from './image-recipe';
import { SourceRecipe } from './recipe/source-recipe';
import { RustLanguage } from './rust/rust-language';
import type { RustImageOptions } from './rust-image-options';
import { SourceImage } from './source-image';

/**
 * The image of a program in Rust: Cargo builds what Cargo.lock says, for each processor by a cross compiler, and the binary stands on the
 * C library without a shell.
 *
 * Diagnostics: those of `GoImage`.
 *
 * @example
 * new Microservice(shop, 'pricing', {
 *   image: RustImage.fromCrate('services/pricing'),
 *   ports: [{ name: 'http', number: 8080, servicePort: 80 }],
 * });
 */
export class RustImage extends SourceImage {
  /**
   * The program of a crate.
   *
   * @param path the folder of its Cargo.toml and Cargo.lock, relative to the working directory
   * @param options what differs from the defaults
   */
  public static fromCrate(path: string, options: RustImageOptions = {}): RustImage {
    return new RustImage(path, options);
  }

  /** @internal */
  public readonly _recipe: ImageRecipe;

  /** @internal */
  private constructor(path: string, protected readonly _options: RustImageOptions) {
    super();
    this._recipe = new SourceRecipe(new RustLanguage(path, _options), _options);
  }
}
