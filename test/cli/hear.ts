import { runCommand } from '../../lib/cli/commands';
import type { Surroundings } from '../../lib/cli/images-lock';

/** What a command has done: its exit status, and its lines for both outputs. */
export interface Heard {
  readonly status: number;
  readonly said: string[];
  readonly complained: string[];
}

/** Runs a command in a folder. Where nothing else is given, it may ask no registry and knows no login. */
export async function hear(args: readonly string[], folder: string, given: Partial<Pick<Surroundings, 'fetch' | 'login'>> = {}): Promise<Heard> {
  const [said, complained]: string[][] = [[], []];
  const status = await runCommand(args, folder, {
    fetch: async () => Promise.reject(new Error('Nobody is asked.')),
    login: async () => undefined,
    ...given,
    say: line => said.push(line),
    complain: line => complained.push(line),
  });
  return { status, said, complained };
}
