import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ControllerDefinition, defineController, mergeSpecFields, renderControlled, renderSelector } from './controller';
import { renderDeploymentRollout } from './rollout';
import { compact, type Json } from '../definition/json';
import type { DeploymentSpecFields } from '../definition/kubernetes-fields.generated';
import type { Replicas } from '../definition/replicas';
import type { Rollout } from '../definition/rollout';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';

/** What a Deployment is made from; read when it renders. */
export interface DeploymentDefinition extends ControllerDefinition {
  readonly replicas: () => Replicas;
  readonly rollout: Rollout;
  readonly fields?: DeploymentSpecFields;
}

const REVISION_LABEL = 'pod-template-hash';

/** Pods that are all alike, and that are replaced one by one when their definition changes. */
export class Deployment extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: DeploymentDefinition): Deployment {
    return new Deployment(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the Deployment. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: DeploymentDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineController(this, 'apps/v1', 'Deployment', definition, (report, decisions) => this.renderSpec(report, decisions));
  }

  private renderSpec(report: Report, decisions: Decisions): Json {
    const { owner, replicas, rollout, fields } = this.definition;
    const several = !replicas()._isSingle;
    const rolled = renderDeploymentRollout(rollout, within(report, 'rollout'));
    const pods = { several, overlapping: several || rollout._surges, revisionLabel: REVISION_LABEL };
    const { template } = renderControlled(this, this.definition, pods, decisions, report);
    return mergeSpecFields('DeploymentSpec', compact({
      replicas: replicas()._render(within(report, 'replicas')),
      selector: renderSelector(owner),
      ...rolled,
      template,
    }), fields, decisions, within(report, 'deploymentFields'));
  }
}
