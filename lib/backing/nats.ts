import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { PRINT_QUOTED_PASSWORD } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkMembers, checkPlainName, checkVersion, usableMembers } from './checks';
import { DEFAULT_RESOURCES, DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { mebibytes } from './memory';
import { ContainerImage } from '../definition/container-image';
import { EnvReference } from '../definition/env-reference';
import { Probe } from '../definition/probe';
import { Diagnostics } from '../diagnostics/diagnostics';

/** A NATS. */
export interface NatsProps extends BackingServiceOptions, LoginOptions {
  /**
   * How many servers it has: 1, 3 or 5.
   *
   * @default 1
   */
  readonly members?: number;
}

const PORT = 4222;
const ROUTE_PORT = 6222;
const MONITOR_PORT = 8222;
const DATA = '/data';
const MEMBERS = [1, 3, 5];
/** Streams that ask to be kept in memory get half of it. */
const MEMORY_SHARE = 0.5;

/**
 * A NATS of the official image, with streams that are kept (JetStream): one server, or several that form a cluster. Clients get `<NAME>_HOST`,
 * `_PORT`, `_USER`, and files with the password and the URL (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). After a rotation of the Secret restart it and
 * its clients. It is the image's variant with a shell, `<version>-alpine`, which reads the password from its file.
 *
 * Diagnostics: `invalid-version`, `invalid-name`, `invalid-replicas`.
 *
 * @see https://docs.nats.io/running-a-nats-service/configuration
 * @example
 * const events = new Nats(chart, 'events', { version: '2.11.8', members: 3 });
 */
export class Nats extends BackingService {
  public constructor(scope: Construct, id: string, props: NatsProps) {
    super(scope, id, props);
    const { name } = this;
    const { version, members = 1, credentials, storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const userName = credentials?._userName ?? 'app';
    const usable = usableMembers(members, MEMBERS);
    const routes = Array.from({ length: usable }, (_, ordinal) => `nats://${name}-${ordinal}.${name}-headless:${ROUTE_PORT}`);
    const ready = ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${MONITOR_PORT}/healthz`];
    const common = ['--addr', '0.0.0.0', '--port', String(PORT), '--http_port', String(MONITOR_PORT)];
    this._run({
      kind: 'Nats',
      component: 'broker',
      image: ContainerImage.reference(`nats:${version}-alpine`),
      ports: [
        { name: 'nats', number: PORT },
        ...usable > 1 ? [{ name: 'route', number: ROUTE_PORT, exposed: false }] : [],
      ],
      command: ['sh', '-c', startScript(userName, mebibytes(resources, MEMORY_SHARE)), 'nats-server'],
      args: [
        ...common,
        ...usable > 1 ? ['--name', '$(POD_NAME)', '--cluster_name', name, '--cluster', `nats://0.0.0.0:${ROUTE_PORT}`, '--routes', routes.join(',')] : [],
      ],
      ...usable > 1 && { alone: { args: common }, envValueFrom: { POD_NAME: EnvReference.field('metadata.name') } },
      data: { path: DATA, storage },
      resources,
      health: serverHealth(Probe.command(ready)),
      members: usable,
      parameters: { userName },
      login: {
        ...credentials && { credentials },
        userName,
        url: (user, host) => `nats://${user}:{password}@${host}`,
      },
    });
    Diagnostics._check(this, report => {
      checkVersion(version, 'NATS', '2.11.8', report);
      checkMembers(members, MEMBERS, report);
      checkPlainName(userName, 'credentials.userName', 'NATS', 64, report);
    });
  }
}

/** The login is part of the configuration on its standard input, so that no command line shows the password. */
function startScript(userName: string, memory: number | undefined): string {
  return `exec nats-server --config /dev/stdin "$@" <<CONFIG
jetstream { store_dir: "${DATA}"${memory === undefined ? '' : `, max_memory_store: ${memory}MB`} }
authorization { user: "${userName}", password: "$(${PRINT_QUOTED_PASSWORD})" }
CONFIG
`;
}
