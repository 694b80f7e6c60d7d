import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ControllerDefinition, defineController, mergeSpecFields, renderControlled, renderSelector } from './controller';
import { renderDaemonSetRollout } from './rollout';
import { compact, type Json } from '../definition/json';
import type { DaemonSetSpecFields } from '../definition/kubernetes-fields.generated';
import type { Rollout } from '../definition/rollout';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';

/** What a DaemonSet is made from; read when it renders. */
export interface DaemonSetDefinition extends ControllerDefinition {
  readonly rollout: Rollout;
  readonly fields?: DaemonSetSpecFields;
}

/** One pod on every node that fits. */
export class DaemonSet extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: DaemonSetDefinition): DaemonSet {
    return new DaemonSet(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the DaemonSet. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: DaemonSetDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineController(this, 'apps/v1', 'DaemonSet', definition, (report, decisions) => this.renderSpec(report, decisions));
  }

  private renderSpec(report: Report, decisions: Decisions): Json {
    const { owner, rollout, fields } = this.definition;
    // There is one on each node whatever anybody prefers.
    const { template } = renderControlled(this, this.definition, { several: false, overlapping: true }, decisions, report);
    return mergeSpecFields('DaemonSetSpec', compact({
      selector: renderSelector(owner),
      ...renderDaemonSetRollout(rollout, within(report, 'rollout')),
      template,
    }), fields, decisions, within(report, 'daemonSetFields'));
  }
}
