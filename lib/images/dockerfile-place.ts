/** How a Dockerfile is written into the folder of its program. */
export interface InPlaceOptions {
  /**
   * Its name, for folders that hold several.
   *
   * @default Dockerfile
   */
  readonly fileName?: string;
}

/** Where a Dockerfile and its .dockerignore are written. */
export class Dockerfile {
  /** Among the artefacts, below `images/<name>/`; nothing is written into the folder of the program. */
  public static artifact(): Dockerfile {
    return new Dockerfile(undefined);
  }

  /**
   * Into the folder that the build reads, beside the program. A file that somebody else wrote is never overwritten.
   *
   * Diagnostics: `foreign-file`, `invalid-value`.
   */
  public static inPlace(options: InPlaceOptions = {}): Dockerfile {
    return new Dockerfile(options.fileName ?? 'Dockerfile');
  }

  private constructor(private readonly fileName: string | undefined) {}

  /**
   * The name of the file in the folder of the program; nothing where it lies among the artefacts.
   *
   * @internal
   */
  public get _inPlace(): string | undefined {
    return this.fileName;
  }
}
