import { parse } from 'yaml';
import { literalEnv, makerOf, testWholeManifests } from './backing-kind';
import { Kafka, type KafkaProps } from '../../lib/backing';
import { Resources } from '../../lib/definition';
import { ComposeFile } from '../../lib/local';
import { finding, findings } from '../support/services';

const made = makerOf(Kafka, 'events', '4.1.0');

testWholeManifests(made);

test('one server is known by the name of the Service in every namespace, and keeps one copy', () => {
  expect(literalEnv(made().container())).toMatchObject({
    KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://events.shop:9092', KAFKA_CONTROLLER_QUORUM_VOTERS: '0@localhost:9093', KAFKA_DEFAULT_REPLICATION_FACTOR: '1', KAFKA_MIN_INSYNC_REPLICAS: '1',
  });
});

test('several are known by the names of their pods, each a voter, and keep three copies', () => {
  const { spec, container } = made({ members: 3 });
  expect(literalEnv(container())).toMatchObject({
    KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://$(POD_NAME).events-headless.shop:9092',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '0@events-0.events-headless.shop:9093,1@events-1.events-headless.shop:9093,2@events-2.events-headless.shop:9093',
    KAFKA_DEFAULT_REPLICATION_FACTOR: '3',
    KAFKA_MIN_INSYNC_REPLICAS: '2',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '2',
  });
  expect(spec()).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
});

test.each([1, 3])('%d are one on a laptop, known by the name that it has there', members => {
  const { chart } = made({ members });
  const { events } = parse(new ComposeFile(chart, 'compose').render()).services;
  expect(events.environment).toMatchObject({
    KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://events:9092', KAFKA_CONTROLLER_QUORUM_VOTERS: '0@localhost:9093', KAFKA_DEFAULT_REPLICATION_FACTOR: '1', KAFKA_MIN_INSYNC_REPLICAS: '1',
  });
});

test('native code lies where it can be loaded, which is no scratch space of Docker', () => {
  const { container, chart } = made();
  expect(literalEnv(container()).KAFKA_OPTS).toBe('-Djava.io.tmpdir=/var/lib/kafka/data/scratch');
  expect(container().command[2]).toContain('mkdir /var/lib/kafka/data/scratch && exec /etc/kafka/docker/run');
  const { events } = parse(new ComposeFile(chart, 'compose').render()).services;
  expect(events.tmpfs.filter((line: string) => line.startsWith('/var'))).toEqual([]);
  expect(events.volumes).toContainEqual(expect.objectContaining({ type: 'volume', target: '/var/lib/kafka/data' }));
});

test('the id of the cluster is one of Kafka, stays, and is that of no other', () => {
  const id = (name?: string) => literalEnv(made({ ...name !== undefined && { name } }).container()).CLUSTER_ID;
  expect(id()).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{21}$/);
  expect(id()).toBe(id());
  expect(Buffer.from(id(), 'base64url')).toHaveLength(16);
  expect(id('others')).not.toBe(id());
});

test('half of its memory is heap', () => {
  expect(literalEnv(made({ resources: Resources.of({ memory: '4Gi' }) }).container()).KAFKA_HEAP_OPTS).toBe('-Xms2048m -Xmx2048m');
  expect(literalEnv(made({ resources: Resources.none() }).container())).not.toHaveProperty('KAFKA_HEAP_OPTS');
});

test.each<[Partial<KafkaProps>, string]>([
  [{ version: 'latest' }, finding('error', 'invalid-version', 'shop/events version', "'latest' is no version of Kafka.", "Write for example '4.1.0'.")],
  [{ members: 2 }, finding('error', 'invalid-replicas', 'shop/events members', '2 members have no majority that is worth having.', 'Write one of 1, 3, 5, 7.')],
  [{ args: ['--override', 'num.partitions=3'] }, finding('error', 'invalid-value', 'shop/events args', 'The image of Kafka gives its server no arguments.',
    "Write each setting as a variable of 'containerFields', for example KAFKA_NUM_PARTITIONS.")],
])('faults of %p', (props, expected) => {
  expect(findings(made(props).chart)).toEqual([expected]);
});
