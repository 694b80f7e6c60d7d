import { ApiObject, type ApiObjectProps, Chart, Lazy } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { claim } from './claims';
import { layMetadataUnder } from './object-yaml';
import { onceInSynthesis, RenderedObjects } from './rendered-objects';
import { type Json, overlaid } from '../definition/json';
import { checkAnnotations, checkLabels, checkName, NameRule } from '../definition/naming';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent } from '../diagnostics/report';
import { Environment } from '../platform/environment';
import { markOwn } from '../platform/own-objects';
import { type Decisions, Platform } from '../platform/platform';
import { judge, withoutForbidden } from '../platform/policy';

/** Who an object belongs to: what its labels say. */
export interface Owner {
  /** The name of the controller, which its dependants carry as `app.kubernetes.io/instance`. */
  readonly name: string;
  /** What part it plays (`app.kubernetes.io/component`). */
  readonly component: string;
  /** The version that runs, once it is known. */
  readonly version?: () => string | undefined;
  readonly labels?: { readonly [label: string]: string };
  readonly annotations?: { readonly [annotation: string]: string };
  /**
   * The construct that the user made, which findings are about.
   *
   * @default - the construct of the object
   */
  readonly construct?: IConstruct;
  /**
   * The rule that the names of all its objects follow, where one of them is stricter than the others.
   *
   * @default - that of each object
   */
  readonly nameRule?: NameRule;
}

/** Renders one top-level field of a manifest, and reports what is wrong with it; without side effects, since it is run whenever somebody asks. */
export type FieldRenderer = (report: Report, decisions: Decisions) => unknown;

/** An object of the Kubernetes API. */
export interface ManifestOptions {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The name as it is written, where that is known only when the object renders. */
  readonly renderedName?: () => string;
  /** @default NameRule.LABEL */
  readonly nameRule?: NameRule;
  /** Whether it lives in no namespace. */
  readonly clusterScoped?: boolean;
  /** @default - that of the chart */
  readonly namespace?: string;
  readonly owner: Owner;
  /** Labels of this object alone. */
  readonly labels?: () => { readonly [label: string]: string };
  /** Annotations of this object alone. */
  readonly annotations?: () => { readonly [annotation: string]: string };
  /** Whether those who gave these annotations say what is wrong with them. */
  readonly annotationsChecked?: boolean;
  /** Top-level fields beside metadata, each rendered from the model when the object is. */
  readonly fields: { readonly [field: string]: FieldRenderer };
}

const MAKER = Symbol.for('cdk8s-golden-path.Maker');

/** The construct of an object knows that of the user behind it, where that is another. */
type MadeConstruct = IConstruct & { [MAKER]?: IConstruct };

/** The labels that select the pods of an owner; they never change while it lives. */
export function selectorLabels({ name }: Pick<Owner, 'name'>): { [label: string]: string } {
  return { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': name };
}

/** The labels of everything that belongs to an owner. */
export function ownerLabels(construct: IConstruct, owner: Owner, decisions: Decisions): { readonly [label: string]: string } {
  const compute = () => ({ decisions, labels: computeLabels(construct, owner, decisions) });
  const known = onceInSynthesis(owner, compute);
  return known.decisions === decisions ? known.labels : compute().labels;
}

function computeLabels(construct: IConstruct, owner: Owner, decisions: Decisions): { readonly [label: string]: string } {
  const version = owner.version?.();
  return Object.freeze({
    ...decisions.labels,
    ...owner.labels,
    ...selectorLabels(owner),
    'app.kubernetes.io/component': owner.component,
    'app.kubernetes.io/part-of': decisions.partOf ?? Chart.of(construct).node.id,
    'app.kubernetes.io/managed-by': 'cdk8s',
    // A tag may be longer or freer than a label.
    ...version !== undefined && { 'app.kubernetes.io/version': version.slice(0, 63).replace(/[^A-Za-z0-9]+$/, '') },
  });
}

/** A field as whoever asks for it outside of our own synthesis gets it. */
class RenderedField {
  public constructor(private readonly construct: IConstruct, private readonly render: FieldRenderer) {}

  public produce(): unknown {
    const { render } = this;
    return render(silent, Platform._decisions(this.construct));
  }
}

/** Makes the ApiObject of a construct; everything but its identity is read from the model when it renders. */
export function defineManifest(construct: Construct, options: ManifestOptions): ApiObject {
  const { apiVersion, kind, name, clusterScoped, namespace, owner, fields } = options;
  const nameRule = owner.nameRule ?? options.nameRule ?? NameRule.LABEL;
  const props: Json = { apiVersion, kind, metadata: namespace === undefined ? { name } : { name, namespace } };
  for (const field of Object.keys(fields)) {
    props[field] = Lazy.any(new RenderedField(construct, fields[field]));
  }
  const apiObject = new ApiObject(construct, 'Resource', props as ApiObjectProps);
  layMetadataUnder(apiObject, own => {
    const decisions = Platform._decisions(construct);
    const annotations = overlaid(decisions.annotations, owner.annotations, options.annotations?.(), own.annotations);
    const metadata: Json = { ...own, labels: overlaid(ownerLabels(construct, owner, decisions), options.labels?.(), own.labels) };
    metadata.annotations = Object.keys(annotations).length > 0 ? annotations : undefined;
    if (options.renderedName) {
      metadata.name = options.renderedName();
    }
    if (clusterScoped) {
      metadata.namespace = undefined;
    }
    return metadata;
  });

  const key = objectKey(construct, apiVersion, kind, clusterScoped ? '' : apiObject.metadata.namespace ?? '', name);
  const claims = claim(construct, key);
  const maker = owner.construct ?? construct;
  if (maker !== construct) {
    (construct as MadeConstruct)[MAKER] = maker;
  }
  Diagnostics._check(maker, report => {
    checkName(options.renderedName?.() ?? name, nameRule, 'name', report);
    const earlier = claims[0];
    if (earlier !== construct) {
      // What makes several objects of one name says it once for all of them.
      const what = owner.construct ? `The name '${name}' is taken` : `There is a ${kind} '${name}'`;
      report({
        code: 'duplicate-name',
        property: 'name',
        message: `${what} in this ${clusterScoped ? 'cluster' : 'namespace'} already, by '${((earlier as MadeConstruct)[MAKER] ?? earlier).node.path}'.`,
        remedy: "Give one of them another 'name'.",
      });
    }
    checkLabels(overlaid(owner.labels ?? {}, options.labels?.()), 'labels', report);
    checkAnnotations(overlaid(owner.annotations ?? {}, options.annotationsChecked ? undefined : options.annotations?.()), 'annotations', report);
    const decisions = Platform._decisions(construct);
    const { policies, kubernetesVersion } = decisions;
    const subject = policies.length > 0 ? { path: maker.node.path, ...subjectNamespace(apiObject) } : undefined;
    const open = subject ? withoutForbidden(report, subject, policies) : report;
    const rendered: Json = {};
    for (const field of Object.keys(fields)) {
      rendered[field] = fields[field](open, decisions);
    }
    RenderedObjects.current?.keep(apiObject, rendered);
    if (subject) {
      judge(apiObject.toJson(), subject, policies, kubernetesVersion._minor, report);
    }
  });
  markOwn(apiObject);
  if (!clusterScoped && namespace === undefined) {
    checkNamespaceOnce(apiObject.chart);
  }
  return apiObject;
}

/** The namespace that an object lies in; that of its chart where it lies in none. */
function subjectNamespace({ kind, metadata, name, chart }: ApiObject): { readonly namespace?: string } {
  const namespace = kind === 'Namespace' ? name : metadata.namespace ?? chart.namespace;
  return namespace === undefined ? {} : { namespace };
}

const NAMESPACE_CHECKED = Symbol.for('cdk8s-golden-path.NamespaceChecked');

function objectKey(construct: IConstruct, apiVersion: string, kind: string, namespace: string, name: string): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return ['object', Environment.of(construct)?.name ?? '', group, kind, namespace, name].join('\n');
}

function checkNamespaceOnce(chart: Chart): void {
  const checked = chart as { [NAMESPACE_CHECKED]?: true };
  if (chart.namespace !== undefined || checked[NAMESPACE_CHECKED]) {
    return;
  }
  checked[NAMESPACE_CHECKED] = true;
  Diagnostics._check(chart, report => report({
    code: 'namespace-missing',
    property: 'namespace',
    message: 'The chart names no namespace, so its objects land in whichever one the caller of kubectl has set.',
    remedy: `Write new Chart(scope, '${chart.node.id}', { namespace: '…' }).`,
  }));
}
