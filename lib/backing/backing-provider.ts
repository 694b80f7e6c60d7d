import type { Construct } from 'constructs';
import { CloudNativePg, type CloudNativePgOptions } from './cloud-native-pg';
import { ManagedBacking, type ManagedBackingOptions } from './managed-backing';
import { RabbitMqOperator, type RabbitMqOperatorOptions } from './rabbit-mq-operator';
import { Strimzi, type StrimziOptions } from './strimzi';
import type { BackingOutputs, BackingRequest, IBackingProvider } from '../definition/backing';

/** What runs in the cluster by our own hand. */
export interface InClusterOptions {
  /**
   * The kinds, for example `['Redis']`.
   *
   * @default - every kind
   */
  readonly kinds?: string[];
}

/**
 * Where the backing services of an environment come from. The services say what they need and never where it is: a platform lists providers,
 * and the first one that has an answer gives it.
 *
 * @example
 * new Environment(app, 'dev');
 * new Environment(app, 'prod', {
 *   backing: [
 *     BackingProvider.managed({ kind: 'Postgres', host: 'orders.eu-central-1.rds.example.com', credentials: BackingCredentials.existing({ secretName: 'rds' }) }),
 *     BackingProvider.inCluster({ kinds: ['Redis'] }),
 *   ],
 * });
 */
export abstract class BackingProvider implements IBackingProvider {
  /**
   * Servers in the cluster, in hardened StatefulSets of the official images.
   *
   * @param options which
   */
  public static inCluster(options: InClusterOptions = {}): BackingProvider {
    return new InClusterBacking(options);
  }

  /**
   * A server that somebody else runs, outside the cluster.
   *
   * Diagnostics, at the backing service: `invalid-host`, `invalid-port`, and those of the credentials.
   *
   * @param options where it is, and for what
   */
  public static managed(options: ManagedBackingOptions): BackingProvider {
    return new ProvidedBy(new ManagedBacking(options));
  }

  /**
   * PostgreSQL by the operator CloudNativePG: a `Cluster`, and the network policy of its pods. The operator makes the login, unless the
   * definition names a Secret, which then is a basic-auth one.
   *
   * Diagnostics, at the backing service: `conflicting-options`, `api-server-unknown`.
   *
   * @param options how many servers, and where the operator runs
   * @see https://cloudnative-pg.io/docs/
   */
  public static cloudNativePg(options: CloudNativePgOptions = {}): BackingProvider {
    return new ProvidedBy(new CloudNativePg(options));
  }

  /**
   * RabbitMQ by its cluster operator: a `RabbitmqCluster`, and the network policy of its pods. The operator makes the login, the name of the
   * user too.
   *
   * Diagnostics, at the backing service: `invalid-replicas`, `conflicting-options`, `provider-omission`,
   * `api-server-unknown`.
   *
   * @param options how many servers, and where the operator runs
   * @see https://www.rabbitmq.com/kubernetes/operator/using-operator
   */
  public static rabbitMqOperator(options: RabbitMqOperatorOptions = {}): BackingProvider {
    return new ProvidedBy(new RabbitMqOperator(options));
  }

  /**
   * Kafka by the operator Strimzi, in its API `kafka.strimzi.io/v1` (Strimzi 0.49 and later): a `KafkaNodePool` of servers that are brokers and
   * controllers, a `Kafka`, a `KafkaUser`, and the network policy of their pods. The operator makes the login: clients get `<NAME>_USER` and
   * `_PASSWORD_FILE` beside `_HOST` and `_PORT`, and log in by SASL_PLAINTEXT with SCRAM-SHA-512.
   *
   * Diagnostics, at the backing service: `invalid-replicas`, `invalid-version`, `invalid-name`, `provider-omission`,
   * `api-server-unknown`.
   *
   * @param options how many servers, and where the operator runs
   * @see https://strimzi.io/docs/operators/latest/configuring
   */
  public static strimzi(options: StrimziOptions = {}): BackingProvider {
    return new ProvidedBy(new Strimzi(options));
  }

  public abstract provide(scope: Construct, request: BackingRequest): BackingOutputs | undefined;
}

/** The server is the kind's own to make, so it says alone whether it is asked. */
export class InClusterBacking extends BackingProvider {
  public constructor(private readonly options: InClusterOptions) {
    super();
  }

  public provide(_scope: Construct, _request: BackingRequest): BackingOutputs | undefined {
    return undefined;
  }

  /** Whether it makes servers of a kind. */
  public makes(kind: string): boolean {
    return this.options.kinds?.includes(kind) ?? true;
  }
}

/** What holds where no platform says it. */
export const IN_CLUSTER: readonly IBackingProvider[] = [new InClusterBacking({})];

class ProvidedBy extends BackingProvider {
  public constructor(private readonly provider: IBackingProvider) {
    super();
  }

  public provide(scope: Construct, request: BackingRequest): BackingOutputs | undefined {
    return this.provider.provide(scope, request);
  }
}
