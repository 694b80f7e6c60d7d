import { faultless, faultsOf } from './faults';
import { AccessMode, ClaimSource, type VolumeClaimOptions, VolumeMode } from '../../lib';
import { renderClaim } from '../../lib/definition/volume-claim';

const rendered = (options: VolumeClaimOptions) => faultless(report => renderClaim(options, report));
const faults = (options: VolumeClaimOptions) => faultsOf(report => renderClaim(options, report));

test('one node may mount it, and its class is that of the cluster', () => {
  expect(rendered({ size: '10Gi' })).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } });
});

test('everything that it can ask for', () => {
  expect(rendered({
    size: '10Gi',
    storageClassName: 'fast',
    accessModes: [AccessMode.READ_WRITE_MANY, AccessMode.READ_ONLY_MANY],
    volumeMode: VolumeMode.BLOCK,
    source: ClaimSource.snapshot('nightly'),
  })).toEqual({
    accessModes: ['ReadWriteMany', 'ReadOnlyMany'],
    storageClassName: 'fast',
    volumeMode: 'Block',
    dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'nightly' },
    resources: { requests: { storage: '10Gi' } },
  });
  expect(rendered({ size: '1Gi', storageClassName: '', volumeMode: VolumeMode.FILESYSTEM, source: ClaimSource.claim('old') })).toEqual({
    accessModes: ['ReadWriteOnce'], storageClassName: '', dataSource: { kind: 'PersistentVolumeClaim', name: 'old' }, resources: { requests: { storage: '1Gi' } },
  });
});

test.each<[string, VolumeClaimOptions, string]>([
  ['a size', { size: 'big' }, "invalid-quantity [size] 'big' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."],
  ['no access mode', { size: '1Gi', accessModes: [] }, 'invalid-value [accessModes] An empty list lets nobody mount the volume. Write one mode, or leave it out for one node.'],
  ['one pod and many', { size: '1Gi', accessModes: [AccessMode.READ_WRITE_ONCE_POD, AccessMode.READ_WRITE_MANY] },
    'invalid-value [accessModes] A volume for one pod cannot be for many as well. Write one mode, or leave it out for one node.'],
])('%s can be wrong', (_, options, fault) => {
  expect(faults(options)).toEqual([fault]);
});

test.each<[string, VolumeClaimOptions, string, string]>([
  ['a class', { size: '1Gi', storageClassName: 'Fast Disk' }, 'storageClassName', 'StorageClass'],
  ['a snapshot', { size: '1Gi', source: ClaimSource.snapshot('Last Night') }, 'source', 'VolumeSnapshot'],
  ['a claim', { size: '1Gi', source: ClaimSource.claim('') }, 'source', 'PersistentVolumeClaim'],
])('%s can have a wrong name', (_, options, property, kind) => {
  expect(faults(options)).toEqual([expect.stringMatching(new RegExp(`^invalid-name \\[${property}\\] .*${kind}`))]);
});
