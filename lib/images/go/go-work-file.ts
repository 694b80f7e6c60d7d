import { directives, localFolder } from './go-mod-file';

/** What a go.work says, as far as an image depends on it. */
export interface GoWorkFile {
  readonly go?: string;
  readonly toolchain?: string;
  /** The folders of its modules, as they are written. */
  readonly uses: readonly string[];
  /** Folders that replace modules for all of them. */
  readonly replacements: readonly string[];
}

/**
 * Reads a go.work.
 *
 * @see https://go.dev/ref/mod#go-work-file
 */
export function parseGoWork(content: string): GoWorkFile {
  const found: { -readonly [K in 'go' | 'toolchain']?: string } = {};
  const uses: string[] = [];
  const replacements: string[] = [];
  for (const [directive, ...words] of directives(content)) {
    if (directive === 'go') {
      found.go = words[0];
    } else if (directive === 'toolchain' && /^go\d/.test(words[0] ?? '')) {
      found.toolchain = words[0].slice(2).replace(/-.*$/, '');
    } else if (directive === 'use' && words.length > 0) {
      uses.push(words[0]);
    } else if (directive === 'replace') {
      const folder = localFolder(words);
      replacements.push(...folder === undefined ? [] : [folder]);
    }
  }
  return { ...found, uses, replacements };
}
