import { Lazy, Yaml } from 'cdk8s';

/** Thrown inside the writer where only cdk8s and its library know the bytes. */
const NOT_PLAIN = new Error('not plain');

/** Begins with a letter or slash, and holds nothing that YAML reads as anything but a piece of text. */
const SAFE = /^[A-Za-z/](?:[\w/.@%+=,()$-]|:(?=[\w/.@%+=,()$-])| (?=[\w/.@%+=,()$-]))*$/;
/** Words of YAML 1.1, and an exponent whose number the library takes for empty. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;
/** Begins with a digit and is no number all the same: sizes, digests in hexadecimal. */
const ALPHANUMERIC = /^\d[0-9A-Za-z]*$/;
/** Versions and addresses: of digits and dots, but too many dots for a number. */
const DOTTED = /^\d+(?:\.\d+){2,}(?:[-/]\w+)?$/;
const NUMBER = /^(?:\d+|\d+e\d+|0[box][0-9a-f]*)$/i;
/** Long keys are written in another way, and long texts are not worth remembering. */
const LONG = 500;
/** The library breaks what is longer, if it can. */
const SHORT = 40;
/** Line breaks of which the library makes something else than a new line. */
const OTHER_BREAK = /[\r\u0085\u2028\u2029]/;
const DOCUMENT_MARKER = /^(?:---|\.\.\.)/;

const WHOLE = /^\d+$/;
/** Up to so many keys are sorted by insertion. */
const FEW = 16;

/** How texts are written that hold no line break. An app repeats most of them often. */
const QUOTED = new Map<string, string>();
const KEPT_MAX = 10_000;
const VALUES_MAX = 16;

/** What says what a manifest is. */
const FIRST: readonly string[] = ['apiVersion', 'kind', 'metadata'];

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
 * @param fields its fields as they were given
 * @param instead what stands in place of some of them
 * @returns nothing where only `toJson()` of the object can tell
 */
export function stringifyManifest(fields: PlainMap, instead: PlainMap): string | undefined {
  return attempt(writer => writer.manifest(fields, instead), true);
}

function attempt(write: (writer: Writer) => void, resolves: boolean): string | undefined {
  const writer = new Writer(resolves);
  try {
    write(writer);
    return writer.end();
  } catch (problem) {
    if (problem === NOT_PLAIN) {
      return undefined;
    }
    throw problem;
  }
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
  let result: { [key: string]: unknown } | undefined;
  for (const key of Object.keys(value)) {
    const item = withoutEmpty((value as PlainMap)[key]);
    if (item !== undefined) {
      result ??= {};
      result[key] = item;
    }
  }
  return result;
}

/** The library writes the second mention of an object as an alias. */
function isTree(value: unknown, seen: Set<unknown>): boolean {
  if (!isCollection(value)) {
    return true;
  }
  return !seen.has(value) && seen.add(value) && Object.values(value).every(item => isTree(item, seen));
}

/**
 * Where lines begin: a line break, an indent and the dashes of the list items that begin on the line. What stands before a key is put
 * together once, however often an app writes it there.
 */
class Margin {
  public static of(indent: string, dashes = ''): Margin {
    const line = `\n${indent}${dashes}`;
    let margin = Margin.known.get(line);
    if (!margin) {
      margin = new Margin(line, indent, dashes);
      Margin.known.set(line, margin);
    }
    return margin;
  }

  private static readonly known = new Map<string, Margin>();

  /** The indent of the lines after the first, as wide as that and the dashes. */
  public readonly indent: string;
  private readonly keys = new Map<string, KeyLine>();
  /** The map that was written here last, and the last of those that were written twice and never change: an owner's labels. */
  public last?: object;
  public repeated?: { readonly map: object; readonly text: string };
  private withoutDashes?: Margin;
  private belowKey?: Margin;
  private ofItem?: Margin;

  private constructor(public readonly line: string, private readonly lead: string, private readonly dashes: string) {
    this.indent = lead + ' '.repeat(dashes.length);
  }

  /** Of the lines after the first. */
  public get next(): Margin {
    return this.withoutDashes ??= Margin.of(this.indent);
  }

  /** Of what stands below a key. */
  public get deeper(): Margin {
    return this.belowKey ??= Margin.of(`${this.indent}  `);
  }

  /** Of an item of a list that begins here. */
  public get item(): Margin {
    return this.ofItem ??= Margin.of(this.lead, `${this.dashes}- `);
  }

  public key(key: string): KeyLine {
    let line = this.keys.get(key);
    if (!line) {
      if (key.length > LONG || key === '__proto__') {
        throw NOT_PLAIN;
      }
      line = new KeyLine(`${this.line}${quoted(key)}:`);
      if (this.keys.size >= KEPT_MAX) {
        this.keys.clear();
      }
      this.keys.set(key, line);
    }
    return line;
  }
}

const TOP = Margin.of('');

/** A line that begins with a key. */
class KeyLine {
  private readonly known = new Map<string, string>();

  /** @param beginning up to the colon behind the key */
  public constructor(public readonly beginning: string) {}

  /** The whole line, for a text that stands there often: a key has either few values, or one for each object. */
  public with(value: string): string | undefined {
    return this.known.get(value) ?? this.learn(value);
  }

  private learn(value: string): string | undefined {
    if (this.known.size >= VALUES_MAX || value.length > LONG || value.includes('\n')) {
      return undefined;
    }
    const line = `${this.beginning} ${quoted(value)}`;
    this.known.set(value, line);
    return line;
  }
}

class Writer {
  private text = '';

  /** @param resolves whether it does what cdk8s does to a manifest before it is written */
  public constructor(private readonly resolves: boolean) {}

  /** All that was written, in one piece: V8 would keep a text that grew bit by bit as the tree of its bits, three times as large. */
  public end(): string {
    const text = `${this.text}\n`;
    // Whoever asks for a letter has the tree put together.
    text.charCodeAt(0);
    // Each line begins with its break, and the first has none.
    return text.slice(1);
  }

  public document(value: object): void {
    if (!this.collection(value, TOP)) {
      this.text += Array.isArray(value) ? '\n[]' : '\n{}';
    }
  }

  public manifest(fields: PlainMap, instead: PlainMap): void {
    const others = sortedKeys(fields).filter(key => !FIRST.includes(key));
    if (others.length > 0 && WHOLE.test(others[0])) {
      throw NOT_PLAIN;
    }
    [...FIRST, ...others].forEach(key => this.map(Object.hasOwn(instead, key) ? instead : fields, TOP, [key]));
  }

  /** @returns whether there was anything to write */
  private collection(value: object, margin: Margin): boolean {
    const before = this.text.length;
    if (Array.isArray(value)) {
      this.list(value, margin);
    } else if (!isPlain(value)) {
      throw NOT_PLAIN;
    } else if (this.resolves && margin.repeated?.map === value) {
      this.text += margin.repeated.text;
    } else {
      this.map(value as PlainMap, margin);
      if (this.resolves && margin.last === value && isConstant(value)) {
        margin.repeated = { map: value, text: this.text.slice(before) };
      }
      margin.last = value;
    }
    return this.text.length > before;
  }

  private list(list: readonly unknown[], margin: Margin): void {
    let { item: at } = margin;
    for (const item of list) {
      const value = this.resolved(item);
      if (this.resolves && (value === undefined || value === null)) {
        throw NOT_PLAIN;
      }
      if (!isCollection(value)) {
        this.text += at.line + (typeof value === 'string' ? linesOf(value, at) : scalar(value));
      } else if (!this.collection(value, at)) {
        this.text += at.line + (Array.isArray(value) ? '[]' : '{}');
      }
      at = margin.next.item;
    }
  }

  private map(map: PlainMap, margin: Margin, keys: readonly string[] = this.resolves ? sortedKeys(map) : Object.keys(map)): void {
    const { next } = margin;
    let at = margin;
    for (const key of keys) {
      const value = this.resolved(map[key]);
      if (this.resolves && (value === undefined || value === null)) {
        continue;
      }
      const line = at.key(key);
      at = next;
      this.entry(line, value, at);
    }
  }

  private entry(line: KeyLine, value: unknown, margin: Margin): void {
    const known = typeof value === 'string' ? line.with(value) : undefined;
    if (known !== undefined) {
      this.text += known;
    } else if (!isCollection(value)) {
      this.text += `${line.beginning} ${typeof value === 'string' ? linesOf(value, margin.deeper) : scalar(value)}`;
    } else {
      this.text += line.beginning;
      if (!this.collection(value, margin.deeper)) {
        this.text += Array.isArray(value) ? ' []' : ' {}';
      }
    }
  }

  private resolved(value: unknown): unknown {
    return this.resolves && typeof value === 'object' && value instanceof Lazy ? this.resolved(value.produce()) : value;
  }
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** cdk8s asks for the constructor, and so refuses a map with a key of that name. */
function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function isConstant(map: object): boolean {
  return Object.isFrozen(map) && Object.values(map).every(value => typeof value === 'string');
}

/** By code unit. Maps are small and mostly in order already. */
function sortedKeys(map: PlainMap): string[] {
  const keys = Object.keys(map);
  for (let index = 1; index < keys.length; index++) {
    if (keys[index] < keys[index - 1]) {
      // Whole numbers stand first in an object, whatever order it is filled in.
      if (WHOLE.test(keys[0])) {
        throw NOT_PLAIN;
      }
      return keys.length > FEW ? keys.sort() : insertionSort(keys, index);
    }
  }
  return keys;
}

/** Sorts in place what is in order up to an index; for a few texts several times as fast as `sort`, which is written for many. */
function insertionSort(keys: string[], start: number): string[] {
  for (let index = start; index < keys.length; index++) {
    const key = keys[index];
    let at = index;
    for (; at > 0 && keys[at - 1] > key; at--) {
      keys[at] = keys[at - 1];
    }
    keys[at] = key;
  }
  return keys;
}

function linesOf(value: string, margin: Margin): string {
  return value.includes('\n') ? block(value, margin.indent) : quoted(value);
}

/** What is neither a text nor a collection. */
function scalar(value: unknown): string {
  switch (typeof value) {
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
  return QUOTED.get(value) ?? quote(value);
}

function quote(value: string): string {
  const written = isText(value) ? value : WHOLE.test(value) && value.length < SHORT ? `"${value}"` : quoteAsLibrary(value);
  if (QUOTED.size >= KEPT_MAX) {
    QUOTED.clear();
  }
  QUOTED.set(value, written);
  return written;
}

/** Whether it is read as the text it is, without quotes. */
function isText(value: string): boolean {
  return SAFE.test(value) ? !RESERVED.test(value) : ALPHANUMERIC.test(value) ? !NUMBER.test(value) : DOTTED.test(value);
}

function quoteAsLibrary(value: string): string {
  if (value.length > LONG || OTHER_BREAK.test(value) || DOCUMENT_MARKER.test(value)) {
    throw NOT_PLAIN;
  }
  const text = Yaml.stringify(value as unknown as object).slice(0, -1);
  // What spans lines depends on where it stands.
  if (text.includes('\n')) {
    throw NOT_PLAIN;
  }
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
