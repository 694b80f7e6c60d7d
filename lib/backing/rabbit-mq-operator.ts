import type { Construct } from 'constructs';
import { admitToPods, ownerOf } from './operator-pods';
import type { BackingOutputs, BackingRequest, IBackingProvider } from '../definition/backing';
import { compact } from '../definition/json';
import { Diagnostics } from '../diagnostics/diagnostics';
import { within } from '../diagnostics/report';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** How the cluster operator runs RabbitMQ. */
export interface RabbitMqOperatorOptions {
  /**
   * How many servers: an odd number, so that a majority of them is left when one goes.
   *
   * @default 3
   */
  readonly replicas?: number;
  /**
   * The namespace of the operator.
   *
   * @default rabbitmq-system
   */
  readonly operatorNamespace?: string;
  /**
   * The repository of the images, for organisations that mirror it; its tags are versions of RabbitMQ.
   *
   * @default rabbitmq
   */
  readonly imageRepository?: string;
}

const AMQP = { name: 'amqp', number: 5672 };
const MANAGEMENT = { name: 'management', number: 15672 };
const METRICS_PORT = 15692;
/** The port mapper of Erlang, and how the servers and their tools talk to each other. */
const PEERS = [{ name: 'epmd', number: 4369 }, { name: 'cluster-rpc', number: 25672 }];

/** Provides RabbitMQ by its cluster operator. */
export class RabbitMqOperator implements IBackingProvider {
  public constructor(private readonly options: RabbitMqOperatorOptions) {}

  public provide(scope: Construct, request: BackingRequest): BackingOutputs | undefined {
    if (request.kind !== 'RabbitMq') {
      return undefined;
    }
    const { name, namespace } = request;
    const owner = ownerOf(scope, request, 'broker');
    const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'rabbitmq' };
    this.makeCluster(scope, request, owner);
    admitToPods(scope, {
      name,
      owner,
      labels,
      ports: [AMQP],
      peerPorts: PEERS,
      metricsPort: METRICS_PORT,
      operatorNamespace: this.options.operatorNamespace ?? 'rabbitmq-system',
      operatorPorts: [MANAGEMENT],
    });
    return {
      host: name,
      port: AMQP.number,
      podLabels: labels,
      login: {
        secretName: `${name}-default-user`,
        ...namespace !== undefined && { namespace },
        passwordKey: 'password',
        urlKey: 'connection_string',
        userNameKey: 'username',
      },
    };
  }

  private makeCluster(scope: Construct, { name, version, storage, resources, login }: BackingRequest, owner: Owner): void {
    const { replicas = 3, imageRepository = 'rabbitmq' } = this.options;
    defineManifest(scope, {
      apiVersion: 'rabbitmq.com/v1beta1',
      kind: 'RabbitmqCluster',
      name,
      owner,
      fields: {
        spec: report => compact({
          replicas,
          image: `${imageRepository}:${version}`,
          resources: resources._render(within(report, 'resources')),
          persistence: storage && compact({ storage: storage.size, storageClassName: storage.storageClassName }),
        }),
      },
    });
    Diagnostics._check(scope, report => {
      if (!Number.isInteger(replicas) || replicas < 1 || replicas % 2 === 0) {
        report({ code: 'invalid-replicas', property: 'provider.replicas', message: `${replicas} servers have no majority that is worth having.`, remedy: 'Write an odd number.' });
      }
      if (login) {
        report({ code: 'conflicting-options', property: 'credentials', message: 'The operator of RabbitMQ makes the login itself.', remedy: "Leave 'credentials' out." });
      }
    });
  }
}
