import { Chart, type Duration } from 'cdk8s';
import { type BackingRecipe, DUMP_FILE } from './backing-recipe';
import type { BackingService } from './backing-service';
import { DATA_CLAIM, DEFAULT_RESOURCES } from './defaults';
import type { ServiceSecret } from '../configuration/service-secret';
import { ContainerImage } from '../definition/container-image';
import type { External } from '../definition/external';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';
import { ScheduledTask, type ScheduledTaskProps } from '../services/scheduled-task';
import { quoteForShell } from '../synthesis/shell';

/** When backups are made. */
export interface BackupOptions {
  /**
   * When, as cron writes it.
   *
   * @default '0 2 * * *'
   */
  readonly schedule?: string;
  /**
   * The time zone of the schedule, for example `Europe/Vienna`.
   *
   * @default - that of the cluster's controller, mostly UTC
   */
  readonly timeZone?: string;
  /**
   * The image that makes them.
   *
   * @default - rclone for object storage, kubectl with a shell for snapshots
   */
  readonly image?: ContainerImage;
}

/** Where dumps go. */
export interface ObjectStorageBackupOptions extends BackupOptions {
  /** The bucket, which exists. */
  readonly bucket: string;
  /** The S3 endpoint, with the scheme `https` unless it says another: `External.host('s3.eu-central-1.amazonaws.com', 443)`. */
  readonly endpoint: External;
  /**
   * The region.
   *
   * @default - none
   */
  readonly region?: string;
  /**
   * The folder within the bucket, of this backing service alone: `prod/orders-db`.
   *
   * @default - the namespace and the name of the backing service
   */
  readonly folder?: string;
  /**
   * The Secret whose key `credentials` is a file with the access key, as the AWS tools read it.
   *
   * @default - the identity of the pod, by `serviceAccountAnnotations`
   */
  readonly credentials?: ServiceSecret;
  /**
   * Annotations of the ServiceAccount, by which clouds give pods an identity.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [annotation: string]: string };
  /**
   * How long a dump is kept. Older ones go after a new one is safe; whatever else lies in the folder stays.
   *
   * @default Duration.days(14)
   */
  readonly keepFor?: Duration;
}

/** How volumes are snapshotted. */
export interface VolumeSnapshotBackupOptions extends BackupOptions {
  /**
   * The class of the snapshots.
   *
   * @default - that of the cluster for the driver of the volume
   */
  readonly snapshotClass?: string;
  /**
   * How many are kept of each volume, of those that are ready to be restored.
   *
   * @default 7
   */
  readonly keep?: number;
}

/** What a backup is made of. */
export interface BackedUp {
  readonly service: BackingService;
  readonly recipe: BackingRecipe;
  /** Where the login is mounted. */
  readonly folder: string;
}

const DEFAULT_SCHEDULE = '0 2 * * *';
const DEFAULT_KEEP_DAYS = 14;
const DEFAULT_KEEP = 7;
const UPLOADER = ContainerImage.reference('rclone/rclone:1.71.2');
const SNAPSHOOTER = ContainerImage.reference('alpine/k8s:1.34.1');
const KEY_FILE = '/etc/secrets/storage';
const GROUP = 'snapshot.storage.k8s.io';
/** Of those that can be restored; one that its driver never finishes takes the place of none of them. */
const READY_NAMES = '{range .items[?(@.status.readyToUse==true)]}{.metadata.name}{"\\n"}{end}';
/** Neither a variable of Kubernetes nor a place that another one is called by. */
const FOLDER = /^(?!\.{1,2}(\/|$))[\w.-]+(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/;

/** How the data of a backing service is kept somewhere else. */
export abstract class Backup {
  /**
   * A dump by the tool of the server itself, in a CronJob, into object storage that speaks S3. It works wherever the server runs, since it is
   * a client like others; it holds what one database or server knows, and none of its rights.
   *
   * Diagnostics, at the backing service: `conflicting-options` for a kind without such a tool, `invalid-value`, and those of a `ScheduledTask`.
   *
   * @param options where to
   * @see https://rclone.org/s3/
   */
  public static toObjectStorage(options: ObjectStorageBackupOptions): Backup {
    return new ObjectStorageBackup(options);
  }

  /**
   * A VolumeSnapshot of each claim, by a CronJob which may make, list and delete them. The server goes on, so a snapshot is what a crash
   * would have left: every kind here starts from that.
   *
   * Diagnostics, at the backing service: `conflicting-options` where it has no claims of ours, `invalid-value`, `api-server-unknown`, and those
   * of a `ScheduledTask`.
   *
   * @param options how
   * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
   */
  public static volumeSnapshot(options: VolumeSnapshotBackupOptions = {}): Backup {
    return new VolumeSnapshotBackup(options);
  }

  /** @internal */
  public abstract _make(subject: BackedUp): void;
}

/** The CronJob of a backup, whatever it does. */
function backupTask(
  service: BackingService,
  image: ContainerImage,
  script: string,
  { schedule = DEFAULT_SCHEDULE, timeZone }: BackupOptions,
  own: Partial<ScheduledTaskProps>,
): ScheduledTask {
  return new ScheduledTask(service, 'backup', {
    name: `${service.name}-backup`,
    component: 'backup',
    image,
    schedule,
    ...timeZone !== undefined && { timeZone },
    command: ['sh', '-c', script],
    resources: DEFAULT_RESOURCES,
    ...own,
  });
}

class ObjectStorageBackup extends Backup {
  public constructor(private readonly options: ObjectStorageBackupOptions) {
    super();
  }

  /** @internal */
  public override _make({ service, recipe, folder }: BackedUp): void {
    const { bucket, credentials, endpoint, folder: target, keepFor, image = UPLOADER } = this.options;
    const { dump, image: official } = recipe;
    Diagnostics._check(service, report => {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
        report({ code: 'invalid-value', property: 'backup.bucket', message: `'${bucket}' is not a bucket.`, remedy: "Write its name alone, for example 'acme-backups'." });
      }
      if (target !== undefined && !FOLDER.test(target)) {
        report({ code: 'invalid-value', property: 'backup.folder', message: `'${target}' is not a folder of a bucket.`, remedy: "Write names with '/' between them, for example 'prod/orders-db', or leave it out." });
      }
      if (keepFor && keepFor.toMilliseconds() <= 0) {
        report({ code: 'invalid-value', property: 'backup.keepFor', message: 'Nothing would be kept.', remedy: 'Write for example Duration.days(14).' });
      }
      if (!dump) {
        report({
          code: 'conflicting-options',
          property: 'backup',
          message: `The image of a ${recipe.kind} as it is here has no tool that writes all of it into a file.`,
          remedy: recipe.data ? 'Write Backup.volumeSnapshot().' : "Leave 'backup' out: it keeps nothing.",
        });
      }
    });
    if (!dump || !official) {
      return;
    }
    const { host, port, database, userName, _userNameReference: userReference } = service;
    const made = dump({ host, port, ...database !== undefined && { database } });
    const { userVariable } = made;
    // As large as the data may be, and gone with the pod.
    const scratch = Volume.ephemeral(recipe.data?.storage ?? { size: '1Gi' });
    const days = keepFor ? Math.ceil(keepFor.toMilliseconds() / 86_400_000) : DEFAULT_KEEP_DAYS;
    const task = backupTask(service, image, uploadScript(days), this.options, {
      env: { ...this.storage(service), TARGET: `storage:${bucket}/${this.folder(service)}` },
      volumes: { '/backup': scratch, ...credentials && { [KEY_FILE]: credentials.asFiles({ items: { credentials: 'credentials' } }) } },
      initContainers: [{
        name: 'dump',
        image: service._image ?? official,
        command: [...made.command],
        env: { ...made.env, ...userVariable !== undefined && userName !== undefined && { [userVariable]: userName } },
        ...userVariable !== undefined && userName === undefined && userReference && { envValueFrom: { [userVariable]: userReference } },
        volumes: {
          '/backup': scratch,
          ...service.secretName !== undefined && { [folder]: Volume.secret(service.secretName, { items: { password: service._passwordKey! } }) },
        },
        resources: DEFAULT_RESOURCES,
      }],
      ...this.options.serviceAccountAnnotations && { serviceAccountAnnotations: this.options.serviceAccountAnnotations },
    });
    task.connectTo(service, { env: false });
    task.connectTo(endpoint, { env: false });
  }

  /** rclone reads what would stand in its file from the environment. */
  private storage(service: BackingService): { [name: string]: string } {
    const { endpoint, region, credentials } = this.options;
    const [{ port, scheme = 'https' }] = endpoint.toConnectionTarget(service).ports;
    return {
      RCLONE_CONFIG: '/tmp/rclone.conf',
      RCLONE_CONFIG_STORAGE_TYPE: 's3',
      RCLONE_CONFIG_STORAGE_PROVIDER: 'Other',
      RCLONE_CONFIG_STORAGE_ENDPOINT: `${scheme}://${endpoint.hostName}:${port}`,
      RCLONE_CONFIG_STORAGE_ENV_AUTH: 'true',
      // Making buckets is for whoever owns them.
      RCLONE_CONFIG_STORAGE_NO_CHECK_BUCKET: 'true',
      // Without TLS it refuses to send a file in one piece: its checksum would have to be known before.
      ...scheme === 'http' && { RCLONE_CONFIG_STORAGE_UPLOAD_CUTOFF: '0' },
      ...region !== undefined && { RCLONE_CONFIG_STORAGE_REGION: region },
      // A file without a key in it is a fault: the identity of the node is not meant then.
      ...credentials && { AWS_EC2_METADATA_DISABLED: 'true', AWS_SHARED_CREDENTIALS_FILE: `${KEY_FILE}/credentials` },
    };
  }

  private folder(service: BackingService): string {
    const { namespace } = Chart.of(service);
    return this.options.folder ?? [...namespace === undefined ? [] : [namespace], service.name].join('/');
  }
}

/**
 * What is old goes once the new one is safe, so a backup that fails for long loses nothing; and nothing goes that was not uploaded here. An
 * empty file would be uploaded like others. When an object came to the storage is in the list of its folder, the time of its file is not.
 */
function uploadScript(days: number): string {
  return `set -eu
[ -s ${DUMP_FILE} ] || { echo 'The dump is empty.' >&2; exit 1; }
rclone copyto ${DUMP_FILE} "$TARGET/$(date -u +%Y%m%dT%H%M%SZ)"
rclone delete "$TARGET" --max-depth 1 --include '/{{\\d{8}T\\d{6}Z}}' --min-age ${days}d --use-server-modtime
`;
}

class VolumeSnapshotBackup extends Backup {
  public constructor(private readonly options: VolumeSnapshotBackupOptions) {
    super();
  }

  /** @internal */
  public override _make({ service, recipe }: BackedUp): void {
    const { image = SNAPSHOOTER, keep = DEFAULT_KEEP } = this.options;
    const { server } = service;
    Diagnostics._check(service, report => {
      if (!Number.isInteger(keep) || keep < 1) {
        report({ code: 'invalid-value', property: 'backup.keep', message: `${keep} is not a number of snapshots.`, remedy: 'Write a whole number from 1.' });
      }
      if (!server || !recipe.data) {
        report({
          code: 'conflicting-options',
          property: 'backup',
          message: server ? 'It keeps nothing that a snapshot could hold.' : 'Its volumes are not made here.',
          remedy: server ? "Leave 'backup' out." : 'Have whoever provides it make the backups, or write Backup.toObjectStorage().',
        });
      }
    });
    if (!server || !recipe.data) {
      return;
    }
    const claims = Array.from({ length: recipe.members }, (_, ordinal) => `${DATA_CLAIM}-${server.name}-${ordinal}`);
    const task = backupTask(service, image, this.script(claims, keep), this.options, { env: { HOME: '/tmp' } });
    task.grantAccess({ apiGroups: [GROUP], resources: ['volumesnapshots'], verbs: ['create', 'get', 'list', 'delete'] });
  }

  private script(claims: readonly string[], keep: number): string {
    const { snapshotClass } = this.options;
    const snapshots = claims.map(claimed => {
      const manifest = {
        apiVersion: `${GROUP}/v1`,
        kind: 'VolumeSnapshot',
        metadata: { generateName: `${claimed}-`, labels: { 'cdk8s-golden-path/backup-of': claimed } },
        spec: { ...snapshotClass !== undefined && { volumeSnapshotClassName: snapshotClass }, source: { persistentVolumeClaimName: claimed } },
      };
      return `printf '%s' ${quoteForShell(JSON.stringify(manifest))} | kubectl create --filename -
ready=$(kubectl get volumesnapshots --selector=${quoteForShell(`cdk8s-golden-path/backup-of=${claimed}`)} --sort-by=.metadata.creationTimestamp \\
  --output=jsonpath=${quoteForShell(READY_NAMES)})
printf '%s\\n' "$ready" | head -n -${keep} | xargs -r kubectl delete volumesnapshots --wait=false
`;
    });
    return `set -eu\n${snapshots.join('')}`;
  }
}
