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
}

/** A numeric user and its group. */
export interface Identity {
  readonly user: number;
  readonly group: number;
}

/** The files of an image that is built here. */
export interface RenderedRecipe {
  readonly dockerfile: string;
  readonly ignoreFile: string;
}

/** How an image is built. One for each language; everything around it is the same for all. */
export interface ImageRecipe {
  /** The user that the recipe itself asks for. */
  readonly user?: number;
  /** Two recipes with the same key are the same recipe, made once for each environment for example. */
  key(): string;
  /** A name for the image where its services have several. */
  programName(): string;
  /** Reports everything that is wrong with it, once. */
  check(report: Report): void;
  /** The files; nothing where something is missing without which they cannot be written, which `check` reports. */
  render(context: RecipeContext): RenderedRecipe | undefined;
}
