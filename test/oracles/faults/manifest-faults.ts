import type { ManifestFault, TextFault } from './fault';

/** A fault in the security context of the container `web`. */
function security(name: string, change: (context: any) => void): ManifestFault {
  return { name, change: manifests => change(manifests.container.securityContext) };
}

/** A fault in the pod of the Deployment `web`. */
function pod(name: string, change: (spec: any) => void): ManifestFault {
  return { name, change: manifests => change(manifests.pod) };
}

/** A fault in the container `web`. */
function container(name: string, change: (container: any) => void): ManifestFault {
  return { name, change: manifests => change(manifests.container) };
}

/** A fault in one object. */
function object(name: string, kind: string, objectName: string, change: (object: any) => void): ManifestFault {
  return { name, change: manifests => change(manifests.find(kind, objectName)) };
}

/** Objects that are missing. */
function removed(name: string, ...objects: readonly (readonly [kind: string, name: string])[]): ManifestFault {
  return { name, change: manifests => objects.forEach(([kind, objectName]) => manifests.remove(kind, objectName)) };
}

function mount(spec: any, volume: object): void {
  spec.volumes.push({ name: 'extra', ...volume });
  spec.containers[0].volumeMounts.push({ name: 'extra', mountPath: '/extra' });
}

const WHO_RUNS: readonly ManifestFault[] = [
  pod('root user', spec => spec.securityContext.runAsUser = 0),
  pod('low user', spec => spec.securityContext.runAsUser = 1000),
  pod('not told to be non-root', spec => {
    delete spec.securityContext.runAsNonRoot;
    delete spec.containers[0].securityContext.runAsNonRoot;
  }),
  pod('missing seccomp profile', spec => delete spec.securityContext.seccompProfile),
  pod('unconfined seccomp profile', spec => spec.securityContext.seccompProfile = { type: 'Unconfined' }),
  pod('unsafe sysctl', spec => spec.securityContext.sysctls = [{ name: 'kernel.msgmax', value: '65536' }]),
  pod('SELinux user', spec => spec.securityContext.seLinuxOptions = { user: 'system_u' }),
  pod('Windows host process', spec => spec.securityContext.windowsOptions = { hostProcess: true }),
  security('privileged', context => context.privileged = true),
  security('privilege escalation', context => context.allowPrivilegeEscalation = true),
  security('privilege escalation not excluded', context => delete context.allowPrivilegeEscalation),
  security('added capability', context => context.capabilities.add = ['SYS_ADMIN']),
  security('capabilities not dropped', context => delete context.capabilities),
  security('writable root', context => context.readOnlyRootFilesystem = false),
  security('unmasked /proc', context => context.procMount = 'Unmasked'),
  container('no security context', each => delete each.securityContext),
];

const HOST: readonly ManifestFault[] = [
  pod('host network', spec => spec.hostNetwork = true),
  pod('host processes', spec => spec.hostPID = true),
  pod('host IPC', spec => spec.hostIPC = true),
  pod('host path', spec => mount(spec, { hostPath: { path: '/etc' } })),
  pod('docker socket', spec => mount(spec, { hostPath: { path: '/var/run/docker.sock' } })),
  container('host port', each => each.ports[0].hostPort = 8080),
  container('lifecycle hook to another host', each => each.lifecycle = { preStop: { httpGet: { host: '192.0.2.1', port: 80 } } }),
  pod('token of the service account', spec => spec.automountServiceAccountToken = true),
];

const IMAGE_AND_RESOURCES: readonly ManifestFault[] = [
  container('latest tag', each => each.image = 'ghcr.io/acme/web:latest'),
  container('no tag', each => each.image = 'ghcr.io/acme/web'),
  container('no digest', each => each.image = 'ghcr.io/acme/web:1.4.2'),
  container('image not pulled again', each => each.imagePullPolicy = 'IfNotPresent'),
  container('no resources', each => delete each.resources),
  container('no memory limit', each => delete each.resources.limits.memory),
  container('no memory request', each => delete each.resources.requests.memory),
  container('no CPU request', each => delete each.resources.requests.cpu),
  container('no limit of ephemeral storage', each => delete each.resources.limits['ephemeral-storage']),
  container('quantity that is none', each => each.resources.limits.memory = '128 MB'),
  container('the same variable twice', each => each.env.push({ ...each.env[0] })),
  container('secret as a variable', each => each.env.push({ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'credentials', key: 'password' } } })),
];

const AVAILABILITY: readonly ManifestFault[] = [
  container('no readiness probe', each => delete each.readinessProbe),
  container('no liveness probe', each => delete each.livenessProbe),
  container('identical probes', each => each.livenessProbe = { ...each.readinessProbe }),
  container('probe on another host', each => each.readinessProbe.httpGet.host = '192.0.2.1'),
  object('one replica', 'Deployment', 'web', ({ spec }) => spec.replicas = 1),
  object('replicas beside an autoscaler', 'Deployment', 'auto', ({ spec }) => spec.replicas = 3),
  object('recreated at once', 'Deployment', 'web', ({ spec }) => spec.strategy = { type: 'Recreate' }),
  pod('no anti-affinity', spec => delete spec.affinity),
  pod('spread over nothing', spec => delete spec.topologySpreadConstraints[0].topologyKey),
  removed('no disruption budget', ['PodDisruptionBudget', 'web']),
  object('disruption budget of other pods', 'PodDisruptionBudget', 'web', ({ spec }) => spec.selector.matchLabels = { app: 'other' }),
  object('disruption budget without a bound', 'PodDisruptionBudget', 'web', ({ spec }) => delete spec.maxUnavailable),
  object('autoscaler of nothing', 'HorizontalPodAutoscaler', 'auto', ({ spec }) => spec.scaleTargetRef.name = 'other'),
  object('autoscaler down to one', 'HorizontalPodAutoscaler', 'auto', ({ spec }) => spec.minReplicas = 1),
];

const TRAFFIC: readonly ManifestFault[] = [
  object('service of no pods', 'Service', 'web', ({ spec }) => spec.selector = { app: 'other' }),
  object('node port', 'Service', 'web', ({ spec }) => spec.type = 'NodePort'),
  removed('no network policy', ['NetworkPolicy', 'web'], ['NetworkPolicy', 'default-deny']),
  object('network policy of no pods', 'NetworkPolicy', 'web', ({ spec }) => spec.podSelector = { matchLabels: { app: 'other' } }),
  object('ingress to no service', 'Ingress', 'public', ({ spec }) => spec.rules[0].http.paths[0].backend.service.name = 'other'),
  object('ingress to no port', 'Ingress', 'public', ({ spec }) => spec.rules[0].http.paths[0].backend.service.port = { number: 81 }),
  object('selector of other pods', 'Deployment', 'web', ({ spec }) => spec.selector.matchLabels = { app: 'other' }),
];

const FORM: readonly ManifestFault[] = [
  object('unknown field', 'Deployment', 'web', ({ spec }) => spec.replica = 2),
  object('wrong type', 'Deployment', 'web', ({ spec }) => spec.replicas = '2'),
  object('missing selector', 'Deployment', 'web', ({ spec }) => delete spec.selector),
  pod('unknown field deep inside', spec => spec.containers[0].readinessProbe.httpGet.prot = 8080),
  pod('field of a later version', spec => spec.hostnameOverride = 'web'),
  container('value that is none of a list', each => each.imagePullPolicy = 'always'),
  object('retired version', 'HorizontalPodAutoscaler', 'auto', autoscaler => autoscaler.apiVersion = 'autoscaling/v2beta2'),
  object('unknown kind', 'Ingress', 'public', ingress => ingress.kind = 'Ingres'),
  object('label that is none', 'Deployment', 'web', ({ metadata }) => metadata.labels['app.kubernetes.io/part-of'] = 'the shop'),
  object('no namespace', 'Deployment', 'web', ({ metadata }) => delete metadata.namespace),
  object('unknown field of a custom resource', 'Middleware', 'public-redirect-to-https', ({ spec }) => spec.redirectScheem = {}),
];

/** Faults that are put into objects. */
export const MANIFEST_FAULTS: readonly ManifestFault[] = [
  ...WHO_RUNS, ...HOST, ...IMAGE_AND_RESOURCES, ...AVAILABILITY, ...TRAFFIC, ...FORM,
];

/** Faults that only the text of a manifest can have. */
export const MANIFEST_TEXT_FAULTS: readonly TextFault[] = [
  { name: 'the same key twice', change: text => text.replace(/^( *)replicas: 2$/m, '$1replicas: 2\n$1replicas: 3') },
  { name: 'wrong indentation', change: text => text.replace(/^ {2}replicas: 2$/m, '   replicas: 2') },
  { name: 'white space at the end', change: text => text.replace(/^kind: Service$/m, 'kind: Service  ') },
  { name: 'no end of the last line', change: text => text.trimEnd() },
];
