import type { IConstruct } from 'constructs';
import { containerFacts } from './container-facts';
import { registerBuild, serviceNames } from './image-builds';
import type { ImageOptions } from './image-options';
import { type ImageRecipe } from './image-recipe';
import { ContainerImage, type ImageContext, type ImageUser, isRepository, type ResolvedImage } from '../definition/container-image';
import type { Json } from '../definition/json';
import { type Report, within } from '../diagnostics/report';

const NAME = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

/**
 * An image that is built from the source of a program: a multi-stage Dockerfile and a .dockerignore that admits what the build reads, both
 * among the artefacts below `images/<name>/`, and a target in `docker-bake.json`. Port, user and version are those of the services that run
 * it, so one image may be given to several.
 */
export abstract class SourceImage extends ContainerImage {
  /** @internal */
  public abstract readonly _recipe: ImageRecipe;
  /** @internal */
  protected abstract readonly _options: ImageOptions;
  private readonly roots = new Set<IConstruct>();

  /** @internal */
  public override _usedBy(user: ImageUser): void {
    this.roots.add(user.construct.node.root);
    registerBuild(this, user);
  }

  /** @internal */
  public override _checkContainer(container: Json, report: Report): void {
    this._recipe.checkContainer(containerFacts(container), report);
  }

  /** @internal */
  public override _resolve(context: ImageContext, report: Report): ResolvedImage {
    const { tag, name, repository } = this._options;
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
    const { name, repository } = this._options;
    return name ?? (repository === undefined ? undefined : withoutHost(repository))
      ?? (services.length === 1 ? services[0] : this._recipe.programName().toLowerCase());
  }

  /** @internal */
  public _repositoryIn(registry: string | undefined, name: string): string {
    return this._options.repository ?? (registry === undefined ? name : `${registry}/${name}`);
  }

  /** The services of the app that asks. An image may be used in several apps of a process; the asking service is in one of them. */
  private servicesBeside(serviceName: string): string[] {
    const apps = [...this.roots].map(root => serviceNames(root, this));
    return apps.find(names => names.includes(serviceName)) ?? apps.at(-1) ?? [serviceName];
  }
}

/** A first part with a dot or a port is a host. */
function withoutHost(repository: string): string {
  return repository.replace(/^(localhost|[^/]*[.:][^/]*)\//, '');
}
