import { compareStrings, sortedEntries } from '../definition/json';
import { holdsCredentials } from '../definition/secret-names';
import { type Report, within } from '../diagnostics/report';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** A piece of the value of a key that is made of others. */
export interface ComposedPart {
  readonly text?: string;
  /** The key whose value stands here, encoded as URLs want it. */
  readonly key?: string;
}

/** The pieces of a template: `postgres://shop:{password}@db` is made of a text, a key and a text. */
export function partsOf(template: string): ComposedPart[] {
  const parts: ComposedPart[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    parts.push({ text: template.slice(end, match.index) }, { key: match[1] });
    end = match.index + match[0].length;
  }
  return [...parts, { text: template.slice(end) }].filter(({ text }) => text !== '');
}

/** The keys that a template reads, each once. */
export function keysIn(template: string): string[] {
  return [...new Set(partsOf(template).flatMap(({ key }) => key ?? []))];
}

/** Reports what is wrong with keys that are made of others. */
export function checkComposedKeys(templates: { readonly [key: string]: string }, plain: readonly string[], report: Report): void {
  for (const [name, template] of sortedEntries(templates)) {
    const here = within(report, `composedKeys['${name}']`);
    const read = keysIn(template);
    if (plain.includes(name)) {
      here({ code: 'duplicate-key', message: `The key '${name}' has a value of its own already.`, remedy: 'Name it once.' });
    }
    if (read.length === 0) {
      here({
        code: 'invalid-value',
        message: 'The template reads no other key, so the value would be the same for everybody who reads the manifest.',
        remedy: "Put a key in braces, for example 'postgres://shop:{password}@db:5432/shop'.",
      });
    }
    // A key in braces stands for what nobody knows yet.
    if (holdsCredentials(template.replace(PLACEHOLDER, '<key>'))) {
      here({ code: 'secret-literal', message: 'The template holds a password.', remedy: "Put a key in its place, for example '{password}'." });
    }
    read.filter(key => !plain.includes(key)).forEach(key => here({
      code: 'unknown-key',
      message: `There is no key '${key}' with a value of its own.`,
      remedy: plain.length === 0 ? "Add it to 'generatedKeys'." : `Write one of ${[...plain].sort(compareStrings).map(known => `'${known}'`).join(', ')}.`,
    }));
  }
}
