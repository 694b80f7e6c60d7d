import { Chart } from 'cdk8s';
import type { IScalable } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { foreignAutoscaler } from './foreign-autoscaler';
import { HorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import { asScalableService, isUnofferedWorkload, type ScalableService } from './scalable-service';
import { autoscalerKey, reportSecondAutoscaler, type ScaleTarget } from './scale-target';
import { checkLabels, checkReference, NameRule } from '../definition/naming';
import { type Port, Protocol } from '../definition/port';
import type { AutoscalingOptions } from '../definition/replicas';
import { Resources } from '../definition/resources';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import { claim } from '../synthesis/claims';
import { type Owner } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';
import { routeServiceAnnotations } from '../traffic/ingress/backend-uses';
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
   * How the Service offers its ports; over a service of this library each option given here takes the place of its own.
   *
   * @default - inside the cluster alone; as the service of this library says it
   */
  readonly service?: ServiceOptions;
  /**
   * The name of both objects.
   *
   * @default - the id; a service of this library keeps its own
   */
  readonly name?: string;
  /**
   * The labels that select the pods. A service of this library says them itself.
   *
   * @default - those of `target`
   */
  readonly selector?: { [label: string]: string };
  /**
   * The ports. A service of this library says them itself.
   *
   * @default - those of the containers of `target`
   */
  readonly ports?: Port[];
}

/**
 * A Service and a HorizontalPodAutoscaler in front of any workload.
 *
 * Use `Replicas.autoscaled` for a service that you define yourself: it says the same in one line. Use this one where the workload comes from
 * somewhere else (a cdk8s-plus Deployment, a Helm chart), or where another team decides how a service of this library is scaled and offered.
 *
 * Over a service of this library it reuses that Service and replaces its autoscaler's settings; over anything else it makes both objects.
 *
 * Diagnostics: `conflicting-options`, `duplicate-autoscaler`, `unknown-port`, `min-above-max`, `invalid-replicas`, `metric-without-request`,
 * `invalid-value`, `invalid-name`, `invalid-label`, and those of the Service's options.
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
  /** What a route leads to: the service of this library behind it, whose network policy it opens, or this. */
  public readonly routedConstruct?: IConstruct;

  public constructor(scope: Construct, id: string, props: HpaServiceProps) {
    super(scope, id);
    const ours = props.target && asScalableService(props.target);
    this.name = ours ? ours.service.name : nameOf(this, props.name);
    this.routedConstruct = ours ?? this;
    if (ours) {
      this.service = ours.service;
      this.autoscaler = ours._scaleBy(this, props.scaling);
      ours._offerWith(props.service ?? {});
      Diagnostics._check(this, report => checkOverOurs(ours, props, report));
    } else {
      const target = scaleTarget(props);
      const owner: Owner = { name: target.name || this.name, component: 'service', construct: this, nameRule: NameRule.SERVICE };
      this.service = makeService(this, owner, props);
      this.autoscaler = makeAutoscaler(this, owner, target, props);
      // A cdk8s-plus workload leaves `replicas` to the autoscaler once it knows of it.
      props.target?.markHasAutoscaler();
      const claims = claim(this, autoscalerKey(this, target));
      Diagnostics._check(this, report => {
        checkForeign(props, report);
        checkNamespace(props.target, Chart.of(this).namespace, report);
        const earlier = claims[0] === this ? foreignAutoscaler(this, target) : claims[0].node.path;
        reportSecondAutoscaler(earlier, target, within(report, props.target ? 'target' : 'existing'));
      });
    }
  }

  public toRouteBackend(port?: string): RouteBackend {
    return toRouteBackend(this.name, this.service._ports, port);
  }
}

function makeService(scope: HpaService, owner: Owner, props: HpaServiceProps): Service {
  return Service._create(scope, 'service', {
    name: scope.name,
    owner,
    selector: () => props.selector ?? selectorOf(props.target),
    ports: () => props.ports ?? portsOf(props.target),
    options: () => props.service ?? {},
    annotations: () => routeServiceAnnotations(scope),
  });
}

function makeAutoscaler(scope: HpaService, owner: Owner, target: ScaleTarget, props: HpaServiceProps): HorizontalPodAutoscaler {
  const { scaling, target: workload } = props;
  return HorizontalPodAutoscaler._create(scope, 'autoscaler', {
    name: scope.name,
    owner,
    target,
    settings: () => ({ options: scaling, property: 'scaling' }),
    ...workload && {
      containers: () => workload.toScalingTarget().containers
        .map(({ name, resources = {} }) => ({ name, resources: Resources.fromContainerResources(resources) })),
    },
  });
}

function scaleTarget(props: HpaServiceProps): ScaleTarget {
  const { apiVersion = 'apps/v1', kind = 'Deployment', name = '' } = props.target?.toScalingTarget() ?? props.existing ?? {};
  return { apiVersion, kind, name };
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

function checkOverOurs(ours: ScalableService, props: HpaServiceProps, report: Report): void {
  for (const property of ['selector', 'ports', 'name', 'existing'] as const) {
    if (props[property] !== undefined) {
      report({
        code: 'conflicting-options',
        property,
        message: `The target is a service of this library, which says ${property === 'existing' ? 'what is scaled' : `its ${property}`} itself.`,
        remedy: `Leave '${property}' out, or say it where the service is defined.`,
      });
    }
  }
  ours.service._checkOptions(props.service ?? {}, report);
}

function checkForeign(props: HpaServiceProps, report: Report): void {
  const { target, existing, selector } = props;
  if ((target === undefined) === (existing === undefined)) {
    report({
      code: 'conflicting-options',
      property: 'target',
      message: target ? "Both 'target' and 'existing' are given." : 'Nothing says which workload is scaled.',
      remedy: "Write either 'target' (a construct) or 'existing' (a name).",
    });
  }
  if (target && isUnofferedWorkload(target)) {
    report({
      code: 'conflicting-options',
      property: 'target',
      message: 'The target is a Worker, which nothing may reach, so no Service can lead to it.',
      remedy: 'Scale it by its own replicas: Replicas.autoscaled(…), or by addScaling(…).',
    });
    return;
  }
  if (existing) {
    checkReference(existing.name, existing.kind ?? 'Deployment', 'existing.name', report);
  }
  const replicas = target?.toScalingTarget().replicas;
  if (replicas !== undefined) {
    report({
      code: 'conflicting-options',
      property: 'target',
      message: `The workload asks for ${replicas} replicas, and the autoscaler decides how many there are.`,
      remedy: "Leave 'replicas' out of the workload.",
    });
  }
  if (Object.keys(selector ?? selectorOf(target)).length === 0) {
    report({
      code: 'invalid-value',
      property: 'selector',
      message: 'Nothing says which pods the Service leads to.',
      remedy: "Write the labels of the pods: selector: { app: '…' }.",
    });
  }
  checkLabels(selector, 'selector', report);
}

/** A Service selects pods of its own namespace, and an autoscaler changes a workload of its own. */
function checkNamespace(target: IScalable | undefined, own: string | undefined, report: Report): void {
  if (!target || !Construct.isConstruct(target)) {
    return;
  }
  const { metadata } = target as { metadata?: { readonly namespace?: string } };
  const namespace = metadata?.namespace ?? Chart.of(target).namespace;
  if (namespace !== own) {
    const say = (name: string | undefined) => name === undefined ? 'no namespace' : `the namespace '${name}'`;
    report({
      code: 'conflicting-options',
      property: 'target',
      message: `The workload has ${say(namespace)}, and what is made here has ${say(own)}; a Service and an autoscaler reach only their own.`,
      remedy: 'Make the HpaService in a chart of that namespace.',
    });
  }
}
