import { App, Chart } from 'cdk8s';
import { type AccessGrant, Diagnostics, Traffic, ExistingRole, External, GoStyleMicroservice, NodeAgent, Platform, Role } from '../../lib';
import { finding, findings, IMAGE, manifestOf, manifestsOf, orders, podOf, shop, yamlOf } from '../support/services';

const API_SERVER = { apiServer: { cidrs: ['10.0.0.0/28'] } };
const READ = ['get', 'list', 'watch'];

test('an agent with rights in its namespace and in the cluster', () => {
  const chart = shop(API_SERVER);
  const agent = new NodeAgent(chart, 'agent', { image: IMAGE, serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/agent' } });
  agent.grantAccess({ resources: ['nodes', 'pods'], verbs: READ, clusterWide: true });
  agent.grantAccess({ resources: ['configmaps'], resourceNames: ['agent'], verbs: ['get', 'update'] });
  agent.grantAccess({ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] });
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

describe('what is made', () => {
  test('nothing until something is granted', () => {
    const chart = shop(API_SERVER);
    const service = orders(chart);
    expect(Object.keys(manifestsOf(chart)).filter(name => /Role/.test(name))).toEqual([]);
    expect(podOf(chart).spec.automountServiceAccountToken).toBe(false);
    expect([service.roles, service.roleBindings]).toEqual([[], []]);
  });

  test('one role for all that holds in one place, whatever the order of the calls', () => {
    const grants: AccessGrant[] = [
      { resources: ['pods'], verbs: READ },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
      { resources: ['pods'], verbs: READ },
    ];
    const rules = [grants, [...grants].reverse()].map(calls => {
      const chart = shop(API_SERVER);
      const service = orders(chart);
      calls.forEach(grant => service.grantAccess(grant));
      expect([service.roles.map(({ name }) => name), service.roleBindings.map(({ name }) => name)]).toEqual([['orders'], ['orders']]);
      return manifestOf(chart, 'Role').rules;
    });
    expect(rules[0]).toEqual(rules[1]);
    expect(rules[0]).toEqual([{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }, { apiGroups: [''], resources: ['pods'], verbs: READ }]);
  });

  test('the token, and the way to the API server alone', () => {
    const chart = shop({ apiServer: { cidrs: ['10.0.0.0/28', 'fd00::/64'], port: 443 } });
    orders(chart).grantAccess({ resources: ['pods'], verbs: READ });
    expect(podOf(chart).spec.automountServiceAccountToken).toBe(true);
    expect(manifestOf(chart, 'ServiceAccount', 'orders').automountServiceAccountToken).toBe(false);
    expect(manifestOf(chart, 'NetworkPolicy', 'orders').spec.egress[1]).toEqual({
      to: [{ ipBlock: { cidr: '10.0.0.0/28' } }, { ipBlock: { cidr: 'fd00::/64' } }], ports: [{ port: 443, protocol: 'TCP' }],
    });
  });

  test('a token without rights opens the way as well', () => {
    const chart = shop(API_SERVER);
    orders(chart, { serviceAccountToken: true });
    expect(manifestOf(chart, 'NetworkPolicy').spec.egress[1]).toEqual({ to: [{ ipBlock: { cidr: '10.0.0.0/28' } }], ports: [{ port: 6443, protocol: 'TCP' }] });
  });

  test('without either nobody may go there', () => {
    const chart = shop(API_SERVER);
    orders(chart).connectTo(External.host('db.example.com', 5432, { cidrs: ['192.0.2.0/24'] }));
    expect(manifestOf(chart, 'NetworkPolicy').spec.egress).toHaveLength(2);
  });

  test('rights in another namespace', () => {
    const chart = shop(API_SERVER);
    orders(chart).grantAccess({ resources: ['pods'], verbs: ['list'], namespace: 'batch' });
    expect(manifestOf(chart, 'Role').metadata).toMatchObject({ name: 'orders', namespace: 'batch' });
    expect(manifestOf(chart, 'RoleBinding')).toMatchObject({
      metadata: { name: 'orders', namespace: 'batch' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'orders' },
      subjects: [{ kind: 'ServiceAccount', name: 'orders', namespace: 'shop' }],
    });
  });

  test('what lies in no namespace is told apart by it', () => {
    const app = new App();
    new Platform(app, API_SERVER);
    for (const namespace of ['one', 'other']) {
      orders(new Chart(app, namespace, { namespace })).grantAccess({ resources: ['nodes'], verbs: READ, clusterWide: true });
    }
    expect(findings(app)).toEqual([]);
    expect(manifestOf(app.node.findChild('one') as Chart, 'ClusterRoleBinding').metadata).toEqual(expect.objectContaining({ name: 'one-orders' }));
  });

  test('the ServiceAccount of somebody else', () => {
    const chart = shop(API_SERVER);
    orders(chart, { serviceAccountName: 'robot' }).grantAccess({ resources: ['pods'], verbs: READ });
    expect(manifestOf(chart, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'robot', namespace: 'shop' }]);
  });

  test('annotations of the ServiceAccount are its own', () => {
    const chart = shop();
    orders(chart, { annotations: { 'example.com/a': '1' }, serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': 'orders@acme' } });
    expect(manifestOf(chart, 'ServiceAccount').metadata.annotations).toEqual({ 'example.com/a': '1', 'iam.gke.io/gcp-service-account': 'orders@acme' });
    expect(manifestOf(chart, 'Deployment').metadata.annotations).toEqual({ 'example.com/a': '1' });
  });
});

describe('roles', () => {
  test('shared by several workloads', () => {
    const chart = shop(API_SERVER);
    const reader = new Role(chart, 'reader', { rules: [{ resources: ['pods', 'pods/log'], verbs: READ }] });
    ['orders', 'returns'].map(id => new GoStyleMicroservice(chart, id, { image: IMAGE })).forEach(service => {
      service.grantRole(reader);
      service.grantRole(reader);
    });
    expect(findings(chart)).toEqual([]);
    const manifests = manifestsOf(chart);
    expect(manifests['Role reader'].rules).toEqual([{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: READ }]);
    expect(Object.keys(manifests).filter(name => name.startsWith('RoleBinding'))).toEqual(['RoleBinding orders-reader', 'RoleBinding returns-reader']);
    expect(manifests['RoleBinding orders-reader'].roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' });
  });

  test('of somebody else, here and everywhere', () => {
    const chart = shop(API_SERVER);
    const service = orders(chart);
    service.grantRole(ExistingRole.clusterRole('view'));
    service.grantRole(ExistingRole.role('local'));
    service.grantRole(ExistingRole.clusterRole('system:node-reader'), { clusterWide: true });
    expect(findings(chart)).toEqual([]);
    const manifests = manifestsOf(chart);
    expect(manifests['RoleBinding orders-view'].roleRef).toMatchObject({ kind: 'ClusterRole', name: 'view' });
    expect(manifests['RoleBinding orders-local'].roleRef).toMatchObject({ kind: 'Role', name: 'local' });
    expect(manifests['ClusterRoleBinding shop-orders-system-node-reader']).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'system:node-reader' }, subjects: [{ kind: 'ServiceAccount', name: 'orders', namespace: 'shop' }],
    });
  });

  test('a ClusterRole', () => {
    const chart = shop(API_SERVER);
    const role = new Role(chart, 'metrics', { name: 'scrape', clusterWide: true, rules: [{ nonResourceUrls: ['/metrics'], verbs: ['get'] }] });
    expect(role.toRoleReference()).toEqual({ kind: 'ClusterRole', name: 'scrape' });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'ClusterRole')).toMatchObject({ metadata: { name: 'scrape' }, rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] });
    expect(manifestOf(chart, 'ClusterRole').metadata).not.toHaveProperty('namespace');
  });
});

describe('diagnostics', () => {
  const found = (grant: AccessGrant) => {
    const chart = shop(API_SERVER);
    orders(chart).grantAccess(grant);
    return findings(chart);
  };
  const broad = (where: string, message: string) => finding('warning', 'broad-access', `shop/orders ${where}`, message,
    "Name what is needed alone, secrets by 'resourceNames', or acknowledge 'broad-access' with the reason.");
  const invalid = (where: string, message: string, remedy: string) => finding('error', 'invalid-value', `shop/orders ${where}`, message, remedy);
  const conflict = (where: string, message: string, remedy: string) => finding('error', 'conflicting-options', `shop/orders ${where}`, message, remedy);

  test.each<[AccessGrant, ...string[]]>([
    [{ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }, broad("grantAccess('pods').apiGroups", 'The rule covers every API group, those too that will come.')],
    [{ resources: ['*'], verbs: ['get'] }, broad("grantAccess('*').resources", 'The rule covers every resource, secrets among them.')],
    [{ resources: ['pods'], verbs: ['*'] }, broad("grantAccess('pods').verbs", 'The rule allows everything, to delete among it.')],
    [{ resources: ['secrets'], verbs: ['get'] }, broad("grantAccess('secrets').resources", 'The rule reads every secret, whosever it is.')],
    [{ resources: ['secrets'], verbs: ['get'], resourceNames: ['orders-db'] }],
    [{ resources: ['secrets'], verbs: ['create'] }],
    [{ resources: ['pods/exec'], verbs: ['create'] }, broad("grantAccess('pods/exec').resources", 'Whoever has pods/exec can run commands in pods.')],
    [{ resources: ['serviceaccounts/token'], verbs: ['create'] }, broad("grantAccess('serviceaccounts/token').resources", 'Whoever has serviceaccounts/token can take the identity of other pods.')],
    [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['bind', 'escalate'] },
      broad("grantAccess('roles').verbs", 'Whoever may escalate can grant more than it has.'), broad("grantAccess('roles').verbs", 'Whoever may bind can grant roles that it does not have.')],
    [{ resources: ['users'], verbs: ['impersonate'], clusterWide: true }, broad("grantAccess('users').verbs", 'Whoever may impersonate can act as somebody else.')],
    [{ resources: ['pods'], verbs: [] }, invalid("grantAccess('pods').verbs", 'The rule lets nobody do anything.', "Write what may be done, for example ['get', 'list', 'watch'].")],
    [{ resources: ['pods'], verbs: ['GET'] }, invalid("grantAccess('pods').verbs", "'GET' is not a verb.", "Write it in lower case, for example 'get', 'list', 'watch', 'create', 'update', 'patch' or 'delete'.")],
    [{ verbs: ['get'] }, invalid("grantAccess('').resources", 'The rule is about nothing.', "Name the resources, for example ['pods'].")],
    [{ resources: ['Pod'], verbs: ['get'] }, invalid("grantAccess('Pod').resources", "'Pod' is not a resource.", "Write its plural in lower case, for example 'pods' or 'deployments/scale'; its group goes to 'apiGroups'.")],
    [{ apiGroups: ['apps/v1'], resources: ['deployments'], verbs: ['get'] },
      invalid("grantAccess('deployments').apiGroups", "'apps/v1' is not an API group.", "Write it without the version, for example 'apps' or 'networking.k8s.io'; the core group is ''.")],
    [{ apiGroups: [], resources: ['pods'], verbs: ['get'] },
      invalid("grantAccess('pods').apiGroups", 'A rule without a group covers no resource.', "Leave 'apiGroups' out for the core group, or name the groups.")],
    [{ resources: ['pods'], verbs: ['get'], resourceNames: [] },
      invalid("grantAccess('pods').resourceNames", 'An empty list admits every object.', "Name the objects, or leave 'resourceNames' out.")],
    [{ resources: ['pods'], verbs: ['get', 'create'], resourceNames: ['a'] },
      conflict("grantAccess('pods').resourceNames", 'A request to create names no object, so the rule never admits it.', "Grant 'create' by a rule of its own without 'resourceNames'.")],
    [{ resources: ['nodes', 'pods'], verbs: ['get'] },
      conflict("grantAccess('nodes, pods').resources", 'A role of one namespace cannot reach nodes, which lie in none.', 'Write clusterWide: true.')],
    [{ nonResourceUrls: ['/metrics'], verbs: ['get'] },
      conflict("grantAccess('/metrics').nonResourceUrls", 'A role of one namespace cannot reach paths of the API server.', 'Write clusterWide: true.')],
    [{ resources: ['pods'], verbs: ['get'], namespace: 'Batch' }, ...[
      finding('error', 'invalid-name', "shop/orders grantAccess('pods').namespace", "'Batch' is not the name of a namespace.", 'Use at most 63 lower-case letters, digits and dashes.'),
    ]],
    [{ resources: ['pods'], verbs: ['get'], namespace: 'batch', clusterWide: true },
      conflict("grantAccess('pods').namespace", 'Rights in every namespace need no other.', 'Keep one of clusterWide and namespace.')],
  ])('%j', (grant, ...expected) => {
    expect(found(grant)).toEqual(expected);
  });

  const unknown = finding('warning', 'api-server-unknown', 'shop/orders', 'The pods talk to the API server, and nothing says where it is, so their network policy does not let them.',
    "Say it once for all: new Platform(app, { apiServer: { cidrs: ['…'] } }), with what kubectl get endpointslices kubernetes shows.");

  test.each<[string, (chart: Chart) => void, ...string[]]>([
    ['rights', chart => orders(chart).grantAccess({ resources: ['pods'], verbs: ['get'] }), unknown],
    ['the token', chart => orders(chart, { serviceAccountToken: true }), unknown],
    ['neither', chart => orders(chart)],
    ['who may go anywhere', chart => orders(chart, { serviceAccountToken: true, egress: Traffic.UNRESTRICTED })],
  ])('where the API server is not known: %s', (_, build, ...expected) => {
    const chart = shop();
    build(chart);
    expect(findings(chart)).toEqual(expected);
  });

  test('pods on the network of their node go past every policy', () => {
    const chart = shop();
    const service = orders(chart, { security: { hostNetwork: true } });
    service.grantAccess({ resources: ['pods'], verbs: ['get'] });
    Diagnostics.of(service).acknowledge('host-access', 'it configures the network');
    expect(Diagnostics.of(chart).warnings()).toEqual([]);
  });

  test('rights without the token', () => {
    const chart = shop(API_SERVER);
    orders(chart, { serviceAccountToken: false }).grantAccess({ resources: ['pods'], verbs: ['get'] });
    expect(findings(chart)).toEqual([conflict('serviceAccountToken', 'Rights are granted to the pods, and without the token they cannot use them.', 'Leave serviceAccountToken out, or grant nothing.')]);
  });

  test('annotations of an account that is made elsewhere', () => {
    const chart = shop();
    orders(chart, { serviceAccountName: 'robot', serviceAccountAnnotations: { 'a b': '' } });
    expect(findings(chart)).toEqual([
      conflict('serviceAccountAnnotations', "The ServiceAccount 'robot' is made elsewhere, and annotated there.", 'Annotate it there, or leave serviceAccountName out.'),
      finding('error', 'invalid-label', "shop/orders serviceAccountAnnotations['a b']", "'a b' is not a key for a label or annotation.",
        "Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash."),
    ]);
  });

  test('roles that may do nearly everything', () => {
    const chart = shop(API_SERVER);
    orders(chart).grantRole(ExistingRole.clusterRole('cluster-admin'), { clusterWide: true });
    expect(findings(chart)).toEqual([finding('warning', 'broad-access', "shop/orders grantRole('cluster-admin')",
      "The role 'cluster-admin' may do nearly everything, and read every secret in its reach.",
      "Grant what is needed alone: grantAccess({ resources: […], verbs: […] }), or acknowledge 'broad-access' with the reason.")]);
  });

  test('roles that cannot be granted so', () => {
    const chart = new Chart(new App(), 'shop');
    new Platform(chart, API_SERVER);
    const service = orders(chart);
    service.grantRole(ExistingRole.role('local'), { clusterWide: true });
    service.grantRole(ExistingRole.role('Local Role'));
    service.grantAccess({ resources: ['pods'], verbs: ['get'], namespace: 'batch' });
    const needsNamespace = ['A binding elsewhere names the namespace of the ServiceAccount, and the chart has none.', "Write new Chart(scope, '…', { namespace: '…' })."] as const;
    expect(Diagnostics.of(service).errors().map(({ property, message, remedy }) => [property, message, remedy])).toEqual([
      ["grantRole('local').clusterWide", "'local' is a role of one namespace, and cannot hold in all.", 'Leave clusterWide out, or make it a ClusterRole.'],
      ["grantRole('local').clusterWide", ...needsNamespace],
      ["grantRole('Local Role')", "'Local Role' cannot be the name of a Role.", 'Write it as the Role has it in its metadata.name: lower-case letters, digits, dashes and dots.'],
      ['grantAccess.namespace', ...needsNamespace],
    ]);
  });

  test('a role without rules', () => {
    const chart = shop();
    new Role(chart, 'nothing', { rules: [] });
    expect(findings(chart)).toEqual([finding('error', 'invalid-value', 'shop/nothing rules', 'The role allows nothing.', "Write a rule, for example { resources: ['pods'], verbs: ['get'] }.")]);
  });

  test('rules of a role are named by where they stand in it', () => {
    const chart = shop();
    new Role(chart, 'reader', { rules: [{ resources: ['pods'], verbs: ['get'] }, { resources: ['secrets'], verbs: ['list'] }] });
    expect(findings(chart)).toEqual([finding('warning', 'broad-access', 'shop/reader rules[1].resources', 'The rule reads every secret, whosever it is.',
      "Name what is needed alone, secrets by 'resourceNames', or acknowledge 'broad-access' with the reason.")]);
  });
});
