import type { ImageRecipe } from './image-recipe';
import { PythonLanguage } from './python/python-language';
import type { PythonImageOptions } from './python-image-options';
import { SourceRecipe } from './recipe/source-recipe';
import { SourceImage } from './source-image';

/**
 * The image of a program in Python: what `uv.lock` or `requirements.txt` say is installed into a folder of its own, and stands with the
 * program on Python without a shell.
 *
 * Diagnostics: those of `GoImage`.
 *
 * @example
 * new Microservice(shop, 'mail', {
 *   image: PythonImage.fromProject('services/mail', { module: 'mail' }),
 *   ports: [{ name: 'http', number: 8000, servicePort: 80 }],
 * });
 */
export class PythonImage extends SourceImage {
  /**
   * The program of a project.
   *
   * @param path the folder of its requirements.txt or of its pyproject.toml and uv.lock, relative to the working directory
   * @param options what differs from the defaults
   */
  public static fromProject(path: string, options: PythonImageOptions = {}): PythonImage {
    return new PythonImage(path, options);
  }

  /** @internal */
  public readonly _recipe: ImageRecipe;

  /** @internal */
  private constructor(path: string, protected readonly _options: PythonImageOptions) {
    super();
    this._recipe = new SourceRecipe(new PythonLanguage(path, _options), _options);
  }
}
