import { AccessMode, Replicas, type RollingUpdate, Rollout, Volume } from '../../lib/definition';
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

describe('other strategies', () => {
  test('all old pods go before the first new one comes', () => {
    expect(specOf({ rollout: Rollout.recreate({ revisionHistoryLimit: 1, minReadySeconds: 3 }) })).toMatchObject({
      strategy: { type: 'Recreate' }, revisionHistoryLimit: 1, minReadySeconds: 3,
    });
    expect(specOf({ rollout: Rollout.recreate() }).strategy).toEqual({ type: 'Recreate' });
  });

  test('those that a Deployment does not have', () => {
    expect(foundIn({ rollout: Rollout.onDelete() })).toEqual([finding('error', 'conflicting-options', 'shop/orders rollout',
      'A Deployment has no strategy OnDelete.', 'Write Rollout.rolling() or Rollout.recreate().')]);
    expect(foundIn({ rollout: Rollout.rolling({ partition: 1 }) })).toEqual([finding('error', 'conflicting-options', 'shop/orders rollout.partition',
      'A Deployment has no partition.', "Leave 'partition' out.")]);
    expect(foundIn({ rollout: Rollout.recreate({ revisionHistoryLimit: -1 }) })).toEqual([finding('error', 'invalid-value', 'shop/orders rollout.revisionHistoryLimit',
      '-1 is not a number of revisions.', 'Write a whole number of at least 0.')]);
  });
});

describe('a claim that one node alone can mount', () => {
  const volumes = { '/data': Volume.persistentVolumeClaim('data') };
  const unshareable = [finding('warning', 'unshareable-claim', "shop/orders volumes['/data']",
    "One node at a time can mount 'data', and two pods may need it: with several of them, or when the new one starts before the old one has gone. A pod on another node then waits.",
    "Write Volume.persistentVolumeClaim('data', { accessModes: [AccessMode.READ_WRITE_MANY] }) if the claim has that mode; "
    + 'else use one pod at a time (Replicas.fixed(1) with Rollout.recreate()), or a StatefulService with Volume.claimTemplate().')];

  test.each<[string, Parameters<typeof orders>[1], string[]]>([
    ['several pods', { volumes, rollout: Rollout.recreate() }, unshareable],
    ['one pod and the next one', { volumes, replicas: Replicas.fixed(1) }, unshareable],
    ['as many as an autoscaler wants', { volumes, rollout: Rollout.recreate(), replicas: Replicas.autoscaled({ max: 3 }) }, unshareable],
    ['one pod at a time', { volumes, replicas: Replicas.fixed(1), rollout: Rollout.recreate() }, []],
    ['one pod, which goes first', { volumes, replicas: Replicas.fixed(1), rollout: Rollout.rolling({ maxSurge: '0', maxUnavailable: '1' }) }, []],
    ['a claim for many', { volumes: { '/data': Volume.persistentVolumeClaim('data', { accessModes: [AccessMode.READ_WRITE_MANY] }) } }, []],
    ['a claim that many may read', { volumes: { '/data': Volume.persistentVolumeClaim('data', { accessModes: [AccessMode.READ_ONLY_MANY] }) } }, []],
    ['a claim of each pod', { volumes: { '/data': Volume.ephemeral({ size: '1Gi' }) } }, []],
  ])('%s', (_, props, found) => {
    expect(foundIn(props)).toEqual(found);
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
