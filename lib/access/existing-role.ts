import type { IAccessRole, RoleReference } from './access-role';

/**
 * A role that somebody else makes.
 *
 * @example
 * orders.grantRole(ExistingRole.clusterRole('view'));
 */
export class ExistingRole implements IAccessRole {
  /** A Role of the namespace. Diagnostics, where it is granted: `invalid-name`. */
  public static role(name: string): ExistingRole {
    return new ExistingRole('Role', name);
  }

  /** A ClusterRole, for example `view`. Diagnostics, where it is granted: `invalid-name`, `broad-access` for `cluster-admin` and its like. */
  public static clusterRole(name: string): ExistingRole {
    return new ExistingRole('ClusterRole', name);
  }

  private constructor(private readonly kind: string, private readonly name: string) {}

  public toRoleReference(): RoleReference {
    return { kind: this.kind, name: this.name };
  }
}
