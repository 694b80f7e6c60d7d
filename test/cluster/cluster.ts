import { ControlPlane } from './control-plane';
import { assetsOf, install, kubectlForCluster } from './installer';
import { Kubectl } from './kubectl';
import type { KubernetesObject } from '../support/real-runs/manifests';
import { until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

/** A cluster that judges manifests. */
export class Cluster {
  /**
   * The cluster of `KUBECONFIG`, else a control plane made of the binaries of `KUBEBUILDER_ASSETS`, else one of binaries that are built
   * from Go modules.
   *
   * @throws Unavailable where none of them can be had
   */
  public static async provide(suite: Suite): Promise<Cluster> {
    const { KUBECONFIG: kubeconfig, KUBEBUILDER_ASSETS: assets } = process.env;
    const say = (text: string): void => suite.note(text);
    if (kubeconfig) {
      const kubectl = new Kubectl(await kubectlForCluster(say), kubeconfig, suite.folder);
      const address = await kubectl.output(['config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}']);
      suite.note(`the cluster of KUBECONFIG, ${address}: ${await kubectl.serverVersion()}`);
      return new Cluster(suite, kubectl, false);
    }
    const binaries = assets ? assetsOf(assets) : await install(say);
    const { kubectl } = await ControlPlane.start(suite, binaries);
    suite.note(`a control plane of ${assets ? 'KUBEBUILDER_ASSETS' : 'our own'} is ready: ${await kubectl.serverVersion()}`);
    return new Cluster(suite, kubectl, true);
  }

  /** What goes away at the end, where the cluster stays. */
  private readonly made: string[] = [];

  private constructor(
    suite: Suite,
    public readonly kubectl: Kubectl,
    /** Whether it was made for this run: no controller works in it, and it goes away as a whole. */
    public readonly isOurs: boolean,
  ) {
    if (!isOurs) {
      suite.atEnd(async () => this.removeAll());
    }
  }

  /** Lays claim to namespaces, which must not be there yet: they and all that is in them go away at the end. */
  public async claimNamespaces(names: readonly string[]): Promise<void> {
    for (const name of this.isOurs ? [] : names.filter(claimed => !this.made.includes(`namespace/${claimed}`))) {
      if ((await this.kubectl.output(['get', 'namespace', name, '--ignore-not-found', '-o', 'name'])).trim() !== '') {
        throw new Error(`there is a namespace ${name} in this cluster; it would be removed afterwards, so use another cluster`);
      }
      this.remember(`namespace/${name}`);
    }
  }

  /** Lets something go away at the end; `kind/name`. */
  public remember(resource: string): void {
    this.made.push(resource);
  }

  /** Waits for the service account of pods that name none, or makes it where nobody else does. */
  public async provideDefaultAccount(namespace: string): Promise<void> {
    const exists = async (): Promise<boolean> => (await this.kubectl.run(['get', 'serviceaccount', 'default', '-n', namespace])).status === 0;
    if (this.isOurs && !await exists()) {
      await this.kubectl.output(['create', 'serviceaccount', 'default', '-n', namespace]);
    }
    await until(`namespace ${namespace} has its default service account`, 30, exists);
  }

  /** Removes objects, but not the namespaces, in which the next ones may lie: nothing finishes the removal of those in our own cluster. */
  public async clear(objects: readonly KubernetesObject[]): Promise<void> {
    const items = objects.filter(({ kind }) => kind !== 'Namespace');
    await this.kubectl.output(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    if (this.isOurs) {
      for (const { metadata: { name, namespace = 'default' } } of items.filter(({ kind }) => kind === 'PersistentVolumeClaim')) {
        // A controller that is not there would say that nothing uses the claim any more.
        await this.kubectl.run(['patch', 'persistentvolumeclaim', name, '-n', namespace, '--type=merge', '--patch={"metadata":{"finalizers":null}}']);
      }
    }
  }

  private async removeAll(): Promise<void> {
    if (this.made.length > 0) {
      await this.kubectl.output(['delete', '--ignore-not-found', '--wait=false', ...this.made.reverse()]);
    }
  }
}
