import type { KubernetesObject } from '../support/real-runs/manifests';

export const DNS_ADDRESS = '10.96.0.10';
export const INGRESS_ADDRESS = '10.96.0.80';
const SYSTEM = 'kube-system';

/** The namespace that our network policies expect the ingress controller in. */
export const INGRESS_NAMESPACE = 'traefik';

/** Images of the programs that every cluster has, by names that no other registry has. */
export const systemImage = (program: string): string => `system.invalid/${program}:local`;

/** Where a client stands that our network policies admit. */
export const VISITOR = { name: 'visitor', namespace: INGRESS_NAMESPACE };

interface Component {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly [label: string]: string };
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number; readonly protocol?: string }[];
  readonly readiness: object;
  readonly securityContext?: object;
  readonly volumes?: readonly { readonly mountPath: string; readonly source: object }[];
  /** What it may do in the whole cluster: the groups, the resources, and how they are used. */
  readonly rules: readonly (readonly [string, readonly string[], readonly string[]])[];
}

const READ = ['get', 'list', 'watch'];
const RESTRICTED = {
  allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' },
};

/** The names of services, looked up. */
export function dns(): KubernetesObject[] {
  const labels = { 'k8s-app': 'kube-dns' };
  const corefile = '.:53 {\n  errors\n  health :8080\n  ready :8181\n  kubernetes cluster.local\n}\n';
  return [
    object('v1', 'ConfigMap', { name: 'coredns', namespace: SYSTEM }, { data: { Corefile: corefile } }),
    ...deploy({
      name: 'coredns',
      namespace: SYSTEM,
      labels,
      args: ['-conf', '/etc/coredns/Corefile'],
      ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53 }],
      readiness: { path: '/ready', port: 8181 },
      securityContext: { ...RESTRICTED, capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] }, runAsNonRoot: false, runAsUser: 0 },
      volumes: [{ mountPath: '/etc/coredns', source: { configMap: { name: 'coredns' } } }],
      rules: [['', ['services', 'namespaces'], READ], ['discovery.k8s.io', ['endpointslices'], READ]],
    }),
    service('kube-dns', SYSTEM, labels, DNS_ADDRESS, [['dns', 53, 'UDP'], ['dns-tcp', 53, 'TCP']]),
  ];
}

/** What an autoscaler reads. */
export function metrics(): KubernetesObject[] {
  const name = 'metrics-server';
  const labels = { 'k8s-app': name };
  const account = { kind: 'ServiceAccount', name, namespace: SYSTEM };
  return [
    ...deploy({
      name,
      namespace: SYSTEM,
      labels,
      // The kubelet made its certificate itself.
      args: [
        '--secure-port=10250', '--cert-dir=/tmp', '--kubelet-preferred-address-types=InternalIP', '--kubelet-insecure-tls',
        '--metric-resolution=10s', '--kubelet-request-timeout=5s',
      ],
      ports: [{ name: 'https', containerPort: 10250 }],
      readiness: { path: '/readyz', port: 'https', scheme: 'HTTPS' },
      volumes: [{ mountPath: '/tmp', source: { emptyDir: {} } }],
      rules: [['', ['nodes/metrics'], ['get']], ['', ['pods', 'nodes', 'namespaces', 'configmaps'], READ]],
    }),
    binding('ClusterRoleBinding', { name: `${name}-delegator` }, { kind: 'ClusterRole', name: 'system:auth-delegator' }, account),
    binding('RoleBinding', { name: `${name}-reader`, namespace: SYSTEM }, { kind: 'Role', name: 'extension-apiserver-authentication-reader' }, account),
    service(name, SYSTEM, labels, undefined, [['https', 443, 'TCP']]),
    object('apiregistration.k8s.io/v1', 'APIService', { name: 'v1beta1.metrics.k8s.io' }, {
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { name, namespace: SYSTEM },
      },
    }),
  ];
}

/** An ingress controller, for the class `traefik`. */
export function ingress(): KubernetesObject[] {
  const name = 'traefik';
  const labels = { 'app.kubernetes.io/name': name };
  return [
    object('v1', 'Namespace', { name: INGRESS_NAMESPACE }),
    object('networking.k8s.io/v1', 'IngressClass', { name }, { spec: { controller: 'traefik.io/ingress-controller' } }),
    ...deploy({
      name,
      namespace: INGRESS_NAMESPACE,
      labels,
      args: [
        '--global.checknewversion=false', '--global.sendanonymoususage=false', '--ping=true', '--entrypoints.traefik.address=:9000',
        // As its Helm chart has it: what comes by HTTPS is decrypted here.
        '--entrypoints.web.address=:8000', '--entrypoints.websecure.address=:8443', '--entrypoints.websecure.http.tls=true',
        '--providers.kubernetescrd=true', '--providers.kubernetesingress=true', `--providers.kubernetesingress.ingressendpoint.ip=${INGRESS_ADDRESS}`,
      ],
      ports: [{ name: 'http', containerPort: 8000 }, { name: 'https', containerPort: 8443 }],
      readiness: { path: '/ping', port: 9000 },
      rules: [
        ['', ['services', 'endpoints', 'secrets', 'configmaps', 'namespaces', 'nodes'], READ],
        ['discovery.k8s.io', ['endpointslices'], READ],
        ['networking.k8s.io', ['ingresses', 'ingressclasses'], READ],
        ['networking.k8s.io', ['ingresses/status'], ['update']],
        ['traefik.io', ['*'], READ],
      ],
    }),
    service(name, INGRESS_NAMESPACE, labels, INGRESS_ADDRESS, [['http', 80, 'TCP'], ['https', 443, 'TCP']]),
  ];
}

/** A pod with a client in it. */
export function visitor(): KubernetesObject[] {
  return [
    object('v1', 'Pod', VISITOR, {
      spec: {
        automountServiceAccountToken: false,
        containers: [{ name: 'visitor', image: systemImage('visitor'), securityContext: RESTRICTED }],
        terminationGracePeriodSeconds: 1,
      },
    }),
  ];
}

/** A program with all that it is allowed to do. */
function deploy(component: Component): KubernetesObject[] {
  const { name, namespace, labels, args, ports, readiness, securityContext = RESTRICTED, volumes = [], rules } = component;
  return [
    object('v1', 'ServiceAccount', { name, namespace }),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name }, {
      rules: rules.map(([group, resources, verbs]) => ({ apiGroups: [group], resources, verbs })),
    }),
    binding('ClusterRoleBinding', { name }, { kind: 'ClusterRole', name }, { kind: 'ServiceAccount', name, namespace }),
    object('apps/v1', 'Deployment', { name, namespace, labels }, {
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: name,
            containers: [{
              name,
              args,
              ports,
              securityContext,
              image: systemImage(name),
              readinessProbe: { httpGet: readiness, periodSeconds: 1 },
              volumeMounts: volumes.map(({ mountPath }, index) => ({ mountPath, name: `volume-${index}` })),
            }],
            volumes: volumes.map(({ source }, index) => ({ ...source, name: `volume-${index}` })),
          },
        },
      },
    }),
  ];
}

function service(
  name: string,
  namespace: string,
  selector: object,
  clusterIP: string | undefined,
  ports: readonly (readonly [string, number, string])[],
): KubernetesObject {
  return object('v1', 'Service', { name, namespace }, {
    spec: {
      ...clusterIP !== undefined && { clusterIP },
      selector,
      ports: ports.map(([port, number, protocol]) => ({ name: port, port: number, protocol, targetPort: port })),
    },
  });
}

function binding(kind: string, metadata: KubernetesObject['metadata'], role: object, subject: object): KubernetesObject {
  return object('rbac.authorization.k8s.io/v1', kind, metadata, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...role }, subjects: [subject] });
}

function object(apiVersion: string, kind: string, metadata: KubernetesObject['metadata'], content: object = {}): KubernetesObject {
  return { apiVersion, kind, metadata, ...content };
}
