import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { compact, compactOrNone, type Json } from '../definition/json';
import type { DeploymentSpecFields } from '../definition/kubernetes-fields.generated';
import { mergeFields } from '../definition/pass-through';
import type { PodDefinition } from '../definition/pod-definition';
import type { Replicas } from '../definition/replicas';
import type { RollingUpdate } from '../definition/rolling-update';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { renderPodTemplate } from '../pods/pod-template';
import { defineManifest, type Owner, ownerLabels, selectorLabels } from '../synthesis/manifest';

/** What a Deployment is made from; read when it renders. */
export interface DeploymentDefinition {
  readonly name: string;
  readonly owner: Owner;
  readonly replicas: () => Replicas;
  readonly rollingUpdate: RollingUpdate;
  readonly fields?: DeploymentSpecFields;
  readonly pod: (decisions: Decisions, report: Report) => PodDefinition;
}

const REVISION_HISTORY_LIMIT = 5;
const REVISION_LABEL = 'pod-template-hash';
const COUNT_OR_PERCENTAGE = /^(\d+|\d{1,3}%)$/;

/** Pods that are replaced one by one when their definition changes. */
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
    this.apiObject = defineManifest(this, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: definition.name,
      owner: definition.owner,
      fields: { spec: (report, decisions) => this.renderSpec(report, decisions) },
    });
  }

  private renderSpec(report: Report, decisions: Decisions): Json {
    const { name, owner, replicas, rollingUpdate, fields, pod } = this.definition;
    const selector = selectorLabels(owner);
    const minimum = replicas()._minimum;
    const template = renderPodTemplate(pod(decisions, report), {
      serviceName: name,
      decisions,
      labels: ownerLabels(this, owner, decisions),
      spread: { selector, several: minimum === undefined || minimum > 1, revisionLabel: REVISION_LABEL },
    }, report);
    return mergeFields('DeploymentSpec', compact({
      replicas: replicas()._render(within(report, 'replicas')),
      revisionHistoryLimit: REVISION_HISTORY_LIMIT,
      minReadySeconds: rollingUpdate.minReadySeconds,
      progressDeadlineSeconds: rollingUpdate.progressDeadlineSeconds,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: renderRollingUpdate(rollingUpdate, within(report, 'rollingUpdate')) },
      template,
    }), fields, decisions.kubernetesVersion._minor, within(report, 'deploymentFields'));
  }
}

function renderRollingUpdate(options: RollingUpdate, report: Report): Json | undefined {
  const maxUnavailable = countOrPercentage(options.maxUnavailable ?? '0', 'maxUnavailable', report);
  const maxSurge = countOrPercentage(options.maxSurge ?? '1', 'maxSurge', report);
  if (isNothing(maxUnavailable) && isNothing(maxSurge)) {
    report({
      code: 'conflicting-options',
      property: 'maxSurge',
      message: 'With no pod missing and none beyond the wanted number, no pod can ever be replaced.',
      remedy: "Write maxSurge: '1'.",
    });
  }
  return compactOrNone({ maxUnavailable, maxSurge });
}

function isNothing(value: string | number): boolean {
  return value === 0 || value === '0%';
}

function countOrPercentage(text: string, property: string, report: Report): string | number {
  if (!COUNT_OR_PERCENTAGE.test(text)) {
    report({ code: 'invalid-value', property, message: `'${text}' is neither a number of pods nor a percentage.`, remedy: "Write for example '1' or '25%'." });
  }
  return /^\d+$/.test(text) ? Number(text) : text;
}
