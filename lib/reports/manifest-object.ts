import { LineCounter, parseAllDocuments, type ParsedNode, type Document } from 'yaml';
import { asMap, type Json } from '../definition/json';

/** An object of a manifest, and where it is written. */
export interface ManifestObject {
  /** The folder of its environment; empty where there is none. */
  readonly environment: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty where the manifest names none. */
  readonly namespace: string;
  readonly name: string;
  readonly manifest: Json;
  /** What two versions of one object share: environment, API group, kind, namespace and name. */
  readonly identity: string;
  /** Such as `dist/dev/shop.k8s.yaml:12`. */
  readonly source: string;
}

/** What a file holds, and what is wrong with it. */
export interface ManifestContent {
  readonly objects: readonly ManifestObject[];
  readonly faults: readonly string[];
}

/** As an API server reads it, but dates stay the texts that they are to it. */
const OPTIONS = {
  version: '1.1',
  logLevel: 'silent',
  prettyErrors: false,
  customTags: (tags: any[]) => tags.filter(tag => tag.tag !== 'tag:yaml.org,2002:timestamp'),
} as const;

/**
 * The objects of a text of YAML or JSON; those of a List as well.
 *
 * @param file its name, for what is wrong with it
 */
export function parseManifests(text: string, file: string, environment: string): ManifestContent {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { ...OPTIONS, lineCounter });
  const documents: readonly Document.Parsed<ParsedNode>[] = Array.isArray(parsed) ? parsed : [];
  const contents = documents.map((document): ManifestContent => {
    const lineOf = (offset: number): string => `${file}:${lineCounter.linePos(offset).line}`;
    const source = lineOf(document.contents?.range[0] ?? 0);
    if (document.errors.length > 0) {
      return { objects: [], faults: document.errors.map(({ pos: [offset], message }) => `${lineOf(offset)}: ${plain(message)}`) };
    }
    try {
      return objectsOf(document.toJS(), source, environment);
    } catch (problem) {
      return { objects: [], faults: [`${source}: ${plain((problem as Error).message)}`] };
    }
  });
  return { objects: contents.flatMap(({ objects }) => objects), faults: contents.flatMap(({ faults }) => faults) };
}

/** Without the piece of the text that it may quote, which may be a secret. */
function plain(message: string): string {
  return `this is no YAML: ${message.split('\n')[0].replace(/: ["'][^]*$/, '').replace(/[.:]$/, '')}`;
}

function objectsOf(content: unknown, source: string, environment: string): ManifestContent {
  if (content === null || content === undefined) {
    return { objects: [], faults: [] };
  }
  const manifest = asMap(content);
  const { apiVersion, kind, items } = manifest;
  const missing = Object.entries({ apiVersion, kind }).find(([, value]) => typeof value !== 'string' || value === '');
  if (missing) {
    return { objects: [], faults: [`${source}: this is no object of Kubernetes: it has no ${missing[0]}`] };
  }
  if (kind.endsWith('List') && Array.isArray(items)) {
    const contents = items.map(item => objectsOf(item, source, environment));
    return { objects: contents.flatMap(({ objects }) => objects), faults: contents.flatMap(({ faults }) => faults) };
  }
  const { name, namespace = '' } = asMap(manifest.metadata);
  if (typeof name !== 'string' || name === '') {
    return { objects: [], faults: [`${source}: this ${kind} has no metadata.name`] };
  }
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*$/, '') : '';
  const identity = [environment, group, kind, namespace ?? '', name].join('\0');
  return { objects: [{ environment, apiVersion, kind, namespace: namespace ?? '', name, manifest, identity, source }], faults: [] };
}
