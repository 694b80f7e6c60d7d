import type { ContainerImage } from './container-image';
import type { EnvReference } from './env-reference';
import type { EnvSource } from './env-source';
import type { ContainerFields } from './kubernetes-fields.generated';
import type { Lifecycle } from './lifecycle';
import type { Port } from './port';
import type { Health } from './probe';
import type { Resources } from './resources';
import type { ContainerSecurity } from './security';
import type { Volume } from './volume';

/** When a node asks the registry for an image. */
export enum ImagePullPolicy {
  /** At each start, which costs little: layers that the node has are not fetched again. A tag may have moved, and the pod may have lost the right to the image. */
  ALWAYS = 'Always',
  /** When the node does not have it. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Never: the node has it. */
  NEVER = 'Never',
}

/** What one container runs and with what. */
export interface ContainerOptions {
  /**
   * The program, in place of the image's entrypoint.
   *
   * @default - the entrypoint of the image
   */
  readonly command?: string[];
  /**
   * The arguments, in place of the image's.
   *
   * @default - those of the image
   */
  readonly args?: string[];
  /**
   * The working directory.
   *
   * @default - that of the image
   */
  readonly workingDir?: string;
  /**
   * Environment variables with literal values; `$(NAME)` refers to another variable.
   * A literal under a name that holds a secret is refused.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /**
   * Environment variables by reference: a key of a config or secret, a field of the pod.
   *
   * @default - none
   */
  readonly envValueFrom?: { [name: string]: EnvReference };
  /**
   * Configs and secrets whose keys all become environment variables.
   *
   * @default - none
   */
  readonly envFrom?: EnvSource[];
  /**
   * Volumes by the path where they are mounted.
   *
   * @default - none but a scratch volume at /tmp
   */
  readonly volumes?: { [mountPath: string]: Volume };
  /**
   * CPU, memory and disk.
   *
   * @default - those of the platform
   */
  readonly resources?: Resources;
  /**
   * The probes.
   *
   * @default - what the kind of service says; none for sidecars and init containers
   */
  readonly health?: Health;
  /**
   * What happens around the life of the container.
   *
   * @default - the main container of a service waits until load balancers have forgotten it (`drain`)
   */
  readonly lifecycle?: Lifecycle;
  /**
   * When the node asks the registry for the image.
   *
   * @default - that of the platform
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * Any field of the container that has no property of its own; merged last, lists of named items by name.
   *
   * @default - none
   */
  readonly containerFields?: ContainerFields;
}

/** A container beside the main one, or before it. */
export interface Container extends ContainerOptions {
  /** The name, unique in the pod. */
  readonly name: string;
  /** The image. */
  readonly image: ContainerImage;
  /**
   * The ports that it listens on.
   *
   * @default - none
   */
  readonly ports?: Port[];
  /**
   * What it may do.
   *
   * @default - no more than the restricted Pod Security Standard, whatever the main container may
   */
  readonly security?: ContainerSecurity;
}
