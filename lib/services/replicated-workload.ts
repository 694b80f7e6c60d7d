import type { IScalable, ScalingTarget } from 'cdk8s-plus-27';
import type { Construct, IConstruct } from 'constructs';
import type { ReplicatedOptions } from './replicated-options';
import { Workload } from './workload';
import { variablesOfUser } from './workload-pods';
import { type AutoscalingOptions, Replicas } from '../definition/replicas';
import { Rollout } from '../definition/rollout';
import { Diagnostics } from '../diagnostics/diagnostics';
import { within } from '../diagnostics/report';
import { HorizontalPodAutoscaler, type ScalingSettings } from '../scaling/horizontal-pod-autoscaler';
import { PodDisruptionBudget } from '../scaling/pod-disruption-budget';
import { autoscalerKey, reportSecondAutoscaler, reportSeveralAutoscalers, type ScaleTarget } from '../scaling/scale-target';
import { claim } from '../synthesis/claims';

const DEFAULT_REPLICAS = 2;

/** An autoscaler's settings, and who gave them beside the definition. */
interface AddedScaling {
  readonly scaler: IConstruct;
  readonly options: AutoscalingOptions;
}

/**
 * What runs several pods that are alike: with a PodDisruptionBudget, and a HorizontalPodAutoscaler when it is autoscaled.
 *
 * It can stand wherever cdk8s-plus takes a scalable workload.
 */
export abstract class ReplicatedWorkload extends Workload implements IScalable {
  /** Whether an autoscaler decides how many pods there are. */
  public hasAutoscaler: boolean;

  private readonly replicated: ReplicatedOptions;
  private readonly replicas: Replicas;
  private readonly addedScalings: AddedScaling[] = [];
  private foreignAutoscalers = 0;
  private autoscalerClaims: readonly IConstruct[] = [];
  private autoscalerConstruct?: HorizontalPodAutoscaler;
  private budgetConstruct?: PodDisruptionBudget;

  /** Each kind then makes the object that runs the pods, and calls `_scale`. */
  protected constructor(scope: Construct, id: string, props: ReplicatedOptions) {
    super(scope, id, props);
    this.replicated = props;
    this.replicas = props.replicas ?? Replicas.fixed(DEFAULT_REPLICAS);
    this.hasAutoscaler = this.replicas.isAutoscaled;
    Diagnostics._check(this, report => {
      const [first] = this.autoscalerClaims;
      reportSecondAutoscaler(first === this ? undefined : first?.node.path, this.scaleTarget(), report);
      reportSeveralAutoscalers(this.foreignAutoscalers + (this.autoscalerConstruct ? 1 : 0), this.scaleTarget(), report);
    });
  }

  /** The autoscaler; nothing where the number of pods is fixed. */
  public get autoscaler(): HorizontalPodAutoscaler | undefined {
    return this.autoscalerConstruct;
  }

  /** The disruption budget; nothing for a single pod. */
  public get disruptionBudget(): PodDisruptionBudget | undefined {
    return this.budgetConstruct;
  }

  /**
   * Lets an autoscaler decide how many pods there are; it replaces what `replicas` says.
   *
   * Diagnostics: `duplicate-autoscaler` for a second call, `min-above-max`, `invalid-replicas`, `metric-without-request`.
   */
  public addScaling(options: AutoscalingOptions): HorizontalPodAutoscaler {
    return this._scaleBy(this, options);
  }

  public markHasAutoscaler(): void {
    this.foreignAutoscalers++;
    this.hasAutoscaler = true;
    this.makeBudget();
  }

  public toScalingTarget(): ScalingTarget {
    return { ...this.scaleTarget(), containers: [] };
  }

  /** @internal */
  public _scaleBy(scaler: IConstruct, options: AutoscalingOptions): HorizontalPodAutoscaler {
    const [earlier] = this.addedScalings;
    this.addedScalings.push({ scaler, options });
    this.hasAutoscaler = true;
    this.makeBudget();
    const autoscaler = this.makeAutoscaler();
    if (earlier) {
      Diagnostics._check(scaler, report => reportSecondAutoscaler(
        earlier.scaler.node.path, this.scaleTarget(), within(report, scaler === this ? 'addScaling' : 'target')));
    } else if (scaler !== this) {
      Diagnostics._check(scaler, report => autoscaler._checkSettings(within(report, 'scaling')));
    }
    return autoscaler;
  }

  /**
   * Makes the budget and the autoscaler that the definition asks for.
   *
   * @internal
   */
  protected _scale(): void {
    if (!this.replicas._isSingle) {
      this.makeBudget();
    }
    if (this.replicas.isAutoscaled) {
      this.makeAutoscaler();
    }
  }

  /**
   * How many pods the object asks for: an autoscaler of whatever origin owns the number.
   *
   * @internal
   */
  protected _effectiveReplicas(): Replicas {
    const [added] = this.addedScalings;
    return added ? Replicas.autoscaled(added.options) : this.hasAutoscaler && !this.replicas.isAutoscaled ? Replicas.unmanaged() : this.replicas;
  }

  /** @internal */
  protected override _runsSeveral(): boolean {
    return !this._effectiveReplicas()._isSingle;
  }

  /** @internal */
  protected override _overlaps(): boolean {
    return (this.replicated.rollout ?? Rollout.rolling())._surges;
  }

  /**
   * Whether the runtime fills memory up to the container's limit before it collects.
   *
   * @internal
   */
  protected _memoryFollowsLimit(): boolean {
    return this.replicated.image._goVersion() !== undefined && !variablesOfUser(this.replicated).has('GOMEMLIMIT');
  }

  private scaleTarget(): ScaleTarget {
    return { apiVersion: 'apps/v1', kind: this._kind, name: this.name };
  }

  private scalingSettings(): ScalingSettings {
    const [added] = this.addedScalings;
    return added
      ? { ...added, ...added.scaler === this && { property: 'addScaling' } }
      : { options: this.replicas._autoscaling!, property: 'replicas' };
  }

  private makeAutoscaler(): HorizontalPodAutoscaler {
    if (!this.autoscalerConstruct) {
      const { resources: own, sidecars = [] } = this.replicated;
      this.autoscalerClaims = claim(this, autoscalerKey(this, this.scaleTarget()));
      this.autoscalerConstruct = HorizontalPodAutoscaler._create(this, 'autoscaler', {
        name: this.name,
        owner: this._owner,
        target: this.scaleTarget(),
        settings: () => this.scalingSettings(),
        containers: ({ resources: byDefault }) => [
          { name: this.name, resources: own ?? byDefault, memoryFollowsLimit: () => this._memoryFollowsLimit() },
          ...sidecars.map(({ name, resources = byDefault }) => ({ name, resources })),
        ],
      });
    }
    return this.autoscalerConstruct;
  }

  private makeBudget(): void {
    this.budgetConstruct ??= PodDisruptionBudget._create(this, 'disruption-budget', {
      name: this.name,
      owner: this._owner,
      selector: this.matchLabels,
      options: this.replicated.disruption ?? {},
      minimum: () => this._effectiveReplicas()._minimum,
    });
  }
}
