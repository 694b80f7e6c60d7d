import type { Json } from '../definition/json';
import { parseQuantity } from '../definition/quantity';
import type { Report } from '../diagnostics/report';

const DISK = 'ephemeral-storage';
const MEBIBYTE = 2 ** 20;

/**
 * Scratch volumes on disk count against the disk space of their pod, which is evicted where they outgrow it, whatever their own size limits say.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage
 */
export function checkScratchSpace(spec: Json, report: Report): void {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }: Json) => restartPolicy === 'Always');
  const limits = [...spec.containers ?? [], ...sidecars].map(({ resources }: Json) => amount(resources?.limits?.[DISK]));
  const scratch = (spec.volumes ?? []).map(({ emptyDir }: Json) => emptyDir && emptyDir.medium !== 'Memory' ? amount(emptyDir.sizeLimit) ?? 0 : 0);
  if (limits.includes(undefined)) {
    return;
  }
  const [allowed, wanted] = [total(limits as number[]), total(scratch)];
  if (wanted > allowed) {
    report({
      code: 'scratch-above-limit',
      property: 'resources',
      message: `The scratch volumes may hold ${mebibytes(wanted)} together, and the pod is evicted as soon as it uses more than ${mebibytes(allowed)} of disk space.`,
      remedy: 'Raise it by Resources.of({ ephemeralStorageLimit: \'…\' }), or lower the \'sizeLimit\' of the volumes.',
    });
  }
}

function amount(quantity: unknown): number | undefined {
  return quantity === undefined ? undefined : parseQuantity(String(quantity));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, next) => sum + next, 0);
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MEBIBYTE)}Mi`;
}
