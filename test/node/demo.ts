import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RealCluster } from './cluster';
import type { ImageBuilder } from '../image-builds/builder';
import { demandEqual } from '../image-builds/demands';
import { dockerfilesBelow } from '../image-builds/dockerfiles';
import { type Workload, workloadOf } from '../image-builds/workload';
import { type Application, synthesise } from '../support/real-runs/applications';
import { type KubernetesObject, podOf, readManifests } from '../support/real-runs/manifests';
import { output } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const SOURCE = join(__dirname, '../../examples/go-microservice/main.ts');
const ROLLOUT_SECONDS = 180;
const NAME_LABEL = 'app.kubernetes.io/name';

/** The services of the demo, and where each says its version. */
export const API = { name: 'go-microservice', path: '/api', version: '"version":"([^"]+)"' };
export const WEB = { name: 'web', path: '/web', version: '(\\d+\\.\\d+\\.\\d+)' };
export const SERVICES = [API, WEB];
export type Service = typeof API;

/** One version of the demo, as its users have it: what it synthesised, and the images that it names. */
export class Demo {
  public static async synthesise(suite: Suite, version: string): Promise<Demo> {
    const into = join(suite.folder, `demo-${version}`);
    mkdirSync(into);
    return new Demo(version, await synthesise(SOURCE, into, { IMAGE_TAG: version }));
  }

  public readonly objects: readonly KubernetesObject[];
  public readonly namespace: string;

  private constructor(public readonly version: string, private readonly application: Application) {
    this.objects = readManifests(this.manifests);
    this.namespace = this.objects.find(({ kind }) => kind === 'Namespace')!.metadata.name;
  }

  /** Builds each image from the Dockerfile as it is, and lets the cluster have it by the name that the manifests give it. */
  public async provideImages(builder: ImageBuilder, cluster: RealCluster): Promise<string> {
    const names: string[] = [];
    for (const { name: repository, folder, context } of this.application.artifacts.flatMap(each => dockerfilesBelow(each, this.application.folder))) {
      const layout = join(this.application.folder, 'built', repository);
      mkdirSync(join(layout, '..'), { recursive: true });
      await builder.build({ folder, context, buildArgs: { VERSION: this.version } }, layout);
      const name = this.imageOf(repository);
      await cluster.publish({ name, layout });
      names.push(name);
    }
    demandEqual('the number of images', names.length, SERVICES.length);
    return names.join(', ');
  }

  /** Applies the folder of manifests as the demo says, or what is one service's of it. */
  public async apply({ kubectl }: RealCluster, service?: Service): Promise<string> {
    const selector = service ? ['-l', `${NAME_LABEL}=${service.name}`] : [];
    const { status, stdout, stderr } = await kubectl.run(['apply', '-f', this.manifests, ...selector]);
    if (status !== 0 || stderr.trim()) {
      throw new Error(stderr || `exit status ${status}`);
    }
    const objects = this.objects.filter(({ metadata }) => !service || metadata.labels?.[NAME_LABEL] === service.name);
    demandEqual('the number of objects', stdout.trim().split('\n').length, objects.length);
    return `${objects.length} objects`;
  }

  /** Fills in the secrets by the scripts among the artefacts, and gives the route a certificate, which is returned. */
  public async provideSecrets({ kubectl, environment }: RealCluster): Promise<string> {
    const { folder, artifacts } = this.application;
    const [values, key, certificate] = ['secret-values', 'tls.key', 'tls.crt'].map(name => join(folder, name));
    mkdirSync(values);
    writeFileSync(join(values, 'password'), 'only-for-this-test');
    for (const parent of artifacts) {
      await output('/bin/sh', ['-c', 'for script in "$0"/secrets/*.sh; do sh "$script" || exit 1; done', parent], { env: { ...environment, SECRETS_DIR: values } });
    }
    await output('openssl', [
      'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=example.com', '-addext', 'subjectAltName=DNS:example.com', '-keyout', key, '-out', certificate,
    ]);
    await kubectl.output(['create', 'secret', 'tls', 'example-com-tls', `--namespace=${this.namespace}`, `--cert=${certificate}`, `--key=${key}`]);
    return readFileSync(certificate, 'utf8');
  }

  /** How many pods a service is to have. */
  public async replicasOf(cluster: RealCluster, { name }: Service): Promise<number> {
    return (await cluster.json('get', 'deployment', name, '-n', this.namespace)).spec.replicas;
  }

  /** Waits until a service consists of what was asked for last, all of it ready. */
  public async settle({ kubectl }: RealCluster, { name }: Service): Promise<void> {
    await kubectl.wait(['rollout', 'status', `deployment/${name}`, '-n', this.namespace], ROLLOUT_SECONDS);
  }

  /** The pods of a service that are not on their way out. */
  public async podsOf(cluster: RealCluster, { name }: Service): Promise<any[]> {
    const { items } = await cluster.json('get', 'pods', '-n', this.namespace, '-l', `${NAME_LABEL}=${name}`);
    return items.filter(({ metadata }: any) => metadata.deletionTimestamp === undefined);
  }

  /** Every pod of a service is ready, and none of them has ever ended. */
  public async demandHealth(cluster: RealCluster, service: Service): Promise<void> {
    const pods = await this.podsOf(cluster, service);
    const states = pods.map(({ status }) => status.containerStatuses.map(({ ready, restartCount }: any) => [ready, restartCount]));
    demandEqual('whether containers are ready, and how often they have restarted,', states, pods.map(() => [[true, 0]]));
    demandEqual('the number of pods', pods.length, await this.replicasOf(cluster, service));
  }

  /** The address of a service, and the path where it says its version. */
  public async urlOf(cluster: RealCluster, { name, path }: Service): Promise<string> {
    const { spec } = await cluster.json('get', 'service', name, '-n', this.namespace);
    return `http://${spec.clusterIP}${path}`;
  }

  public workloadOf({ name }: Service): Workload {
    return workloadOf(this.objects, name);
  }

  private get manifests(): string {
    return this.application.manifests[0];
  }

  private imageOf(repository: string): string {
    const images: string[] = this.objects.map(podOf).flatMap(pod => pod?.spec.containers.map(({ image }: { image: string }) => image) ?? []);
    const image = images.find(each => each.endsWith(`/${repository}:${this.version}`));
    if (image === undefined) {
      throw new Error(`no manifest names the image ${repository} of version ${this.version}: ${images.join(', ')}`);
    }
    return image;
  }
}
