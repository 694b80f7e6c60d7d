import { referenced, type Schema, shortName } from './openapi';

/** Types that JSON writes as one value. */
export const SCALARS: { readonly [type: string]: { readonly type: string; readonly note: string } } = {
  Quantity: { type: 'string', note: 'a quantity, such as `100m` or `1Gi`' },
  Time: { type: 'string', note: 'a time as RFC 3339 writes it' },
  IntOrString: { type: 'any', note: 'a whole number or a string, which jsii has no type for' },
  FieldsV1: { type: 'any', note: 'any JSON' },
};

/** A field of a type. */
export interface Field {
  /** As JSON writes it, and as jsii does. */
  readonly json: string;
  readonly name: string;
  /** The newest shape. */
  readonly schema: Schema;
  /** The kind of the value or of its items. */
  readonly type?: string;
  readonly isList: boolean;
  readonly isMap: boolean;
  /** What tells the items of a list apart. */
  readonly keys: readonly string[];
  /** The first and the last minor whose type has it, where that narrows the life of the type. */
  readonly since?: number;
  readonly until?: number;
}

/** A type, with the full name of its definition. */
export interface Type {
  readonly definition: string;
  readonly name: string;
  readonly fields: readonly Field[];
}

/** Names as camelCase and PascalCase have them when abbreviations count as words: `clusterIPs` is `clusterIps`, `HTTPGetAction` is `HttpGetAction`. */
export function withoutCapitals(name: string): string {
  return name.replace(/[A-Z]{2,}s?(?=[A-Z]|$)/g, word => word[0] + word.slice(1).toLowerCase());
}

/** The name of the struct of a type. */
export function structName(type: string): string {
  return `${withoutCapitals(type)}Fields`;
}

/** The definitions that a schema refers to. */
export function references(schema: Schema): string[] {
  const { items, additionalProperties } = schema;
  const nested = [items, typeof additionalProperties === 'object' ? additionalProperties : undefined];
  return [referenced(schema), ...nested.map(inner => inner && referenced(inner))].filter(name => name !== undefined);
}

const PRIMITIVES: { readonly [type: string]: string } = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', object: 'any' };

/** The type of a field in the struct. */
export function typescriptType(field: Field): string {
  const { schema } = field;
  const one = (inner: Schema): string => {
    if (inner.items) {
      return `${one(inner.items)}[]`;
    }
    const reference = referenced(inner);
    return reference ? SCALARS[shortName(reference)]?.type ?? structName(shortName(reference)) : PRIMITIVES[inner.type ?? 'object'];
  };
  return typeof schema.additionalProperties === 'object' ? `{ readonly [key: string]: ${one(schema.additionalProperties)} }` : one(schema);
}

/** A field as the table of `pass-through.ts` has it. */
export function renderToken(field: Field, mark = ''): string {
  const isTyped = field.type !== undefined && !SCALARS[field.type] && !field.isMap;
  return [
    mark,
    field.name,
    field.name !== field.json ? `=${field.json}` : '',
    isTyped ? `:${field.type}` : '',
    isTyped && field.isList ? `[${field.keys.join()}]` : '',
    field.since || field.until ? `@${field.since ?? ''}${field.until ? `-${field.until}` : ''}` : '',
  ].join('');
}

export function quoted(names: readonly string[]): string {
  return names.map(name => `\`${name}\``).join(' and ');
}
