import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Finding } from './checker';

/** A finding that is right as it is. */
export interface Exception {
  readonly checker: string;
  readonly rule: string;
  /** Which objects, as `Kind/name`; `*` stands for any text. */
  readonly object?: string;
  /** Which files, as `output/file`; `*` stands for any text. */
  readonly file?: string;
  readonly reason: string;
}

const KEYS = ['checker', 'rule', 'object', 'file', 'reason'];

/** The findings that somebody has looked at and accepts, each with the reason. */
export class Exceptions {
  /** Reads and checks a file; a word that it does not know would be an exception that never holds. */
  public static read(file: string, checkers: readonly string[]): Exceptions {
    return Exceptions.of(parse(readFileSync(file, 'utf8')) ?? [], checkers);
  }

  public static of(list: readonly Exception[], checkers: readonly string[]): Exceptions {
    list.forEach((exception, index) => {
      const here = `exception ${index + 1}`;
      const unknown = Object.keys(exception).find(key => !KEYS.includes(key));
      if (unknown !== undefined) {
        throw new Error(`${here}: there is no '${unknown}'; write ${KEYS.join(', ')}`);
      }
      if (!checkers.includes(exception.checker)) {
        throw new Error(`${here}: '${exception.checker}' is none of the checkers ${checkers.join(', ')}`);
      }
      if (!exception.rule || !exception.reason?.trim() || (exception.object ?? exception.file) === undefined) {
        throw new Error(`${here} (${exception.checker} ${exception.rule}): a rule, a reason, and an object or a file are needed`);
      }
    });
    return new Exceptions(list);
  }

  private readonly used = new Set<Exception>();

  private constructor(private readonly list: readonly Exception[]) {}

  /** Whether a finding is accepted; what accepts it is needed. */
  public use(checker: string, finding: Finding): boolean {
    const matching = this.matching(checker, finding);
    matching.forEach(exception => this.used.add(exception));
    return matching.length > 0;
  }

  /** Whether a finding would be accepted. */
  public accepts(checker: string, finding: Finding): boolean {
    return this.matching(checker, finding).length > 0;
  }

  /** The exceptions of a checker that matched nothing. */
  public unused(checker: string): Exception[] {
    return this.list.filter(exception => exception.checker === checker && !this.used.has(exception));
  }

  private matching(checker: string, finding: Finding): Exception[] {
    return this.list.filter(exception => exception.checker === checker && exception.rule === finding.rule
      && matches(exception.object, finding.object ?? '') && matches(exception.file, `${finding.output}/${finding.file ?? ''}`));
  }
}

function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) {
    return true;
  }
  const expression = pattern.split('*').map(part => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')).join('.*');
  return new RegExp(`^${expression}$`, 's').test(text);
}
