import { assemblyTypes, type AssemblyType, expectCompiled, type Member } from './compiled';

/** What these languages reserve, and what every object of Java has: generators of code put something behind such a name. */
const RESERVED: { readonly [language: string]: readonly string[] } = {
  Python: words(`and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or
    pass raise return self try while with yield`),
  Java: words(`abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto
    if implements import instanceof int interface long native new package private protected public return short static strictfp super switch
    synchronized this throw throws transient try void volatile while true false null
    wait notify notifyAll getClass hashCode clone finalize`),
};

function words(text: string): string[] {
  return text.split(/\s+/);
}

beforeAll(expectCompiled);

/** Our own types: the fields of Kubernetes have the names of Kubernetes. */
const own = () => assemblyTypes().filter(({ name }) => !name.endsWith('Fields'));
const capitalised = (name: string) => `${name[0].toUpperCase()}${name.slice(1)}`;
const joined = (name: string) => name.replace(/_/g, '').toLowerCase();

/** The names below a type that a rule does not like, for example `Volume.final`. */
function offending(rule: (member: Member, type: AssemblyType) => boolean): string[] {
  return own().flatMap(type => [...type.methods ?? [], ...type.properties ?? []].filter(member => rule(member, type)).map(({ name }) => `${type.name}.${name}`));
}

/** The properties of a struct, with those that it inherits. */
function propertiesOf(fqn: string, types: ReadonlyMap<string, AssemblyType>): string[] {
  const { properties = [], interfaces = [] } = types.get(fqn) ?? {};
  return [...properties.map(({ name }) => name), ...interfaces.flatMap(parent => propertiesOf(parent, types))];
}

test.each(Object.entries(RESERVED))('no name is reserved in %s', (_, reserved) => {
  const parameters = own().flatMap(type => [type.initializer, ...type.methods ?? []].flatMap(callable => callable?.parameters ?? [])
    .filter(({ name }) => reserved.includes(name)).map(({ name }) => `${type.name}(${name})`));
  expect([...offending(({ name }) => reserved.includes(name)), ...parameters]).toEqual([]);
});

test('no member has the name of its type, nor does what Go joins say it twice', () => {
  const members = own().flatMap(({ name, members: values = [] }) => values.filter(value => joined(value.name).startsWith(joined(name))).map(value => `${name}.${value.name}`));
  expect([...members, ...offending(({ name, static: joins }, type) =>
    joins ? joined(name).startsWith(joined(type.name)) : joined(name) === joined(type.name))]).toEqual([]);
});

test('no method is in the way of the getter of Java for a property, or of the setter of Go', () => {
  expect(offending(({ name }, { properties = [], methods = [] }) => methods.some(method => method.name === name)
    && properties.some(property => [`get${capitalised(property.name)}`, `set${capitalised(property.name)}`].includes(name)))).toEqual([]);
});

test('snake case keeps words whole, and names apart', () => {
  const snake = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  expect(offending(({ name, const: constant }) => !constant && /[A-Z]{2}/.test(name))).toEqual([]);
  expect(offending(({ name }, { methods = [], properties = [] }) =>
    [...methods, ...properties].some(other => other.name !== name && snake(other.name) === snake(name)))).toEqual([]);
});

test('no keyword argument of Python has the name of an argument before it', () => {
  const types = new Map(assemblyTypes().map(type => [type.fqn, type]));
  const twice = own().flatMap(type => [type.initializer, ...type.methods ?? []].flatMap(callable => {
    const parameters = callable?.parameters ?? [];
    const struct = types.get(parameters.at(-1)?.type.fqn ?? '');
    const lifted = struct?.datatype ? propertiesOf(struct.fqn, types) : [];
    return parameters.slice(0, -1).filter(({ name }) => lifted.includes(name)).map(({ name }) => `${type.name}.${callable!.name ?? 'constructor'}(${name})`);
  }));
  expect(twice).toEqual([]);
});
