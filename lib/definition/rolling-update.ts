/** How pods are replaced when the definition changes. Numbers or percentages, as text. */
export interface RollingUpdate {
  /**
   * Pods that may be missing meanwhile, for example `0` or `25%`.
   *
   * @default 0
   */
  readonly maxUnavailable?: string;
  /**
   * Pods that may exist beyond the wanted number, for example `1` or `25%`.
   *
   * @default 1
   */
  readonly maxSurge?: string;
  /**
   * Seconds for which a new pod must be ready before it counts.
   *
   * @default - ready pods count at once
   */
  readonly minReadySeconds?: number;
  /**
   * Seconds after which a rollout without progress has failed.
   *
   * @default - 600, as Kubernetes has it
   */
  readonly progressDeadlineSeconds?: number;
}
