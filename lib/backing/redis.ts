import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { DUMP_FILE, type DumpedServer, PASSWORD_FILE } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkFixedUser } from './checks';
import { DEFAULT_RESOURCES, DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { ContainerImage } from '../definition/container-image';
import { Probe } from '../definition/probe';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';

/** What a Redis is for. */
export enum RedisUse {
  /** What it forgets can be had again: nothing is kept, and what was not read for long goes when memory is full. */
  CACHE = 'cache',
  /** Streams, queues and whatever must not be lost: every write is logged, and refused when memory is full. */
  STREAMS = 'streams',
}

/** A Redis. */
export interface RedisProps extends BackingServiceOptions, LoginOptions {
  /**
   * What it is for.
   *
   * @default RedisUse.CACHE
   */
  readonly use?: RedisUse;
}

const PORT = 6379;
/** The rest is for what Redis does not count: buffers of clients, fragments, and the copy while it rewrites its log. */
const MEMORY_SHARE = 0.75;

/** The login is part of the configuration on its standard input; as a hash, so that no command line shows the password. */
const START = `exec redis-server - "$@" <<CONFIG
user default reset on #$(printf %s "$(cat ${PASSWORD_FILE})" | sha256sum | cut -c1-64) ~* &* +@all
CONFIG
`;
/** The client ends well whatever the server says, so its answer counts. */
const READY = `REDISCLI_AUTH="$(cat ${PASSWORD_FILE})" redis-cli ping | grep -qx PONG`;

/**
 * A Redis of the official image, as a cache or as a broker by its streams: one server. Clients get `<NAME>_HOST`, `_PORT`, `_USER`, and files
 * with the password and the URL (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). After a rotation of the Secret restart it and its clients.
 *
 * Diagnostics: `conflicting-options` for a cache with storage.
 *
 * @see https://hub.docker.com/_/redis
 * @example
 * const cache = new Redis(chart, 'cache', { version: '8.2.1' });
 * const events = new Redis(chart, 'events', { version: '8.2.1', use: RedisUse.STREAMS, storage: { size: '5Gi' } });
 */
export class Redis extends BackingService {
  public constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id, props);
    const { version, credentials, use = RedisUse.CACHE, storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const keeps = use === RedisUse.STREAMS;
    const limit = resources._memoryLimitBytes;
    this._run({
      kind: 'Redis',
      parameters: { use },
      ...keeps && {
        dump: ({ host, port }: DumpedServer) => ({
          command: ['sh', '-c', `REDISCLI_AUTH="$(cat ${PASSWORD_FILE})" exec redis-cli -h "$HOST" -p "$PORT" \${LOGIN:+--user "$LOGIN"} --rdb ${DUMP_FILE}`],
          env: { HOST: host, PORT: String(port) },
          userVariable: 'LOGIN',
        }),
      },
      component: keeps ? 'broker' : 'cache',
      image: ContainerImage.reference(`redis:${version}`),
      ports: [{ name: 'redis', number: PORT }],
      command: ['sh', '-c', START, 'redis-server'],
      args: [
        '--dir', '/data',
        // A snapshot beside the log would say the same again; a cache keeps neither.
        '--save', '',
        '--appendonly', keeps ? 'yes' : 'no',
        '--maxmemory-policy', keeps ? 'noeviction' : 'allkeys-lru',
        ...limit === undefined ? [] : ['--maxmemory', String(Math.floor(limit * MEMORY_SHARE))],
      ],
      ...keeps
        ? { data: { path: '/data', storage } }
        : { volumes: { '/data': Volume.emptyDir() } },
      resources,
      health: serverHealth(Probe.command(['sh', '-c', READY])),
      members: 1,
      login: {
        ...credentials && { credentials },
        userName: 'default',
        url: (user, host) => `redis://${user}:{password}@${host}/0`,
      },
    });
    Diagnostics._check(this, report => {
      if (!keeps && props.storage) {
        report({ code: 'conflicting-options', property: 'storage', message: 'A cache keeps nothing.', remedy: "Leave 'storage' out, or write use: RedisUse.STREAMS." });
      }
      checkFixedUser(credentials?._userName, 'default', 'Redis', report);
    });
  }
}
