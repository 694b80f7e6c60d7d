/** What a go.mod says, as far as an image depends on it. */
export interface GoModFile {
  /** The path of the module. */
  readonly module?: string;
  /** The version of the language that the module asks for, for example `1.25.0`. */
  readonly go?: string;
  /** The toolchain that the module suggests, without its `go` prefix. */
  readonly toolchain?: string;
  /** The paths of the modules that it requires. */
  readonly requires: readonly string[];
  /** Modules that are replaced by a folder. */
  readonly localReplacements: readonly LocalReplacement[];
}

export interface LocalReplacement {
  readonly module: string;
  /** The folder, relative to the module, as it is written. */
  readonly folder: string;
}

/**
 * Reads a go.mod. What it does not know it skips: the go command checks the rest.
 *
 * @see https://go.dev/ref/mod#go-mod-file
 */
export function parseGoMod(content: string): GoModFile {
  const found: { -readonly [K in 'module' | 'go' | 'toolchain']?: string } = {};
  const requires: string[] = [];
  const localReplacements: LocalReplacement[] = [];
  for (const [directive, ...words] of directives(content)) {
    const folder = localFolder(words);
    if (directive === 'module' || directive === 'go') {
      found[directive] = words[0];
    } else if (directive === 'toolchain' && /^go\d/.test(words[0] ?? '')) {
      // A vendor's suffix, as in go1.25.3-acme, names no published image; `default` means none.
      found.toolchain = words[0].slice(2).replace(/-.*$/, '');
    } else if (directive === 'require' && words.length > 0) {
      requires.push(words[0]);
    } else if (directive === 'replace' && folder !== undefined) {
      localReplacements.push({ module: words[0], folder });
    }
  }
  return { ...found, requires, localReplacements };
}

/** The folder on the right of a replacement; nothing where that is a module. */
export function localFolder(words: readonly string[]): string | undefined {
  const arrow = words.indexOf('=>');
  const replacement = words[arrow + 1] ?? '';
  return arrow > 0 && /^\.{0,2}\//.test(replacement) ? replacement : undefined;
}

/** Each directive with its arguments; those of a block carry the name of the block. */
export function directives(content: string): string[][] {
  const found: string[][] = [];
  let block: string | undefined;
  for (const line of content.split(/\r?\n/)) {
    const words = [...line.replace(/(^|\s)\/\/.*$/, '').matchAll(/"[^"]*"|`[^`]*`|[()]|[^\s()]+/g)].map(([word]) => word.replace(/^["`]|["`]$/g, ''));
    if (words.length === 0) {
      continue;
    }
    if (block !== undefined && words[0] === ')') {
      block = undefined;
    } else if (words[1] === '(') {
      block = words[0];
    } else {
      found.push(block === undefined ? words : [block, ...words]);
    }
  }
  return found;
}
