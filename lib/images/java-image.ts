import type { ImageRecipe } from './image-recipe';
import { JavaLanguage } from './java/java-language';
import type { JavaImageOptions } from './java-image-options';
import { SourceRecipe } from './recipe/source-recipe';
import { SourceImage } from './source-image';

/**
 * The image of a program in Java that Maven builds: its jar, taken apart into layers where it is one of Spring Boot, on a Java runtime
 * without a shell.
 *
 * Diagnostics: those of `GoImage`.
 *
 * @example
 * new Microservice(shop, 'billing', {
 *   image: JavaImage.fromProject('services/billing'),
 *   ports: [{ name: 'http', number: 8080, servicePort: 80 }],
 * });
 */
export class JavaImage extends SourceImage {
  /**
   * The program of a project.
   *
   * @param path the folder of its pom.xml, relative to the working directory
   * @param options what differs from the defaults
   */
  public static fromProject(path: string, options: JavaImageOptions = {}): JavaImage {
    return new JavaImage(path, options);
  }

  /** @internal */
  public readonly _recipe: ImageRecipe;

  /** @internal */
  private constructor(path: string, protected readonly _options: JavaImageOptions) {
    super();
    this._recipe = new SourceRecipe(new JavaLanguage(path, _options), _options);
  }
}
