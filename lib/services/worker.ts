import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { DeployedOptions } from './replicated-options';
import { ReplicatedWorkload } from './replicated-workload';
import type { Port } from '../definition/port';
import { Rollout } from '../definition/rollout';
import { markUnofferedWorkload } from '../scaling/scalable-service';
import { Deployment } from '../workloads/deployment';

/** What works without being asked. */
export interface WorkerProps extends DeployedOptions {
  /**
   * The ports that it listens on, for probes and monitoring: no Service leads to them.
   *
   * @default - none
   */
  readonly ports?: Port[];
  /**
   * The name or number of the port that monitoring scrapes.
   *
   * @default - none
   */
  readonly metricsPort?: string;
}

/**
 * What takes its work from a queue, a stream or a watch: Deployment, ServiceAccount, PodDisruptionBudget, NetworkPolicy, and a
 * HorizontalPodAutoscaler when it is autoscaled. Nothing leads to it, so it has no Service, and nothing but monitoring may reach it.
 *
 * @example
 * const mailer = new Worker(chart, 'mailer', {
 *   image: ContainerImage.reference('ghcr.io/acme/mailer:2.1.0'),
 *   health: { liveness: Probe.command(['/app/mailer', '-healthcheck']) },
 * });
 * mailer.connectTo(External.host('queue.example.com', 5672));
 */
export class Worker extends ReplicatedWorkload {
  /** The pods. */
  public readonly deployment: Deployment;

  public constructor(scope: Construct, id: string, props: WorkerProps) {
    // No load balancer has to forget it first.
    super(scope, id, { component: 'worker', ...props, drain: { delay: Duration.seconds(0), ...props.drain } });
    this.deployment = Deployment._create(this, 'deployment', {
      ...this._controller,
      replicas: () => this._effectiveReplicas(),
      rollout: props.rollout ?? Rollout.rolling(),
      ...props.deploymentFields && { fields: props.deploymentFields },
    });
    this._scale();
    markUnofferedWorkload(this);
  }

  /** @internal */
  protected override get _kind(): string {
    return 'Deployment';
  }
}
