import type { Chart } from 'cdk8s';
import { AccessMode, BackingProvider, Kafka, type KafkaProps, ProvidedService, type StrimziOptions } from '../../lib/index';
import { envOf, finding, findings, manifestOf, manifestsOf, orders, podOf, shop, yamlOf } from '../support/services';

const API_SERVER = { apiServer: { cidrs: ['10.0.0.1/32'] } };

describe('Strimzi', () => {
  const events = (chart: Chart, props: Partial<KafkaProps> = {}) => new Kafka(chart, 'events', { version: '4.1.0', ...props });

  test('runs it, and its policies admit clients, the operators and the pods among themselves', () => {
    const chart = shop({ backing: [BackingProvider.strimzi()], ...API_SERVER });
    orders(chart).connectTo(events(chart, { storage: { size: '20Gi', storageClassName: 'fast' }, labels: { team: 'checkout' } }));
    expect(yamlOf(chart)).toMatchSnapshot();
    expect(findings(chart)).toEqual([]);
  });

  test('makes the login, and clients find the servers by it', () => {
    const chart = shop({ backing: [BackingProvider.strimzi()], ...API_SERVER });
    const made = events(chart);
    orders(chart).connectTo(made);
    expect(envOf(chart)).toEqual({
      EVENTS_HOST: 'events-kafka-bootstrap', EVENTS_PASSWORD_FILE: '/etc/logins/events/password', EVENTS_PORT: '9092', EVENTS_USER: 'events-app', GOMEMLIMIT: '115MiB',
    });
    expect(podOf(chart).spec.volumes[0].secret).toMatchObject({ secretName: 'events-app', items: [{ key: 'password', path: 'password' }] });
    expect(manifestOf(chart, 'KafkaUser').metadata).toMatchObject({ name: 'events-app', labels: { 'strimzi.io/cluster': 'events' } });
    expect(manifestOf(chart, 'NetworkPolicy', 'orders').spec.egress).toContainEqual({
      to: [{ podSelector: { matchLabels: { 'strimzi.io/cluster': 'events', 'strimzi.io/name': 'events-kafka' } } }], ports: [{ port: 9092, protocol: 'TCP' }],
    });
    expect([made.host, made.port, made.userName, made.secretName, made.server]).toEqual(['events-kafka-bootstrap.shop', 9092, 'events-app', 'events-app', undefined]);
  });

  test('or nobody logs in, and clients see what a Kafka in the cluster gives them', () => {
    const chart = shop({ backing: [BackingProvider.strimzi({ login: false })], ...API_SERVER });
    orders(chart).connectTo(events(chart));
    expect(Object.keys(manifestsOf(chart)).filter(each => each.startsWith('Kafka'))).toEqual(['KafkaNodePool events', 'Kafka events']);
    const { kafka, ...rest } = manifestOf(chart, 'Kafka').spec;
    expect(kafka.listeners[0]).not.toHaveProperty('authentication');
    expect(rest).toEqual({});
    expect(envOf(chart)).toEqual({ EVENTS_HOST: 'events-kafka-bootstrap', EVENTS_PORT: '9092', GOMEMLIMIT: '115MiB' });
    expect(findings(chart)).toEqual([]);
  });

  test.each([
    [{ instances: 1 }, {}, 1, 1, 1],
    [{}, {}, 3, 3, 2],
    [{}, { members: 5 }, 5, 3, 2],
    [{ instances: 5 }, { members: 3 }, 5, 3, 2],
  ])('copies follow the number of servers: %j, %j', (options, props, servers, copies, enough) => {
    const chart = shop({ backing: [BackingProvider.strimzi(options)], ...API_SERVER });
    events(chart, props);
    expect(manifestOf(chart, 'KafkaNodePool').spec.replicas).toBe(servers);
    expect(manifestOf(chart, 'Kafka').spec.kafka.config).toEqual({
      'default.replication.factor': copies,
      'min.insync.replicas': enough,
      'offsets.topic.replication.factor': copies,
      'transaction.state.log.min.isr': enough,
      'transaction.state.log.replication.factor': copies,
    });
    expect(findings(chart)).toEqual([]);
  });

  test('one server has nothing to keep away from', () => {
    const chart = shop({ backing: [BackingProvider.strimzi({ instances: 1 })], ...API_SERVER });
    events(chart);
    expect(manifestOf(chart, 'KafkaNodePool').spec.template).not.toHaveProperty('pod');
  });

  test('the operator of topics runs where it is wanted', () => {
    const chart = shop({ backing: [BackingProvider.strimzi({ topicOperator: true, login: false, operatorNamespace: 'strimzi' })], ...API_SERVER });
    events(chart);
    expect(Object.keys(manifestOf(chart, 'Kafka').spec.entityOperator).sort()).toEqual(['template', 'topicOperator']);
    expect(manifestOf(chart, 'NetworkPolicy').spec.ingress).toContainEqual({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'strimzi' } } }],
      ports: [8443, 9090, 9091].map(port => ({ port, protocol: 'TCP' })),
    });
  });

  test('whoever names neither version nor storage gets the newest of the operator, and keeps nothing', () => {
    const chart = shop({ backing: [BackingProvider.strimzi()], ...API_SERVER });
    new ProvidedService(chart, 'events', { kind: 'Kafka' });
    expect(manifestOf(chart, 'Kafka').spec.kafka).not.toHaveProperty('version');
    expect(manifestOf(chart, 'KafkaNodePool').spec.storage).toEqual({ type: 'jbod', volumes: [{ id: 0, type: 'ephemeral' }] });
    expect(findings(chart)).toEqual([]);
  });

  test.each<[StrimziOptions, Partial<KafkaProps>, string]>([
    [{ instances: 2 }, {}, finding('error', 'invalid-replicas', 'shop/events provider.instances', '2 servers have no majority that is worth having.', 'Write an odd number.')],
    [{}, { version: '4.1' }, finding('error', 'invalid-version', 'shop/events version', "'4.1' is no version of Kafka.", "Write for example '4.1.0'.")],
    [{}, { version: 'latest' }, finding('error', 'invalid-version', 'shop/events version', "'latest' is no version of Kafka.", "Write for example '4.1.0'.")],
    [{}, { name: 'events-of-the-whole-organisation' }, finding('error', 'invalid-name', 'shop/events name',
      "The pods of 'events-of-the-whole-organisation' have names of 67 characters, 4 more than Kubernetes allows in host names.", "Give a 'name' of at most 30 characters.")],
    [{}, { storage: { size: '1Gi', accessModes: [AccessMode.READ_WRITE_ONCE_POD] } }, finding('warning', 'provider-omission', 'shop/events storage.accessModes',
      'The operator of Kafka makes the claims, and knows their size and class alone.', "Leave it out, or acknowledge 'provider-omission' with the reason.")],
    [{}, { storage: { size: 'much' } }, expect.stringContaining('error invalid-quantity [shop/events storage.size]')],
    [{ instances: 3 }, { members: 5 }, finding('warning', 'provider-omission', 'shop/events members', 'The provider makes 3 servers, whatever the definition says.',
      "Say it to the provider, leave it out, or acknowledge 'provider-omission' with the reason.")],
  ])('faults of %j, %j', (options, props, expected) => {
    const chart = shop({ backing: [BackingProvider.strimzi(options)], ...API_SERVER });
    events(chart, props);
    expect(findings(chart)).toEqual([expected]);
  });
});
