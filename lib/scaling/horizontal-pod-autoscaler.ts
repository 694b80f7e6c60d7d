import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Json } from '../definition/json';
import type { HorizontalPodAutoscalerSpecFields } from '../definition/kubernetes-fields.generated';
import { mergeFields } from '../definition/pass-through';
import { parseQuantity } from '../definition/quantity';
import { Autoscaling, type AutoscalingOptions } from '../definition/replicas';
import type { Resources } from '../definition/resources';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** The object that an autoscaler changes. */
export interface ScaleTarget {
  /** The API version, for example `apps/v1`. */
  readonly apiVersion: string;
  /** The kind, for example `Deployment`. */
  readonly kind: string;
  /** The name. */
  readonly name: string;
}

/** What one container of the target requests. */
export interface ScaledContainer {
  readonly name: string;
  readonly resources: Resources;
}

/** What an autoscaler is made from; read when it renders. */
export interface HorizontalPodAutoscalerDefinition {
  readonly name: string;
  readonly owner: Owner;
  readonly target: ScaleTarget;
  readonly scaling: () => AutoscalingOptions;
  /** The property where the user wrote them. */
  readonly property: () => string;
  /** The containers of the target; nothing where they are not known. */
  readonly containers?: (decisions: Decisions) => readonly ScaledContainer[];
  /** Whether the memory limit of the program follows that of the container, as GOMEMLIMIT does. */
  readonly memoryFollowsLimit?: boolean;
  readonly fields?: HorizontalPodAutoscalerSpecFields;
  /** Further checks of who scales the target. */
  readonly check?: (report: Report) => void;
}

/** As many pods as the load asks for (`autoscaling/v2`). */
export class HorizontalPodAutoscaler extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: HorizontalPodAutoscalerDefinition): HorizontalPodAutoscaler {
    return new HorizontalPodAutoscaler(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the HorizontalPodAutoscaler. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: HorizontalPodAutoscalerDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineManifest(this, {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      name: definition.name,
      owner: definition.owner,
      fields: { spec: (report, decisions) => this.renderSpec(report, decisions) },
    });
  }

  private renderSpec(report: Report, decisions: Decisions): Json {
    const { target, scaling, property, containers, memoryFollowsLimit, fields, check } = this.definition;
    const autoscaling = new Autoscaling(scaling());
    const here = within(report, property());
    check?.(here);
    if (containers) {
      checkRequests(autoscaling, containers(decisions), memoryFollowsLimit ?? false, here);
    }
    return mergeFields('HorizontalPodAutoscalerSpec', {
      scaleTargetRef: { ...target },
      ...autoscaling.render(here),
    }, fields, decisions.kubernetesVersion._minor, within(report, 'autoscalerFields'));
  }
}

/** A share of a request cannot be computed where a container makes none. */
function checkRequests(autoscaling: Autoscaling, containers: readonly ScaledContainer[], memoryFollowsLimit: boolean, report: Report): void {
  autoscaling.metrics.forEach((metric, index) => {
    const compared = metric._comparesWith;
    if (!compared) {
      return;
    }
    const property = `metrics[${index}]`;
    const looked = compared.container === undefined ? containers : containers.filter(({ name }) => name === compared.container);
    if (looked.length === 0) {
      report({
        code: 'unknown-field',
        property,
        message: `The pods have no container '${compared.container}'.`,
        remedy: `Name one of ${containers.map(({ name }) => `'${name}'`).join(', ')}.`,
      });
    }
    for (const { name, resources } of looked) {
      // A limit without a request is the request.
      const request = resources.requests[compared.resource] ?? resources.limits[compared.resource];
      if (request === undefined) {
        report({
          code: 'metric-without-request',
          property,
          message: `The autoscaler compares ${compared.resource} with what '${name}' requests, and it requests none.`,
          remedy: `Give '${name}' a ${compared.resource} request (Resources.of({ ${compared.resource}: '…' })), or use ScalingMetric.${compared.resource}Average().`,
        });
      } else if (memoryFollowsLimit && compared.resource === 'memory') {
        checkMemory(request, resources, name, property, report);
      }
    }
  });
}

/** The Go runtime fills memory up to its limit before it collects, whatever the request is. */
function checkMemory(request: string, resources: Resources, name: string, property: string, report: Report): void {
  const limit = resources.limits.memory;
  if (limit !== undefined && (parseQuantity(limit) ?? 0) > (parseQuantity(request) ?? 0)) {
    report({
      code: 'memory-metric-above-request',
      property,
      message: `'${name}' may use memory up to its limit '${limit}' before Go collects garbage (GOMEMLIMIT), so its use stays above the request '${request}' and the autoscaler never shrinks.`,
      remedy: 'Scale on CPU, or make the memory request equal to the limit.',
    });
  }
}
