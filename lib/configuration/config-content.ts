import { readFileSync } from 'fs';
import { TextDecoder } from 'util';
import { checkKeyName } from './keys';
import { compareStrings, sortedEntries } from '../definition/json';
import { isSecretLiteral } from '../definition/secret-names';
import { type Report } from '../diagnostics/report';

/** https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
const MAX_BYTES = 2 ** 20;
/** Client-side apply keeps the object in an annotation, and all annotations share 256 KiB; metadata needs a little of it. */
const MAX_CLIENT_SIDE_BYTES = 2 ** 18 - 2 ** 11;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Where a value of a config comes from. */
export type Origin = 'data' | 'files' | 'binaryData';

interface Entry {
  readonly origin: Origin;
  readonly key: string;
  /** A text, the path of a file, or bytes in base64. */
  readonly value: string;
}

/** The values of a ConfigMap: texts as they are, bytes in base64. */
export interface Content {
  readonly texts: { readonly [key: string]: string };
  readonly bytes: { readonly [key: string]: string };
}

type FileContent = { readonly text: string } | { readonly base64: string } | { readonly problem: string };

/** What a config holds, from the map and the files that the user named. */
export class ConfigContent {
  private readonly entries: Entry[] = [];
  /** The first of each key, by key; known until the next entry comes. */
  private known?: readonly Entry[];
  /** What they say, known as long. */
  private content?: Content;
  private readonly files = new Map<string, FileContent>();

  /** Adds entries; they are looked at when the config renders. */
  public add(origin: Origin, values: { readonly [key: string]: string } | undefined): void {
    this.entries.push(...sortedEntries(values).map(([key, value]) => ({ origin, key, value })));
    this.known = undefined;
    this.content = undefined;
  }

  /** The texts that were given as such. */
  public literals(): { [key: string]: string } {
    return Object.fromEntries(this.distinct().filter(({ origin }) => origin === 'data').map(({ key, value }) => [key, value]));
  }

  public keys(): string[] {
    return this.distinct().map(({ key }) => key);
  }

  public read(): Content {
    return this.content ??= this.readAll();
  }

  private readAll(): Content {
    const texts: [string, string][] = [];
    const bytes: [string, string][] = [];
    for (const { origin, key, value } of this.distinct()) {
      const content = origin === 'files' ? this.file(value) : origin === 'data' ? { text: String(value) } : { base64: String(value) };
      if ('text' in content) {
        texts.push([key, content.text]);
      } else if ('base64' in content) {
        bytes.push([key, content.base64]);
      }
    }
    return { texts: Object.fromEntries(texts), bytes: Object.fromEntries(bytes) };
  }

  public check(report: Report): void {
    const origins = new Map<string, Origin>();
    for (const entry of this.entries) {
      const { key, origin } = entry;
      const earlier = origins.get(key);
      if (earlier !== undefined) {
        report({
          code: 'duplicate-key',
          property: `${origin}['${key}']`,
          message: `The config has a key '${key}' already${earlier === origin ? '' : `, in '${earlier}'`}.`,
          remedy: 'Give each value a key of its own.',
        });
      }
      origins.set(key, earlier ?? origin);
      this.checkEntry(entry, report);
    }
    checkSize(this.read(), report);
  }

  private checkEntry({ origin, key, value }: Entry, report: Report): void {
    const property = `${origin}['${key}']`;
    checkKeyName(key, property, report);
    if (typeof value !== 'string') {
      report({
        code: 'invalid-value',
        property,
        message: `The value is of type ${value === null ? 'null' : typeof value}; a ConfigMap holds texts.`,
        remedy: value === null || value === undefined ? "Leave the key out, or write ''." : `Write it as a text, for example '${String(value)}'.`,
      });
    } else if (origin === 'data') {
      checkLiteral(key, value, property, report);
    } else if (origin === 'files') {
      this.checkFile(key, value, property, report);
    } else if (!BASE64.test(value)) {
      report({
        code: 'invalid-value',
        property,
        message: 'The value is not base64.',
        remedy: "Encode the bytes, or name their file in 'files'.",
      });
    }
  }

  private checkFile(key: string, path: string, property: string, report: Report): void {
    const content = this.file(path);
    if ('problem' in content) {
      report({
        code: 'unreadable-file',
        property,
        message: `The file '${path}' cannot be read: ${content.problem}.`,
        remedy: 'Write its path relative to the directory where the app runs.',
      });
    } else if ('text' in content) {
      checkLiteral(key, content.text, property, report);
    }
  }

  private distinct(): readonly Entry[] {
    return this.known ??= this.firstOfEachKey();
  }

  private firstOfEachKey(): Entry[] {
    const byKey = new Map<string, Entry>();
    for (const entry of this.entries) {
      byKey.set(entry.key, byKey.get(entry.key) ?? entry);
    }
    return [...byKey.values()].sort((a, b) => compareStrings(a.key, b.key));
  }

  /** A file is read once, when somebody first asks for it. */
  private file(path: string): FileContent {
    const known = this.files.get(path) ?? readFile(path);
    this.files.set(path, known);
    return known;
  }
}

function readFile(path: string): FileContent {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    return { problem: code === 'ENOENT' ? 'there is none' : code === 'EISDIR' ? 'it is a directory' : code === 'EACCES' ? 'access is denied' : String(code) };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: bytes.toString('base64') };
  }
}

function checkLiteral(key: string, text: string, property: string, report: Report): void {
  if (isSecretLiteral(key, text)) {
    report({
      code: 'secret-literal',
      property,
      message: `The value of '${key}' would stand in the manifest for everybody who can read it.`,
      remedy: "Keep it in a ServiceSecret: mount it by 'volumes' (secret.asFiles()), or refer to its key by 'envValueFrom'.",
    });
  }
}

function checkSize({ texts, bytes }: Content, report: Report): void {
  const size = Object.values(texts).reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    + Object.values(bytes).reduce((sum, base64) => sum + Buffer.byteLength(base64, 'base64'), 0);
  if (size > MAX_BYTES) {
    report({
      code: 'invalid-value',
      message: `The values have ${size} bytes; a ConfigMap holds at most ${MAX_BYTES} (1 MiB).`,
      remedy: 'Split it, or put large files into the image or a volume.',
    });
  } else if (Buffer.byteLength(JSON.stringify({ texts, bytes })) > MAX_CLIENT_SIDE_BYTES) {
    report({
      code: 'server-side-apply',
      message: `The values have ${size} bytes; 'kubectl apply' without --server-side would fail, because it copies the object into an annotation of at most 256 KiB.`,
      remedy: "Split it, or apply with 'kubectl apply --server-side' and acknowledge 'server-side-apply'.",
    });
  }
}
