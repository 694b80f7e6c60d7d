import type { Json } from '../definition/json';
import { parseQuantity } from '../definition/quantity';
import type { Report } from '../diagnostics/report';

const DISK = 'ephemeral-storage';
const MEBIBYTE = 2 ** 20;

/** Reports scratch volumes that may outgrow what their pod may use. */
export function checkScratchSpace(spec: Json, report: Report): void {
  checkDisk(spec, report);
  checkMemory(spec, report);
}

/**
 * Scratch volumes on disk count against the disk space of their pod, which is evicted where they outgrow it, whatever their own size limits say.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage
 */
function checkDisk(spec: Json, report: Report): void {
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

/**
 * What lies in memory counts against the memory of the container that writes it, beside the program's own.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
function checkMemory(spec: Json, report: Report): void {
  const sizes = new Map((spec.volumes ?? [])
    .filter(({ emptyDir }: Json) => emptyDir?.medium === 'Memory')
    .map(({ name, emptyDir }: Json) => [name, amount(emptyDir.sizeLimit)]));
  for (const { name, resources, volumeMounts = [] } of [...spec.containers ?? [], ...spec.initContainers ?? []] as Json[]) {
    const limit = amount(resources?.limits?.memory);
    const mounted = new Set(volumeMounts.filter(({ readOnly }: Json) => !readOnly).map((mount: Json) => mount.name));
    const wanted = total([...mounted].map(volume => sizes.get(volume) as number | undefined ?? 0));
    if (limit !== undefined && wanted > 0 && wanted >= limit) {
      report({
        code: 'scratch-above-limit',
        property: 'resources',
        message: `The volumes that '${name}' has in memory may hold ${mebibytes(wanted)}, and it is killed as soon as they and the program use more than ${mebibytes(limit)}.`,
        remedy: "Raise its memory limit, or lower the 'sizeLimit' of the volumes.",
      });
    }
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
