import type { Construct } from 'constructs';
import type { MicroserviceProps } from './replicated-options';
import { ServedWorkload } from './served-workload';
import { Rollout } from '../definition/rollout';
import { Deployment } from '../workloads/deployment';

/**
 * A service of any runtime: Deployment, Service, ServiceAccount, PodDisruptionBudget, NetworkPolicy, and a HorizontalPodAutoscaler when it
 * is autoscaled. It meets the restricted Pod Security Standard; what is weaker is reported.
 *
 * It can stand wherever cdk8s-plus takes a pod selector, a network policy peer or a scalable workload.
 *
 * @example
 * new Microservice(chart, 'reports', {
 *   image: ContainerImage.reference('ghcr.io/acme/reports:2.1.0'),
 *   ports: [{ name: 'http', number: 3000, servicePort: 80 }],
 *   health: { readiness: Probe.http('/ready'), liveness: Probe.http('/live') },
 * });
 */
export class Microservice extends ServedWorkload {
  /** The pods. */
  public readonly deployment: Deployment;

  public constructor(scope: Construct, id: string, props: MicroserviceProps) {
    super(scope, id, props);
    this.deployment = Deployment._create(this, 'deployment', {
      ...this._controller,
      replicas: () => this._effectiveReplicas(),
      rollout: props.rollout ?? Rollout.rolling(),
      ...props.deploymentFields && { fields: props.deploymentFields },
    });
    this._serve(props, props.service);
  }

  /** @internal */
  protected override get _kind(): string {
    return 'Deployment';
  }
}
