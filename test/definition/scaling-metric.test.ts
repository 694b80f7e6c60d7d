import { faultless, faultsOf } from './faults';
import { ScalingMetric } from '../../lib';

const rendered = (metric: ScalingMetric) => faultless(report => metric._render(report));
const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'public' };

test.each<[string, ScalingMetric, object]>([
  ['CPU in percent', ScalingMetric.cpuUtilization(70), { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  ['CPU beyond the request', ScalingMetric.cpuUtilization(150), { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 150 } } }],
  ['CPU per pod', ScalingMetric.cpuAverage('500m'), { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } }],
  ['memory in percent', ScalingMetric.memoryUtilization(80), { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } }],
  ['memory per pod', ScalingMetric.memoryAverage('200Mi'), { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '200Mi' } } }],
  ['CPU of one container', ScalingMetric.containerCpuUtilization('app', 60),
    { type: 'ContainerResource', containerResource: { container: 'app', name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
  ['memory of one container', ScalingMetric.containerMemoryUtilization('app', 60),
    { type: 'ContainerResource', containerResource: { container: 'app', name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } } }],
  ['a metric of the pods', ScalingMetric.pods('http_requests', '100', { verb: 'GET' }),
    { type: 'Pods', pods: { metric: { name: 'http_requests', selector: { matchLabels: { verb: 'GET' } } }, target: { type: 'AverageValue', averageValue: '100' } } }],
  ['a metric of an object', ScalingMetric.object('requests', ingress, { value: '2k' }),
    { type: 'Object', object: { describedObject: ingress, metric: { name: 'requests' }, target: { type: 'Value', value: '2k' } } }],
  ['a metric from outside', ScalingMetric.external('queue_length', { averageValue: '30', selector: { queue: 'orders' } }),
    { type: 'External', external: { metric: { name: 'queue_length', selector: { matchLabels: { queue: 'orders' } } }, target: { type: 'AverageValue', averageValue: '30' } } }],
])('%s', (_, metric, expected) => {
  expect(rendered(metric)).toEqual(expected);
});

test.each<[ScalingMetric, object | undefined]>([
  [ScalingMetric.cpuUtilization(70), { resource: 'cpu' }],
  [ScalingMetric.containerMemoryUtilization('app', 70), { resource: 'memory', container: 'app' }],
  [ScalingMetric.cpuAverage('1'), undefined],
  [ScalingMetric.pods('a', '1'), undefined],
])('what the request is needed for %#', (metric, expected) => {
  expect(metric._comparesWith).toEqual(expected);
});

test.each<[ScalingMetric, string]>([
  [ScalingMetric.cpuUtilization(0.5), 'invalid-value [] 0.5 is not a share of the cpu request. Write a whole percentage of at least 1, for example 70; it may exceed 100 where the limit is above the request.'],
  [ScalingMetric.memoryUtilization(-1), 'invalid-value [] -1 is not a share of the memory request. Write a whole percentage of at least 1, for example 70; it may exceed 100 where the limit is above the request.'],
  [ScalingMetric.containerCpuUtilization('My App', 50), "invalid-name [container] 'My App' cannot be the name of a container. Write it as the pod has it."],
  [ScalingMetric.cpuAverage('half'), "invalid-quantity [averageValue] 'half' is not a quantity. Write a number with a Kubernetes suffix, for example '250m' or '2'."],
  [ScalingMetric.memoryAverage('0'), 'invalid-value [averageValue] An autoscaler cannot hold a metric at zero. Write a value above zero.'],
  [ScalingMetric.pods(' ', '1'), 'invalid-value [name] The metric has no name. Write the name under which the metrics API offers it.'],
  [ScalingMetric.pods('a', '0'), 'invalid-value [averageValue] An autoscaler cannot hold a metric at zero. Write a value above zero.'],
  [ScalingMetric.external('a', { averageValue: '1', value: '1' }), "conflicting-options [value] The metric has two targets. Write either 'averageValue', held per pod, or 'value', held for the whole."],
  [ScalingMetric.object('a', ingress, {}), "conflicting-options [value] The metric has no target. Write either 'averageValue', held per pod, or 'value', held for the whole."],
  [ScalingMetric.external('a', { value: 'many' }), "invalid-quantity [value] 'many' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."],
  [ScalingMetric.external('a', { value: '1', selector: { 'a b': 'c' } }),
    "invalid-label [selector['a b']] 'a b' is not a key for a label or annotation. Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash."],
])('what is wrong %#', (metric, expected) => {
  expect(faultsOf(report => metric._render(report))).toEqual([expected]);
});
