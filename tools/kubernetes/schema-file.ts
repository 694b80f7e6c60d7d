import { CRD_MODULES, readCustomResources } from './crds';
import { readEnums } from './enums';
import { type Definitions, NEWEST, openapi, RELEASES, shortName } from './openapi';
import { share } from './share';
import { INT_OR_STRING, type JsonSchema, mapValues, QUANTITY, strict } from './strict-schema';

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const REFERENCE = /"\$ref":"([^"]+)"/g;

/** Strict schemas, as a file of test/schemas holds them. */
export interface SchemaFile {
  /** What it was made from. */
  readonly sources: readonly string[];
  /** The name of the definition of each kind, by `apps/v1/Deployment`. */
  readonly kinds: { readonly [kind: string]: string };
  /** The definitions; they refer to each other by name. */
  readonly definitions: { readonly [name: string]: JsonSchema };
}

/** Types whose JSON is not what their schema in the document says. */
const SPECIAL: { readonly [type: string]: JsonSchema } = {
  IntOrString: INT_OR_STRING,
  Quantity: QUANTITY,
  RawExtension: {},
  JSON: {},
  JSONSchemaPropsOrArray: {},
  JSONSchemaPropsOrBool: {},
  JSONSchemaPropsOrStringArray: {},
};

function strictDefinitions(minor: number): { readonly source: Definitions; readonly definitions: { readonly [name: string]: JsonSchema } } {
  const source = openapi(minor);
  const enums = readEnums(minor);
  const definitions = mapValues(source, (schema, name) => {
    const special = SPECIAL[shortName(name)];
    return special ?? withEnums(strict(schema), enums[name] ?? {});
  });
  return { source, definitions };
}

function withEnums(schema: JsonSchema, values: { readonly [field: string]: readonly string[] }): JsonSchema {
  return schema.properties ? {
    ...schema,
    properties: mapValues<JsonSchema, JsonSchema>(schema.properties, (property, name) => {
      const known = values[name];
      if (!known) {
        return property;
      }
      return property.items ? { ...property, items: { ...property.items, enum: known } } : { ...property, enum: known };
    }),
  } : schema;
}

/** The schemas of every kind that can stand in a manifest: one with metadata of its own, lists left out. */
export function kubernetesSchemas(minor: number): SchemaFile {
  const { source, definitions } = strictDefinitions(minor);
  const objects = Object.entries(source).flatMap(([name, schema]) => {
    const versions = schema['x-kubernetes-group-version-kind'] ?? [];
    return versions.length === 1 && schema.properties?.metadata?.$ref?.endsWith('ObjectMeta') ? [{ name, ...versions[0] }] : [];
  });
  const kinds = Object.fromEntries(objects.map(({ name, group, version, kind }) => [`${group ? `${group}/` : ''}${version}/${kind}`, name]));
  const topLevel = Object.fromEntries(objects.map(({ name, group, version, kind }) =>
    [name, topLevelObject(definitions[name], group ? `${group}/${version}` : version, kind)]));
  return { sources: [`k8s.io/kubernetes@v${RELEASES[minor]}`], kinds, definitions: reachable({ ...definitions, ...topLevel }, Object.values(kinds)) };
}

/** A persistent volume claim stands in templates as well, without its kind; as a manifest of its own an object needs all three. */
function topLevelObject(schema: JsonSchema, apiVersion: string, kind: string): JsonSchema {
  return {
    ...schema,
    properties: { ...schema.properties, apiVersion: { type: 'string', enum: [apiVersion] }, kind: { type: 'string', enum: [kind] } },
  };
}

/** The schemas of the custom resources of every module in `crds.ts`. */
export function customResourceSchemas(): SchemaFile {
  const resources = readCustomResources().map(resource => ({ ...resource, name: `${resource.apiVersion.replace('/', '.')}.${resource.kind}` }));
  const own = Object.fromEntries(resources.map(({ name, apiVersion, kind, schema }) =>
    [name, withMetadata(topLevelObject(strict(schema), apiVersion, kind))]));
  return {
    sources: CRD_MODULES,
    kinds: Object.fromEntries(resources.map(({ name, apiVersion, kind }) => [`${apiVersion}/${kind}`, name])),
    definitions: reachable({ ...strictDefinitions(NEWEST).definitions, ...share(own) }, Object.keys(own)),
  };
}

function withMetadata(schema: JsonSchema): JsonSchema {
  return { ...schema, properties: { ...schema.properties, metadata: { $ref: OBJECT_META } } };
}

/** Those of the definitions that the named ones refer to, and these themselves. */
export function reachable(definitions: { readonly [name: string]: JsonSchema }, from: readonly string[]): { [name: string]: JsonSchema } {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (!found.has(name)) {
      found.add(name);
      [...JSON.stringify(definitions[name]).matchAll(REFERENCE)].forEach(([, reference]) => visit(reference));
    }
  };
  from.forEach(visit);
  return Object.fromEntries([...found].sort().map(name => [name, definitions[name]]));
}
