import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RealCluster } from './cluster';
import { provideAppImages } from '../image-builds/app-images';
import type { ImageBuilder } from '../image-builds/builder';
import { demandEqual } from '../image-builds/demands';
import { type Application, synthesise } from '../support/real-runs/applications';
import { type KubernetesObject, podOf, readManifests } from '../support/real-runs/manifests';
import { output } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const READY_SECONDS = 180;
const KINDS = ['StatefulSet', 'Deployment'];

/** An app on the node, the pods of its servers with storage of their own. */
export class DeployedApp {
  /** Synthesises an app. */
  public static async synthesise(suite: Suite, cluster: RealCluster, source: string): Promise<DeployedApp> {
    const into = join(suite.folder, 'deployed');
    mkdirSync(into, { recursive: true });
    return new DeployedApp(suite, cluster, await synthesise(source, into));
  }

  /** What keeps data. */
  public readonly servers: readonly string[];
  public readonly namespace: string;
  private readonly objects: readonly KubernetesObject[];

  private constructor(private readonly suite: Suite, private readonly cluster: RealCluster, private readonly application: Application) {
    this.objects = readManifests(application.manifests[0]);
    this.namespace = this.objects.find(({ kind }) => kind === 'Namespace')!.metadata.name;
    this.servers = this.objects.filter(({ kind }) => kind === 'StatefulSet').map(({ metadata }) => metadata.name);
  }

  public async provideImages(builder: ImageBuilder): Promise<string> {
    const images: string[] = this.objects.map(podOf).flatMap(pod => pod?.spec.containers.map(({ image }: { image: string }) => image) ?? []);
    const publish = async (image: string, layout: string): Promise<void> => this.cluster.publish({ name: inFull(image), layout });
    await provideAppImages(this.suite, builder, this.application, images, publish);
    return [...new Set(images)].join(', ');
  }

  /** Applies the folder, fills in the secret by its script, and waits. */
  public async deploy(): Promise<string> {
    const { cluster, namespace, application: { folder, artifacts, manifests } } = this;
    await cluster.makeRoom(this.objects, namespace);
    if (cluster.isOurs) {
      await this.provideVolumes();
    }
    const { status, stderr } = await cluster.kubectl.run(['apply', '-f', manifests[0]]);
    if (status !== 0 || stderr.trim()) {
      throw new Error(stderr || `exit status ${status}`);
    }
    const values = join(folder, 'secret-values');
    mkdirSync(values);
    writeFileSync(join(values, 'password'), randomBytes(16).toString('hex'));
    for (const parent of artifacts.filter(each => existsSync(join(each, 'secrets')))) {
      await output('/bin/sh', ['-c', 'for script in "$0"/secrets/*.sh; do sh "$script" || exit 1; done', parent], { env: { ...cluster.environment, SECRETS_DIR: values } });
    }
    const workloads = this.objects.filter(({ kind }) => KINDS.includes(kind)).map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
    for (const workload of workloads) {
      await cluster.kubectl.wait(['rollout', 'status', workload, '-n', namespace], READY_SECONDS);
    }
    return workloads.join(', ');
  }

  /** Takes its pod from a server, and returns how many seconds it took until another one was ready. */
  public async replacePod(server: string): Promise<number> {
    const { cluster, namespace } = this;
    const pod = `${server}-0`;
    const identityOf = async (): Promise<string> => (await cluster.json('get', 'pod', pod, '-n', namespace)).metadata.uid;
    const before = await identityOf();
    const begun = Date.now();
    await cluster.kubectl.wait(['delete', 'pod', pod, '-n', namespace], 60);
    await cluster.kubectl.wait(['rollout', 'status', `statefulset/${server}`, '-n', namespace], READY_SECONDS);
    demandEqual('that it is another pod', await identityOf() !== before, true);
    return (Date.now() - begun) / 1000;
  }

  /** Our own node has no provisioner: a folder of the machine for each claim. */
  private async provideVolumes(): Promise<void> {
    const claims = this.objects.filter(({ kind }) => kind === 'StatefulSet').flatMap(({ metadata, spec }) => spec.volumeClaimTemplates
      .map((claim: any) => ({ name: `${claim.metadata.name}-${metadata.name}-0`, spec: claim.spec })));
    const { items: [node] } = await this.cluster.json('get', 'nodes');
    const volumes = claims.map(({ name, spec }) => {
      const path = join(this.suite.folder, 'volumes', name);
      mkdirSync(path, { recursive: true });
      // A fresh disk belongs to root; the kubelet gives it to the group of the pod.
      chmodSync(path, 0o755);
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `${this.namespace}-${name}` },
        spec: {
          accessModes: spec.accessModes,
          capacity: { storage: spec.resources.requests.storage },
          claimRef: { name, namespace: this.namespace },
          local: { path },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [{
                matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node.metadata.labels['kubernetes.io/hostname']] }],
              }],
            },
          },
          persistentVolumeReclaimPolicy: 'Retain',
        },
      };
    });
    const { complaints } = await this.cluster.kubectl.apply('-', volumes);
    if (complaints) {
      throw new Error(complaints);
    }
  }
}

/** The name of an image with the registry that it leaves out. */
function inFull(image: string): string {
  const [first, ...rest] = image.split('/');
  return rest.length === 0 ? `docker.io/library/${image}` : /[.:]/.test(first) ? image : `docker.io/${image}`;
}
