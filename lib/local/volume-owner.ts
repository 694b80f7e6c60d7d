import type { LocalMount } from './local-app';
import type { Draft } from './local-containers';
import { compareStrings } from '../definition/json';

const IMAGE = 'busybox:1.37.0';
const MEMORY_BYTES = 32 * 2 ** 20;
/** A root of another group alone is changed, as the kubelet does it (`fsGroupChangePolicy: OnRootMismatch`): what is below may be large. */
const SCRIPT = 'for each in "$@"; do [ "$(stat -c %g "$each")" = "$0" ] || { chgrp -R "$0" "$each" && chmod -R g+rwX "$each" && chmod g+s "$each"; } || exit 1; done';

/** The name of what gives the volumes of a pod to its group; no name of Kubernetes holds an underscore. */
export function volumeOwnerName(pod: string): string {
  return `${pod}_volumes`;
}

/**
 * A container that gives new volumes to the group of a pod, which the kubelet does in a cluster: they belong to root, and what runs is not root.
 *
 * @param group the group of the pod's volumes
 * @returns nothing where there is no volume to write to, or where they belong to the group of root anyway
 */
export function volumeOwner(drafts: readonly Draft[], group: number | undefined, image = IMAGE): Draft | undefined {
  const [{ pod, origin, scheduling, profile }] = drafts;
  const volumes = new Map(drafts.flatMap(({ mounts }) => mounts).filter(isWritable).map(mount => [mount.source, mount]));
  if (volumes.size === 0 || group === undefined || group === 0) {
    return undefined;
  }
  const mounts = [...volumes.values()].sort((a, b) => compareStrings(a.source, b.source))
    .map((mount): LocalMount => ({ ...mount, path: `/volumes/${mount.source}`, empty: true }));
  return {
    name: volumeOwnerName(pod),
    pod,
    origin,
    image,
    entrypoint: [['/bin/sh'], ['-c'], [SCRIPT]],
    command: [[String(group)], ...mounts.map(({ path }) => [path])],
    env: new Map(),
    hostNetwork: false,
    isolated: true,
    mounts,
    scratch: [],
    files: [],
    unasked: false,
    // In the group, so that the bit by which new files get it can be set.
    user: `0:${group}`,
    groups: [],
    readOnly: true,
    privileged: false,
    newPrivileges: false,
    capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
    sysctls: {},
    limits: { memoryBytes: MEMORY_BYTES },
    restart: 'no',
    dependsOn: new Map(),
    ...profile !== undefined && { profile },
    scheduling,
  };
}

/** What it is for waits for it, and finds its volumes as it left them: Docker would give an empty one to whom the folder of the image belongs. */
export function withOwnedVolumes(draft: Draft, owner: Draft): Draft {
  return {
    ...draft,
    mounts: draft.mounts.map(mount => mount.kind === 'volume' ? { ...mount, empty: true } : mount),
    dependsOn: new Map([...draft.dependsOn, [owner.name, 'completed']]),
  };
}

function isWritable({ kind, readOnly }: LocalMount): boolean {
  return kind === 'volume' && !readOnly;
}
