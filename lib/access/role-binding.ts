import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { RoleReference } from './access-role';
import { RBAC_GROUP, RBAC_VERSION } from './role-manifest';
import { reviewAccess } from '../definition/access-rule';
import { compact } from '../definition/json';
import { NameRule } from '../definition/naming';
import { type Report, within } from '../diagnostics/report';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** What a binding is made from; read when it renders. */
export interface RoleBindingDefinition {
  readonly name: string;
  readonly owner: Owner;
  readonly role: () => RoleReference;
  /** The ServiceAccount that gets the role. */
  readonly serviceAccountName: string;
  readonly serviceAccountNamespace?: string;
  readonly clusterWide: boolean;
  readonly namespace?: string;
  /** The property where the user granted it. */
  readonly property: string;
}

/** Gives a role to the ServiceAccount of a workload: a RoleBinding, or a ClusterRoleBinding. */
export class RoleBinding extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: RoleBindingDefinition): RoleBinding {
    return new RoleBinding(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the binding. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: RoleBindingDefinition) {
    super(scope, id);
    const { name, owner, clusterWide, namespace } = definition;
    this.name = name;
    this.apiObject = defineManifest(this, {
      apiVersion: RBAC_VERSION,
      kind: this.kind,
      name,
      nameRule: NameRule.SUBDOMAIN,
      clusterScoped: clusterWide,
      ...namespace !== undefined && { namespace },
      owner,
      fields: {
        roleRef: report => {
          this.check(within(report, definition.property));
          return this.renderRole();
        },
        subjects: () => [compact({
          kind: 'ServiceAccount', name: definition.serviceAccountName, namespace: definition.serviceAccountNamespace,
        })],
      },
    });
  }

  private get kind(): string {
    return this.definition.clusterWide ? 'ClusterRoleBinding' : 'RoleBinding';
  }

  private renderRole(): object {
    return { apiGroup: RBAC_GROUP, ...this.definition.role() };
  }

  private check(report: Report): void {
    const { role, clusterWide, namespace, serviceAccountNamespace } = this.definition;
    const { kind, name } = role();
    if (clusterWide && kind !== 'ClusterRole') {
      report({
        code: 'conflicting-options',
        property: 'clusterWide',
        message: `'${name}' is a role of one namespace, and cannot hold in all.`,
        remedy: 'Leave clusterWide out, or make it a ClusterRole.',
      });
    }
    if ((clusterWide || namespace !== undefined) && serviceAccountNamespace === undefined) {
      report({
        code: 'conflicting-options',
        property: clusterWide ? 'clusterWide' : 'namespace',
        message: 'A binding elsewhere names the namespace of the ServiceAccount, and the chart has none.',
        remedy: "Write new Chart(scope, '…', { namespace: '…' }).",
      });
    }
    // Rules of our own are reviewed where they are written.
    reviewAccess({ kind: this.kind, roleRef: { kind, name } }).forEach(({ message }) => report({
      code: 'broad-access',
      message,
      remedy: "Grant what is needed alone: grantAccess({ resources: […], verbs: […] }), or acknowledge 'broad-access' with the reason.",
    }));
  }
}
