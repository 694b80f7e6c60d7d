import { partsOf, type Text } from './text';

/** One command of a POSIX shell. */
export interface Command {
  /** Variables for this command alone. */
  readonly env?: { readonly [name: string]: Text };
  readonly words: readonly Text[];
  /** The file that takes what it prints. */
  readonly output?: string;
}

/** The words of a command as a shell reads them, the variables first. */
export function renderWords({ env = {}, words, output }: Command): string[] {
  return [
    ...Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`),
    ...words.map(quote),
    ...output === undefined ? [] : [`> ${quote(output)}`],
  ];
}

const PLAIN = /^[\w%+,./:@=-]+$/;
/** What keeps a meaning between double quotes. */
const SPECIAL = /[\\"$`]/g;

function quote(value: Text): string {
  const parts = partsOf(value);
  const literal = parts.filter(part => typeof part === 'string').join('');
  if (parts.every(part => typeof part === 'string') && PLAIN.test(literal)) {
    return literal;
  }
  // From `-flag=` on, so that `-ldflags="-s -w"` reads the way people write it.
  const [prefix] = typeof parts[0] === 'string' ? /^-[\w-]+=/.exec(parts[0]) ?? [''] : [''];
  const inner = parts.map(part => typeof part === 'string'
    ? part.replace(SPECIAL, '\\$&')
    : `\${${part.variable}${part.withoutPrefix === undefined ? '' : `#${part.withoutPrefix}`}}`).join('');
  return `${prefix}"${inner.slice(prefix.length)}"`;
}
