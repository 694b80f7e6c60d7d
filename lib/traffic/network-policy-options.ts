import type { NetworkPolicySpecFields } from '../definition/kubernetes-fields.generated';
import type { Protocol } from '../definition/port';

/** What the network policy of a workload lets through in one direction. */
export enum Traffic {
  /** What connections, routes, monitoring and the platform say, and what the policy's options add. */
  DECLARED = 'declared',
  /** Everything. */
  UNRESTRICTED = 'unrestricted',
  /** The policy says nothing: what other policies of the namespace say counts, and without any of them everything. */
  UNGOVERNED = 'ungoverned',
}

/** Pods or addresses; what is named of pods must all hold. */
export interface NetworkPeer {
  /**
   * The namespace of the pods.
   *
   * @default - that of the workload, where `podLabels` is given alone
   */
  readonly namespace?: string;
  /**
   * Labels of the namespaces of the pods; `{}` stands for every namespace.
   *
   * @default - `namespace` says it
   */
  readonly namespaceLabels?: { [label: string]: string };
  /**
   * Labels of the pods.
   *
   * @default - all pods of the namespaces
   */
  readonly podLabels?: { [label: string]: string };
  /**
   * Ranges of addresses.
   *
   * @default - none
   */
  readonly cidrs?: string[];
  /**
   * Ranges inside those that do not count.
   *
   * @default - none
   */
  readonly exceptCidrs?: string[];
}

/** Who may come in, beyond connections and routes. */
export interface AllowedClients extends NetworkPeer {
  /**
   * The names or numbers of the ports of the pods.
   *
   * @default - every port that the containers declare
   */
  readonly ports?: string[];
}

/** Ports that pods may reach. */
export interface AllowedPort {
  /** The number, that of the pods behind a Service. */
  readonly port: number;
  /**
   * The last one of a range that begins with `port`.
   *
   * @default - the port alone
   */
  readonly endPort?: number;
  /**
   * The transport.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/** Where the pods may go, beyond connections. */
export interface AllowedTargets extends NetworkPeer {
  /**
   * The ports.
   *
   * @default - every port
   */
  readonly ports?: AllowedPort[];
}

/** What a network policy admits beyond what follows from connections, routes and monitoring. */
export interface NetworkPolicyOptions {
  /**
   * Who may come in.
   *
   * @default - nobody else
   */
  readonly allowFrom?: AllowedClients[];
  /**
   * Where the pods may go.
   *
   * @default - nowhere else
   */
  readonly allowTo?: AllowedTargets[];
  /**
   * Any field of the policy's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: NetworkPolicySpecFields;
}
