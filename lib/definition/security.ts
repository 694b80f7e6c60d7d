/** What a container may do. Everything that is weaker than the restricted Pod Security Standard is reported. */
export interface ContainerSecurity {
  /**
   * The numeric user.
   *
   * @default - that of the service
   */
  readonly user?: number;
  /**
   * The numeric group.
   *
   * @default - that of the service
   */
  readonly group?: number;
  /**
   * Whether the process may be root. Reported as `hardening-off`.
   *
   * @default false
   */
  readonly allowRoot?: boolean;
  /**
   * Whether the container may write to its image's files. Reported as `hardening-off`.
   *
   * @default false
   */
  readonly writableRootFilesystem?: boolean;
  /**
   * Capabilities beside none. All but `NET_BIND_SERVICE` are reported as `hardening-off`.
   *
   * @default - none
   */
  readonly addCapabilities?: string[];
  /**
   * Whether a process may gain more privileges than its parent. Reported as `hardening-off`.
   *
   * @default false
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * The seccomp profile: `RuntimeDefault`, `Unconfined`, or the path of a profile on the node. `Unconfined` is reported as `hardening-off`.
   *
   * @default - RuntimeDefault; for a sidecar or init container that of the service
   */
  readonly seccompProfile?: string;
  /**
   * Whether the container is root on its node. Reported as `host-access`.
   *
   * @default false
   */
  readonly privileged?: boolean;
}

/** What a pod may do. */
export interface PodSecurity extends ContainerSecurity {
  /**
   * The group that owns the volumes.
   *
   * @default - the pod's group, where a volume needs one
   */
  readonly fsGroup?: number;
  /**
   * Whether the pod shares the network of its node. Reported as `host-access`.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Whether the pod sees the processes of its node. Reported as `host-access`.
   *
   * @default false
   */
  readonly hostPid?: boolean;
  /**
   * Whether the pod shares the IPC namespace of its node. Reported as `host-access`.
   *
   * @default false
   */
  readonly hostIpc?: boolean;
  /**
   * Kernel settings of the pod, for example `{ 'net.ipv4.ip_local_port_range': '1024 65000' }`.
   *
   * @default - none
   */
  readonly sysctls?: { [name: string]: string };
}
