import { Replicas } from '../../lib/definition';
import type { DisruptionOptions } from '../../lib/scaling';
import { finding, findings, manifestOf, manifestsOf, orders, shop } from '../support/services';

function render(disruption: DisruptionOptions | undefined, replicas?: Replicas): { found: string[]; spec: any } {
  const chart = shop();
  orders(chart, { ...disruption && { disruption }, ...replicas && { replicas } });
  return {
    found: findings(chart),
    get spec() {
      const { selector: _selector, unhealthyPodEvictionPolicy: _policy, ...spec } = manifestOf(chart, 'PodDisruptionBudget').spec;
      return spec;
    },
  };
}

const AUTOSCALED = Replicas.autoscaled({ min: 3, max: 10 });

test('one pod may be missing', () => {
  const chart = shop();
  const { disruptionBudget } = orders(chart);
  expect(disruptionBudget?.name).toBe('orders');
  expect(manifestOf(chart, 'PodDisruptionBudget')).toMatchSnapshot();
});

describe('there is none for a single pod', () => {
  test.each<[string, Replicas, boolean]>([
    ['none', Replicas.fixed(0), false],
    ['one', Replicas.fixed(1), false],
    ['two', Replicas.fixed(2), true],
    ['one at least', Replicas.autoscaled({ min: 1, max: 3 }), true],
    ['as many as somebody else says', Replicas.unmanaged(), true],
  ])('%s', (_, replicas, expected) => {
    const chart = shop();
    const { disruptionBudget } = orders(chart, { replicas });
    expect(disruptionBudget !== undefined).toBe(expected);
    expect('PodDisruptionBudget orders' in manifestsOf(chart)).toBe(expected);
  });

  test('until an autoscaler makes it several', () => {
    const chart = shop();
    const service = orders(chart, { replicas: Replicas.fixed(1) });
    service.addScaling({ max: 5 });
    expect(manifestOf(chart, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  });

  test('or an autoscaler of somebody else does', () => {
    const chart = shop();
    const service = orders(chart, { replicas: Replicas.fixed(1) });
    service.markHasAutoscaler();
    expect(manifestOf(chart, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  });
});

test.each<[DisruptionOptions, object]>([
  [{ maxUnavailable: '2' }, { maxUnavailable: 2 }],
  [{ maxUnavailable: '25%' }, { maxUnavailable: '25%' }],
  [{ minAvailable: '1' }, { minAvailable: 1 }],
  [{ minAvailable: '50%' }, { minAvailable: '50%' }],
  [{ minAvailable: '0' }, { minAvailable: 0 }],
])('%j', (disruption, spec) => {
  expect(render(disruption, AUTOSCALED)).toMatchObject({ found: [], spec });
});

describe('findings', () => {
  const blocked = (property: string, message: string) => finding('error', 'evictions-blocked', `shop/orders disruption.${property}`, message, "Write maxUnavailable: '1'.");

  test.each<[DisruptionOptions, Replicas, string[]]>([
    [{ maxUnavailable: '0' }, AUTOSCALED, [blocked('maxUnavailable', 'With maxUnavailable 0 no pod may ever be evicted, so no node can be drained.')]],
    [{ maxUnavailable: '0%' }, Replicas.unmanaged(), [blocked('maxUnavailable', 'With maxUnavailable 0% no pod may ever be evicted, so no node can be drained.')]],
    [{ minAvailable: '3' }, AUTOSCALED, [blocked('minAvailable', 'With minAvailable 3 and as few as 3 pods, none may be evicted, so no node can be drained.')]],
    [{ minAvailable: '2' }, AUTOSCALED, []],
    [{ minAvailable: '67%' }, AUTOSCALED, [blocked('minAvailable', 'With minAvailable 67% and as few as 3 pods, none may be evicted, so no node can be drained.')]],
    [{ minAvailable: '66%' }, AUTOSCALED, []],
    [{ minAvailable: '2' }, Replicas.fixed(2), [blocked('minAvailable', 'With minAvailable 2 and as few as 2 pods, none may be evicted, so no node can be drained.')]],
    [{ minAvailable: '1' }, Replicas.autoscaled({ min: 1, max: 2 }), [blocked('minAvailable', 'With minAvailable 1 and as few as 1 pod, none may be evicted, so no node can be drained.')]],
    [{ minAvailable: '100%' }, Replicas.unmanaged(), [blocked('minAvailable', 'With minAvailable 100% no pod may ever be evicted, so no node can be drained.')]],
    [{ minAvailable: '100' }, Replicas.unmanaged(), []],
  ])('%j', (disruption, replicas, found) => {
    expect(render(disruption, replicas).found).toEqual(found);
  });

  test('both limits', () => {
    expect(render({ maxUnavailable: '1', minAvailable: '1' }).found).toEqual([finding('error', 'conflicting-options', 'shop/orders disruption.minAvailable',
      'A disruption budget says either how many pods may be missing or how many must stay.', "Keep one of 'maxUnavailable' and 'minAvailable'.")]);
  });

  test.each(['some', '-1', '1.5', '%', '1000%'])('%p is no number of pods', text => {
    expect(render({ maxUnavailable: text }).found).toEqual([finding('error', 'invalid-value', 'shop/orders disruption.maxUnavailable',
      `'${text}' is neither a number of pods nor a percentage.`, "Write for example '1' or '25%'.")]);
  });
});

test('any field of the budget', () => {
  const chart = shop();
  orders(chart, { disruption: { minAvailable: '1', fields: { unhealthyPodEvictionPolicy: 'IfHealthyBudget' } } });
  expect(findings(chart)).toEqual([]);
  expect(manifestOf(chart, 'PodDisruptionBudget').spec).toMatchObject({ minAvailable: 1, unhealthyPodEvictionPolicy: 'IfHealthyBudget' });
  const other = shop();
  orders(other, { disruption: { fields: { ['policy' as any]: 'x' } } });
  expect(findings(other)).toEqual([finding('error', 'unknown-field', 'shop/orders disruption.fields.policy', "PodDisruptionBudgetSpec has no field 'policy'.",
    "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'.")]);
});
