import { Yaml } from 'cdk8s';

/** Thrown inside the writer where only the library knows the bytes. */
const NOT_PLAIN = new Error('not plain');

/** Begins with a letter or slash, and holds nothing that YAML reads as anything but a piece of text. */
const SAFE = /^[A-Za-z/](?:[\w/.@%+=,()$-]|:(?=[\w/.@%+=,()$-])| (?=[\w/.@%+=,()$-]))*$/;
/** Words of YAML 1.1, and an exponent whose number the library takes for empty. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;
/** Begins with a digit and is no number all the same: sizes, digests in hexadecimal. */
const ALPHANUMERIC = /^\d[0-9A-Za-z]*$/;
const NUMBER = /^(?:\d+|\d+e\d+|0[box][0-9a-f]*)$/i;
/** Long keys are written in another way, and long texts are not worth remembering. */
const LONG = 500;
const DOCUMENT_MARKER = /^(?:---|\.\.\.)/;
const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/;

/** What the library makes of texts that need a closer look. An app repeats few of them often. */
const QUOTED = new Map<string, string>();
const QUOTED_MAX = 10_000;

/**
 * Manifests as a YAML stream, byte for byte as cdk8s writes them. Plain data is written directly, which takes a fraction of the time;
 * a document with anything unusual (texts of several lines, shared objects) goes through the library that cdk8s uses.
 */
export function stringifyManifests(documents: readonly object[]): string {
  return joinDocuments(documents.map(document => isCollection(document) && isTree(document, new Set()) ? stringifyTree(document) : Yaml.stringify(document)));
}

/** The stream of documents that are written already. */
export function joinDocuments(documents: readonly string[]): string {
  return documents.join('---\n');
}

/** The same for one document that mentions each of its objects once; the library writes the second mention as an alias. */
export function stringifyTree(document: object): string {
  try {
    const writer = new Writer();
    writer.document(document);
    return writer.text;
  } catch (problem) {
    if (problem === NOT_PLAIN) {
      return Yaml.stringify(document);
    }
    throw problem;
  }
}

function isTree(value: unknown, seen: Set<unknown>): boolean {
  if (!isCollection(value)) {
    return true;
  }
  return !seen.has(value) && seen.add(value) && Object.values(value).every(item => isTree(item, seen));
}

class Writer {
  public text = '';

  public document(value: object): void {
    if (isEmpty(value)) {
      this.text += Array.isArray(value) ? '[]\n' : '{}\n';
    } else {
      this.collection(value, '');
    }
  }

  /** The entries of a collection; the indentation of the first one is written already. */
  private collection(value: object, indent: string): void {
    if (Array.isArray(value)) {
      this.list(value, indent);
    } else if (value.constructor === Object) {
      this.map(value as { [key: string]: unknown }, indent);
    } else {
      throw NOT_PLAIN;
    }
  }

  private list(list: readonly unknown[], indent: string): void {
    const deeper = `${indent}  `;
    for (let index = 0; index < list.length; index++) {
      this.text += index === 0 ? '- ' : `${indent}- `;
      const item = list[index];
      if (isCollection(item) && !isEmpty(item)) {
        this.collection(item, deeper);
      } else {
        this.text += `${scalar(item)}\n`;
      }
    }
  }

  private map(map: { readonly [key: string]: unknown }, indent: string): void {
    const deeper = `${indent}  `;
    let first = true;
    for (const key of Object.keys(map)) {
      if (key.length > LONG) {
        throw NOT_PLAIN;
      }
      this.text += first ? quoted(key) : indent + quoted(key);
      first = false;
      const value = map[key];
      if (isCollection(value) && !isEmpty(value)) {
        this.text += `:\n${deeper}`;
        this.collection(value, deeper);
      } else {
        this.text += `: ${scalar(value)}\n`;
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
      return quoted(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        return String(value);
      }
      throw NOT_PLAIN;
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
      throw NOT_PLAIN;
    default:
      throw NOT_PLAIN;
  }
}

function quoted(value: string): string {
  const plain = SAFE.test(value) ? !RESERVED.test(value) : ALPHANUMERIC.test(value) && !NUMBER.test(value);
  return plain ? value : QUOTED.get(value) ?? quote(value);
}

function quote(value: string): string {
  // What spans lines depends on where it stands.
  if (value.length > LONG || LINE_BREAK.test(value) || DOCUMENT_MARKER.test(value)) {
    throw NOT_PLAIN;
  }
  const text = Yaml.stringify(value as unknown as object).slice(0, -1);
  if (text.includes('\n')) {
    throw NOT_PLAIN;
  }
  if (QUOTED.size >= QUOTED_MAX) {
    QUOTED.clear();
  }
  QUOTED.set(value, text);
  return text;
}
