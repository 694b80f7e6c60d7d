import { asMaps, compact, type Json } from './json';
import { type Report } from '../diagnostics/report';

/** What may be asked of the API server. */
export interface AccessRule {
  /**
   * The groups of the resources, without versions, for example `apps`; the core group is the empty text.
   *
   * @default - the core group
   */
  readonly apiGroups?: string[];
  /**
   * The resources, in the plural, for example `pods` or `pods/log`.
   *
   * @default - none, for rules about `nonResourceUrls`
   */
  readonly resources?: string[];
  /** What may be done with them, for example `get`, `list`, `watch`. */
  readonly verbs: string[];
  /**
   * The names of the objects. They bind `get`, `update`, `patch` and `delete`; who lists or watches must ask for one name by a field selector.
   *
   * @default - all objects
   */
  readonly resourceNames?: string[];
  /**
   * Paths of the API server that are no resources, for example `/metrics`; only cluster-wide.
   *
   * @default - none
   */
  readonly nonResourceUrls?: string[];
}

const RESOURCE = /^([a-z0-9]+(\/[a-z]+)?|\*(\/[a-z]+)?)$/;
const GROUP = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*|\*|)$/;
const VERB = /^([a-z]+|\*)$/;
/** Whoever asks these does not name the object. */
const NAMELESS_VERBS = ['create', 'deletecollection'];

/** Resources of Kubernetes itself that lie in no namespace. */
const CLUSTER_RESOURCES = new Set([
  'nodes', 'namespaces', 'persistentvolumes', 'componentstatuses', 'storageclasses', 'csidrivers', 'csinodes', 'volumeattachments', 'clusterroles',
  'clusterrolebindings', 'customresourcedefinitions', 'apiservices', 'ingressclasses', 'priorityclasses', 'runtimeclasses', 'certificatesigningrequests',
  'mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'validatingadmissionpolicies', 'flowschemas', 'gatewayclasses', 'clusterissuers',
  'tokenreviews', 'subjectaccessreviews', 'selfsubjectaccessreviews',
]);

/** What whoever has it can use to get more than the rule says. */
const WAYS_UP: { readonly [resource: string]: string } = {
  'pods/exec': 'run commands in pods',
  'pods/attach': 'attach to the processes of pods',
  'pods/ephemeralcontainers': 'put containers into running pods',
  'nodes/proxy': 'reach every pod of a node past the API server',
  'serviceaccounts/token': 'take the identity of other pods',
  'mutatingwebhookconfigurations': 'change what everybody else applies',
};
const READING = ['get', 'list', 'watch'];
const ESCALATING = { escalate: 'grant more than it has', bind: 'grant roles that it does not have', impersonate: 'act as somebody else' } as const;
/** Groups of everybody, or of whoever can run a pod. */
const BROAD_SUBJECTS = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts', 'system:masters'];
const BROAD_ROLES = ['cluster-admin', 'admin', 'edit', 'system:masters'];

/** A way in which an object of RBAC gives more than a service should need. */
export interface BroadAccess {
  readonly field: string;
  readonly message: string;
}

/** A rule as a Role has it. */
export function renderAccessRule(rule: AccessRule): Json {
  const { apiGroups = [''], resources, verbs, resourceNames, nonResourceUrls } = rule;
  return compact({
    apiGroups: resources && [...apiGroups],
    resources: resources && [...resources],
    verbs: [...verbs],
    resourceNames: resourceNames && [...resourceNames],
    nonResourceURLs: nonResourceUrls && [...nonResourceUrls],
  });
}

/** Reports what the API server would refuse, or would take and never act on. */
export function checkAccessRule(rule: AccessRule, clusterWide: boolean, report: Report): void {
  const { apiGroups = [], resources = [], verbs, resourceNames, nonResourceUrls = [] } = rule;
  const refuse = (property: string, message: string, remedy: string) => report({ code: 'invalid-value', property, message, remedy });
  const contradict = (property: string, message: string, remedy: string) => report({ code: 'conflicting-options', property, message, remedy });
  if (verbs.length === 0) {
    refuse('verbs', 'The rule lets nobody do anything.', "Write what may be done, for example ['get', 'list', 'watch'].");
  }
  verbs.filter(verb => !VERB.test(verb)).forEach(verb =>
    refuse('verbs', `'${verb}' is not a verb.`, "Write it in lower case, for example 'get', 'list', 'watch', 'create', 'update', 'patch' or 'delete'."));
  if (resources.length === 0 && nonResourceUrls.length === 0) {
    refuse('resources', 'The rule is about nothing.', "Name the resources, for example ['pods'].");
  }
  resources.filter(resource => !RESOURCE.test(resource)).forEach(resource =>
    refuse('resources', `'${resource}' is not a resource.`, "Write its plural in lower case, for example 'pods' or 'deployments/scale'; its group goes to 'apiGroups'."));
  apiGroups.filter(group => !GROUP.test(group)).forEach(group =>
    refuse('apiGroups', `'${group}' is not an API group.`, "Write it without the version, for example 'apps' or 'networking.k8s.io'; the core group is ''."));
  if (apiGroups.length === 0 && rule.apiGroups) {
    refuse('apiGroups', 'A rule without a group covers no resource.', "Leave 'apiGroups' out for the core group, or name the groups.");
  }
  if (resourceNames?.length === 0) {
    refuse('resourceNames', 'An empty list admits every object.', "Name the objects, or leave 'resourceNames' out.");
  }
  const nameless = verbs.filter(verb => NAMELESS_VERBS.includes(verb));
  if (resourceNames && nameless.length > 0) {
    contradict('resourceNames', `A request to ${nameless.join(' or ')} names no object, so the rule never admits it.`, `Grant ${nameless.map(verb => `'${verb}'`).join(' and ')} by a rule of its own without 'resourceNames'.`);
  }
  const ofCluster = resources.filter(resource => CLUSTER_RESOURCES.has(resource.split('/')[0]));
  if (!clusterWide && ofCluster.length > 0) {
    contradict('resources', `A role of one namespace cannot reach ${ofCluster.join(', ')}, which lie in none.`, 'Write clusterWide: true.');
  }
  if (!clusterWide && nonResourceUrls.length > 0) {
    contradict('nonResourceUrls', 'A role of one namespace cannot reach paths of the API server.', 'Write clusterWide: true.');
  }
}

/** In which ways an object of RBAC, whoever wrote it, gives more than a service should need; nothing for other objects. */
export function reviewAccess(manifest: Json): BroadAccess[] {
  switch (manifest.kind) {
    case 'Role':
    case 'ClusterRole':
      return asMaps(manifest.rules).flatMap((rule, index) => reviewRule(rule).map(({ field, message }) => ({ field: `rules[${index}].${field}`, message })));
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return [
        ...BROAD_ROLES.includes(manifest.roleRef?.name) && manifest.roleRef?.kind === 'ClusterRole'
          ? [{ field: 'roleRef', message: `The role '${manifest.roleRef.name}' may do nearly everything, and read every secret in its reach.` }] : [],
        ...asMaps(manifest.subjects).flatMap(({ kind, name }, index) => kind === 'Group' && BROAD_SUBJECTS.some(group => `${name}`.startsWith(group))
          ? [{ field: `subjects[${index}]`, message: `The group '${name}' is far more than one service.` }] : []),
      ];
    default:
      return [];
  }
}

/** The same for one rule as a Role has it. */
export function reviewRule(rule: Json): BroadAccess[] {
  const [groups, resources, verbs] = [rule.apiGroups, rule.resources, rule.verbs].map(list => Array.isArray(list) ? list.map(String) : []);
  const has = (verb: string) => verbs.includes(verb) || verbs.includes('*');
  const bound = Array.isArray(rule.resourceNames) && rule.resourceNames.length > 0;
  const ways = resources.filter(resource => Object.hasOwn(WAYS_UP, resource));
  const escalating = Object.entries(ESCALATING).filter(([verb]) => verbs.includes(verb));
  return [
    ...groups.includes('*') ? [{ field: 'apiGroups', message: 'The rule covers every API group, those too that will come.' }] : [],
    ...resources.some(resource => resource.startsWith('*')) ? [{ field: 'resources', message: 'The rule covers every resource, secrets among them.' }] : [],
    ...verbs.includes('*') ? [{ field: 'verbs', message: 'The rule allows everything, to delete among it.' }] : [],
    ...resources.includes('secrets') && !bound && READING.some(has) ? [{ field: 'resources', message: 'The rule reads every secret, whosever it is.' }] : [],
    ...ways.map(resource => ({ field: 'resources', message: `Whoever has ${resource} can ${WAYS_UP[resource]}.` })),
    ...escalating.map(([verb, what]) => ({ field: 'verbs', message: `Whoever may ${verb} can ${what}.` })),
  ];
}
