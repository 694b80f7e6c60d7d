import { Lazy, Yaml } from 'cdk8s';

/** Thrown inside the writer where only cdk8s and its library know the bytes. */
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
/** Line breaks of which the library makes something else than a new line. */
const OTHER_BREAK = /[\r\u0085\u2028\u2029]/;
/** Matches nothing, and says so at the first letter. */
const LOOK = /^\0/;
const DOCUMENT_MARKER = /^(?:---|\.\.\.)/;

/** An object lists whole numbers before its other keys, whatever order it is filled in. */
const WHOLE = /^\d+$/;

/** What the library makes of texts that need a closer look. An app repeats few of them often. */
const QUOTED = new Map<string, string>();
const QUOTED_MAX = 10_000;

type PlainMap = { readonly [key: string]: unknown };

/** The stream of documents that are written already. */
export function joinDocuments(documents: readonly string[]): string {
  return documents.join('---\n');
}

/**
 * Documents as a YAML stream, byte for byte as cdk8s writes them. Plain data is written directly, which takes a fraction of the time;
 * a document with anything unusual (shared objects, fractions) goes through the library that cdk8s uses.
 */
export function stringifyDocuments(documents: readonly unknown[]): string {
  return joinDocuments(documents.map(document => {
    const plain = isCollection(document) && isTree(document, new Set()) ? attempt(writer => writer.document(document), false) : undefined;
    return plain ?? Yaml.stringify(document as object);
  }));
}

/**
 * A manifest as cdk8s writes it: tokens resolved, without what is undefined or null, all keys in order, but those first that say what it is.
 *
 * @returns nothing where only `toJson()` of the object can tell
 */
export function stringifyManifest(manifest: PlainMap): string | undefined {
  return attempt(writer => writer.manifest(manifest), true);
}

function attempt(write: (writer: Writer) => void, resolves: boolean): string | undefined {
  const writer = new Writer(resolves);
  try {
    write(writer);
    return inOnePiece(writer.text);
  } catch (problem) {
    if (problem === NOT_PLAIN) {
      return undefined;
    }
    throw problem;
  }
}

/**
 * A text that grew piece by piece is kept by V8 as the tree of its pieces, three times as large as the text, until somebody looks into it.
 * A large app keeps thousands. The look is by an expression since V8 leaves out an `indexOf` whose answer nobody reads.
 */
function inOnePiece(text: string): string {
  LOOK.test(text);
  return text;
}

/** A copy of metadata as cdk8s prunes them: without empty lists and maps, however deep. */
export function withoutEmpty(value: unknown): unknown {
  if (!isCollection(value)) {
    return value ?? undefined;
  }
  if (Array.isArray(value)) {
    const items = value.map(withoutEmpty);
    if (items.includes(undefined)) {
      throw NOT_PLAIN;
    }
    return items.length > 0 ? items : undefined;
  }
  if (!isPlain(value)) {
    throw NOT_PLAIN;
  }
  const result: { [key: string]: unknown } = {};
  for (const key of Object.keys(value)) {
    const item = withoutEmpty((value as PlainMap)[key]);
    if (item !== undefined) {
      result[key] = item;
    }
  }
  return Object.keys(result).length > 0 ? result : undefined;
}

/** The library writes the second mention of an object as an alias. */
function isTree(value: unknown, seen: Set<unknown>): boolean {
  if (!isCollection(value)) {
    return true;
  }
  return !seen.has(value) && seen.add(value) && Object.values(value).every(item => isTree(item, seen));
}

class Writer {
  public text = '';

  /** @param resolves whether it does what cdk8s does to a manifest before it is written */
  public constructor(private readonly resolves: boolean) {}

  public document(value: object): void {
    this.value(value, '', '', '');
  }

  public manifest({ apiVersion, kind, metadata, ...fields }: PlainMap): void {
    if (Object.keys(fields).some(field => WHOLE.test(field))) {
      throw NOT_PLAIN;
    }
    this.map({ apiVersion, kind, metadata }, '', ['apiVersion', 'kind', 'metadata']);
    this.map(fields, '');
  }

  /**
   * What stands behind a key or a dash.
   *
   * @param beside comes before what stands on the same line
   * @param below comes before what has lines of its own
   */
  private value(value: unknown, indent: string, beside: string, below: string): void {
    if (!isCollection(value)) {
      this.text += `${beside}${scalar(value, indent)}\n`;
    } else if (this.isEmpty(value)) {
      this.text += Array.isArray(value) ? `${beside}[]\n` : `${beside}{}\n`;
    } else {
      this.text += below;
      if (Array.isArray(value)) {
        this.list(value, indent);
      } else {
        this.map(value as PlainMap, indent);
      }
    }
  }

  private list(list: readonly unknown[], indent: string): void {
    const deeper = `${indent}  `;
    let lead = '- ';
    for (const item of list) {
      const value = this.resolved(item);
      if (this.resolves && (value === undefined || value === null)) {
        throw NOT_PLAIN;
      }
      this.text += lead;
      this.value(value, deeper, '', '');
      lead = `${indent}- `;
    }
  }

  private map(map: PlainMap, indent: string, keys = this.resolves ? sortedKeys(map) : Object.keys(map)): void {
    const deeper = `${indent}  `;
    let lead = '';
    for (const key of keys) {
      const value = this.resolved(map[key]);
      if (this.resolves && (value === undefined || value === null)) {
        continue;
      }
      if (key.length > LONG || key === '__proto__') {
        throw NOT_PLAIN;
      }
      this.text += lead + quoted(key);
      this.value(value, deeper, ': ', `:\n${deeper}`);
      lead = indent;
    }
  }

  private resolved(value: unknown): unknown {
    return this.resolves && value instanceof Lazy ? this.resolved(value.produce()) : value;
  }

  /** Whether nothing is left to write; anything but lists and plain maps is for others to write. */
  private isEmpty(value: object): boolean {
    if (Array.isArray(value)) {
      return value.length === 0;
    }
    if (!isPlain(value) || (this.resolves && typeof (value as PlainMap).resolve === 'function')) {
      throw NOT_PLAIN;
    }
    for (const key in value) {
      const item = (value as PlainMap)[key];
      if (!this.resolves || (item !== undefined && item !== null)) {
        if (this.resolves && item instanceof Lazy) {
          throw NOT_PLAIN;
        }
        return false;
      }
    }
    return true;
  }
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** cdk8s asks for the constructor, and so refuses a map with a key of that name. */
function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** By code unit. Maps are small and mostly in order already. */
function sortedKeys(map: PlainMap): string[] {
  const keys = Object.keys(map);
  for (let index = 1; index < keys.length; index++) {
    if (keys[index] < keys[index - 1]) {
      if (keys.some(key => WHOLE.test(key))) {
        throw NOT_PLAIN;
      }
      return keys.sort();
    }
  }
  return keys;
}

function scalar(value: unknown, indent: string): string {
  switch (typeof value) {
    case 'string':
      return value.includes('\n') ? block(value, indent) : quoted(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
        return String(value);
      }
      throw NOT_PLAIN;
    case 'object':
      // Only null comes here.
      return 'null';
    default:
      throw NOT_PLAIN;
  }
}

function quoted(value: string): string {
  const plain = SAFE.test(value) ? !RESERVED.test(value) : ALPHANUMERIC.test(value) && !NUMBER.test(value);
  return plain ? value : QUOTED.get(value) ?? quote(value);
}

function quote(value: string): string {
  if (value.length > LONG || OTHER_BREAK.test(value) || DOCUMENT_MARKER.test(value)) {
    throw NOT_PLAIN;
  }
  const text = Yaml.stringify(value as unknown as object).slice(0, -1);
  // What spans lines depends on where it stands.
  if (text.includes('\n')) {
    throw NOT_PLAIN;
  }
  if (QUOTED.size >= QUOTED_MAX) {
    QUOTED.clear();
  }
  QUOTED.set(value, text);
  return text;
}

/** Several lines below a line that says how they end; the library indents them by two. */
function block(value: string, indent: string): string {
  const text = Yaml.stringify({ key: value }).slice('key: '.length, -1);
  if (!text.startsWith('|') || OTHER_BREAK.test(value)) {
    throw NOT_PLAIN;
  }
  return text.replace(/\n {2}/g, `\n${indent}`);
}
