import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  checkRoomFor, type ControllerDefinition, defineController, mergeSpecFields, renderControlled, renderSelector,
} from './controller';
import { renderStatefulSetRollout } from './rollout';
import { compact, type Json } from '../definition/json';
import type { StatefulSetSpecFields } from '../definition/kubernetes-fields.generated';
import type { Replicas } from '../definition/replicas';
import type { Rollout } from '../definition/rollout';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';

/** What becomes of a claim when nothing uses it any more. */
export enum ClaimRetention {
  /** It stays, with its data. */
  RETAIN = 'Retain',
  /** It goes, and with most storage classes the data too. */
  DELETE = 'Delete',
}

/** When the claims of the pods go. */
export interface ClaimRetentionOptions {
  /**
   * When the StatefulSet is deleted.
   *
   * @default ClaimRetention.RETAIN
   */
  readonly whenDeleted?: ClaimRetention;
  /**
   * When there are fewer pods than before.
   *
   * @default ClaimRetention.RETAIN
   */
  readonly whenScaled?: ClaimRetention;
}

/** What a StatefulSet is made from; read when it renders. */
export interface StatefulSetDefinition extends ControllerDefinition {
  /** The headless Service that names the pods. */
  readonly serviceName: string;
  readonly replicas: () => Replicas;
  readonly rollout: Rollout;
  readonly parallel: boolean;
  readonly claimRetention?: ClaimRetentionOptions;
  readonly fields?: StatefulSetSpecFields;
}

const REVISION_LABEL = 'controller-revision-hash';
/** The label holds the name and a hash of ten characters; with more the pods cannot be made. */
const REVISION_SUFFIX = 11;

/** Pods that keep their names and their storage. */
export class StatefulSet extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: StatefulSetDefinition): StatefulSet {
    return new StatefulSet(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the StatefulSet. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: StatefulSetDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineController(this, 'apps/v1', 'StatefulSet', definition, (report, decisions) => this.renderSpec(report, decisions));
  }

  private renderSpec(report: Report, decisions: Decisions): Json {
    const { name, owner, serviceName, replicas, rollout, parallel, claimRetention, fields } = this.definition;
    checkRoomFor(name, REVISION_SUFFIX, 'the label of each revision', report);
    const several = !replicas()._isSingle;
    const pods = { several, overlapping: several, revisionLabel: REVISION_LABEL, claimTemplates: true };
    const { template, claims } = renderControlled(this, this.definition, pods, decisions, report);
    return mergeSpecFields('StatefulSetSpec', compact({
      replicas: replicas()._render(within(report, 'replicas')),
      serviceName,
      selector: renderSelector(owner),
      podManagementPolicy: parallel ? 'Parallel' : undefined,
      ...renderStatefulSetRollout(rollout, within(report, 'rollout')),
      persistentVolumeClaimRetentionPolicy: claimRetention && {
        whenDeleted: claimRetention.whenDeleted ?? ClaimRetention.RETAIN,
        whenScaled: claimRetention.whenScaled ?? ClaimRetention.RETAIN,
      },
      template,
      volumeClaimTemplates: [...claims],
    }), fields, decisions, within(report, 'statefulSetFields'));
  }
}
