import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { kubernetesSchemas, reachable, type SchemaFile } from '../../../tools/kubernetes/schema-file';

const SCHEMAS = join(__dirname, '../../schemas');
const CRDS = 'crds.json.gz';

/** What the schemas of a version are made from. */
export function schemaDigest(version: string): string {
  const tools = ['enums', 'openapi', 'schema-file', 'strict-schema'].map(name => join(__dirname, '../../../tools/kubernetes', `${name}.ts`));
  const sources = [__filename, ...tools, join(SCHEMAS, CRDS), ...areCommitted(version) ? [join(SCHEMAS, kubernetesFile(version))] : []];
  const hash = createHash('sha256');
  sources.forEach(file => hash.update(readFileSync(file)));
  return hash.digest('hex').slice(0, 12);
}

/** Whether the schemas of a version are in the repository; the others come from the Go module of that release. */
export function areCommitted(version: string): boolean {
  return existsSync(join(SCHEMAS, kubernetesFile(version)));
}

/**
 * Writes the strict schemas of a version and of the custom resources as kubeconform looks for them: one self-contained file a kind.
 */
export function writeSchemas(folder: string, version: string): void {
  const kubernetes = areCommitted(version) ? committed(kubernetesFile(version)) : kubernetesSchemas(minorOf(version));
  write(kubernetes, ({ group, version: apiVersion, kind }) =>
    join(folder, `v${version}.0-standalone-strict`, `${[kind, group.split('.')[0], apiVersion].filter(part => part !== '').join('-').toLowerCase()}.json`));
  write(committed(CRDS), ({ group, version: apiVersion, kind }) =>
    join(folder, 'crds', group, `${kind.toLowerCase()}_${apiVersion}.json`));
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function write(schemas: SchemaFile, fileOf: (kind: GroupVersionKind) => string): void {
  for (const [path, definition] of Object.entries(schemas.kinds)) {
    const [kind, version, group = ''] = path.split('/').reverse();
    const file = fileOf({ group, version, kind });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, selfContained(schemas, definition));
  }
}

/** The definitions refer to each other by name; JSON Schema wants to be told where they are. */
function selfContained({ definitions }: SchemaFile, definition: string): string {
  const used = reachable(definitions, [definition]);
  return JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', allOf: [{ $ref: definition }], definitions: used }, (key, value) =>
    key === '$ref' && typeof value === 'string' ? `#/definitions/${value}` : value);
}

function kubernetesFile(version: string): string {
  return `kubernetes-${version}.json.gz`;
}

function committed(name: string): SchemaFile {
  return JSON.parse(gunzipSync(readFileSync(join(SCHEMAS, name))).toString('utf8'));
}

function minorOf(version: string): number {
  return Number(version.replace(/^1\./, ''));
}
