import type { SourceFault, SourceFolder } from '../source-folder';

/** What languages have in common whose build reads the folder of the program and nothing else. */
export abstract class FolderLanguage {
  public readonly inside = '.';

  protected constructor(public readonly source: SourceFolder) {}

  public get path(): string {
    return this.source.path;
  }

  public get context(): string {
    return this.source.folder;
  }

  public fault(): SourceFault | undefined {
    return this.source.fault();
  }

  public isFile(path: string): boolean {
    return this.source.isFile(path);
  }

  public isDirectory(path: string): boolean {
    return this.source.isDirectory(path);
  }
}

/** What a base cannot be, and what to write instead. */
export function unfit(message: string, remedy: string): SourceFault {
  return { message, remedy };
}
