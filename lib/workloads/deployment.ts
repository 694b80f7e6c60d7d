import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { compact, compactOrNone, type Json } from '../definition/json';
import type { DeploymentSpecFields } from '../definition/kubernetes-fields.generated';
import { mergeFields } from '../definition/pass-through';
import { parsePodCount, podsOf } from '../definition/pod-count';
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
/** What Kubernetes takes where nobody says it. */
const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;

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
    const template = renderPodTemplate(pod(decisions, report), {
      serviceName: name,
      decisions,
      labels: ownerLabels(this, owner, decisions),
      spread: { selector, several: !replicas()._isSingle, revisionLabel: REVISION_LABEL },
    }, report);
    const ofUpdate = within(report, 'rollingUpdate');
    checkSeconds(rollingUpdate, ofUpdate);
    return mergeFields('DeploymentSpec', compact({
      replicas: replicas()._render(within(report, 'replicas')),
      revisionHistoryLimit: REVISION_HISTORY_LIMIT,
      minReadySeconds: rollingUpdate.minReadySeconds,
      progressDeadlineSeconds: rollingUpdate.progressDeadlineSeconds,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: renderRollingUpdate(rollingUpdate, ofUpdate) },
      template,
    }), fields, decisions.kubernetesVersion._minor, within(report, 'deploymentFields'));
  }
}

function renderRollingUpdate(options: RollingUpdate, report: Report): Json | undefined {
  const maxUnavailable = parsePodCount(options.maxUnavailable ?? '0', 'maxUnavailable', report);
  const maxSurge = parsePodCount(options.maxSurge ?? '1', 'maxSurge', report);
  if (typeof maxUnavailable === 'string' && podsOf(maxUnavailable, 100) > 100) {
    report({ code: 'invalid-value', property: 'maxUnavailable', message: `${maxUnavailable} of the pods are more than all.`, remedy: "Write at most '100%'." });
  }
  if (podsOf(maxUnavailable, 100) === 0 && podsOf(maxSurge, 100) === 0) {
    report({
      code: 'conflicting-options',
      property: 'maxSurge',
      message: 'With no pod missing and none beyond the wanted number, no pod can ever be replaced.',
      remedy: "Write maxSurge: '1'.",
    });
  }
  return compactOrNone({ maxUnavailable, maxSurge });
}

function checkSeconds({ minReadySeconds, progressDeadlineSeconds }: RollingUpdate, report: Report): void {
  const invalid = Object.entries({ minReadySeconds, progressDeadlineSeconds })
    .filter(([, seconds]) => seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 0));
  for (const [property, seconds] of invalid) {
    report({ code: 'invalid-value', property, message: `${seconds} is not a number of seconds.`, remedy: 'Write a whole number of at least 0.' });
  }
  const deadline = progressDeadlineSeconds ?? DEFAULT_PROGRESS_DEADLINE_SECONDS;
  if (invalid.length === 0 && (minReadySeconds ?? 0) >= deadline) {
    report({
      code: 'conflicting-options',
      property: progressDeadlineSeconds === undefined ? 'minReadySeconds' : 'progressDeadlineSeconds',
      message: `A rollout has failed after ${deadline} seconds, when no new pod can have been ready for ${minReadySeconds ?? 0}.`,
      remedy: `Let progressDeadlineSeconds be more than ${minReadySeconds ?? 0}, or minReadySeconds less than ${deadline}.`,
    });
  }
}
