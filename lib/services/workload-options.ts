import type { Container, ContainerOptions } from '../definition/container';
import type { ContainerImage } from '../definition/container-image';
import type { Drain } from '../definition/drain';
import type { PodSpecFields } from '../definition/kubernetes-fields.generated';
import type { Placement } from '../definition/placement';
import type { PodSecurity } from '../definition/security';
import type { NetworkPolicyOptions, Traffic } from '../traffic/network-policy-options';

/** What every kind of service takes; the properties of a container are those of its main container. */
export interface WorkloadOptions extends ContainerOptions {
  /** The image. */
  readonly image: ContainerImage;
  /**
   * The name of everything that is made.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * What part it plays (`app.kubernetes.io/component`).
   *
   * @default - the kind of service
   */
  readonly component?: string;
  /**
   * Labels on everything that is made; they never become part of a selector.
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
   * Labels of the pods alone.
   *
   * @default - none
   */
  readonly podLabels?: { [label: string]: string };
  /**
   * Annotations of the pods alone.
   *
   * @default - none
   */
  readonly podAnnotations?: { [annotation: string]: string };
  /**
   * What the pods and their main container may do.
   *
   * @default - the restricted Pod Security Standard, user and group 65532, read-only root
   */
  readonly security?: PodSecurity;
  /**
   * Where the pods run.
   *
   * @default - anywhere, spread over nodes and zones
   */
  readonly placement?: Placement;
  /**
   * How a pod leaves.
   *
   * @default - 5 seconds out of the load balancers where a Service leads to the pods, then 20 seconds for the program
   */
  readonly drain?: Drain;
  /**
   * Containers that run to completion before the main one starts, in this order.
   *
   * @default - none
   */
  readonly initContainers?: Container[];
  /**
   * Containers that run beside the main one. From Kubernetes 1.29 they start before it and stop after it; below that they are ordinary containers.
   *
   * @default - none
   */
  readonly sidecars?: Container[];
  /**
   * A ServiceAccount that exists already.
   *
   * @default - one is made, with no rights
   */
  readonly serviceAccountName?: string;
  /**
   * Annotations of the ServiceAccount alone, by which clouds give its pods an identity of theirs, for example `eks.amazonaws.com/role-arn`,
   * `iam.gke.io/gcp-service-account` or `azure.workload.identity/client-id`.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [annotation: string]: string };
  /**
   * Whether the pods may talk to the API server as their ServiceAccount.
   *
   * @default - true where rights are granted (`grantAccess`, `grantRole`), else false
   */
  readonly serviceAccountToken?: boolean;
  /**
   * Names of the secrets that open private registries.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
  /**
   * Where the pods may go.
   *
   * @default Traffic.DECLARED
   */
  readonly egress?: Traffic;
  /**
   * Who may come in.
   *
   * @default Traffic.DECLARED
   */
  readonly ingress?: Traffic;
  /**
   * Who may come in and where the pods may go beyond what follows from connections, routes and monitoring.
   *
   * @default - nobody and nowhere
   */
  readonly networkPolicy?: NetworkPolicyOptions;
  /**
   * Any field of the pod spec that has no property of its own; merged last, lists of named items by name.
   *
   * @default - none
   */
  readonly podFields?: PodSpecFields;
  /**
   * Anything else of the pod template (`metadata`, `spec`), unchecked, merged after all else.
   *
   * @default - none
   */
  readonly overrides?: { [key: string]: any };
}
