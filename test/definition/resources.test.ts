import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { faultless, faultsOf } from './faults';
import { QualityOfService, Resources } from '../../lib';

const rendered = (resources: Resources) => faultless(report => resources._render(report));

describe('of', () => {
  test('limits memory to its request, leaves CPU unlimited and bounds the disk', () => {
    expect(rendered(Resources.of({ cpu: '100m', memory: '256Mi' }))).toEqual({
      requests: { 'cpu': '100m', 'memory': '256Mi', 'ephemeral-storage': '64Mi' },
      limits: { 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
    });
  });

  test('takes limits of one\'s own', () => {
    expect(rendered(Resources.of({ cpu: '100m', cpuLimit: '200m', memory: '128Mi', memoryLimit: '256Mi', ephemeralStorage: '1Gi', ephemeralStorageLimit: '2Gi' }))).toEqual({
      requests: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '1Gi' },
      limits: { 'cpu': '200m', 'memory': '256Mi', 'ephemeral-storage': '2Gi' },
    });
  });

  test('the limit of the disk is never below its request', () => {
    expect(Resources.of({ ephemeralStorage: '1Gi' }).limits).toEqual({ 'ephemeral-storage': '1Gi' });
    expect(Resources.of({ ephemeralStorage: '100Mi' }).limits).toEqual({ 'ephemeral-storage': '256Mi' });
  });

  test('a memory limit alone requests nothing', () => {
    expect(Resources.of({ memoryLimit: '1Gi' }).requests).toEqual({ 'ephemeral-storage': '64Mi' });
  });
});

test('guaranteed requests what it limits', () => {
  const both = { 'cpu': '2', 'memory': '1Gi', 'ephemeral-storage': '256Mi' };
  expect(rendered(Resources.guaranteed({ cpu: '2', memory: '1Gi' }))).toEqual({ requests: both, limits: both });
});

test('exactly adds nothing', () => {
  expect(rendered(Resources.exactly({ requests: { cpu: '1' }, limits: { 'nvidia.com/gpu': '1' } }))).toEqual({ requests: { cpu: '1' }, limits: { 'nvidia.com/gpu': '1' } });
});

test('none renders nothing', () => {
  expect(rendered(Resources.none())).toBeUndefined();
  expect(rendered(Resources.exactly({}))).toBeUndefined();
});

test('those of a cdk8s-plus container', () => {
  expect(rendered(Resources.fromContainerResources({
    cpu: { request: Cpu.millis(100), limit: Cpu.units(1) },
    memory: { limit: Size.mebibytes(256) },
    ephemeralStorage: { request: Size.gibibytes(1) },
  }))).toEqual({ requests: { 'cpu': '100m', 'ephemeral-storage': '1048576Ki' }, limits: { cpu: '1', memory: '262144Ki' } });
  expect(rendered(Resources.fromContainerResources({}))).toBeUndefined();
});

test.each<[Resources, QualityOfService]>([
  [Resources.none(), QualityOfService.BEST_EFFORT],
  [Resources.exactly({ requests: { 'ephemeral-storage': '1Gi' } }), QualityOfService.BEST_EFFORT],
  [Resources.of({}), QualityOfService.BEST_EFFORT],
  [Resources.of({ cpu: '100m', memory: '256Mi' }), QualityOfService.BURSTABLE],
  [Resources.of({ cpu: '1', cpuLimit: '1000m', memory: '1Gi' }), QualityOfService.GUARANTEED],
  [Resources.exactly({ limits: { cpu: '1', memory: '1Gi' } }), QualityOfService.GUARANTEED],
  [Resources.exactly({ requests: { memory: '1Gi' }, limits: { memory: '1Gi' } }), QualityOfService.BURSTABLE],
  [Resources.guaranteed({ cpu: '1', memory: '1Gi' }), QualityOfService.GUARANTEED],
])('the class of service %#', (resources, expected) => {
  expect(resources.qualityOfService).toBe(expected);
});

test.each<[Resources, ...string[]]>([
  [Resources.of({ cpu: '2', cpuLimit: '1' }), "request-above-limit [requests.cpu] The request '2' is above the limit '1'. Raise the limit or lower the request."],
  [Resources.of({ memory: '2Gi', memoryLimit: '1024Mi' }), "request-above-limit [requests.memory] The request '2Gi' is above the limit '1024Mi'. Raise the limit or lower the request."],
  [Resources.exactly({ requests: { 'nvidia.com/gpu': '2' }, limits: { 'nvidia.com/gpu': '1' } }),
    "request-above-limit [requests.nvidia.com/gpu] The request '2' is above the limit '1'. Raise the limit or lower the request."],
  [Resources.of({ cpu: 'one', memory: '1GB' }),
    "invalid-quantity [limits.memory] '1GB' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'.",
    "invalid-quantity [requests.cpu] 'one' is not a quantity. Write a number with a Kubernetes suffix, for example '250m' or '2'.",
    "invalid-quantity [requests.memory] '1GB' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."],
  [Resources.exactly({ requests: { 'hugepages-2Mi': '1m' } }),
    "invalid-quantity [requests.hugepages-2Mi] '1m' is less than one byte: the suffix 'm' means thousandths. Write '1Mi' if mebibytes are meant."],
])('what is wrong %#', (resources, ...expected) => {
  expect(faultsOf(report => resources._render(report))).toEqual(expected);
});

test('what is returned is a copy', () => {
  const resources = Resources.of({ cpu: '1' });
  resources.requests.cpu = '2';
  expect(resources.requests.cpu).toBe('1');
});

test('the memory limit in bytes', () => {
  expect(Resources.of({ memory: '1Gi' })._memoryLimitBytes).toBe(2 ** 30);
  expect(Resources.none()._memoryLimitBytes).toBeUndefined();
  expect(Resources.of({ memory: 'much' })._memoryLimitBytes).toBeUndefined();
});
