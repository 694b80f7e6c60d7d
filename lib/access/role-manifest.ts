import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type AccessRule, checkAccessRule, renderAccessRule, reviewRule } from '../definition/access-rule';
import type { Json } from '../definition/json';
import { NameRule } from '../definition/naming';
import { type Report, within } from '../diagnostics/report';
import { defineManifest, type Owner } from '../synthesis/manifest';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';
export const RBAC_VERSION = `${RBAC_GROUP}/v1`;

/** A rule, and where the user wrote it. */
export interface PlacedRule {
  readonly rule: AccessRule;
  readonly property: string;
}

/** What a Role or ClusterRole is made from. */
export interface RoleManifest {
  readonly name: string;
  readonly owner: Owner;
  readonly clusterWide: boolean;
  readonly namespace?: string;
  readonly rules: () => readonly PlacedRule[];
}

/** Defines the Role or ClusterRole of a construct. */
export function defineRole(construct: Construct, { name, owner, clusterWide, namespace, rules }: RoleManifest): ApiObject {
  return defineManifest(construct, {
    apiVersion: RBAC_VERSION,
    kind: clusterWide ? 'ClusterRole' : 'Role',
    name,
    nameRule: NameRule.SUBDOMAIN,
    clusterScoped: clusterWide,
    ...namespace !== undefined && { namespace },
    owner,
    fields: { rules: report => rules().map(({ rule, property }) => renderRule(rule, clusterWide, within(report, property))) },
  });
}

function renderRule(rule: AccessRule, clusterWide: boolean, report: Report): Json {
  checkAccessRule(rule, clusterWide, report);
  const rendered = renderAccessRule(rule);
  reviewRule(rendered).forEach(({ field, message }) => report({
    code: 'broad-access',
    property: field,
    message,
    remedy: "Name what is needed alone, secrets by 'resourceNames', or acknowledge 'broad-access' with the reason.",
  }));
  return rendered;
}
