import type { BuildPlan } from '../image-recipe';

/** An image as whoever builds it must know it. */
export interface PlannedBuild {
  readonly name: string;
  /** The path of its Dockerfile, relative to the working directory. */
  readonly dockerfile: string;
  /** The text of its .dockerignore. */
  readonly ignoreFile: string;
  readonly repositories: readonly string[];
  /** The tags that the manifests name. */
  readonly tags: readonly string[];
  /** Whether it is pushed to a registry of somebody's own. */
  readonly hasRegistry: boolean;
  readonly plan: BuildPlan;
}

/** The folder that a build reads, as it is reached from another one; both relative to the working directory. */
export function contextFrom(folder: string, { context }: BuildPlan): string {
  return relativeTo(folder, context === '.' ? '.' : `${context}/.`).replace(/\/\.$/, '');
}

/** How a path is reached from a folder; both relative to the working directory. */
export function relativeTo(folder: string, path: string): string {
  const from = folder === '.' ? [] : folder.split('/');
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) {
    shared += 1;
  }
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
