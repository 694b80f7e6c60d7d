import { join } from 'path';
import { parse } from 'yaml';
import { readText } from '../../images/source-files';
import { below, insideOf, normalFolder } from '../../images/source-folder';

/** A service of a compose file, as far as it tells of a program. */
export interface ComposeService {
  readonly name: string;
  readonly image?: string;
  /** The folders that its image is built from: that of its Dockerfile, and its context. */
  readonly builtFrom: readonly string[];
  /** Its variables; those that get their value elsewhere have none. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** The TCP ports that it listens on. */
  readonly ports: readonly number[];
}

/** A compose file. */
export interface ComposeFile {
  readonly file: string;
  readonly services: readonly ComposeService[];
  /** Why it could not be read. */
  readonly fault?: string;
}

/** In the order in which Compose looks for them. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const MAX_PORT = 65535;

type Mapping = { readonly [key: string]: unknown };

/**
 * Reads the compose file of a folder.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/spec.md
 * @returns nothing where there is none
 */
export function readComposeFile(directory: string): ComposeFile | undefined {
  for (const file of NAMES) {
    const text = readText(join(directory, file));
    if (text !== undefined) {
      return parseComposeFile(file, text);
    }
  }
  return undefined;
}

function parseComposeFile(file: string, text: string): ComposeFile {
  let content: unknown;
  try {
    content = parse(text, { merge: true, logLevel: 'error' });
  } catch (problem) {
    const [line] = (problem as Error).message.split('\n');
    return { file, services: [], fault: line.replace(/:$/, '') };
  }
  const services = isMapping(content) ? content.services : undefined;
  return isMapping(services)
    ? { file, services: Object.entries(services).filter((entry): entry is [string, Mapping] => isMapping(entry[1])).map(readService) }
    : { file, services: [], fault: 'it has no services' };
}

function readService([name, { image, build, environment, ports, expose }]: [string, Mapping]): ComposeService {
  return {
    name,
    ...typeof image === 'string' && { image },
    builtFrom: foldersOf(build),
    environment: variablesOf(environment),
    ports: [...new Set([...listOf(ports).flatMap(portOf), ...listOf(expose).flatMap(portOf)])],
  };
}

function foldersOf(build: unknown): string[] {
  const { context, dockerfile } = isMapping(build) ? build : { context: build, dockerfile: undefined };
  if (typeof context !== 'string') {
    return [];
  }
  const folder = insideOf(normalFolder(context)) ?? '.';
  const beside = typeof dockerfile === 'string' && dockerfile.includes('/') ? insideOf(below(folder, dockerfile.replace(/\/[^/]*$/, ''))) : undefined;
  return [...beside === undefined ? [] : [beside], folder];
}

/** `A: b`, or a list of `A=b`. */
function variablesOf(environment: unknown): Map<string, string | undefined> {
  const pairs = isMapping(environment)
    ? Object.entries(environment).map(([name, value]): [string, unknown] => [name, value ?? undefined])
    : listOf(environment).filter(line => typeof line === 'string').map((line): [string, unknown] => {
      const [, name, value] = /^([^=]*)(?:=([^]*))?$/.exec(line)!;
      return [name, value];
    });
  return new Map(pairs.map(([name, value]) => [name, value === undefined ? undefined : String(value)]));
}

/** `8080:80/tcp`, `127.0.0.1:8080:80`, `80`, or a mapping with a `target`. */
function portOf(port: unknown): number[] {
  const [written, protocol = 'tcp'] = isMapping(port) ? [port.target, port.protocol] : String(port).split('/');
  const last = /(?:^|[:\s])(\d+)(?:-\d+)?$/.exec(String(written))?.[1];
  const number = Number(last);
  return protocol === 'tcp' && last !== undefined && number >= 1 && number <= MAX_PORT ? [number] : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
