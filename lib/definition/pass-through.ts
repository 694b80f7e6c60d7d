import type { CUSTOM_FIELD_TABLE } from './custom-field-table.generated';
import type { Json } from './json';
import type { FIELD_TABLE } from './kubernetes-field-table.generated';
import { type Report, within } from '../diagnostics/report';

/** A type of a custom resource whose fields are known, such as `HTTPRouteSpec`. */
type CustomType = keyof typeof CUSTOM_FIELD_TABLE;

/** A Kubernetes type whose fields are known, such as `PodSpec`. */
export type KubernetesType = keyof typeof FIELD_TABLE | CustomType;

/**
 * Deep-merges typed fields over a rendered object and returns the result; neither input is changed.
 *
 * - Maps merge by key, lists of named items by their merge key, other lists are replaced; null removes.
 * - Keys are jsii's names (`clusterIp`) or those of the manifest (`clusterIP`).
 * - A field takes the place of its alternatives: `valueFrom` of a variable drops a rendered `value`, the strategy `Recreate` a rendered `rollingUpdate`.
 * - A field that the target version, or every version, does not know is reported as `unknown-field` and left out.
 *
 * @param minor the target version of Kubernetes: 31 stands for 1.31
 */
export function mergeFields(type: KubernetesType, rendered: Json, fields: object | undefined, minor: number, report: Report): Json {
  if (fields === undefined) {
    return { ...rendered };
  }
  const known = fieldsOf(type);
  const given: Given[] = [];
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) {
      const field = known.get(key);
      const fault = refusal(type, key, field, minor);
      if (field && !fault) {
        given.push({ key, field, value });
      } else if (fault) {
        report({ code: 'unknown-field', property: key, ...fault });
      }
    }
  }
  const result = withoutRivals(rendered, known, given);
  for (const { key, field, value } of given) {
    set(result, field.json, value, current => mergeField(field, current, value, minor, within(report, key)));
  }
  return result;
}

/**
 * Deep-merges plain JSON over a rendered object without asking a schema, and returns the result; neither input is changed.
 * Maps merge by key, lists whose items all have a `name` by name, other lists are replaced; null removes.
 */
export function mergeOverrides(rendered: Json, overrides: Json | undefined): Json {
  const result = { ...rendered };
  for (const [key, value] of Object.entries(overrides ?? {})) {
    if (value !== undefined) {
      set(result, key, value, current => mergeJson(current, value));
    }
  }
  return result;
}

/** One field of a type, as the generated table tells it. */
interface Field {
  readonly json: string;
  readonly type?: KubernetesType;
  /** What tells the items of a list apart; nothing where the field is no list of objects. */
  readonly keys?: readonly string[];
  readonly since: number;
  readonly until: number;
  /** Whether at most one of the fields that are marked so may be there. */
  readonly excludesAlternatives: boolean;
  /** Whether its value says which fields may stand beside it. */
  readonly decides: boolean;
}

/** A field that the user gave and that may be written. */
interface Given {
  readonly key: string;
  readonly field: Field;
  readonly value: unknown;
}

const TOKEN = /^([!?]?)(\w+)(?:=(\w+))?(?::(\w+))?(?:\[([\w,]*)\])?(?:@(\d*)(?:-(\d+))?)?$/;

const decoded = new Map<KubernetesType, ReadonlyMap<string, Field>>();

/** The fields of a type by both of their names. The table is loaded when it is first asked. */
function fieldsOf(type: KubernetesType): ReadonlyMap<string, Field> {
  let fields = decoded.get(type);
  if (!fields) {
    fields = new Map(encoded(type).split(' ').flatMap(decode));
    decoded.set(type, fields);
  }
  return fields;
}

function encoded(type: KubernetesType): string {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { FIELD_TABLE: table } = require('./kubernetes-field-table.generated') as typeof import('./kubernetes-field-table.generated');
  if (Object.hasOwn(table, type)) {
    return table[type as keyof typeof table];
  }
  const { CUSTOM_FIELD_TABLE: custom } = require('./custom-field-table.generated') as typeof import('./custom-field-table.generated');
  /* eslint-enable @typescript-eslint/no-require-imports */
  return custom[type as CustomType];
}

function decode(token: string): [string, Field][] {
  const [, mark, name, json = name, type, keys, since, until] = TOKEN.exec(token)!;
  const field: Field = {
    json,
    type: type as KubernetesType | undefined,
    keys: keys?.split(',').filter(key => key !== ''),
    since: since ? Number(since) : 0,
    until: until ? Number(until) : Infinity,
    excludesAlternatives: mark === '!',
    decides: mark === '?',
  };
  return [[name, field], [json, field]];
}

function refusal(type: KubernetesType, key: string, field: Field | undefined, minor: number): { message: string; remedy: string } | undefined {
  if (!field) {
    return { message: `${type} has no field '${key}'.`, remedy: "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'." };
  }
  const message = `Kubernetes 1.${minor} does not know '${key}' of ${type}.`;
  if (minor < field.since) {
    return { message, remedy: `Leave it out, or raise the Kubernetes version of the platform to 1.${field.since}, the first that knows it.` };
  }
  return minor > field.until ? { message, remedy: `Leave it out: 1.${field.until} was the last version that knew it.` } : undefined;
}

/** A copy without the fields that cannot stand beside those that are given. */
function withoutRivals(rendered: Json, known: ReadonlyMap<string, Field>, given: readonly Given[]): Json {
  const present = given.filter(({ value }) => value !== null);
  const stays = new Set(present.map(({ field }) => field.json));
  const excludes = present.some(({ field }) => field.excludesAlternatives);
  const decision = present.find(({ field }) => field.decides);
  return Object.fromEntries(Object.entries(rendered).filter(([key]) =>
    stays.has(key) || !((excludes && known.get(key)?.excludesAlternatives) || (decision && !belongsTo(decision.value, key)))));
}

/** Whether a field goes with a type: `rollingUpdate` with `RollingUpdate`, `localhostProfile` with `Localhost`. */
function belongsTo(type: unknown, key: string): boolean {
  const name = String(type);
  return key.startsWith(name.charAt(0).toLowerCase() + name.slice(1));
}

function mergeField({ type, keys }: Field, current: unknown, value: unknown, minor: number, report: Report): unknown {
  if (type && keys && Array.isArray(value)) {
    return mergeList(current, value, keys, (item, fields, index) => mergeFields(type, item, fields, minor, within(report, `[${index}]`)));
  }
  return type && isMap(value) ? mergeFields(type, asMap(current), value, minor, report) : mergeJson(current, value);
}

function mergeJson(current: unknown, value: unknown): unknown {
  if (isMap(value)) {
    return mergeOverrides(asMap(current), value);
  }
  return Array.isArray(value) ? mergeList(current, value, isNamedList(value) && isNamedList(current) ? ['name'] : [], mergeOverrides) : value;
}

type MergeItem = (current: Json, item: Json, index: number) => Json;

/** Merges items into those with the same keys and appends the rest; without keys the new list takes the place of the old one. */
function mergeList(current: unknown, items: readonly unknown[], keys: readonly string[], merge: MergeItem): unknown[] {
  const result: unknown[] = keys.length > 0 && Array.isArray(current) ? [...current] : [];
  items.forEach((item, index) => {
    const at = keys.length > 0 ? result.findIndex(other => isSameItem(other, item, keys)) : -1;
    const merged = isMap(item) ? merge(asMap(result[at]), item, index) : item;
    result.splice(at < 0 ? result.length : at, 1, merged);
  });
  return result;
}

function isSameItem(one: unknown, other: unknown, keys: readonly string[]): boolean {
  return isMap(one) && isMap(other) && one[keys[0]] !== undefined && keys.every(key => keyOf(one, key) === keyOf(other, key));
}

/** The only merge key that an item may leave out is the protocol of a port. */
function keyOf(item: Json, key: string): unknown {
  return item[key] ?? (key === 'protocol' ? 'TCP' : undefined);
}

function isNamedList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(item => isMap(item) && typeof item.name === 'string');
}

function set(target: Json, key: string, value: unknown, merge: (current: unknown) => unknown): void {
  if (value === null) {
    delete target[key];
  } else {
    target[key] = merge(target[key]);
  }
}

/** Whether a value is a plain object: instances of classes (tokens that cdk8s resolves later) pass as they are. */
function isMap(value: unknown): value is Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function asMap(value: unknown): Json {
  return isMap(value) ? value : {};
}
