import type { Duration } from 'cdk8s';
import { wholeSeconds } from './duration';
import { compact, compactOrNone, type Json } from './json';
import type { HorizontalPodAutoscalerSpecFields } from './kubernetes-fields.generated';
import { ScalingMetric } from './scaling-metric';
import { type Report, within } from '../diagnostics/report';

/** One rule of how fast an autoscaler may change; exactly one of `pods` and `percent`. */
export interface ScalingPolicy {
  /**
   * At most this many pods a period.
   *
   * @default - `percent` counts
   */
  readonly pods?: number;
  /**
   * At most this share of the present pods a period.
   *
   * @default - `pods` counts
   */
  readonly percent?: number;
  /** The period, 30 minutes at most. */
  readonly period: Duration;
}

/** Which of several scaling policies decides. */
export enum ScalingPolicySelection {
  /** The one that changes most. */
  MAX = 'Max',
  /** The one that changes least. */
  MIN = 'Min',
  /** Never scale in this direction. */
  DISABLED = 'Disabled',
}

/** How an autoscaler moves in one direction. */
export interface ScalingBehavior {
  /**
   * How long a recommendation must stand, one hour at most.
   *
   * @default - none upwards, 5 minutes downwards
   */
  readonly stabilizationWindow?: Duration;
  /**
   * The speed limits.
   *
   * @default - those of Kubernetes
   */
  readonly policies?: ScalingPolicy[];
  /**
   * Which of the policies decides.
   *
   * @default ScalingPolicySelection.MAX
   */
  readonly select?: ScalingPolicySelection;
}

/** Bounds and targets of an autoscaler (HorizontalPodAutoscaler, `autoscaling/v2`). */
export interface AutoscalingOptions {
  /**
   * The least number of pods.
   *
   * @default 2
   */
  readonly min?: number;
  /** The greatest number of pods; above `min`. */
  readonly max: number;
  /**
   * CPU use to hold, in percent of the request.
   *
   * @default - 80 where no other metric is given
   */
  readonly cpuUtilization?: number;
  /**
   * Memory use to hold, in percent of the request.
   *
   * @default - memory does not count
   */
  readonly memoryUtilization?: number;
  /**
   * Memory use per pod to hold, for example `200Mi`.
   *
   * @default - memory does not count
   */
  readonly memoryAverage?: string;
  /**
   * Any further metrics; the one that asks for most pods wins.
   *
   * @default - none
   */
  readonly metrics?: ScalingMetric[];
  /**
   * How to grow.
   *
   * @default - as Kubernetes does: at once, at most doubling or 4 pods in 15 seconds
   */
  readonly scaleUp?: ScalingBehavior;
  /**
   * How to shrink.
   *
   * @default - after 5 minutes of less need
   */
  readonly scaleDown?: ScalingBehavior;
  /**
   * Any field of the autoscaler's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: HorizontalPodAutoscalerSpecFields;
}

const DEFAULT_MIN = 2;
const DEFAULT_CPU_UTILIZATION = 80;
const SCALE_DOWN_WINDOW_SECONDS = 300;
const MAX_WINDOW_SECONDS = 3600;
const MAX_PERIOD_SECONDS = 1800;

/** How many pods a service has. */
export class Replicas {
  /** Always this many. Diagnostics: `invalid-replicas`. */
  public static fixed(count: number): Replicas {
    return new Replicas({ count });
  }

  /** As many as the load asks for: makes a HorizontalPodAutoscaler. Diagnostics: `min-above-max`, `invalid-replicas`, `metric-without-request`. */
  public static autoscaled(options: AutoscalingOptions): Replicas {
    return new Replicas({ autoscaling: options });
  }

  /** Left to somebody else (a KEDA ScaledObject, an operator): the manifest says nothing. */
  public static unmanaged(): Replicas {
    return new Replicas({});
  }

  private constructor(private readonly options: { readonly count?: number; readonly autoscaling?: AutoscalingOptions }) {}

  /** Whether an autoscaler decides. */
  public get isAutoscaled(): boolean {
    return this.options.autoscaling !== undefined;
  }

  /**
   * The least number of pods that this promises; nothing where somebody else decides.
   *
   * @internal
   */
  public get _minimum(): number | undefined {
    const { autoscaling, count } = this.options;
    return autoscaling ? autoscaling.min ?? DEFAULT_MIN : count;
  }

  /**
   * Whether there is never more than one pod, which then has no other to keep away from or to stand in for it.
   *
   * @internal
   */
  public get _isSingle(): boolean {
    return this.options.count !== undefined && this.options.count <= 1;
  }

  /**
   * The number to write into a workload; nothing where an autoscaler or somebody else decides.
   *
   * @internal
   */
  public _render(report: Report): number | undefined {
    const { count } = this.options;
    if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
      report({ code: 'invalid-replicas', message: `${count} is not a number of pods.`, remedy: 'Write a whole number; 0 stops the service.' });
    }
    return count;
  }

  /**
   * The settings of the autoscaler.
   *
   * @internal
   */
  public get _autoscaling(): AutoscalingOptions | undefined {
    return this.options.autoscaling;
  }
}

/** A metric, and where the user wrote it. */
export interface PlacedMetric {
  readonly metric: ScalingMetric;
  /** Takes the faults of the metric below its property. */
  readonly within: (report: Report) => Report;
}

/** The part of a HorizontalPodAutoscaler that does not depend on what it scales. */
export class Autoscaling {
  public readonly metrics: readonly PlacedMetric[];
  public readonly min: number;

  public constructor(private readonly options: AutoscalingOptions) {
    const { cpuUtilization, memoryUtilization, memoryAverage, metrics = [] } = options;
    // The short forms have no properties of their own.
    const short = (property: string, metric: ScalingMetric): PlacedMetric => ({ metric, within: report => fault => report({ ...fault, property }) });
    const given = [
      ...cpuUtilization !== undefined ? [short('cpuUtilization', ScalingMetric.cpuUtilization(cpuUtilization))] : [],
      ...memoryUtilization !== undefined ? [short('memoryUtilization', ScalingMetric.memoryUtilization(memoryUtilization))] : [],
      ...memoryAverage !== undefined ? [short('memoryAverage', ScalingMetric.memoryAverage(memoryAverage))] : [],
      ...metrics.map((metric, index): PlacedMetric => ({ metric, within: report => within(report, `metrics[${index}]`) })),
    ];
    this.metrics = given.length > 0 ? given : [short('cpuUtilization', ScalingMetric.cpuUtilization(DEFAULT_CPU_UTILIZATION))];
    this.min = options.min ?? DEFAULT_MIN;
  }

  public render(report: Report): Json {
    const { max, scaleUp, scaleDown } = this.options;
    const invalid = ([['min', this.min], ['max', max]] as const).filter(([, value]) => !(Number.isInteger(value) && value >= 1));
    for (const [property, value] of invalid) {
      report({ code: 'invalid-replicas', property, message: `${value} is not a number of pods.`, remedy: 'Write a whole number of at least 1.' });
    }
    if (invalid.length === 0 && this.min >= max) {
      const min = this.options.min === undefined ? `min, by default ${this.min},` : `min ${this.min}`;
      report({
        code: 'min-above-max',
        property: this.options.min === undefined ? 'max' : 'min',
        message: this.min === max ? `The autoscaler has no room: min and max are both ${max}.` : `${min} is above max ${max}.`,
        remedy: this.min === max ? `Write Replicas.fixed(${max}), or raise max.` : 'Raise max or lower min.',
      });
    }
    return compact({
      minReplicas: this.min,
      maxReplicas: max,
      metrics: this.metrics.map(placed => placed.metric._render(placed.within(report))),
      behavior: compactOrNone({
        scaleUp: scaleUp && renderBehavior(scaleUp, undefined, within(report, 'scaleUp')),
        scaleDown: renderBehavior(scaleDown ?? {}, SCALE_DOWN_WINDOW_SECONDS, within(report, 'scaleDown')),
      }),
    });
  }
}

function renderBehavior(behavior: ScalingBehavior, defaultWindow: number | undefined, report: Report): Json | undefined {
  const { stabilizationWindow } = behavior;
  const window = stabilizationWindow ? wholeSeconds(stabilizationWindow, 'stabilizationWindow', report) : defaultWindow;
  if (window !== undefined && window > MAX_WINDOW_SECONDS) {
    report({ code: 'invalid-value', property: 'stabilizationWindow', message: `${window} seconds are more than Kubernetes allows.`, remedy: 'Write at most one hour.' });
  }
  return compactOrNone({
    stabilizationWindowSeconds: window,
    selectPolicy: behavior.select,
    policies: (behavior.policies ?? []).map((policy, index) => renderPolicy(policy, within(report, `policies[${index}]`))),
  });
}

function renderPolicy(policy: ScalingPolicy, report: Report): Json {
  const { pods, percent } = policy;
  const value = pods ?? percent;
  if (value === undefined || (pods !== undefined && percent !== undefined)) {
    report({ code: 'conflicting-options', property: 'pods', message: 'A scaling policy limits either pods or a percentage.', remedy: "Write exactly one of 'pods' and 'percent'." });
  } else if (!(Number.isInteger(value) && value >= 1)) {
    report({ code: 'invalid-value', property: pods === undefined ? 'percent' : 'pods', message: `${value} is not a speed limit.`, remedy: 'Write a whole number of at least 1.' });
  }
  const periodSeconds = wholeSeconds(policy.period, 'period', report);
  if (periodSeconds < 1 || periodSeconds > MAX_PERIOD_SECONDS) {
    report({ code: 'invalid-value', property: 'period', message: `A period of ${periodSeconds} seconds is refused by Kubernetes.`, remedy: 'Write 1 second to 30 minutes.' });
  }
  return { type: pods !== undefined ? 'Pods' : 'Percent', value, periodSeconds };
}
