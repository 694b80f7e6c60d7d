export { HorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
export { type ExistingWorkload, HpaService, type HpaServiceProps } from './hpa-service';
export { type DisruptionOptions, PodDisruptionBudget } from './pod-disruption-budget';
