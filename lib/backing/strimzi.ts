import { Construct } from 'constructs';
import { checkMajority, reportOmission, SAY_IT } from './checks';
import { copiesOn, insyncOn } from './kafka-copies';
import { type OperatedServers, OperatorBacking, sizeAndClass } from './operator-backing';
import type { BackingRequest } from '../definition/backing';
import { compact, type Json } from '../definition/json';
import { MAX_NAME } from '../definition/naming';
import { Placement } from '../definition/placement';
import { Resources } from '../definition/resources';
import type { VolumeClaimOptions } from '../definition/volume-claim';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import { renderPlacement } from '../pods/placement';
import { defineManifest, type FieldRenderer, type Owner } from '../synthesis/manifest';

/** How Strimzi runs Kafka. */
export interface StrimziOptions {
  /**
   * How many servers, each a broker and a controller: an odd number, so that a majority of them is left when one goes.
   *
   * @default - 3, or the `members` of the definition where those are more
   */
  readonly instances?: number;
  /**
   * The namespace of the operator, which has to watch those of the definitions.
   *
   * @default kafka
   */
  readonly operatorNamespace?: string;
  /**
   * Whether clients have to say who they are, by SCRAM-SHA-512. Without it they see the very variables that a Kafka in the cluster gives them,
   * and what guards the servers is the network policy.
   *
   * @default true
   */
  readonly login?: boolean;
  /**
   * Whether the operator of topics runs as well, which makes those that `KafkaTopic` objects describe.
   *
   * @default false
   */
  readonly topicOperator?: boolean;
}

const API = 'kafka.strimzi.io/v1';
const LISTENER = { name: 'kafka', number: 9092 };
/** Where controllers talk to each other, and where servers copy records and the operators come in; both ask for certificates. */
const PEERS = [{ name: 'control', number: 9090 }, { name: 'replication', number: 9091 }];
/** Where the operator asks a server how it is. */
const AGENT = { name: 'agent', number: 8443 };
const METRICS_PORT = 9404;
/** What the operators of users and topics ask for each; Strimzi says nothing, and quotas refuse pods that do not. */
const ENTITY_RESOURCES = Resources.of({ cpu: '100m', memory: '512Mi' });
/** What the restricted Pod Security Standard asks for, of which Strimzi by itself says nothing. */
const SECURITY = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** Provides Kafka by Strimzi. */
export class Strimzi extends OperatorBacking {
  public constructor(private readonly options: StrimziOptions) {
    super('Kafka', 'broker');
  }

  protected make(scope: Construct, request: BackingRequest, owner: Owner): OperatedServers {
    const { name, members } = request;
    const { login = true, instances = Math.max(3, members), operatorNamespace = 'kafka' } = this.options;
    // All pods of the cluster: its servers, and the operators of its users and topics.
    const labels = { 'strimzi.io/cluster': name, 'strimzi.io/kind': 'Kafka' };
    const clientLabels = { 'strimzi.io/cluster': name, 'strimzi.io/name': `${name}-kafka` };
    const userName = `${name}-app`;
    const define = (id: string, kind: string, objectName: string, spec: FieldRenderer) => defineManifest(new Construct(scope, id), {
      apiVersion: API,
      kind,
      name: objectName,
      owner,
      ...kind !== 'Kafka' && { labels: () => ({ 'strimzi.io/cluster': name }) },
      fields: { spec },
    });
    define('pool', 'KafkaNodePool', name, (report, { kubernetesVersion }) => ({
      replicas: instances,
      roles: ['controller', 'broker'],
      storage: { type: 'jbod', volumes: [renderVolume(request.storage, within(report, 'storage'))] },
      resources: request.resources._render(within(report, 'resources')),
      template: compact({
        pod: renderPlacement(Placement.of({}), { selector: clientLabels, several: instances > 1 }, kubernetesVersion, report),
        kafkaContainer: { securityContext: SECURITY },
      }),
    }));
    define('kafka', 'Kafka', name, report => this.renderKafka(request.version, instances, labels, report));
    if (login) {
      define('user', 'KafkaUser', userName, () => ({ authentication: { type: 'scram-sha-512' } }));
    }
    Diagnostics._check(scope, report => {
      checkMajority(instances, 'provider.instances', report);
      checkLength(name, instances, report);
      checkThreeNumbers(request.version, report);
      if (members > instances) {
        reportOmission('members', `The provider makes ${instances} servers, whatever the definition says.`, SAY_IT, report);
      }
    });
    return {
      host: `${name}-kafka-bootstrap`,
      ports: [LISTENER],
      labels,
      clientLabels,
      peerPorts: PEERS,
      metricsPort: METRICS_PORT,
      operatorNamespace,
      operatorPorts: [...PEERS, AGENT],
      ...login && { login: { secretName: userName, passwordKey: 'password', userName } },
    };
  }

  private renderKafka(version: string, servers: number, labels: { readonly [label: string]: string }, report: Report): Json {
    const { login = true, topicOperator = false } = this.options;
    const operator = () => ({ resources: ENTITY_RESOURCES._render(within(report, 'resources')) });
    const [copies, enough] = [copiesOn(servers), insyncOn(servers)];
    return compact({
      kafka: compact({
        version: version || undefined,
        // No authorization: the cluster is for one application, which is its one user, and nobody comes in without being that.
        listeners: [compact({
          name: LISTENER.name,
          port: LISTENER.number,
          type: 'internal',
          tls: false,
          authentication: login ? { type: 'scram-sha-512' } : undefined,
          // The policy that Strimzi makes itself would let everybody in, beside ours, which knows the clients.
          networkPolicyPeers: [{ podSelector: { matchLabels: labels } }],
        })],
        config: {
          'default.replication.factor': copies,
          'min.insync.replicas': enough,
          'offsets.topic.replication.factor': copies,
          'transaction.state.log.min.isr': enough,
          'transaction.state.log.replication.factor': copies,
        },
        metricsConfig: { type: 'strimziMetricsReporter' },
      }),
      entityOperator: login || topicOperator ? compact({
        topicOperator: topicOperator ? operator() : undefined,
        userOperator: login ? operator() : undefined,
        template: compact({
          topicOperatorContainer: topicOperator ? { securityContext: SECURITY } : undefined,
          userOperatorContainer: login ? { securityContext: SECURITY } : undefined,
        }),
      }) : undefined,
    });
  }
}

function renderVolume(storage: VolumeClaimOptions | undefined, report: Report): Json {
  if (!storage) {
    return { id: 0, type: 'ephemeral' };
  }
  const { size, storageClassName } = sizeAndClass(storage, 'Kafka', report);
  return compact({ id: 0, type: 'persistent-claim', size, class: storageClassName, kraftMetadata: 'shared' });
}

/** The name of a pod holds those of the cluster and of its pool, and the number of the server. */
function checkLength(name: string, servers: number, report: Report): void {
  const { length } = `${name}-${name}-${servers - 1}`;
  if (length > MAX_NAME) {
    report({
      code: 'invalid-name',
      property: 'name',
      message: `The pods of '${name}' have names of ${length} characters, ${length - MAX_NAME} more than Kubernetes allows in host names.`,
      remedy: `Give a 'name' of at most ${name.length - Math.ceil((length - MAX_NAME) / 2)} characters.`,
    });
  }
}

/** Whoever does not say a version takes the newest of the operator. */
function checkThreeNumbers(version: string, report: Report): void {
  if (version !== '' && !/^\d+\.\d+\.\d+$/.test(version)) {
    report({ code: 'invalid-version', property: 'version', message: `'${version}' is no version of Kafka.`, remedy: "Write for example '4.1.0'." });
  }
}
