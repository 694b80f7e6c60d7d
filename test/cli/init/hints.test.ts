import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHints } from '../../../lib/cli/init/hints';
import * as library from '../../../lib/index';

function neighbours(images: readonly string[]): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'hints-'));
  writeFileSync(join(directory, 'compose.yaml'), JSON.stringify({ services: Object.fromEntries(images.map((image, index) => [`s${index}`, { image }])) }));
  return readHints(directory).neighbours;
}

describe('what runs beside the programs', () => {
  test.each([
    ['postgres:17.6-alpine', 'Postgres', '17.6'],
    ['mysql:8.4.6', 'MySql', '8.4.6'],
    ['redis:8-alpine', 'Redis', '8'],
    ['quay.io/coreos/etcd:3.6.5', 'Etcd', '3.6.5'],
    ['rabbitmq:4.1.4-management', 'RabbitMq', '4.1.4'],
    ['apache/kafka:4.1.0', 'Kafka', '4.1.0'],
    ['nats:2.12.1', 'Nats', '2.12.1'],
    ['mongo:8.0.15', 'MongoDb', '8.0.15'],
    ['docker.elastic.co/elasticsearch/elasticsearch:9.1.5', 'Elasticsearch', '9.1.5'],
    ['minio/minio:RELEASE.2025-09-07T16-13-09Z', 'Minio', 'RELEASE.2025-09-07T16-13-09Z'],
    ['postgres:latest', 'Postgres', '…'],
  ])('%s is a %s', (image, kind, version) => {
    expect(neighbours([image])).toEqual([`compose.yaml runs ${image} as 's0': new ${kind}(chart, 's0', { version: '${version}' }), and connectTo it.`]);
    expect(Object.keys(library)).toContain(kind);
  });

  test('is elsewhere where no construct is known for it', () => {
    expect(neighbours(['memcached:1.6'])).toEqual(["compose.yaml runs memcached:1.6 as 's0': connectTo(External.host(…)) where it runs elsewhere."]);
  });
});
