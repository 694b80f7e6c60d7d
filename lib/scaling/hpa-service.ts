import { Chart } from 'cdk8s';
import type { IScalable } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HorizontalPodAutoscaler, type ScaleTarget } from './horizontal-pod-autoscaler';
import { asScalableService } from './scalable-service';
import type { HorizontalPodAutoscalerSpecFields } from '../definition/kubernetes-fields.generated';
import { NameRule } from '../definition/naming';
import { type Port, Protocol } from '../definition/port';
import type { AutoscalingOptions } from '../definition/replicas';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report } from '../diagnostics/report';
import { Environment } from '../platform/environment';
import { claim } from '../synthesis/claims';
import { type Owner } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';
import { toRouteBackend } from '../traffic/route-backends';
import { Service, type ServiceOptions } from '../traffic/service';

/** A workload that is not defined in this app, or not by a construct. */
export interface ExistingWorkload {
  /** Its name. */
  readonly name: string;
  /**
   * Its kind.
   *
   * @default Deployment
   */
  readonly kind?: string;
  /**
   * Its API version.
   *
   * @default apps/v1
   */
  readonly apiVersion?: string;
}

/** A Service and an autoscaler for a workload; exactly one of `target` and `existing`. */
export interface HpaServiceProps {
  /**
   * The workload: a service of this library, or a Deployment or StatefulSet of cdk8s-plus.
   *
   * @default - `existing` names it
   */
  readonly target?: IScalable;
  /**
   * A workload by its name; `selector` and `ports` are required then.
   *
   * @default - `target` is it
   */
  readonly existing?: ExistingWorkload;
  /** Bounds and targets of the autoscaler; over a service of this library they replace its own. */
  readonly scaling: AutoscalingOptions;
  /**
   * How the Service offers its ports.
   *
   * @default - inside the cluster alone
   */
  readonly service?: ServiceOptions;
  /**
   * The name of both objects.
   *
   * @default - the id; a service of this library keeps its own
   */
  readonly name?: string;
  /**
   * The labels that select the pods.
   *
   * @default - those of `target`
   */
  readonly selector?: { [label: string]: string };
  /**
   * The ports; over a service of this library they are added to its own.
   *
   * @default - those of the containers of `target`
   */
  readonly ports?: Port[];
  /**
   * Any field of the autoscaler's spec that has no property of its own; merged last. Not over a service of this library.
   *
   * @default - none
   */
  readonly autoscalerFields?: HorizontalPodAutoscalerSpecFields;
}

/**
 * A Service and a HorizontalPodAutoscaler in front of any workload.
 *
 * Use `Replicas.autoscaled` for a service that you define yourself: it says the same in one line. Use this one where the workload comes from
 * somewhere else (a cdk8s-plus Deployment, a Helm chart), or where another team decides how a service of this library is scaled and offered.
 *
 * Over a service of this library it reuses that Service and replaces its autoscaler's settings; over anything else it makes both objects.
 *
 * Diagnostics: `conflicting-options`, `duplicate-autoscaler`, `unknown-port`, `min-above-max`, `invalid-replicas`, `metric-without-request`.
 *
 * @example
 * new HpaService(chart, 'legacy', {
 *   existing: { name: 'legacy' },
 *   selector: { app: 'legacy' },
 *   ports: [{ name: 'http', number: 8080, servicePort: 80 }],
 *   scaling: { min: 2, max: 10, cpuUtilization: 50 },
 * });
 */
export class HpaService extends Construct implements IRoutable {
  /** The Service. */
  public readonly service: Service;
  /** The autoscaler. */
  public readonly autoscaler: HorizontalPodAutoscaler;
  /** The name of the Service. */
  public readonly name: string;

  public constructor(scope: Construct, id: string, props: HpaServiceProps) {
    super(scope, id);
    const ours = props.target && asScalableService(props.target);
    if (ours) {
      ours._adjustService(props.service ?? {}, props.ports ?? []);
      this.service = ours.service;
      this.autoscaler = ours.addScaling(props.scaling);
      this.name = ours.service.name;
      Diagnostics._check(this, report => checkOverOurs(props, report));
      return;
    }
    this.name = nameOf(this, props.name);
    // A cdk8s-plus workload leaves `replicas` to the autoscaler once it knows of it.
    props.target?.markHasAutoscaler();
    const target = scaleTarget(props);
    const owner: Owner = { name: this.name, component: 'service', construct: this, nameRule: NameRule.SERVICE };
    this.service = Service._create(this, 'service', {
      name: this.name,
      owner,
      selector: props.selector ?? selectorOf(props.target),
      ports: () => props.ports ?? portsOf(props.target),
      options: () => props.service ?? {},
    });
    const claims = claim(this, autoscalerKey(this, target));
    this.autoscaler = HorizontalPodAutoscaler._create(this, 'autoscaler', {
      name: this.name,
      owner,
      target,
      scaling: () => props.scaling,
      property: () => 'scaling',
      ...props.autoscalerFields && { fields: props.autoscalerFields },
      check: report => reportSecondAutoscaler(claims[0] === this ? undefined : claims[0].node.path, target, report),
    });
    Diagnostics._check(this, report => checkForeign(props, report));
  }

  public toRouteBackend(port?: string): RouteBackend {
    return toRouteBackend(this.name, this.service._ports, port);
  }
}

/** What an autoscaler claims: the object that it changes. */
export function autoscalerKey(construct: Construct, target: ScaleTarget): string {
  const namespace = Chart.of(construct).namespace ?? '';
  return ['autoscaler', Environment.of(construct)?.name ?? '', namespace, target.kind, target.name].join('\n');
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

function scaleTarget(props: HpaServiceProps): ScaleTarget {
  if (props.target) {
    const { apiVersion, kind, name } = props.target.toScalingTarget();
    return { apiVersion, kind, name };
  }
  return {
    apiVersion: props.existing?.apiVersion ?? 'apps/v1',
    kind: props.existing?.kind ?? 'Deployment',
    name: props.existing?.name ?? '',
  };
}

/** Workloads of cdk8s-plus say how their pods are selected, though their interface does not. */
function selectorOf(target: IScalable | undefined): { [label: string]: string } {
  return { ...(target as { matchLabels?: { [label: string]: string } } | undefined)?.matchLabels };
}

function portsOf(target: IScalable | undefined): Port[] {
  return (target?.toScalingTarget().containers ?? []).flatMap(container => container.ports.map(port => ({
    number: port.number,
    ...port.name !== undefined && { name: port.name },
    ...port.protocol !== undefined && { protocol: port.protocol as string as Protocol },
  })));
}

function checkOverOurs(props: HpaServiceProps, report: Report): void {
  for (const property of ['selector', 'name', 'existing', 'autoscalerFields'] as const) {
    if (props[property] !== undefined) {
      report({
        code: 'conflicting-options',
        property,
        message: `The target is a service of this library, which says ${property === 'existing' ? 'itself what is scaled' : `its ${property} itself`}.`,
        remedy: `Leave '${property}' out, or say it where the service is defined.`,
      });
    }
  }
}

function checkForeign(props: HpaServiceProps, report: Report): void {
  if ((props.target === undefined) === (props.existing === undefined)) {
    report({
      code: 'conflicting-options',
      property: 'target',
      message: props.target ? "Both 'target' and 'existing' are given." : 'Nothing says which workload is scaled.',
      remedy: "Write either 'target' (a construct) or 'existing' (a name).",
    });
  }
  const replicas = props.target?.toScalingTarget().replicas;
  if (replicas !== undefined) {
    report({
      code: 'conflicting-options',
      property: 'target',
      message: `The workload asks for ${replicas} replicas, and each time it is applied it undoes what the autoscaler decided.`,
      remedy: "Leave 'replicas' out of the workload.",
    });
  }
  if (Object.keys(props.selector ?? selectorOf(props.target)).length === 0) {
    report({
      code: 'invalid-value',
      property: 'selector',
      message: 'Nothing says which pods the Service leads to.',
      remedy: "Write the labels of the pods: selector: { app: '…' }.",
    });
  }
}
