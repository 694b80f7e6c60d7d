import { join } from 'node:path';
import { CACHE, ETCD, KUBERNETES } from '../cluster/installer';
import { type GoPrograms, installGoPrograms } from '../support/real-runs/go-programs';

const fromModule = (name: string, path: string, packages: GoPrograms['packages']): GoPrograms => ({ folder: join(__dirname, 'modules', name), module: path, packages });

/** The Kubernetes of a node and of its control plane. */
export const NODE_KUBERNETES: GoPrograms = {
  ...KUBERNETES,
  packages: {
    ...KUBERNETES.packages,
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-proxy': 'k8s.io/kubernetes/cmd/kube-proxy',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    'kubelet': 'k8s.io/kubernetes/cmd/kubelet',
  },
};

/** What a node runs beside Kubernetes. */
export const NODE_PROGRAMS = [
  fromModule('cni', 'github.com/containernetworking/plugins', {
    'host-local': 'github.com/containernetworking/plugins/plugins/ipam/host-local',
    'ptp': 'github.com/containernetworking/plugins/plugins/main/ptp',
  }),
  fromModule('containerd', 'github.com/containerd/containerd/v2', {
    'containerd': 'github.com/containerd/containerd/v2/cmd/containerd',
    'containerd-shim-runc-v2': 'github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2',
  }),
  fromModule('coredns', 'github.com/coredns/coredns', { coredns: '.' }),
  fromModule('metrics-server', 'sigs.k8s.io/metrics-server', { 'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server' }),
  fromModule('traefik', 'github.com/traefik/traefik/v3', { traefik: 'github.com/traefik/traefik/v3/cmd/traefik' }),
] as const;

const VISITOR: GoPrograms = { folder: join(__dirname, 'visitor'), packages: { visitor: '.' } };

/** Where each program is, by its name. */
export type Programs = (name: string) => string;

/**
 * Builds everything that a node of our own runs, or finds it in the cache.
 *
 * @throws Unavailable without Go, or where its modules are out of reach
 */
export async function installPrograms(say: (text: string) => void): Promise<Programs> {
  return install([NODE_KUBERNETES, ETCD, ...NODE_PROGRAMS, VISITOR], say);
}

/** Builds only what visits a node of somebody else. */
export async function installVisitor(say: (text: string) => void): Promise<Programs> {
  return install([VISITOR], say);
}

async function install(all: readonly GoPrograms[], say: (text: string) => void): Promise<Programs> {
  const paths = new Map<string, string>();
  for (const programs of all) {
    const folder = await installGoPrograms(programs, CACHE, say);
    Object.keys(programs.packages).forEach(name => paths.set(name, join(folder, name)));
  }
  return name => paths.get(name)!;
}
