/** What a platform can forbid outright. */
export enum Forbidden {
  /** Pods that reach into their node: its network, processes, memory, paths or ports, and privileged containers. */
  HOST_ACCESS = 'host-access',
  /** Pods, and namespaces, that keep less than the restricted Pod Security Standard, or have a writable root. */
  WEAKENED_HARDENING = 'weakened-hardening',
  /** Services of the type LoadBalancer. */
  LOAD_BALANCERS = 'load-balancers',
  /** Services of the type NodePort, and external addresses of Services. */
  NODE_PORTS = 'node-ports',
  /** Network policies that let pods go anywhere. */
  UNRESTRICTED_EGRESS = 'unrestricted-egress',
  /** Roles with wildcards, with every secret, or with ways to more rights; bindings to `cluster-admin` and its like. */
  BROAD_ACCESS = 'broad-access',
  /** Rights in every namespace. */
  CLUSTER_WIDE_ACCESS = 'cluster-wide-access',
}
