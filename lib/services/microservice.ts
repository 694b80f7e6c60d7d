import type { Construct, IConstruct } from 'constructs';
import { Address } from './address';
import type { MicroserviceProps } from './replicated-options';
import { ReplicatedWorkload } from './replicated-workload';
import type { ConnectionTarget, IConnectable } from '../definition/connection';
import type { ExposedService } from '../definition/exposable';
import { NameRule } from '../definition/naming';
import { Rollout } from '../definition/rollout';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import { markScalableService } from '../scaling/scalable-service';
import type { Service, ServiceOptions } from '../traffic/service';
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
export class Microservice extends ReplicatedWorkload implements IConnectable, IRoutable {
  /** The pods. */
  public readonly deployment: Deployment;
  /** The stable address. */
  public readonly service: Service;

  private readonly address: Address;

  public constructor(scope: Construct, id: string, props: MicroserviceProps) {
    super(scope, id, { ...props, drain: props.drain ?? {} });
    this.deployment = Deployment._create(this, 'deployment', {
      ...this._controller,
      replicas: () => this._effectiveReplicas(),
      rollout: props.rollout ?? Rollout.rolling(),
      ...props.deploymentFields && { fields: props.deploymentFields },
    });
    this.address = new Address(this, { owner: this._owner, listening: props, ...props.service && { options: props.service } });
    this.service = this.address.service;
    this._scale();
    markScalableService(this);
  }

  /** The construct whose network policy a route opens. */
  public get routedConstruct(): IConstruct | undefined {
    return this;
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    return this.address.toConnectionTarget(client);
  }

  public toRouteBackend(port?: string): RouteBackend {
    return this.address.toRouteBackend(port);
  }

  /** @internal */
  public _offerWith(options: ServiceOptions): void {
    this.address.offerWith(options);
  }

  /** @internal */
  protected override _serviceOptions(): ServiceOptions {
    return this.address.options;
  }

  /** @internal */
  protected override _exposedService(): ExposedService {
    return this.address.toExposedService();
  }

  /** @internal */
  protected override get _kind(): string {
    return 'Deployment';
  }

  /** @internal */
  protected override get _nameRule(): NameRule {
    return NameRule.SERVICE;
  }
}
