import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from '../../tools/corpus-folder';
import { findProgram, run } from '../support/real-runs/processes';

/** What must be true of any output that is equivalent to an original, as a jq expression over the array of its objects. */
export interface Fact {
  readonly id: string;
  readonly text: string;
  readonly expression: string;
}

/** How an output compares with an original. */
export interface Comparison {
  /** The first line that the comparison prints: its figures. */
  readonly figures: string;
  /** What is missing or different, each on a line. */
  readonly faults: readonly string[];
}

/** Real applications as their authors publish them, beside the project or where CORPUS says. */
export class Corpus {
  /** @returns nothing where it is not there */
  public static find(): Corpus | undefined {
    const folder = corpusFolder();
    return folder === undefined ? undefined : new Corpus(folder);
  }

  private constructor(private readonly folder: string) {}

  /** The applications, each with what must be true of it. */
  public get facts(): ReadonlyMap<string, readonly Fact[]> {
    const facts = new Map<string, Fact[]>();
    for (const line of readFileSync(join(this.folder, 'facts.tsv'), 'utf8').split('\n').filter(text => text !== '')) {
      const [application, id, text, expression] = line.split('\t');
      facts.set(application, [...facts.get(application) ?? [], { id, text, expression }]);
    }
    return facts;
  }

  public original(application: string): string {
    return join(this.folder, application, 'original.yaml');
  }

  /** Compares manifests with an original, by what they mean. */
  public async compare(application: string, manifests: string): Promise<Comparison> {
    const { stdout, stderr, status } = await run(demand('python3'), [join(this.folder, 'manifest-diff.py'), this.original(application), manifests, '-v']);
    const [figures = '', ...lines] = stdout.split('\n');
    if (!figures.includes('coverage')) {
      throw new Error(`the comparison ended with status ${status} and no figures\n${stderr}`);
    }
    const faults = lines.map(line => line.trim()).filter(line => line.startsWith('~ ') || line.startsWith('- '));
    if (faults.length === 0 && status !== 0) {
      throw new Error(`${figures}\n${stderr}`);
    }
    return { figures: figures.replace(/\s+/g, ' '), faults };
  }
}

/** Whether a fact is true of objects. */
export async function holds({ expression }: Fact, objects: readonly object[]): Promise<boolean> {
  const { stdout, stderr } = await run(demand('jq'), [expression], { input: JSON.stringify(objects) });
  if (!/^(true|false)\n$/.test(stdout)) {
    throw new Error(`the fact is neither true nor false: ${stdout}${stderr}`);
  }
  return stdout === 'true\n';
}

function demand(name: string): string {
  const program = findProgram(name);
  if (!program) {
    throw new Error(`${name} is needed to read the corpus`);
  }
  return program;
}
