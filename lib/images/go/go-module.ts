import { type Embed, findEmbeds } from './go-embeds';
import { type GoModFile, parseGoMod } from './go-mod-file';
import { entriesOf, readText, statOf } from '../source-files';

/** A fault of a module itself, before anybody asks for something of it. */
export interface ModuleFault {
  readonly message: string;
  readonly remedy: string;
}

/**
 * The folder of a Go module, read when somebody asks for the first time and then remembered.
 * Paths are relative to the working directory.
 */
export class GoModule {
  private readonly known = new Map<string, unknown>();

  /** @param path the folder, as the user wrote it */
  public constructor(public readonly path: string) {}

  /** The folder, without `./` in front and slashes behind. */
  public get folder(): string {
    return this.path.replace(/^(\.\/+)+/, '').replace(/\/+$/, '') || '.';
  }

  /** The go.mod, or why there is none. */
  public goMod(): GoModFile | ModuleFault {
    return this.once('go.mod', () => {
      const { path } = this;
      if (/^([/\\]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes('..')) {
        return {
          message: `'${path}' does not lie below the working directory.`,
          remedy: "Write the folder of the module relative to the folder where the app is synthesised, without '..'.",
        };
      }
      if (path.trim() === '' || !this.isDirectory('.')) {
        return {
          message: `There is no folder '${path}' below the working directory.`,
          remedy: "Write the folder that holds the go.mod, relative to the folder where the app is synthesised, for example 'services/orders'.",
        };
      }
      const content = readText(`${this.folder}/go.mod`);
      return content === undefined ? {
        message: `'${path}' has no go.mod that can be read.`,
        remedy: "Write the folder that holds the go.mod, or make one: 'go mod init'.",
      } : parseGoMod(content);
    });
  }

  /** Whether there is a file; paths are relative to the module. */
  public isFile(path: string): boolean {
    return this.once(`is file ${path}`, () => statOf(`${this.folder}/${path}`)?.isFile() ?? false);
  }

  /** Whether there is a folder. */
  public isDirectory(path: string): boolean {
    return this.once(`is folder ${path}`, () => statOf(`${this.folder}/${path}`)?.isDirectory() ?? false);
  }

  /** Whether a folder holds Go files. */
  public holdsGoFiles(path: string): boolean {
    return this.once(`go files ${path}`, () =>
      entriesOf(`${this.folder}/${path}`).some(({ name }) => name.endsWith('.go') && !name.endsWith('_test.go')));
  }

  /** What its packages embed. */
  public embeds(): readonly Embed[] {
    return this.once('embeds', () => findEmbeds(this.folder, this.replacementFolders()));
  }

  /** Folders of other modules inside this one that the build takes instead of published ones. */
  public replacementFolders(): string[] {
    const goMod = this.goMod();
    if ('message' in goMod) {
      return [];
    }
    return goMod.localReplacements.map(({ folder }) => insideOf(folder)).filter((folder): folder is string => folder !== undefined);
  }

  private once<T>(key: string, read: () => T): T {
    if (!this.known.has(key)) {
      this.known.set(key, read());
    }
    return this.known.get(key) as T;
  }
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
