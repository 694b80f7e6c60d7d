import type { ManifestObject } from './manifest-object';
import { diffValues, type FieldChange } from './value-diff';
import { asMap, compareStrings, type Json } from '../definition/json';

/** An object that is in one of two sets of manifests alone, or in both and not the same. */
export interface ObjectChange {
  readonly object: ManifestObject;
  readonly change: 'added' | 'removed' | 'changed';
  /** Of an object that is in both. */
  readonly fields: readonly FieldChange[];
}

/** Where kubectl keeps the whole manifest once more. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What differs between two sets of manifests: by environment, namespace, kind and name. */
export function diffManifests(before: readonly ManifestObject[], after: readonly ManifestObject[]): ObjectChange[] {
  const [old, young] = [before, after].map(objects => new Map(objects.map(object => [object.identity, object])));
  return [...new Map([...old, ...young]).values()].sort(byPlace).flatMap((object): ObjectChange[] => {
    const [one, other] = [old.get(object.identity), young.get(object.identity)];
    if (!one || !other) {
      return [{ object, change: one ? 'removed' : 'added', fields: [] }];
    }
    const fields = object.kind === 'Secret' ? diffSecrets(one.manifest, other.manifest) : diffValues(one.manifest, other.manifest);
    return fields.length > 0 ? [{ object, change: 'changed', fields }] : [];
  });
}

/** As of any object, but of what it keeps only the keys are said. */
function diffSecrets(before: Json, after: Json): FieldChange[] {
  return [
    ...diffValues(withoutValues(before), withoutValues(after)),
    ...['data', 'stringData'].flatMap(field => diffValues(contentOf(before, field), contentOf(after, field), field).map(hide)),
    ...diffValues(lastApplied(before), lastApplied(after), `metadata.annotations['${LAST_APPLIED}']`).map(hide),
  ].sort((a, b) => compareStrings(a.path, b.path));
}

function withoutValues({ data, stringData, ...rest }: Json): Json {
  const metadata = asMap(rest.metadata);
  if (lastApplied(rest) === undefined) {
    return rest;
  }
  const { [LAST_APPLIED]: _, ...annotations } = metadata.annotations;
  return { ...rest, metadata: { ...metadata, annotations } };
}

/** By key, even where one of two has none at all. */
function contentOf(secret: Json, field: string): unknown {
  return secret[field] ?? {};
}

function lastApplied({ metadata }: Json): unknown {
  return asMap(asMap(metadata).annotations)[LAST_APPLIED];
}

function hide({ path, before, after }: FieldChange): FieldChange {
  return { path, ...before !== undefined && { before: true }, ...after !== undefined && { after: true }, hidden: true };
}

function byPlace(a: ManifestObject, b: ManifestObject): number {
  return compareStrings(a.environment, b.environment) || compareStrings(a.namespace, b.namespace)
    || compareStrings(a.kind, b.kind) || compareStrings(a.name, b.name) || compareStrings(a.identity, b.identity);
}
