import { type Instruction } from './instructions';
import { type Text } from './text';

/** A Dockerfile as data; render.ts alone knows how it is written. */
export interface DockerfileModel {
  /** The image of the frontend that parses it; nothing means the one that is built into BuildKit. */
  readonly frontend?: string;
  /** What a reader should know, a line each. */
  readonly header: readonly string[];
  /** Arguments that the base images and every stage may take up. All have a default, so that it builds and lints without any. */
  readonly arguments: readonly GlobalArgument[];
  readonly stages: readonly Stage[];
}

/** A build argument with what it is for, which `docker buildx build --call outline` shows. */
export interface GlobalArgument {
  readonly name: string;
  readonly default: string;
  /** A phrase that continues the name: 'is the tag of the image'. */
  readonly description: string;
}

/** A stage. Others refer to the object itself, so that no stage can be named that does not exist. */
export interface Stage {
  readonly name: string;
  /** A phrase that continues the name, which `docker buildx build --call targets` shows. */
  readonly description: string;
  readonly from: StageBase;
  /** The platform that its commands run on, where it is not the one that is built for. */
  readonly platform?: Text;
  /** Whether it has a shell that runs what is not written as a list; nothing means that its base says so. */
  readonly shell?: boolean;
  readonly instructions: readonly Instruction[];
}

/** What a stage begins with: an image, an earlier stage, or nothing at all. */
export type StageBase = { readonly image: Text } | { readonly stage: Stage } | 'scratch';
