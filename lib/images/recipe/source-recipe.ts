import { buildCommand } from './build-command';
import { checkContainer } from './container-checks';
import { finalStages } from './final-stage';
import { ignoreFile } from './ignore';
import type { Language, LanguageContext, LanguagePlan, Runtime } from './language';
import { baseFault, checkOptions } from './option-checks';
import { STAMPS } from './stamps';
import { sortedEntries } from '../../definition/json';
import { type Report, within } from '../../diagnostics/report';
import { type NamedImage, writeImage, type WrittenImage } from '../base-image';
import { checkDockerfile } from '../dockerfile/check';
import { type DockerfileModel, type GlobalArgument } from '../dockerfile/dockerfile';
import { renderIgnoreFile } from '../dockerfile/ignore-file';
import { renderDockerfile } from '../dockerfile/render';
import { ImageBase } from '../image-base';
import type { ImageOptions } from '../image-options';
import { type BuildPlan, type ContainerFacts, type ImageRecipe, type RecipeContext, type RenderedRecipe } from '../image-recipe';

export const DEFAULT_PLATFORMS: readonly string[] = ['linux/amd64', 'linux/arm64'];

/** A Dockerfile with what was used to write it. */
interface WrittenRecipe {
  readonly model: DockerfileModel;
  readonly plan: LanguagePlan;
  readonly images: ReadonlyMap<string, string | undefined>;
}

/** How a program of any language becomes an image: what the language says, and what is the same for all. */
export class SourceRecipe implements ImageRecipe {
  public readonly base: ImageBase;

  public constructor(public readonly language: Language, public readonly options: ImageOptions) {
    this.base = options.base ?? ImageBase.distroless();
  }

  public get user(): number | undefined {
    return this.options.user;
  }

  public get inPlace(): string | undefined {
    return this.options.dockerfile?._inPlace;
  }

  public get context(): string {
    return this.language.context;
  }

  public get platforms(): readonly string[] {
    return this.options.platforms ?? DEFAULT_PLATFORMS;
  }

  /** What the program runs on; nothing where the base does not fit, which `check` reports. */
  public get runtime(): Runtime | undefined {
    const runtime = this.language.runtime(this.base);
    return 'message' in runtime ? undefined : runtime;
  }

  /** Whether the Dockerfile has a target with a shell. */
  public get debugTarget(): boolean {
    return this.options.debugTarget ?? this.runtime?.debug !== undefined;
  }

  public programName(): string {
    return this.language.programName();
  }

  public key(): string {
    // The tag is a matter of the manifest: where it comes from changes nothing in the Dockerfile.
    const { tag, ...options } = this.options;
    return JSON.stringify([this.language.name, this.language.context, this.language.inside, options], (_key, value) =>
      value?.constructor === Object ? Object.fromEntries(sortedEntries(value)) : value);
  }

  public check(context: RecipeContext, report: Report): void {
    let faults = 0;
    const counted: Report = fault => {
      faults += 1;
      report(fault);
    };
    const fault = this.language.fault();
    if (fault) {
      counted({ code: 'source-folder', property: 'path', ...fault });
    }
    this.language.check(counted);
    checkOptions(this, counted);
    this.base._check(within(counted, 'base'));
    const mismatch = baseFault(this);
    if (mismatch) {
      counted({ code: 'conflicting-options', property: 'base', ...mismatch });
    }
    const written = faults === 0 ? this.write(context) : undefined;
    if (written) {
      checkDockerfile(written.model, counted);
      checkMovingTags(written.images, counted);
    }
  }

  public checkContainer(facts: ContainerFacts, report: Report): void {
    checkContainer(this, facts, report);
  }

  public render(context: RecipeContext): RenderedRecipe | undefined {
    const written = this.write(context);
    return written && {
      dockerfile: renderDockerfile(written.model),
      ignoreFile: renderIgnoreFile(ignoreFile(this, written.plan, context)),
      build: this.build(written),
    };
  }

  private write(context: RecipeContext): WrittenRecipe | undefined {
    const { runtime } = this;
    const images = new Map<string, string | undefined>();
    const write = (image: NamedImage): WrittenImage => {
      const written = writeImage(image, context.digestOf);
      images.set(written.reference, written.digest);
      return written;
    };
    const ofLanguage: LanguageContext = { ...context, write };
    const plan = this.language.fault() ? undefined : this.language.plan(ofLanguage);
    if (!runtime || !plan) {
      return undefined;
    }
    const base = runtime.image && write(runtime.image);
    const debug = this.debugTarget && runtime.debug ? write(runtime.debug) : undefined;
    return {
      plan,
      images,
      model: {
        ...context.frontend && { frontend: context.frontend },
        header: header(this, plan, context),
        arguments: unique([
          ...plan.arguments,
          ...[base?.argument, debug?.argument].filter(argument => argument !== undefined),
          ...STAMPS,
          ...sortedEntries(this.options.buildArgs).map(([name, value]) => ({ name, default: value, description: 'is read by the build' })),
        ]),
        stages: [...plan.stages, ...plan.targets.map(({ stage }) => stage), ...finalStages(this, { runtime, base, debug, plan, context })],
      },
    };
  }

  private build({ plan, model, images }: WrittenRecipe): BuildPlan {
    return {
      context: this.language.context,
      platforms: this.platforms,
      targets: [
        ...plan.targets.flatMap(({ stage, kind }) => kind === 'part' ? [] : [{ name: stage.name, kind }]),
        ...['debug', ...plan.debugger ? [plan.debugger.name] : []].filter(name => model.stages.some(stage => stage.name === name))
          .map(name => ({ name, kind: 'image' } as const)),
      ],
      access: { ssh: plan.usesSsh, secrets: plan.secrets },
      entrypoint: plan.entrypoint,
      images,
      ...plan.ko && { ko: plan.ko },
    };
  }
}

/** A tag that moves is none, unless a registry has said what it means today. */
function checkMovingTags(images: ReadonlyMap<string, string | undefined>, report: Report): void {
  for (const [reference] of [...images].filter(([name, digest]) => name.endsWith(':latest') && digest === undefined)) {
    report({
      code: 'tag-missing',
      property: 'base',
      message: `'${reference}' names another image tomorrow, and the lock file has no digest of it.`,
      remedy: `Run 'npx cdk8s-golden-path images lock ${reference}', or name a tag that stays.`,
    });
  }
}

function header(recipe: SourceRecipe, plan: LanguagePlan, context: RecipeContext): string[] {
  const { imageName, services } = context;
  return [
    `The image '${imageName}', which ${services.map(name => `'${name}'`).join(' and ')} ${services.length > 1 ? 'run' : 'runs'}. Written by cdk8s-golden-path: change the definition, not this file.`,
    'Build it in the folder where the app is synthesised; --push publishes it:',
    '',
    `  ${buildCommand(recipe, plan, context)}`,
  ];
}

/** The first of each name: a language may build and run on images of the same version. */
function unique(all: readonly GlobalArgument[]): GlobalArgument[] {
  return all.filter(({ name }, index) => all.findIndex(other => other.name === name) === index);
}
