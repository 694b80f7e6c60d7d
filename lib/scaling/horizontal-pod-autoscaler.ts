import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ScaleTarget } from './scale-target';
import { type Json } from '../definition/json';
import { mergeFields } from '../definition/pass-through';
import { parseQuantity } from '../definition/quantity';
import { Autoscaling, type AutoscalingOptions } from '../definition/replicas';
import type { Resources } from '../definition/resources';
import { type Report, silent, within } from '../diagnostics/report';
import { type Decisions, Platform } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** What one container of the target requests. */
export interface ScaledContainer {
  readonly name: string;
  readonly resources: Resources;
  /** Whether the memory limit of the program follows that of the container, as GOMEMLIMIT does. */
  readonly memoryFollowsLimit?: () => boolean;
}

/** Bounds and targets, and where the user wrote them. */
export interface ScalingSettings {
  readonly options: AutoscalingOptions;
  /** The property of the owner; nothing where another construct gave them, and answers for them. */
  readonly property?: string;
}

/** What an autoscaler is made from; read when it renders. */
export interface HorizontalPodAutoscalerDefinition {
  readonly name: string;
  readonly owner: Owner;
  readonly target: ScaleTarget;
  readonly settings: () => ScalingSettings;
  /** The containers of the target; nothing where they are not known. */
  readonly containers?: (decisions: Decisions) => readonly ScaledContainer[];
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
      fields: {
        spec: (report, decisions) => {
          const { property } = definition.settings();
          return this.renderSpec(decisions, property === undefined ? silent : within(report, property));
        },
      },
    });
  }

  /**
   * Reports what is wrong with settings that another construct gave.
   *
   * @internal
   */
  public _checkSettings(report: Report): void {
    this.renderSpec(Platform._decisions(this), report);
  }

  private renderSpec(decisions: Decisions, report: Report): Json {
    const { target, settings, containers } = this.definition;
    const { options } = settings();
    const autoscaling = new Autoscaling(options);
    if (containers) {
      checkRequests(autoscaling, containers(decisions), report);
    }
    return mergeFields('HorizontalPodAutoscalerSpec', {
      scaleTargetRef: { ...target },
      ...autoscaling.render(report),
    }, options.fields, decisions.kubernetesVersion._minor, within(report, 'fields'));
  }
}

/** A share of a request cannot be computed where a container makes none. */
function checkRequests(autoscaling: Autoscaling, containers: readonly ScaledContainer[], report: Report): void {
  autoscaling.metrics.forEach(placed => {
    const compared = placed.metric._comparesWith;
    if (!compared) {
      return;
    }
    const here = placed.within(report);
    const looked = compared.container === undefined ? containers : containers.filter(({ name }) => name === compared.container);
    if (looked.length === 0 && compared.container !== undefined) {
      here({
        code: 'invalid-value',
        message: `The pods have no container '${compared.container}'.`,
        remedy: `Name one of ${containers.map(({ name }) => `'${name}'`).join(', ')}.`,
      });
    }
    for (const { name, resources, memoryFollowsLimit } of looked) {
      // A limit without a request is the request.
      const request = resources.requests[compared.resource] ?? resources.limits[compared.resource];
      if (request === undefined) {
        here({
          code: 'metric-without-request',
          message: `The autoscaler compares ${compared.resource} with what '${name}' requests, and it requests none.`,
          remedy: `Give '${name}' a ${compared.resource} request (Resources.of({ ${compared.resource}: '…' })), or use ScalingMetric.${compared.resource}Average().`,
        });
      } else if (compared.resource === 'memory' && memoryFollowsLimit?.()) {
        checkMemory(request, resources, name, here);
      }
    }
  });
}

/** The Go runtime fills memory up to its limit before it collects, whatever the request is. */
function checkMemory(request: string, resources: Resources, name: string, report: Report): void {
  const limit = resources.limits.memory;
  if (limit !== undefined && (parseQuantity(limit) ?? 0) > (parseQuantity(request) ?? 0)) {
    report({
      code: 'memory-metric-above-request',
      message: `'${name}' may use memory up to its limit '${limit}' before Go collects garbage (GOMEMLIMIT), so its use stays above the request '${request}' and the autoscaler never shrinks.`,
      remedy: 'Scale on CPU, or make the memory request equal to the limit.',
    });
  }
}
