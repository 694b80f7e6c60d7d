import type { Dirent } from 'fs';
import { compareStrings } from '../../definition/json';
import { entriesOf, readText, statOf } from '../source-files';

/** A pattern of a `//go:embed` line, relative to the module. */
export interface Embed {
  readonly pattern: string;
  /** Whether it names one file, rather than a folder or several. */
  readonly isFile: boolean;
}

/**
 * What the packages of a module embed. The go command looks into neither `testdata` nor folders that begin with a dot or an underscore,
 * nor into other modules; neither does this.
 *
 * @see https://pkg.go.dev/embed
 * @param folder the module
 */
export function findEmbeds(folder: string): Embed[] {
  const found = new Map<string, Embed>();
  const visit = (inside: string): void => {
    const at = (name: string): string => inside === '' ? name : `${inside}/${name}`;
    const entries = entriesOf(`${folder}/${inside}`);
    if (inside !== '' && entries.some(({ name }) => name === 'go.mod')) {
      return;
    }
    for (const entry of entries) {
      if (entry.isDirectory() && !isIgnored(entry, inside)) {
        visit(at(entry.name));
      } else if (entry.isFile() && entry.name.endsWith('.go') && !entry.name.endsWith('_test.go')) {
        for (const pattern of embedPatterns(readText(`${folder}/${at(entry.name)}`) ?? '')) {
          const path = at(pattern);
          found.set(path, { pattern: path, isFile: statOf(`${folder}/${path}`)?.isFile() ?? false });
        }
      }
    }
  };
  visit('');
  return [...found.values()].sort((a, b) => compareStrings(a.pattern, b.pattern));
}

function isIgnored({ name }: Dirent, inside: string): boolean {
  return /^[._]/.test(name) || name === 'testdata' || name === 'node_modules' || (inside === '' && name === 'vendor');
}

/** The patterns of a Go file, without the `all:` that admits hidden files of a folder. */
function embedPatterns(source: string): string[] {
  return [...source.matchAll(/^\/\/go:embed[ \t]+(.+)$/gm)].flatMap(([, line]) =>
    [...line.matchAll(/"((?:[^"\\]|\\.)*)"|`([^`]*)`|(\S+)/g)].map(([, quoted, raw, plain]) => (quoted ?? raw ?? plain).replace(/^all:/, '')));
}
