import { Replicas, type RollingUpdate, Rollout } from '../../lib/definition';
import { finding, findings, manifestOf, orders, shop } from '../support/services';

function specOf(props: Parameters<typeof orders>[1]): any {
  const chart = shop();
  orders(chart, props);
  expect(findings(chart)).toEqual([]);
  return manifestOf(chart, 'Deployment').spec;
}

function foundIn(props: Parameters<typeof orders>[1]): string[] {
  const chart = shop();
  orders(chart, props);
  return findings(chart);
}

test('is replaced one by one, with five revisions to go back to', () => {
  const { template: _, ...spec } = specOf({});
  expect(spec).toEqual({
    replicas: 2,
    revisionHistoryLimit: 5,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
  });
});

test('labels of the user never become part of the selector', () => {
  const { selector } = specOf({ labels: { team: 'a' }, podLabels: { tier: 'b' } });
  expect(selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' });
});

describe('replicas', () => {
  test.each<[string, Replicas, number | undefined]>([
    ['stopped', Replicas.fixed(0), 0],
    ['fixed', Replicas.fixed(5), 5],
    ['autoscaled', Replicas.autoscaled({ max: 5 }), undefined],
    ['left to somebody else', Replicas.unmanaged(), undefined],
  ])('%s', (_, replicas, expected) => {
    expect(specOf({ replicas }).replicas).toBe(expected);
  });

  test.each([-1, 1.5, NaN])('%p is no number of pods', count => {
    expect(foundIn({ replicas: Replicas.fixed(count) })).toEqual([finding('error', 'invalid-replicas', 'shop/orders replicas',
      `${count} is not a number of pods.`, 'Write a whole number; 0 stops the service.')]);
  });
});

describe('rolling update', () => {
  test('as it is said', () => {
    const spec = specOf({ rollout: Rollout.rolling({ maxUnavailable: '25%', maxSurge: '3', minReadySeconds: 10, progressDeadlineSeconds: 120 }) });
    expect(spec).toMatchObject({
      minReadySeconds: 10,
      progressDeadlineSeconds: 120,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 3 } },
    });
  });

  test.each<[string, RollingUpdate, [string, string, string, string][]]>([
    ['texts that are no numbers', { maxUnavailable: 'one', maxSurge: '-1' }, [
      ['invalid-value', 'maxUnavailable', "'one' is neither a number of pods nor a percentage.", "Write for example '1' or '25%'."],
      ['invalid-value', 'maxSurge', "'-1' is neither a number of pods nor a percentage.", "Write for example '1' or '25%'."],
    ]],
    ['more than all', { maxUnavailable: '101%', maxSurge: '200%' }, [
      ['invalid-value', 'maxUnavailable', '101% of the pods are more than all.', "Write at most '100%'."],
    ]],
    ['no way to replace a pod', { maxSurge: '0' }, [
      ['conflicting-options', 'maxSurge', 'With no pod missing and none beyond the wanted number, no pod can ever be replaced.', "Write maxSurge: '1'."],
    ]],
    ['the same in percent', { maxSurge: '0%', maxUnavailable: '0%' }, [
      ['conflicting-options', 'maxSurge', 'With no pod missing and none beyond the wanted number, no pod can ever be replaced.', "Write maxSurge: '1'."],
    ]],
    ['numbers that are no seconds', { minReadySeconds: -1, progressDeadlineSeconds: 1.5 }, [
      ['invalid-value', 'minReadySeconds', '-1 is not a number of seconds.', 'Write a whole number of at least 0.'],
      ['invalid-value', 'progressDeadlineSeconds', '1.5 is not a number of seconds.', 'Write a whole number of at least 0.'],
    ]],
    ['a deadline before the first pod counts', { minReadySeconds: 60, progressDeadlineSeconds: 60 }, [
      ['conflicting-options', 'progressDeadlineSeconds', 'A rollout has failed after 60 seconds, when no new pod can have been ready for 60.',
        'Let progressDeadlineSeconds be more than 60, or minReadySeconds less than 60.'],
    ]],
    ['the same with the deadline of Kubernetes', { minReadySeconds: 900 }, [
      ['conflicting-options', 'minReadySeconds', 'A rollout has failed after 600 seconds, when no new pod can have been ready for 900.',
        'Let progressDeadlineSeconds be more than 900, or minReadySeconds less than 600.'],
    ]],
  ])('%s', (_, options, faults) => {
    expect(foundIn({ rollout: Rollout.rolling(options) })).toEqual(faults.map(([code, property, message, remedy]) =>
      finding('error', code, `shop/orders rollout.${property}`, message, remedy)));
  });
});

describe('deploymentFields', () => {
  test('come last', () => {
    expect(specOf({ deploymentFields: { paused: true, revisionHistoryLimit: 2, template: { metadata: { annotations: { a: 'b' } } } } })).toMatchObject({
      paused: true,
      revisionHistoryLimit: 2,
      template: { metadata: { annotations: { a: 'b' }, labels: { 'app.kubernetes.io/name': 'orders' } } },
    });
  });

  test('another strategy takes its settings with it', () => {
    expect(specOf({ deploymentFields: { strategy: { type: 'Recreate' } } }).strategy).toEqual({ type: 'Recreate' });
  });

  test('a field that does not exist', () => {
    expect(foundIn({ deploymentFields: { ['replica' as any]: 3 } })).toEqual([finding('error', 'unknown-field', 'shop/orders deploymentFields.replica',
      "DeploymentSpec has no field 'replica'.", "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'.")]);
  });
});

test('the object and its name can be reached', () => {
  const chart = shop();
  const { deployment } = orders(chart, { name: 'shop-orders' });
  deployment.apiObject.metadata.addAnnotation('example.com/a', 'b');
  expect(deployment.name).toBe('shop-orders');
  expect(manifestOf(chart, 'Deployment').metadata).toMatchObject({ name: 'shop-orders', annotations: { 'example.com/a': 'b' } });
});
