import type { DigestOf } from './base-image';
import { type ExposedPort } from './dockerfile/instructions';
import type { Report } from '../diagnostics/report';

/** What a recipe must know of its surroundings to be written. */
export interface RecipeContext {
  /** The name of the image. */
  readonly imageName: string;
  /** Where it is pushed to. */
  readonly repositories: readonly string[];
  /** The names of the services that run it. */
  readonly services: readonly string[];
  readonly ports: readonly ExposedPort[];
  readonly identity: Identity;
  /** The image of the Dockerfile frontend; nothing means the one that is built into BuildKit. */
  readonly frontend?: string;
  /** Where the Dockerfile is written, relative to the working directory. */
  readonly dockerfilePath: string;
  /** The digests of base images that a registry has returned. */
  readonly digestOf: DigestOf;
}

/** A numeric user and its group. */
export interface Identity {
  readonly user: number;
  readonly group: number;
}

/** The files of an image that is built here, and how it is built. */
export interface RenderedRecipe {
  readonly dockerfile: string;
  readonly ignoreFile: string;
  readonly build: BuildPlan;
}

/** What whoever builds must know beside the Dockerfile. */
export interface BuildPlan {
  /** The folder that the build reads, relative to the working directory. */
  readonly context: string;
  readonly platforms: readonly string[];
  /** The stages that can be asked for beside the last one. */
  readonly targets: readonly BuildTarget[];
  readonly access: BuildAccess;
  /** The program that the image runs, with its arguments. */
  readonly entrypoint: readonly string[];
  /** The names of the images that it begins with or copies from, and the digest of each where it is known. */
  readonly images: ReadonlyMap<string, string | undefined>;
  /** What ko takes of it; nothing where it is no matter for ko. */
  readonly ko?: KoBuild;
}

export interface BuildTarget {
  readonly name: string;
  readonly kind: 'image' | 'check' | 'files';
}

/** The credentials of whoever builds. */
export interface BuildAccess {
  readonly ssh: boolean;
  readonly secrets: readonly { readonly id: string; readonly source: string }[];
}

export interface KoBuild {
  readonly dir: string;
  readonly main: string;
  /** The import path of the program. */
  readonly importPath: string;
  /** What it stands on; nothing means what ko takes by itself. */
  readonly base?: string;
  readonly env: readonly string[];
  readonly flags: readonly string[];
  readonly ldflags: readonly string[];
}

/** What a container does with an image, as the pod template has it. */
export interface ContainerFacts {
  readonly command?: readonly string[];
  readonly probes: readonly { readonly property: string; readonly command: readonly string[] }[];
  readonly mounts: readonly string[];
  readonly readOnlyRoot: boolean;
}

/** How an image is built. One for each language; everything around it is the same for all. */
export interface ImageRecipe {
  /** The user that the recipe itself asks for. */
  readonly user?: number;
  /** The name of the Dockerfile in the folder of the program; nothing where it lies among the artefacts. */
  readonly inPlace?: string;
  /** The folder that the build reads, relative to the working directory. */
  readonly context: string;
  /** Two recipes with the same key are the same recipe, made once for each environment for example. */
  key(): string;
  /** A name for the image where its services have several. */
  programName(): string;
  /** Reports everything that is wrong with it, once. */
  check(context: RecipeContext, report: Report): void;
  /** Reports where a container asks for what the image has not. */
  checkContainer(facts: ContainerFacts, report: Report): void;
  /** The files; nothing where something is missing without which they cannot be written, which `check` reports. */
  render(context: RecipeContext): RenderedRecipe | undefined;
}
