import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { DUMP_FILE, PASSWORD_FILE } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkPlainName, checkVersion } from './checks';
import { DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { mebibytes } from './memory';
import { ContainerImage } from '../definition/container-image';
import { Probe } from '../definition/probe';
import { Resources } from '../definition/resources';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';

/** A MySQL. */
export interface MySqlProps extends BackingServiceOptions, LoginOptions {
  /**
   * The database that is made when the server first starts.
   *
   * @default app
   */
  readonly database?: string;
}

const PORT = 3306;
const DATA = '/var/lib/mysql';
/** What MySQL cuts names of users to. */
const MAX_NAME = 32;
const DEFAULT_RESOURCES = Resources.of({ cpu: '250m', memory: '1Gi' });

/**
 * A MySQL of the official image: one server with a claim. Clients get `<NAME>_HOST`, `_PORT`, `_USER`, `_DATABASE`, and files with the password
 * and the URL (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). The user owns the database; `root` has the same password and logs in from within the
 * pod alone. The password is set when the server first starts, so a rotation of the Secret needs an `ALTER USER` as well.
 *
 * Diagnostics: `invalid-version`, `invalid-name`.
 *
 * @see https://hub.docker.com/_/mysql
 * @example
 * const db = new MySql(chart, 'orders-db', { version: '8.4.6', storage: { size: '20Gi' } });
 */
export class MySql extends BackingService {
  public constructor(scope: Construct, id: string, props: MySqlProps) {
    super(scope, id, props);
    const { version, credentials, database = 'app', storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const userName = credentials?._userName ?? 'app';
    const pool = mebibytes(resources, 0.5);
    // While the image prepares a new database, a server listens on the socket alone: that one is not asked. A refused login is an answer too.
    const ready = ['mysqladmin', 'ping', '--silent', '--host=127.0.0.1', `--port=${PORT}`];
    this._run({
      kind: 'MySql',
      component: 'database',
      image: ContainerImage.reference(`mysql:${version}`),
      ports: [{ name: 'mysql', number: PORT }],
      args: [
        // The top of a volume may hold lost+found, which the server takes for somebody else's data.
        `--datadir=${DATA}/data`,
        // The second protocol has a port of its own, which nobody asked for.
        '--mysqlx=OFF',
        ...pool === undefined ? [] : [`--innodb-buffer-pool-size=${pool}M`],
      ],
      env: {
        MYSQL_DATABASE: database, MYSQL_PASSWORD_FILE: PASSWORD_FILE, MYSQL_ROOT_HOST: 'localhost', MYSQL_ROOT_PASSWORD_FILE: PASSWORD_FILE, MYSQL_USER: userName,
      },
      volumes: { '/var/run/mysqld': Volume.emptyDir({ sizeLimit: '1Mi' }) },
      data: { path: DATA, storage },
      resources,
      health: serverHealth(Probe.command(ready), ready),
      members: 1,
      parameters: { database, userName },
      // The ids of transactions (GTIDs) are those of the whole server: a dump of one database that says them needs rights which its user has not, and
      // is refused by a server that has some of its own.
      dump: ({ host, port, database: provided = database }) => ({
        command: ['sh', '-c', `MYSQL_PWD="$(cat ${PASSWORD_FILE})" exec mysqldump --host="$HOST" --port="$PORT" --user="$LOGIN" --single-transaction \
--routines --triggers --events --no-tablespaces --set-gtid-purged=OFF --result-file=${DUMP_FILE} "$DATABASE"`],
        env: { HOST: host, PORT: String(port), DATABASE: provided },
        userVariable: 'LOGIN',
      }),
      login: {
        ...credentials && { credentials },
        userName,
        database,
        url: (user, host) => `mysql://${user}:{password}@${host}/${encodeURIComponent(database)}`,
      },
    });
    Diagnostics._check(this, report => {
      checkVersion(version, 'MySQL', '8.4.6', report);
      checkPlainName(database, 'database', 'MySQL', 64, report);
      checkPlainName(userName, 'credentials.userName', 'MySQL', MAX_NAME, report);
      if (userName === 'root') {
        report({ code: 'invalid-name', property: 'credentials.userName', message: "'root' is the server's own.", remedy: "Write another name, or leave it out: it is 'app'." });
      }
    });
  }
}
