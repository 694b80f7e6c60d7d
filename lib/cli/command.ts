import { parseArgs } from 'util';
import type { Surroundings } from './images-lock';

/** Exit statuses: as asked, not as asked, and not understood or not possible. */
export const [DONE, FAILED, MISUSED] = [0, 1, 2];

/** An option of a command. */
export interface Option {
  /** What stands behind it, such as `FILE`; nothing where it takes no value. */
  readonly value?: string;
  /** The values that it can have. */
  readonly choices?: readonly string[];
  readonly default?: string;
  readonly description: string;
}

/** What was written behind the name of a command. */
export interface Request {
  /** The folder that everything is relative to. */
  readonly directory: string;
  readonly args: readonly string[];
  /** Of an option that takes a value, its default included. */
  value(option: string): string | undefined;
  /** Whether an option is given that takes none. */
  has(option: string): boolean;
}

/** One thing that `cdk8s-golden-path` can do. */
export interface Command {
  /** The words that call it. */
  readonly name: string;
  /** What stands behind them, besides options. */
  readonly args: string;
  /** How many there have to be; any number where it is left out. */
  readonly count?: number;
  /** Begins with a sentence that says it all. */
  readonly description: string;
  readonly options: { readonly [name: string]: Option };
  /** @returns its exit status */
  run(request: Request, surroundings: Surroundings): number | Promise<number>;
}

const PROGRAM = 'cdk8s-golden-path';
const HELP: Option = { description: 'this text' };

/**
 * Runs the command that the first words name.
 *
 * @param args what was written behind the name of the program
 * @returns its exit status
 */
export async function dispatch(
  commands: readonly Command[], args: readonly string[], directory: string, surroundings: Surroundings,
): Promise<number> {
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => word === args[index]));
  if (!command) {
    return withoutCommand(commands, args, surroundings);
  }
  const parsed = parse(command, args.slice(command.name.split(' ').length));
  if (typeof parsed === 'string') {
    surroundings.complain(`${parsed}\n\n${usage(command)}`);
    return MISUSED;
  }
  if (parsed.values.help === true) {
    surroundings.say(usage(command));
    return DONE;
  }
  return command.run({
    directory,
    args: parsed.positionals,
    value: option => parsed.values[option] as string | undefined,
    has: option => parsed.values[option] === true,
  }, surroundings);
}

function withoutCommand(commands: readonly Command[], args: readonly string[], { say, complain }: Surroundings): number {
  const list = [
    `Usage: ${PROGRAM} COMMAND`,
    '',
    'Commands:',
    ...columns(commands.map(({ name, args: behind, description }) => [`${name} ${behind}`.trimEnd(), description.replace(/\.(\s[^]*)?$/, '')])),
    '',
    `${PROGRAM} COMMAND --help says more.`,
  ].join('\n');
  if (args[0] === '--help' || args[0] === '-h') {
    say(list);
    return DONE;
  }
  const words = args.findIndex(word => word.startsWith('-'));
  const called = args.slice(0, Math.min(2, words < 0 ? args.length : words)).join(' ');
  complain(`${called === '' ? 'There is no command' : `'${called}' is no command`}.\n\n${list}`);
  return MISUSED;
}

interface Parsed {
  readonly values: { readonly [option: string]: string | boolean | undefined };
  readonly positionals: readonly string[];
}

/** @returns what is wrong where it is a text */
function parse({ name, args: behind, count, options }: Command, args: readonly string[]): Parsed | string {
  let parsed: Parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(Object.entries({ ...options, help: HELP }).map(([option, { value, default: standard }]) => [option, {
        type: value === undefined ? 'boolean' as const : 'string' as const,
        ...option === 'help' && { short: 'h' },
        ...standard !== undefined && { default: standard },
      }])),
    }) as Parsed;
  } catch (problem) {
    const { code, message } = problem as NodeJS.ErrnoException;
    const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'(-[^']*)'/.exec(message)?.[1] : undefined;
    return unknown === undefined ? message.split('\n')[0] : `'${name}' has no option '${unknown}'.`;
  }
  if (parsed.values.help !== true && count !== undefined && parsed.positionals.length !== count) {
    return count === 0
      ? `'${name}' takes no '${parsed.positionals[0]}'.`
      : `'${name}' takes ${behind}; ${parsed.positionals.length === 0 ? 'none is given' : `given: ${parsed.positionals.join(' ')}`}.`;
  }
  const { values } = parsed;
  const wrong = Object.entries(options).find(([option, { choices }]) =>
    choices && values[option] !== undefined && !choices.includes(String(values[option])));
  return wrong ? `There is no --${wrong[0]} '${values[wrong[0]]}': write ${wrong[1].choices!.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.` : parsed;
}

function usage({ name, args, description, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, default: standard, description: text }]) =>
    [`--${option}${value === undefined ? '' : ` ${value}`}`, `${text}${standard === undefined ? '' : ` (default: ${standard})`}`]);
  return [
    `Usage: ${[PROGRAM, name, '[options]', args].filter(part => part !== '').join(' ')}`,
    '',
    description,
    '',
    'Options:',
    ...columns([...rows, ['-h, --help', HELP.description]]),
  ].join('\n');
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
