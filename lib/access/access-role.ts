/** A role as a binding names it. */
export interface RoleReference {
  /** `Role` or `ClusterRole`. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
}

/** What can be granted to a workload. */
export interface IAccessRole {
  /** The role, as a binding names it. */
  toRoleReference(): RoleReference;
}
