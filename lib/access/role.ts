import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IAccessRole, RoleReference } from './access-role';
import { defineRole, type RoleManifest } from './role-manifest';
import type { AccessRule } from '../definition/access-rule';
import { Diagnostics } from '../diagnostics/diagnostics';
import { nameOf } from '../synthesis/naming';

/** What a role allows. */
export interface RoleProps {
  /** What may be asked of the API server. */
  readonly rules: AccessRule[];
  /**
   * Whether it is a ClusterRole, which can be granted in every namespace, and reach what lies in none.
   *
   * @default false
   */
  readonly clusterWide?: boolean;
  /**
   * The name.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

/** Hands what a workload knows to the constructor, whose parameters are public. */
const MANIFEST = Symbol.for('cdk8s-golden-path.RoleManifest');

/**
 * Rights that several workloads share: a Role, or a ClusterRole. By itself it gives nobody anything: `workload.grantRole(role)` does. Rights of
 * one workload need no role of their own: `workload.grantAccess({ … })`.
 *
 * Diagnostics: `invalid-name`, `duplicate-name`, `invalid-value`, `conflicting-options`, `broad-access`.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 *
 * @example
 * const reader = new Role(shop, 'pod-reader', { rules: [{ resources: ['pods'], verbs: ['get', 'list', 'watch'] }] });
 * orders.grantRole(reader);
 * web.grantRole(reader);
 */
export class Role extends Construct implements IAccessRole {
  /**
   * The role that a workload makes for what is granted to it.
   *
   * @internal
   */
  public static _create(scope: Construct, id: string, manifest: RoleManifest): Role {
    return new Role(scope, id, { rules: [], [MANIFEST]: manifest } as RoleProps);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the role. */
  public readonly name: string;

  private readonly clusterWide: boolean;

  public constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const ofWorkload = (props as { [MANIFEST]?: RoleManifest })[MANIFEST];
    const manifest = ofWorkload ?? this.manifestOf(props);
    this.name = manifest.name;
    this.clusterWide = manifest.clusterWide;
    this.apiObject = defineRole(this, manifest);
    if (!ofWorkload) {
      Diagnostics._check(this, report => {
        if (props.rules.length === 0) {
          report({ code: 'invalid-value', property: 'rules', message: 'The role allows nothing.', remedy: "Write a rule, for example { resources: ['pods'], verbs: ['get'] }." });
        }
      });
    }
  }

  public toRoleReference(): RoleReference {
    return { kind: this.clusterWide ? 'ClusterRole' : 'Role', name: this.name };
  }

  private manifestOf({ rules, clusterWide = false, name: wanted }: RoleProps): RoleManifest {
    const name = nameOf(this, wanted);
    return {
      name,
      owner: { name, component: 'access', construct: this },
      clusterWide,
      rules: () => rules.map((rule, index) => ({ rule, property: `rules[${index}]` })),
    };
  }
}
