import type { EnvFromOptions } from './references';
import type { EnvReference } from '../definition/env-reference';
import type { EnvSource } from '../definition/env-source';
import type { Volume } from '../definition/volume';
import type { FileOptions } from '../definition/volume-options';

/** Configuration that pods can read, wherever it comes from. */
export interface IServiceConfig {
  /** The name of the ConfigMap. */
  readonly name: string;

  /**
   * One key, as an environment variable.
   *
   * @param key the key
   */
  env(key: string): EnvReference;

  /**
   * All keys, as environment variables.
   *
   * @param options how
   */
  asEnv(options?: EnvFromOptions): EnvSource;

  /**
   * Keys, as files.
   *
   * @param options which and how
   */
  asFiles(options?: FileOptions): Volume;
}
