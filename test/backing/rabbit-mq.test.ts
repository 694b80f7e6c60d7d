import { literalEnv, makerOf, testWholeManifests } from './backing-kind';
import { RabbitMq, type RabbitMqProps, BackingCredentials } from '../../lib/backing';
import { Resources } from '../../lib/definition';
import { envOf, finding, findings, orders } from '../support/services';

const made = makerOf(RabbitMq, 'broker', '4.1.4');

testWholeManifests(made);

test('its data lie in a folder of a name that stays, and no manifest shows the password', () => {
  const { container } = made();
  expect(literalEnv(container())).toMatchObject({ RABBITMQ_DEFAULT_USER: 'app', RABBITMQ_NODENAME: 'rabbit@localhost' });
  expect(container().command).toEqual(['sh', '-c', 'RABBITMQ_DEFAULT_PASS="$(cat /etc/secrets/login/password)" exec docker-entrypoint.sh rabbitmq-server "$@"', 'rabbitmq-server']);
});

test('it writes no file beside its data, which a read-only root would refuse', () => {
  expect(literalEnv(made().container()).RABBITMQ_UPGRADE_LOG).toBe('-');
  expect(made().container().volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/etc/secrets/login', '/tmp', '/var/lib/rabbitmq']);
});

test('it knows how much memory it may have, which it cannot see', () => {
  const variable = 'RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS';
  expect(literalEnv(made({ resources: Resources.of({ memory: '1Gi' }) }).container())[variable]).toBe('-rabbit total_memory_available_override_value 1073741824');
  expect(literalEnv(made({ resources: Resources.none() }).container())).not.toHaveProperty(variable);
});

test('the user adds arguments, which reach the server', () => {
  expect(made({ args: ['-rabbit', 'heartbeat', '30'] }).container().args).toEqual(['-rabbit', 'heartbeat', '30']);
});

test('clients get the URL of the protocol', () => {
  const { chart, service } = made();
  orders(chart).connectTo(service);
  expect(envOf(chart)).toMatchObject({ BROKER_HOST: 'broker', BROKER_PORT: '5672', BROKER_USER: 'app', BROKER_URL_FILE: '/etc/logins/broker/url' });
  expect(service.secret!._composed).toEqual({ url: 'amqp://app:{password}@broker:5672' });
});

test.each<[Partial<RabbitMqProps>, string]>([
  [{ version: 'management' }, finding('error', 'invalid-version', 'shop/broker version', "'management' is no version of RabbitMQ.", "Write for example '4.1.4'.")],
  [{ credentials: BackingCredentials.generated({ userName: 'the shop' }) }, finding('error', 'invalid-name', 'shop/broker credentials.userName', "'the shop' is not a name that RabbitMQ takes as it stands.",
    'Use at most 64 letters, digits, dots, dashes and underscores.')],
])('faults of %p', (props, expected) => {
  expect(findings(made(props).chart)).toEqual([expected]);
});
