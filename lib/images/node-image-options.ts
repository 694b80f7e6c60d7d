import type { ImageOptions } from './image-options';

/** The recipe of an image that holds a program in JavaScript or TypeScript. Every path is relative to the folder of its package. */
export interface NodeImageOptions extends ImageOptions {
  /**
   * The file that Node runs, for example `dist/server.js`.
   *
   * @default - `main` of package.json, else `index.js`
   */
  readonly main?: string;
  /**
   * The version of Node, for example `24.11.1`.
   *
   * @default - what `.node-version` or `.nvmrc` say, else 24
   */
  readonly nodeVersion?: string;
  /**
   * The script of package.json that builds.
   *
   * @default - `build`, where there is one
   */
  readonly buildScript?: string;
  /**
   * Files and folders that the image holds beside node_modules: what the script builds, or the sources where nothing is built.
   *
   * @default - the first part of `main`: `dist` of `dist/server.js`
   */
  readonly output?: string[];
  /**
   * Whether the installed packages depend on the processor. Then they are installed on each, which is emulated where the machine that
   * builds is another one.
   *
   * @default - whether package-lock.json has such packages
   */
  readonly nativeModules?: boolean;
}
