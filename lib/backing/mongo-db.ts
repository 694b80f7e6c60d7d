import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { DUMP_FILE, PASSWORD_FILE, PRINT_QUOTED_PASSWORD } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkPlainName, checkVersion } from './checks';
import { DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { mebibytes } from './memory';
import { ContainerImage } from '../definition/container-image';
import { Probe } from '../definition/probe';
import { Resources } from '../definition/resources';
import { Diagnostics } from '../diagnostics/diagnostics';

/** A MongoDB. */
export interface MongoDbProps extends BackingServiceOptions, LoginOptions {
  /**
   * The database that clients are at home in; it is there once somebody writes to it.
   *
   * @default app
   */
  readonly database?: string;
}

const PORT = 27017;
const DEFAULT_RESOURCES = Resources.of({ cpu: '250m', memory: '1Gi' });
/** https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-storage.wiredTiger.engineConfig.cacheSizeGB */
const LEAST_CACHE = 0.25;
const CACHE_SHARE = 0.4;

/**
 * A MongoDB of the official image: one server with a claim. Clients get `<NAME>_HOST`, `_PORT`, `_USER`, `_DATABASE`, and files with the password and
 * the URL (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). The user administers the server; its password is set when that first starts, so a rotation of
 * the Secret needs a `changeUserPassword` as well.
 *
 * Diagnostics: `invalid-version`, `invalid-name`.
 *
 * @see https://hub.docker.com/_/mongo
 * @example
 * const db = new MongoDb(chart, 'catalog-db', { version: '8.0.13' });
 */
export class MongoDb extends BackingService {
  public constructor(scope: Construct, id: string, props: MongoDbProps) {
    super(scope, id, props);
    const { version, credentials, database = 'app', storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const userName = credentials?._userName ?? 'app';
    const memory = mebibytes(resources, CACHE_SHARE);
    // The server that prepares a new database listens on 127.0.0.1 alone: that one is not asked.
    const ready = ['sh', '-c', `exec mongosh --quiet --norc --host "$(hostname)" --port ${PORT} --eval 'quit(db.adminCommand("ping").ok ? 0 : 1)'`];
    // Each question starts a shell of its own, which takes its time.
    const ask = { period: Duration.seconds(30), timeout: Duration.seconds(15) };
    this._run({
      kind: 'MongoDb',
      component: 'database',
      image: ContainerImage.reference(`mongo:${version}`),
      ports: [{ name: 'mongo', number: PORT }],
      args: ['--bind_ip_all', ...memory === undefined ? [] : ['--wiredTigerCacheSizeGB', Math.max(LEAST_CACHE, memory / 1024).toFixed(2)]],
      env: { HOME: '/tmp', MONGO_INITDB_ROOT_PASSWORD_FILE: PASSWORD_FILE, MONGO_INITDB_ROOT_USERNAME: userName },
      data: { path: '/data/db', storage },
      resources,
      health: serverHealth(Probe.command(ready, ask)),
      members: 1,
      parameters: { database, userName },
      dump: ({ host, port }) => ({
        command: ['sh', '-c', `umask 077
printf 'password: "%s"\\n' "$(${PRINT_QUOTED_PASSWORD})" >/tmp/login.yaml
exec mongodump --config=/tmp/login.yaml --host="$HOST" --port="$PORT" --username="$LOGIN" --authenticationDatabase=admin --archive=${DUMP_FILE}`],
        env: { HOST: host, PORT: String(port) },
        userVariable: 'LOGIN',
      }),
      login: {
        ...credentials && { credentials },
        userName,
        database,
        url: (user, host) => `mongodb://${user}:{password}@${host}/${encodeURIComponent(database)}?authSource=admin`,
      },
    });
    Diagnostics._check(this, report => {
      checkVersion(version, 'MongoDB', '8.0.13', report);
      checkPlainName(database, 'database', 'MongoDB', 63, report);
      checkPlainName(userName, 'credentials.userName', 'MongoDB', 63, report);
    });
  }
}
