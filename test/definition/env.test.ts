import { EnvValue } from 'cdk8s-plus-27';
import { faultless, faultsOf } from './faults';
import { EnvReference, EnvSource } from '../../lib';

const rendered = (value: EnvReference | EnvSource) => faultless(report => value._render(report));
const faults = (value: EnvReference | EnvSource) => faultsOf(report => value._render(report));

describe('a reference', () => {
  test.each([
    'metadata.name', 'metadata.namespace', 'metadata.uid', "metadata.labels['app.kubernetes.io/version']", "metadata.annotations['a']",
    'spec.nodeName', 'spec.serviceAccountName', 'status.podIP', 'status.podIPs', 'status.hostIP', 'status.hostIPs',
  ])('to the field %s', fieldPath => {
    expect(rendered(EnvReference.field(fieldPath))).toEqual({ valueFrom: { fieldRef: { fieldPath } } });
  });

  test.each(['limits.memory', 'requests.cpu', 'limits.ephemeral-storage', 'requests.hugepages-2Mi'])('to the resource %s', resource => {
    expect(rendered(EnvReference.resource(resource))).toEqual({ valueFrom: { resourceFieldRef: { resource } } });
  });

  test('to a resource in a unit', () => {
    expect(rendered(EnvReference.resource('limits.memory', '1Mi'))).toEqual({ valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } });
  });

  test('of cdk8s-plus', () => {
    expect(rendered(EnvReference.fromEnvValue(EnvValue.fromValue('info')))).toEqual({ value: 'info' });
    expect(rendered(EnvReference.fromEnvValue(EnvValue.fromFieldRef('metadata.name' as any)))).toEqual({ valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } });
  });

  test.each(['metadata', 'metadata.labels', "metadata.labels['']", 'spec.containers', 'status.phase', ''])("'%s' is no field", fieldPath => {
    expect(faults(EnvReference.field(fieldPath))).toEqual([
      `invalid-value [] '${fieldPath}' is not a field that a container can read from its pod. Write for example 'metadata.name', 'metadata.namespace', 'metadata.labels['app.kubernetes.io/version']', 'spec.nodeName', 'status.podIP' or 'status.hostIP'.`,
    ]);
  });

  test('to a resource that is none', () => {
    expect(faults(EnvReference.resource('memory'))).toEqual(["invalid-value [] 'memory' is not a resource of a container. Write 'requests.' or 'limits.' and a resource, for example 'limits.memory'."]);
    expect(faults(EnvReference.resource('limits.memory', 'MB'))).toEqual(["invalid-quantity [divisor] 'MB' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."]);
  });
});

describe('a source', () => {
  test('of all keys', () => {
    expect(rendered(EnvSource.configMap('settings'))).toEqual({ configMapRef: { name: 'settings' } });
    expect(rendered(EnvSource.secret('keys', 'DB_'))).toEqual({ secretRef: { name: 'keys' }, prefix: 'DB_' });
  });

  test('that somebody else makes brings variables that nobody knows', () => {
    expect(EnvSource.configMap('settings')._variables()).toEqual({});
    expect(EnvSource.configMap('settings')._digest()).toBeUndefined();
  });

  test('can be wrong', () => {
    expect(faults(EnvSource.configMap('My Settings', '1_'))).toEqual([
      "invalid-name [name] 'My Settings' cannot be the name of a ConfigMap. Write it as the ConfigMap has it in its metadata.name: lower-case letters, digits, dashes and dots.",
      "invalid-env-name [prefix] No environment variable can begin with '1_'. Write letters, digits and underscores that do not begin with a digit, for example 'DB_'.",
    ]);
    expect(faults(EnvSource.secret(''))).toHaveLength(1);
  });
});
