import { type RollingUpdate, Rollout, Volume } from '../../lib/definition';
import type { NodeAgentProps } from '../../lib/services';
import { collector, foundWith, specWith } from '../support/family';
import { finding } from '../support/services';

const specOf = (props: Partial<NodeAgentProps>) => specWith(collector, props, 'DaemonSet');
const foundIn = (props: Partial<NodeAgentProps>) => foundWith(collector, props);

test('is replaced node by node', () => {
  const { template, ...spec } = specOf({});
  expect(spec).toEqual({
    revisionHistoryLimit: 5,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'collector', 'app.kubernetes.io/instance': 'collector' } },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
  });
  expect(template.spec).not.toHaveProperty('affinity');
  expect(template.spec).not.toHaveProperty('topologySpreadConstraints');
});

describe('rollout', () => {
  test.each<[string, Rollout, object]>([
    ['a tenth of the nodes', Rollout.rolling({ maxUnavailable: '10%', minReadySeconds: 5 }), { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } }],
    ['beside the old pod', Rollout.rolling({ maxSurge: '1' }), { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }],
    ['the same, said twice', Rollout.rolling({ maxSurge: '25%', maxUnavailable: '0' }), { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } }],
    ['no surge at all', Rollout.rolling({ maxSurge: '0' }), { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } }],
    ['when somebody deletes a pod', Rollout.onDelete(), { type: 'OnDelete' }],
  ])('%s', (_, rollout, expected) => {
    expect(specOf({ rollout }).updateStrategy).toEqual(expected);
  });

  test.each<[string, RollingUpdate, string, string, string, string]>([
    ['both', { maxSurge: '1', maxUnavailable: '1' }, 'conflicting-options', 'maxSurge',
      'A DaemonSet replaces pods either beside the old ones or in their place.', "Keep one of 'maxSurge' and 'maxUnavailable'."],
    ['neither', { maxUnavailable: '0' }, 'conflicting-options', 'maxSurge',
      'With no pod missing and none beside it, no pod can ever be replaced.', "Write maxUnavailable: '1', or maxSurge: '1'."],
    ['more than all beside', { maxSurge: '101%' }, 'invalid-value', 'maxSurge', '101% of the pods are more than all.', "Write at most '100%'."],
    ['more than all missing', { maxUnavailable: '200%' }, 'invalid-value', 'maxUnavailable', '200% of the pods are more than all.', "Write at most '100%'."],
    ['a partition', { partition: 1 }, 'conflicting-options', 'partition', 'A DaemonSet has no partition.', "Leave 'partition' out."],
    ['a deadline', { progressDeadlineSeconds: 60 }, 'conflicting-options', 'progressDeadlineSeconds', 'A DaemonSet has no progressDeadlineSeconds.', "Leave 'progressDeadlineSeconds' out."],
  ])('%s', (_, options, code, property, message, remedy) => {
    expect(foundIn({ rollout: Rollout.rolling(options) })).toEqual([finding('error', code, `shop/collector rollout.${property}`, message, remedy)]);
  });

  test('a text that is no number is one finding', () => {
    expect(foundIn({ rollout: Rollout.rolling({ maxSurge: 'one' }) }).filter(text => text.includes("'one'"))).toHaveLength(1);
  });

  test('it cannot be made anew', () => {
    expect(foundIn({ rollout: Rollout.recreate() })).toEqual([finding('error', 'conflicting-options', 'shop/collector rollout',
      'A DaemonSet has no strategy Recreate.', 'Write Rollout.rolling() or Rollout.onDelete().')]);
  });
});

test('its pods share a claim', () => {
  expect(foundIn({ volumes: { '/data': Volume.persistentVolumeClaim('data') } })).toEqual([expect.stringContaining('warning unshareable-claim')]);
});

test('daemonSetFields come last', () => {
  expect(specOf({ daemonSetFields: { minReadySeconds: 7 } }).minReadySeconds).toBe(7);
});
