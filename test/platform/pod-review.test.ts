import type { Json } from '../../lib/definition/json';
import { reportWeakened, reviewPod, reviewTemplate } from '../../lib/platform/pod-review';

const HARD = { runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } };
const container = (security: Json = {}, rest: Json = {}) => ({ name: 'a', image: 'a:1', securityContext: { ...HARD, ...security }, ...rest });
const say = (spec: Json, minor = 31) => reviewPod(spec, minor).map(({ code, field }) => `${code} ${field}`);
const OF_A = "hardening-off containers['a'].securityContext.";

test.each<[string, Json, ...string[]]>([
  ['a hardened pod', { containers: [container()] }],
  ['what the pod says for its containers', { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Localhost' } }, containers: [container({ runAsNonRoot: undefined, seccompProfile: undefined })] }],
  ['a container against its pod', { securityContext: { runAsNonRoot: true }, containers: [container({ runAsNonRoot: false })] }, `${OF_A}runAsNonRoot`],
  ['nothing said at all', { containers: [{ name: 'a', image: 'a:1' }] },
    `${OF_A}runAsNonRoot`, `${OF_A}seccompProfile`, `${OF_A}readOnlyRootFilesystem`, `${OF_A}allowPrivilegeEscalation`, `${OF_A}capabilities.drop`],
  ['namespaces of the node', { hostNetwork: true, hostPID: true, hostIPC: true, containers: [] }, 'host-access hostNetwork', 'host-access hostPID', 'host-access hostIPC'],
  ['namespaces that are refused', { hostNetwork: false, containers: [container()] }],
  ['root', { securityContext: { runAsUser: 0 }, containers: [container({ runAsUser: 0 })] }, 'hardening-off securityContext.runAsUser', `${OF_A}runAsUser`],
  ['Windows', { securityContext: { windowsOptions: { hostProcess: true } }, containers: [] }, 'host-access securityContext.windowsOptions.hostProcess'],
  ['a container of Windows', { containers: [container({ windowsOptions: { hostProcess: true } })] }, "host-access containers['a'].securityContext.windowsOptions.hostProcess"],
  ['seccomp', { securityContext: { seccompProfile: { type: 'Unconfined' } }, containers: [container()] }, 'hardening-off securityContext.seccompProfile'],
  ['AppArmor', { containers: [container({ appArmorProfile: { type: 'Unconfined' } })] }, `${OF_A}appArmorProfile`],
  ['SELinux', { containers: [container({ seLinuxOptions: { type: 'spc_t' } })] }, `${OF_A}seLinuxOptions`],
  ['SELinux as it may be', { containers: [container({ seLinuxOptions: { type: 'container_init_t', level: 's0:c1' } })] }],
  ['/proc', { containers: [container({ procMount: 'Unmasked' })] }, `${OF_A}procMount`],
  ['capabilities', { containers: [container({ capabilities: { add: ['CAP_SYS_ADMIN', 'NET_BIND_SERVICE'], drop: ['ALL'] } })] }, `${OF_A}capabilities.add`],
  ['some capabilities dropped', { containers: [container({ capabilities: { drop: ['NET_RAW'] } })] }, `${OF_A}capabilities.drop`],
  ['privileged, which says the rest', { containers: [container({ privileged: true, allowPrivilegeEscalation: undefined, capabilities: undefined })] }, "host-access containers['a'].securityContext.privileged"],
  ['every kind of container', { initContainers: [container({ privileged: true })], ephemeralContainers: [container({ privileged: true })], containers: [container()] },
    "host-access initContainers['a'].securityContext.privileged", "host-access ephemeralContainers['a'].securityContext.privileged"],
  ['ports of the node', { containers: [container({}, { ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 0 }] })] }, "host-access containers['a'].ports['80'].hostPort"],
  ['volumes', { containers: [], volumes: [{ name: 'a', hostPath: { path: '/' } }, { name: 'b', nfs: {} }, { name: 'c', emptyDir: {} }, { name: 'd', csi: {} }] },
    "host-access volumes['a'].hostPath", "hardening-off volumes['b'].nfs"],
  ['sysctls', { securityContext: { sysctls: [{ name: 'kernel.sem' }, { name: 'net.ipv4.tcp_rmem' }, { name: 'net.ipv4.tcp_fin_timeout' }] }, containers: [] },
    "hardening-off securityContext.sysctls['kernel.sem']", "hardening-off securityContext.sysctls['net.ipv4.tcp_rmem']"],
  ['what is no pod', { containers: 'none', volumes: null, securityContext: [] }],
])('%s', (_, spec, ...expected) => {
  expect(say(spec)).toEqual(expected);
});

test('sysctls follow the version', () => {
  const spec = { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem' }] }, containers: [] };
  expect(say(spec, 32)).toEqual([]);
});

test('a later step is told what it weakened, not what was weak before', () => {
  const found: string[] = [];
  const before = { hostPID: true, containers: [container()] };
  reportWeakened(reviewPod(before, 31), reviewPod({ ...before, hostIPC: true }, 31), ({ property }) => found.push(property!));
  expect(found).toEqual(['hostIPC']);
});

test('a template within the spec of an object', () => {
  const pod = { spec: { hostPID: true, containers: [container()] } };
  expect(reviewTemplate({ template: pod }, 31).map(({ field }) => field)).toEqual(['template.spec.hostPID']);
  expect(reviewTemplate({ jobTemplate: { spec: { template: pod } } }, 31).map(({ field }) => field)).toEqual(['jobTemplate.spec.template.spec.hostPID']);
  expect(reviewTemplate({}, 31)).toEqual([]);
});
