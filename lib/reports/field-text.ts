import { Yaml } from 'cdk8s';
import { align } from './alignment';
import type { FieldChange } from './value-diff';

/** A line of a report: whether it is gone, new, other than before, or says where the others are. */
export interface ReportLine {
  readonly mark: '+' | '-' | '~' | ' ';
  readonly text: string;
}

/** Two values that are longer do not stand on one line. */
const WIDTH = 120;
/** Reads as itself, and as nothing but text. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null|~|[-+.\d][\d.eE_:+-]*)$)[^\s"'`{}[\],&*#?|<>=!%@\\-][^\s"'`\\]*(?: [^\s"'`\\]+)*$/i;

/** The lines that say how a field has changed. */
export function fieldLines({ path, before, after, hidden }: FieldChange): ReportLine[] {
  const mark = before === undefined ? '+' : after === undefined ? '-' : '~';
  if (hidden) {
    return [{ mark, text: `${path}: ${{ '+': 'added', '-': 'removed', '~': 'changed' }[mark]}, its value is not shown` }];
  }
  const [old, young] = [before, after].map(value => value === undefined ? [] : valueLines(value));
  const together = [...old, ...young].join(' → ');
  if (old.length <= 1 && young.length <= 1 && together.length <= WIDTH) {
    return [{ mark, text: `${path}: ${together}` }];
  }
  return [{ mark, text: `${path}:` }, ...changedLines(old, young).map(line => ({ ...line, text: `  ${line.text}` }))];
}

/** A value as one reads it; lists of plain values stand on one line. */
export function valueLines(value: unknown): string[] {
  if (typeof value === 'string') {
    return value.includes('\n') ? value.split('\n') : [PLAIN.test(value) ? value : JSON.stringify(value)];
  }
  if (typeof value !== 'object' || value === null) {
    return [String(value)];
  }
  if (Array.isArray(value) && value.every(item => typeof item !== 'object' || item === null)) {
    return [`[${value.map(item => JSON.stringify(item)).join(', ')}]`];
  }
  return Yaml.stringify(value).trimEnd().split('\n');
}

function changedLines(before: readonly string[], after: readonly string[]): ReportLine[] {
  return align(before, after).flatMap((pair): ReportLine[] => pair.before === undefined
    ? [{ mark: '+', text: after[pair.after!] }]
    : pair.after === undefined ? [{ mark: '-', text: before[pair.before] }] : []);
}
