import type { ImageRecipe } from './image-recipe';
import { NodeLanguage } from './node/node-language';
import type { NodeImageOptions } from './node-image-options';
import { SourceRecipe } from './recipe/source-recipe';
import { SourceImage } from './source-image';

/**
 * The image of a program in JavaScript or TypeScript: npm installs what package-lock.json says, a script builds where there is one, and
 * what runs stands on Node without a shell.
 *
 * Diagnostics: those of `GoImage`.
 *
 * @example
 * new Microservice(shop, 'web', {
 *   image: NodeImage.fromPackage('services/web', { main: 'dist/server.js' }),
 *   ports: [{ name: 'http', number: 3000, servicePort: 80 }],
 * });
 */
export class NodeImage extends SourceImage {
  /**
   * The program of a package.
   *
   * @param path the folder of its package.json, relative to the working directory, for example `services/web`
   * @param options what differs from the defaults
   */
  public static fromPackage(path: string, options: NodeImageOptions = {}): NodeImage {
    return new NodeImage(path, options);
  }

  /** @internal */
  public readonly _recipe: ImageRecipe;

  /** @internal */
  private constructor(path: string, protected readonly _options: NodeImageOptions) {
    super();
    this._recipe = new SourceRecipe(new NodeLanguage(path, _options), _options);
  }
}
