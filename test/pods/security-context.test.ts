import { type PodSecurity, Volume } from '../../lib/definition';
import type { ContainerSecurity } from '../../lib/definition/security';
import { Diagnostics } from '../../lib/diagnostics';
import { Platform, PodSecurityPreset } from '../../lib/platform';
import { containerIdentityOf } from '../../lib/pods/security-context';
import { containerOf, finding, findings, IMAGE, orders, podOf, sharedClaim, shop, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

const HARDENED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

const HARDENED_POD = {
  runAsNonRoot: true,
  runAsUser: 65532,
  runAsGroup: 65532,
  seccompProfile: { type: 'RuntimeDefault' },
};

interface Options {
  readonly sidecar?: ContainerSecurity;
  readonly volumes?: { [path: string]: Volume };
}

/** A service and its sidecar; they are rendered when somebody looks, since what has faults cannot be. */
function render(security: PodSecurity, options: Options = {}): { pod: any; main: any; sidecar: any; found: string[] } {
  const chart = shop();
  orders(chart, {
    security,
    ...options.volumes && { volumes: options.volumes },
    sidecars: [{ name: 'logs', image: IMAGE, ...options.sidecar && { security: options.sidecar } }],
  });
  return {
    found: findings(chart),
    get pod() {
      return podOf(chart).spec;
    },
    get main() {
      return this.pod.containers[0].securityContext;
    },
    get sidecar() {
      return this.pod.initContainers[0].securityContext;
    },
  };
}

const weakened = (property: string, message: string, remedy = `Leave ${property.replace(/.*\./, '')} out, or acknowledge 'hardening-off' with the reason.`) =>
  finding('warning', 'hardening-off', `shop/orders ${property}`, message, remedy);

test('by default every container is restricted', () => {
  const { pod, main, sidecar, found } = render({});
  expect(found).toEqual([]);
  expect(pod.securityContext).toEqual(HARDENED_POD);
  expect(main).toEqual(HARDENED_CONTAINER);
  expect(sidecar).toEqual(HARDENED_CONTAINER);
});

describe('users and groups', () => {
  test('the group is that of the user', () => {
    const { pod, main, found } = render({ user: 20000 });
    expect(found).toEqual([]);
    expect(pod.securityContext).toEqual({ ...HARDENED_POD, runAsUser: 20000, runAsGroup: 20000 });
    expect(main).toEqual(HARDENED_CONTAINER);
  });

  test('the group of volumes is that of the pod, or one of their own', () => {
    const volumes = { '/data': sharedClaim() };
    expect(render({ user: 20000, group: 30000 }, { volumes }).pod.securityContext)
      .toEqual({ ...HARDENED_POD, runAsUser: 20000, runAsGroup: 30000, fsGroup: 30000, fsGroupChangePolicy: 'OnRootMismatch' });
    expect(render({ fsGroup: 40000 }).pod.securityContext)
      .toEqual({ ...HARDENED_POD, fsGroup: 40000, fsGroupChangePolicy: 'OnRootMismatch' });
  });

  test('a sidecar says only what differs', () => {
    expect(render({ user: 20000 }, { sidecar: { user: 20000 } }).sidecar).toEqual(HARDENED_CONTAINER);
    expect(render({}, { sidecar: { user: 20001, group: 20002 } }).sidecar).toEqual({ ...HARDENED_CONTAINER, runAsUser: 20001, runAsGroup: 20002 });
  });

  test.each([-1, 1.5, 2 ** 31, NaN])('%p is not an id', id => {
    expect(render({ user: id, group: id, fsGroup: id }).found).toEqual(['user', 'group', 'fsGroup'].map(property => finding('error', 'invalid-value',
      `shop/orders security.${property}`, `${id} is not a numeric id.`, 'Write a whole number, over 10000 so that it meets no account of a node.')));
  });

  test('root that is not allowed', () => {
    const root = (where: string) => finding('error', 'conflicting-options', `shop/orders ${where}`,
      'User 0 is root, which runAsNonRoot refuses to start.', 'Write another user, or allowRoot: true with an acknowledgement.');
    expect(render({ user: 0 }).found).toEqual([root('security.user')]);
    expect(render({}, { sidecar: { user: 0 } }).found).toEqual([root('sidecars[0].security.user')]);
  });

  test('those of each container, as its image must agree with them', () => {
    const identity = (security: ContainerSecurity, ofPod: PodSecurity, podSecurity = PodSecurityPreset.RESTRICTED) =>
      containerIdentityOf(security, ofPod, Platform._decisions(shop({ podSecurity }).node.children[0]));
    expect(identity({}, {})).toEqual({ user: 65532, group: 65532 });
    expect(identity({}, { user: 20000 })).toEqual({ user: 20000, group: 20000 });
    expect(identity({ user: 20001 }, { user: 20000, group: 30000 })).toEqual({ user: 20001, group: 30000 });
    expect(identity({}, {}, PodSecurityPreset.OPENSHIFT)).toBeUndefined();
    expect(identity({ user: 20001 }, {}, PodSecurityPreset.OPENSHIFT)).toBeUndefined();
  });

  test('OpenShift assigns them', () => {
    const chart = shop({ podSecurity: PodSecurityPreset.OPENSHIFT });
    orders(chart, { volumes: { '/data': sharedClaim() } });
    expect(findings(chart)).toEqual([]);
    expect(podOf(chart).spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(containerOf(chart).securityContext).toEqual(HARDENED_CONTAINER);
  });

  test('OpenShift takes those that are said', () => {
    const chart = shop({ podSecurity: PodSecurityPreset.OPENSHIFT });
    orders(chart, { security: { user: 20000 } });
    expect(podOf(chart).spec.securityContext).toEqual({ ...HARDENED_POD, runAsUser: 20000, runAsGroup: 20000 });
    const other = shop({ podSecurity: PodSecurityPreset.OPENSHIFT });
    orders(other, { security: { group: 0 } });
    expect(podOf(other).spec.securityContext).toEqual({ runAsNonRoot: true, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } });
  });
});

describe('what is turned off is reported', () => {
  test.each<[string, PodSecurity, string, object]>([
    ['allowRoot', { allowRoot: true }, 'The process may be root.', { runAsNonRoot: false }],
    ['writableRootFilesystem', { writableRootFilesystem: true },
      'The container may change the files of its image; a volume at the path that it writes is enough.', { readOnlyRootFilesystem: false }],
    ['allowPrivilegeEscalation', { allowPrivilegeEscalation: true }, 'A process may gain more privileges than its parent.', { allowPrivilegeEscalation: true }],
    ['addCapabilities', { addCapabilities: ['SYS_PTRACE', 'CAP_NET_ADMIN', 'SYS_PTRACE'] },
      'The container gets SYS_PTRACE, NET_ADMIN; the restricted Pod Security Standard allows NET_BIND_SERVICE alone.',
      { capabilities: { add: ['NET_ADMIN', 'SYS_PTRACE'], drop: ['ALL'] } }],
  ])('%s', (property, security, message, changes) => {
    const { main, found } = render(security);
    expect(found).toEqual([weakened(`security.${property}`, message)]);
    expect(main).toEqual({ ...HARDENED_CONTAINER, ...changes });
  });

  test('of a sidecar, the main container stays as it is', () => {
    const { main, sidecar, found } = render({}, { sidecar: { allowRoot: true, user: 0, writableRootFilesystem: true } });
    expect(found).toEqual([
      weakened('sidecars[0].security.allowRoot', 'The process may be root.'),
      weakened('sidecars[0].security.writableRootFilesystem', 'The container may change the files of its image; a volume at the path that it writes is enough.'),
    ]);
    expect(main).toEqual(HARDENED_CONTAINER);
    expect(sidecar).toEqual({ ...HARDENED_CONTAINER, readOnlyRootFilesystem: false, runAsNonRoot: false, runAsUser: 0 });
  });

  test('root of the whole pod, once', () => {
    const { pod, main, sidecar, found } = render({ allowRoot: true, user: 0 });
    expect(found).toEqual([weakened('security.allowRoot', 'The process may be root.')]);
    expect(pod.securityContext).toEqual({ runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } });
    expect([main.runAsNonRoot, sidecar.runAsNonRoot]).toEqual([false, false]);
  });

  test('a port under 1024 needs no more than its capability', () => {
    const { main, found } = render({ addCapabilities: ['NET_BIND_SERVICE'] });
    expect(found).toEqual([]);
    expect(main.capabilities).toEqual({ add: ['NET_BIND_SERVICE'], drop: ['ALL'] });
  });

  test('a privileged container', () => {
    const { main, found } = render({ privileged: true });
    expect(found).toEqual([finding('warning', 'host-access', 'shop/orders security.privileged', 'The container is root on its node.',
      "Leave privileged out and add the one capability that is needed, or acknowledge 'host-access' with the reason.")]);
    expect(main).toEqual({ privileged: true, readOnlyRootFilesystem: true, runAsNonRoot: true });
  });

  test('namespaces of the node', () => {
    const shares = (property: string, what: string, besides = '') => finding('warning', 'host-access', `shop/orders security.${property}`,
      `The pod shares ${what} of its node, which the restricted Pod Security Standard forbids${besides}.`,
      `Leave ${property} out, or acknowledge 'host-access' with the reason.`);
    const { pod, found } = render({ hostNetwork: true, hostPid: true, hostIpc: true });
    expect(found).toEqual([shares('hostNetwork', 'the network', ', and where no NetworkPolicy holds'), shares('hostPid', 'the processes'), shares('hostIpc', 'the shared memory')]);
    expect(pod).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet', hostPID: true, hostIPC: true });
  });

  test('no seccomp profile', () => {
    const { pod, found } = render({ seccompProfile: 'Unconfined' });
    expect(found).toEqual([weakened('security.seccompProfile', 'The pod may make every system call.',
      "Leave seccompProfile out (RuntimeDefault), name a profile of the node, or acknowledge 'hardening-off' with the reason.")]);
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'Unconfined' });
  });

  test('it can be acknowledged', () => {
    const chart = shop();
    const service = orders(chart, { security: { allowRoot: true } });
    Diagnostics.of(service).acknowledge('hardening-off', 'the vendor ships it so');
    expect(Diagnostics.of(chart).warnings()).toEqual([]);
    expect(Diagnostics.of(chart).collect()[0].acknowledgedReason).toBe('the vendor ships it so');
  });
});

describe('seccomp profiles of the node', () => {
  test('by their path', () => {
    const { pod, found } = render({ seccompProfile: 'profiles/audit.json' });
    expect(found).toEqual([]);
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'Localhost', localhostProfile: 'profiles/audit.json' });
  });

  test.each(['/etc/audit.json', '../audit.json', ''])('%p is no such path', profile => {
    expect(render({ seccompProfile: profile }).found).toEqual([finding('error', 'invalid-value', 'shop/orders security.seccompProfile',
      `'${profile}' is not the path of a seccomp profile.`, "Write it relative to the kubelet's folder of profiles, for example 'profiles/audit.json'.")]);
  });
});

describe('kernel settings', () => {
  test('those that the standard allows', () => {
    const { pod, found } = render({ sysctls: { 'net.ipv4.tcp_syncookies': '1', 'net.ipv4.ip_local_port_range': '1024 65000' } });
    expect(found).toEqual([]);
    expect(pod.securityContext.sysctls).toEqual([
      { name: 'net.ipv4.ip_local_port_range', value: '1024 65000' },
      { name: 'net.ipv4.tcp_syncookies', value: '1' },
    ]);
  });

  const refused = (name: string, minor: number) => weakened(`security.sysctls['${name}']`,
    `The Pod Security Standards do not allow pods to set ${name} on Kubernetes 1.${minor}.`, "Leave it out, or acknowledge 'hardening-off' with the reason.");

  test('others', () => {
    expect(render({ sysctls: { 'net.core.somaxconn': '1024' } }).found).toEqual([refused('net.core.somaxconn', 31)]);
  });

  test.each([
    ['1.27', [refused('net.ipv4.tcp_keepalive_time', 27), refused('net.ipv4.tcp_rmem', 27)]],
    ['1.29', [refused('net.ipv4.tcp_rmem', 29)]],
    ['1.32', []],
  ])('those that a later version allows, on %s', (version, found) => {
    const chart = shopOn(version);
    orders(chart, { drain: { ownDelay: true }, security: { sysctls: { 'net.ipv4.tcp_keepalive_time': '60', 'net.ipv4.tcp_rmem': '4096 4096 4096' } } });
    expect(findings(chart)).toEqual(found);
  });
});

describe('what pass-throughs weaken', () => {
  const found = (props: Parameters<typeof orders>[1]) => {
    const chart = shop();
    orders(chart, props);
    return findings(chart);
  };
  const weak = (code: 'host-access' | 'hardening-off', property: string, message: string) =>
    finding('warning', code, `shop/orders ${property}`, message, `Leave it out, or acknowledge '${code}' with the reason.`);

  test.each<[string, Parameters<typeof orders>[1], ...string[]]>([
    ['podFields', { podFields: { hostNetwork: true } }, weak('host-access', 'podFields.hostNetwork', 'The pod shares the network of its node.')],
    ['podFields of a container', { podFields: { containers: [{ name: 'orders', securityContext: { readOnlyRootFilesystem: false } }] } },
      weak('hardening-off', "podFields.containers['orders'].securityContext.readOnlyRootFilesystem", "The container 'orders' may change the files of its image.")],
    ['containerFields', { containerFields: { securityContext: { privileged: true } } },
      weak('host-access', 'containerFields.securityContext.privileged', "The container 'orders' is root on its node.")],
    ['containerFields of a sidecar', { sidecars: [{ name: 'side', image: IMAGE, containerFields: { securityContext: { runAsNonRoot: false } } }] },
      weak('hardening-off', 'sidecars[0].containerFields.securityContext.runAsNonRoot', "The container 'side' may run as root.")],
    ['overrides', { overrides: { spec: { hostPID: true } } }, weak('host-access', 'overrides.spec.hostPID', 'The pod shares the processes of its node.')],
    ['overrides that take away', { overrides: { spec: { securityContext: { seccompProfile: null } } } },
      weak('hardening-off', "overrides.spec.containers['orders'].securityContext.seccompProfile", "The container 'orders' has no seccomp profile.")],
    ['deploymentFields', { deploymentFields: { template: { spec: { hostIPC: true } } } as any },
      weak('host-access', 'deploymentFields.template.spec.hostIPC', 'The pod shares the shared memory of its node.')],
    ['what the typed property said already', { security: { writableRootFilesystem: true }, containerFields: { securityContext: { readOnlyRootFilesystem: false } } },
      finding('warning', 'hardening-off', 'shop/orders security.writableRootFilesystem', 'The container may change the files of its image; a volume at the path that it writes is enough.',
        "Leave writableRootFilesystem out, or acknowledge 'hardening-off' with the reason.")],
    ['what hardens further', { podFields: { hostUsers: false, securityContext: { supplementalGroups: [1000] } }, containerFields: { securityContext: { runAsUser: 20000 } } }],
  ])('%s', (_, props, ...expected) => {
    expect(found(props)).toEqual(expected);
  });
});
