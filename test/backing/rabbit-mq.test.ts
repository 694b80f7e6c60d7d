import { RabbitMq, type RabbitMqProps, BackingCredentials } from '../../lib/backing';
import { ContainerImage } from '../../lib/definition';
import { envOf, finding, findings, manifestOf, orders, shop, yamlOf } from '../support/services';

const IMAGE = ContainerImage.reference(`registry.acme.com/broker:4.1.4@sha256:${'0'.repeat(64)}`);

function made(props: Partial<RabbitMqProps> = {}) {
  const chart = shop();
  const service = new RabbitMq(chart, 'broker', { version: '4.1.4', image: IMAGE, ...props });
  return {
    chart,
    service,
    spec: () => manifestOf(chart, 'StatefulSet').spec,
    container: () => manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0],
  };
}

const env = (container: any) => Object.fromEntries(container.env.map(({ name, value }: any) => [name, value]));

test('whole manifests', () => {
  const { chart, service } = made();
  orders(chart).connectTo(service);
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('its data lie in a folder of a name that stays, and no manifest shows the password', () => {
  const { container } = made();
  expect(env(container())).toEqual({ RABBITMQ_DEFAULT_USER: 'app', RABBITMQ_NODENAME: 'rabbit@localhost' });
  expect(container().command).toEqual(['sh', '-c', 'RABBITMQ_DEFAULT_PASS="$(cat /etc/secrets/login/password)" exec docker-entrypoint.sh rabbitmq-server']);
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
