import { ApiObject, App, Chart, Lazy, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { ObjectWriter } from '../../lib/synthesis/object-yaml';
import { stringifyDocuments } from '../../lib/synthesis/yaml';
import { expectInvalidManifests } from '../support/validate-every-manifest';

const RUNS = Number(process.env.YAML_RUNS ?? 3000);

/** Texts that YAML 1.1 could read as something else, and those that only look like it. */
const TRICKY = [
  '', ' ', 'true', 'True', 'yes', 'Y', 'n', 'on', 'off', 'null', '~', '0', '007', '0o7', '0x1f', '1_000', '1e3', '.5', '5.', '-', '?', ':', '- a', 'a: b', 'a:b',
  'a #b', '#a', 'a ', ' a', '1.2.3', '1:30', '190:20:30', '2001-01-01', '2001-12-14t21:59:43.10-05:00', '<<', '=', '!a', '&a', '*a', '%a', '@a', '`a',
  '---', '--- a', '...', 'a\nb', 'a\n', ' a\n  b\n\n c', 'a\n\n\n', '\n a', 'a \nb', '# a\nb: c\n', 'a\n---\nb', '\ta\nb', '\n', 'a\tb', '"', "'", 'it\'s "so"', '{a}', '[a]', 'a,b', 'é', '\u0085', '\u2028', '\ud83d\ude00', '\\', 'C:\\x',
  '$(NAME)', '0b1', '.nan', '.inf', '-.inf', '+1', '-0', '12e03', '1,000', 'a:', ':a', 'x'.repeat(600), 'x y '.repeat(40), '{{ .Values.x }}', '/', '~a', 'E0', 'e-1', 'E', 'Infinity', 'NaN',
];

const text = fc.oneof(
  fc.constantFrom(...TRICKY),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.stringMatching(/^[a-z0-9:. _\-/]{0,20}$/),
  fc.stringMatching(/^[0-9]{1,3}([.:/-][0-9a-z]{1,4}){0,4}$/),
  fc.tuple(fc.constantFrom(...TRICKY), fc.constantFrom(...TRICKY)).map(([a, b]) => a + b),
);
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;
const document = fc.dictionary(text, json, { maxKeys: 6 });

describe('stringifyDocuments', () => {
  test(`writes the bytes of cdk8s for any data (${RUNS} documents)`, () => {
    fc.assert(fc.property(fc.array(document, { maxLength: 3 }), documents => {
      expect(stringifyDocuments(documents)).toBe(Yaml.stringify(...documents));
    }), { numRuns: RUNS });
  }, 600_000);

  test('every tricky text as a value, a key and a list item', () => TRICKY.forEach(tricky => {
    const documents = [{ key: tricky, list: [tricky, [tricky]], map: { [tricky]: 1, a: { [tricky]: tricky } } }];
    expect(stringifyDocuments(documents)).toBe(Yaml.stringify(...documents));
  }));

  test('an object that is mentioned twice becomes an alias, as in cdk8s', () => {
    const shared = { a: 1 };
    expect(stringifyDocuments([{ one: shared, two: shared }])).toBe(Yaml.stringify({ one: shared, two: shared }));
    expect(stringifyDocuments([{ one: shared, two: shared }])).toContain('*a1');
  });

  test('the same text stays the same however often it is written', () => {
    const documents = [{ a: '8080', b: '8080' }, { a: '8080' }];
    expect(stringifyDocuments(documents)).toBe(stringifyDocuments(documents));
  });

  test('nothing gives nothing', () => {
    expect(stringifyDocuments([])).toBe(Yaml.stringify());
  });
});

/** cdk8s takes a map with a key 'constructor' for an object of that class, and fails. */
const key = text.filter(name => name !== 'constructor');

/** What somebody may give an object: nothing where there should be something, tokens, classes, all in any order. */
const given = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text, text.map(line => `${line}\nsecond\n`), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constantFrom(null, undefined),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    tie('value').map(value => Lazy.any({ produce: () => value })),
    tie('value').map(value => ({ resolve: () => value })),
    fc.constantFrom(new Date(0), 7n),
  ),
})).value;

function outcomeOf(action: () => string): string {
  try {
    return action();
  } catch (problem) {
    return `failed: ${(problem as Error).message}`;
  }
}

test(`an object is written as cdk8s writes its JSON, or fails as it does (${RUNS} objects)`, () => {
  expectInvalidManifests('no cluster knows such things');
  const app = new App();
  const chart = new Chart(app, 'shop');
  const writer = new ObjectWriter(app);
  fc.assert(fc.property(fc.dictionary(key, given, { maxKeys: 5 }), fc.dictionary(key, given, { maxKeys: 3 }), (fields, metadata) => {
    const object = new ApiObject(chart, 'object', { ...fields, apiVersion: 'v1', kind: 'Thing', metadata: { name: 'thing', ...metadata } });
    chart.node.tryRemoveChild('object');
    const written = outcomeOf(() => writer.write(object, {}).yaml);
    expect(written).toBe(outcomeOf(() => Yaml.stringify(object.toJson())));
  }), { numRuns: RUNS });
}, 600_000);

test('names that every object of JavaScript has are keys like others', () => {
  const names = ['constructor', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString', 'toString', 'valueOf'];
  const entries = Object.fromEntries(names.map(name => [name, 'x']));
  const app = new App();
  const object = new ApiObject(new Chart(app, 'shop'), 'object', {
    apiVersion: 'v1', kind: 'Thing', metadata: { ...entries, labels: entries, name: 'thing' }, data: entries,
  });
  const sorted = Object.fromEntries(Object.entries({ ...entries, labels: { ...entries }, name: 'thing' }).sort(([a], [b]) => (a < b ? -1 : 1)));
  expect(new ObjectWriter(app).write(object, {}).yaml).toBe(stringifyDocuments([{ apiVersion: 'v1', kind: 'Thing', metadata: sorted, data: { ...entries } }]));
});
