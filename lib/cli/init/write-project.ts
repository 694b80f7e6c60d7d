import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import type { ProjectFile } from './project-files';

/** What a project can share with what was there before: its lines are said, not written. */
const SHARED = '.gitignore';

/** What became of the files. */
export interface Written {
  readonly paths: readonly string[];
  /** The lines that a .gitignore which was there should have. */
  readonly ignore: readonly string[];
}

/**
 * Writes a project, or nothing: where one of its files is there already, where the disk refuses one.
 *
 * @returns the files that are there already, where there are some
 */
export function writeProject(directory: string, files: readonly ProjectFile[]): Written | readonly string[] {
  const present = files.filter(({ path }) => exists(join(directory, path)));
  const inTheWay = present.filter(({ path }) => path !== SHARED).map(({ path }) => path);
  if (inTheWay.length > 0) {
    return inTheWay;
  }
  const wanted = files.filter(file => !present.includes(file));
  const written: string[] = [];
  const made: string[] = [];
  try {
    for (const { path, text } of wanted) {
      const first = mkdirSync(dirname(join(directory, path)), { recursive: true });
      made.push(...first === undefined ? [] : [first]);
      // A file that came in between is left alone as well.
      writeFileSync(join(directory, path), text, { flag: 'wx' });
      written.push(path);
    }
  } catch (problem) {
    written.forEach(path => rmSync(join(directory, path)));
    made.forEach(folder => rmSync(folder, { recursive: true }));
    throw problem;
  }
  return { paths: written, ignore: present.flatMap(({ path, text }) => missingLines(join(directory, path), text)) };
}

function missingLines(file: string, text: string): string[] {
  const spelling = (line: string): string => line.trim().replace(/^\/|\/$/g, '');
  const known = new Set(readFileSync(file, 'utf8').split(/\r?\n/).map(spelling));
  return text.split('\n').filter(line => line !== '' && !known.has(spelling(line)));
}

/** Whether something has the name, a link that leads nowhere included. */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
