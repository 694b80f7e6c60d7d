import type { GoBase } from './go-base';
import type { ImageTag } from '../definition/image-tag';

/** How a build gets at modules that are not public. */
export enum ModuleAccess {
  /** By the SSH agent of whoever builds. The host keys come from a secret `known_hosts`: without them anybody in between could answer. */
  SSH = 'ssh',
  /** By a `.netrc` that is given as the secret `netrc`. */
  NETRC = 'netrc',
  /** Without credentials: the network decides. */
  NONE = 'none',
}

/** Modules that neither the public proxy nor the public checksum database may hear of. */
export interface PrivateModules {
  /** Patterns of module paths, for example `github.com/acme/*` (GOPRIVATE). */
  readonly patterns: string[];
  /**
   * How the build gets at them.
   *
   * @default ModuleAccess.SSH
   */
  readonly access?: ModuleAccess;
}

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

/** The recipe of an image that holds a Go program. Every path is relative to the folder of the module. */
export interface GoImageOptions {
  /**
   * The package of the program, as `go build` takes it: `.` or a path that begins with `./`.
   *
   * @default - the folder of the module itself
   */
  readonly main?: string;
  /**
   * The name of the image: the end of its repository, and the folder of its Dockerfile.
   *
   * @default - the name of the service that runs it; of several services, the name of the binary
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
   * The version of Go that compiles it, for example `1.25.3`.
   *
   * @default - the `toolchain` of go.mod, else its `go` line
   */
  readonly goVersion?: string;
  /**
   * What the binary stands on.
   *
   * @default GoBase.distroless()
   */
  readonly base?: GoBase;
  /**
   * The name of the binary, which lies in `/app`.
   *
   * @default - the last part of `main`, else of the folder of the module, else of the path in go.mod
   */
  readonly binary?: string;
  /**
   * Build tags, for example `netgo`.
   *
   * @default - none
   */
  readonly buildTags?: string[];
  /**
   * Flags for the linker, beside `-s -w` and the version.
   *
   * @default - none
   */
  readonly ldflags?: string[];
  /**
   * The string variable that the linker sets to the version, with its package in front.
   *
   * @default main.version
   */
  readonly versionVariable?: string;
  /**
   * What it is built for, for example `linux/arm/v7`. The compiler crosses, nothing is emulated.
   *
   * @default - linux/amd64 and linux/arm64
   */
  readonly platforms?: string[];
  /**
   * Whether the modules come from the folder `vendor`; then nothing is downloaded.
   *
   * @default - whether there is a `vendor/modules.txt`
   */
  readonly vendored?: boolean;
  /**
   * Modules that are not public.
   *
   * @default - none
   */
  readonly privateModules?: PrivateModules;
  /**
   * Files and folders of the module that the final image holds, by their absolute path there, for example `{ '/app/static': 'web/static' }`.
   *
   * @default - the binary alone
   */
  readonly files?: { [path: string]: string };
  /**
   * What the image says of itself.
   *
   * @default - title, version, revision, time and base
   */
  readonly metadata?: ImageMetadata;
  /**
   * Build arguments with their defaults. The go command sees them as environment variables, for example
   * `{ GOPROXY: 'https://proxy.example.com' }`. They are readable in the image's history, so no secret belongs here.
   *
   * @default - none
   */
  readonly buildArgs?: { [name: string]: string };
  /**
   * The repository of the Go toolchain's image, for organisations that mirror it.
   *
   * @default golang
   */
  readonly builderRepository?: string;
  /**
   * The variant of the Go toolchain's image. It must be one of Debian, which brings git, ssh, CA certificates and time zones.
   *
   * @default - trixie, or bookworm before Go 1.25
   */
  readonly builderVariant?: string;
  /**
   * The numeric user that the image runs as, where nothing else says it.
   *
   * @default - that of the services that run it, else 65532
   */
  readonly user?: number;
  /**
   * Whether the Dockerfile has a second target, `debug`, that holds the same and a shell. Bases that have one themselves need none.
   *
   * @default - true for distroless and scratch
   */
  readonly debugTarget?: boolean;
}
