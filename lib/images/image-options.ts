import type { Dockerfile } from './dockerfile-place';
import type { ImageBase } from './image-base';
import type { ImageTag } from '../definition/image-tag';

/**
 * What an image says of itself.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export interface ImageMetadata {
  /**
   * A title for people.
   *
   * @default - the name of the image
   */
  readonly title?: string;
  /**
   * What it is for.
   *
   * @default - not stated
   */
  readonly description?: string;
  /**
   * The URL of its source code.
   *
   * @default - not stated
   */
  readonly source?: string;
  /**
   * Its licences as an SPDX expression, for example `Apache-2.0`.
   *
   * @default - not stated
   */
  readonly licenses?: string;
  /**
   * Who distributes it.
   *
   * @default - not stated
   */
  readonly vendor?: string;
  /**
   * Other labels, by their full name.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
}

/** Something secret that the commands of a build need; it ends up in no layer and in no history. */
export interface BuildSecret {
  /** Its name, by which the build asks for it, for example `npmrc`. */
  readonly id: string;
  /** Where it comes from on the machine that builds: a file, for example `~/.npmrc`, or a variable, for example `env:NPM_TOKEN`. */
  readonly source: string;
  /**
   * The path of the file that holds it while a command runs.
   *
   * @default - none: it is a variable
   */
  readonly target?: string;
  /**
   * The environment variable that holds it while a command runs.
   *
   * @default - none: it is a file
   */
  readonly env?: string;
}

/**
 * Instructions of your own, each a whole one, several lines where need be. They are checked like everything else; who runs the image and
 * how stays with the service.
 */
export interface DockerfileInstructions {
  /**
   * Behind the download of the dependencies, where a change of the sources invalidates nothing: packages that the build needs.
   *
   * @default - none
   */
  readonly afterDependencies?: string[];
  /**
   * Just before the program is built.
   *
   * @default - none
   */
  readonly beforeBuild?: string[];
  /**
   * In the image that runs, behind everything that is copied.
   *
   * @default - none
   */
  readonly finalStage?: string[];
}

/** What the recipes of all languages have in common. Every path is relative to the folder of the program. */
export interface ImageOptions {
  /**
   * The name of the image: the end of its repository, and the folder of its Dockerfile.
   *
   * @default - the name of the service that runs it; of several services, the name of the program
   */
  readonly name?: string;
  /**
   * The whole repository, without a tag.
   *
   * @default - the registry of the platform, a slash and the name
   */
  readonly repository?: string;
  /**
   * Where the tag comes from.
   *
   * @default - where the platform says
   */
  readonly tag?: ImageTag;
  /**
   * What the program stands on.
   *
   * @default ImageBase.distroless()
   */
  readonly base?: ImageBase;
  /**
   * What it is built for, for example `linux/arm/v7`.
   *
   * @default - linux/amd64 and linux/arm64
   */
  readonly platforms?: string[];
  /**
   * Files and folders beside the program that the final image holds, by their absolute path there, for example
   * `{ '/app/static': 'web/static' }`.
   *
   * @default - the program alone
   */
  readonly files?: { [path: string]: string };
  /**
   * Files and folders that the build reads beside what the language says, for example `api/*.proto`; the image does not hold them.
   *
   * @default - none
   */
  readonly sources?: string[];
  /**
   * What the image says of itself.
   *
   * @default - title, version, revision, time and base
   */
  readonly metadata?: ImageMetadata;
  /**
   * Build arguments with their defaults, which the commands of the build see as environment variables, for example
   * `{ GOPROXY: 'https://proxy.example.com' }`. They are readable in the image's history, so no secret belongs here.
   *
   * @default - none
   */
  readonly buildArgs?: { [name: string]: string };
  /**
   * What is secret and yet needed to fetch dependencies or to build.
   *
   * @default - none
   */
  readonly secrets?: BuildSecret[];
  /**
   * The repository of the image that builds, for organisations that mirror it.
   *
   * @default - the official image of the language
   */
  readonly builderRepository?: string;
  /**
   * The variant of the image that builds, which stands behind the version in its tag.
   *
   * @default - one of Debian
   */
  readonly builderVariant?: string;
  /**
   * The numeric user that the image runs as, where nothing else says it.
   *
   * @default - that of the services that run it, else 65532
   */
  readonly user?: number;
  /**
   * The signal that asks the program to end.
   *
   * @default SIGTERM
   */
  readonly stopSignal?: string;
  /**
   * Absolute paths that the program writes to. The pod must mount a volume at each, because its root is read-only.
   *
   * @default - none but `/tmp`
   */
  readonly writablePaths?: string[];
  /**
   * Whether the Dockerfile has a second target, `debug`, that holds the same and a shell. Bases that have one themselves need none.
   *
   * @default - true for distroless and scratch
   */
  readonly debugTarget?: boolean;
  /**
   * Instructions of your own.
   *
   * @default - none
   */
  readonly instructions?: DockerfileInstructions;
  /**
   * Where the Dockerfile is written.
   *
   * @default Dockerfile.artifact()
   */
  readonly dockerfile?: Dockerfile;
}
