import { readText, statOf } from './source-files';

/** A fault of a folder itself, before anybody asks for something of it. */
export interface SourceFault {
  readonly message: string;
  readonly remedy: string;
}

/** What a folder must hold to be one of its language. */
export interface SourceKind {
  /** As it is called, for example 'module'. */
  readonly noun: string;
  /** The file that makes it one; the first of several that is there. */
  readonly files: readonly string[];
  /** How one gets such a file. */
  readonly remedy: string;
  /** An example of a folder. */
  readonly example: string;
}

/**
 * The folder of a program, read when somebody asks for the first time and then remembered. Paths are relative to the working directory.
 */
export class SourceFolder {
  private readonly known = new Map<string, unknown>();

  /** @param path the folder, as the user wrote it */
  public constructor(public readonly path: string, private readonly kind: SourceKind) {}

  /** The folder, without `./` in front and slashes behind. */
  public get folder(): string {
    return normalFolder(this.path);
  }

  /** Why it cannot be built, where that is so. */
  public fault(): SourceFault | undefined {
    return this.once('fault', () => {
      const { path, kind: { noun, files, remedy, example } } = this;
      const holds = files.length > 1 ? `${files.slice(0, -1).join(', ')} or ${files.at(-1)}` : files[0];
      if (leavesWorkingDirectory(path)) {
        return {
          message: `'${path}' does not lie below the working directory.`,
          remedy: `Write the folder of the ${noun} relative to the folder where the app is synthesised, without '..'.`,
        };
      }
      if (path.trim() === '' || !this.isDirectory('.')) {
        return {
          message: `There is no folder '${path}' below the working directory.`,
          remedy: `Write the folder that holds the ${holds}, relative to the folder where the app is synthesised, for example '${example}'.`,
        };
      }
      return files.some(file => this.read(file) !== undefined) ? undefined : {
        message: `'${path}' has no ${holds} that can be read.`,
        remedy: `Write the folder that holds the ${holds}, or make one: ${remedy}.`,
      };
    });
  }

  /** The text of a file; paths are relative to the folder. */
  public read(path: string): string | undefined {
    return this.once(`text ${path}`, () => readText(`${this.folder}/${path}`));
  }

  /** Whether there is a file. */
  public isFile(path: string): boolean {
    return this.once(`is file ${path}`, () => statOf(`${this.folder}/${path}`)?.isFile() ?? false);
  }

  /** Whether there is a folder. */
  public isDirectory(path: string): boolean {
    return this.once(`is folder ${path}`, () => statOf(`${this.folder}/${path}`)?.isDirectory() ?? false);
  }

  protected once<T>(key: string, read: () => T): T {
    if (!this.known.has(key)) {
      this.known.set(key, read());
    }
    return this.known.get(key) as T;
  }
}

/** A folder as the user wrote it, without `./` in front and slashes behind. */
export function normalFolder(path: string): string {
  return path.replace(/^(\.\/+)+/, '').replace(/\/+$/, '') || '.';
}

/** Whether a path is none below the working directory. */
export function leavesWorkingDirectory(path: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes('..');
}

/** A relative path in its shortest form, with slashes; nothing where it leaves its folder or does not move. */
export function insideOf(path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\\')) {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of path.split('/').filter(each => each !== '' && each !== '.')) {
    if (part !== '..') {
      parts.push(part);
    } else if (parts.pop() === undefined) {
      return undefined;
    }
  }
  return parts.length > 0 ? parts.join('/') : undefined;
}

/** A path below another, which may be none. */
export function below(folder: string, path: string): string {
  return [folder, path].filter(part => part !== '' && part !== '.').join('/') || '.';
}

/** The name at the end of a path; empty where that is the folder itself. */
export function lastPart(path: string): string {
  const last = path.split('/').pop() ?? '';
  return last === '.' ? '' : last;
}
