import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { IAccessRole } from './access-role';
import { Role } from './role';
import { RoleBinding } from './role-binding';
import type { PlacedRule } from './role-manifest';
import type { AccessRule } from '../definition/access-rule';
import { compareStrings } from '../definition/json';
import { checkNamespaceName, checkReference } from '../definition/naming';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import type { Owner } from '../synthesis/manifest';

/** Where rights hold. */
export interface GrantOptions {
  /**
   * Whether they hold in every namespace, and for what lies in none: a ClusterRoleBinding.
   *
   * @default false
   */
  readonly clusterWide?: boolean;
  /**
   * Another namespace where they hold.
   *
   * @default - the namespace of the workload
   */
  readonly namespace?: string;
}

/** Rights, and where they hold. */
export interface AccessGrant extends AccessRule, GrantOptions {}

/** Whoever gets rights. */
export interface AccessSubject {
  readonly construct: Construct;
  readonly name: string;
  readonly owner: Owner;
  readonly serviceAccountName: string;
}

/** A role of the workload's own, and what was granted so far. */
interface OwnRole {
  readonly role: Role;
  readonly rules: PlacedRule[];
}

/** What a workload may ask of the API server: its roles and bindings, made as they are granted. */
export class WorkloadAccess {
  private readonly ownRoles = new Map<string, OwnRole>();
  private readonly granted = new Set<string>();
  private readonly madeBindings: RoleBinding[] = [];

  public constructor(private readonly subject: AccessSubject) {}

  /** Whether nothing was granted. */
  public get isEmpty(): boolean {
    return this.madeBindings.length === 0;
  }

  public get bindings(): readonly RoleBinding[] {
    return this.madeBindings;
  }

  public get roles(): Role[] {
    return [...this.ownRoles.values()].map(({ role }) => role);
  }

  public grant(grant: AccessGrant): void {
    const { clusterWide = false, namespace, ...rule } = grant;
    const property = `grantAccess('${[...rule.resources ?? [], ...rule.nonResourceUrls ?? []].join(', ')}')`;
    this.check(grant, property);
    this.ownRole(reachOf(grant), clusterWide, namespace).rules.push({ rule, property });
  }

  public grantRole(role: IAccessRole, options: GrantOptions): void {
    const { kind, name } = role.toRoleReference();
    const property = `grantRole('${name}')`;
    this.check(options, property, report => checkReference(name.replace(/:/g, '-'), kind, property, report));
    const key = [reachOf(options), kind, name].join('\n');
    if (!this.granted.has(key)) {
      this.granted.add(key);
      const suffix = `${kind}-${name}`.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
      this.bind(`${reachOf(options)}-${suffix}`, `${this.nameIn(options.clusterWide)}-${suffix.replace(/^(cluster)?role-/, '')}`, role, options, property);
    }
  }

  private ownRole(reach: string, clusterWide: boolean, namespace: string | undefined): OwnRole {
    let own = this.ownRoles.get(reach);
    if (!own) {
      const { construct, owner } = this.subject;
      const rules: PlacedRule[] = [];
      const place = { ...namespace !== undefined && { namespace } };
      const role = Role._create(construct, `${reach}-role`, {
        name: this.nameIn(clusterWide), owner, clusterWide, ...place, rules: () => inOrder(rules),
      });
      own = { role, rules };
      this.ownRoles.set(reach, own);
      this.bind(reach, role.name, role, { clusterWide, ...place }, 'grantAccess');
    }
    return own;
  }

  private bind(id: string, name: string, role: IAccessRole, { clusterWide = false, namespace }: GrantOptions, property: string): void {
    const { construct, owner, serviceAccountName } = this.subject;
    const own = Chart.of(construct).namespace;
    this.madeBindings.push(RoleBinding._create(construct, `${id}-role-binding`, {
      name,
      owner,
      role: () => role.toRoleReference(),
      serviceAccountName,
      ...own !== undefined && { serviceAccountNamespace: own },
      clusterWide,
      ...namespace !== undefined && { namespace },
      property,
    }));
  }

  /** What lies in no namespace is told apart by the namespace of its owner. */
  private nameIn(clusterWide: boolean | undefined): string {
    const { construct, name } = this.subject;
    const { namespace } = Chart.of(construct);
    return clusterWide && namespace !== undefined ? `${namespace}-${name}` : name;
  }

  private check({ clusterWide, namespace }: GrantOptions, property: string, more?: (report: Report) => void): void {
    Diagnostics._check(this.subject.construct, report => {
      const here = within(report, property);
      if (clusterWide && namespace !== undefined) {
        here({ code: 'conflicting-options', property: 'namespace', message: 'Rights in every namespace need no other.', remedy: 'Keep one of clusterWide and namespace.' });
      }
      checkNamespaceName(namespace, 'namespace', here);
      more?.(report);
    });
  }
}

/** Where rights hold, as part of an id. */
function reachOf({ clusterWide, namespace }: GrantOptions): string {
  return clusterWide ? 'cluster' : namespace === undefined ? 'own' : `in-${namespace}`;
}

/** Each rule once, in an order that does not depend on the order of the calls. */
function inOrder(rules: readonly PlacedRule[]): PlacedRule[] {
  const byText = new Map(rules.map(placed => [JSON.stringify(placed.rule, Object.keys(placed.rule).sort()), placed]));
  return [...byText.entries()].sort(([a], [b]) => compareStrings(a, b)).map(([, placed]) => placed);
}
