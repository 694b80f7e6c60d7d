import type { Construct } from 'constructs';
import { checkMajority } from './checks';
import { type OperatedServers, OperatorBacking, sizeAndClass } from './operator-backing';
import type { BackingRequest } from '../definition/backing';
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
export class RabbitMqOperator extends OperatorBacking {
  public constructor(private readonly options: RabbitMqOperatorOptions) {
    super('RabbitMq', 'broker');
  }

  protected make(scope: Construct, request: BackingRequest, owner: Owner): OperatedServers {
    const { name } = request;
    this.makeCluster(scope, request, owner);
    return {
      host: name,
      ports: [AMQP],
      labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'rabbitmq' },
      peerPorts: PEERS,
      metricsPort: METRICS_PORT,
      operatorNamespace: this.options.operatorNamespace ?? 'rabbitmq-system',
      operatorPorts: [MANAGEMENT],
      login: { secretName: `${name}-default-user`, passwordKey: 'password', urlKey: 'connection_string', userNameKey: 'username' },
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
        spec: report => {
          const { size, storageClassName } = storage ? sizeAndClass(storage, 'RabbitMQ', within(report, 'storage')) : {};
          return compact({
            replicas,
            image: `${imageRepository}:${version}`,
            resources: resources._render(within(report, 'resources')),
            persistence: storage && compact({ storage: size, storageClassName }),
          });
        },
      },
    });
    Diagnostics._check(scope, report => {
      checkMajority(replicas, 'provider.replicas', report);
      if (login) {
        report({ code: 'conflicting-options', property: 'credentials', message: 'The operator of RabbitMQ makes the login itself.', remedy: "Leave 'credentials' out." });
      }
    });
  }
}
