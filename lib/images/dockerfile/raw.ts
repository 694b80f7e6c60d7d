/** One instruction as somebody wrote it, taken apart as far as a check must see. */
export interface ParsedInstruction {
  readonly keyword: string;
  /** `--name=value`, or `--name` with no value. */
  readonly flags: readonly { readonly name: string; readonly value?: string }[];
  /** What follows, without line continuations and comments. */
  readonly text: string;
  /** The words of a list in brackets. */
  readonly list?: readonly string[];
}

/** Every instruction that there is. MAINTAINER has been replaced by a label. */
const KEYWORDS = new Set(['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);
const HEREDOC = /<<-?(["']?)([A-Za-z_]\w*)\1/g;

/**
 * The instructions of a text; what is no instruction comes back as a text that says why.
 *
 * @see https://docs.docker.com/reference/dockerfile/
 */
export function parseInstructions(text: string): (ParsedInstruction | string)[] {
  const lines = text.split(/\r?\n/);
  const found: (ParsedInstruction | string)[] = [];
  while (lines.length > 0) {
    let line = lines.shift()!;
    if (/^\s*(#|$)/.test(line)) {
      continue;
    }
    while (/\\\s*$/.test(line) && lines.length > 0) {
      const next = lines.shift()!;
      line = /^\s*#/.test(next) ? line : `${line.replace(/\\\s*$/, '')}${next}`;
    }
    if (/\\\s*$/.test(line)) {
      found.push(`'${shorten(line)}' is continued by nothing.`);
      break;
    }
    const [, word = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(line)!;
    const keyword = word.toUpperCase();
    const fault = ['RUN', 'COPY', 'ADD'].includes(keyword) ? skipHeredocs(rest, lines) : undefined;
    found.push(fault ?? (KEYWORDS.has(keyword) ? takeApart(keyword, rest) : `'${shorten(line)}' is no instruction of a Dockerfile.`));
  }
  return found;
}

/** Takes the bodies of here-documents off the lines. */
function skipHeredocs(text: string, lines: string[]): string | undefined {
  for (const [, , end] of text.matchAll(HEREDOC)) {
    const at = lines.findIndex(line => line.trim() === end);
    if (at < 0) {
      lines.length = 0;
      return `The here-document that ends with '${end}' has no end.`;
    }
    lines.splice(0, at + 1);
  }
  return undefined;
}

function takeApart(keyword: string, rest: string): ParsedInstruction {
  const flags: { name: string; value?: string }[] = [];
  let text = rest.trim();
  for (let flag = FLAG.exec(text); flag; flag = FLAG.exec(text)) {
    flags.push({ name: flag[1], ...flag[2] !== undefined && { value: flag[2] } });
    text = text.slice(flag[0].length);
  }
  const list = parseList(text);
  return { keyword, flags, text, ...list && { list } };
}

const FLAG = /^--([a-z-]+)(?:=(\S*))?(?:\s+|$)/;

function parseList(text: string): string[] | undefined {
  if (!text.startsWith('[')) {
    return undefined;
  }
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every(word => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed;
}
