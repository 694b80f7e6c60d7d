import { Duration } from 'cdk8s';
import { type AutoscalingOptions, ContainerImage, Replicas, Resources, ScalingMetric, ScalingPolicySelection } from '../../lib/definition';
import { Diagnostics } from '../../lib/diagnostics';
import { Microservice } from '../../lib/services';
import { finding, findings, IMAGE, manifestOf, orders, shop } from '../support/services';

const SIDECAR = { name: 'proxy', image: IMAGE };

function render(options: AutoscalingOptions, props: Parameters<typeof orders>[1] = {}): { found: string[]; spec: any } {
  const chart = shop();
  orders(chart, { replicas: Replicas.autoscaled(options), ...props });
  return {
    found: findings(chart),
    get spec() {
      return manifestOf(chart, 'HorizontalPodAutoscaler').spec;
    },
  };
}

const utilization = (name: string, averageUtilization: number) => ({ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } });

test('with nothing but a greatest number', () => {
  const chart = shop();
  const { autoscaler } = orders(chart, { replicas: Replicas.autoscaled({ max: 4 }) });
  expect(autoscaler?.name).toBe('orders');
  expect(manifestOf(chart, 'HorizontalPodAutoscaler')).toMatchSnapshot();
});

test('metrics of every kind', () => {
  const { found, spec } = render({
    max: 4,
    cpuUtilization: 60,
    memoryUtilization: 70,
    memoryAverage: '200Mi',
    metrics: [
      ScalingMetric.cpuAverage('500m'),
      ScalingMetric.containerCpuUtilization('proxy', 80),
      ScalingMetric.containerMemoryUtilization('orders', 90),
      ScalingMetric.pods('requests_per_second', '100', { verb: 'GET' }),
      ScalingMetric.object('hits', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'public' }, { value: '10k' }),
      ScalingMetric.external('queue_length', { averageValue: '30', selector: { queue: 'orders' } }),
    ],
  }, { sidecars: [SIDECAR] });
  expect(found).toEqual([]);
  expect(spec.metrics).toEqual([
    utilization('cpu', 60),
    utilization('memory', 70),
    { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '200Mi' } } },
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } },
    { type: 'ContainerResource', containerResource: { container: 'proxy', name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
    { type: 'ContainerResource', containerResource: { container: 'orders', name: 'memory', target: { type: 'Utilization', averageUtilization: 90 } } },
    { type: 'Pods', pods: { metric: { name: 'requests_per_second', selector: { matchLabels: { verb: 'GET' } } }, target: { type: 'AverageValue', averageValue: '100' } } },
    {
      type: 'Object',
      object: {
        describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'public' },
        metric: { name: 'hits' },
        target: { type: 'Value', value: '10k' },
      },
    },
    {
      type: 'External',
      external: { metric: { name: 'queue_length', selector: { matchLabels: { queue: 'orders' } } }, target: { type: 'AverageValue', averageValue: '30' } },
    },
  ]);
});

test('behaviour in both directions', () => {
  const { found, spec } = render({
    max: 4,
    scaleUp: {
      stabilizationWindow: Duration.seconds(30),
      select: ScalingPolicySelection.MIN,
      policies: [{ pods: 2, period: Duration.seconds(15) }, { percent: 100, period: Duration.minutes(1) }],
    },
    scaleDown: { select: ScalingPolicySelection.DISABLED },
  });
  expect(found).toEqual([]);
  expect(spec.behavior).toEqual({
    scaleUp: {
      stabilizationWindowSeconds: 30,
      selectPolicy: 'Min',
      policies: [{ type: 'Pods', value: 2, periodSeconds: 15 }, { type: 'Percent', value: 100, periodSeconds: 60 }],
    },
    scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: 'Disabled' },
  });
});

describe('addScaling', () => {
  test('takes the place of what was said before', () => {
    const chart = shop();
    const service = orders(chart, { replicas: Replicas.fixed(3) });
    const autoscaler = service.addScaling({ min: 5, max: 9 });
    expect(service.autoscaler).toBe(autoscaler);
    expect(service.hasAutoscaler).toBe(true);
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Deployment').spec).not.toHaveProperty('replicas');
    expect(manifestOf(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 5, maxReplicas: 9 });
  });

  test('over Replicas.autoscaled', () => {
    const chart = shop();
    orders(chart, { replicas: Replicas.autoscaled({ max: 4 }) }).addScaling({ min: 5, max: 9 });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 5, maxReplicas: 9 });
  });

  test('twice', () => {
    const chart = shop();
    const service = orders(chart);
    service.addScaling({ max: 5 });
    service.addScaling({ max: 6 });
    expect(findings(chart)).toEqual([finding('error', 'duplicate-autoscaler', 'shop/orders addScaling',
      "The Deployment 'orders' is scaled by 'shop/orders' already; two autoscalers undo each other's decisions.", 'Keep one of them, with the metrics of both.')]);
  });

  test('its faults have its name', () => {
    const chart = shop();
    orders(chart).addScaling({ min: 3, max: 2 });
    expect(findings(chart)).toEqual([finding('error', 'min-above-max', 'shop/orders addScaling.min', 'min 3 is above max 2.', 'Raise max or lower min.')]);
  });
});

describe('findings', () => {
  const fault = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/orders replicas.${property}`, message, remedy);

  test.each<[string, AutoscalingOptions, string[]]>([
    ['min above max', { min: 5, max: 2 }, [fault('min-above-max', 'min', 'min 5 is above max 2.', 'Raise max or lower min.')]],
    ['max below the default of min', { max: 1 }, [fault('min-above-max', 'max', 'min, by default 2, is above max 1.', 'Raise max or lower min.')]],
    ['no room', { min: 3, max: 3 }, [fault('min-above-max', 'min', 'The autoscaler has no room: min and max are both 3.', 'Write Replicas.fixed(3), or raise max.')]],
    ['no numbers', { min: 0, max: 1.5 }, [
      fault('invalid-replicas', 'min', '0 is not a number of pods.', 'Write a whole number of at least 1.'),
      fault('invalid-replicas', 'max', '1.5 is not a number of pods.', 'Write a whole number of at least 1.'),
    ]],
    ['shares that are none', { max: 4, cpuUtilization: 0, memoryUtilization: 50.5 }, [
      fault('invalid-value', 'cpuUtilization', '0 is not a share of the cpu request.',
        'Write a whole percentage of at least 1, for example 70; it may exceed 100 where the limit is above the request.'),
      fault('invalid-value', 'memoryUtilization', '50.5 is not a share of the memory request.',
        'Write a whole percentage of at least 1, for example 70; it may exceed 100 where the limit is above the request.'),
    ]],
    ['a quantity that is none', { max: 4, memoryAverage: 'much' }, [
      fault('invalid-quantity', 'memoryAverage', "'much' is not a quantity.", "Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."),
    ]],
    ['a metric with two targets, at its place in the list', { max: 4, cpuUtilization: 50, metrics: [ScalingMetric.cpuAverage('1'), ScalingMetric.external('q', { value: '1', averageValue: '1' })] }, [
      fault('conflicting-options', 'metrics[1].value', 'The metric has two targets.', "Write either 'averageValue', held per pod, or 'value', held for the whole."),
    ]],
    ['a container that is not there', { max: 4, metrics: [ScalingMetric.containerCpuUtilization('proxy', 50)] }, [
      fault('invalid-value', 'metrics[0]', "The pods have no container 'proxy'.", "Name one of 'orders'."),
    ]],
    ['behaviour that Kubernetes refuses', {
      max: 4,
      scaleUp: { stabilizationWindow: Duration.hours(2), policies: [{ period: Duration.seconds(15) }, { pods: 0, period: Duration.hours(1) }] },
      scaleDown: { stabilizationWindow: Duration.millis(100) },
    }, [
      fault('invalid-value', 'scaleUp.stabilizationWindow', '7200 seconds are more than Kubernetes allows.', 'Write at most one hour.'),
      fault('conflicting-options', 'scaleUp.policies[0].pods', 'A scaling policy limits either pods or a percentage.', "Write exactly one of 'pods' and 'percent'."),
      fault('invalid-value', 'scaleUp.policies[1].pods', '0 is not a speed limit.', 'Write a whole number of at least 1.'),
      fault('invalid-value', 'scaleUp.policies[1].period', 'A period of 3600 seconds is refused by Kubernetes.', 'Write 1 second to 30 minutes.'),
      fault('invalid-value', 'scaleDown.stabilizationWindow', 'Kubernetes counts whole seconds, and this is 100 milliseconds.', 'Write Duration.seconds(1).'),
    ]],
  ])('%s', (_, options, found) => {
    expect(render(options).found).toEqual(found);
  });

  const noRequest = (property: string, resource: string, container: string) => fault('metric-without-request', property,
    `The autoscaler compares ${resource} with what '${container}' requests, and it requests none.`,
    `Give '${container}' a ${resource} request (Resources.of({ ${resource}: '…' })), or use ScalingMetric.${resource}Average().`);

  test('a share of a request that a container does not make', () => {
    expect(render({ max: 4 }, { resources: Resources.none() }).found).toEqual([noRequest('cpuUtilization', 'cpu', 'orders')]);
    expect(render({ max: 4, memoryUtilization: 50, metrics: [ScalingMetric.containerCpuUtilization('proxy', 50)] }, { sidecars: [{ ...SIDECAR, resources: Resources.none() }] }).found)
      .toEqual([noRequest('memoryUtilization', 'memory', 'proxy'), noRequest('metrics[0]', 'cpu', 'proxy')]);
    expect(render({ max: 4, memoryAverage: '100Mi' }, { resources: Resources.none() }).found).toEqual([]);
    expect(render({ max: 4 }, { resources: Resources.exactly({ limits: { cpu: '1' } }) }).found).toEqual([]);
  });

  test('a share of memory where Go fills memory up to the limit', () => {
    const resources = Resources.of({ cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' });
    const warning = finding('warning', 'memory-metric-above-request', 'shop/orders replicas.memoryUtilization',
      "'orders' may use memory up to its limit '256Mi' before Go collects garbage (GOMEMLIMIT), so its use stays above the request '128Mi' and the autoscaler never shrinks.",
      'Scale on CPU, or make the memory request equal to the limit.');
    expect(render({ max: 4, memoryUtilization: 80 }, { resources }).found).toEqual([warning]);
    expect(render({ max: 4, memoryUtilization: 80 }).found).toEqual([]);
    expect(render({ max: 4, cpuUtilization: 80 }, { resources }).found).toEqual([]);

    const chart = shop();
    const service = orders(chart, { resources, replicas: Replicas.autoscaled({ max: 4, memoryUtilization: 80 }) });
    Diagnostics.of(service).acknowledge('memory-metric-above-request', 'GOMEMLIMIT is set by hand');
    expect(Diagnostics.of(chart).warnings()).toEqual([]);
  });

  test('no such warning for another runtime, nor for a sidecar', () => {
    const chart = shop();
    const image = ContainerImage.reference(`reports:1@sha256:${'0'.repeat(64)}`);
    const resources = Resources.of({ cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' });
    new Microservice(chart, 'reports', { image, ports: [{ name: 'http', number: 80 }], resources, replicas: Replicas.autoscaled({ max: 4, memoryUtilization: 80 }) });
    orders(chart, { sidecars: [{ ...SIDECAR, resources }], replicas: Replicas.autoscaled({ max: 4, memoryUtilization: 80 }) });
    expect(findings(chart)).toEqual([]);
  });
});

test('any field of the autoscaler', () => {
  const { found, spec } = render({ max: 4, fields: { minReplicas: 3, behavior: { scaleUp: { selectPolicy: 'Min' } } } });
  expect(found).toEqual([]);
  expect(spec).toMatchObject({ minReplicas: 3, maxReplicas: 4, behavior: { scaleUp: { selectPolicy: 'Min' } } });
  expect(render({ max: 4, fields: { behavior: { scaleUp: { tolerance: '0.2' } } } }).found).toEqual([finding('error', 'unknown-field',
    'shop/orders replicas.fields.behavior.scaleUp.tolerance', "Kubernetes 1.31 does not know 'tolerance' of HPAScalingRules.",
    'Leave it out, or raise the Kubernetes version of the platform to 1.33, the first that knows it.')]);
});
