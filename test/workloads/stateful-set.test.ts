import { AccessMode, ContainerImage, Replicas, type RollingUpdate, Rollout, Volume, VolumeMode } from '../../lib/definition';
import type { StatefulServiceProps } from '../../lib/services';
import { ClaimRetention } from '../../lib/workloads';
import { foundWith, ledger, specWith } from '../support/family';
import { finding, IMAGE } from '../support/services';

const specOf = (props: Partial<StatefulServiceProps>) => specWith(ledger, props, 'StatefulSet');
const foundIn = (props: Partial<StatefulServiceProps>) => foundWith(ledger, props);

test('starts its pods one after the other, and keeps five revisions', () => {
  const { template: _, ...spec } = specOf({});
  expect(spec).toEqual({
    replicas: 2,
    revisionHistoryLimit: 5,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'ledger', 'app.kubernetes.io/instance': 'ledger' } },
    serviceName: 'ledger-headless',
    updateStrategy: { type: 'RollingUpdate' },
  });
});

test('all at once', () => {
  expect(specOf({ parallel: true }).podManagementPolicy).toBe('Parallel');
});

test('an autoscaler decides how many pods there are', () => {
  expect(specOf({ replicas: Replicas.autoscaled({ max: 5 }) })).not.toHaveProperty('replicas');
});

describe('rollout', () => {
  test.each<[string, Rollout, object]>([
    ['from an ordinal on', Rollout.rolling({ partition: 2, minReadySeconds: 10 }), { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } }, minReadySeconds: 10 }],
    ['when somebody deletes a pod', Rollout.onDelete({ revisionHistoryLimit: 0 }), { updateStrategy: { type: 'OnDelete' }, revisionHistoryLimit: 0 }],
  ])('%s', (_, rollout, expected) => {
    const spec = specOf({ rollout });
    expect(spec).toMatchObject(expected);
    expect(spec.updateStrategy).toEqual((expected as any).updateStrategy);
  });

  test.each<[RollingUpdate, string, string, string]>([
    [{ maxSurge: '1' }, 'maxSurge', 'A StatefulSet has no maxSurge.', "Leave 'maxSurge' out."],
    [{ progressDeadlineSeconds: 60 }, 'progressDeadlineSeconds', 'A StatefulSet has no progressDeadlineSeconds.', "Leave 'progressDeadlineSeconds' out."],
  ])('%j is not for a StatefulSet', (options, property, message, remedy) => {
    expect(foundIn({ rollout: Rollout.rolling(options) })).toEqual([finding('error', 'conflicting-options', `shop/ledger rollout.${property}`, message, remedy)]);
  });

  test('a partition is a whole number', () => {
    expect(foundIn({ rollout: Rollout.rolling({ partition: 1.5 }) })).toEqual([finding('error', 'invalid-value', 'shop/ledger rollout.partition',
      '1.5 is not the ordinal of a pod.', 'Write a whole number of at least 0.')]);
  });

  test('it cannot be made anew', () => {
    expect(foundIn({ rollout: Rollout.recreate() })).toEqual([finding('error', 'conflicting-options', 'shop/ledger rollout',
      'A StatefulSet has no strategy Recreate.', 'Write Rollout.rolling() or Rollout.onDelete().')]);
  });

  test('several at a time need a feature gate, whatever the version', () => {
    expect(foundIn({ rollout: Rollout.rolling({ maxUnavailable: '50%' }) })).toEqual([finding('warning', 'feature-gate', 'shop/ledger rollout.maxUnavailable',
      'Clusters drop the maxUnavailable of a StatefulSet unless their feature gate MaxUnavailableStatefulSet is on, and then replace its pods one by one.',
      "Leave it out, or acknowledge 'feature-gate' where the gate is on.")]);
  });
});

describe('claims', () => {
  const data = Volume.claimTemplate('data', { size: '10Gi' });

  test('are made for each pod, mounted by name, and no volume of the template', () => {
    const spec = specOf({ volumes: { '/var/lib/ledger': data, '/journal': Volume.claimTemplate('journal', { size: '1Gi', storageClassName: 'fast' }) } });
    expect(spec.volumeClaimTemplates).toEqual([
      { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } } },
      { metadata: { name: 'journal' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } } },
    ]);
    expect(spec.template.spec.containers[0].volumeMounts).toEqual([
      { name: 'journal', mountPath: '/journal' }, { name: 'tmp', mountPath: '/tmp' }, { name: 'data', mountPath: '/var/lib/ledger' },
    ]);
    expect(spec.template.spec.volumes.map(({ name }: any) => name)).toEqual(['tmp']);
    expect(spec.template.spec.securityContext).toMatchObject({ fsGroup: 65532, fsGroupChangePolicy: 'OnRootMismatch' });
  });

  test('one is shared with sidecars and init containers', () => {
    const spec = specOf({
      volumes: { '/data': data },
      initContainers: [{ name: 'format', image: IMAGE, volumes: { '/data': data } }],
      sidecars: [{ name: 'backup', image: IMAGE, volumes: { '/backup': data.mounted({ readOnly: true, subPath: 'dump' }) } }],
    });
    expect(spec.volumeClaimTemplates).toHaveLength(1);
    const [format, backup] = spec.template.spec.initContainers;
    expect(format.volumeMounts).toContainEqual({ name: 'data', mountPath: '/data' });
    expect(backup.volumeMounts).toContainEqual({ name: 'data', mountPath: '/backup', readOnly: true, subPath: 'dump' });
  });

  test('one of a sidecar alone', () => {
    const spec = specOf({ sidecars: [{ name: 'backup', image: IMAGE, volumes: { '/backup': data } }] });
    expect(spec.volumeClaimTemplates).toHaveLength(1);
    expect(spec.template.spec.securityContext.fsGroup).toBe(65532);
  });

  test('no volume takes the name of a claim', () => {
    const spec = specOf({ volumes: { '/b': data, '/c': Volume.configMap('data') } });
    expect(spec.volumeClaimTemplates.map(({ metadata }: any) => metadata.name)).toEqual(['data']);
    expect(spec.template.spec.volumes.map(({ name }: any) => name)).toEqual(['data-2', 'tmp']);
  });

  test('a device is no directory', () => {
    const spec = specOf({ volumes: { '/dev/journal': Volume.claimTemplate('journal', { size: '1Gi', volumeMode: VolumeMode.BLOCK }) } });
    expect(spec.volumeClaimTemplates[0].spec.volumeMode).toBe('Block');
    expect(spec.template.spec.containers[0]).toMatchObject({
      volumeDevices: [{ name: 'journal', devicePath: '/dev/journal' }], volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    });
    expect(spec.template.spec.securityContext).not.toHaveProperty('fsGroup');
  });

  test('stay, unless the definition says otherwise', () => {
    expect(specOf({ volumes: { '/data': data } })).not.toHaveProperty('persistentVolumeClaimRetentionPolicy');
    expect(specOf({ volumes: { '/data': data }, claimRetention: { whenScaled: ClaimRetention.DELETE } }).persistentVolumeClaimRetentionPolicy)
      .toEqual({ whenDeleted: 'Retain', whenScaled: 'Delete' });
  });

  test('two of one name', () => {
    expect(foundIn({ volumes: { '/a': data, '/b': Volume.claimTemplate('data', { size: '1Gi' }) } })).toEqual([
      finding('error', 'duplicate-name', "shop/ledger volumes['/b']", "Another claim of the pods is named 'data' already.", 'Give it another name, or mount one Volume object in both places.'),
    ]);
  });

  test('a name that is none', () => {
    expect(foundIn({ volumes: { '/a': Volume.claimTemplate('My Data', { size: '1Gi' }) } })).toEqual([
      finding('error', 'invalid-name', "shop/ledger volumes['/a'].name", "'My Data' is not a name for a claim.", 'Use at most 63 lower-case letters, digits and dashes.'),
    ]);
  });

  test('one that exists already is shared by all pods', () => {
    const shared = { '/data': Volume.persistentVolumeClaim('data') };
    expect(foundIn({ volumes: shared })).toEqual([expect.stringContaining("warning unshareable-claim [shop/ledger volumes['/data']]")]);
    // Its rollout takes the old pod away first.
    expect(foundIn({ volumes: shared, replicas: Replicas.fixed(1) })).toEqual([]);
    expect(foundIn({ volumes: { '/data': Volume.persistentVolumeClaim('data', { accessModes: [AccessMode.READ_WRITE_MANY] }) } })).toEqual([]);
  });
});

test('a name has room for the hash of each revision', () => {
  expect(foundIn({ name: 'x'.repeat(52) })).toEqual([]);
  expect(foundIn({ name: 'x'.repeat(53) })).toEqual([finding('error', 'invalid-name', 'shop/ledger name',
    `'${'x'.repeat(53)}' has 53 characters, and the label of each revision adds 11.`, "Give a 'name' of at most 52 characters.")]);
});

test('statefulSetFields come last', () => {
  expect(specOf({ statefulSetFields: { ordinals: { start: 1 }, revisionHistoryLimit: 2 } })).toMatchObject({ ordinals: { start: 1 }, revisionHistoryLimit: 2 });
  expect(foundWith(ledger, { image: ContainerImage.reference(`ledger:1@sha256:${'0'.repeat(64)}`), statefulSetFields: { ['replica' as any]: 3 } })).toEqual([
    finding('error', 'unknown-field', 'shop/ledger statefulSetFields.replica', "StatefulSetSpec has no field 'replica'.",
      "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'."),
  ]);
});
