import type { AccessMode, VolumeMode } from './volume-claim';

/** A scratch volume that lives as long as its pod. */
export interface EmptyDirOptions {
  /**
   * The size at which the pod is evicted, for example `1Gi`.
   *
   * @default 64Mi
   */
  readonly sizeLimit?: string;
  /**
   * Whether only the pod's limits for disk space or memory bound it.
   *
   * @default false
   */
  readonly unlimited?: boolean;
  /**
   * Whether it lies in memory, which counts against the memory limit.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** What is known of a claim that exists already. */
export interface ExistingClaimOptions {
  /**
   * How many nodes or pods may mount it.
   *
   * @default - one node: AccessMode.READ_WRITE_ONCE
   */
  readonly accessModes?: AccessMode[];
  /**
   * What a pod sees of it.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;
}

/** Which keys of a ConfigMap or Secret become files, and how. */
export interface FileOptions {
  /**
   * Files by relative path, each with the key that fills it.
   *
   * @default - every key under its own name
   */
  readonly items?: { [path: string]: string };
  /**
   * Permission bits, for example 0o440.
   *
   * @default - readable by the pod's user and group alone (0o440) for secrets, 0o444 for configuration
   */
  readonly mode?: number;
  /**
   * Whether the pod starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** How a volume is mounted. */
export interface MountOptions {
  /**
   * The path inside the volume that is mounted; such a mount never sees later changes of a ConfigMap or Secret.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
  /**
   * Whether the container may only read.
   *
   * @default - true for configuration, secrets, projections and the downward API, else false
   */
  readonly readOnly?: boolean;
  /**
   * Whether mounts that the node or the container makes below are seen on the other side. `BIDIRECTIONAL` needs a privileged container.
   *
   * @default MountPropagation.NONE
   */
  readonly propagation?: MountPropagation;
}

/** Whether mounts below a volume are seen on the other side. */
export enum MountPropagation {
  /** Neither sees what the other mounts later. */
  NONE = 'None',
  /** The container sees what its node mounts. */
  HOST_TO_CONTAINER = 'HostToContainer',
  /** Each sees what the other mounts. */
  BIDIRECTIONAL = 'Bidirectional',
}
