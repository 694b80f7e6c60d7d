/**
 * Kernel settings that the Pod Security Standards allow, each with the minor version of Kubernetes that allows it first.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
const ALLOWED_SYSCTLS: { readonly [name: string]: number } = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
};

/** Whether pods may set it under the restricted Pod Security Standard of a minor version. */
export function isAllowedSysctl(name: string, minor: number): boolean {
  return Object.hasOwn(ALLOWED_SYSCTLS, name) && minor >= ALLOWED_SYSCTLS[name];
}
