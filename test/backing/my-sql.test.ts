import { literalEnv, makerOf, testWholeManifests } from './backing-kind';
import { Backup, MySql, type MySqlProps, BackingCredentials } from '../../lib/backing';
import { External, Resources } from '../../lib/definition';
import { finding, findings, manifestOf, shop } from '../support/services';

const made = makerOf(MySql, 'db', '8.4.6');

testWholeManifests(made);

test('is the official image in the version', () => {
  const chart = shop();
  new MySql(chart, 'db', { version: '8.4.6' });
  expect(manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0].image).toBe('mysql:8.4.6');
});

test('root logs in from within the pod alone, and clients as a user of their own', () => {
  expect(literalEnv(made({ database: 'orders', credentials: BackingCredentials.generated({ userName: 'shop' }) }).container())).toMatchObject({
    MYSQL_DATABASE: 'orders', MYSQL_USER: 'shop', MYSQL_PASSWORD_FILE: '/etc/secrets/login/password', MYSQL_ROOT_HOST: 'localhost',
  });
});

test('half of its memory is for pages of data', () => {
  expect(made({ resources: Resources.of({ memory: '2Gi' }) }).container().args).toContain('--innodb-buffer-pool-size=1024M');
  expect(made({ resources: Resources.none() }).container().args.join()).not.toContain('buffer-pool');
});

test('a dump needs no rights but those on its database, and says nothing of other ones', () => {
  const backup = Backup.toObjectStorage({ bucket: 'acme-backups', endpoint: External.host('s3.example.com', 443) });
  const { initContainers: [dump] } = manifestOf(made({ backup }).chart, 'CronJob').spec.jobTemplate.spec.template.spec;
  expect(dump.command[2]).toBe([
    'MYSQL_PWD="$(cat /etc/secrets/login/password)" exec mysqldump --host="$HOST" --port="$PORT" --user="$LOGIN"',
    '--single-transaction --routines --triggers --events --no-tablespaces --set-gtid-purged=OFF --result-file=/backup/dump "$DATABASE"',
  ].join(' '));
});

test.each<[Partial<MySqlProps>, string]>([
  [{ version: 'latest' }, finding('error', 'invalid-version', 'shop/db version', "'latest' is no version of MySQL.", "Write for example '8.4.6'.")],
  [{ database: 'order-items' }, finding('error', 'invalid-name', 'shop/db database', "'order-items' is not a name that MySQL takes as it stands.",
    'Use at most 64 lower-case letters, digits and underscores, not beginning with a digit.')],
  [{ credentials: BackingCredentials.generated({ userName: 'root' }) }, finding('error', 'invalid-name', 'shop/db credentials.userName', "'root' is the server's own.", "Write another name, or leave it out: it is 'app'.")],
])('faults of %p', (props, expected) => {
  expect(findings(made(props).chart)).toEqual([expected]);
});
