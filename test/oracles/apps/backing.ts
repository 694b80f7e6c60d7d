import { chartIn, type FixtureApp } from './fixture-app';
import {
  BackingProvider, ContainerImage, Elasticsearch, Etcd, GoStyleMicroservice, Kafka, KubernetesVersion, Minio, MongoDb, MySql, Nats, type PlatformApp,
  Postgres, RabbitMq, Redis, RedisUse,
} from '../../../lib';

/** Backing services of every kind, one of each that forms a cluster with several servers, and those of every operator; each with a client of all. */
export const BACKING_APPS: readonly FixtureApp[] = [
  { name: 'backing', kubernetesVersion: KubernetesVersion.DEFAULT.version, build: everyKind },
  { name: 'operators', kubernetesVersion: KubernetesVersion.DEFAULT.version, build: everyOperator },
];

/** The server's image in the version, pinned by a digest. */
function pinned(repository: string, version: string): { readonly version: string; readonly image: ContainerImage } {
  return { version, image: ContainerImage.reference(`registry.acme.com/${repository}:${version}@sha256:${'0123456789abcdef'.repeat(4)}`) };
}

function everyKind(app: PlatformApp): void {
  const chart = chartIn(app, 'backing');
  const client = new GoStyleMicroservice(chart, 'orders', { image: pinned('orders', '1.4.2').image });
  [
    new Postgres(chart, 'orders-db', pinned('postgres', '17.6')),
    new MySql(chart, 'legacy-db', pinned('mysql', '8.4.6')),
    new MongoDb(chart, 'catalog-db', pinned('mongo', '8.0.13')),
    new Redis(chart, 'cache', pinned('redis', '8.2.1')),
    new Redis(chart, 'streams', { ...pinned('redis', '8.2.1'), use: RedisUse.STREAMS }),
    new RabbitMq(chart, 'broker', pinned('rabbitmq', '4.1.4')),
    new Nats(chart, 'bus', { ...pinned('nats', '2.11.8'), members: 3 }),
    new Kafka(chart, 'events', { ...pinned('kafka', '4.1.0'), members: 3 }),
    new Kafka(chart, 'audit', pinned('kafka', '4.1.0')),
    new Etcd(chart, 'registry', { ...pinned('etcd', '3.6.5'), members: 3 }),
    new Elasticsearch(chart, 'search', pinned('elasticsearch', '9.1.3')),
    new Minio(chart, 'files', pinned('minio', 'RELEASE.2025-09-07T16-13-09Z')),
  ].forEach(each => client.connectTo(each));
}

function everyOperator(app: PlatformApp): void {
  const backing = [BackingProvider.cloudNativePg(), BackingProvider.rabbitMqOperator(), BackingProvider.strimzi({ topicOperator: true })];
  const chart = chartIn(app, 'operators', { apiServer: { cidrs: ['10.0.0.0/28'] }, backing });
  const client = new GoStyleMicroservice(chart, 'orders', { image: pinned('orders', '1.4.2').image });
  [
    new Postgres(chart, 'orders-db', { version: '17.6' }),
    new RabbitMq(chart, 'broker', { version: '4.1.4' }),
    new Kafka(chart, 'events', { version: '4.1.0', storage: { size: '20Gi' } }),
  ].forEach(each => client.connectTo(each));
}
