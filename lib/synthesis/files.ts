import * as fs from 'fs';
import * as path from 'path';
import { PlainError, throwPlain } from '../diagnostics/plain-error';

/** What each file says, by relative path with slashes. It is asked for when the file is written: a large app has no room for all at a time. */
export type FileTexts = ReadonlyMap<string, () => string>;

/** Files to write below one folder. */
export interface FileSet {
  readonly directory: string;
  readonly files: FileTexts;
  /**
   * The beginning of the names that this run is about; what an earlier run wrote under other names stays.
   *
   * @default - all names
   */
  readonly only?: string;
  /** Whether the folder is there in the end even if nothing lies in it. */
  readonly always?: boolean;
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
  const change = new Change();
  let written: string[];
  try {
    written = [...inPlace.map(file => prepareInPlace(file, change)), ...sets.flatMap(set => prepare(set, change))];
  } catch (problem) {
    change.undo();
    throwPlain(new PlainError(`The output cannot be written: ${(problem as Error).message}. What was there before is unchanged.`));
  }
  try {
    change.carryOut();
  } catch (problem) {
    change.undo();
    throwPlain(new PlainError(`The output is written in part only: ${(problem as Error).message}.`));
  }
  return written;
}

function prepareInPlace(file: InPlaceFile, change: Change): string {
  if (!mayWrite(file)) {
    throw new Error(`'${file.path}' was not written by this library`);
  }
  change.write(path.join(...file.path.split('/')), file.text);
  return file.path;
}

function prepare({ directory, files, only = '', always = false }: FileSet, change: Change): string[] {
  const earlier = readList(directory);
  if (always) {
    change.makeFolder(directory);
  }
  if (files.size === 0 && earlier.length === 0) {
    return [];
  }
  const target = (name: string): string => path.join(directory, ...name.split('/'));
  const names = [...files.keys()].sort();
  const targets = names.map(target);
  names.forEach((name, index) => change.write(targets[index], files.get(name)!()));
  const others = earlier.filter(name => !name.startsWith(only) && !files.has(name));
  change.write(target(LIST), [...names, ...others].sort().map(name => `${name}\n`).join(''));
  earlier.filter(name => name.startsWith(only) && !files.has(name)).forEach(name => change.remove(target(name)));
  return targets;
}

/** A change of files that is prepared beside them, where it can still fail. */
class Change {
  private readonly temporaries: string[] = [];
  private readonly stale: string[] = [];
  /** The folders that were made, each before those above it. */
  private readonly made: string[] = [];
  /** What lies in each folder; nothing is asked twice. */
  private readonly folders = new Map<string, ReadonlySet<string>>();

  /** Makes a folder, and those above it. */
  public makeFolder(folder: string): void {
    this.entriesOf(folder);
  }

  public write(file: string, text: string): void {
    const exists = this.entriesOf(path.dirname(file)).has(path.basename(file));
    if (exists && fs.statSync(file).isDirectory()) {
      throw new Error(`'${file}' is a folder`);
    }
    if (!exists || fs.readFileSync(file, 'utf8') !== text) {
      this.temporaries.push(file);
      fs.writeFileSync(file + TEMPORARY, text);
    }
  }

  public remove(file: string): void {
    this.stale.push(file);
  }

  public carryOut(): void {
    this.temporaries.forEach(file => fs.renameSync(file + TEMPORARY, file));
    this.stale.forEach(file => fs.rmSync(file, { force: true }));
    // A run that was killed leaves what it had prepared.
    for (const [folder, entries] of this.folders) {
      [...entries].filter(name => name.endsWith(TEMPORARY)).forEach(name => fs.rmSync(path.join(folder, name), { force: true }));
    }
  }

  public undo(): void {
    this.temporaries.forEach(file => fs.rmSync(file + TEMPORARY, { force: true }));
    // From the innermost on, and only as far as they are empty.
    this.made.forEach(folder => attempt(() => fs.rmdirSync(folder)));
  }

  private entriesOf(folder: string): ReadonlySet<string> {
    const known = this.folders.get(folder);
    if (known) {
      return known;
    }
    const first = fs.mkdirSync(folder, { recursive: true });
    const chain: string[] = [];
    for (let made = path.resolve(folder); first !== undefined && made.length >= path.resolve(first).length; made = path.dirname(made)) {
      chain.push(made);
    }
    this.made.unshift(...chain);
    const entries = new Set(first === undefined ? fs.readdirSync(folder) : []);
    this.folders.set(folder, entries);
    return entries;
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Only names that stay below the folder count, whatever the list says. */
function readList(directory: string): string[] {
  const text = attempt(() => fs.readFileSync(path.join(directory, LIST), 'utf8')) ?? '';
  return text.split('\n').filter(name => name !== '' && !path.isAbsolute(name) && !name.split('/').includes('..'));
}
