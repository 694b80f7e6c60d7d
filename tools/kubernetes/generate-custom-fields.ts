import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CRD_MODULES, findDefinition } from './crds';
import { type Field, quoted, references, renderToken, SCALARS, structName, type Type, typescriptType, withoutCapitals } from './field-types';
import { type Schema, shortName } from './openapi';

const OUT = join(__dirname, '../../lib/definition');

/** The kinds whose specs get structs. Kinds of one family share the types inside them, which are named after the family. */
const KINDS: readonly { readonly [part in 'group' | 'version' | 'kind' | 'family' | 'page']: string }[] = [
  { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', family: 'Certificate', page: 'https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec' },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'HTTPRoute', family: 'GatewayRoute', page: 'https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec' },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'GRPCRoute', family: 'GatewayRoute', page: 'https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#grpcroutespec' },
  { group: 'monitoring.coreos.com', version: 'v1', kind: 'ServiceMonitor', family: 'Monitor', page: 'https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec' },
  { group: 'monitoring.coreos.com', version: 'v1', kind: 'PodMonitor', family: 'Monitor', page: 'https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitorSpec' },
];

/** Types of Kubernetes that definitions write out, by the names of their fields; a property may tell apart those of one shape. */
const KNOWN: { readonly [fields: string]: { readonly [property: string]: string } } = {
  'key,name,optional': { 'configMap': 'ConfigMapKeySelector', '': 'SecretKeySelector' },
  'matchExpressions,matchLabels': { '': 'LabelSelector' },
};

/** Names the object types inside the specs of a family, equal ones once. */
class Family {
  public readonly types = new Map<string, Schema>();
  private readonly namesByShape = new Map<string, string>();

  private kind = '';

  public constructor(private readonly name: string) {}

  /** Adds the spec of a kind, whose name tells its own types apart from those of the family. */
  public addKind(kind: string, spec: Schema): void {
    this.kind = kind;
    this.add(`${kind}Spec`, spec);
  }

  /** The schema with references in place of objects. */
  private refer(schema: Schema, property: string, parent: string): Schema {
    const { items, additionalProperties } = schema;
    if (schema['x-kubernetes-int-or-string']) {
      return reference('IntOrString');
    }
    if (items) {
      return { ...schema, items: this.refer(items, singular(property), parent) };
    }
    if (typeof additionalProperties === 'object') {
      return { ...schema, additionalProperties: this.refer(additionalProperties, property, parent) };
    }
    return schema.properties && !schema['x-kubernetes-preserve-unknown-fields'] ? reference(this.nameOf(schema, property, parent)) : schema;
  }

  private add(name: string, schema: Schema): void {
    const properties = Object.entries(schema.properties!).map(([property, inner]) => [property, this.refer(inner, property, name)]);
    this.types.set(name, { ...schema, properties: Object.fromEntries(properties) });
  }

  private nameOf(schema: Schema, property: string, parent: string): string {
    const known = KNOWN[Object.keys(schema.properties!).sort().join()];
    if (known) {
      return known[property] ?? known[''];
    }
    const shape = JSON.stringify(schema, (key, value) => key === 'description' && typeof value === 'string' ? undefined : value);
    const earlier = this.namesByShape.get(shape);
    if (earlier !== undefined) {
      return earlier;
    }
    const taken = new Set(this.namesByShape.values());
    const [name] = [this.name, this.kind, parent].map(prefix => `${prefix}${capital(property)}`).filter(candidate => !taken.has(candidate));
    if (name === undefined) {
      throw new Error(`no name for ${property} of ${parent}`);
    }
    this.namesByShape.set(shape, name);
    this.add(name, schema);
    return name;
  }
}

function reference(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function singular(text: string): string {
  return text.replace(/ies$/, 'y').replace(/(ch|x|sh)es$/, '$1').replace(/([^s])s$/, '$1');
}

function toType(name: string, schema: Schema): Type {
  return {
    definition: name,
    name,
    fields: Object.entries(schema.properties!).sort(([a], [b]) => a < b ? -1 : 1).map(([json, inner]): Field => {
      const [type] = references(inner);
      return {
        json,
        name: withoutCapitals(json),
        schema: inner,
        ...type !== undefined && { type: shortName(type) },
        isList: inner.type === 'array',
        isMap: inner.additionalProperties !== undefined,
        keys: inner['x-kubernetes-list-map-keys'] ?? [],
      };
    }),
  };
}

function fieldDoc(type: Type, field: Field): string {
  const facts = [
    ...field.type && SCALARS[field.type] ? [SCALARS[field.type].note] : [],
    ...field.isList ? [field.keys.length > 0 ? `merged with what is there by ${quoted(field.keys)}` : 'replaces what is there'] : [],
  ];
  return `\`${field.json}\` of ${type.name}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}.`;
}

function renderStruct(type: Type, page: string): string {
  return [
    '/**',
    ` * Fields of ${type.name}.`,
    ' *',
    ` * @see ${page}`,
    ' */',
    `export interface ${structName(type.name)} {`,
    ...type.fields.map(field => [
      '  /**',
      `   * ${fieldDoc(type, field)}`,
      '   *',
      '   * @default - left out',
      '   */',
      `  readonly ${field.name}?: ${typescriptType(field)};`,
    ].join('\n')),
    '}',
  ].join('\n');
}

function readTypes(): { readonly type: Type; readonly page: string }[] {
  const families = new Map<string, Family>();
  const pages = new Map<string, string>();
  for (const { group, version, kind, family: name, page } of KINDS) {
    const schema = findDefinition(group, kind)?.spec.versions.find(each => each.name === version)?.schema.openAPIV3Schema.properties?.spec;
    if (!schema) {
      throw new Error(`no module of crds.ts defines ${group}/${version}/${kind}`);
    }
    const family = families.get(name) ?? new Family(name);
    families.set(name, family);
    family.addKind(kind, schema);
    [...family.types.keys()].filter(type => !pages.has(type)).forEach(type => pages.set(type, page));
  }
  const types = [...families.values()].flatMap(({ types: inFamily }) => [...inFamily].map(([name, schema]) => toType(name, schema)));
  return types.sort((a, b) => a.name < b.name ? -1 : 1).map(type => ({ type, page: pages.get(type.name)! }));
}

function main(): void {
  const types = readTypes();
  const modules = CRD_MODULES.filter(module => /gateway-api|cert-manager|prometheus-operator/.test(module));
  const source = `Made by tools/kubernetes/generate-custom-fields.ts from ${modules.join(', ')}; do not edit.`;
  const known = Object.values(KNOWN).flatMap(names => Object.values(names));
  const imported = known.filter(name => types.some(({ type }) => type.fields.some(field => field.type === name))).map(structName).sort();
  writeFileSync(join(OUT, 'custom-fields.generated.ts'), [
    `// ${source}`,
    `import type { ${imported.join(', ')} } from './kubernetes-fields.generated';`,
    '',
    types.map(({ type, page }) => renderStruct(type, page)).join('\n\n'),
    '',
  ].join('\n'));
  writeFileSync(join(OUT, 'custom-field-table.generated.ts'), [
    `// ${source}`,
    '',
    '/** The fields of each type of a custom resource, written as those of kubernetes-field-table.generated.ts. */',
    'export const CUSTOM_FIELD_TABLE = {',
    ...types.map(({ type }) => `  ${type.name}: '${type.fields.map(field => renderToken(field)).join(' ')}',`),
    '};',
    '',
  ].join('\n'));
  console.log(`${types.length} structs with ${types.flatMap(({ type }) => type.fields).length} fields`);
}

main();
