import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { DUMP_FILE, PASSWORD_FILE } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkPlainName } from './checks';
import { DEFAULT_RESOURCES, DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { ContainerImage } from '../definition/container-image';
import { Probe } from '../definition/probe';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';

/** A PostgreSQL. */
export interface PostgresProps extends BackingServiceOptions, LoginOptions {
  /**
   * The database that is made when the server first starts.
   *
   * @default app
   */
  readonly database?: string;
}

/** From this version on the image keeps each major version in a folder of its own, and refuses the old place. */
const FOLDER_BY_VERSION = 18;
const PORT = 5432;
/** What PostgreSQL cuts names to. */
const MAX_NAME = 63;

/**
 * A PostgreSQL of the official image: one server with a claim. Clients get `<NAME>_HOST`, `_PORT`, `_USER`, `_DATABASE`, and files with the
 * password and the URL (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). The user owns the server; the password is set when it first starts, so a
 * rotation of the Secret needs an `ALTER ROLE` as well.
 *
 * @see https://hub.docker.com/_/postgres
 * @example
 * const db = new Postgres(chart, 'orders-db', { version: '17.6', storage: { size: '20Gi' } });
 * const orders = new GoStyleMicroservice(chart, 'orders', { image: GoImage.fromModule('services/orders') });
 * orders.connectTo(db);
 */
export class Postgres extends BackingService {
  public constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id, props);
    const { version, credentials, database = 'app', storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const userName = credentials?._userName ?? 'app';
    const major = Number(/^\d+/.exec(version)?.[0] ?? NaN);
    const { path, data } = major >= FOLDER_BY_VERSION
      ? { path: '/var/lib/postgresql', data: `/var/lib/postgresql/${major}/docker` }
      // The top of a volume may hold lost+found, which initdb takes for somebody else's data.
      : { path: '/var/lib/postgresql/data', data: '/var/lib/postgresql/data/pgdata' };
    // While the image prepares a new database, a server listens on the socket alone: that one is not asked.
    const ready = ['pg_isready', '--host=127.0.0.1', `--username=${userName}`, `--dbname=${database}`];
    this._run({
      kind: 'Postgres',
      parameters: { database, userName },
      dump: ({ host, port, database: provided = database }) => ({
        command: ['sh', '-c', `PGPASSWORD="$(cat ${PASSWORD_FILE})" exec pg_dump --format=custom --file=${DUMP_FILE}`],
        env: { PGHOST: host, PGPORT: String(port), PGDATABASE: provided },
        userVariable: 'PGUSER',
      }),
      component: 'database',
      image: ContainerImage.reference(`postgres:${version}`),
      ports: [{ name: 'postgres', number: PORT }],
      env: { PGDATA: data, POSTGRES_DB: database, POSTGRES_PASSWORD_FILE: PASSWORD_FILE, POSTGRES_USER: userName },
      volumes: { '/run/postgresql': Volume.emptyDir({ sizeLimit: '1Mi' }) },
      data: { path, storage },
      resources,
      health: serverHealth(Probe.command(ready), ready),
      members: 1,
      login: {
        ...credentials && { credentials },
        userName,
        database,
        url: (user, host) => `postgres://${user}:{password}@${host}/${encodeURIComponent(database)}`,
      },
    });
    Diagnostics._check(this, report => {
      if (Number.isNaN(major)) {
        report({ code: 'invalid-version', property: 'version', message: `'${version}' is no version of PostgreSQL.`, remedy: "Write for example '17.6'." });
      }
      checkPlainName(database, 'database', 'PostgreSQL', MAX_NAME, report);
      checkPlainName(userName, 'credentials.userName', 'PostgreSQL', MAX_NAME, report);
    });
  }
}
