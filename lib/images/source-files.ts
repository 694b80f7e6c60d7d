import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from 'fs';

/** The text of a file; nothing where it cannot be read. */
export function readText(path: string): string | undefined {
  return attempt(() => readFileSync(path, 'utf8'));
}

/** What a path is; nothing where there is nothing. */
export function statOf(path: string): Stats | undefined {
  return attempt(() => statSync(path));
}

/** What lies in a folder; nothing where it cannot be read. */
export function entriesOf(folder: string): Dirent[] {
  return attempt(() => readdirSync(folder, { withFileTypes: true })) ?? [];
}

/** What cannot be read is not there for the build either; whoever needs it says so. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
