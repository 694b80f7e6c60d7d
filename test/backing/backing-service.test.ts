import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  Artifacts, BackingCredentials, Environment, Etcd, LoginDelivery, local, Model, PlatformApp, PodSecurityPreset, Postgres,
  type PostgresProps, Redis, RedisUse, Volume,
} from '../../lib/index';
import { containerOf, envOf, finding, findings, IMAGE, manifestOf, manifestsOf, orders, podOf, shop } from '../support/services';

/** A database about which nothing is to be said. */
function database(chart: Chart, props: Partial<PostgresProps> = {}, id = 'db') {
  return new Postgres(chart, id, { version: '17.6', image: IMAGE, ...props });
}

describe('a client', () => {
  test('gets host, port, user and database as variables, password and URL as files', () => {
    const chart = shop();
    orders(chart).connectTo(database(chart));
    expect(envOf(chart)).toEqual({
      DB_DATABASE: 'app', DB_HOST: 'db', DB_PASSWORD_FILE: '/etc/logins/db/password', DB_PORT: '5432', DB_URL_FILE: '/etc/logins/db/url', DB_USER: 'app', GOMEMLIMIT: '115MiB',
    });
    expect(containerOf(chart).volumeMounts).toContainEqual({ mountPath: '/etc/logins/db', name: 'db-login', readOnly: true });
    expect(podOf(chart).spec.volumes).toContainEqual({
      name: 'db-login', secret: { secretName: 'db-login', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }, { key: 'url', path: 'url' }] },
    });
    expect(findings(chart)).toEqual([]);
  });

  test('gets them as variables where it says so, by reference', () => {
    const chart = shop();
    orders(chart).connectTo(database(chart), { login: LoginDelivery.VARIABLES, envPrefix: 'PG' });
    expect(envOf(chart)).toMatchObject({
      PG_HOST: 'db', PG_PASSWORD: { secretKeyRef: { name: 'db-login', key: 'password' } }, PG_URL: { secretKeyRef: { name: 'db-login', key: 'url' } },
    });
    expect(podOf(chart).spec.volumes.map(({ name }: any) => name)).toEqual(['tmp']);
    expect(findings(chart)).toEqual([]);
  });

  test('gets them by the names that it reads, and files only where it reads some', () => {
    const variables = { host: 'PGHOST', port: 'PGPORT', user: 'PGUSER', database: 'PGDATABASE', password: 'PGPASSWORD' };
    const chart = shop();
    orders(chart).connectTo(database(chart), { variables });
    expect(envOf(chart)).toMatchObject({ PGHOST: 'db', PGPORT: '5432', PGUSER: 'app', PGDATABASE: 'app', PGPASSWORD: { secretKeyRef: { name: 'db-login', key: 'password' } } });
    expect(podOf(chart).spec.volumes.map(({ name }: any) => name)).toEqual(['tmp']);
    const other = shop();
    orders(other).connectTo(database(other), { variables: { urlFile: 'DATABASE_URL_FILE' } });
    expect(envOf(other).DATABASE_URL_FILE).toBe('/etc/logins/db/url');
    expect(podOf(other).spec.volumes[0].secret.items).toEqual([{ key: 'url', path: 'url' }]);
  });

  test('gets nothing of it with env: false, and may talk to it', () => {
    const chart = shop();
    orders(chart).connectTo(database(chart), { env: false });
    expect(envOf(chart)).toEqual({ GOMEMLIMIT: '115MiB' });
    expect(podOf(chart).spec.volumes.map(({ name }: any) => name)).toEqual(['tmp']);
    expect(JSON.stringify(manifestOf(chart, 'NetworkPolicy', 'db').spec.ingress)).toContain('"orders"');
  });

  test('and the server, each in its network policy, know the other', () => {
    const chart = shop();
    orders(chart).connectTo(database(chart));
    const peer = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name } } });
    const ports = [{ port: 5432, protocol: 'TCP' }];
    expect(manifestOf(chart, 'NetworkPolicy', 'db').spec.ingress).toEqual([{ from: [peer('db')], ports }, { from: [peer('orders')], ports }]);
    expect(manifestOf(chart, 'NetworkPolicy', 'orders').spec.egress).toContainEqual({ to: [peer('db')], ports });
  });

  test('is told when it asks for what there is not', () => {
    const chart = shop();
    const service = orders(chart);
    service.connectTo(new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE }), { variables: { password: 'REGISTRY_PASS' } });
    service.connectTo(database(chart, { credentials: BackingCredentials.existing({ secretName: 'db' }) }), { variables: { url: 'DB_URL' } });
    service.connectTo(new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE }), { variables: { database: 'CACHE_DB' } });
    expect(findings(chart)).toEqual([
      finding('error', 'invalid-value', "shop/orders connectTo('cache').variables.database", "'cache' has no database.", 'Leave it out.'),
      finding('error', 'invalid-value', "shop/orders connectTo('db').variables.url", "The Secret 'db' of 'db' has no key with a URL.",
        "Take 'address' and the password, or name the key where the credentials of the target are said."),
      finding('error', 'invalid-value', "shop/orders connectTo('registry').variables.password", "'registry' asks nobody who they are, so there is no password.", 'Leave it out.'),
    ].sort());
  });

  test('of another namespace cannot read the Secret', () => {
    const chart = shop();
    const other = new Chart(chart.node.root as never, 'billing', { namespace: 'billing' });
    orders(other).connectTo(database(chart));
    expect(findings(other)).toEqual([
      finding('error', 'foreign-secret', "billing/orders connectTo('db')",
        "The login of 'db' lies in the Secret 'db-login' of the namespace 'shop', which pods of 'billing' cannot read.",
        "Put both into one namespace; or connect with env: false, and give the client a Secret of 'billing' that holds the same."),
    ]);
  });

  test('of another namespace that needs no login of it gets its full name', () => {
    const chart = shop();
    const other = new Chart(chart.node.root as never, 'billing', { namespace: 'billing' });
    orders(other).connectTo(new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE }));
    expect(findings(other)).toEqual([]);
    expect(envOf(other).REGISTRY_URL).toBe('http://registry.shop:2379');
  });

  test('says nothing twice', () => {
    const chart = shop();
    orders(chart, { env: { DB_USER: 'me' }, volumes: { '/etc/logins/db': Volume.emptyDir() } }).connectTo(database(chart));
    expect(findings(chart)).toEqual([
      finding('error', 'duplicate-env', 'shop/orders env.DB_USER', 'A connection gives the variable DB_USER already.', "Drop it, or connect with another 'envPrefix' or with env: false."),
      finding('error', 'invalid-mount', "shop/orders volumes['/etc/logins/db']", 'A connection puts the files of its login there.',
        'Mount it somewhere else, or connect with LoginDelivery.VARIABLES or with env: false.'),
    ]);
  });

  test.each([['/etc/logins', true], ['/etc/', true], ['/etc/log', false], ['/etc/logins/db2', false]])('sees whether %s lies in the way', (path, inTheWay) => {
    const chart = shop();
    orders(chart, { volumes: { [path]: Volume.configMap('files') } }).connectTo(database(chart));
    expect(findings(chart).filter(text => text.includes('invalid-mount'))).toEqual(!inTheWay ? [] : [
      finding('error', 'invalid-mount', `shop/orders volumes['${path}']`, 'A connection puts the files of its login there.',
        'Mount it somewhere else, or connect with LoginDelivery.VARIABLES or with env: false.'),
    ]);
  });

  test('may have scratch space around the files', () => {
    const chart = shop();
    orders(chart, { volumes: { '/etc/logins': Volume.emptyDir() } }).connectTo(database(chart));
    expect(findings(chart)).toEqual([]);
  });

  test('that comes first gets the same', () => {
    const render = (first: boolean) => {
      const chart = shop();
      const made: { db?: Postgres } = {};
      if (!first) {
        made.db = database(chart);
      }
      const service = orders(chart);
      made.db ??= database(chart);
      service.connectTo(made.db);
      return manifestsOf(chart);
    };
    expect(render(true)).toEqual(render(false));
  });
});

describe('credentials', () => {
  test('are made up by a script, the URL with them', () => {
    const chart = shop();
    const db = database(chart, { credentials: BackingCredentials.generated({ secretName: 'pg', userName: 'shop' }), database: 'orders' });
    expect(manifestOf(chart, 'Secret')).not.toHaveProperty('data');
    expect([db.secret!.name, db.secret!.keys]).toEqual(['pg', ['password', 'url']]);
    const script = Artifacts.of(chart).render('secrets/shop-pg.sh')!;
    expect(script).toContain("printf '%s' 'postgres://shop:'");
    expect(script).toContain("printf '%s' '@db:5432/orders'");
  });

  test('may exist already, and nothing is made', () => {
    const chart = shop();
    const db = database(chart, { credentials: BackingCredentials.existing({ secretName: 'pg', passwordKey: 'pass', urlKey: 'uri', userName: 'shop' }) });
    orders(chart).connectTo(db);
    expect(db.secret).toBeUndefined();
    expect(Object.keys(manifestsOf(chart)).filter(name => name.startsWith('Secret'))).toEqual([]);
    expect(Artifacts.of(chart).list().map(({ path }) => path)).toEqual([]);
    expect(podOf(chart).spec.volumes[0].secret.items).toEqual([{ key: 'pass', path: 'password' }, { key: 'uri', path: 'url' }]);
    expect(manifestOf(chart, 'StatefulSet').spec.template.spec.volumes[0].secret.items).toEqual([{ key: 'pass', path: 'password' }]);
    expect(envOf(chart).DB_USER).toBe('shop');
  });

  test('without a URL give none', () => {
    const chart = shop();
    const db = database(chart, { credentials: BackingCredentials.existing({ secretName: 'pg' }) });
    orders(chart).connectTo(db);
    expect(Object.keys(envOf(chart)).filter(name => name.includes('URL'))).toEqual([]);
    expect(db.url).toBeUndefined();
  });

  test('are typed references for whatever else reads them', () => {
    const chart = shop();
    const db = database(chart);
    orders(chart, { envValueFrom: { PGPASS: db.password!, DSN: db.url! } }).connectTo(db, { env: false });
    expect(envOf(chart)).toMatchObject({ PGPASS: { secretKeyRef: { name: 'db-login', key: 'password' } }, DSN: { secretKeyRef: { name: 'db-login', key: 'url' } } });
    expect([db.host, db.port, db.userName, db.database, db.secretName]).toEqual(['db.shop', 5432, 'app', 'app', 'db-login']);
  });

  test('with names that Kubernetes refuses', () => {
    const chart = shop();
    database(chart, { credentials: BackingCredentials.existing({ secretName: 'pg', passwordKey: 'pass word', urlKey: '..' }) });
    expect(findings(chart).filter(text => text.includes('credentials'))).toEqual(['passwordKey', 'urlKey'].map((property, index) =>
      finding('error', 'invalid-name', `shop/db credentials.${property}`, `'${['pass word', '..'][index]}' is not a key that Kubernetes accepts.`,
        'Use at most 253 letters, digits, dashes, underscores and dots.')));
  });
});

describe('no password is written down', () => {
  const fault = (index: number, name: string) => finding('error', 'secret-literal', `shop/db args[${index}]`,
    `The argument '${name}' holds a secret, which everybody reads who may read pods.`, "Leave it out: the password of the login comes from 'credentials'.");

  test.each<[string[], string[]]>([
    [['--requirepass', 'swordfish'], [fault(0, '--requirepass')]],
    [['--port', '1', '--masterauth', 'swordfish'], [fault(2, '--masterauth')]],
    [['--password=swordfish'], [fault(0, '--password')]],
    [['--primary=postgres://app:swordfish@other:5432/app'], [fault(0, '--primary')]],
    [['postgres://app:swordfish@other:5432/app'], [fault(0, '…')]],
    [['-c', 'max_connections=200'], []],
    [['--password', '--verbose'], []],
    [['--password=$(PGPASS)'], []],
  ])('in %p', (args, expected) => {
    const chart = shop();
    database(chart, { args });
    expect(findings(chart).filter(text => text.includes('secret-literal'))).toEqual(expected);
  });
});

describe('ids', () => {
  const fault = (path: string, other: string) => finding('error', 'ambiguous-id', path, `It differs from '${other}' in nothing but the case of its id.`,
    'Give one of them an id that reads otherwise; clients of both would know them by one prefix.');

  test('that differ in case alone', () => {
    const chart = shop();
    database(chart, { name: 'one' }, 'orders-db');
    database(chart, { name: 'two' }, 'Orders-DB');
    expect(findings(chart)).toEqual([fault('shop/Orders-DB', 'shop/orders-db')]);
  });

  test('of different environments do not meet, nor do equal ones of two charts', () => {
    const app = new PlatformApp();
    ['dev', 'prod'].forEach((stage, index) => database(new Chart(new Environment(app, stage), 'shop', { namespace: 'shop' }), { name: 'db' }, ['db', 'DB'][index]));
    ['a', 'b'].forEach(id => database(new Chart(app, id, { namespace: id }), {}, 'cache'));
    expect(findings(app).filter(text => text.includes('ambiguous-id'))).toEqual([]);
  });
});

test('is a service of the model, and an edge', () => {
  const chart = shop();
  orders(chart).connectTo(database(chart));
  const { services, connections } = Model.of(chart);
  expect(services.map(({ path, name, kind }) => `${path} ${name} ${kind}`).sort()).toEqual(['shop/db/server db StatefulSet', 'shop/orders orders Deployment']);
  expect(connections).toEqual([{ client: 'shop/orders', target: 'db', host: 'db', ports: [{ name: 'postgres', port: 5432, podPort: 5432 }], external: false }]);
});

describe('on one machine', () => {
  const compose = (chart: Chart, props: local.ComposeFileProps = {}) => parse(new local.ComposeFile(chart, 'compose', props).render());

  test('the same runs, and clients wait for it', () => {
    const chart = shop();
    orders(chart).connectTo(database(chart));
    const { db, orders: client } = compose(chart, { probes: { orders: ['/orders', '-health'] } }).services;
    expect(db.environment.POSTGRES_PASSWORD_FILE).toBe('/etc/secrets/login/password');
    expect(db.healthcheck.test).toEqual(['CMD', 'pg_isready', '--host=127.0.0.1', '--username=app', '--dbname=app']);
    expect(client.depends_on).toEqual({ db: { condition: 'service_healthy' } });
    expect([...db.secrets, ...client.secrets].map(({ source, target }: any) => [source, target])).toEqual([
      ['db-login_password', '/etc/secrets/login/password'], ['db-login_password', '/etc/logins/db/password'], ['db-login_url', '/etc/logins/db/url'],
    ]);
    expect(Object.keys(db.networks)).toEqual(Object.keys(client.networks));
  });

  // It needs a POSIX shell.
  (process.platform === 'win32' ? test.skip : test)('the script makes the URL of the password, whoever gave that', () => {
    const chart = shop();
    orders(chart).connectTo(database(chart));
    new local.ComposeFile(chart, 'compose');
    const folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
    try {
      const read = (key: string) => readFileSync(join(folder, 'local-secrets/db-login', key), 'utf8');
      const run = () => execFileSync('sh', ['-c', Artifacts.of(chart).render('compose-secrets.sh')!, join(folder, 'compose-secrets.sh')], { cwd: folder });
      run();
      expect(read('password')).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(read('url')).toBe(`postgres://app:${read('password')}@db:5432/app`);
      rmSync(join(folder, 'local-secrets/db-login/password'));
      writeFileSync(join(folder, 'local-secrets/db-login/password'), 'p@ss w/rd\n');
      run();
      expect(decodeURIComponent(read('url'))).toBe('postgres://app:p@ss w/rd@db:5432/app');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('the user is the one of the cluster', () => {
    const chart = shop();
    new Redis(chart, 'bus', { version: '8.2.1', image: IMAGE, use: RedisUse.STREAMS });
    new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE });
    const { bus, cache } = compose(chart).services;
    expect([bus.user, cache.user]).toEqual(['65532:65532', '65532:65532']);
    expect(manifestOf(chart, 'StatefulSet', 'bus').spec.template.spec.securityContext).toMatchObject({ runAsUser: 65532, fsGroup: 65532 });
  });

  test('a cluster of etcd is one member', () => {
    const chart = shop();
    new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE, members: 3, args: ['--quota-backend-bytes=1000000'] });
    const { command } = compose(chart).services.registry;
    expect(command).toContain('--initial-cluster=default=http://127.0.0.1:2380');
    expect(command.at(-1)).toBe('--quota-backend-bytes=1000000');
    expect(manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0].args).toContain('--name=$(POD_NAME)');
  });
});

test('what is wrong with what it makes is said at the server', () => {
  const chart = shop();
  new Redis(chart, 'bus', { version: '8.2.1', image: IMAGE, use: RedisUse.STREAMS, storage: { size: '5GB' } });
  expect(findings(chart)).toEqual([expect.stringContaining('error invalid-quantity [shop/bus/server')]);
});

test('OpenShift chooses the users', () => {
  const chart = shop({ podSecurity: PodSecurityPreset.OPENSHIFT });
  database(chart);
  new Redis(chart, 'bus', { version: '8.2.1', image: IMAGE, use: RedisUse.STREAMS });
  new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE });
  for (const name of ['db', 'bus', 'registry']) {
    expect(Object.keys(manifestOf(chart, 'StatefulSet', name).spec.template.spec.securityContext)).toEqual(['runAsNonRoot', 'seccompProfile']);
  }
});

test('nothing of it needs a namespace', () => {
  const chart = Testing.chart();
  const db = database(chart);
  orders(chart).connectTo(db);
  expect(db.host).toBe('db');
  expect(findings(chart).filter(text => text.startsWith('error'))).toEqual([]);
});
