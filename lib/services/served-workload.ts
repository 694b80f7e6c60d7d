import type { Construct, IConstruct } from 'constructs';
import { Address } from './address';
import type { Listening } from './listening';
import type { ReplicatedOptions } from './replicated-options';
import { ReplicatedWorkload } from './replicated-workload';
import type { ConnectionTarget, IConnectable } from '../definition/connection';
import type { ExposedService } from '../definition/exposable';
import { NameRule } from '../definition/naming';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import { markScalableService } from '../scaling/scalable-service';
import type { Service, ServiceOptions } from '../traffic/service';

/**
 * What runs several pods that are alike, with a Service in front of them: others connect to it and routes lead to it.
 */
export abstract class ServedWorkload extends ReplicatedWorkload implements IConnectable, IRoutable {
  private address?: Address;

  /** Each kind then makes the object that runs the pods, and calls `_serve`. */
  protected constructor(scope: Construct, id: string, props: ReplicatedOptions) {
    // Load balancers have to forget a pod before it goes.
    super(scope, id, { ...props, drain: props.drain ?? {} });
  }

  /** The stable address. */
  public get service(): Service {
    return this.address!.service;
  }

  /** The construct whose network policy a route opens. */
  public get routedConstruct(): IConstruct | undefined {
    return this;
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    return this.address!.toConnectionTarget(client);
  }

  public toRouteBackend(port?: string): RouteBackend {
    return this.address!.toRouteBackend(port);
  }

  /** @internal */
  public _offerWith(options: ServiceOptions): void {
    this.address!.offerWith(options);
  }

  /**
   * Makes the Service, and the budget and autoscaler that the definition asks for.
   *
   * @internal
   */
  protected _serve(listening: Listening, options: ServiceOptions | undefined): void {
    this.address = new Address(this, { owner: this._owner, listening, ...options && { options } });
    this._scale();
    markScalableService(this);
  }

  /** @internal */
  protected override _serviceOptions(): ServiceOptions {
    return this.address!.options;
  }

  /**
   * A label that tells the Service apart from another one of the workload.
   *
   * @internal
   */
  protected get _lacksLabel(): string | undefined {
    return undefined;
  }

  /** @internal */
  protected override _exposedService(): ExposedService {
    return this.address!.toExposedService(this._lacksLabel);
  }

  /** @internal */
  protected override get _nameRule(): NameRule {
    return NameRule.SERVICE;
  }
}
