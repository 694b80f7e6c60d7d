import { faultless, faultsOf } from './faults';
import {
  checkAnnotations, checkLabels, checkName, checkReference, isConfigKey, isDnsLabel, isEnvName, isHostName, isPortName, NameRule, toEnvPrefix,
} from '../../lib/definition/naming';

const A63 = 'a'.repeat(63);

describe('names', () => {
  const { LABEL, SERVICE, SUBDOMAIN } = NameRule;

  test.each<[NameRule, string]>([
    [LABEL, 'a'], [LABEL, '1'], [LABEL, 'orders-db'], [LABEL, 'a--b'], [LABEL, A63],
    [SERVICE, 'orders'], [SERVICE, 'a1'],
    [SUBDOMAIN, 'a.b'], [SUBDOMAIN, '1.2-3'],
  ])('%i takes %s', (rule, name) => {
    faultless(report => checkName(name, rule, 'name', report));
  });

  test.each<[NameRule, string]>([
    [LABEL, ''], [LABEL, 'A'], [LABEL, '-a'], [LABEL, 'a-'], [LABEL, 'a.b'], [LABEL, 'a_b'], [LABEL, 'é'], [LABEL, 'a\n'],
    [SERVICE, '1a'], [SERVICE, 'a.b'],
    [SUBDOMAIN, 'a..b'], [SUBDOMAIN, '.a'], [SUBDOMAIN, 'a.-b'],
  ])('%i refuses %j', (rule, name) => {
    expect(faultsOf(report => checkName(name, rule, 'name', report))).toHaveLength(1);
  });

  test.each<[NameRule, string, string]>([
    [LABEL, 'Web', "invalid-name [name] 'Web' is not a name that Kubernetes accepts. Use lower-case letters, digits and dashes, with a letter or digit at both ends; give a 'name' where the id of the construct is different."],
    [SERVICE, '1web', "invalid-name [name] '1web' is not a name that Kubernetes accepts. Use lower-case letters, digits and dashes, beginning with a letter and ending with a letter or digit; give a 'name' where the id of the construct is different."],
    [SUBDOMAIN, 'a_b', "invalid-name [name] 'a_b' is not a name that Kubernetes accepts. Use lower-case letters, digits, dashes and dots, with a letter or digit at both ends; give a 'name' where the id of the construct is different."],
    [SUBDOMAIN, `${A63}bc`, `invalid-name [name] '${A63}bc' has 65 characters, 2 more than Kubernetes allows in labels and host names. Give a 'name' of at most 63 characters.`],
  ])('%i says what is wrong with %s', (rule, name, expected) => {
    expect(faultsOf(report => checkName(name, rule, 'name', report))).toEqual([expected]);
  });

  test('those of objects that somebody else makes', () => {
    faultless(report => checkReference('orders.example', 'Secret', 'secret', report));
    expect(faultsOf(report => checkReference('Orders', 'Secret', 'secret', report))).toEqual([
      "invalid-name [secret] 'Orders' cannot be the name of a Secret. Write it as the Secret has it in its metadata.name: lower-case letters, digits, dashes and dots.",
    ]);
  });
});

test.each<[string, (text: string) => boolean, string[], string[]]>([
  ['host names', isHostName, ['localhost', 'db.example.com', '10.0.0.1', 'xn--a.b', A63, Array(4).fill('a'.repeat(62)).join('.')],
    ['', 'a b', 'Example.com', 'a..b', 'example.com.', '*.example.com', 'a_b', `${A63}a`, Array(5).fill('a'.repeat(62)).join('.')]],
  ['labels of host names', isDnsLabel, ['a', '0', 'shop-1'], ['', 'a.b', 'A', '-', `${A63}a`]],
  ['port names', isPortName, ['http', 'grpc-web', '8080-tcp', 'a'], ['', '8080', 'http_', 'HTTP', 'a--b', '-a', 'a-', 'sixteen-letters1']],
  ['keys of configs', isConfigKey, ['a', 'app.properties', '_A-1', '..a', 'A'.repeat(253)], ['', '.', '..', 'a/b', 'a b', 'é', 'A'.repeat(254)]],
  ['names of variables', isEnvName, ['A', '_', 'a1_B'], ['', '1A', 'A-B', 'A.B', 'A B', 'É', 'A=']],
])('%s', (_, is, right, wrong) => {
  expect(right.filter(text => !is(text))).toEqual([]);
  expect(wrong.filter(is)).toEqual([]);
});

describe('labels and annotations', () => {
  const value = 'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.';
  const key = "Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash.";

  test('that are right', () => {
    faultless(report => checkLabels({ 'team': 'shop', 'example.com/tier_1': 'A.b-c_D', 'empty': '', 'a': A63 }, 'labels', report));
    faultless(report => checkAnnotations({ 'example.com/note': 'anything at all: {}\n'.repeat(100) }, 'annotations', report));
    faultless(report => checkLabels(undefined, 'labels', report));
  });

  test.each<[{ [key: string]: string }, string]>([
    [{ team: 'the shop' }, `invalid-label [labels['team']] 'the shop' is not a label value. ${value}`],
    [{ team: '-shop' }, `invalid-label [labels['team']] '-shop' is not a label value. ${value}`],
    [{ team: `${A63}a` }, `invalid-label [labels['team']] '${A63}a' is not a label value. ${value}`],
    [{ '': 'a' }, `invalid-label [labels['']] '' is not a key for a label or annotation. ${key}`],
    [{ '/a': 'a' }, `invalid-label [labels['/a']] '/a' is not a key for a label or annotation. ${key}`],
    [{ 'a/b/c': 'a' }, `invalid-label [labels['a/b/c']] 'a/b/c' is not a key for a label or annotation. ${key}`],
    [{ 'Example.com/a': 'a' }, `invalid-label [labels['Example.com/a']] 'Example.com/a' is not a key for a label or annotation. ${key}`],
    [{ [`${A63}a`]: 'a' }, `invalid-label [labels['${A63}a']] '${A63}a' is not a key for a label or annotation. ${key}`],
  ])('%j', (labels, expected) => {
    expect(faultsOf(report => checkLabels(labels, 'labels', report))).toEqual([expected]);
  });

  test('all at once', () => {
    expect(faultsOf(report => checkLabels({ 'a b': 'c d', 'e': 'f g' }, 'labels', report))).toHaveLength(3);
    expect(faultsOf(report => checkAnnotations({ 'a b': 'c d', 'e': 'f g' }, 'annotations', report))).toEqual([
      `invalid-label [annotations['a b']] 'a b' is not a key for a label or annotation. ${key}`,
    ]);
  });
});

test.each([
  ['orders-db', 'ORDERS_DB'],
  ['orders.v2', 'ORDERS_V2'],
  ['db', 'DB'],
  ['a--b', 'A_B'],
  ['3scale', '_3SCALE'],
])('%s gives variables %s_…', (name, prefix) => {
  expect(toEnvPrefix(name)).toBe(prefix);
  expect(isEnvName(toEnvPrefix(name))).toBe(true);
});
