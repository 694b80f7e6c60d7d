import type { ContainerResources } from 'cdk8s-plus-27';
import { compactOrNone, defined, type Json } from './json';
import { checkQuantity, parseQuantity, QuantityKind } from './quantity';
import { type Report, within } from '../diagnostics/report';

/** CPU, memory and ephemeral storage, requested and limited. Quantities are spelled as in Kubernetes. */
export interface ResourceOptions {
  /**
   * CPU that is set aside for the container, for example `100m`.
   *
   * @default - no request
   */
  readonly cpu?: string;
  /**
   * CPU that the container cannot exceed; it is throttled there.
   *
   * @default - no limit: an idle node's cycles are free, and throttling shows as latency
   */
  readonly cpuLimit?: string;
  /**
   * Memory that is set aside for the container, for example `256Mi`.
   *
   * @default - no request
   */
  readonly memory?: string;
  /**
   * Memory at which the container is killed.
   *
   * @default - the same as `memory`, so that a node never runs out of what it promised
   */
  readonly memoryLimit?: string;
  /**
   * Disk space for logs, the writable layer and `emptyDir` that is set aside.
   *
   * @default 64Mi
   */
  readonly ephemeralStorage?: string;
  /**
   * Disk space at which the pod is evicted.
   *
   * @default - 256Mi, or `ephemeralStorage` where that is more
   */
  readonly ephemeralStorageLimit?: string;
}

/** What every container of a service asks for, by resource name. */
export interface ExactResources {
  /**
   * Requests by resource name, for example `{ cpu: '100m', 'nvidia.com/gpu': '1' }`.
   *
   * @default - none
   */
  readonly requests?: { [resource: string]: string };
  /**
   * Limits by resource name.
   *
   * @default - none
   */
  readonly limits?: { [resource: string]: string };
}

/** CPU and memory of the Guaranteed class. */
export interface GuaranteedResources {
  /** CPU, requested and limited. */
  readonly cpu: string;
  /** Memory, requested and limited. */
  readonly memory: string;
}

/** The quality-of-service class that Kubernetes derives from requests and limits. */
export enum QualityOfService {
  /** Requests equal limits: evicted last. */
  GUARANTEED = 'Guaranteed',
  /** Some requests or limits. */
  BURSTABLE = 'Burstable',
  /** Neither: evicted first. */
  BEST_EFFORT = 'BestEffort',
}

const DEFAULT_EPHEMERAL = '64Mi';
const DEFAULT_EPHEMERAL_LIMIT = '256Mi';

/**
 * The resources of a container.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export class Resources {
  /**
   * Requests, with a memory limit equal to the memory request and no CPU limit unless they are given: class Burstable.
   *
   * Diagnostics: `invalid-quantity`, `request-above-limit`.
   */
  public static of(options: ResourceOptions): Resources {
    const memoryLimit = options.memoryLimit ?? options.memory;
    const ephemeral = options.ephemeralStorage ?? DEFAULT_EPHEMERAL;
    return new Resources(
      defined({ 'cpu': options.cpu, 'memory': options.memory, 'ephemeral-storage': ephemeral }),
      defined({ 'cpu': options.cpuLimit, 'memory': memoryLimit, 'ephemeral-storage': options.ephemeralStorageLimit ?? larger(ephemeral, DEFAULT_EPHEMERAL_LIMIT) }),
    );
  }

  /** Requests that equal the limits: class Guaranteed, evicted last and given whole cores by a static CPU manager. */
  public static guaranteed(options: GuaranteedResources): Resources {
    const both = { 'cpu': options.cpu, 'memory': options.memory, 'ephemeral-storage': DEFAULT_EPHEMERAL_LIMIT };
    return new Resources(both, { ...both });
  }

  /** Exactly these requests and limits, extended resources included; nothing is added. */
  public static exactly(resources: ExactResources): Resources {
    return new Resources({ ...resources.requests }, { ...resources.limits });
  }

  /** The resources of a cdk8s-plus container. */
  public static fromContainerResources(resources: ContainerResources): Resources {
    const size = (value?: { toKibibytes(): number }) => value && `${value.toKibibytes()}Ki`;
    return new Resources(
      defined({ 'cpu': resources.cpu?.request?.amount, 'memory': size(resources.memory?.request), 'ephemeral-storage': size(resources.ephemeralStorage?.request) }),
      defined({ 'cpu': resources.cpu?.limit?.amount, 'memory': size(resources.memory?.limit), 'ephemeral-storage': size(resources.ephemeralStorage?.limit) }),
    );
  }

  /** No requests and no limits: class BestEffort, the first to be evicted. */
  public static none(): Resources {
    return new Resources({}, {});
  }

  private constructor(
    private readonly requestMap: { readonly [resource: string]: string },
    private readonly limitMap: { readonly [resource: string]: string },
  ) {}

  /** The requests by resource name. */
  public get requests(): { [resource: string]: string } {
    return { ...this.requestMap };
  }

  /** The limits by resource name. */
  public get limits(): { [resource: string]: string } {
    return { ...this.limitMap };
  }

  /** The class that Kubernetes gives a pod whose containers all have these resources. */
  public get qualityOfService(): QualityOfService {
    const { cpu, memory } = this.limitMap;
    const compute = [this.requestMap, this.limitMap].flatMap(map => [map.cpu, map.memory]).filter(value => value !== undefined);
    if (compute.length === 0) {
      return QualityOfService.BEST_EFFORT;
    }
    // A limit without a request stands for both.
    const same = (name: string, limit?: string) =>
      limit !== undefined && parseQuantity(this.requestMap[name] ?? limit) === parseQuantity(limit);
    return same('cpu', cpu) && same('memory', memory) ? QualityOfService.GUARANTEED : QualityOfService.BURSTABLE;
  }

  /** @internal */
  public _render(report: Report): Json | undefined {
    const limits = checkedAmounts(this.limitMap, within(report, 'limits'));
    const requests = checkedAmounts(this.requestMap, within(report, 'requests'));
    for (const [name, request] of requests) {
      const limit = limits.get(name);
      if (limit !== undefined && request > limit) {
        report({
          code: 'request-above-limit',
          property: `requests.${name}`,
          message: `The request '${this.requestMap[name]}' is above the limit '${this.limitMap[name]}'.`,
          remedy: 'Raise the limit or lower the request.',
        });
      }
    }
    return compactOrNone({ requests: { ...this.requestMap }, limits: { ...this.limitMap } });
  }

  /**
   * The memory limit in bytes.
   *
   * @internal
   */
  public get _memoryLimitBytes(): number | undefined {
    return this.limitMap.memory === undefined ? undefined : parseQuantity(this.limitMap.memory);
  }
}

function checkedAmounts(map: { readonly [resource: string]: string }, report: Report): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const [name, text] of Object.entries(map)) {
    const kind = name === 'cpu' ? QuantityKind.CPU : name === 'memory' || name.endsWith('storage') || name.startsWith('hugepages-') ? QuantityKind.BYTES : QuantityKind.COUNT;
    const amount = checkQuantity(text, kind, name, report);
    if (amount !== undefined) {
      amounts.set(name, amount);
    }
  }
  return amounts;
}

function larger(a: string, b: string): string {
  return (parseQuantity(a) ?? 0) > (parseQuantity(b) ?? 0) ? a : b;
}
