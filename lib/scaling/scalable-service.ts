import type { Construct, IConstruct } from 'constructs';
import type { HorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import type { AutoscalingOptions } from '../definition/replicas';
import type { Service, ServiceOptions } from '../traffic/service';

const SCALABLE_SERVICE = Symbol.for('cdk8s-golden-path.ScalableService');
const UNOFFERED_WORKLOAD = Symbol.for('cdk8s-golden-path.UnofferedWorkload');

/** A service of this library, as `HpaService` sees it: it has its Service and makes its own autoscaler. */
export interface ScalableService extends Construct {
  readonly service: Service;
  /** Lets another construct say how it is scaled; that construct reports what is wrong with the options. */
  _scaleBy(scaler: IConstruct, options: AutoscalingOptions): HorizontalPodAutoscaler;
  /** Lays options over those of its Service. */
  _offerWith(options: ServiceOptions): void;
}

/** Marks a construct as one of ours. */
export function markScalableService(service: ScalableService): void {
  (service as { [SCALABLE_SERVICE]?: true })[SCALABLE_SERVICE] = true;
}

/** The service behind a scale target, where it is one of ours. */
export function asScalableService(target: object): ScalableService | undefined {
  return SCALABLE_SERVICE in target ? target as unknown as ScalableService : undefined;
}

/** Marks a workload of ours that no Service leads to. */
export function markUnofferedWorkload(workload: IConstruct): void {
  (workload as { [UNOFFERED_WORKLOAD]?: true })[UNOFFERED_WORKLOAD] = true;
}

/** Whether a scale target is one of ours that no Service leads to. */
export function isUnofferedWorkload(target: object): boolean {
  return UNOFFERED_WORKLOAD in target;
}
