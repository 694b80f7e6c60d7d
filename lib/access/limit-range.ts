import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { compact, compactOrNone, compareStrings, type Json } from '../definition/json';
import { checkQuantity, parseQuantity, QuantityKind } from '../definition/quantity';
import { amountsByName, checkAmounts, type ResourceAmounts } from '../definition/resource-amounts';
import type { Resources } from '../definition/resources';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** What single containers and claims of a namespace may use, and what containers get that do not say. */
export interface LimitRangeOptions {
  /**
   * Requests and limits of containers that state none. `Resources.none()` leaves them without.
   *
   * @default - those of the platform
   */
  readonly defaults?: Resources;
  /**
   * The least that a container may request.
   *
   * @default - no minimum
   */
  readonly min?: ResourceAmounts;
  /**
   * The most that a container may use. It is also the limit of a container that states none, unless `defaults` say another: with
   * a maximum of CPU, containers without a CPU limit are throttled there.
   *
   * @default - no maximum
   */
  readonly max?: ResourceAmounts;
  /**
   * The smallest volume claim, for example `1Gi`.
   *
   * @default - no minimum
   */
  readonly minStorage?: string;
  /**
   * The largest volume claim, for example `100Gi`.
   *
   * @default - no maximum
   */
  readonly maxStorage?: string;
}

/** Requests and limits by resource name. */
export interface ContainerDefaults {
  readonly requests: { readonly [resource: string]: string };
  readonly limits: { readonly [resource: string]: string };
}

/** Bounds and defaults for the containers and volume claims of a namespace. */
export class LimitRange extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, namespace: string, owner: Owner, options: LimitRangeOptions): LimitRange {
    return new LimitRange(scope, id, namespace, owner, options);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the LimitRange. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, namespace: string, owner: Owner, options: LimitRangeOptions) {
    super(scope, id);
    this.name = 'limits';
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'LimitRange',
      name: this.name,
      namespace,
      owner,
      fields: {
        spec: (report, decisions) => {
          check(options, decisions, within(report, 'limits'));
          return { limits: render(options, decisions) };
        },
      },
    });
  }
}

/**
 * What the API server gives containers that do not say: it fills limits in from the maxima, and requests from the limits and the minima.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function containerDefaults(options: LimitRangeOptions, decisions: Decisions): ContainerDefaults {
  const defaults = options.defaults ?? decisions.resources;
  const limits = { ...amountsByName(options.max), ...defaults.limits };
  return { limits, requests: { ...amountsByName(options.min), ...limits, ...defaults.requests } };
}

function render(options: LimitRangeOptions, decisions: Decisions): Json[] {
  const { defaults = decisions.resources, min, max, minStorage, maxStorage } = options;
  const container = compactOrNone({ default: defaults.limits, defaultRequest: defaults.requests, min: amountsByName(min), max: amountsByName(max) });
  const claim = compactOrNone({ min: compact({ storage: minStorage }), max: compact({ storage: maxStorage }) });
  return [
    ...container ? [{ type: 'Container', ...container }] : [],
    ...claim ? [{ type: 'PersistentVolumeClaim', ...claim }] : [],
  ];
}

function check(options: LimitRangeOptions, decisions: Decisions, report: Report): void {
  const { defaults = decisions.resources, min, max, minStorage, maxStorage } = options;
  defaults._render(within(report, 'defaults'));
  checkAmounts(min, within(report, 'min'));
  checkAmounts(max, within(report, 'max'));
  for (const [property, storage] of [['minStorage', minStorage], ['maxStorage', maxStorage]] as const) {
    if (storage !== undefined) {
      checkQuantity(storage, QuantityKind.BYTES, property, report);
    }
  }
  if (render(options, decisions).length === 0) {
    report({ code: 'invalid-value', message: 'The limits neither bound nor default anything.', remedy: "Write 'min', 'max' or 'defaults', or leave 'limits' out." });
  }
  checkOrder(options, defaults, report);
}

function checkOrder({ min, max, minStorage, maxStorage }: LimitRangeOptions, defaults: Resources, report: Report): void {
  const [least, most] = [{ ...amountsByName(min), storage: minStorage }, { ...amountsByName(max), storage: maxStorage }] as
    { [resource: string]: string | undefined }[];
  for (const resource of [...new Set([...Object.keys(least), ...Object.keys(most)])].sort(compareStrings)) {
    if (isAbove(least[resource], most[resource])) {
      report({
        code: 'invalid-quantity',
        property: resource === 'storage' ? 'minStorage' : 'min',
        message: `The least ${resource}, '${least[resource]}', is above the most, '${most[resource]}'.`,
        remedy: 'Lower the minimum or raise the maximum.',
      });
    }
    for (const [what, amount] of [['request', defaults.requests[resource]], ['limit', defaults.limits[resource]]] as const) {
      const tooMuch = isAbove(amount, most[resource]);
      if (tooMuch || isAbove(least[resource], amount)) {
        report({
          code: 'invalid-quantity',
          property: 'defaults',
          message: `Containers that state no ${resource} ${what} get '${amount}', which is ${tooMuch ? `above the most, '${most[resource]}'` : `below the least, '${least[resource]}'`}.`,
          remedy: "Write 'defaults' that lie within 'min' and 'max'.",
        });
      }
    }
  }
}

function isAbove(a: string | undefined, b: string | undefined): boolean {
  const [left, right] = [a, b].map(text => text === undefined ? undefined : parseQuantity(text));
  return left !== undefined && right !== undefined && left > right;
}
