import type { ImageOptions } from './image-options';

/** The recipe of an image that holds a program in Python. Every path is relative to the folder of the project. */
export interface PythonImageOptions extends ImageOptions {
  /**
   * The module that is run, as `python -m` takes it, for example `mail` or `uvicorn`.
   *
   * @default - none: `main` is run
   */
  readonly module?: string;
  /**
   * The file that is run.
   *
   * @default main.py
   */
  readonly main?: string;
  /**
   * The version of Python, for example `3.13.9`.
   *
   * @default - what `.python-version` says, else 3.13
   */
  readonly pythonVersion?: string;
  /**
   * Folders and files of the program. A folder `src` is one where packages are found, others are packages.
   *
   * @default - `src` where there is one, else the folder of `module`, else `main`
   */
  readonly packages?: string[];
}
