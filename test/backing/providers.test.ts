import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  BackingCredentials, type BackingOutputs, BackingProvider, type BackingRequest, Environment, Etcd, type IBackingProvider, Platform, Postgres,
  ProvidedService, RabbitMq, Redis,
} from '../../lib/index';
import { containerOf, envOf, finding, findings, IMAGE, manifestOf, manifestsOf, orders, podOf, shop, yamlOf } from '../support/services';

const CLOUD = BackingProvider.managed({
  kind: 'Postgres', host: 'db.example.com', cidrs: ['10.1.0.0/16'], credentials: BackingCredentials.existing({ secretName: 'rds', urlKey: 'uri', userName: 'shop' }),
});
const API_SERVER = { apiServer: { cidrs: ['10.0.0.1/32'] } };

function database(chart: Chart, id = 'db') {
  return new Postgres(chart, id, { version: '17.6', image: IMAGE });
}

describe('what somebody else runs', () => {
  test('gives clients the same variables, and makes no server', () => {
    const chart = shop({ backing: [CLOUD] });
    const db = database(chart);
    orders(chart).connectTo(db);
    expect(Object.keys(manifestsOf(chart)).filter(each => each.endsWith(' db') || each.includes('login'))).toEqual([]);
    expect(envOf(chart)).toEqual({
      DB_DATABASE: 'app', DB_HOST: 'db.example.com', DB_PASSWORD_FILE: '/etc/logins/db/password', DB_PORT: '5432', DB_URL_FILE: '/etc/logins/db/url', DB_USER: 'shop', GOMEMLIMIT: '115MiB',
    });
    expect(podOf(chart).spec.volumes[0]).toEqual({
      name: 'rds', secret: { secretName: 'rds', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }, { key: 'uri', path: 'url' }] },
    });
    expect(manifestOf(chart, 'NetworkPolicy', 'orders').spec.egress).toContainEqual({ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 5432, protocol: 'TCP' }] });
    expect([db.host, db.port, db.userName, db.secretName, db.server]).toEqual(['db.example.com', 5432, 'shop', 'rds', undefined]);
    expect(findings(chart)).toEqual([]);
  });

  test('has the name of the backing service in the cluster where that is wanted', () => {
    const chart = shop({ backing: [BackingProvider.managed({ host: 'db.example.com', port: 6432, alias: true })] });
    orders(chart).connectTo(database(chart));
    expect(manifestOf(chart, 'Service', 'db').spec).toEqual({ type: 'ExternalName', externalName: 'db.example.com', ports: [{ port: 6432 }] });
    expect(envOf(chart)).toMatchObject({ DB_HOST: 'db', DB_PORT: '6432' });
    expect(findings(chart)).toEqual([]);
  });

  test('is for the id that it names', () => {
    const chart = shop({ backing: [BackingProvider.managed({ kind: 'Postgres', id: 'ledger', host: 'ledger.example.com' }), BackingProvider.inCluster()] });
    orders(chart).connectTo(database(chart, 'ledger'));
    database(chart);
    expect(envOf(chart)).toMatchObject({ LEDGER_HOST: 'ledger.example.com' });
    expect(Object.keys(manifestsOf(chart)).filter(each => each.startsWith('StatefulSet'))).toEqual(['StatefulSet db']);
  });

  test.each([
    [{ host: 'https://db.example.com' }, 'invalid-host', 'provider.host'],
    [{ host: 'db.example.com', port: 0 }, 'invalid-port', 'provider.port'],
    [{ host: 'db.example.com', credentials: BackingCredentials.generated() }, 'invalid-value', 'provider.credentials'],
  ])('faults of %p', (options, code, property) => {
    const chart = shop({ backing: [BackingProvider.managed(options)] });
    database(chart);
    expect(findings(chart)).toEqual([expect.stringContaining(`error ${code} [shop/db ${property}]`)]);
  });
});

describe('CloudNativePG', () => {
  test('runs it, and its policy admits clients, the operator and the pods among themselves', () => {
    const chart = shop({ backing: [BackingProvider.cloudNativePg()], ...API_SERVER });
    orders(chart).connectTo(new Postgres(chart, 'db', { version: '17.6' }));
    expect(yamlOf(chart)).toMatchSnapshot();
    expect(findings(chart)).toEqual([]);
  });

  test('takes the login that the definition names', () => {
    const chart = shop({ backing: [BackingProvider.cloudNativePg({ instances: 1, imageRepository: 'registry.acme.com/pg' })], ...API_SERVER });
    orders(chart).connectTo(new Postgres(chart, 'db', { version: '17.6', database: 'shop', credentials: BackingCredentials.existing({ secretName: 'db', userName: 'shop' }) }));
    expect(manifestOf(chart, 'Cluster').spec).toMatchObject({
      instances: 1, imageName: 'registry.acme.com/pg:17.6', bootstrap: { initdb: { database: 'shop', owner: 'shop', secret: { name: 'db' } } },
    });
    expect(podOf(chart).spec.volumes[0].secret.secretName).toBe('db');
    expect(findings(chart)).toEqual([]);
  });

  test('needs the API server, and at least one server', () => {
    const chart = shop({ backing: [BackingProvider.cloudNativePg({ instances: 0 })] });
    new Postgres(chart, 'db', { version: '17.6' });
    expect(findings(chart)).toEqual([
      expect.stringContaining('error invalid-replicas [shop/db provider.instances]'),
      expect.stringContaining('warning api-server-unknown [shop/db]'),
    ]);
  });

  test('is asked for no other kind', () => {
    const chart = shop({ backing: [BackingProvider.cloudNativePg(), BackingProvider.inCluster()] });
    new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE });
    expect(manifestOf(chart, 'StatefulSet').metadata.name).toBe('cache');
  });

  test('is reached from other namespaces by its full name', () => {
    const root = Testing.app();
    new Platform(root, { backing: [BackingProvider.cloudNativePg()], ...API_SERVER });
    const db = database(new Chart(root, 'data', { namespace: 'data' }));
    const chart = new Chart(root, 'shop', { namespace: 'shop' });
    orders(chart).connectTo(db, { env: false });
    expect(db.host).toBe('db-rw.data');
    expect(JSON.stringify(manifestOf(chart, 'NetworkPolicy', 'orders').spec.egress)).toContain('"kubernetes.io/metadata.name":"data"');
  });
});

describe('the cluster operator of RabbitMQ', () => {
  const broker = (chart: Chart) => new ProvidedService(chart, 'broker', { kind: 'RabbitMq', version: '4.1.4' });

  test('runs it, and makes the login with the name of the user', () => {
    const chart = shop({ backing: [BackingProvider.rabbitMqOperator()], ...API_SERVER });
    const made = broker(chart);
    orders(chart).connectTo(made);
    expect(manifestOf(chart, 'RabbitmqCluster').spec).toEqual({
      replicas: 3, image: 'rabbitmq:4.1.4', resources: { limits: { 'ephemeral-storage': '256Mi', 'memory': '256Mi' }, requests: { 'cpu': '100m', 'ephemeral-storage': '64Mi', 'memory': '256Mi' } },
    });
    expect(manifestOf(chart, 'NetworkPolicy', 'broker')).toMatchSnapshot();
    expect(envOf(chart)).toMatchObject({
      BROKER_HOST: 'broker', BROKER_PORT: '5672', BROKER_URL_FILE: '/etc/logins/broker/url', BROKER_USER: { secretKeyRef: { name: 'broker-default-user', key: 'username' } },
    });
    expect(podOf(chart).spec.volumes[0].secret.items).toEqual([{ key: 'password', path: 'password' }, { key: 'connection_string', path: 'url' }]);
    expect(made.userName).toBeUndefined();
    expect(findings(chart)).toEqual([]);
  });

  test('has an odd number of servers', () => {
    const chart = shop({ backing: [BackingProvider.rabbitMqOperator({ replicas: 2 })], ...API_SERVER });
    broker(chart);
    expect(findings(chart)).toEqual([finding('error', 'invalid-replicas', 'shop/broker provider.replicas', '2 servers have no majority that is worth having.', 'Write an odd number.')]);
  });
});

describe('a provider of the organisation', () => {
  class Search implements IBackingProvider {
    public readonly asked: BackingRequest[] = [];
    public provide(_scope: Construct, request: BackingRequest): BackingOutputs | undefined {
      this.asked.push(request);
      return request.kind === 'OpenSearch' ? { host: 'search.example.com', port: 9200, ports: { metrics: 9600 }, scheme: 'https' } : undefined;
    }
  }

  test('learns what is asked for, and says where it is', () => {
    const search = new Search();
    const chart = shop({ backing: [search, BackingProvider.inCluster()] });
    orders(chart).connectTo(new ProvidedService(chart, 'search', { kind: 'OpenSearch', parameters: { shards: '3' } }));
    database(chart);
    expect(search.asked).toMatchObject([
      { kind: 'OpenSearch', id: 'search', namespace: 'shop', parameters: { shards: '3' } },
      { kind: 'Postgres', id: 'db', version: '17.6', members: 1, port: 5432, storage: { size: '10Gi' }, parameters: { database: 'app', userName: 'app' } },
    ]);
    expect(envOf(chart)).toEqual({
      GOMEMLIMIT: '115MiB', SEARCH_HOST: 'search.example.com', SEARCH_METRICS_PORT: '9600', SEARCH_PORT: '9200', SEARCH_URL: 'https://search.example.com:9200',
    });
    expect(findings(chart)).toEqual([]);
  });

  test('is asked once for an id that several share', () => {
    const search = new Search();
    const root = Testing.app();
    new Platform(root, { backing: [search] });
    const charts = ['shop', 'desk'].map(name => new Chart(root, name, { namespace: name }));
    charts.forEach(chart => orders(chart).connectTo(new ProvidedService(chart, 'search', { kind: 'OpenSearch', sharedId: 'all' })));
    expect(search.asked).toHaveLength(1);
    charts.forEach(chart => expect(envOf(chart)).toMatchObject({ SEARCH_HOST: 'search.example.com' }));
    expect(findings(root)).toEqual([]);
  });

  test('may make constructs, which stand below the backing service', () => {
    const chart = shop({
      backing: [{
        provide: (scope, { kind, name }) => {
          const { namespace } = Chart.of(scope);
          return kind === 'Etcd' ? { host: `${name}.${namespace}`, podLabels: { app: name } } : undefined;
        },
      }],
    });
    orders(chart).connectTo(new Etcd(chart, 'registry', { version: '3.6.5' }));
    expect(manifestOf(chart, 'NetworkPolicy', 'orders').spec.egress).toContainEqual({
      to: [{ podSelector: { matchLabels: { app: 'registry' } } }], ports: [{ port: 2379, protocol: 'TCP' }],
    });
    expect(findings(chart)).toEqual([]);
  });

  test('a kind has a name', () => {
    const chart = shop();
    new ProvidedService(chart, 'search', { kind: 'Open Search' });
    expect(findings(chart)).toEqual([finding('error', 'invalid-name', 'shop/search kind', "'Open Search' is not the name of a kind.", "Use letters, digits and dashes, for example 'OpenSearch'.")]);
  });
});

describe('what a definition says of pods', () => {
  const OPTIONS = { version: '17.6', args: ['-c', 'max_connections=200'], imagePullSecrets: ['mirror'], labels: { team: 'ledger' } };

  test('is not lost in silence where an operator makes them', () => {
    const chart = shop({ ...API_SERVER, backing: [BackingProvider.cloudNativePg()] });
    new Postgres(chart, 'db', OPTIONS);
    expect(findings(chart)).toEqual(['args', 'imagePullSecrets'].map(property => finding(
      'warning', 'provider-omission', `shop/db ${property}`, 'The provider makes the pods, and does not know this.',
      "Say it to the provider, leave it out, or acknowledge 'provider-omission' with the reason.",
    )));
  });

  test('says nothing where none run in the cluster', () => {
    const chart = shop({ backing: [CLOUD] });
    new Postgres(chart, 'db', OPTIONS);
    expect(findings(chart)).toEqual([]);
  });

  test.each([
    [BackingProvider.cloudNativePg(), Postgres, 'Cluster'],
    [BackingProvider.rabbitMqOperator(), RabbitMq, 'RabbitmqCluster'],
  ])('labels and annotations reach what operators are asked for (%#)', (provider, Kind, kind) => {
    const chart = shop({ ...API_SERVER, backing: [provider] });
    new Kind(chart, 'db', { version: '17.6', labels: { team: 'ledger' }, annotations: { 'example.com/tier': 'gold' } });
    for (const each of [kind, 'NetworkPolicy']) {
      expect(manifestOf(chart, each, 'db').metadata).toMatchObject({ labels: { team: 'ledger' }, annotations: { 'example.com/tier': 'gold' } });
    }
  });
});

describe('one that several share', () => {
  test('is made once, admits the clients of all, and has the name of each to them', () => {
    const chart = shop();
    const db = new Postgres(chart, 'db', { version: '17.6', image: IMAGE, sharedId: 'main' });
    const ledger = new Postgres(chart, 'ledger', { version: '17.6', sharedId: 'main' });
    orders(chart).connectTo(ledger);
    expect(Object.keys(manifestsOf(chart)).filter(each => each.startsWith('StatefulSet'))).toEqual(['StatefulSet db']);
    expect(envOf(chart)).toMatchObject({ LEDGER_HOST: 'db', LEDGER_USER: 'app', LEDGER_PASSWORD_FILE: '/etc/logins/ledger/password' });
    expect(podOf(chart).spec.volumes[0].secret.secretName).toBe('db-login');
    expect(JSON.stringify(manifestOf(chart, 'NetworkPolicy', 'db').spec.ingress)).toContain('"orders"');
    expect([ledger.host, ledger.secretName, ledger.server, db.server?.name]).toEqual(['db.shop', 'db-login', undefined, 'db']);
    expect(findings(chart)).toEqual([]);
  });

  test('has one version', () => {
    const chart = shop();
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, sharedId: 'main' });
    new Postgres(chart, 'ledger', { version: '16.2', sharedId: 'main' });
    expect(findings(chart)).toEqual([finding('error', 'conflicting-options', 'shop/ledger version', "It is the one of 'shop/db', whose version is '17.6'.", "Write the same version, or another 'sharedId'.")]);
  });

  test('takes no option of another one in silence', () => {
    const chart = shop();
    const storage = { size: '20Gi' };
    new Postgres(chart, 'db', { version: '17.6', image: IMAGE, sharedId: 'main', storage });
    new Postgres(chart, 'ledger', { version: '17.6', sharedId: 'main', storage: { ...storage }, database: 'ledger', args: ['-c', 'fsync=off'], image: undefined });
    const remedy = "Write the same there, leave it out here, or write another 'sharedId'.";
    expect(findings(chart)).toEqual(['args', 'database'].map(property => finding(
      'error', 'conflicting-options', `shop/ledger ${property}`, "It is the one of 'shop/db', which says otherwise.", remedy,
    )));
  });

  test('is another one in another environment, and of another kind', () => {
    const root = Testing.app();
    for (const name of ['dev', 'prod']) {
      const chart = new Chart(new Environment(root, name), 'shop', { namespace: 'shop' });
      new Postgres(chart, 'db', { version: '17.6', image: IMAGE, sharedId: 'main' });
      new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE, sharedId: 'main' });
      expect(Object.keys(manifestsOf(chart)).filter(each => each.startsWith('StatefulSet'))).toEqual(['StatefulSet db', 'StatefulSet cache']);
    }
  });
});

describe('what nothing provides', () => {
  test('is said where it is missed', () => {
    const root = Testing.app();
    const chart = new Chart(new Environment(root, 'prod', { backing: [CLOUD] }), 'shop', { namespace: 'shop' });
    const cache = new Redis(chart, 'cache', { version: '8.2.1', image: IMAGE });
    expect(findings(root)).toEqual([]);
    orders(chart).connectTo(cache);
    expect(findings(root)).toEqual([finding('error', 'backing-missing', "prod/shop/orders connectTo('cache')", "Nothing provides the Redis 'cache' in the environment 'prod'.",
      "Add a provider of it to 'backing' of the platform, BackingProvider.inCluster() for example.")]);
  });

  test('or of a kind that in-cluster providers do not make', () => {
    const chart = shop({ backing: [BackingProvider.inCluster({ kinds: ['Postgres'] })] });
    orders(chart).connectTo(new ProvidedService(chart, 'search', { kind: 'OpenSearch' }));
    expect(findings(chart)).toEqual([expect.stringContaining("error backing-missing [shop/orders connectTo('search')] Nothing provides the OpenSearch 'search'.")]);
  });

  test('a platform that comes too late is said', () => {
    const chart = shop();
    database(chart);
    new Platform(chart, { backing: [CLOUD] });
    expect(findings(chart)).toEqual([finding('error', 'late-platform', 'shop/db', 'The platform that says where backing services come from was made after it.', 'Make the Platform first.')]);
  });
});

describe('a password of External Secrets', () => {
  test('is made once by a generator, and the URL with it', () => {
    const chart = shop();
    orders(chart).connectTo(new Postgres(chart, 'db', { version: '17.6', image: IMAGE, credentials: BackingCredentials.externalSecrets() }));
    const { Secret, ...objects } = Object.fromEntries(Object.entries(manifestsOf(chart)).map(([key, value]) => [key.split(' ')[0], value]));
    expect(Secret).toBeUndefined();
    expect(objects.Password).toMatchObject({ metadata: { name: 'db-login' }, spec: { length: 32, symbols: 0 } });
    expect(objects.ExternalSecret.spec).toMatchObject({
      refreshPolicy: 'CreatedOnce',
      target: {
        name: 'db-login',
        creationPolicy: 'Orphan',
        deletionPolicy: 'Retain',
        template: { data: { password: '{{ .password }}', url: 'postgres://app:{{ .password | urlquery }}@db:5432/app' } },
      },
      dataFrom: [{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'db-login' } } }],
    });
    expect(containerOf(chart).volumeMounts).toContainEqual({ mountPath: '/etc/logins/db', name: 'db-login', readOnly: true });
    expect(findings(chart)).toEqual([]);
  });
});
