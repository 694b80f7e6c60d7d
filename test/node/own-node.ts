import { mkdirSync, renameSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type NamedImage, packProgram } from './images';
import { ADDRESS, Machine } from './machine';
import type { Programs } from './programs';
import { layoutOf } from './registry';
import { dns, DNS_ADDRESS, ingress, metrics, systemImage, VISITOR, visitor } from './system';
import { definitionsOf } from '../../tools/kubernetes/crds';
import { ControlPlane, demandRunning } from '../cluster/control-plane';
import type { Kubectl } from '../cluster/kubectl';
import { provide } from '../support/real-runs/packages';
import { type Daemon, findProgram, lastLines, output, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';
import { TYPESCRIPT } from '../support/real-runs/typescript';

const NODE = 'node';
const PODS = '10.244.0.0/16';
const REGISTRY_PORT = 5000;
const OVERLAY_FILE_SYSTEM = 0x794c7630;

/** The users of the control plane, and their groups. */
const CONTROLLERS = 'system:kube-controller-manager';
const SCHEDULER = 'system:kube-scheduler';
const PROXY = 'system:kube-proxy';
const KUBELET = `system:node:${NODE}`;
const USERS = { [CONTROLLERS]: 'controllers', [SCHEDULER]: 'schedulers', [PROXY]: 'proxies', [KUBELET]: 'system:nodes' };

/**
 * A cluster of one node, all of it in a machine of its own: a control plane with its controllers, containerd, a kubelet, a proxy, names,
 * metrics and an ingress controller, and a registry that stands in for all others.
 */
export class OwnNode {
  public static async start(suite: Suite, programs: Programs): Promise<OwnNode> {
    await provide(['ip', 'nft', 'openssl', 'runc'], text => suite.note(text));
    const node = new OwnNode(suite, programs, await Machine.start(suite));
    await node.startControlPlane();
    await node.startRuntime();
    await node.startKubernetes();
    await node.startSystem();
    return node;
  }

  /** kubectl as a program, which finds the cluster by `KUBECONFIG`. */
  public readonly program: string;
  private plane!: ControlPlane;
  private readonly daemons: Daemon[] = [];

  private constructor(private readonly suite: Suite, private readonly programs: Programs, private readonly machine: Machine) {
    this.program = machine.wrap(programs('kubectl'));
  }

  public get kubectl(): Kubectl {
    return this.plane.kubectl;
  }

  public get kubeconfig(): string {
    return this.plane.kubeconfig;
  }

  /** Where the registry finds the layout of an image. */
  public layoutOf(image: string): string {
    return layoutOf(this.folder('registry'), image);
  }

  private async startControlPlane(): Promise<void> {
    const binaries = { etcd: this.programs('etcd'), kubeApiserver: this.programs('kube-apiserver'), kubectl: this.programs('kubectl') };
    // The API server shows it to the servers behind it, so that they believe what it says of users.
    const [certificate, key] = await this.certificate('front-proxy');
    this.plane = await ControlPlane.start(this.suite, binaries, {
      start: this.machine.start,
      wrap: () => this.program,
      address: ADDRESS,
      users: USERS,
      flags: [
        `--proxy-client-cert-file=${certificate}`, `--proxy-client-key-file=${key}`, `--requestheader-client-ca-file=${certificate}`, '--requestheader-allowed-names=front-proxy', `--client-ca-file=${certificate}`,
        '--requestheader-username-headers=X-Remote-User', '--requestheader-group-headers=X-Remote-Group', '--requestheader-extra-headers-prefix=X-Remote-Extra-',
        '--enable-aggregator-routing=true', '--kubelet-preferred-address-types=InternalIP',
      ],
    });
    this.suite.note('the control plane is ready');
    this.start('kube-controller-manager', [
      ...this.credentials(CONTROLLERS), '--bind-address=127.0.0.1', '--leader-elect=false', '--use-service-account-credentials',
      `--service-account-private-key-file=${this.plane.signingKey}`, `--root-ca-file=${this.plane.certificate}`,
      `--requestheader-client-ca-file=${certificate}`,
      // Autoscalers look more often, so that a test sees them; how long they wait before they scale down is up to the manifests.
      '--horizontal-pod-autoscaler-sync-period=5s', '--horizontal-pod-autoscaler-initial-readiness-delay=5s', '--horizontal-pod-autoscaler-cpu-initialization-period=20s',
    ]);
    this.start('kube-scheduler', [...this.credentials(SCHEDULER), '--bind-address=127.0.0.1', '--leader-elect=false']);
  }

  private async startRuntime(): Promise<void> {
    const registry = this.folder('registry');
    const server = [...TYPESCRIPT, join(__dirname, 'registry.ts'), registry, ADDRESS, String(REGISTRY_PORT)];
    // The settings of this process are relative to a folder that it does not start in.
    this.daemons.push(this.machine.start(process.execPath, server, this.log('registry'), { TSX_TSCONFIG_PATH: undefined }));
    for (const program of ['visitor', 'coredns', 'metrics-server', 'traefik']) {
      const { name, layout } = await packProgram(systemImage(program), this.programs(program), this.folder('system-images'));
      this.publish({ name, layout });
    }
    this.file('certs.d/_default/hosts.toml', `[host."http://${ADDRESS}:${REGISTRY_PORT}"]\n  capabilities = ["pull", "resolve"]\n`);
    this.file('cni/10-node.conflist', JSON.stringify({
      cniVersion: '1.0.0',
      name: 'node',
      plugins: [{ type: 'ptp', ipMasq: false, ipam: { type: 'host-local', subnet: PODS, routes: [{ dst: '0.0.0.0/0' }], dataDir: this.folder('cni-addresses') } }],
    }));
    this.start('containerd', ['--config', this.file('containerd.toml', this.runtimeConfiguration())]);
  }

  private async startKubernetes(): Promise<void> {
    await this.kubectl.apply('-', [{
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'node-proxy' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:node-proxier' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: PROXY }],
    }]);
    this.start('kubelet', [
      `--hostname-override=${NODE}`, `--node-ip=${ADDRESS}`, `--kubeconfig=${this.plane.kubeconfigOf(KUBELET)}`,
      `--config=${this.file('kubelet.json', JSON.stringify(this.kubeletConfiguration()))}`,
    ]);
    this.start('kube-proxy', [`--config=${this.file('kube-proxy.json', JSON.stringify({
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      bindAddress: ADDRESS,
      clientConnection: { kubeconfig: this.plane.kubeconfigOf(PROXY) },
      clusterCIDR: PODS,
      conntrack: { maxPerCore: 0, min: 0, tcpCloseWaitTimeout: '0s', tcpEstablishedTimeout: '0s' },
      hostnameOverride: NODE,
      mode: 'nftables',
      oomScoreAdj: 0,
    }))}`]);
    await this.until('the node is ready', 90, async () => /True/.test((await this.kubectl.run([
      'get', 'node', NODE, '-o', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}',
    ])).stdout));
    this.suite.note('the node is ready');
  }

  private async startSystem(): Promise<void> {
    const definitions = definitionsOf('github.com/traefik/traefik/v3');
    const { complaints } = await this.kubectl.apply('-', [...definitions, ...dns(), ...metrics(), ...ingress()]);
    if (complaints) {
      throw new Error(complaints);
    }
    await this.until('the namespace of the visitor has its account', 30, async () => (await this.kubectl.apply('-', visitor())).complaints === '');
    for (const { metadata: { name, namespace } } of [...dns(), ...metrics(), ...ingress()].filter(({ kind }) => kind === 'Deployment')) {
      await this.untilReady(`deployment/${name}`, namespace!, 'Available');
    }
    await this.untilReady(`pod/${VISITOR.name}`, VISITOR.namespace, 'Ready');
    this.suite.note('names, metrics and the ingress controller are ready');
  }

  private async untilReady(what: string, namespace: string, condition: string): Promise<void> {
    try {
      await this.until(`${what} is ready`, 120, async () =>
        (await this.kubectl.run(['wait', what, '-n', namespace, `--for=condition=${condition}`, '--timeout=1s'])).status === 0);
    } catch (error) {
      const said = await Promise.all([['logs', what, '--tail=20'], ['get', 'events', '--sort-by=.lastTimestamp']]
        .map(async args => this.kubectl.run([...args, '-n', namespace])));
      throw new Error([(error as Error).message, ...said.map(({ stdout, stderr }) => lastLines(stdout + stderr, 20))].join('\n'));
    }
  }

  private runtimeConfiguration(): string {
    // One overlay cannot lie on another one, as in a container of Docker.
    const snapshotter = statfsSync(this.machine.folder).type === OVERLAY_FILE_SYSTEM ? 'native' : 'overlayfs';
    const bin = dirname(this.programs('ptp'));
    return `
version = 3
root = '${this.folder('containerd')}'
state = '/run/containerd'
[plugins.'io.containerd.internal.v1.opt']
  path = '${this.folder('containerd-opt')}'
[plugins.'io.containerd.nri.v1.nri']
  disable = true
[plugins.'io.containerd.grpc.v1.cri']
  stream_server_address = '127.0.0.1'
[plugins.'io.containerd.cri.v1.images']
  snapshotter = '${snapshotter}'
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = '${systemImage('visitor')}'
[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = '${this.folder('certs.d')}'
[plugins.'io.containerd.cri.v1.runtime']
  disable_apparmor = true
  disable_hugetlb_controller = true
  restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = 'io.containerd.runc.v2'
  runtime_path = '${this.programs('containerd-shim-runc-v2')}'
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  BinaryName = '${findProgram('runc')}'
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ['${bin}']
  conf_dir = '${this.folder('cni')}'
  use_internal_loopback = true
`;
  }

  private kubeletConfiguration(): object {
    return {
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      address: ADDRESS,
      // Nobody but us is in this network.
      authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
      authorization: { mode: 'AlwaysAllow' },
      cgroupDriver: 'cgroupfs',
      cgroupRoot: `/${this.machine.group}`,
      clusterDNS: [DNS_ADDRESS],
      clusterDomain: 'cluster.local',
      containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
      evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
      failCgroupV1: false,
      failSwapOn: false,
      imageGCHighThresholdPercent: 100,
      oomScoreAdj: 0,
      podLogsDir: this.folder('pod-logs'),
      resolvConf: this.file('resolv.conf', ''),
      volumePluginDir: this.folder('volume-plugins'),
    };
  }

  /** Lets the registry have an image. */
  private publish({ name, layout }: NamedImage): void {
    mkdirSync(dirname(this.layoutOf(name)), { recursive: true });
    renameSync(layout, this.layoutOf(name));
  }

  private credentials(user: string): string[] {
    const kubeconfig = this.plane.kubeconfigOf(user);
    return ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(flag => `--${flag}=${kubeconfig}`);
  }

  private async certificate(name: string): Promise<[string, string]> {
    const [certificate, key] = ['crt', 'key'].map(suffix => join(this.folder('certificates'), `${name}.${suffix}`));
    await output('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate]);
    return [certificate, key];
  }

  private start(program: string, args: readonly string[]): void {
    this.daemons.push(this.machine.start(this.programs(program), args, this.log(program)));
  }

  private async until(what: string, seconds: number, condition: () => Promise<boolean>): Promise<void> {
    await until(what, seconds, async () => {
      demandRunning(...this.daemons);
      return condition();
    });
  }

  private folder(name: string): string {
    const folder = join(this.machine.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  private file(name: string, content: string): string {
    const file = join(this.folder(dirname(name)), name.split('/').pop()!);
    writeFileSync(file, content);
    return file;
  }

  private log(program: string): string {
    return join(this.folder('logs'), `${program}.log`);
  }
}
