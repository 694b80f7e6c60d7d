import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { containerDefaults, type LimitRangeOptions } from './limit-range';
import { compact, type Json, sortedEntries } from '../definition/json';
import { checkQuantity, QuantityKind } from '../definition/quantity';
import { AMOUNTS, amountsByName, checkAmounts, RESOURCE_NAMES, type ResourceAmounts, type ResourceName } from '../definition/resource-amounts';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** What all pods of a namespace may use together, and how many objects it may hold. */
export interface ResourceQuotaOptions {
  /**
   * The sum of all requests. A pod that does not state a request which is counted is refused.
   *
   * @default - no bound
   */
  readonly requests?: ResourceAmounts;
  /**
   * The sum of all limits. A pod that does not state a limit which is counted is refused; services have no CPU limit by default.
   *
   * @default - no bound
   */
  readonly limits?: ResourceAmounts;
  /**
   * The sum of all volume claims, for example `100Gi`.
   *
   * @default - no bound
   */
  readonly storage?: string;
  /**
   * The number of pods that have not ended.
   *
   * @default - no bound
   */
  readonly pods?: number;
  /**
   * The number of Services.
   *
   * @default - no bound
   */
  readonly services?: number;
  /**
   * The number of Services of the type LoadBalancer.
   *
   * @default - no bound
   */
  readonly loadBalancers?: number;
  /**
   * The number of node ports.
   *
   * @default - no bound
   */
  readonly nodePorts?: number;
  /**
   * The number of volume claims.
   *
   * @default - no bound
   */
  readonly persistentVolumeClaims?: number;
  /**
   * The number of other objects, as Kubernetes names them, for example `{ 'count/deployments.apps': 20 }`.
   *
   * @default - no bound
   */
  readonly counts?: { [resource: string]: number };
}

const COUNTS = {
  pods: 'pods',
  services: 'services',
  loadBalancers: 'services.loadbalancers',
  nodePorts: 'services.nodeports',
  persistentVolumeClaims: 'persistentvolumeclaims',
} as const;

/** The option of `Resources.of` that states a resource. */
const OPTION = {
  requests: AMOUNTS,
  limits: { 'cpu': 'cpuLimit', 'memory': 'memoryLimit', 'ephemeral-storage': 'ephemeralStorageLimit' },
} as const;

/** What a quota counts without `count/` before it. https://kubernetes.io/docs/concepts/policy/resource-quotas/#object-count-quota */
const STANDARD_COUNTS: readonly string[] = [...Object.values(COUNTS), 'configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas'];

/** Other counts: of a kind, of the volume claims of a storage class, of devices. */
const COUNT = new RegExp(`^(${[
  /count\/[a-z0-9]+(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/,
  /[-a-z0-9.]*[a-z0-9]\.storageclass\.storage\.k8s\.io\/persistentvolumeclaims/,
  /requests\.[a-z0-9][-a-z0-9.]*\/[-a-zA-Z0-9_.]*[a-zA-Z0-9]/,
].map(({ source }) => source).join('|')})$`);

/** A bound on what the pods of a namespace use together. */
export class ResourceQuota extends Construct {
  /** @internal */
  public static _create(
    scope: Construct, id: string, namespace: string, owner: Owner, options: ResourceQuotaOptions, limits?: LimitRangeOptions,
  ): ResourceQuota {
    return new ResourceQuota(scope, id, namespace, owner, options, limits);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the ResourceQuota. */
  public readonly name: string;

  private constructor(
    scope: Construct, id: string, namespace: string, owner: Owner, options: ResourceQuotaOptions, limits?: LimitRangeOptions,
  ) {
    super(scope, id);
    this.name = 'quota';
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      name: this.name,
      namespace,
      owner,
      fields: {
        spec: (report, decisions) => {
          const here = within(report, 'quota');
          check(options, here);
          checkDefaults(options, limits, decisions, here);
          return { hard: render(options) };
        },
      },
    });
  }
}

function render(options: ResourceQuotaOptions): Json {
  const compute = (['requests', 'limits'] as const).flatMap(side =>
    Object.entries(amountsByName(options[side])).map(([resource, amount]) => [`${side}.${resource}`, amount]));
  const counts = Object.entries(COUNTS).map(([property, resource]) => [resource, text(options[property as keyof typeof COUNTS])]);
  return compact({
    ...Object.fromEntries(sortedEntries(options.counts).map(([resource, count]) => [resource, text(count)])),
    ...Object.fromEntries(compute),
    ...Object.fromEntries(counts.filter(([, count]) => count !== undefined)),
    'requests.storage': options.storage,
  });
}

function text(count: number | undefined): string | undefined {
  return count === undefined ? undefined : String(count);
}

function check(options: ResourceQuotaOptions, report: Report): void {
  checkAmounts(options.requests, within(report, 'requests'));
  checkAmounts(options.limits, within(report, 'limits'));
  if (options.storage !== undefined) {
    checkQuantity(options.storage, QuantityKind.BYTES, 'storage', report);
  }
  for (const [property, resource] of Object.entries(COUNTS) as [keyof typeof COUNTS, string][]) {
    checkCount(options[property], property, report);
    if (options[property] !== undefined && options.counts?.[resource] !== undefined) {
      report({
        code: 'conflicting-options',
        property: `counts['${resource}']`,
        message: `'${property}' bounds the same.`,
        remedy: 'Write one of the two.',
      });
    }
  }
  for (const [resource, count] of sortedEntries(options.counts)) {
    checkCount(count, `counts['${resource}']`, report);
    if (!STANDARD_COUNTS.includes(resource) && !COUNT.test(resource)) {
      report({
        code: 'invalid-value',
        property: `counts['${resource}']`,
        message: `'${resource}' is not something that a quota counts.`,
        remedy: COUNT.test(`count/${resource}`)
          ? `Write 'count/${resource}'.`
          : "Write 'count/' and the plural of a kind with its group, for example 'count/deployments.apps'.",
      });
    }
  }
  if (Object.keys(render(options)).length === 0) {
    report({ code: 'invalid-value', message: 'The quota bounds nothing.', remedy: "Write what it bounds, for example { pods: 50 }, or leave 'quota' out." });
  }
}

function checkCount(count: number | undefined, property: string, report: Report): void {
  if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
    report({ code: 'invalid-value', property, message: `${count} is not a number of objects.`, remedy: 'Write a whole number, 0 for none at all.' });
  }
}

/** A quota on a resource makes it compulsory, and what says nothing is refused when its pods are created, which nobody watches. */
function checkDefaults(options: ResourceQuotaOptions, limits: LimitRangeOptions | undefined, decisions: Decisions, report: Report): void {
  const given = limits ? containerDefaults(limits, decisions) : { requests: {}, limits: {} };
  const ofPlatform = containerDefaults({}, decisions);
  for (const side of ['requests', 'limits'] as const) {
    for (const resource of RESOURCE_NAMES.filter(name => options[side]?.[AMOUNTS[name]] !== undefined && !(name in given[side]))) {
      report({
        code: 'quota-without-default',
        property: `${side}.${AMOUNTS[resource]}`,
        message: `The quota refuses pods with a container that states no ${resource} ${side.slice(0, -1)}, and the namespace gives them no default.`,
        remedy: remedyFor(side, resource, limits === undefined && resource in ofPlatform[side]),
      });
    }
  }
}

function remedyFor(side: 'requests' | 'limits', resource: ResourceName, platformKnows: boolean): string {
  const defaults = platformKnows ? 'limits: {} for the defaults of the platform' : `limits: { defaults: Resources.of({ ${OPTION[side][resource]}: '…', … }) }`;
  return `Write ${defaults}, or acknowledge 'quota-without-default' where every container states it.`;
}
