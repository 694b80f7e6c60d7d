import { compact, type Json } from './json';
import { type Report } from '../diagnostics/report';

/** What a failed pod means for its task. */
export enum FailureAction {
  /** The task has failed; no further attempt is made. */
  FAIL_TASK = 'FailJob',
  /** The index has failed; needs `backoffLimitPerIndex`. */
  FAIL_INDEX = 'FailIndex',
  /** The failure does not count. */
  IGNORE = 'Ignore',
  /** The failure counts against `backoffLimit`, as it does without a rule. */
  COUNT = 'Count',
}

/** Which exit codes a rule is about. */
export interface ExitCodeOptions {
  /**
   * The container.
   *
   * @default - any container of the pod
   */
  readonly container?: string;
  /**
   * Whether all other codes are meant.
   *
   * @default false
   */
  readonly allOthers?: boolean;
}

/**
 * What becomes of a task when one of its pods fails; the first rule that fits decides.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
 */
export class FailureRule {
  /** By the exit code of a container. Diagnostics: `invalid-value`, also for a container that the pods do not have. */
  public static onExitCodes(codes: number[], action: FailureAction, options: ExitCodeOptions = {}): FailureRule {
    return new FailureRule(action, (containers, report) => {
      if (options.container !== undefined && !containers.includes(options.container)) {
        report({
          code: 'invalid-value',
          property: 'container',
          message: `The pods have no container '${options.container}'.`,
          remedy: `Name one of ${containers.map(name => `'${name}'`).join(', ')}, or leave it out for all of them.`,
        });
      }
      if (codes.length === 0 || codes.some(code => !Number.isInteger(code) || code < 0 || code > 255) || (!options.allOthers && codes.includes(0))) {
        report({
          code: 'invalid-value',
          property: 'codes',
          message: codes.length === 0 ? 'The rule is about no exit code.' : `[${codes.join(', ')}] are not the exit codes of a failure.`,
          remedy: 'Write whole numbers from 1 to 255.',
        });
      }
      return {
        onExitCodes: compact({
          containerName: options.container,
          operator: options.allOthers ? 'NotIn' : 'In',
          values: [...new Set(codes)].sort((a, b) => a - b),
        }),
      };
    });
  }

  /** By a condition of the pod, for example `ConfigIssue`. Diagnostics: `invalid-value`. */
  public static onPodCondition(type: string, action: FailureAction): FailureRule {
    return new FailureRule(action, (_, report) => {
      if (type.trim() === '') {
        report({ code: 'invalid-value', property: 'type', message: 'The rule names no condition.', remedy: "Write its type, for example 'DisruptionTarget'." });
      }
      return { onPodConditions: [{ type, status: 'True' }] };
    });
  }

  /** When the cluster took the pod away: a drained node, a preemption. */
  public static onDisruption(action: FailureAction = FailureAction.IGNORE): FailureRule {
    return FailureRule.onPodCondition('DisruptionTarget', action);
  }

  private constructor(
    /** @internal */
    public readonly _action: FailureAction,
    private readonly renderCause: (containers: readonly string[], report: Report) => Json,
  ) {}

  /**
   * @param containers the names of the containers of the pods
   * @internal
   */
  public _render(containers: readonly string[], report: Report): Json {
    return { action: this._action, ...this.renderCause(containers, report) };
  }
}
