import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Json } from '../definition/json';
import { MAX_NAME } from '../definition/naming';
import { type KubernetesType, mergeFields } from '../definition/pass-through';
import type { PodDefinition } from '../definition/pod-definition';
import type { Report } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { reportWeakened, reviewTemplate } from '../platform/pod-review';
import { type RenderedPods, renderPods } from '../pods/pod-template';
import { defineManifest, type FieldRenderer, type Owner, ownerLabels, selectorLabels } from '../synthesis/manifest';

/** What every object that runs pods is made from; read when it renders. */
export interface ControllerDefinition {
  readonly name: string;
  readonly owner: Owner;
  /** Labels of the object alone. */
  readonly labels?: () => { readonly [label: string]: string };
  /** Annotations of the object alone. */
  readonly annotations?: () => { readonly [annotation: string]: string };
  readonly pod: (decisions: Decisions, report: Report) => PodDefinition;
}

/** Defines the object of a construct that runs pods. */
export function defineController(
  construct: Construct, apiVersion: string, kind: string, definition: ControllerDefinition, spec: FieldRenderer,
): ApiObject {
  const { name, owner, labels, annotations } = definition;
  return defineManifest(construct, { apiVersion, kind, name, owner, ...labels && { labels }, ...annotations && { annotations }, fields: { spec } });
}

/** What a kind of object knows about its pods. */
export interface ControlledPods {
  /** Whether more than one pod may run at a time. */
  readonly several: boolean;
  /** Whether two pods may run at a time for whatever reason, a rollout included. */
  readonly overlapping: boolean;
  /** A label that differs between revisions. */
  readonly revisionLabel?: string;
  /** `Never` or `OnFailure`, for pods that end. */
  readonly restartPolicy?: string;
  /** Whether claims can be made for each pod. */
  readonly claimTemplates?: boolean;
}

/** The pods of an object that runs them. */
export function renderControlled(
  construct: IConstruct, definition: ControllerDefinition, controlled: ControlledPods, decisions: Decisions, report: Report,
): RenderedPods {
  const { name, owner, pod } = definition;
  const { several, revisionLabel, ...pods } = controlled;
  return renderPods(pod(decisions, report), {
    serviceName: name,
    decisions,
    labels: ownerLabels(construct, owner, decisions),
    spread: { selector: selectorLabels(owner), several, ...revisionLabel !== undefined && { revisionLabel } },
    ...pods,
  }, report);
}

/** Merges the user's fields over the spec of an object that runs pods, and reports what they weaken. */
export function mergeSpecFields(
  type: KubernetesType, rendered: Json, fields: object | undefined, decisions: Decisions, report: Report,
): Json {
  const { _minor: minor } = decisions.kubernetesVersion;
  const merged = mergeFields(type, rendered, fields, minor, report);
  if (fields) {
    reportWeakened(reviewTemplate(rendered, minor), reviewTemplate(merged, minor), report);
  }
  return merged;
}

/** The selector of an object that runs pods. */
export function renderSelector(owner: Owner): Json {
  return { matchLabels: selectorLabels(owner) };
}

/** Reports a name that Kubernetes makes longer than it allows, such as that of a label. */
export function checkRoomFor(name: string, suffix: number, what: string, report: Report): void {
  const most = MAX_NAME - suffix;
  if (name.length > most) {
    report({
      code: 'invalid-name',
      property: 'name',
      message: `'${name}' has ${name.length} characters, and ${what} adds ${suffix}.`,
      remedy: `Give a 'name' of at most ${most} characters.`,
    });
  }
}
