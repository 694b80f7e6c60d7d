/** What a program listens on, as its Dockerfile says. */
export interface ExposedPorts {
  /** TCP ports, as they are written. */
  readonly tcp: readonly number[];
  /** Where that is said. */
  readonly file?: string;
}

/** Where nobody says anything. */
export const DEFAULT_PORTS: ExposedPorts = { tcp: [] };

const INSTRUCTION = /^\s*(FROM|ARG|ENV|EXPOSE)\s+(.*)$/i;
const HEREDOC = /<<-?\s*["']?([A-Za-z_]\w*)["']?/;
const MAX_PORT = 65535;

/** The TCP ports that the last stage of a Dockerfile exposes; variables are those that it gives a value. */
export function dockerfilePorts(text: string, file: string): ExposedPorts {
  const values = new Map<string, string>();
  let tcp: number[] = [];
  for (const line of instructions(text)) {
    const [, word, rest] = INSTRUCTION.exec(line) ?? [];
    switch (word?.toUpperCase()) {
      case 'FROM':
        tcp = [];
        break;
      case 'ARG':
      case 'ENV':
        assignments(rest).forEach(([name, value]) => values.set(name, substitute(value, values)));
        break;
      case 'EXPOSE':
        tcp.push(...substitute(rest, values).split(/\s+/).flatMap(portsOf));
        break;
    }
  }
  return { tcp: [...new Set(tcp)], file };
}

/** The instructions, one a line, without comments and what is fed to a command. */
function instructions(text: string): string[] {
  const escape = /^#\s*escape\s*=\s*`/m.test(text) ? '`' : '\\';
  const found: string[] = [];
  let begun = '';
  let until: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (until !== undefined) {
      until = line.trim() === until ? undefined : until;
    } else if (!/^\s*#/.test(line)) {
      const trimmed = line.trimEnd();
      if (trimmed.endsWith(escape)) {
        begun += `${trimmed.slice(0, -1)} `;
      } else {
        found.push(begun + trimmed);
        until = /^\s*(RUN|COPY|ADD)\b/i.test(begun + trimmed) ? HEREDOC.exec(begun + trimmed)?.[1] : undefined;
        begun = '';
      }
    }
  }
  return [...found, begun];
}

/** `A=1 B="two"`, and the old `ENV A 1`. */
function assignments(text: string): [string, string][] {
  const pairs = [...text.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)/g)].map(([, name, value]): [string, string] => [name, value.replace(/^(["'])(.*)\1$/, '$2')]);
  const [, name, value] = /^([A-Za-z_]\w*)\s+(.+)$/.exec(text.trim()) ?? [];
  return pairs.length > 0 || name === undefined ? pairs : [[name, value]];
}

function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\{([A-Za-z_]\w*)(?::-([^}]*))?\}|([A-Za-z_]\w*))/g, (_, braced, otherwise, plain) => values.get(braced ?? plain) ?? otherwise ?? '');
}

/** One word of EXPOSE: a port or a range, of TCP unless it says otherwise. A range is as many ports as nobody serves by hand: its first counts. */
function portsOf(word: string): number[] {
  const [, first] = /^(\d+)(?:-\d+)?(?:\/tcp)?$/i.exec(word.replace(/["']/g, '')) ?? [];
  const port = Number(first);
  return port >= 1 && port <= MAX_PORT ? [port] : [];
}
