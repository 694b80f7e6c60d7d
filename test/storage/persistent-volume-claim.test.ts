import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  AccessMode, ClaimSource, GoStyleMicroservice, KubernetesVersion, NodeAgent, OneOffTask, PersistentVolumeClaim, type PersistentVolumeClaimProps,
  Replicas, Rollout, ScheduledTask, VolumeMode, Worker, type WorkerProps,
} from '../../lib';
import { finding, findings, IMAGE, manifestOf, manifestsOf, podOf, shop, yamlOf } from '../support/services';

const SHARED = { size: '10Gi', accessModes: [AccessMode.READ_WRITE_MANY] };
const claim = (chart: Chart, props: Partial<PersistentVolumeClaimProps> = {}) => new PersistentVolumeClaim(chart, 'uploads', { size: '10Gi', ...props });
const worker = (chart: Chart, id: string, uploads: PersistentVolumeClaim, props: Partial<WorkerProps> = {}) =>
  new Worker(chart, id, { image: IMAGE, volumes: { '/var/uploads': uploads.asVolume() }, ...props });
const ONE_POD = { replicas: Replicas.fixed(1), rollout: Rollout.recreate() };

test('a claim that two workloads share', () => {
  const chart = shop();
  const uploads = claim(chart, { ...SHARED, storageClassName: 'shared', labels: { team: 'media' }, annotations: { 'example.com/backup': 'daily' } });
  new GoStyleMicroservice(chart, 'gallery', { image: IMAGE, volumes: { '/var/uploads': uploads.asVolume().mounted({ readOnly: true }) } });
  new ScheduledTask(chart, 'clean', { image: IMAGE, schedule: '0 3 * * *', volumes: { '/uploads': uploads.asVolume() } });
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

describe('what it asks for', () => {
  const specOf = (props: Partial<PersistentVolumeClaimProps>) => {
    const chart = shop();
    claim(chart, props);
    expect(findings(chart)).toEqual([]);
    return manifestOf(chart, 'PersistentVolumeClaim').spec;
  };

  test.each<[string, Partial<PersistentVolumeClaimProps>, object]>([
    ['the size alone', {}, { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } }],
    ['a volume made by hand', { volumeName: 'pv-7', storageClassName: '' }, { volumeName: 'pv-7', storageClassName: '' }],
    ['one of those with labels', { selector: { tier: 'fast' }, storageClassName: '' }, { selector: { matchLabels: { tier: 'fast' } } }],
    ['a snapshot', { source: ClaimSource.snapshot('monday') }, { dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday' } }],
    ['a block device', { volumeMode: VolumeMode.BLOCK }, { volumeMode: 'Block' }],
    ['any other field', { fields: { resources: { limits: { storage: '20Gi' } } } }, { resources: { requests: { storage: '10Gi' }, limits: { storage: '20Gi' } } }],
  ])('%s', (_, props, expected) => {
    expect(specOf(props)).toMatchObject(expected);
  });

  test('the name is that of the id, or its own', () => {
    const chart = shop();
    expect(claim(chart).name).toBe('uploads');
    expect(new PersistentVolumeClaim(chart, 'other', { name: 'archive', size: '1Gi' }).name).toBe('archive');
    expect(Object.keys(manifestsOf(chart))).toEqual(['PersistentVolumeClaim uploads', 'PersistentVolumeClaim archive']);
  });
});

describe('mounting', () => {
  test('by its name, owned by the group of the pod', () => {
    const chart = shop();
    worker(chart, 'thumbnails', claim(chart, SHARED));
    const { spec } = podOf(chart, 'thumbnails');
    expect(spec.volumes[1]).toEqual({ name: 'uploads', persistentVolumeClaim: { claimName: 'uploads' } });
    expect(spec.containers[0].volumeMounts[1]).toEqual({ name: 'uploads', mountPath: '/var/uploads' });
    expect(spec.securityContext).toMatchObject({ fsGroup: 65532, fsGroupChangePolicy: 'OnRootMismatch' });
  });

  test('for reading, where nobody may write', () => {
    const chart = shop();
    worker(chart, 'thumbnails', claim(chart, { accessModes: [AccessMode.READ_ONLY_MANY] }));
    expect(podOf(chart, 'thumbnails').spec.containers[0].volumeMounts[1]).toEqual({ name: 'uploads', mountPath: '/var/uploads', readOnly: true });
  });

  test('a block device stands at the path', () => {
    const chart = shop();
    const disk = claim(chart, { volumeMode: VolumeMode.BLOCK });
    worker(chart, 'thumbnails', disk, { ...ONE_POD, volumes: { '/dev/disk': disk.asVolume() } });
    const [container] = podOf(chart, 'thumbnails').spec.containers;
    expect(container.volumeDevices).toEqual([{ name: 'uploads', devicePath: '/dev/disk' }]);
    expect(container.volumeMounts.map(({ name }: any) => name)).toEqual(['tmp']);
    expect(findings(chart)).toEqual([]);
  });

  test('a block device has no files', () => {
    const chart = shop();
    const disk = claim(chart, { volumeMode: VolumeMode.BLOCK });
    worker(chart, 'thumbnails', disk, { ...ONE_POD, volumes: { '/dev/disk': disk.asVolume().mounted({ subPath: 'a' }) } });
    expect(findings(chart)).toEqual([finding('error', 'conflicting-options', "shop/thumbnails volumes['/dev/disk'].subPath", 'The volume is a block device, which has no subPath.',
      "Leave 'subPath' out, or use VolumeMode.FILESYSTEM.")]);
  });
});

describe('sharing', () => {
  const MANY = "Write accessModes: [AccessMode.READ_WRITE_MANY] where the storage class has that, give each pod its own (Volume.claimTemplate), or acknowledge 'claim-on-one-node' with the reason.";
  const RECREATE = "Write rollout: Rollout.recreate() there, or acknowledge 'claim-on-one-node' with the reason.";
  const warning = (message: string, remedy = MANY) => finding('warning', 'claim-on-one-node', 'shop/uploads accessModes', message, remedy);

  test.each<[string, Partial<PersistentVolumeClaimProps>, (chart: Chart, uploads: PersistentVolumeClaim) => unknown, ...string[]]>([
    ['nobody', {}, () => undefined],
    ['one pod that goes before the next comes', {}, (chart, uploads) => worker(chart, 'a', uploads, ONE_POD)],
    ['one pod that comes beside the old one', {}, (chart, uploads) => worker(chart, 'a', uploads, { replicas: Replicas.fixed(1) }),
      warning("'shop/a' starts each new pod beside the old one, which has the volume, and one node at a time can mount it: the others wait.", RECREATE)],
    ['one pod that makes way', {}, (chart, uploads) => worker(chart, 'a', uploads, { replicas: Replicas.fixed(1), rollout: Rollout.rolling({ maxSurge: '0', maxUnavailable: '1' }) })],
    ['several pods', {}, (chart, uploads) => worker(chart, 'a', uploads), warning("'shop/a' runs several pods with the volume, and one node at a time can mount it: the others wait.")],
    ['an autoscaler that is added later', {}, (chart, uploads) => worker(chart, 'a', uploads, ONE_POD).addScaling({ max: 3 }),
      warning("'shop/a' runs several pods with the volume, and one node at a time can mount it: the others wait.")],
    ['two workloads', {}, (chart, uploads) => ['b', 'a'].forEach(id => worker(chart, id, uploads, ONE_POD)),
      warning("'shop/a' and 'shop/b' share the volume, and one node at a time can mount it: the others wait.")],
    ['by one container in two places', {}, (chart, uploads) => worker(chart, 'a', uploads, { ...ONE_POD, volumes: { '/a': uploads.asVolume(), '/b': uploads.asVolume() } })],
    ['a sidecar counts with its pod', {}, (chart, uploads) => worker(chart, 'a', uploads, {
      ...ONE_POD, sidecars: [{ name: 'side', image: IMAGE, volumes: { '/a': uploads.asVolume() } }],
    })],
    ['by a sidecar alone', {}, (chart, uploads) => worker(chart, 'a', uploads, { volumes: {}, sidecars: [{ name: 'side', image: IMAGE, volumes: { '/a': uploads.asVolume() } }] }),
      warning("'shop/a' runs several pods with the volume, and one node at a time can mount it: the others wait.")],
    ['a pod on every node', {}, (chart, uploads) => new NodeAgent(chart, 'a', { image: IMAGE, volumes: { '/a': uploads.asVolume() } }),
      warning("'shop/a' runs several pods with the volume, and one node at a time can mount it: the others wait.")],
    ['a task', {}, (chart, uploads) => new OneOffTask(chart, 'a', { image: IMAGE, volumes: { '/a': uploads.asVolume() } })],
    ['a task of several pods', {}, (chart, uploads) => new OneOffTask(chart, 'a', { image: IMAGE, completions: 4, parallelism: 2, volumes: { '/a': uploads.asVolume() } }),
      warning("'shop/a' runs several pods with the volume, and one node at a time can mount it: the others wait.")],
    ['many nodes that may', SHARED, (chart, uploads) => ['b', 'a'].forEach(id => worker(chart, id, uploads))],
    ['one pod alone that may', { accessModes: [AccessMode.READ_WRITE_ONCE_POD] }, (chart, uploads) => worker(chart, 'a', uploads),
      warning("'shop/a' runs several pods with the volume, and one pod at a time can mount it: the others wait.")],
  ])('%s', (_, props, build, ...expected) => {
    const chart = shop();
    build(chart, claim(chart, props));
    expect(findings(chart)).toEqual(expected);
  });

  test('pods of another namespace', () => {
    const chart = shop();
    const uploads = claim(chart, SHARED);
    worker(new Chart(chart.node.root as IConstruct as Chart, 'batch', { namespace: 'batch' }), 'a', uploads);
    expect(findings(chart)).toEqual([finding('error', 'invalid-mount', 'shop/uploads', "'batch/a' lies in the namespace 'batch', and pods mount the claims of their own alone.",
      'Make a claim there, or move the workload.')]);
  });
});

describe('diagnostics', () => {
  const error = (code: string, property: string, message: string, remedy: string) => finding('error', code, `shop/uploads ${property}`, message, remedy);

  test.each<[Partial<PersistentVolumeClaimProps>, string]>([
    [{ size: 'much' }, error('invalid-quantity', 'size', "'much' is not a quantity.", "Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'.")],
    [{ name: 'My_Uploads' }, error('invalid-name', 'name', "'My_Uploads' is not a name that Kubernetes accepts.",
      "Use lower-case letters, digits, dashes and dots, with a letter or digit at both ends; give a 'name' where the id of the construct is different.")],
    [{ volumeName: 'PV 7' }, error('invalid-name', 'volumeName', "'PV 7' cannot be the name of a PersistentVolume.",
      'Write it as the PersistentVolume has it in its metadata.name: lower-case letters, digits, dashes and dots.')],
    [{ accessModes: [] }, error('invalid-value', 'accessModes', 'An empty list lets nobody mount the volume.', 'Write one mode, or leave it out for one node.')],
    [{ volumeName: 'pv-7', source: ClaimSource.claim('old') }, error('conflicting-options', 'volumeName', 'A volume that exists already cannot be filled from a source.', "Keep one of 'source' and 'volumeName'.")],
    [{ selector: { 'a b': 'c' } }, error('invalid-label', "selector['a b']", "'a b' is not a key for a label or annotation.",
      "Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash.")],
    [{ fields: { volumeAttributesClassName: 'gold' } }, error('unknown-field', 'fields.volumeAttributesClassName', "Kubernetes 1.27 does not know 'volumeAttributesClassName' of PersistentVolumeClaimSpec.",
      'Leave it out, or raise the Kubernetes version of the platform to 1.29, the first that knows it.')],
  ])('%j', (props, expected) => {
    const chart = shop({ kubernetesVersion: KubernetesVersion.of('1.27') });
    claim(chart, props);
    expect(findings(chart)).toEqual([expected]);
  });

  test('two of one name', () => {
    const chart = shop();
    claim(chart);
    new PersistentVolumeClaim(chart, 'other', { name: 'uploads', size: '1Gi' });
    expect(findings(chart)).toEqual([finding('error', 'duplicate-name', 'shop/other name', "The name 'uploads' is taken in this namespace already, by 'shop/uploads'.", "Give one of them another 'name'.")]);
  });
});
