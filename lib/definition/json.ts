/** Plain JSON, as it goes into a manifest. */
export type Json = { [key: string]: any };

type StringKeyed<T> = { readonly [key: string]: T };

/** A copy without the keys that say nothing: undefined values, empty lists and empty maps. */
export function compact(json: Json): Json {
  const result: Json = {};
  for (const key of Object.keys(json)) {
    const value = json[key];
    if (!isEmpty(value)) {
      result[key] = value;
    }
  }
  return result;
}

/** The compacted map, or nothing when nothing is left of it. */
export function compactOrNone(json: Json): Json | undefined {
  const result = compact(json);
  return Object.keys(result).length > 0 ? result : undefined;
}

/** A copy without the keys whose value is undefined. */
export function defined<T>(map: StringKeyed<T | undefined>): { [key: string]: T };
export function defined<T extends object>(map: T): T;
export function defined(map: Json): Json {
  const result: Json = {};
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value !== undefined) {
      result[key] = value;
    }
  }
  return result;
}

/** Maps laid over each other, the last on top; the lowest itself, where nothing lies over it. */
export function overlaid<T>(lowest: StringKeyed<T>, ...others: readonly (StringKeyed<T> | undefined)[]): StringKeyed<T> {
  let result = lowest;
  for (const other of others) {
    if (other && Object.keys(other).length > 0) {
      result = result === lowest ? Object.assign({}, lowest, other) : Object.assign(result, other);
    }
  }
  return result;
}

/** The value where it is a map; an empty one where it is none. */
export function asMap(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The maps of a list; none where it is no list. */
export function asMaps(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'object' && item !== null) : [];
}

/** Entries in the order of their keys by code unit, which no locale changes. */
export function sortedEntries<T>(map: { readonly [key: string]: T } | undefined): [string, T][] {
  const entries = Object.entries(map ?? {});
  return entries.length > 1 ? entries.sort((a, b) => compareStrings(a[0], b[0])) : entries;
}

/** Order by code unit. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return value === undefined;
  }
  return Array.isArray(value) ? value.length === 0 : value.constructor === Object && hasNoKeys(value);
}

/** Without the list that `Object.keys` makes. */
function hasNoKeys(map: object): boolean {
  for (const key in map) {
    if (Object.hasOwn(map, key)) {
      return false;
    }
  }
  return true;
}
