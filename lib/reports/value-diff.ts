import { align } from './alignment';
import { compareStrings, type Json, sortedEntries } from '../definition/json';

/** One field that differs. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[orders].image`. */
  readonly path: string;
  /** Nothing where the field was not there. */
  readonly before?: unknown;
  /** Nothing where the field is not there any more. */
  readonly after?: unknown;
  /** Whether it holds a secret: then it comes without its values. */
  readonly hidden?: boolean;
}

/**
 * What tells the items of a list apart, the first that does. These are the merge keys of Kubernetes' own lists; `host` and `path` are those
 * of an Ingress, `alert` and `record` those of a PrometheusRule.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
const KEYS: readonly (readonly string[])[] = [
  ['name'], ['mountPath'], ['devicePath'], ['containerPort', 'protocol'], ['port', 'protocol'], ['host'], ['path'], ['key'], ['ip'],
  ['topologyKey', 'whenUnsatisfiable'], ['alert'], ['record'],
];
/** Lists of named items whose order says something: these start one after the other. */
const ORDERED = ['initContainers'];

/**
 * What differs between two values, by field. Maps carry no order. Items of lists are the same where they have the same name or key; those
 * that have none are paired by what they hold and then by position. Null is the same as nothing, as it is to an API server.
 *
 * @param path that of the values themselves
 */
export function diffValues(before: unknown, after: unknown, path = ''): FieldChange[] {
  return compare(before, after, path, false);
}

/**
 * What a value lacks of another, by field: what the other does not name may be anything. A list of named items may hold more of them;
 * any other list has to have the same length.
 */
export function diffSubset(expected: unknown, actual: unknown, path = ''): FieldChange[] {
  return compare(expected, actual, path, true);
}

function compare(before: unknown, after: unknown, path: string, subset: boolean): FieldChange[] {
  if (isMap(before) && isMap(after)) {
    const keys = subset ? Object.keys(before) : [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.sort(compareStrings).flatMap(key => compare(own(before, key), own(after, key), below(path, key), subset));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return compareLists(before, after, path, subset);
  }
  return Object.is(before ?? undefined, after ?? undefined) ? [] : [change(path, before, after)];
}

function change(path: string, before: unknown, after: unknown): FieldChange {
  return { path, ...(before ?? undefined) !== undefined && { before }, ...(after ?? undefined) !== undefined && { after } };
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: string, subset: boolean): FieldChange[] {
  const keys = KEYS.find(candidate => tellsApart(candidate, before) && tellsApart(candidate, after));
  if (keys && before.length + after.length > 0) {
    return compareNamed(byIdentity(keys, before), byIdentity(keys, after), path, subset);
  }
  if ([...before, ...after].every(isMap)) {
    return compareUnnamed(before, after, path, subset);
  }
  return canonical(before) === canonical(after) ? [] : [change(path, before, after)];
}

function tellsApart(keys: readonly string[], items: readonly unknown[]): boolean {
  return items.every(item => isMap(item) && isScalar(own(item, keys[0]))) && byIdentity(keys, items).size === items.length;
}

/** The only key that an item may leave out is the protocol of a port. */
function byIdentity(keys: readonly string[], items: readonly unknown[]): Map<string, unknown> {
  return new Map(items.map(item => [keys.map(key => own(item as Json, key) ?? (key === 'protocol' ? 'TCP' : '')).join('/'), item]));
}

function compareNamed(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>, path: string, subset: boolean): FieldChange[] {
  const names = subset ? [...before.keys()] : [...new Set([...before.keys(), ...after.keys()])];
  const shared = [[...before.keys()].filter(name => after.has(name)), [...after.keys()].filter(name => before.has(name))];
  const isReordered = !subset && ORDERED.some(list => path.endsWith(list)) && shared[0].join() !== shared[1].join();
  return [
    ...isReordered ? [change(`${path} (order)`, ...shared as [string[], string[]])] : [],
    ...names.flatMap(name => compare(before.get(name), after.get(name), `${path}[${name}]`, subset)),
  ];
}

/** Items that nothing names: the equal ones are the same, and those between them are paired by position. */
function compareUnnamed(before: readonly unknown[], after: readonly unknown[], path: string, subset: boolean): FieldChange[] {
  if (subset && before.length !== after.length) {
    return [change(path, before, after)];
  }
  const pairs = subset ? before.map((_, index) => ({ before: index, after: index })) : pairNeighbours(before, after);
  return pairs.flatMap(pair => compare(
    pair.before === undefined ? undefined : before[pair.before],
    pair.after === undefined ? undefined : after[pair.after],
    `${path}[${pair.after ?? pair.before}]`,
    subset,
  ));
}

function pairNeighbours(before: readonly unknown[], after: readonly unknown[]): { readonly before?: number; readonly after?: number }[] {
  const pairs: { before?: number; after?: number }[] = [];
  let waiting: { before?: number; after?: number }[] = [];
  for (const pair of align(before.map(canonical), after.map(canonical))) {
    const partner = pair.before === undefined ? waiting.find(each => each.after === undefined) : undefined;
    if (pair.before !== undefined && pair.after !== undefined) {
      waiting = [];
    } else if (partner) {
      partner.after = pair.after;
      continue;
    } else if (pair.after === undefined) {
      waiting.push(pair);
    }
    pairs.push(pair);
  }
  return pairs;
}

/** A text that is the same for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => isMap(part) ? Object.fromEntries(sortedEntries(part)) : part);
}

/** The path of a key, as people write it; what is no plain word stands in brackets. */
function below(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) {
    return `${path}['${key}']`;
  }
  return path === '' ? key : `${path}.${key}`;
}

function own(map: Json, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
