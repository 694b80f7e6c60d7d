import { compact, compareStrings, type Json, sortedEntries } from '../definition/json';
import type { ContainerSecurity, PodSecurity } from '../definition/security';
import { type Report } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { PodSecurityPreset } from '../platform/platform-props';
import { ALLOWED_CAPABILITY } from '../platform/pod-review';
import { isAllowedSysctl } from '../platform/sysctls';

/** Over 10000, so that it meets no account of a node; the user of distroless images. */
export const DEFAULT_ID = 65532;

const SHARED_WITH_NODE = [
  ['hostNetwork', 'the network', ', and where no NetworkPolicy holds'], ['hostPid', 'the processes', ''], ['hostIpc', 'the shared memory', ''],
] as const;

/** Whom a process runs as. */
export interface Identity {
  readonly user: number;
  readonly group: number;
}

/** The numeric user and group of the pod's containers; nothing where the cluster assigns them. */
function identityOf(security: PodSecurity, decisions: Decisions): Identity | undefined {
  if (decisions.podSecurity === PodSecurityPreset.OPENSHIFT && security.user === undefined) {
    return undefined;
  }
  const user = security.user ?? DEFAULT_ID;
  return { user, group: security.group ?? (security.user ?? DEFAULT_ID) };
}

/** The numeric user and group of one container; nothing where the cluster assigns either. */
export function containerIdentityOf(security: ContainerSecurity, ofPod: PodSecurity, decisions: Decisions): Identity | undefined {
  const pod = identityOf(ofPod, decisions);
  const [user, group] = [security.user ?? pod?.user, security.group ?? pod?.group];
  return user === undefined || group === undefined ? undefined : { user, group };
}

/** The security context of a pod, by the restricted Pod Security Standard. */
export function renderPodSecurity(security: PodSecurity, needsGroup: boolean, decisions: Decisions, report: Report): Json {
  const identity = identityOf(security, decisions);
  const fsGroup = security.fsGroup ?? (needsGroup ? identity?.group : undefined);
  checkIds(security, security.allowRoot ?? false, report);
  for (const [property, what, besides] of SHARED_WITH_NODE) {
    if (security[property]) {
      report({
        code: 'host-access',
        property,
        message: `The pod shares ${what} of its node, which the restricted Pod Security Standard forbids${besides}.`,
        remedy: `Leave ${property} out, or acknowledge 'host-access' with the reason.`,
      });
    }
  }
  checkSeccompProfile(security.seccompProfile, report);
  checkSysctls(security, decisions, report);
  return compact({
    runAsNonRoot: security.allowRoot ? undefined : true,
    runAsUser: identity?.user,
    runAsGroup: identity?.group ?? security.group,
    fsGroup,
    fsGroupChangePolicy: fsGroup === undefined ? undefined : 'OnRootMismatch',
    seccompProfile: seccompProfile(security.seccompProfile ?? 'RuntimeDefault'),
    sysctls: sortedEntries(security.sysctls).map(([name, value]) => ({ name, value })),
  });
}

/** The security context of a container; users are said here only where they differ from the pod's. */
export function renderContainerSecurity(security: ContainerSecurity, ofPod: PodSecurity, report: Report): Json {
  const allowRoot = security.allowRoot ?? ofPod.allowRoot ?? false;
  checkIds(security, allowRoot, report);
  reportWeakened(security, report);
  const added = capabilities(security).sort(compareStrings);
  const ownProfile = security.seccompProfile === ofPod.seccompProfile ? undefined : security.seccompProfile;
  checkSeccompProfile(ownProfile, report);
  return compact({
    // A privileged container has every capability and may gain more, whatever else is said.
    allowPrivilegeEscalation: security.privileged ? undefined : security.allowPrivilegeEscalation ?? false,
    privileged: security.privileged || undefined,
    capabilities: security.privileged ? undefined : compact({ add: added, drop: ['ALL'] }),
    readOnlyRootFilesystem: !security.writableRootFilesystem,
    runAsNonRoot: !allowRoot,
    runAsUser: security.user === ofPod.user ? undefined : security.user,
    runAsGroup: security.group === ofPod.group ? undefined : security.group,
    seccompProfile: ownProfile === undefined ? undefined : seccompProfile(ownProfile),
  });
}

/** The container runtime knows them without the prefix. */
function capabilities({ addCapabilities = [] }: ContainerSecurity): string[] {
  return [...new Set(addCapabilities.map(name => name.replace(/^CAP_/, '')))];
}

function reportWeakened(security: ContainerSecurity, report: Report): void {
  const weakened = (property: string, message: string) => report({
    code: 'hardening-off',
    property,
    message,
    remedy: `Leave ${property} out, or acknowledge 'hardening-off' with the reason.`,
  });
  if (security.allowRoot) {
    weakened('allowRoot', 'The process may be root.');
  }
  if (security.writableRootFilesystem) {
    weakened('writableRootFilesystem', 'The container may change the files of its image; a volume at the path that it writes is enough.');
  }
  if (security.allowPrivilegeEscalation) {
    weakened('allowPrivilegeEscalation', 'A process may gain more privileges than its parent.');
  }
  const beyond = capabilities(security).filter(name => name !== ALLOWED_CAPABILITY);
  if (beyond.length > 0) {
    weakened('addCapabilities', `The container gets ${beyond.join(', ')}; the restricted Pod Security Standard allows ${ALLOWED_CAPABILITY} alone.`);
  }
  if (security.privileged) {
    report({
      code: 'host-access',
      property: 'privileged',
      message: 'The container is root on its node.',
      remedy: "Leave privileged out and add the one capability that is needed, or acknowledge 'host-access' with the reason.",
    });
  }
}

function checkIds(security: PodSecurity, allowRoot: boolean, report: Report): void {
  for (const property of ['user', 'group', 'fsGroup'] as const) {
    const id = security[property];
    if (id !== undefined && !(Number.isInteger(id) && id >= 0 && id <= 2147483647)) {
      report({ code: 'invalid-value', property, message: `${id} is not a numeric id.`, remedy: 'Write a whole number, over 10000 so that it meets no account of a node.' });
    } else if (id === 0 && property === 'user' && !allowRoot) {
      report({
        code: 'conflicting-options',
        property,
        message: 'User 0 is root, which runAsNonRoot refuses to start.',
        remedy: 'Write another user, or allowRoot: true with an acknowledgement.',
      });
    }
  }
}

function checkSeccompProfile(profile: string | undefined, report: Report): void {
  if (profile === 'Unconfined') {
    report({
      code: 'hardening-off',
      property: 'seccompProfile',
      message: 'The pod may make every system call.',
      remedy: "Leave seccompProfile out (RuntimeDefault), name a profile of the node, or acknowledge 'hardening-off' with the reason.",
    });
  } else if (profile !== undefined && (profile === '' || profile.startsWith('/') || profile.split('/').includes('..'))) {
    report({
      code: 'invalid-value',
      property: 'seccompProfile',
      message: `'${profile}' is not the path of a seccomp profile.`,
      remedy: "Write it relative to the kubelet's folder of profiles, for example 'profiles/audit.json'.",
    });
  }
}

function checkSysctls(security: PodSecurity, decisions: Decisions, report: Report): void {
  for (const [name] of sortedEntries(security.sysctls)) {
    if (!isAllowedSysctl(name, decisions.kubernetesVersion._minor)) {
      report({
        code: 'hardening-off',
        property: `sysctls['${name}']`,
        message: `The Pod Security Standards do not allow pods to set ${name} on Kubernetes 1.${decisions.kubernetesVersion._minor}.`,
        remedy: "Leave it out, or acknowledge 'hardening-off' with the reason.",
      });
    }
  }
}

function seccompProfile(profile: string): Json {
  return profile === 'RuntimeDefault' || profile === 'Unconfined' ? { type: profile } : { type: 'Localhost', localhostProfile: profile };
}
