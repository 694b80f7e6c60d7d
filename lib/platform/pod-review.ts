import { isAllowedSysctl } from './sysctls';
import { asMap, asMaps, type Json } from '../definition/json';
import { type Report } from '../diagnostics/report';

/** What a pod is allowed beyond the restricted Pod Security Standard. */
export interface PodWeakness {
  /** `host-access` where it reaches into its node, `hardening-off` where it is only less shut in. */
  readonly code: 'host-access' | 'hardening-off';
  /** Where it stands, as a path of the manifest. */
  readonly field: string;
  readonly message: string;
}

/** The one capability that the standard lets a container add. */
export const ALLOWED_CAPABILITY = 'NET_BIND_SERVICE';

const HOST_NAMESPACES = { hostNetwork: 'the network', hostPID: 'the processes', hostIPC: 'the shared memory' } as const;
const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
/** Volumes that pods may not name by themselves: a claim hides where they lie. */
const STORAGE_VOLUMES = [
  'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo',
  'glusterfs', 'iscsi', 'nfs', 'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume',
];

/**
 * Everything that the finished spec of a pod is allowed beyond the restricted Pod Security Standard and a read-only root, whoever wrote it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function reviewPod(spec: Json, minor: number): PodWeakness[] {
  const security = asMap(spec.securityContext);
  return [
    ...Object.entries(HOST_NAMESPACES).filter(([field]) => spec[field]).map(([field, what]): PodWeakness =>
      ({ code: 'host-access', field, message: `The pod shares ${what} of its node.` })),
    ...asMaps(spec.volumes).flatMap(reviewVolume),
    ...below('securityContext', reviewShared(security, 'The pod')),
    ...asMaps(security.sysctls).filter(({ name }) => !isAllowedSysctl(String(name), minor)).map(({ name }): PodWeakness =>
      ({ code: 'hardening-off', field: `securityContext.sysctls['${name}']`, message: `The pod sets ${name}, which the Pod Security Standards do not allow on Kubernetes 1.${minor}.` })),
    ...['initContainers', 'containers', 'ephemeralContainers'].flatMap(list => asMaps(spec[list]).flatMap(container =>
      below(`${list}['${container.name}']`, reviewContainer(container, security)))),
  ];
}

/** The same for one container of a pod. */
export function reviewContainer(container: Json, ofPod: Json): PodWeakness[] {
  const security = asMap(container.securityContext);
  const who = `The container '${container.name}'`;
  return [
    ...asMaps(container.ports).filter(({ hostPort }) => hostPort).map(({ name, containerPort, hostPort }): PodWeakness =>
      ({ code: 'host-access', field: `ports['${name ?? containerPort}'].hostPort`, message: `The pod takes port ${hostPort} of its node.` })),
    ...below('securityContext', [
      ...security.privileged ? [{ code: 'host-access', field: 'privileged', message: `${who} is root on its node.` } as const] : [],
      ...reviewShared(security, who),
      ...reviewPrivileges(security, ofPod, who),
    ]),
  ];
}

/** Reports what a later step weakened: what is there already has been reported where it was written. */
export function reportWeakened(before: readonly PodWeakness[], after: readonly PodWeakness[], report: Report): void {
  const known = new Set(before.map(keyOf));
  for (const { code, field, message } of after.filter(weakness => !known.has(keyOf(weakness)))) {
    report({ code, property: field, message, remedy: `Leave it out, or acknowledge '${code}' with the reason.` });
  }
}

/** Where the fields of the pod's spec are in an object that runs pods, and the spec. */
export function findPodSpec(manifest: Json): { readonly path: string; readonly spec: Json } | undefined {
  const candidates: [path: string, spec: unknown][] = [
    ['spec.', manifest.spec],
    ['spec.template.spec.', manifest.spec?.template?.spec],
    ['spec.jobTemplate.spec.template.spec.', manifest.spec?.jobTemplate?.spec?.template?.spec],
    ['template.spec.', manifest.template?.spec],
  ];
  const [found] = candidates.filter(([, spec]) => Array.isArray(asMap(spec).containers));
  return found && { path: found[0], spec: asMap(found[1]) };
}

/** What pods of a template that is part of an object are allowed, for steps that may change the template. */
export function reviewTemplate(spec: Json, minor: number): PodWeakness[] {
  const found = findPodSpec({ spec });
  return found ? below(found.path.slice('spec.'.length, -1), reviewPod(found.spec, minor)) : [];
}

/** What may be said of the pod and of each container. */
function reviewShared(security: Json, who: string): PodWeakness[] {
  const weakness = (field: string, message: string, code: PodWeakness['code'] = 'hardening-off'): PodWeakness => ({ code, field, message });
  const { type, user, role } = asMap(security.seLinuxOptions);
  return [
    ...asMap(security.windowsOptions).hostProcess ? [weakness('windowsOptions.hostProcess', `${who} runs as a process of its node.`, 'host-access')] : [],
    ...security.runAsUser === 0 ? [weakness('runAsUser', `${who} runs as root.`)] : [],
    ...asMap(security.seccompProfile).type === 'Unconfined' ? [weakness('seccompProfile', `${who} may make every system call.`)] : [],
    ...asMap(security.appArmorProfile).type === 'Unconfined' ? [weakness('appArmorProfile', `AppArmor does not confine it: ${lower(who)} may do all that its user may.`)] : [],
    ...user || role || (type && !SELINUX_TYPES.includes(type)) ? [weakness('seLinuxOptions', `${who} chooses its own SELinux context.`)] : [],
  ];
}

function reviewPrivileges(security: Json, ofPod: Json, who: string): PodWeakness[] {
  const weakness = (field: string, message: string): PodWeakness => ({ code: 'hardening-off', field, message });
  const { add, drop } = asMap(security.capabilities);
  const added = texts(add).map(name => name.replace(/^CAP_/, '')).filter(name => name !== ALLOWED_CAPABILITY);
  return [
    ...(security.runAsNonRoot ?? ofPod.runAsNonRoot) === true ? [] : [weakness('runAsNonRoot', `${who} may run as root.`)],
    ...asMap(security.seccompProfile).type ?? asMap(ofPod.seccompProfile).type ? [] : [weakness('seccompProfile', `${who} has no seccomp profile.`)],
    ...security.readOnlyRootFilesystem === true ? [] : [weakness('readOnlyRootFilesystem', `${who} may change the files of its image.`)],
    ...added.length > 0 ? [weakness('capabilities.add', `${who} gets ${added.join(', ')}.`)] : [],
    ...asMap(security).procMount === 'Unmasked' ? [weakness('procMount', `${who} sees all of /proc.`)] : [],
    // A privileged container has all of these, whatever else is said.
    ...security.privileged || security.allowPrivilegeEscalation === false ? [] : [weakness('allowPrivilegeEscalation', `${who} may gain more privileges than its parent.`)],
    ...security.privileged || texts(drop).includes('ALL') ? [] : [weakness('capabilities.drop', `${who} keeps capabilities.`)],
  ];
}

/** The same for one volume of a pod. */
export function reviewVolume(volume: Json): PodWeakness[] {
  const field = `volumes['${volume.name}']`;
  if (volume.hostPath !== undefined) {
    return [{ code: 'host-access', field: `${field}.hostPath`, message: `The pod mounts '${asMap(volume.hostPath).path}' of its node.` }];
  }
  return STORAGE_VOLUMES.filter(kind => volume[kind] !== undefined).map(kind => (
    { code: 'hardening-off', field: `${field}.${kind}`, message: `The pod names its storage by itself (${kind}), which the restricted Pod Security Standard leaves to claims.` }));
}

function below(path: string, weaknesses: readonly PodWeakness[]): PodWeakness[] {
  return weaknesses.map(weakness => ({ ...weakness, field: `${path}.${weakness.field}` }));
}

function keyOf({ field, message }: PodWeakness): string {
  return `${field}\n${message}`;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
