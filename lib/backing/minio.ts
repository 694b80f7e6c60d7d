import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { PASSWORD_FILE } from './backing-recipe';
import { BackingService } from './backing-service';
import { DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { ContainerImage } from '../definition/container-image';
import { Probe } from '../definition/probe';
import { Resources } from '../definition/resources';
import { Diagnostics } from '../diagnostics/diagnostics';

/** A MinIO. */
export interface MinioProps extends BackingServiceOptions, LoginOptions {}

const PORT = 9000;
const CONSOLE_PORT = 9001;
const DATA = '/data';
const DEFAULT_RESOURCES = Resources.of({ cpu: '200m', memory: '512Mi' });

/**
 * Object storage that speaks S3, a MinIO: one server with a claim. Clients get `<NAME>_HOST`, `_PORT`, `_USER` (the access key), and files with the
 * password (the secret key) and the URL (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). After a rotation of the Secret restart it and its clients.
 *
 * Diagnostics: `invalid-version`, `invalid-name`.
 *
 * @see https://min.io/docs/minio/container/index.html
 * @example
 * const files = new Minio(chart, 'files', { version: 'RELEASE.2025-09-07T16-13-09Z', storage: { size: '100Gi' } });
 */
export class Minio extends BackingService {
  public constructor(scope: Construct, id: string, props: MinioProps) {
    super(scope, id, props);
    const { version, credentials, storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const userName = credentials?._userName ?? 'app';
    this._run({
      kind: 'Minio',
      component: 'storage',
      image: ContainerImage.reference(`quay.io/minio/minio:${version}`),
      ports: [{ name: 's3', number: PORT, appProtocol: 'http' }, { name: 'console', number: CONSOLE_PORT, exposed: false }],
      args: ['server', `${DATA}/minio`, '--address', `:${PORT}`, '--console-address', `:${CONSOLE_PORT}`],
      env: { HOME: '/tmp', MC_CONFIG_DIR: '/tmp/.mc', MINIO_ROOT_PASSWORD_FILE: PASSWORD_FILE, MINIO_ROOT_USER: userName },
      data: { path: DATA, storage },
      resources,
      health: { ...serverHealth(Probe.command(['mc', 'ready', 'local'])), liveness: Probe.http('/minio/health/live', { port: 's3' }) },
      members: 1,
      parameters: { userName },
      login: {
        ...credentials && { credentials },
        userName,
        url: (user, host) => `http://${user}:{password}@${host}`,
      },
    });
    Diagnostics._check(this, report => {
      if (!/^RELEASE\.\d{4}-\d\d-\d\dT[\d-]+Z/.test(version)) {
        report({ code: 'invalid-version', property: 'version', message: `'${version}' is no version of MinIO.`, remedy: "Write for example 'RELEASE.2025-09-07T16-13-09Z'." });
      }
      if (!/^[A-Za-z0-9_-]{3,64}$/.test(userName)) {
        report({ code: 'invalid-name', property: 'credentials.userName', message: `'${userName}' is not an access key that MinIO takes.`, remedy: 'Use 3 to 64 letters, digits, dashes and underscores.' });
      }
    });
  }
}
