import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Json } from '../definition/json';
import type { PodDisruptionBudgetSpecFields } from '../definition/kubernetes-fields.generated';
import { mergeFields } from '../definition/pass-through';
import { parsePodCount, podsOf } from '../definition/pod-count';
import { type Report, within } from '../diagnostics/report';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** How many pods may be missing while nodes are drained; exactly one of the two, as numbers or percentages. */
export interface DisruptionOptions {
  /**
   * Pods that may be missing, for example `1` or `25%`.
   *
   * @default 1
   */
  readonly maxUnavailable?: string;
  /**
   * Pods that must stay, for example `2` or `50%`.
   *
   * @default - `maxUnavailable` decides
   */
  readonly minAvailable?: string;
  /**
   * Any field of the budget's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: PodDisruptionBudgetSpecFields;
}

/** What a budget is made from; read when it renders. */
export interface PodDisruptionBudgetDefinition {
  readonly name: string;
  readonly owner: Owner;
  readonly selector: { readonly [label: string]: string };
  readonly options: DisruptionOptions;
  /** The least number of pods that there are, where it is known. */
  readonly minimum: () => number | undefined;
}

/** How many pods may be missing while nodes are drained. A pod that is not ready never blocks a drain. */
export class PodDisruptionBudget extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: PodDisruptionBudgetDefinition): PodDisruptionBudget {
    return new PodDisruptionBudget(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the PodDisruptionBudget. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, definition: PodDisruptionBudgetDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineManifest(this, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      name: definition.name,
      owner: definition.owner,
      fields: {
        spec: (report, decisions) => mergeFields('PodDisruptionBudgetSpec', {
          ...renderBudget(definition.options, definition.minimum(), report),
          selector: { matchLabels: { ...definition.selector } },
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
        }, definition.options.fields, decisions.kubernetesVersion._minor, within(report, 'disruption.fields')),
      },
    });
  }
}

function renderBudget(options: DisruptionOptions, minimum: number | undefined, report: Report): Json {
  const { maxUnavailable, minAvailable } = options;
  if (maxUnavailable !== undefined && minAvailable !== undefined) {
    report({ code: 'conflicting-options', property: 'disruption.minAvailable', message: 'A disruption budget says either how many pods may be missing or how many must stay.', remedy: "Keep one of 'maxUnavailable' and 'minAvailable'." });
  }
  const [property, text] = minAvailable === undefined ? ['maxUnavailable', maxUnavailable ?? '1'] as const : ['minAvailable', minAvailable] as const;
  const count = parsePodCount(text, `disruption.${property}`, report);
  // Where nobody knows how many pods there are, the share of a hundred tells all from some.
  const total = minimum ?? 100;
  const blocks = property === 'maxUnavailable'
    ? podsOf(count, total) === 0
    : podsOf(count, total) >= total && (minimum !== undefined || typeof count === 'string');
  if (blocks) {
    report({
      code: 'evictions-blocked',
      property: `disruption.${property}`,
      message: minimum === undefined || property === 'maxUnavailable'
        ? `With ${property} ${text} no pod may ever be evicted, so no node can be drained.`
        : `With ${property} ${text} and as few as ${minimum} ${minimum === 1 ? 'pod' : 'pods'}, none may be evicted, so no node can be drained.`,
      remedy: "Write maxUnavailable: '1'.",
    });
  }
  return { [property]: count };
}
