import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BESIDE = resolve(__dirname, '../../shared/corpus');

/** Where the corpus of real applications is: beside the project, or where CORPUS says; nothing where it is not there. */
export function corpusFolder(): string | undefined {
  const folder = process.env.CORPUS ?? BESIDE;
  return existsSync(join(folder, 'facts.tsv')) ? folder : undefined;
}
