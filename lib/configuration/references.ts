import { createHash } from 'crypto';
import { EnvReference } from '../definition/env-reference';
import { EnvSource } from '../definition/env-source';
import { compact, compareStrings } from '../definition/json';
import { isEnvName } from '../definition/naming';
import { Volume } from '../definition/volume';
import { checkFileMode, checkFilePath } from '../definition/volume-files';
import type { FileOptions } from '../definition/volume-options';
import { type Report, within } from '../diagnostics/report';

/** How all keys of a config or secret become environment variables. */
export interface EnvFromOptions {
  /**
   * What is put before each key.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/** A ConfigMap or Secret, as pods refer to it; everything but its name is read when they render. */
export interface KeyedObject {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The keys, or nothing where they are not known. */
  readonly keys: () => readonly string[] | undefined;
  /** Those of the keys whose values are bytes, which the kubelet offers as files alone. */
  readonly binaryKeys: () => readonly string[];
  /** The values that the app knows, those of all kinds of keys; of secrets their ciphertexts. */
  readonly values: () => { readonly [key: string]: string };
  /** What to do about a key that does not exist. */
  readonly remedy: string;
  /** Whether a change of the values rolls the pods that read them. */
  readonly rolls: boolean;
  /** Permission bits of files. */
  readonly mode: number;
  /** Whether files are listed one by one, so that a pod waits for each of them and sees no other. */
  readonly listsFiles: boolean;
}

/** One key, as an environment variable. */
export function envReference(object: KeyedObject, key: string): EnvReference {
  const kind = object.kind === 'ConfigMap' ? 'configMapKeyRef' : 'secretKeyRef';
  return EnvReference._of(report => {
    checkKey(object, key, report);
    checkText(object, key, object.binaryKeys(), report);
    return { valueFrom: { [kind]: { name: object.name, key } } };
  }, () => digest(object, [key]));
}

/** All keys, as environment variables. */
export function envSource(object: KeyedObject, options: EnvFromOptions): EnvSource {
  const { prefix = '' } = options;
  const ref = object.kind === 'ConfigMap' ? 'configMapRef' : 'secretRef';
  return EnvSource._of(report => {
    const binary = object.binaryKeys();
    for (const key of [...object.keys() ?? []].sort(compareStrings)) {
      checkText(object, key, binary, report);
      checkEnvName(object, key, prefix, report);
    }
    return compact({ [ref]: { name: object.name }, prefix: prefix || undefined });
  }, () => {
    // What the app knows of a secret is its ciphertext, which is no value of a variable.
    if (object.kind === 'Secret') {
      return {};
    }
    const binary = object.binaryKeys();
    const texts = Object.entries(object.values()).filter(([key]) => !binary.includes(key));
    return Object.fromEntries(texts.map(([key, value]) => [`${prefix}${key}`, value]));
  }, () => digest(object, Object.keys(object.values())));
}

/** Keys, as files. */
export function fileVolume(object: KeyedObject, options: FileOptions): Volume {
  const mode = options.mode ?? object.mode;
  const chosen = () => options.items ? Object.values(options.items) : object.keys() ?? [];
  return Volume._files(object.name, report => {
    checkFiles(object, options, report);
    const items = options.items ?? (object.listsFiles ? Object.fromEntries(chosen().map(key => [key, key])) : undefined);
    const fields = Volume._fileFields({ mode, ...items && { items }, ...options.optional !== undefined && { optional: options.optional } });
    return object.kind === 'ConfigMap' ? { configMap: { name: object.name, ...fields } } : { secret: { secretName: object.name, ...fields } };
  }, () => digest(object, chosen()), isClosed(mode));
}

/** Files that others than their owner and group cannot read. */
function isClosed(mode: number): boolean {
  return Math.trunc(mode) % 8 < 4;
}

/** Changes with the values of the keys; nothing where the app does not know them. */
function digest(object: KeyedObject, keys: readonly string[]): string | undefined {
  const values = object.rolls ? object.values() : {};
  const known = [...new Set(keys)].filter(key => Object.hasOwn(values, key)).sort(compareStrings);
  if (known.length === 0) {
    return undefined;
  }
  return createHash('sha256').update(JSON.stringify([object.kind, object.name, ...known.map(key => [key, values[key]])])).digest('hex');
}

function checkKey(object: KeyedObject, key: string, report: Report): void {
  const keys = object.keys();
  if (keys && !keys.includes(key)) {
    const known = [...keys].sort(compareStrings).map(name => `'${name}'`).join(', ');
    report({
      code: 'unknown-key',
      message: `The ${object.kind} '${object.name}' has no key '${key}'${known ? `; it has ${known}` : ''}.`,
      remedy: object.remedy,
    });
  }
}

function checkText(object: KeyedObject, key: string, binaryKeys: readonly string[], report: Report): void {
  if (binaryKeys.includes(key)) {
    report({
      code: 'invalid-value',
      message: `The key '${key}' of the ${object.kind} '${object.name}' holds bytes, which the kubelet does not offer as an environment variable.`,
      remedy: 'Mount it by asFiles().',
    });
  }
}

function checkEnvName(object: KeyedObject, key: string, prefix: string, report: Report): void {
  if (!isEnvName(`${prefix}${key}`)) {
    report({
      code: 'invalid-env-name',
      message: `The key '${key}' of the ${object.kind} '${object.name}' gives '${prefix}${key}', which is not a name for an environment variable.`,
      remedy: `Take the others one by one with env('…')${prefix ? ', or write another prefix' : ''}, and mount '${key}' by asFiles().`,
    });
  }
}

function checkFiles(object: KeyedObject, options: FileOptions, report: Report): void {
  for (const path of Object.keys(options.items ?? {}).sort(compareStrings)) {
    checkKey(object, options.items![path], within(report, `items['${path}']`));
    checkFilePath(path, `items['${path}']`, report);
  }
  checkFileMode(options.mode, report);
}
