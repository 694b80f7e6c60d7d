import type { BackingCredentials } from './backing-credentials';
import type { Backup } from './backup';
import type { ContainerImage } from '../definition/container-image';
import type { ContainerFields, PodSpecFields, StatefulSetSpecFields } from '../definition/kubernetes-fields.generated';
import type { Placement } from '../definition/placement';
import type { Resources } from '../definition/resources';
import type { VolumeClaimOptions } from '../definition/volume-claim';
import type { NetworkPolicyOptions } from '../traffic/network-policy-options';

/**
 * What every kind of backing service takes. Providers are told of version, storage, resources, labels and annotations; the rest is said of
 * the pods of our own server. Where an operator makes the pods that is the diagnostic `provider-omission`; where there are none in the
 * cluster it says nothing.
 */
export interface BackingServiceOptions {
  /** The version, which is the tag of its official image, for example `17.6`. */
  readonly version: string;
  /**
   * Another image that behaves as the official one does, that of a mirror for example.
   *
   * @default - the official one in the version
   */
  readonly image?: ContainerImage;
  /**
   * The claim of each of its pods.
   *
   * @default - 10Gi of the cluster's storage class; none where nothing is kept
   */
  readonly storage?: VolumeClaimOptions;
  /**
   * What each of its pods asks for.
   *
   * @default - what the kind needs to start and to serve a little; 100m CPU and 256Mi memory for most
   */
  readonly resources?: Resources;
  /**
   * What names it in its environment, where several constructs mean one: those of one kind that say the same id share what the first of them
   * makes, in whatever namespace. What another one says of it too has to be the same. Diagnostics: `conflicting-options`.
   *
   * @default - it is nobody else's
   */
  readonly sharedId?: string;
  /**
   * How its data is kept somewhere else.
   *
   * @default - not at all
   */
  readonly backup?: Backup;
  /**
   * The name of everything that is made, which is the host name too.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * Further arguments of the server. A password has no place among them: everybody who may read pods reads them.
   *
   * Diagnostics: `secret-literal`.
   *
   * @default - none
   */
  readonly args?: string[];
  /**
   * Labels on everything that is made.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations on everything that is made.
   *
   * @default - those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Where its pods run.
   *
   * @default - anywhere, spread over nodes and zones
   */
  readonly placement?: Placement;
  /**
   * Names of the secrets that open private registries.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
  /**
   * Who may come in and where its pods may go beyond what follows from connections and monitoring.
   *
   * @default - nobody and nowhere
   */
  readonly networkPolicy?: NetworkPolicyOptions;
  /**
   * Any field of the container that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly containerFields?: ContainerFields;
  /**
   * Any field of the pod spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly podFields?: PodSpecFields;
  /**
   * Any field of the StatefulSet's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly statefulSetFields?: StatefulSetSpecFields;
}

/** What the kinds that have a login take beside it. */
export interface LoginOptions {
  /**
   * Where the password comes from.
   *
   * @default BackingCredentials.generated()
   */
  readonly credentials?: BackingCredentials;
}
