/** Files of the build context, read-only and in no layer. */
export interface BindMount {
  readonly type: 'bind';
  /** The path in the context; nothing means all of it. */
  readonly source?: string;
  readonly target: string;
}

/** A folder that outlives the build on the machine that builds. */
export interface CacheMount {
  readonly type: 'cache';
  readonly target: string;
}

/** A file that is there while the command runs and never in a layer. */
export interface SecretMount {
  readonly type: 'secret';
  readonly id: string;
  readonly target: string;
}

/** The SSH agent of whoever builds. */
export interface SshMount {
  readonly type: 'ssh';
}

export type Mount = BindMount | CacheMount | SecretMount | SshMount;
