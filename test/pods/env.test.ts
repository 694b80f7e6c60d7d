import { EnvValue } from 'cdk8s-plus-27';
import { EnvReference, EnvSource } from '../../lib/definition';
import type { ContainerOptions } from '../../lib/definition/container';
import type { Json } from '../../lib/definition/json';
import type { Fault } from '../../lib/diagnostics/report';
import { renderEnv } from '../../lib/pods/env';

function render(options: ContainerOptions): { env: Json[]; faults: Fault[] } {
  const faults: Fault[] = [];
  return { env: renderEnv(options, fault => faults.push(fault)), faults };
}

/** The names of the variables in their order; nothing may be wrong with them. */
function order(env: { [name: string]: string }): string[] {
  const { env: rendered, faults } = render({ env });
  expect(faults).toEqual([]);
  return rendered.map(({ name }) => name);
}

describe('order', () => {
  test.each<[string, { [name: string]: string }, string[]]>([
    ['by name', { B: '2', A: '1', a: '3', _: '0' }, ['A', 'B', '_', 'a']],
    ['a variable follows what it names', { A: '$(Z)/a', B: '1', Z: '2' }, ['Z', 'A', 'B']],
    ['through several steps', { A: '$(B)', B: '$(C)', C: '1' }, ['C', 'B', 'A']],
    ['several references in one value', { A: '$(C)-$(B)', B: '1', C: '2' }, ['B', 'C', 'A']],
    ['a reference to a variable that is not here', { A: '$(HOSTNAME)', B: '1' }, ['A', 'B']],
    ['an escaped reference is a text', { A: '$$(Z)', Z: '1' }, ['A', 'Z']],
    ['an escaped dollar before a reference', { A: '$$$(Z)', Z: '1' }, ['Z', 'A']],
    ['other brackets are texts', { A: '${Z} $Z $(Z', Z: '1' }, ['A', 'Z']],
    ['a variable that names itself', { A: '$(A):/more', B: '1' }, ['A', 'B']],
    ['a circle', { A: '$(B)', B: '$(C)', C: '$(A)', D: '1' }, ['C', 'B', 'A', 'D']],
  ])('%s', (_, env, expected) => {
    expect(order(env)).toEqual(expected);
    expect(order(Object.fromEntries(Object.entries(env).reverse()))).toEqual(expected);
  });

  test('a value by reference stands among the literals', () => {
    const { env } = render({ env: { URL: 'http://$(POD_IP)', A: '1' }, envValueFrom: { POD_IP: EnvReference.field('status.podIP') } });
    expect(env).toEqual([
      { name: 'A', value: '1' },
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'URL', value: 'http://$(POD_IP)' },
    ]);
  });
});

test('values of cdk8s-plus', () => {
  const { env, faults } = render({
    envValueFrom: {
      LEVEL: EnvReference.fromEnvValue(EnvValue.fromValue('debug')),
      NODE: EnvReference.fromEnvValue(EnvValue.fromFieldRef('spec.nodeName' as any)),
    },
  });
  expect(faults).toEqual([]);
  expect(env).toEqual([
    { name: 'LEVEL', value: 'debug' },
    { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  ]);
});

test('nothing stays nothing', () => {
  expect(render({}).env).toEqual([]);
  expect(render({ envFrom: [EnvSource.configMap('settings')] }).env).toEqual([]);
});

describe('findings', () => {
  test.each(['1ST', 'MY-VAR', 'a.b', '', 'ÄRGER', 'A B'])('%p is not a name', name => {
    expect(render({ env: { [name]: '1' } }).faults).toEqual([{
      code: 'invalid-env-name',
      property: expect.stringMatching(/^env/),
      message: `'${name}' is not a name for an environment variable.`,
      remedy: 'Use letters, digits and underscores, not beginning with a digit.',
    }]);
  });

  test('a name of a value by reference is checked as well', () => {
    expect(render({ envValueFrom: { 'POD-NAME': EnvReference.field('metadata.name') } }).faults).toEqual([
      expect.objectContaining({ code: 'invalid-env-name', property: 'envValueFrom.POD-NAME' }),
    ]);
  });

  test('a variable that is given twice', () => {
    expect(render({ env: { NODE: 'a' }, envValueFrom: { NODE: EnvReference.field('spec.nodeName') } }).faults).toEqual([{
      code: 'duplicate-env',
      property: 'envValueFrom.NODE',
      message: 'The variable NODE has a literal value as well.',
      remedy: "Keep it in one of 'env' and 'envValueFrom'.",
    }]);
  });

  const literal = (property: string, name: string) => ({
    code: 'secret-literal',
    property,
    message: `The value of ${name} would stand in the manifest for everybody who can read it.`,
    remedy: "Keep it in a ServiceSecret: mount it by 'volumes' (secret.asFiles()), or refer to its key by 'envValueFrom'.",
  });

  test('a secret among the literals', () => {
    expect(render({ env: { DB_PASSWORD: 'hunter2', DB_URL: 'postgres://me:hunter2@db/x' } }).faults).toEqual([
      literal('env.DB_PASSWORD', 'DB_PASSWORD'),
      literal('env.DB_URL', 'DB_URL'),
    ]);
  });

  test('a secret as a value of cdk8s-plus', () => {
    expect(render({ envValueFrom: { API_TOKEN: EnvReference.fromEnvValue(EnvValue.fromValue('abc')) } }).faults).toEqual([
      literal('envValueFrom.API_TOKEN', 'API_TOKEN'),
    ]);
  });

  test.each([
    ['a reference to another variable', { DB_PASSWORD: '$(FROM_ELSEWHERE)' }],
    ['the path of a file', { DB_PASSWORD_FILE: '/etc/secrets/password' }],
    ['a switch', { REQUIRE_TOKEN: 'true' }],
    ['a URL whose password is a reference', { DB_URL: 'postgres://me:$(DB_PASSWORD)@db/x' }],
  ])('%s is no secret', (_, env) => {
    expect(render({ env }).faults).toEqual([]);
  });

  test.each([undefined, null, 8080, true])('%p is not a text', value => {
    const { env, faults } = render({ env: { PORT: value as any, A: '1' } });
    expect(env).toEqual([{ name: 'A', value: '1' }]);
    expect(faults).toEqual([{
      code: 'invalid-value',
      property: 'env.PORT',
      message: `The value of PORT is ${value}, not a text.`,
      remedy: "Write a text, for example '8080', or leave the variable out.",
    }]);
  });

  test('a field that pods do not have', () => {
    expect(render({ envValueFrom: { NODE: EnvReference.field('spec.node') } }).faults).toEqual([
      expect.objectContaining({ code: 'invalid-value', property: 'envValueFrom.NODE' }),
    ]);
  });
});
