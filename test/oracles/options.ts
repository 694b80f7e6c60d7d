import { parseArgs } from 'node:util';

export interface Options {
  /** The checkers to run; nothing means all of them. */
  readonly only?: readonly string[];
  /** Whether nothing may be downloaded. */
  readonly offline: boolean;
  /** Whether what was judged stays on the disk. */
  readonly keep: boolean;
}

/** Reads the command line; a word that it does not know is a failure, not a run of everything. */
export function parseOptions(args: readonly string[], checkers: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true }, offline: { type: 'boolean' }, keep: { type: 'boolean' } },
  });
  const unknown = values.only?.find(name => !checkers.includes(name));
  if (unknown !== undefined) {
    throw new Error(`--only ${unknown}: there is no such checker; write one of ${checkers.join(', ')}`);
  }
  return { ...values.only && { only: values.only }, offline: values.offline ?? false, keep: values.keep ?? false };
}
