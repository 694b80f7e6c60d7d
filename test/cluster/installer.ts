import { join, resolve } from 'node:path';
import { type GoPrograms, installGoPrograms, pinnedVersion } from '../support/real-runs/go-programs';
import { findProgram, isExecutable } from '../support/real-runs/processes';

/** The programs of a control plane. */
export interface Binaries {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubectl: string;
}

/** Where binaries are kept between runs. */
export const CACHE = resolve(process.env.CLUSTER_CACHE ?? join(__dirname, '../../.cache/cluster'));

export const ETCD: GoPrograms = {
  folder: join(__dirname, 'modules/etcd'),
  packages: { etcd: 'go.etcd.io/etcd/server/v3' },
  module: 'go.etcd.io/etcd/server/v3',
};

const KUBERNETES_PROGRAMS: GoPrograms = {
  folder: join(__dirname, 'modules/kubernetes'),
  packages: { 'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver', 'kubectl': 'k8s.io/kubernetes/cmd/kubectl' },
  module: 'k8s.io/kubernetes',
};

const VERSION = pinnedVersion(KUBERNETES_PROGRAMS);
const [MAJOR, MINOR] = VERSION.slice(1).split('.');

export const KUBERNETES: GoPrograms = {
  ...KUBERNETES_PROGRAMS,
  // The version that they report, and go by.
  variables: {
    'k8s.io/component-base/version.gitVersion': VERSION,
    'k8s.io/component-base/version.gitMajor': MAJOR,
    'k8s.io/component-base/version.gitMinor': MINOR,
  },
};

/** The binaries of `KUBEBUILDER_ASSETS`, as envtest has them. */
export function assetsOf(folder: string): Binaries {
  const binaries = { etcd: join(folder, 'etcd'), kubeApiserver: join(folder, 'kube-apiserver'), kubectl: join(folder, 'kubectl') };
  const missing = Object.values(binaries).filter(file => !isExecutable(file));
  if (missing.length > 0) {
    throw new Error(`KUBEBUILDER_ASSETS lacks ${missing.join(', ')}`);
  }
  return binaries;
}

/**
 * Builds the binaries from Go modules, or finds them in the cache.
 *
 * @throws Unavailable without Go, or where its modules are out of reach
 */
export async function install(say: (text: string) => void): Promise<Binaries> {
  const kubernetes = await installGoPrograms(KUBERNETES, CACHE, say);
  const etcd = await installGoPrograms(ETCD, CACHE, say);
  return { etcd: join(etcd, 'etcd'), kubeApiserver: join(kubernetes, 'kube-apiserver'), kubectl: join(kubernetes, 'kubectl') };
}

/** The kubectl of PATH, else ours. */
export async function kubectlForCluster(say: (text: string) => void): Promise<string> {
  return findProgram('kubectl') ?? join(await installGoPrograms(KUBERNETES, CACHE, say), 'kubectl');
}
