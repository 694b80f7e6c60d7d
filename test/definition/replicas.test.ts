import { Duration } from 'cdk8s';
import { faultless, faultsOf } from './faults';
import { type AutoscalingOptions, Replicas, ScalingMetric, ScalingPolicySelection } from '../../lib';
import { Autoscaling } from '../../lib/definition/replicas';

const rendered = (options: AutoscalingOptions) => faultless(report => new Autoscaling(options).render(report));
const faults = (options: AutoscalingOptions) => faultsOf(report => new Autoscaling(options).render(report));

describe('how many', () => {
  test('a fixed number is written', () => {
    expect(faultless(report => Replicas.fixed(3)._render(report))).toBe(3);
    expect(faultless(report => Replicas.fixed(0)._render(report))).toBe(0);
    expect(Replicas.fixed(3)._minimum).toBe(3);
  });

  test('an autoscaled or unmanaged one is not', () => {
    for (const replicas of [Replicas.autoscaled({ max: 3 }), Replicas.unmanaged()]) {
      expect(faultless(report => replicas._render(report))).toBeUndefined();
    }
    expect(Replicas.autoscaled({ max: 3 }).isAutoscaled).toBe(true);
    expect(Replicas.fixed(3).isAutoscaled).toBe(false);
    expect(Replicas.unmanaged().isAutoscaled).toBe(false);
  });

  test('the least that is promised', () => {
    expect(Replicas.autoscaled({ max: 3 })._minimum).toBe(2);
    expect(Replicas.autoscaled({ min: 1, max: 3 })._minimum).toBe(1);
    expect(Replicas.unmanaged()._minimum).toBeUndefined();
  });

  test('there is one at most where one or none is wanted', () => {
    expect([0, 1, 2].map(count => Replicas.fixed(count)._isSingle)).toEqual([true, true, false]);
    expect(Replicas.autoscaled({ min: 1, max: 3 })._isSingle).toBe(false);
    expect(Replicas.unmanaged()._isSingle).toBe(false);
  });

  test.each([-1, 1.5, NaN, Infinity])('%d is no number of pods', count => {
    expect(faultsOf(report => Replicas.fixed(count)._render(report))).toEqual([
      `invalid-replicas [] ${count} is not a number of pods. Write a whole number; 0 stops the service.`,
    ]);
  });
});

describe('autoscaling', () => {
  test('by default holds the CPU at 80 % with two pods at least, and shrinks slowly', () => {
    expect(rendered({ max: 5 })).toEqual({
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    });
  });

  test('every short form is a metric, further ones follow', () => {
    const { metrics } = rendered({ max: 5, cpuUtilization: 50, memoryUtilization: 70, memoryAverage: '200Mi', metrics: [ScalingMetric.pods('requests', '100')] });
    expect(metrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } } },
      { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '200Mi' } } },
      { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '100' } } },
    ]);
  });

  test('a metric of another kind stands alone', () => {
    expect(rendered({ max: 5, metrics: [ScalingMetric.cpuAverage('500m')] }).metrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } },
    ]);
  });

  test('behaviour in both directions', () => {
    expect(rendered({
      max: 5,
      scaleUp: {
        stabilizationWindow: Duration.minutes(1),
        policies: [{ pods: 4, period: Duration.seconds(15) }, { percent: 100, period: Duration.minutes(1) }],
        select: ScalingPolicySelection.MIN,
      },
      scaleDown: { select: ScalingPolicySelection.DISABLED },
    }).behavior).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 60,
        selectPolicy: 'Min',
        policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, { type: 'Percent', value: 100, periodSeconds: 60 }],
      },
      scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: 'Disabled' },
    });
  });

  const period = Duration.seconds(15);

  test.each<[AutoscalingOptions, ...string[]]>([
    [{ min: 5, max: 2 }, 'min-above-max [min] min 5 is above max 2. Raise max or lower min.'],
    [{ min: 2, max: 2 }, 'min-above-max [min] The autoscaler has no room: min and max are both 2. Write Replicas.fixed(2), or raise max.'],
    [{ max: 1 }, 'min-above-max [max] min, by default 2, is above max 1. Raise max or lower min.'],
    [{ min: 0, max: 2 }, 'invalid-replicas [min] 0 is not a number of pods. Write a whole number of at least 1.'],
    [{ min: 1, max: 2.5 }, 'invalid-replicas [max] 2.5 is not a number of pods. Write a whole number of at least 1.'],
    [{ max: 5, cpuUtilization: 0 }, 'invalid-value [cpuUtilization] 0 is not a share of the cpu request. Write a whole percentage of at least 1, for example 70; it may exceed 100 where the limit is above the request.'],
    [{ max: 5, memoryAverage: '200m' }, "invalid-quantity [memoryAverage] '200m' is less than one byte: the suffix 'm' means thousandths. Write '200Mi' if mebibytes are meant."],
    [{ max: 5, metrics: [ScalingMetric.cpuUtilization(50), ScalingMetric.external('queue', {})] },
      "conflicting-options [metrics[1].value] The metric has no target. Write either 'averageValue', held per pod, or 'value', held for the whole."],
    [{ max: 5, scaleDown: { stabilizationWindow: Duration.hours(2) } }, 'invalid-value [scaleDown.stabilizationWindow] 7200 seconds are more than Kubernetes allows. Write at most one hour.'],
    [{ max: 5, scaleUp: { policies: [{ period }] } }, "conflicting-options [scaleUp.policies[0].pods] A scaling policy limits either pods or a percentage. Write exactly one of 'pods' and 'percent'."],
    [{ max: 5, scaleUp: { policies: [{ pods: 1, percent: 1, period }] } }, "conflicting-options [scaleUp.policies[0].pods] A scaling policy limits either pods or a percentage. Write exactly one of 'pods' and 'percent'."],
    [{ max: 5, scaleUp: { policies: [{ pods: 0, period }, { percent: 1.5, period }] } },
      'invalid-value [scaleUp.policies[0].pods] 0 is not a speed limit. Write a whole number of at least 1.',
      'invalid-value [scaleUp.policies[1].percent] 1.5 is not a speed limit. Write a whole number of at least 1.'],
    [{ max: 5, scaleUp: { policies: [{ pods: 1, period: Duration.hours(1) }] } }, 'invalid-value [scaleUp.policies[0].period] A period of 3600 seconds is refused by Kubernetes. Write 1 second to 30 minutes.'],
    [{ max: 5, scaleUp: { policies: [{ pods: 1, period: Duration.millis(1500) }] } }, 'invalid-value [scaleUp.policies[0].period] Kubernetes counts whole seconds, and this is 1500 milliseconds. Write Duration.seconds(2).'],
  ])('what is wrong %#', (options, ...expected) => {
    expect(faults(options)).toEqual(expected);
  });
});
