import type { ImageOptions } from './image-options';

/** The recipe of an image that holds a program in Rust. Every path is relative to the folder of the crate. */
export interface RustImageOptions extends ImageOptions {
  /**
   * The name of the binary, as Cargo calls it.
   *
   * @default - the first `[[bin]]` of Cargo.toml, else the name of the package
   */
  readonly binary?: string;
  /**
   * The version of Rust, for example `1.95.0`.
   *
   * @default - the channel of rust-toolchain.toml, else 1.95.0
   */
  readonly rustVersion?: string;
  /**
   * Features that are switched on.
   *
   * @default - those that the crate has by default
   */
  readonly features?: string[];
}
