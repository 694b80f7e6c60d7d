import { Architecture, Placement, type PlacementOptions, Replicas } from '../../lib/definition';
import { findings, orders, podOf, shop, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

function specWith(placement: Placement): any {
  const chart = shop();
  orders(chart, { placement });
  expect(findings(chart)).toEqual([]);
  return podOf(chart).spec;
}

const specOf = (options: PlacementOptions): any => specWith(Placement.of(options));

const SELECTOR = { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' };

const ANTI_AFFINITY = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [{
      weight: 100,
      podAffinityTerm: { labelSelector: { matchLabels: SELECTOR }, matchLabelKeys: ['pod-template-hash'], topologyKey: 'kubernetes.io/hostname' },
    }],
  },
};

const ZONE_SPREAD = [{
  maxSkew: 1,
  topologyKey: 'topology.kubernetes.io/zone',
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: SELECTOR },
  matchLabelKeys: ['pod-template-hash'],
}];

describe('spread', () => {
  test('over nodes and zones', () => {
    const spec = specOf({});
    expect(spec.affinity).toEqual(ANTI_AFFINITY);
    expect(spec.topologySpreadConstraints).toEqual(ZONE_SPREAD);
  });

  test('not at all', () => {
    expect(specOf({ spread: false })).not.toHaveProperty('affinity');
    expect(specOf({ spread: false })).not.toHaveProperty('topologySpreadConstraints');
  });

  test.each<[string, Replicas, boolean]>([
    ['none', Replicas.fixed(0), false],
    ['one', Replicas.fixed(1), false],
    ['two', Replicas.fixed(2), true],
    ['one and more, by load', Replicas.autoscaled({ min: 1, max: 5 }), true],
    ['as many as somebody else says', Replicas.unmanaged(), true],
  ])('where there are several pods: %s', (_, replicas, spread) => {
    const chart = shop();
    orders(chart, { replicas });
    const { spec } = podOf(chart);
    expect(['affinity' in spec, 'topologySpreadConstraints' in spec]).toEqual([spread, spread]);
  });

  test('pods of another revision count where the version cannot tell them apart', () => {
    const chart = shopOn('1.30');
    orders(chart);
    const { affinity, topologySpreadConstraints } = podOf(chart).spec;
    expect(affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm).not.toHaveProperty('matchLabelKeys');
    expect(topologySpreadConstraints).toEqual(ZONE_SPREAD);
  });
});

test('parts of an affinity take the place of those by default, or stand beside them', () => {
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } };
  expect(specOf({ affinity: { nodeAffinity } }).affinity).toEqual({ ...ANTI_AFFINITY, nodeAffinity });
  const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] };
  expect(specOf({ affinity: { podAntiAffinity } }).affinity).toEqual({ podAntiAffinity });
});

describe('nodes', () => {
  test('at the edge', () => {
    expect(specWith(Placement.edge())).toMatchObject({
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      tolerations: [{ key: 'node-role.kubernetes.io/edge', operator: 'Exists', effect: 'NoSchedule' }],
    });
    expect(specWith(Placement.edge({ architecture: Architecture.ARM, taint: 'example.com/edge', nodeSelector: { site: 'north' } }))).toMatchObject({
      nodeSelector: { 'kubernetes.io/arch': 'arm', 'site': 'north' },
      tolerations: [{ key: 'example.com/edge', operator: 'Exists', effect: 'NoSchedule' }],
    });
  });

  test('by everything that can be said', () => {
    expect(specOf({
      nodeSelector: { disk: 'ssd' },
      architecture: Architecture.AMD64,
      tolerations: [{}, { key: 'a', value: 'b', effect: 'NoExecute', tolerationSeconds: 60 }],
      nodeName: 'node-1',
      priorityClassName: 'high',
      runtimeClassName: 'gvisor',
      schedulerName: 'mine',
    })).toMatchObject({
      nodeSelector: { 'disk': 'ssd', 'kubernetes.io/arch': 'amd64' },
      tolerations: [{ operator: 'Exists' }, { key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 60 }],
      nodeName: 'node-1',
      priorityClassName: 'high',
      runtimeClassName: 'gvisor',
      schedulerName: 'mine',
    });
  });
});
