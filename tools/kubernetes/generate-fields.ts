import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Field, quoted, references, renderToken, SCALARS, structName, type Type, typescriptType, withoutCapitals } from './field-types';
import { type Definitions, MINORS, NEWEST, OLDEST, openapi, RELEASES, type Schema, shortName } from './openapi';

const OUT = join(__dirname, '../../lib/definition');

/** Where the closure of types begins. */
const ROOTS = [
  'core.v1.Container', 'core.v1.PodSpec', 'core.v1.ServiceSpec', 'core.v1.PersistentVolumeClaimSpec', 'core.v1.ResourceQuotaSpec', 'core.v1.LimitRangeSpec',
  'apps.v1.DeploymentSpec', 'apps.v1.StatefulSetSpec', 'apps.v1.DaemonSetSpec', 'batch.v1.JobSpec', 'batch.v1.CronJobSpec',
  'networking.v1.IngressSpec', 'networking.v1.NetworkPolicySpec', 'autoscaling.v2.HorizontalPodAutoscalerSpec', 'policy.v1.PodDisruptionBudgetSpec',
].map(root => `io.k8s.api.${root}`);

/** Fields that the structs leave out and the table keeps: written by the server, refused in templates, or volumes that Kubernetes has given up. */
const UNTYPED: { readonly [type: string]: readonly string[] } = {
  ObjectMeta: [
    'creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generateName', 'generation', 'managedFields', 'namespace',
    'ownerReferences', 'resourceVersion', 'selfLink', 'uid',
  ],
  PersistentVolumeClaim: ['apiVersion', 'kind', 'status'],
  PodSpec: ['ephemeralContainers'],
  Volume: [
    'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs',
    'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume',
  ],
};

/** Types of whose fields (all but the named ones, or exactly the named ones) an object has at most one; the OpenAPI document does not say so. */
const ONE_OF: { readonly [type: string]: { readonly only?: readonly string[]; readonly not?: readonly string[] } } = {
  EnvVar: { only: ['value', 'valueFrom'] },
  EnvVarSource: {},
  IngressBackend: {},
  LifecycleHandler: {},
  PodDisruptionBudgetSpec: { only: ['maxUnavailable', 'minAvailable'] },
  PodResourceClaim: { not: ['name'] },
  Probe: { only: ['exec', 'grpc', 'httpGet', 'tcpSocket'] },
  ServiceBackendPort: {},
  Volume: { not: ['name'] },
};

/** The field that decides which of the others an object may have: those whose name begins as its value does. */
const DISCRIMINATORS: { readonly [type: string]: string } = {
  AppArmorProfile: 'type',
  DaemonSetUpdateStrategy: 'type',
  DeploymentStrategy: 'type',
  SeccompProfile: 'type',
  StatefulSetUpdateStrategy: 'type',
};

/** The definitions that the roots lead to, in every minor that has them. */
function closure(definitions: Definitions): Map<string, Schema> {
  const found = new Map<string, Schema>();
  const visit = (name: string): void => {
    if (found.has(name) || !definitions[name]) {
      return;
    }
    found.set(name, definitions[name]);
    Object.values(definitions[name].properties ?? {}).flatMap(references).forEach(visit);
  };
  ROOTS.forEach(visit);
  return found;
}

function readTypes(): Map<string, Type> {
  const releases = MINORS.map(minor => ({ minor, types: closure(openapi(minor)) }));
  const definitions = [...new Set(releases.flatMap(release => [...release.types.keys()]))].filter(definition => !SCALARS[shortName(definition)]);
  const types = new Map<string, Type>();
  for (const definition of definitions) {
    const name = shortName(definition);
    if (types.has(name)) {
      throw new Error(`two groups have a ${name}: ${definition} and ${types.get(name)!.definition}`);
    }
    const versions = releases.flatMap(({ minor, types: known }) => known.has(definition) ? [{ minor, schema: known.get(definition)! }] : []);
    const fields = [...new Set(versions.flatMap(({ schema }) => Object.keys(schema.properties ?? {})))].sort();
    types.set(name, { definition, name, fields: fields.map(json => readField(name, json, versions)) });
  }
  return new Map([...types].sort(([a], [b]) => a < b ? -1 : 1));
}

function readField(type: string, json: string, versions: { readonly minor: number; readonly schema: Schema }[]): Field {
  const minors = versions.map(({ minor }) => minor);
  const having = versions.filter(({ schema }) => schema.properties?.[json]);
  const first = having[0].minor;
  const last = having[having.length - 1].minor;
  if (having.length !== last - first + 1) {
    throw new Error(`${type}.${json} came and went more than once`);
  }
  const schema = having[having.length - 1].schema.properties![json];
  const [reference] = references(schema);
  const mergeKey = schema['x-kubernetes-patch-merge-key'];
  const isList = schema.type === 'array';
  const keys = isList ? schema['x-kubernetes-list-map-keys'] ?? (mergeKey && schema['x-kubernetes-list-type'] !== 'atomic' ? [mergeKey] : []) : [];
  return {
    json,
    name: withoutCapitals(json),
    schema,
    ...reference && { type: shortName(reference) },
    isList,
    isMap: schema.additionalProperties !== undefined,
    keys,
    ...first > minors[0] && { since: first },
    ...last < minors[minors.length - 1] && { until: last },
  };
}

/** The first and the last minor that knows something, a type through the fields that lead to it. */
interface Life { readonly since: number; readonly until: number }

function lives(types: ReadonlyMap<string, Type>): Map<string, Life> {
  const result = new Map<string, Life>(ROOTS.map(root => [shortName(root), { since: OLDEST, until: NEWEST }]));
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, type] of types) {
      const outer = result.get(name);
      for (const field of outer ? type.fields : []) {
        if (field.type && types.has(field.type)) {
          const known = result.get(field.type);
          const life = lifeOf(field, outer!);
          const widened = { since: Math.min(life.since, known?.since ?? NEWEST), until: Math.max(life.until, known?.until ?? OLDEST) };
          if (widened.since !== known?.since || widened.until !== known?.until) {
            result.set(field.type, widened);
            changed = true;
          }
        }
      }
    }
  }
  return result;
}

function lifeOf(field: Field, type: Life): Life {
  return { since: Math.max(type.since, field.since ?? OLDEST), until: Math.min(type.until, field.until ?? NEWEST) };
}

function isExclusive(type: string, field: Field): boolean {
  const { only, not } = ONE_OF[type] ?? { only: [] };
  return only ? only.includes(field.json) : !not?.includes(field.json);
}

/** The types that structs are made for. */
function typed(types: ReadonlyMap<string, Type>): Type[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (!found.has(name) && types.has(name)) {
      found.add(name);
      typedFields(types.get(name)!).forEach(field => field.type && visit(field.type));
    }
  };
  ROOTS.map(shortName).forEach(visit);
  return [...types.values()].filter(type => found.has(type.name));
}

function typedFields(type: Type): Field[] {
  return type.fields.filter(field => !UNTYPED[type.name]?.includes(field.json));
}

function lifeText({ since, until }: Life): string {
  const from = since > OLDEST ? ` from Kubernetes 1.${since}` : '';
  const to = until < NEWEST ? ` up to Kubernetes 1.${until}` : '';
  return from || to ? `; known${from}${to}` : '';
}

function fieldDoc(type: Type, field: Field, life: Life): string {
  const facts = [
    ...field.type && SCALARS[field.type] ? [`${field.isList || field.isMap ? 'each ' : ''}${SCALARS[field.type].note}`] : [],
    ...field.isList ? [field.keys.length > 0 ? `merged with what is there by ${quoted(field.keys)}` : 'replaces what is there'] : [],
    ...isExclusive(type.name, field) ? ['takes the place of its alternatives'] : [],
    ...DISCRIMINATORS[type.name] === field.json ? ['drops the fields that do not go with it'] : [],
  ];
  return `\`${field.json}\` of ${type.name}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}${lifeText(life)}.`;
}

/** The part of the API reference on a type; its anchors write groups with a domain in full. */
function referencePage(type: Type): string {
  const [version, shortGroup] = type.definition.split('.').slice(0, -1).reverse();
  const group = shortGroup === 'networking' ? 'networking-k8s-io' : shortGroup;
  return `https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.${NEWEST}/#${type.name.toLowerCase()}-${version}-${group}`;
}

function renderStruct(type: Type, life: Life): string {
  const fields = typedFields(type).map(field => [
    '  /**',
    `   * ${fieldDoc(type, field, lifeOf(field, life))}`,
    '   *',
    '   * @default - left out',
    '   */',
    `  readonly ${field.name}?: ${typescriptType(field)};`,
  ].join('\n'));
  return [
    '/**',
    ` * Fields of ${type.name}${lifeText(life)}.`,
    ' *',
    ` * @see ${referencePage(type)}`,
    ' */',
    `export interface ${structName(type.name)} {`,
    ...fields,
    '}',
  ].join('\n');
}

function tokenOf(type: Type, field: Field): string {
  return renderToken(field, DISCRIMINATORS[type.name] === field.json ? '?' : isExclusive(type.name, field) ? '!' : '');
}

/** Stops where the hand-kept lists above name what Kubernetes no longer has, and where the table could not say what it must. */
function check(types: ReadonlyMap<string, Type>): void {
  const named = [
    ...Object.entries(UNTYPED),
    ...Object.entries(ONE_OF).map(([type, { only, not }]) => [type, [...only ?? [], ...not ?? []]] as const),
    ...Object.entries(DISCRIMINATORS).map(([type, field]) => [type, [field]] as const),
  ];
  for (const [type, fields] of named) {
    for (const name of fields) {
      if (!types.get(type)?.fields.some(field => field.json === name)) {
        throw new Error(`${type} has no ${name}`);
      }
    }
  }
  for (const { name, fields } of types.values()) {
    for (const field of fields) {
      if (field.keys.some(key => withoutCapitals(key) !== key)) {
        throw new Error(`${name}.${field.json} merges by keys that jsii spells differently`);
      }
    }
  }
}

function main(): void {
  const types = readTypes();
  check(types);
  const known = lives(types);
  const structs = typed(types);
  const source = `Made by tools/kubernetes/generate-fields.ts from the OpenAPI documents of Kubernetes ${RELEASES[OLDEST]} to ${RELEASES[NEWEST]}; do not edit.`;
  writeFileSync(join(OUT, 'kubernetes-fields.generated.ts'), [
    `// ${source}`,
    '',
    structs.map(type => renderStruct(type, known.get(type.name)!)).join('\n\n'),
    '',
  ].join('\n'));
  writeFileSync(join(OUT, 'kubernetes-field-table.generated.ts'), [
    `// ${source}`,
    '',
    '/**',
    ' * The fields of each type, as `pass-through.ts` reads them: `name=jsonName:Type[mergeKeys]@since-until`, every part after the name where it says something.',
    ' * `[]` is a list without merge keys; `!` marks fields that exclude each other, `?` the one that decides which others there may be.',
    ' */',
    'export const FIELD_TABLE = {',
    ...[...types.values()].map(type => `  ${type.name}: '${type.fields.map(field => tokenOf(type, field)).join(' ')}',`),
    '};',
    '',
  ].join('\n'));
  console.log(`${types.size} types, ${structs.length} structs with ${structs.flatMap(typedFields).length} fields`);
}

main();
