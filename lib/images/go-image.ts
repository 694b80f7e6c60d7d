import type { IConstruct } from 'constructs';
import { GoRecipe } from './go/go-recipe';
import type { GoImageOptions } from './go-image-options';
import { registerBuild, serviceNames } from './image-builds';
import { type ImageRecipe } from './image-recipe';
import { ContainerImage, type ImageContext, type ImageUser, isRepository, type ResolvedImage } from '../definition/container-image';
import { type Report, within } from '../diagnostics/report';

/**
 * The image of a Go program that is built from its source: a multi-stage Dockerfile that compiles a static binary for every platform
 * and puts it alone on a base without a shell, and a .dockerignore that admits what the build reads. Both lie among the artefacts, below
 * `images/<name>/`; nothing is written into the folder of the program. Port, user and version are those of the services that run it, so
 * one image may be given to several.
 *
 * go.mod is read when the app renders, relative to the working directory.
 *
 * Diagnostics: `go-module`, `invalid-value`, `invalid-version`, `invalid-image`, `tag-missing`, `build-input-missing`, `invalid-dockerfile`,
 * `invalid-env-name`, `invalid-label`, `conflicting-options`, `image-conflict`, `duplicate-artifact`.
 *
 * @example
 * new GoStyleMicroservice(shop, 'billing', {
 *   image: GoImage.fromModule('services/billing', {
 *     main: './cmd/server',
 *     base: GoBase.scratch(),
 *     metadata: { description: 'Invoices and payments', licenses: 'Apache-2.0' },
 *   }),
 * });
 */
export class GoImage extends ContainerImage {
  /**
   * The program of a module.
   *
   * @param path the folder of its go.mod, relative to the working directory, for example `services/orders`
   * @param options what differs from the defaults
   */
  public static fromModule(path: string, options: GoImageOptions = {}): GoImage {
    return new GoImage(path, options);
  }

  private readonly recipe: GoRecipe;
  private readonly roots = new Set<IConstruct>();

  private constructor(path: string, private readonly options: GoImageOptions) {
    super();
    this.recipe = new GoRecipe(path, options);
  }

  /** @internal */
  public get _recipe(): ImageRecipe {
    return this.recipe;
  }

  /** @internal */
  public override _usedBy(user: ImageUser): void {
    this.roots.add(user.construct.node.root);
    registerBuild(this, user);
  }

  /** @internal */
  public override _goVersion(): string | undefined {
    return this.recipe.behaviorVersion;
  }

  /** @internal */
  public override _resolve(context: ImageContext, report: Report): ResolvedImage {
    const { tag, name, repository } = this.options;
    const resolved = this._repositoryIn(context.registry, this._nameFor(this.servicesBeside(context.serviceName)));
    if ((name !== undefined && !NAME.test(name)) || !isRepository(repository ?? resolved.slice(resolved.lastIndexOf('/') + 1))) {
      report({
        code: 'invalid-image',
        property: repository !== undefined && !isRepository(repository) ? 'repository' : 'name',
        message: `'${repository !== undefined && !isRepository(repository) ? repository : name ?? resolved}' is not the name of an image.`,
        remedy: 'Use lower-case letters and digits, with single dots, dashes and underscores between them and slashes between its parts, and no tag.',
      });
    }
    const built = tag ? tag._resolve(resolved, within(report, 'tag')) : context.tag._resolve(resolved, report);
    const suffix = [...built.tag === undefined ? [] : [`:${built.tag}`], ...built.digest === undefined ? [] : [`@${built.digest}`]];
    return { reference: `${resolved}${suffix.join('')}`, ...built };
  }

  /** @internal */
  public _nameFor(services: readonly string[]): string {
    const { name, repository } = this.options;
    return name ?? (repository === undefined ? undefined : withoutHost(repository))
      ?? (services.length === 1 ? services[0] : this.recipe.programName().toLowerCase());
  }

  /** @internal */
  public _repositoryIn(registry: string | undefined, name: string): string {
    return this.options.repository ?? (registry === undefined ? name : `${registry}/${name}`);
  }

  /** The services of the app that asks. An image may be used in several apps of a process; the asking service is in one of them. */
  private servicesBeside(serviceName: string): string[] {
    const apps = [...this.roots].map(root => serviceNames(root, this));
    return apps.find(names => names.includes(serviceName)) ?? apps.at(-1) ?? [serviceName];
  }
}

const NAME = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

/** A first part with a dot or a port is a host. */
function withoutHost(repository: string): string {
  return repository.replace(/^(localhost|[^/]*[.:][^/]*)\//, '');
}
