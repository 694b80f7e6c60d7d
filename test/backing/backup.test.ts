import { Chart, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { parse } from 'yaml';
import {
  BackingCredentials, type BackingOutputs, BackingProvider, type BackingRequest, Backup, Etcd, External, type IBackingProvider, local, PlatformApp,
  Postgres, Redis, RedisUse, ServiceSecret,
} from '../../lib/index';
import { finding, findings, IMAGE, manifestOf, manifestsOf, shop, yamlOf } from '../support/services';

const ENDPOINT = External.host('s3.example.com', 443, { cidrs: ['203.0.113.0/24'] });
const API_SERVER = { apiServer: { cidrs: ['10.0.0.1/32'] } };
const TOOL = { image: IMAGE };
const bucket = { bucket: 'acme-backups', endpoint: ENDPOINT, ...TOOL };
const jobOf = (chart: ReturnType<typeof shop>, name = 'db-backup') => manifestOf(chart, 'CronJob', name).spec.jobTemplate.spec.template.spec;

describe('into object storage', () => {
  test('whole manifests', () => {
    const chart = shop();
    const credentials = ServiceSecret.existing(chart, 'storage', { name: 'backup-storage', keys: ['credentials'] });
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage({ ...bucket, region: 'eu-central-1', credentials }) });
    expect(yamlOf(chart)).toMatchSnapshot();
    expect(findings(chart)).toEqual([]);
  });

  test('is uploaded first, and what is old goes then', () => {
    const chart = shop();
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage({ ...bucket, keepFor: Duration.days(30), folder: 'orders', schedule: '30 1 * * *', timeZone: 'Europe/Vienna' }) });
    const { containers: [upload], initContainers: [dump] } = jobOf(chart);
    expect(upload.command[2]).toBe(`set -eu
[ -s /backup/dump ] || { echo 'The dump is empty.' >&2; exit 1; }
rclone copyto /backup/dump "$TARGET/$(date -u +%Y%m%dT%H%M%SZ)"
rclone delete "$TARGET" --max-depth 1 --include '/{{\\d{8}T\\d{6}Z}}' --min-age 30d --use-server-modtime
`);
    expect(upload.env).toContainEqual({ name: 'TARGET', value: 'storage:acme-backups/orders' });
    expect(dump.command).toEqual(['sh', '-c', 'PGPASSWORD="$(cat /etc/secrets/login/password)" exec pg_dump --format=custom --file=/backup/dump']);
    expect(dump.volumeMounts).toContainEqual({ mountPath: '/etc/secrets/login', name: 'db-login', readOnly: true });
    expect(manifestOf(chart, 'CronJob').spec).toMatchObject({ schedule: '30 1 * * *', timeZone: 'Europe/Vienna' });
    expect(findings(chart)).toEqual([]);
  });

  test('dumps a Redis that keeps what it is told, and an etcd', () => {
    const chart = shop();
    new Redis(chart, 'events', { version: '8.2.1', image: IMAGE, use: RedisUse.STREAMS, backup: Backup.toObjectStorage(bucket) });
    new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE, backup: Backup.toObjectStorage(bucket) });
    expect(jobOf(chart, 'events-backup').initContainers[0].command[2]).toBe('REDISCLI_AUTH="$(cat /etc/secrets/login/password)" exec redis-cli -h "$HOST" -p "$PORT" ${LOGIN:+--user "$LOGIN"} --rdb /backup/dump');
    expect(jobOf(chart, 'registry-backup').initContainers[0].command).toEqual(['etcdctl', '--endpoints=http://registry.shop:2379', 'snapshot', 'save', '/backup/dump']);
    expect(findings(chart)).toEqual([]);
  });

  test('works wherever the server is, as the user and on the database that its provider says', () => {
    const credentials = BackingCredentials.existing({ secretName: 'rds', passwordKey: 'pw', userName: 'orders' });
    const chart = shop({ backing: [BackingProvider.managed({ host: 'db.example.com', credentials, database: 'sales' })] });
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage(bucket) });
    const { initContainers: [dump], volumes } = jobOf(chart);
    expect(dump.env).toEqual([
      { name: 'PGDATABASE', value: 'sales' }, { name: 'PGHOST', value: 'db.example.com' }, { name: 'PGPORT', value: '5432' }, { name: 'PGUSER', value: 'orders' },
    ]);
    expect(volumes).toContainEqual({ name: 'rds', secret: { secretName: 'rds', defaultMode: 0o440, items: [{ key: 'pw', path: 'password' }] } });
    expect(findings(chart)).toEqual([]);
  });

  test('takes the name of the user out of the Secret where it stands there alone', () => {
    class Cloud implements IBackingProvider {
      public provide(_: Construct, { id }: BackingRequest): BackingOutputs {
        return { host: `${id}.example.com`, cidrs: ['203.0.113.0/24'], login: { secretName: 'cloud', namespace: 'shop', passwordKey: 'pw', userNameKey: 'user' } };
      }
    }
    const chart = shop({ backing: [new Cloud()] });
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage(bucket) });
    const { initContainers: [{ env }] } = jobOf(chart);
    expect(env).toContainEqual({ name: 'PGUSER', valueFrom: { secretKeyRef: { name: 'cloud', key: 'user' } } });
    expect(env).toContainEqual({ name: 'PGDATABASE', value: 'app' });
    expect(findings(chart)).toEqual([]);
  });

  test.each<[Map<string, unknown>, string]>([
    [new Map<string, unknown>([['bucket', 's3://acme']]), finding('error', 'invalid-value', 'shop/db backup.bucket', "'s3://acme' is not a bucket.", "Write its name alone, for example 'acme-backups'.")],
    ...['', '/orders', 'shop/', 'shop//orders', '../orders', 'shop/.', '$(HOSTNAME)'].map((folder): [Map<string, unknown>, string] => [
      new Map<string, unknown>([['folder', folder]]),
      finding('error', 'invalid-value', 'shop/db backup.folder', `'${folder}' is not a folder of a bucket.`, "Write names with '/' between them, for example 'prod/orders-db', or leave it out."),
    ]),
    [new Map<string, unknown>([['keepFor', Duration.days(0)]]), finding('error', 'invalid-value', 'shop/db backup.keepFor', 'Nothing would be kept.', 'Write for example Duration.days(14).')],
  ])('faults of %p', (options, expected) => {
    const chart = shop();
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage({ ...bucket, ...Object.fromEntries(options) }) });
    expect(findings(chart)).toEqual([expected]);
  });

  test('sends the file in parts where there is no TLS, which rclone would refuse otherwise', () => {
    const chart = shop();
    const endpoint = External.host('minio.storage', 9000, { scheme: 'http', cidrs: ['10.0.0.9/32'] });
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage({ ...bucket, endpoint }) });
    const [{ env }] = jobOf(chart).containers;
    expect(env).toContainEqual({ name: 'RCLONE_CONFIG_STORAGE_ENDPOINT', value: 'http://minio.storage:9000' });
    expect(env).toContainEqual({ name: 'RCLONE_CONFIG_STORAGE_UPLOAD_CUTOFF', value: '0' });
    expect(findings(chart)).toEqual([]);
  });

  test('has nothing to keep of a cache', () => {
    const chart = shop();
    new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE, backup: Backup.toObjectStorage(bucket) });
    expect(findings(chart)).toEqual([finding('error', 'conflicting-options', 'shop/cache backup', 'The image of a Redis as it is here has no tool that writes all of it into a file.', "Leave 'backup' out: it keeps nothing.")]);
  });
});

describe('snapshots of volumes', () => {
  test('whole manifests', () => {
    const chart = shop(API_SERVER);
    new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE, members: 3, backup: Backup.volumeSnapshot({ snapshotClass: 'csi', keep: 3, ...TOOL }) });
    expect(yamlOf(chart).split('---\n').filter(each => each.includes('registry-backup')).join('---\n')).toMatchSnapshot();
    expect(findings(chart)).toEqual([]);
  });

  test('are made by an image with kubectl and a shell', () => {
    const chart = shop(API_SERVER);
    new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE, backup: Backup.volumeSnapshot() });
    expect(jobOf(chart, 'registry-backup').containers[0].image).toBe('alpine/k8s:1.34.1');
    expect(findings(chart)).toEqual([expect.stringContaining('info digest-missing [shop/registry/backup image]')]);
  });

  test.each<[string, () => ReturnType<typeof shop>, string]>([
    ['a number', () => {
      const chart = shop(API_SERVER);
      new Etcd(chart, 'db', { version: '3.6.5', image: IMAGE, backup: Backup.volumeSnapshot({ keep: 0, ...TOOL }) });
      return chart;
    }, finding('error', 'invalid-value', 'shop/db backup.keep', '0 is not a number of snapshots.', 'Write a whole number from 1.')],
    ['a cache', () => {
      const chart = shop(API_SERVER);
      new Redis(chart, 'db', { version: '8.2.1', image: IMAGE, backup: Backup.volumeSnapshot(TOOL) });
      return chart;
    }, finding('error', 'conflicting-options', 'shop/db backup', 'It keeps nothing that a snapshot could hold.', "Leave 'backup' out.")],
    ['a managed server', () => {
      const chart = shop({ ...API_SERVER, backing: [BackingProvider.managed({ host: 'db.example.com' })] });
      new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.volumeSnapshot(TOOL) });
      return chart;
    }, finding('error', 'conflicting-options', 'shop/db backup', 'Its volumes are not made here.', 'Have whoever provides it make the backups, or write Backup.toObjectStorage().')],
  ])('faults of %s', (_, build, expected) => {
    expect(findings(build())).toEqual([expected]);
  });
});

test('the default image of an upload is rclone in a version', () => {
  const chart = shop();
  const { image: _, ...options } = bucket;
  new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage(options) });
  expect(jobOf(chart).containers[0].image).toBe('rclone/rclone:1.71.2');
  expect(Object.keys(manifestsOf(chart))).toContain('NetworkPolicy db-backup');
});

test('where Docker runs the app a backup is a task that somebody starts', () => {
  const app = new PlatformApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new Postgres(chart, 'db', { version: '17.6', image: IMAGE, backup: Backup.toObjectStorage(bucket) });
  const compose = new local.ComposeFile(app, 'compose');
  const { services } = parse(compose.render());
  expect(Object.keys(services).sort()).toEqual(['db', 'db-backup', 'db-backup-dump', 'db-backup_volumes', 'db_volumes']);
  expect(findings(app).filter(each => each.startsWith('error'))).toEqual([]);
});
