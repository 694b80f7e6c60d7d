import type { ImageOptions } from './image-options';

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

/** Targets of the Dockerfile that test the module: `docker buildx build --target test`. */
export interface GoTests {
  /**
   * The packages to test.
   *
   * @default - all of the module: `./...`
   */
  readonly packages?: string[];
  /**
   * Whether the race detector runs along.
   *
   * @default true
   */
  readonly race?: boolean;
  /**
   * Whether there is a target `coverage` that writes `coverage.out` and `coverage.html`: `--target coverage --output coverage`.
   *
   * @default true
   */
  readonly coverage?: boolean;
}

/** A target `delve` whose program runs under the debugger of Go. */
export interface DelveOptions {
  /**
   * The version of Delve.
   *
   * @default 1.27.2
   */
  readonly version?: string;
  /**
   * The port that the debugger listens on.
   *
   * @default 2345
   */
  readonly port?: number;
}

/** The recipe of an image that holds a Go program. Every path is relative to the folder of the module. */
export interface GoImageOptions extends ImageOptions {
  /**
   * The package of the program, as `go build` takes it: `.` or a path that begins with `./`.
   *
   * @default - the folder of the module itself
   */
  readonly main?: string;
  /**
   * The packages of further programs that the image holds beside the main one, for example `./cmd/migrate`; `image.program('migrate')` runs it.
   *
   * @default - none
   */
  readonly programs?: string[];
  /**
   * The folder that the build reads, relative to the working directory: one that holds the module and the folders that its `replace` lines
   * lead to, or the workspace (go.work) that it belongs to.
   *
   * @default - the folder of the module
   */
  readonly context?: string;
  /**
   * The version of Go that compiles it, for example `1.25.3`.
   *
   * @default - the `toolchain` of go.work or go.mod, else the `go` line
   */
  readonly goVersion?: string;
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
   * Whether it is linked with C. The compiler of each processor is installed from Debian, and the base has the C library of the same Debian.
   *
   * @default false
   */
  readonly cgo?: boolean;
  /**
   * The packages whose `//go:generate` lines run before each build, for example `./...`. What they write is not kept. Their tools are
   * best named by `tool` lines of go.mod; their inputs by `sources`.
   *
   * @default - none: generated code is committed
   */
  readonly generate?: string[];
  /**
   * Targets that test the module.
   *
   * @default - none
   */
  readonly tests?: GoTests;
  /**
   * A target `delve` whose program runs under the debugger, with everything that it needs to see.
   *
   * @default - none
   */
  readonly delve?: DelveOptions;
}
