import { Yaml } from 'cdk8s';

/** Thrown inside the writer where only the library knows the bytes. */
class NotPlain extends Error {}

/** Begins with a letter or slash, and holds nothing that YAML reads as anything but a piece of text. */
const SAFE = /^[A-Za-z/](?:[\w/.@%+=,()$-]|:(?=[\w/.@%+=,()$-])| (?=[\w/.@%+=,()$-]))*$/;
/** Words of YAML 1.1, and an exponent whose number the library takes for empty. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;
/** Long keys are written in another way, and long texts are not worth remembering. */
const LONG = 500;
const DOCUMENT_MARKER = /^(?:---|\.\.\.)/;

/** Single-line texts that need a closer look, by what the library makes of them. An app repeats few of them often. */
const QUOTED = new Map<string, string>();
const QUOTED_MAX = 10_000;

/**
 * Manifests as a YAML stream, byte for byte as cdk8s writes them. Plain data is written directly, which takes a fraction of the time;
 * a document with anything unusual (texts of several lines, shared objects) goes through the library that cdk8s uses.
 */
export function stringifyManifests(documents: readonly object[]): string {
  return documents.map(stringifyDocument).join('---\n');
}

function stringifyDocument(document: object): string {
  try {
    const out: string[] = [];
    new Writer(out).document(document);
    return out.join('');
  } catch (problem) {
    if (problem instanceof NotPlain) {
      return Yaml.stringify(document);
    }
    throw problem;
  }
}

class Writer {
  /** The library writes the second mention of an object as an alias. */
  private readonly seen = new Set<object>();

  public constructor(private readonly out: string[]) {}

  public document(value: object): void {
    if (isEmpty(value)) {
      this.out.push(Array.isArray(value) ? '[]\n' : '{}\n');
    } else {
      this.collection(value, '');
    }
  }

  /** The entries of a collection; the indentation of the first one is written already. */
  private collection(value: object, indent: string): void {
    if (this.seen.has(value)) {
      throw new NotPlain();
    }
    this.seen.add(value);
    if (Array.isArray(value)) {
      this.list(value, indent);
    } else if (value.constructor === Object) {
      this.map(value as { [key: string]: unknown }, indent);
    } else {
      throw new NotPlain();
    }
  }

  private list(list: readonly unknown[], indent: string): void {
    const deeper = `${indent}  `;
    for (let index = 0; index < list.length; index++) {
      this.out.push(index === 0 ? '- ' : `${indent}- `);
      const item = list[index];
      if (isCollection(item) && !isEmpty(item)) {
        this.collection(item, deeper);
      } else {
        this.out.push(scalar(item), '\n');
      }
    }
  }

  private map(map: { readonly [key: string]: unknown }, indent: string): void {
    const deeper = `${indent}  `;
    let first = true;
    for (const key in map) {
      if (key.length > LONG) {
        throw new NotPlain();
      }
      this.out.push(first ? '' : indent, text(key));
      first = false;
      const value = map[key];
      if (isCollection(value) && !isEmpty(value)) {
        this.out.push(':\n', deeper);
        this.collection(value, deeper);
      } else {
        this.out.push(': ', scalar(value), '\n');
      }
    }
  }
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: object): boolean {
  for (const _ in value) {
    return false;
  }
  return true;
}

function scalar(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        return String(value);
      }
      throw new NotPlain();
    case 'object':
      if (value === null) {
        return 'null';
      }
      // Only empty collections come here.
      if (Array.isArray(value)) {
        return '[]';
      }
      if (value.constructor === Object) {
        return '{}';
      }
      throw new NotPlain();
    default:
      throw new NotPlain();
  }
}

function text(value: string): string {
  if (SAFE.test(value) && !RESERVED.test(value)) {
    return value;
  }
  const known = QUOTED.get(value);
  if (known !== undefined) {
    return known;
  }
  // What spans lines depends on where it stands.
  if (value.length > LONG || /[\n\r\u0085\u2028\u2029]/.test(value) || DOCUMENT_MARKER.test(value)) {
    throw new NotPlain();
  }
  const quoted = Yaml.stringify(value as unknown as object).slice(0, -1);
  if (quoted.includes('\n')) {
    throw new NotPlain();
  }
  if (QUOTED.size >= QUOTED_MAX) {
    QUOTED.clear();
  }
  QUOTED.set(value, quoted);
  return quoted;
}
