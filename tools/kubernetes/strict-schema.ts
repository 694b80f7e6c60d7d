import type { Schema } from './openapi';

/** A JSON Schema as it is written to test/schemas. */
export type JsonSchema = { [key: string]: any };

export const INT_OR_STRING: JsonSchema = { type: ['integer', 'string'], minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
export const QUANTITY: JsonSchema = {
  type: ['string', 'number'],
  pattern: '^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$',
};

const TIME = '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})';

/** What a format of a schema demands, in words of JSON Schema that need no plug-in. */
const FORMATS: { readonly [format: string]: JsonSchema } = {
  'int32': { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  'int64': { minimum: -(2 ** 63), maximum: 2 ** 63 },
  'byte': { pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' },
  'date-time': { pattern: `^${TIME}$` },
};

/** Words that bound a value and mean in Kubernetes what they mean in JSON Schema. */
const BOUNDS = [
  'enum', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'minItems', 'maxItems',
  'minProperties', 'maxProperties', 'uniqueItems', 'multipleOf', 'nullable',
] as const;

/**
 * The strict form of a schema: an object that names its properties has no others, and formats are spelled out.
 * Descriptions, defaults and the marks of Kubernetes are left out, as are rules in CEL.
 */
export function strict(schema: Schema): JsonSchema {
  if (schema['x-kubernetes-int-or-string']) {
    return { ...INT_OR_STRING, ...bounds(schema) };
  }
  const { $ref, type, properties, items, additionalProperties } = schema;
  if ($ref) {
    return { $ref: $ref.replace('#/definitions/', '') };
  }
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] || schema['x-kubernetes-embedded-resource'];
  // What has a default need not be written: the server fills it in before it validates.
  const required = schema.required?.filter(name => properties?.[name]?.default === undefined);
  return {
    ...type && { type },
    ...bounds(schema),
    ...junctions(schema),
    ...properties && { properties: mapValues(properties, strict), ...!isOpen && { additionalProperties: false } },
    ...additionalProperties !== undefined && { additionalProperties: typeof additionalProperties === 'object' ? strict(additionalProperties) : additionalProperties },
    ...required && required.length > 0 && { required },
    ...items && { items: strict(items) },
  };
}

export function mapValues<T, R>(map: { readonly [key: string]: T }, change: (value: T, key: string) => R): { [key: string]: R } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function bounds(schema: JsonSchema): JsonSchema {
  const named = Object.fromEntries(BOUNDS
    .filter(word => word in schema && (word !== 'pattern' || isReadable(schema[word])))
    .map(word => [word, schema[word]]));
  return { ...FORMATS[schema.format], ...named };
}

/** Whether JavaScript can read a pattern that was written for Go: `(?i)`, for one, it cannot. */
function isReadable(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    console.warn(`left out: pattern ${pattern}`);
    return false;
  }
}

/** What stands inside a junction only narrows: it names some properties and does not forbid the others. */
function junctions(schema: JsonSchema): JsonSchema {
  const narrow = (part: JsonSchema): JsonSchema => ({
    ...bounds(part),
    ...junctions(part),
    ...part.properties && { properties: mapValues(part.properties, narrow) },
    ...part.required && { required: part.required },
    ...part.items && { items: narrow(part.items) },
  });
  const result: JsonSchema = {
    ...schema.not && { not: narrow(schema.not) },
    ...Object.fromEntries(['allOf', 'anyOf', 'oneOf'].filter(word => schema[word]).map(word => [word, schema[word].map(narrow)])),
  };
  if (result.oneOf?.some((part: JsonSchema) => Object.keys(part.properties ?? {}).some(name => schema.properties?.[name]?.default !== undefined))) {
    // Without the default that the server would fill in, more than one alternative holds.
    const { oneOf, ...rest } = result;
    return { ...rest, anyOf: oneOf };
  }
  return result;
}
