import { createHash } from 'node:crypto';
import { Chart, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackingServiceOptions } from './backing-options';
import { BackingService } from './backing-service';
import { checkMembers, checkVersion, usableMembers } from './checks';
import { DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { copiesOn, insyncOn } from './kafka-copies';
import { heapOptions } from './memory';
import { NativeScratch } from './native-scratch';
import { ContainerImage } from '../definition/container-image';
import { EnvReference } from '../definition/env-reference';
import { Probe } from '../definition/probe';
import { Resources } from '../definition/resources';
import { Volume } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';

/** A Kafka. */
export interface KafkaProps extends BackingServiceOptions {
  /**
   * How many servers it has, each a broker and a controller: 1, 3, 5 or 7. It is chosen once: who votes is written into the data.
   *
   * @default 1
   */
  readonly members?: number;
}

const PORT = 9092;
const CONTROLLER_PORT = 9093;
const DATA = '/var/lib/kafka/data';
const MEMBERS = [1, 3, 5, 7];
const DEFAULT_RESOURCES = Resources.of({ cpu: '250m', memory: '1Gi' });
/** Kafka loads native code from it: Snappy, Zstandard. */
const SCRATCH = new NativeScratch(DATA);
/** The number of a pod is that of its server; Docker gives no pod a name, and there is one alone. */
const START = `case \${POD_NAME:-0} in *-*) export KAFKA_NODE_ID="\${POD_NAME##*-}" ;; *) export KAFKA_NODE_ID=0 ;; esac
${SCRATCH.make} && exec /etc/kafka/docker/run`;
/** A program of Kafka itself would start a Java of its own for each question. The port opens once the server serves. */
const READY = `exec 3<>/dev/tcp/127.0.0.1/${PORT}`;

/**
 * A Kafka of the official image, without ZooKeeper: one server, or several of which each is broker and controller. It has no login: what guards
 * it is the network policy, which admits those who connect to it. Clients get `<NAME>_HOST` and `_PORT`, from where they learn the others. One
 * that asks its clients who they are is what its operator is for: `BackingProvider.strimzi`.
 *
 * Diagnostics: `invalid-version`, `invalid-replicas`, `invalid-value`.
 *
 * @see https://kafka.apache.org/documentation/#docker
 * @example
 * const events = new Kafka(chart, 'events', { version: '4.1.0', members: 3 });
 */
export class Kafka extends BackingService {
  public constructor(scope: Construct, id: string, props: KafkaProps) {
    super(scope, id, props);
    const { name } = this;
    const { namespace } = Chart.of(this);
    const { version, members = 1, storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const usable = usableMembers(members, MEMBERS);
    const within = (host: string) => [host, ...namespace === undefined ? [] : [namespace]].join('.');
    const pod = (which: string) => within(`${which}.${name}-headless`);
    const heap = heapOptions(resources);
    const envOf = (servers: number, advertised: string, voters: readonly string[]) => {
      const [copies, enough] = [String(copiesOn(servers)), String(insyncOn(servers))];
      return {
        CLUSTER_ID: clusterId([namespace ?? '', name].join('/')),
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${advertised}:${PORT}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_CONTROLLER_QUORUM_VOTERS: voters.map((host, ordinal) => `${ordinal}@${host}:${CONTROLLER_PORT}`).join(','),
        KAFKA_DEFAULT_REPLICATION_FACTOR: copies,
        ...heap !== undefined && { KAFKA_HEAP_OPTS: heap },
        KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
        KAFKA_LISTENERS: `PLAINTEXT://0.0.0.0:${PORT},CONTROLLER://0.0.0.0:${CONTROLLER_PORT}`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        // The top of a volume may hold lost+found, which is no partition.
        KAFKA_LOG_DIRS: `${DATA}/logs`,
        KAFKA_MIN_INSYNC_REPLICAS: enough,
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: copies,
        KAFKA_OPTS: `-Djava.io.tmpdir=${SCRATCH.folder}`,
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: enough,
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: copies,
      };
    };
    this._run({
      kind: 'Kafka',
      component: 'broker',
      image: ContainerImage.reference(`apache/kafka:${version}`),
      ports: [
        { name: 'kafka', number: PORT },
        ...usable > 1 ? [{ name: 'controller', number: CONTROLLER_PORT, exposed: false }] : [],
      ],
      command: ['sh', '-c', START],
      // Clients go where a server says it is: one alone is known by its Service, in every namespace; several have to be told apart.
      env: usable === 1
        ? envOf(1, within(name), ['localhost'])
        : envOf(usable, pod('$(POD_NAME)'), Array.from({ length: usable }, (_, ordinal) => pod(`${name}-${ordinal}`))),
      ...usable > 1 && { envValueFrom: { POD_NAME: EnvReference.field('metadata.name') } },
      alone: { env: envOf(1, name, ['localhost']) },
      volumes: { '/opt/kafka/config': Volume.emptyDir({ sizeLimit: '1Mi' }), '/opt/kafka/logs': Volume.emptyDir({ sizeLimit: '64Mi' }) },
      data: { path: DATA, storage },
      resources,
      health: serverHealth(Probe.command(['bash', '-c', READY], { timeout: Duration.seconds(5) })),
      members: usable,
    });
    Diagnostics._check(this, report => {
      if ((props.args ?? []).length > 0) {
        report({
          code: 'invalid-value',
          property: 'args',
          message: 'The image of Kafka gives its server no arguments.',
          remedy: "Write each setting as a variable of 'containerFields', for example KAFKA_NUM_PARTITIONS.",
        });
      }
      checkVersion(version, 'Kafka', '4.1.0', report);
      checkMembers(members, MEMBERS, report);
    });
  }
}

/** All servers have to know the same id; it is written into their data, so it follows from the name and is not drawn anew. */
function clusterId(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  // None that begins with a dash, which the tool of Kafka would take for an option.
  bytes[0] %= 128;
  return bytes.toString('base64url');
}
