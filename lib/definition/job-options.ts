import type { Duration } from 'cdk8s';
import type { FailureRule } from './failure-rule';
import type { JobSpecFields } from './kubernetes-fields.generated';

/** What the kubelet does with a container of a task that has failed. */
export enum TaskRestart {
  /** Nothing: the task makes a new pod, and the failed one stays to be looked at. */
  NEVER = 'Never',
  /** It starts the container again in the same pod. */
  ON_FAILURE = 'OnFailure',
}

/** How often a task runs, and when it has failed. */
export interface JobOptions {
  /**
   * How many pods must succeed.
   *
   * @default 1
   */
  readonly completions?: number;
  /**
   * How many pods run at a time.
   *
   * @default 1
   */
  readonly parallelism?: number;
  /**
   * Whether each pod has a number of its own, which it reads from `JOB_COMPLETION_INDEX`.
   *
   * @default false
   */
  readonly indexed?: boolean;
  /**
   * After how many failed pods the task has failed.
   *
   * @default - 6, as Kubernetes has it
   */
  readonly backoffLimit?: number;
  /**
   * After how many failed pods one index has failed; from Kubernetes 1.29.
   *
   * @default - the indexes share `backoffLimit`
   */
  readonly backoffLimitPerIndex?: number;
  /**
   * How long the task may run, retries included.
   *
   * @default - without limit
   */
  readonly deadline?: Duration;
  /**
   * How long a finished task stays to be looked at.
   *
   * @default - one day; for ever where each version runs it once, since what is gone would run again when it is applied again; for a scheduled
   * task its history decides
   */
  readonly timeToLive?: Duration;
  /**
   * What a failed pod means; the first rule that fits decides. Needs `TaskRestart.NEVER`.
   *
   * @default - a pod that was taken away by the cluster does not count
   */
  readonly failureRules?: FailureRule[];
  /**
   * What the kubelet does with a container that has failed.
   *
   * @default TaskRestart.NEVER
   */
  readonly restart?: TaskRestart;
  /**
   * Any field of the Job's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly jobFields?: JobSpecFields;
}
