import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackingServiceOptions, LoginOptions } from './backing-options';
import { PASSWORD_FILE } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkVersion } from './checks';
import { DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { ContainerImage } from '../definition/container-image';
import { Probe } from '../definition/probe';
import { Resources } from '../definition/resources';
import { Diagnostics } from '../diagnostics/diagnostics';

/** A RabbitMQ. */
export interface RabbitMqProps extends BackingServiceOptions, LoginOptions {}

const PORT = 5672;
const DEFAULT_RESOURCES = Resources.of({ cpu: '200m', memory: '512Mi' });
/** The server reads the password of its first user from a variable, which stands nowhere but in the process. */
const START = `RABBITMQ_DEFAULT_PASS="$(cat ${PASSWORD_FILE})" exec docker-entrypoint.sh rabbitmq-server "$@"`;

/**
 * A RabbitMQ of the official image: one server with a claim. Clients get `<NAME>_HOST`, `_PORT`, `_USER`, and files with the password and the URL
 * (`<NAME>_PASSWORD_FILE`, `_URL_FILE`). The user administers the server; its password is set when that first starts, so a rotation of the
 * Secret needs a `rabbitmqctl change_password` as well. Several servers are what its operator is for: `BackingProvider.rabbitMqOperator`.
 *
 * Diagnostics: `invalid-version`, `invalid-name`.
 *
 * @see https://hub.docker.com/_/rabbitmq
 * @example
 * const broker = new RabbitMq(chart, 'broker', { version: '4.1.4' });
 */
export class RabbitMq extends BackingService {
  public constructor(scope: Construct, id: string, props: RabbitMqProps) {
    super(scope, id, props);
    const { version, credentials, storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const memory = resources._memoryLimitBytes;
    const userName = credentials?._userName ?? 'app';
    // Each question starts an Erlang of its own, which takes its time.
    const ask = { period: Duration.seconds(30), timeout: Duration.seconds(15) };
    const ready = ['rabbitmq-diagnostics', '--quiet', 'check_port_connectivity'];
    this._run({
      kind: 'RabbitMq',
      component: 'broker',
      image: ContainerImage.reference(`rabbitmq:${version}`),
      ports: [{ name: 'amqp', number: PORT }],
      command: ['sh', '-c', START, 'rabbitmq-server'],
      env: {
        RABBITMQ_DEFAULT_USER: userName,
        // Its data lie in a folder of this name, so it must not be that of a container.
        RABBITMQ_NODENAME: 'rabbit@localhost',
        // It logs to its standard output but for upgrades, which it would note in a file below /var/log.
        RABBITMQ_UPGRADE_LOG: '-',
        // Erlang sees the memory of the node, and would let senders fill that: https://github.com/rabbitmq/rabbitmq-server/issues/10974
        ...memory !== undefined && { RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-rabbit total_memory_available_override_value ${memory}` },
      },
      data: { path: '/var/lib/rabbitmq', storage },
      resources,
      health: serverHealth(Probe.command(ready, ask)),
      members: 1,
      parameters: { userName },
      login: {
        ...credentials && { credentials },
        userName,
        url: (user, host) => `amqp://${user}:{password}@${host}`,
      },
    });
    Diagnostics._check(this, report => {
      checkVersion(version, 'RabbitMQ', '4.1.4', report);
      if (!/^[A-Za-z0-9_.-]{1,64}$/.test(userName)) {
        report({ code: 'invalid-name', property: 'credentials.userName', message: `'${userName}' is not a name that RabbitMQ takes as it stands.`, remedy: 'Use at most 64 letters, digits, dots, dashes and underscores.' });
      }
    });
  }
}
