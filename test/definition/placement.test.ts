import { faultless, faultsOf } from './faults';
import { Architecture, Placement, type PlacementOptions } from '../../lib';

const rendered = (placement: Placement) => faultless(report => placement._render(report));

test('nothing by default', () => {
  expect(rendered(Placement.of({}))).toEqual({});
  expect(Placement.of({})._spread).toBe(true);
});

test('everything', () => {
  const placement = Placement.of({
    nodeSelector: { disk: 'ssd' },
    architecture: Architecture.ARM64,
    tolerations: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }, { key: 'spot' }, {}, { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', tolerationSeconds: 30 }],
    nodeName: 'node-1.example.com',
    priorityClassName: 'high',
    runtimeClassName: 'gvisor',
    schedulerName: 'own',
    spread: false,
    affinity: { nodeAffinity: {} },
  });
  expect(rendered(placement)).toEqual({
    nodeSelector: { 'disk': 'ssd', 'kubernetes.io/arch': 'arm64' },
    tolerations: [
      { key: 'gpu', operator: 'Equal', value: 'true', effect: 'NoSchedule' },
      { key: 'spot', operator: 'Exists' },
      { operator: 'Exists' },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 },
    ],
    nodeName: 'node-1.example.com',
    priorityClassName: 'high',
    runtimeClassName: 'gvisor',
    schedulerName: 'own',
  });
  expect(placement._spread).toBe(false);
  expect(faultless(report => placement._renderAffinity(31, report))).toEqual({ nodeAffinity: {} });
});

test('an edge node is one option', () => {
  expect(rendered(Placement.edge())).toEqual({
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    tolerations: [{ key: 'node-role.kubernetes.io/edge', operator: 'Exists', effect: 'NoSchedule' }],
  });
  expect(rendered(Placement.edge({ architecture: Architecture.AMD64, taint: 'site', nodeSelector: { site: 'north' } }))).toEqual({
    nodeSelector: { 'site': 'north', 'kubernetes.io/arch': 'amd64' },
    tolerations: [{ key: 'site', operator: 'Exists', effect: 'NoSchedule' }],
  });
});

test.each<[string, PlacementOptions]>([
  ['a label', { nodeSelector: { 'a b': 'c d' } }],
  ['two architectures', { nodeSelector: { 'kubernetes.io/arch': 'amd64' }, architecture: Architecture.ARM64 }],
  ['an effect', { tolerations: [{ key: 'a' }, { key: 'a', effect: 'NoSchedul' }] }],
  ['a taint', { tolerations: [{ key: 'a b', value: 'c d' }] }],
  ['a value without a key', { tolerations: [{ value: 'true' }] }],
  ['seconds without NoExecute', { tolerations: [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 3 }] }],
  ['names', { nodeName: 'Node 1', priorityClassName: 'Very High', runtimeClassName: 'a/b' }],
])('%s can be wrong', (_, options) => {
  expect(faultsOf(report => Placement.of(options)._render(report))).toMatchSnapshot();
});
