import { Postgres, type PostgresProps, BackingCredentials } from '../../lib/backing';
import { ContainerImage } from '../../lib/definition';
import { finding, findings, manifestOf, orders, shop, yamlOf } from '../support/services';

const IMAGE = ContainerImage.reference(`registry.acme.com/postgres:17.6@sha256:${'0'.repeat(64)}`);

function database(props: Partial<PostgresProps> = {}) {
  const chart = shop();
  const made = new Postgres(chart, 'orders-db', { version: '17.6', image: IMAGE, ...props });
  return { chart, made, container: () => manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0] };
}

const env = (container: any) => Object.fromEntries(container.env.map(({ name, value }: any) => [name, value]));

test('whole manifests', () => {
  const { chart, made } = database();
  orders(chart).connectTo(made);
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('is the official image in the version, which somebody may pin', () => {
  const chart = shop();
  new Postgres(chart, 'db', { version: '17.6' });
  expect(manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0].image).toBe('postgres:17.6');
  expect(findings(chart)).toEqual([expect.stringContaining('info digest-missing [shop/db/server image]')]);
});

test.each([
  ['13.22', '/var/lib/postgresql/data', '/var/lib/postgresql/data/pgdata'],
  ['17-bookworm', '/var/lib/postgresql/data', '/var/lib/postgresql/data/pgdata'],
  ['18.1', '/var/lib/postgresql', '/var/lib/postgresql/18/docker'],
])('the data of %s lie where its image wants them, below the top of the volume', (version, mount, data) => {
  const { container } = database({ version });
  expect(env(container()).PGDATA).toBe(data);
  expect(container().volumeMounts).toContainEqual({ mountPath: mount, name: 'data' });
});

test('user and database are those of the definition', () => {
  const { container, made } = database({ database: 'orders', credentials: BackingCredentials.generated({ userName: 'shop' }) });
  expect(env(container())).toMatchObject({ POSTGRES_USER: 'shop', POSTGRES_DB: 'orders' });
  expect(container().readinessProbe.exec.command).toEqual(['pg_isready', '--host=127.0.0.1', '--username=shop', '--dbname=orders']);
  expect([made.userName, made.database]).toEqual(['shop', 'orders']);
});

test('its password is a file of a Secret, and nothing else', () => {
  const { chart, container } = database();
  expect(env(container()).POSTGRES_PASSWORD_FILE).toBe('/etc/secrets/login/password');
  expect(manifestOf(chart, 'StatefulSet').spec.template.spec.volumes).toContainEqual({
    name: 'orders-db-login', secret: { secretName: 'orders-db-login', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }] },
  });
});

test('storage is what is asked for', () => {
  const { chart } = database({ storage: { size: '50Gi', storageClassName: 'fast' } });
  expect(manifestOf(chart, 'StatefulSet').spec.volumeClaimTemplates[0].spec).toMatchObject({ resources: { requests: { storage: '50Gi' } }, storageClassName: 'fast' });
});

test.each<[Partial<PostgresProps>, string]>([
  [{ version: 'latest' }, finding('error', 'invalid-version', 'shop/orders-db version', "'latest' is no version of PostgreSQL.", "Write for example '17.6'.")],
  [{ database: 'order-items' }, finding('error', 'invalid-name', 'shop/orders-db database', "'order-items' is not a name that PostgreSQL takes as it stands.",
    'Use at most 63 lower-case letters, digits and underscores, not beginning with a digit.')],
  [{ credentials: BackingCredentials.generated({ userName: '1st' }) }, finding('error', 'invalid-name', 'shop/orders-db credentials.userName',
    "'1st' is not a name that PostgreSQL takes as it stands.", 'Use at most 63 lower-case letters, digits and underscores, not beginning with a digit.')],
])('faults of %p', (props, expected) => {
  expect(findings(database(props).chart)).toEqual([expected]);
});
