import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Report } from '../diagnostics/report';
import { Environment } from '../platform/environment';

/** The object that an autoscaler changes. */
export interface ScaleTarget {
  /** The API version, for example `apps/v1`. */
  readonly apiVersion: string;
  /** The kind, for example `Deployment`. */
  readonly kind: string;
  /** The name. */
  readonly name: string;
}

/** What an autoscaler claims: the object that it changes. */
export function autoscalerKey(construct: IConstruct, target: ScaleTarget): string {
  return ['autoscaler', ...placeOf(construct), target.kind, target.name].join('\n');
}

/** Two autoscalers on one workload undo each other's decisions. */
export function reportSecondAutoscaler(earlier: string | undefined, target: ScaleTarget, report: Report): void {
  if (earlier !== undefined) {
    report({
      code: 'duplicate-autoscaler',
      message: `The ${target.kind} '${target.name}' is scaled by '${earlier}' already; two autoscalers undo each other's decisions.`,
      remedy: 'Keep one of them, with the metrics of both.',
    });
  }
}

/** The same, where the others do not say who they are. */
export function reportSeveralAutoscalers(count: number, target: ScaleTarget, report: Report): void {
  if (count > 1) {
    report({
      code: 'duplicate-autoscaler',
      message: `${count} autoscalers scale the ${target.kind} '${target.name}'; they undo each other's decisions.`,
      remedy: 'Keep one of them, with the metrics of all.',
    });
  }
}

function placeOf(construct: IConstruct): string[] {
  return [Environment.of(construct)?.name ?? '', Chart.of(construct).namespace ?? ''];
}
