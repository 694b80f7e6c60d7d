import type { IConstruct } from 'constructs';
import { ofApp } from '../definition/root';

const ORDER = Symbol.for('cdk8s-golden-path.RolloutOrder');

/** A task that others wait for. */
export interface AwaitedTask {
  readonly construct: IConstruct;
  /** The name of its Job, as it is written. */
  readonly jobName: () => string;
  /** How long it may take. */
  readonly deadlineSeconds?: number;
}

/** What marks an object that is applied later than others: the number of its wave. */
export const WAVE_LABEL = 'cdk8s-golden-path/wave';
/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
const ARGO_CD_WAVE = 'argocd.argoproj.io/sync-wave';

/** Which workloads wait for which tasks. What waits for nothing is the first wave, 0. */
export class RolloutOrder {
  public static of(scope: IConstruct): RolloutOrder {
    return ofApp(scope, ORDER, () => new RolloutOrder());
  }

  private readonly awaitedBy = new Map<IConstruct, AwaitedTask[]>();
  /** Known until the next wait is added. */
  private waves = new Map<IConstruct, number>();

  private constructor() {}

  /** Whether nothing waits for anything. */
  public get isEmpty(): boolean {
    return this.awaitedBy.size === 0;
  }

  /** Lets a workload wait for a task. */
  public hold(workload: IConstruct, task: AwaitedTask): void {
    this.awaitedBy.set(workload, [...this.awaitedBy.get(workload) ?? [], task]);
    this.waves = new Map();
  }

  /** The tasks that something waits for. */
  public get tasks(): readonly AwaitedTask[] {
    return [...new Set([...this.awaitedBy.values()].flat())];
  }

  /** The number of a workload's wave: one more than that of the last task that it waits for. */
  public waveOf(workload: IConstruct): number {
    const known = this.waves.get(workload);
    if (known !== undefined) {
      return known;
    }
    // A circle is an error of its own; here it has to end.
    this.waves.set(workload, 0);
    const wave = Math.max(0, ...(this.awaitedBy.get(workload) ?? []).map(({ construct }) => 1 + this.waveOf(construct)));
    this.waves.set(workload, wave);
    return wave;
  }

  /** The tasks through which a task waits for itself, itself first; nothing where it does not. */
  public circleOf(task: IConstruct): readonly IConstruct[] | undefined {
    const seen = new Set<IConstruct>();
    const search = (construct: IConstruct, path: readonly IConstruct[]): readonly IConstruct[] | undefined => {
      seen.add(construct);
      for (const { construct: awaited } of this.awaitedBy.get(construct) ?? []) {
        if (awaited === task) {
          return path;
        }
        const circle = seen.has(awaited) ? undefined : search(awaited, [...path, awaited]);
        if (circle) {
          return circle;
        }
      }
      return undefined;
    };
    return search(task, [task]);
  }

  /** What says that an object is applied later. */
  public labelsOf(workload: IConstruct): { [label: string]: string } {
    const wave = this.waveOf(workload);
    return wave === 0 ? {} : { [WAVE_LABEL]: String(wave) };
  }

  public annotationsOf(workload: IConstruct): { [annotation: string]: string } {
    const wave = this.waveOf(workload);
    return wave === 0 ? {} : { [ARGO_CD_WAVE]: String(wave) };
  }
}
