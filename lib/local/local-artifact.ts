import { Artifact } from '../synthesis/artifact';

/** A file of the local app. */
export class LocalArtifact extends Artifact {
  public constructor(public readonly path: string, private readonly text: () => string) {
    super();
  }

  public render(): string {
    return this.text();
  }
}
