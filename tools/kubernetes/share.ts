import type { JsonSchema } from './strict-schema';

/** Below this many characters a reference is hardly shorter than what it stands for. */
const WORTH_SHARING = 200;

/**
 * Makes definitions of the schemas that occur more than once inside the given ones, and refers to them.
 * Custom resources write everything out: a Rollout has the schema of a container three times, an ApplicationSet that of its generators hundreds of times.
 */
export function share(definitions: { readonly [name: string]: JsonSchema }): { [name: string]: JsonSchema } {
  const counts = new Map<string, number>();
  Object.values(definitions).forEach(definition => count(definition, counts));
  const names = new Map<string, string>();
  const shared: { [name: string]: JsonSchema } = {};
  const change = (value: unknown): unknown => {
    const text = isObjectSchema(value) ? JSON.stringify(value) : '';
    if ((counts.get(text) ?? 0) < 2) {
      return changeInside(value, change);
    }
    let name = names.get(text);
    if (!name) {
      name = `shared-${names.size + 1}`;
      names.set(text, name);
      shared[name] = changeInside(value, change) as JsonSchema;
    }
    return { $ref: name };
  };
  const changed = Object.fromEntries(Object.entries(definitions).map(([name, definition]) => [name, changeInside(definition, change) as JsonSchema]));
  return { ...changed, ...shared };
}

/** Counts each schema once for each place that it stands in, what is inside a repeated one only the first time. */
function count(value: unknown, counts: Map<string, number>): void {
  if (isObjectSchema(value)) {
    const text = JSON.stringify(value);
    if (text.length >= WORTH_SHARING) {
      const before = counts.get(text) ?? 0;
      counts.set(text, before + 1);
      if (before > 0) {
        return;
      }
    }
  }
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(inner => count(inner, counts));
  }
}

function changeInside(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(change);
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)])) : value;
}

/** A schema with properties; a map of properties, which may have one of that name, has no `type` that is a word. */
function isObjectSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && (value as JsonSchema).type === 'object' && typeof (value as JsonSchema).properties === 'object';
}
