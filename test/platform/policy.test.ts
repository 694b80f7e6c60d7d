import { ApiObject, App, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { ContainerImage, Diagnostics, Traffic, Exemption, Forbidden, GoStyleMicroservice, NodeAgent, Platform, type PlatformPolicy, Replicas, Resources, ServiceNamespace, ServiceType, Volume } from '../../lib';
import { finding, findings, IMAGE, orders, shop } from '../support/services';
import { expectInvalidManifests } from '../support/validate-every-manifest';

const ALL = Object.values(Forbidden);
const IMAGE_NAME = `ghcr.io/acme/orders:1.4.2@sha256:${'0'.repeat(64)}`;

/** A violation as it is printed. */
function forbidden(where: string, message: string, remedy: string, grant: string, platform = 'shop/Platform'): string {
  return finding('error', 'forbidden-by-platform', where, `${message} The platform '${platform}' forbids that.`,
    `${remedy} Where it is justified, whoever keeps '${platform}' exempts it: Exemption.ofConstruct('${where.split(' ')[0]}', { ${grant}, reason: '…' }).`);
}

const BY_DEFAULT = 'Leave it as the service has it by default.';
const DIRECT = 'Keep it a ClusterIP, and let a route lead to it.';

function policed(policy: PlatformPolicy): Chart {
  return shop({ policy, ingressClass: 'traefik' });
}

test('a service with its defaults breaks no policy', () => {
  const chart = policed({ forbid: ALL, allowedRegistries: ['ghcr.io/acme'], maxReplicas: 2, maxResources: { cpu: '100m', memory: '128Mi', ephemeralStorage: '256Mi' } });
  new ServiceNamespace(chart, 'namespace');
  orders(chart);
  expect(findings(chart)).toEqual([]);
});

describe('host access and hardening', () => {
  const spec = 'shop/orders Deployment.spec.template.spec.';
  const host = (field: string, message: string) => forbidden(`${spec}${field}`, message, BY_DEFAULT, 'allow: [Forbidden.HOST_ACCESS]');
  const weakened = (field: string, message: string) => forbidden(`${spec}${field}`, message, BY_DEFAULT, 'allow: [Forbidden.WEAKENED_HARDENING]');

  test.each<[string, Parameters<typeof orders>[1], ...string[]]>([
    ['host network', { security: { hostNetwork: true } }, host('hostNetwork', 'The pod shares the network of its node.')],
    ['host processes', { security: { hostPid: true } }, host('hostPID', 'The pod shares the processes of its node.')],
    ['host IPC', { security: { hostIpc: true } }, host('hostIPC', 'The pod shares the shared memory of its node.')],
    ['host path', { volumes: { '/logs': Volume.hostPath('/var/log') } }, host("volumes['logs'].hostPath", "The pod mounts '/var/log' of its node.")],
    ['host port', { extraPorts: [{ name: 'proxy', number: 9000, hostPort: 9000, exposed: false }] }, host("containers['orders'].ports['proxy'].hostPort", 'The pod takes port 9000 of its node.')],
    ['privileged', { security: { privileged: true } }, host("containers['orders'].securityContext.privileged", "The container 'orders' is root on its node.")],
    ['host network by podFields', { podFields: { hostNetwork: true } }, host('hostNetwork', 'The pod shares the network of its node.')],
    ['privileged by containerFields', { containerFields: { securityContext: { privileged: true, allowPrivilegeEscalation: null as any } } },
      host("containers['orders'].securityContext.privileged", "The container 'orders' is root on its node.")],
    ['host path by overrides', { overrides: { spec: { volumes: [{ name: 'sock', hostPath: { path: '/run/containerd.sock' } }] } } },
      host("volumes['sock'].hostPath", "The pod mounts '/run/containerd.sock' of its node.")],
    ['host network by deploymentFields', { deploymentFields: { template: { spec: { hostNetwork: true } } } as any }, host('hostNetwork', 'The pod shares the network of its node.')],
    ['root', { security: { allowRoot: true } }, weakened("containers['orders'].securityContext.runAsNonRoot", "The container 'orders' may run as root.")],
    ['writable root', { security: { writableRootFilesystem: true } }, weakened("containers['orders'].securityContext.readOnlyRootFilesystem", "The container 'orders' may change the files of its image.")],
    ['capabilities', { security: { addCapabilities: ['NET_ADMIN'] } }, weakened("containers['orders'].securityContext.capabilities.add", "The container 'orders' gets NET_ADMIN.")],
    ['seccomp', { security: { seccompProfile: 'Unconfined' } }, weakened('securityContext.seccompProfile', 'The pod may make every system call.')],
    ['escalation', { security: { allowPrivilegeEscalation: true } }, weakened("containers['orders'].securityContext.allowPrivilegeEscalation", "The container 'orders' may gain more privileges than its parent.")],
    ['sysctls', { security: { sysctls: { 'kernel.sem': '1' } } }, weakened("securityContext.sysctls['kernel.sem']", 'The pod sets kernel.sem, which the Pod Security Standards do not allow on Kubernetes 1.31.')],
  ])('%s, and no warning beside it', (_, props, ...expected) => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS, Forbidden.WEAKENED_HARDENING] });
    orders(chart, props);
    expect(findings(chart)).toEqual(expected);
  });

  test('what is not forbidden stays a warning', () => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS] });
    orders(chart, { security: { writableRootFilesystem: true } });
    expect(findings(chart)).toEqual([finding('warning', 'hardening-off', 'shop/orders security.writableRootFilesystem',
      'The container may change the files of its image; a volume at the path that it writes is enough.',
      "Leave writableRootFilesystem out, or acknowledge 'hardening-off' with the reason.")]);
  });

  test('by a JSON patch', () => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS] });
    orders(chart).deployment.apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/hostPID', true));
    expect(findings(chart)).toEqual([host('hostPID', 'The pod shares the processes of its node.')]);
  });

  test('a weaker namespace', () => {
    const chart = policed({ forbid: [Forbidden.WEAKENED_HARDENING] });
    new ServiceNamespace(chart, 'namespace', { podSecurity: 'privileged' as any });
    expect(findings(chart)).toContain(forbidden("shop/namespace Namespace.metadata.labels['pod-security.kubernetes.io/enforce']",
      "The namespace admits pods that the restricted Pod Security Standard forbids: it enforces 'privileged'.",
      'Make it a ServiceNamespace, and leave podSecurity out.', 'allow: [Forbidden.WEAKENED_HARDENING]'));
  });

  test('it cannot be acknowledged away', () => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS] });
    const service = orders(chart, { security: { hostNetwork: true } });
    Diagnostics.of(service).acknowledge('host-access', 'it must');
    Diagnostics.of(service).acknowledge('forbidden-by-platform', 'it must');
    expect(Diagnostics.of(chart).errors().map(({ code }) => code)).toEqual(['forbidden-by-platform', 'error-acknowledged']);
  });
});

describe('Services, policies and registries', () => {
  test.each<[string, PlatformPolicy, Parameters<typeof orders>[1], string]>([
    ['load balancers', { forbid: [Forbidden.LOAD_BALANCERS] }, { service: { type: ServiceType.LOAD_BALANCER } },
      forbidden('shop/orders Service.spec.type', 'The Service has a load balancer of its own.', DIRECT, 'allow: [Forbidden.LOAD_BALANCERS]')],
    ['load balancers by pass-through', { forbid: [Forbidden.LOAD_BALANCERS] }, { service: { fields: { type: 'LoadBalancer' } } },
      forbidden('shop/orders Service.spec.type', 'The Service has a load balancer of its own.', DIRECT, 'allow: [Forbidden.LOAD_BALANCERS]')],
    ['node ports', { forbid: [Forbidden.NODE_PORTS] }, { service: { type: ServiceType.NODE_PORT } },
      forbidden('shop/orders Service.spec.type', 'The Service takes a port of every node.', DIRECT, 'allow: [Forbidden.NODE_PORTS]')],
    ['external addresses', { forbid: [Forbidden.NODE_PORTS] }, { service: { fields: { externalIps: ['203.0.113.1'] } } },
      forbidden('shop/orders Service.spec.externalIPs', 'The Service takes over addresses outside the cluster.', DIRECT, 'allow: [Forbidden.NODE_PORTS]')],
    ['egress', { forbid: [Forbidden.UNRESTRICTED_EGRESS] }, { egress: Traffic.UNRESTRICTED },
      forbidden('shop/orders NetworkPolicy.spec.egress[0]', 'The pods may go anywhere.',
        "Leave 'egress' out, and declare each target: connectTo(External.host('api.example.com', 443)).", 'allow: [Forbidden.UNRESTRICTED_EGRESS]')],
    ['replicas', { maxReplicas: 5 }, { replicas: Replicas.fixed(6) },
      forbidden('shop/orders Deployment.spec.replicas', 'There may be 6 pods, which is more than 5.', 'Ask for fewer.', 'maxReplicas: …')],
    ['autoscaled replicas', { maxReplicas: 5 }, { replicas: Replicas.autoscaled({ min: 2, max: 10 }) },
      forbidden('shop/orders HorizontalPodAutoscaler.spec.maxReplicas', 'There may be 10 pods, which is more than 5.', 'Ask for fewer.', 'maxReplicas: …')],
    ['memory', { maxResources: { memory: '1Gi' } }, { resources: Resources.of({ cpu: '8', memory: '1Gi', memoryLimit: '2Gi' }) },
      forbidden("shop/orders Deployment.spec.template.spec.containers['orders'].resources.limits.memory",
        "The container 'orders' wants 2Gi of memory, which is more than 1Gi.", 'Ask for less.', 'maxResources: { … }')],
    ['images', { allowedRegistries: ['registry.example.com', 'ghcr.io/acme'] }, { image: ContainerImage.reference(`ghcr.io/acme-evil/orders:1@sha256:${'0'.repeat(64)}`) },
      forbidden("shop/orders Deployment.spec.template.spec.containers['orders'].image",
        `The image 'ghcr.io/acme-evil/orders:1@sha256:${'0'.repeat(64)}' does not come from 'registry.example.com' or 'ghcr.io/acme'.`,
        'Take the image from there; a mirror is enough.', "registries: ['…']")],
  ])('%s', (_, policy, props, expected) => {
    const chart = policed(policy);
    orders(chart, props);
    expect(findings(chart)).toEqual([expected]);
  });

  test.each<[string, string, boolean]>([
    ['redis:7', 'docker.io', true],
    ['redis:7', 'docker.io/library', true],
    ['acme/orders:1', 'acme', true],
    ['acme/orders:1', 'docker.io/acme', true],
    ['acme2/orders:1', 'acme', false],
    ['registry.example.com:5000/a/b:1', 'registry.example.com:5000', true],
    ['registry.example.com:5000/a/b:1', 'registry.example.com', false],
    ['ghcr.io/acme/team/orders:1', 'ghcr.io/acme', true],
    ['ghcr.io/acmes:1', 'ghcr.io/acme', false],
  ])('%s below %s: %s', (image, registry, allowed) => {
    const chart = policed({ allowedRegistries: [registry] });
    orders(chart, { image: ContainerImage.reference(`${image}@sha256:${'0'.repeat(64)}`) });
    expect(Diagnostics.of(chart).errors()).toHaveLength(allowed ? 0 : 1);
  });

  test('init containers, sidecars and image volumes are images too', () => {
    const chart = policed({ allowedRegistries: ['ghcr.io/acme'] });
    const foreign = ContainerImage.reference(`docker.io/acme/x:1@sha256:${'0'.repeat(64)}`);
    orders(chart, {
      initContainers: [{ name: 'init', image: foreign }],
      sidecars: [{ name: 'side', image: foreign }],
      overrides: { spec: { volumes: [{ name: 'data', image: { reference: 'quay.io/a/b:1' } }] } },
    });
    expect(Diagnostics.of(chart).errors().map(({ property }) => property)).toEqual([
      "Deployment.spec.template.spec.initContainers['init'].image",
      "Deployment.spec.template.spec.initContainers['side'].image",
      "Deployment.spec.template.spec.volumes['data'].image",
    ]);
  });
});

describe('domains', () => {
  const hosts = (objects: object[]) => {
    const chart = policed({ allowedDomains: ['example.com'] });
    objects.forEach((object, index) => new ApiObject(chart, `object${index}`, { metadata: { name: 'a' }, ...object } as any));
    const found = Diagnostics.of(chart.node.root).errors().map(({ property, message }) => `${property}: ${message.replace(/ The platform .*/, '')}`);
    return found;
  };
  const spec = (rest: object) => ({ parentRefs: [{ name: 'gateway' }], ...rest });

  test('Ingresses', () => {
    const path = { path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } };
    expect(hosts([{
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      spec: { defaultBackend: path.backend, rules: ['shop.example.com', '*.example.com', 'example.com', 'badexample.com', undefined].map(host => ({ host, http: { paths: [path] } })) },
    }])).toEqual([
      'Ingress.spec.defaultBackend: The route takes every host.',
      "Ingress.spec.rules[3].host: The host 'badexample.com' does not lie within 'example.com'.",
      'Ingress.spec.rules[4].host: The route takes every host.',
    ]);
  });

  test('what the Gateway API, Traefik and cert-manager write', () => {
    expect(hosts([
      { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', spec: spec({ hostnames: ['a.example.com', 'a.example.org'] }) },
      { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', spec: { gatewayClassName: 'a', listeners: [{ name: 'a', port: 80, protocol: 'HTTP', hostname: '*.example.org' }] } },
      { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', spec: { routes: [{ kind: 'Rule', match: 'Host(`a.example.org`, `b.example.com`) && PathPrefix(`/`)' }] } },
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', spec: { secretName: 'a', issuerRef: { name: 'a' }, dnsNames: ['a.example.org'] } },
    ])).toEqual([
      "HTTPRoute.spec.hostnames[1]: The host 'a.example.org' does not lie within 'example.com'.",
      "Gateway.spec.listeners[0].hostname: The host '*.example.org' does not lie within 'example.com'.",
      "IngressRoute.spec.routes[0].match: The host 'a.example.org' does not lie within 'example.com'.",
      "Certificate.spec.dnsNames[0]: The host 'a.example.org' does not lie within 'example.com'.",
    ]);
  });
});

describe('levels', () => {
  function levels(outer: PlatformPolicy, inner: PlatformPolicy): { app: App; chart: Chart } {
    const app = Testing.app();
    new Platform(app, { policy: outer });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new Platform(chart, { policy: inner });
    return { app, chart };
  }
  const network = (platform: string) => forbidden('shop/orders Deployment.spec.template.spec.hostNetwork', 'The pod shares the network of its node.',
    BY_DEFAULT, 'allow: [Forbidden.HOST_ACCESS]', platform);

  test('an inner platform lifts nothing, not even by exempting itself', () => {
    const { app, chart } = levels({ forbid: [Forbidden.HOST_ACCESS], maxReplicas: 5, allowedRegistries: ['ghcr.io/acme'] }, {
      forbid: [],
      maxReplicas: 100,
      allowedRegistries: ['ghcr.io'],
      exemptions: [Exemption.ofConstruct('shop', { allow: [Forbidden.HOST_ACCESS], maxReplicas: 100, registries: ['ghcr.io/evil'], reason: 'we want to' })],
    });
    orders(chart, { security: { hostNetwork: true }, replicas: Replicas.fixed(50), image: ContainerImage.reference(`ghcr.io/evil/orders:1@sha256:${'0'.repeat(64)}`) });
    expect(Diagnostics.of(app).errors().map(({ property, message }) => [property, /platform '(.*)' forbids/.exec(message)![1]])).toEqual([
      ['Deployment.spec.template.spec.hostNetwork', 'Platform'],
      ["Deployment.spec.template.spec.containers['orders'].image", 'Platform'],
      ['Deployment.spec.replicas', 'Platform'],
    ]);
  });

  test('an inner platform adds its own', () => {
    const { app, chart } = levels({ forbid: [Forbidden.NODE_PORTS] }, { forbid: [Forbidden.HOST_ACCESS] });
    orders(chart, { security: { hostNetwork: true } });
    expect(findings(app)).toEqual([network('shop/Platform')]);
  });

  test('both say it where both forbid it', () => {
    const { app, chart } = levels({ forbid: [Forbidden.HOST_ACCESS] }, { forbid: [Forbidden.HOST_ACCESS] });
    orders(chart, { security: { hostNetwork: true } });
    expect(findings(app)).toEqual([network('Platform'), network('shop/Platform')]);
  });

  test('a policy holds below its platform alone', () => {
    const app = Testing.app();
    const [one, other] = ['one', 'other'].map(id => new Chart(app, id, { namespace: id }));
    new Platform(one, { policy: { forbid: [Forbidden.HOST_ACCESS] } });
    [one, other].forEach(chart => orders(chart, { security: { hostNetwork: true } }));
    expect(Diagnostics.of(app).errors().map(({ path }) => path)).toEqual(['one/orders']);
  });
});

describe('exemptions', () => {
  const agent = (exemption: Exemption) => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS], exemptions: [exemption] });
    const made = new NodeAgent(chart, 'logs', { image: IMAGE, volumes: { '/var/log': Volume.hostPath('/var/log') } });
    Diagnostics.of(made).acknowledge('host-access', 'it collects the logs of the node');
    return Diagnostics.of(chart).errors().map(({ code }) => code);
  };
  const grant = { allow: [Forbidden.HOST_ACCESS], reason: 'it collects the logs of the node' };

  test.each<[string, Exemption, number]>([
    ['the construct', Exemption.ofConstruct('shop/logs', grant), 0],
    ['what holds it', Exemption.ofConstruct('shop', grant), 0],
    ['another whose name begins alike', Exemption.ofConstruct('shop/log', grant), 1],
    ['something else', Exemption.ofConstruct('shop/logs', { allow: [Forbidden.NODE_PORTS], reason: 'it' }), 1],
    ['the namespace', Exemption.ofNamespace('shop', grant), 0],
    ['another namespace', Exemption.ofNamespace('monitoring', grant), 1],
  ])('%s', (_, exemption, errors) => {
    expect(agent(exemption)).toEqual(Array(errors).fill('forbidden-by-platform'));
  });

  test('what is exempted is a warning again', () => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS], exemptions: [Exemption.ofConstruct('shop/orders', grant)] });
    orders(chart, { security: { hostNetwork: true } });
    expect(Diagnostics.of(chart).collect().map(({ code }) => code)).toEqual(['host-access']);
  });

  test('of bounds', () => {
    const reason = 'the search index';
    const chart = policed({
      allowedRegistries: ['ghcr.io/acme'],
      maxReplicas: 1,
      maxResources: { memory: '64Mi', cpu: '1' },
      allowedDomains: ['example.com'],
      exemptions: [Exemption.ofConstruct('shop/orders', { registries: ['docker.io/library'], maxReplicas: 2, maxResources: { memory: '1Gi' }, domains: ['example.org'], reason })],
    });
    orders(chart, { image: ContainerImage.reference(`redis:7@sha256:${'0'.repeat(64)}`), resources: Resources.of({ cpu: '2', memory: '1Gi' }) });
    expect(Diagnostics.of(chart).errors().map(({ property }) => property)).toEqual(["Deployment.spec.template.spec.containers['orders'].resources.requests.cpu"]);
  });

  test.each<[PlatformPolicy, string]>([
    [{ exemptions: [Exemption.ofConstruct('shop', { allow: [Forbidden.HOST_ACCESS], reason: ' ' })] },
      finding('error', 'reason-missing', 'shop/Platform policy.exemptions[0]', 'The exemption gives no reason.', 'Say in a few words why it is right there.')],
    [{ exemptions: [Exemption.ofConstruct('shop', { reason: 'because' })] },
      finding('error', 'invalid-value', 'shop/Platform policy.exemptions[0]', 'The exemption grants nothing.', 'Write what is not forbidden there, for example allow: [Forbidden.HOST_ACCESS], or drop it.')],
    [{ exemptions: [Exemption.ofConstruct('/shop', grant)] },
      finding('error', 'invalid-value', 'shop/Platform policy.exemptions[0]', "'/shop' is not the path of a construct.", "Write it as diagnostics print it, for example 'shop/log-collector'.")],
    [{ exemptions: [Exemption.ofNamespace('Shop', grant)] },
      finding('error', 'invalid-name', 'shop/Platform policy.exemptions[0]', "'Shop' is not the name of a namespace.", 'Use at most 63 lower-case letters, digits and dashes.')],
    [{ exemptions: [Exemption.ofNamespace('shop', { maxReplicas: 0, reason: 'because' })] },
      finding('error', 'invalid-replicas', 'shop/Platform policy.exemptions[0].maxReplicas', '0 is not a number of replicas.', 'Write a whole number of at least 1.')],
    [{ allowedRegistries: ['https://ghcr.io'] },
      finding('error', 'invalid-image', 'shop/Platform policy.allowedRegistries[0]', "'https://ghcr.io' is not a registry.", "Write its host and path in lower case, without scheme and without a slash at the end, for example 'ghcr.io/acme'.")],
    [{ allowedRegistries: [] },
      finding('error', 'invalid-value', 'shop/Platform policy.allowedRegistries', 'An empty list admits no image.', "Name the registries, or leave 'allowedRegistries' out.")],
    [{ allowedDomains: ['*.example.com'] },
      finding('error', 'invalid-host', 'shop/Platform policy.allowedDomains[0]', "'*.example.com' is not a domain.", "Write it in lower case without dots at the ends, for example 'example.com'; everything below it is meant as well.")],
    [{ maxResources: { memory: 'much' } },
      finding('error', 'invalid-quantity', 'shop/Platform policy.maxResources.memory', "'much' is not a quantity.", "Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'.")],
  ])('%j', (policy, expected) => {
    expect(findings(policed(policy))).toEqual([expected]);
  });
});

describe('objects of others', () => {
  test('a plain object, by the path that it has itself', () => {
    const chart = policed({ forbid: [Forbidden.NODE_PORTS] });
    new ApiObject(chart, 'legacy', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'legacy' }, spec: { type: 'NodePort', ports: [{ port: 80 }] } });
    expect(findings(chart)).toEqual([forbidden('shop/legacy Service.spec.type', 'The Service takes a port of every node.', DIRECT, 'allow: [Forbidden.NODE_PORTS]')]);
  });

  test('a Deployment of cdk8s-plus', () => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS], allowedRegistries: ['ghcr.io/acme'] });
    new Deployment(chart, 'legacy', { hostNetwork: true, containers: [{ image: 'nginx' }] });
    const [network, image] = Diagnostics.of(chart).errors();
    expect(network).toMatchObject({ path: 'shop/legacy/Resource', property: 'Deployment.spec.template.spec.hostNetwork' });
    expect(image.message).toBe("The image 'nginx' does not come from 'ghcr.io/acme'. The platform 'shop/Platform' forbids that.");
  });

  test('a manifest that is included', () => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS] });
    new Include(chart, 'vendor', { url: `${__dirname}/vendor.yaml` });
    expect(Diagnostics.of(chart).errors().map(({ path, property }) => [path.replace(/-[^/]*$/, ''), property])).toEqual([['shop/vendor/vendor', 'DaemonSet.spec.template.spec.hostPID']]);
  });

  test('of RBAC', () => {
    const chart = policed({ forbid: [Forbidden.BROAD_ACCESS, Forbidden.CLUSTER_WIDE_ACCESS] });
    new ApiObject(chart, 'legacy', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'legacy' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' }],
    });
    expect(Diagnostics.of(chart).errors().map(({ property, message }) => [property, message.replace(/ The platform.*/, '')])).toEqual([
      ['ClusterRoleBinding.roleRef', "The role 'cluster-admin' may do nearly everything, and read every secret in its reach."],
      ['ClusterRoleBinding.subjects[0]', "The group 'system:authenticated' is far more than one service."],
      ['ClusterRoleBinding.roleRef', 'The rights hold in every namespace.'],
    ]);
  });

  test('under a stock App the message names the object', () => {
    const app = new App();
    new Platform(app, { policy: { forbid: [Forbidden.LOAD_BALANCERS] } });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new ApiObject(chart, 'legacy', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'legacy' }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } });
    expect(() => app.synth()).toThrow(/forbidden-by-platform \(shop\/legacy Service\.spec\.type\): The Service has a load balancer of its own\./);
  });
});

describe('no way leads round it', () => {
  type Pod = { [field: string]: any };
  const pods: { readonly [what: string]: Pod } = {
    'the network of the node': { hostNetwork: true },
    'a path of the node': { volumes: [{ name: 'host', hostPath: { path: '/' } }] },
    'a privileged container': { containers: [{ name: 'orders', securityContext: { privileged: true, allowPrivilegeEscalation: true } }] },
    'a container beside it': { initContainers: [{ name: 'more', image: IMAGE_NAME, securityContext: { privileged: true } }] },
    'a foreign image': { containers: [{ name: 'orders', image: 'docker.io/library/redis:7' }] },
    'much memory': { containers: [{ name: 'orders', resources: { limits: { memory: '64Gi' } } }] },
  };
  const template = (spec: Pod) => ({ selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'orders', image: IMAGE_NAME }], ...spec } } });
  const object = (kind: string, apiVersion: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'raw' }, spec });
  const ways: { readonly [way: string]: (chart: Chart, spec: Pod) => void } = {
    'podFields': (chart, podFields) => void orders(chart, { podFields }),
    'overrides': (chart, spec) => void orders(chart, { overrides: { spec } }),
    'deploymentFields': (chart, spec) => void orders(chart, { deploymentFields: { template: { spec } } as any }),
    'a JSON patch': (chart, spec) => {
      const { apiObject } = orders(chart).deployment;
      Object.entries(spec).forEach(([field, value]) => apiObject.addJsonPatch(JsonPatch.add(`/spec/template/spec/${field}`, value)));
    },
    'a plain Deployment': (chart, spec) => void new ApiObject(chart, 'raw', object('Deployment', 'apps/v1', template(spec))),
    'a plain CronJob': (chart, spec) => void new ApiObject(chart, 'raw', object('CronJob', 'batch/v1', {
      schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', ...template(spec).template.spec } } } },
    })),
    'a plain Pod': (chart, spec) => void new ApiObject(chart, 'raw', object('Pod', 'v1', template(spec).template.spec)),
    'a list': (chart, spec) => void new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'List', metadata: { name: 'all' }, items: [object('Deployment', 'apps/v1', template(spec))] } as any),
  };
  // The fragments leave out what they do not need, and some are valid by themselves: whether they are does not matter here.
  beforeEach(() => expectInvalidManifests('fragments'));
  afterEach(() => void new ApiObject(shop(), 'invalid', { apiVersion: 'v1', kind: 'Nothing' }).toJson());

  test.each(Object.keys(ways).flatMap(way => Object.keys(pods).map(what => [way, what])))('%s: %s', (way, what) => {
    const chart = policed({ forbid: [Forbidden.HOST_ACCESS], allowedRegistries: ['ghcr.io/acme'], maxResources: { memory: '1Gi' } });
    ways[way](chart, pods[what]);
    expect(Diagnostics.of(chart).errors().map(({ code }) => code)).toContain('forbidden-by-platform');
  });
});

test('a service whose definition is wrong beside what is forbidden gives both', () => {
  const chart = policed({ forbid: [Forbidden.HOST_ACCESS] });
  new GoStyleMicroservice(chart, 'orders', { image: IMAGE, port: 80800, security: { hostNetwork: true } });
  expect([...new Set(Diagnostics.of(chart).errors().map(({ code }) => code))]).toEqual(['invalid-port', 'forbidden-by-platform']);
});
