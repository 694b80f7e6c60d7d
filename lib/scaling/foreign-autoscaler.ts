import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { HorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import { autoscalerKey, type ScaleTarget } from './scale-target';

/** The path of an autoscaler that this library did not make, one of cdk8s-plus for example, and that changes the same object. */
export function foreignAutoscaler(construct: IConstruct, target: ScaleTarget): string | undefined {
  const key = autoscalerKey(construct, target);
  const found = construct.node.root.node.findAll().find(object => {
    if (!ApiObject.isApiObject(object) || object.kind !== 'HorizontalPodAutoscaler' || object.node.scope instanceof HorizontalPodAutoscaler) {
      return false;
    }
    const { scaleTargetRef } = object.toJson().spec ?? {};
    return scaleTargetRef !== undefined && autoscalerKey(object, scaleTargetRef) === key;
  });
  return found?.node.path;
}
