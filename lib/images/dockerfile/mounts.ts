import { type Text } from './text';

/** Files of the build context, in no layer. */
export interface BindMount {
  readonly type: 'bind';
  /** Whether the command may write there; what it writes is forgotten. */
  readonly writable?: boolean;
  /** The path in the context; nothing means all of it. */
  readonly source?: string;
  readonly target: string;
}

/** A folder that outlives the build on the machine that builds. */
export interface CacheMount {
  readonly type: 'cache';
  readonly target: string;
  /** For programs that cannot share it: each build waits for the others. */
  readonly locked?: boolean;
  /** Keeps the caches of different processors apart. */
  readonly id?: Text;
}

/** A file, or a variable, that is there while the command runs and never in a layer. */
export interface SecretMount {
  readonly type: 'secret';
  readonly id: string;
  /** Where the file lies; nothing where it is a variable. */
  readonly target?: string;
  /** The environment variable that holds it. */
  readonly env?: string;
}

/** The SSH agent of whoever builds. */
export interface SshMount {
  readonly type: 'ssh';
}

export type Mount = BindMount | CacheMount | SecretMount | SshMount;
