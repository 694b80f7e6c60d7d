/** What every rollout may say. */
export interface RolloutOptions {
  /**
   * Seconds for which a new pod must be ready before it counts.
   *
   * @default - ready pods count at once
   */
  readonly minReadySeconds?: number;
  /**
   * Seconds after which a rollout without progress has failed. Deployments alone.
   *
   * @default - 600, as Kubernetes has it
   */
  readonly progressDeadlineSeconds?: number;
  /**
   * How many revisions are kept to go back to.
   *
   * @default 5
   */
  readonly revisionHistoryLimit?: number;
}

/** How pods are replaced a few at a time. Numbers or percentages, as text. */
export interface RollingUpdate extends RolloutOptions {
  /**
   * Pods that may be missing meanwhile, for example `0` or `25%`.
   *
   * @default - 0 for Deployments; 1 for DaemonSets without `maxSurge`, as Kubernetes has it for StatefulSets, where anything else takes 1.35
   */
  readonly maxUnavailable?: string;
  /**
   * Pods that may exist beyond the wanted number, for example `1` or `25%`. StatefulSets have none.
   *
   * @default - 1 for Deployments, 0 for DaemonSets
   */
  readonly maxSurge?: string;
  /**
   * Only pods with this ordinal or a greater one are replaced. StatefulSets alone.
   *
   * @default - all pods are
   */
  readonly partition?: number;
}

/** When old pods go: what Kubernetes calls the strategy. */
export enum RolloutStrategy {
  ROLLING = 'RollingUpdate',
  RECREATE = 'Recreate',
  ON_DELETE = 'OnDelete',
}

/**
 * How pods are replaced when the definition changes.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export class Rollout {
  /** A few at a time. Diagnostics: `invalid-value`, `conflicting-options`. */
  public static rolling(options: RollingUpdate = {}): Rollout {
    return new Rollout(RolloutStrategy.ROLLING, options);
  }

  /** All old pods go before the first new one comes, for programs that cannot stand beside themselves. Deployments alone. Diagnostics: as for `rolling`. */
  public static recreate(options: RolloutOptions = {}): Rollout {
    return new Rollout(RolloutStrategy.RECREATE, options);
  }

  /** A pod is replaced when somebody deletes it. StatefulSets and DaemonSets alone. Diagnostics: as for `rolling`. */
  public static onDelete(options: RolloutOptions = {}): Rollout {
    return new Rollout(RolloutStrategy.ON_DELETE, options);
  }

  private constructor(
    /** @internal */
    public readonly _strategy: RolloutStrategy,
    /** @internal */
    public readonly _options: RollingUpdate,
  ) {}

  /**
   * Whether a Deployment starts new pods beside the old ones.
   *
   * @internal
   */
  public get _surges(): boolean {
    return this._strategy === RolloutStrategy.ROLLING && parseInt(this._options.maxSurge ?? '1', 10) !== 0;
  }
}
