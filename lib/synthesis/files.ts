import * as fs from 'fs';
import * as path from 'path';

/** Files to write below one folder, by relative path with slashes. */
export interface FileSet {
  readonly directory: string;
  readonly files: ReadonlyMap<string, string>;
  /**
   * The beginning of the names that this run is about; what an earlier run wrote under other names stays.
   *
   * @default - all names
   */
  readonly only?: string;
}

/** A file in a folder that is not ours. */
export interface InPlaceFile {
  /** Relative to the working directory, with slashes. */
  readonly path: string;
  readonly text: string;
  /** The words by which a file is known for one that was written here: others are never overwritten. */
  readonly mark: string;
}

/** Whether a file may be written there: nothing lies there, or what does was written here. */
export function mayWrite({ path: file, mark }: InPlaceFile): boolean {
  try {
    return fs.readFileSync(file, 'utf8').includes(mark);
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** The list of what an earlier run wrote, beside what it wrote. No manifest reader takes it for a manifest. */
const LIST = '.written-by-cdk8s-golden-path';
const TEMPORARY = '.cdk8s-golden-path-tmp';

/**
 * Writes everything or nothing: each text goes to a temporary file first, and only when all of them are on the disk are they renamed.
 * A file whose bytes are the same is left alone, and what an earlier run wrote but this one does not is removed.
 *
 * @returns the files that are there now, in order
 */
export function writeFiles(sets: readonly FileSet[], inPlace: readonly InPlaceFile[] = []): string[] {
  const pending: { temporary: string; target: string }[] = [];
  const stale: string[] = [];
  const written: string[] = [];
  const prepare = (target: string, text: string): void => {
    if (hasContent(target, text)) {
      return;
    }
    if (fs.existsSync(target) && fs.statSync(target).isDirectory()) {
      throw new Error(`'${target}' is a folder`);
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const temporary = `${target}${TEMPORARY}`;
    pending.push({ temporary, target });
    fs.writeFileSync(temporary, text, 'utf8');
  };
  try {
    for (const file of inPlace) {
      if (!mayWrite(file)) {
        throw new Error(`'${file.path}' was not written by this library`);
      }
      prepare(path.join(...file.path.split('/')), file.text);
      written.push(file.path);
    }
    for (const { directory, files, only = '' } of sets) {
      const earlier = readList(directory);
      if (files.size === 0 && earlier.length === 0) {
        continue;
      }
      const names = [...files.keys()].sort();
      const others = earlier.filter(name => !name.startsWith(only) && !files.has(name));
      const list = [...names, ...others].sort().map(name => `${name}\n`).join('');
      for (const [name, text] of [...names.map(key => [key, files.get(key)!] as const), [LIST, list] as const]) {
        prepare(path.join(directory, ...name.split('/')), text);
      }
      stale.push(...earlier.filter(name => name.startsWith(only) && !files.has(name)).map(name => path.join(directory, ...name.split('/'))));
      written.push(...names.map(name => path.join(directory, ...name.split('/'))));
    }
  } catch (problem) {
    pending.forEach(({ temporary }) => fs.rmSync(temporary, { force: true }));
    throw new Error(`The output cannot be written: ${(problem as Error).message}. What was there before is unchanged.`);
  }
  pending.forEach(({ temporary, target }) => fs.renameSync(temporary, target));
  stale.forEach(file => fs.rmSync(file, { force: true }));
  return written;
}

function hasContent(file: string, text: string): boolean {
  try {
    return fs.readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}

/** Only names that stay below the folder count, whatever the list says. */
function readList(directory: string): string[] {
  let text: string;
  try {
    text = fs.readFileSync(path.join(directory, LIST), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').filter(name => name !== '' && !path.isAbsolute(name) && !name.split('/').includes('..'));
}
