import { compact } from './json';
import { checkQuantity, QuantityKind } from './quantity';
import { type Report } from '../diagnostics/report';

/** Amounts of what containers use. Quantities are spelled as in Kubernetes. */
export interface ResourceAmounts {
  /**
   * CPU, for example `500m`.
   *
   * @default - not said
   */
  readonly cpu?: string;
  /**
   * Memory, for example `256Mi`.
   *
   * @default - not said
   */
  readonly memory?: string;
  /**
   * Disk space for logs, the writable layer and `emptyDir`, for example `1Gi`.
   *
   * @default - not said
   */
  readonly ephemeralStorage?: string;
}

/** The property of each resource, as Kubernetes names it. */
export const AMOUNTS = { 'cpu': 'cpu', 'memory': 'memory', 'ephemeral-storage': 'ephemeralStorage' } as const;

/** The names that Kubernetes gives the resources. */
export type ResourceName = keyof typeof AMOUNTS;

export const RESOURCE_NAMES = Object.keys(AMOUNTS) as ResourceName[];

/** The amounts by the names that Kubernetes gives them. */
export function amountsByName(amounts: ResourceAmounts = {}): { [resource: string]: string } {
  return compact(Object.fromEntries(RESOURCE_NAMES.map(name => [name, amounts[AMOUNTS[name]]])));
}

/** Reports amounts that are no quantities. */
export function checkAmounts(amounts: ResourceAmounts = {}, report: Report): void {
  for (const name of RESOURCE_NAMES) {
    const amount = amounts[AMOUNTS[name]];
    if (amount !== undefined) {
      checkQuantity(amount, name === 'cpu' ? QuantityKind.CPU : QuantityKind.BYTES, AMOUNTS[name], report);
    }
  }
}
