import { cpSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type NamedImage, packProgram } from './images';
import { OwnNode } from './own-node';
import { installPrograms, installVisitor } from './programs';
import { systemImage, visitor, VISITOR } from './system';
import { installKinds, unservedKinds } from '../cluster/custom-resources';
import { kubectlForCluster } from '../cluster/installer';
import { Kubectl } from '../cluster/kubectl';
import type { KubernetesObject } from '../support/real-runs/manifests';
import { output, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

const PUBLISH_SECONDS = 300;

/** A cluster with nodes that run what they are told to. */
export class RealCluster {
  /**
   * The cluster of `KUBECONFIG` where that has real nodes, else one of our own.
   *
   * @throws Unavailable where neither can be had
   */
  public static async provide(suite: Suite): Promise<RealCluster> {
    return await theirs(suite) ?? ours(suite);
  }

  public constructor(
    private readonly suite: Suite,
    public readonly kubectl: Kubectl,
    /** Whether it was made for this run, with an ingress controller for the class `traefik`. */
    public readonly isOurs: boolean,
    /** What lets users' scripts find the cluster. */
    public readonly environment: { readonly [name: string]: string },
    private readonly publishImage: (image: NamedImage) => Promise<void>,
  ) {}

  /** Makes room for objects: their kinds are known, and nobody has used their namespace before, which goes away at the end. */
  public async makeRoom(objects: readonly KubernetesObject[], namespace: string): Promise<void> {
    if (!this.isOurs) {
      if ((await this.kubectl.output(['get', 'namespace', namespace, '--ignore-not-found', '-o', 'name'])).trim() !== '') {
        throw new Error(`there is a namespace ${namespace} in this cluster; it would be removed afterwards, so use another cluster`);
      }
      await installKinds(this.kubectl, await unservedKinds(this.kubectl, objects), resource => this.remember(resource));
      this.remember(`namespace/${namespace}`);
    }
  }

  /** Lets something go away at the end, where the cluster stays. */
  public remember(resource: string, ...flags: readonly string[]): void {
    if (!this.isOurs) {
      this.suite.atEnd(async () => void await this.kubectl.output(['delete', resource, ...flags, '--ignore-not-found', '--wait=false']));
    }
  }

  /** Lets the nodes find an image by its name. */
  public async publish(image: NamedImage): Promise<void> {
    await this.publishImage(image);
  }

  /** The answer of kubectl as JSON. */
  public async json(...args: readonly string[]): Promise<any> {
    return JSON.parse(await this.kubectl.output([...args, '-o', 'json']));
  }

  /** What the client in the cluster saw. */
  public async visit(command: readonly string[], seconds = 30, input?: string): Promise<any> {
    return JSON.parse(await this.kubectl.execute(VISITOR.name, VISITOR.namespace, ['/visitor', ...command], seconds, input));
  }
}

async function ours(suite: Suite): Promise<RealCluster> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Unavailable('a node takes Linux and root, and KUBECONFIG names no cluster with real nodes');
  }
  const node = await OwnNode.start(suite, await installPrograms(text => suite.note(text)));
  suite.note(`a node of our own is ready: ${await node.kubectl.serverVersion()}`);
  const environment = { KUBECONFIG: node.kubeconfig, PATH: [dirname(node.program), process.env.PATH].join(delimiter) };
  return new RealCluster(suite, node.kubectl, true, environment, async ({ name, layout }) => {
    mkdirSync(dirname(node.layoutOf(name)), { recursive: true });
    cpSync(layout, node.layoutOf(name), { recursive: true });
  });
}

async function theirs(suite: Suite): Promise<RealCluster | undefined> {
  const { KUBECONFIG: kubeconfig, NODE_PUBLISH_IMAGE: publishImage } = process.env;
  if (!kubeconfig) {
    return undefined;
  }
  const say = (text: string): void => suite.note(text);
  const program = await kubectlForCluster(say);
  const kubectl = new Kubectl(program, kubeconfig, suite.folder);
  const { items } = JSON.parse(await kubectl.output(['get', 'nodes', '-o', 'json']));
  const isReal = (node: any): boolean => /^(containerd|cri-o|docker):\/\//.test(node.status.nodeInfo?.containerRuntimeVersion)
    && node.status.conditions?.some(({ type, status }: any) => type === 'Ready' && status === 'True');
  if (!items.some(isReal)) {
    suite.note('the cluster of KUBECONFIG has no real node that is ready');
    return undefined;
  }
  if (!publishImage) {
    throw new Error('KUBECONFIG names a cluster, and NODE_PUBLISH_IMAGE does not say how its nodes get images (test/node/README.md)');
  }
  suite.note(`the cluster of KUBECONFIG: ${await kubectl.serverVersion()}`);
  const environment = { KUBECONFIG: kubeconfig, PATH: [dirname(program), process.env.PATH].join(delimiter) };
  const cluster = new RealCluster(suite, kubectl, false, environment, async ({ name, layout }) => {
    await output('/bin/sh', ['-c', publishImage], { env: { IMAGE: name, LAYOUT: layout }, timeoutSeconds: PUBLISH_SECONDS });
  });
  await bringVisitor(suite, cluster, say);
  return cluster;
}

/** Our own node has its visitor from the beginning. */
async function bringVisitor(suite: Suite, cluster: RealCluster, say: (text: string) => void): Promise<void> {
  const programs = await installVisitor(say);
  await cluster.publish(await packProgram(systemImage('visitor'), programs('visitor'), join(suite.folder, 'system-images')));
  const { namespace } = VISITOR;
  const isThere = (await cluster.kubectl.run(['get', 'namespace', namespace])).status === 0;
  if (!isThere) {
    await cluster.kubectl.output(['create', 'namespace', namespace]);
    cluster.remember(`namespace/${namespace}`);
  }
  cluster.remember(`pod/${VISITOR.name}`, '-n', namespace);
  await until('the visitor is there', 60, async () => (await cluster.kubectl.apply('-', visitor())).complaints === '');
  await cluster.kubectl.output(['wait', `pod/${VISITOR.name}`, '-n', namespace, '--for=condition=Ready', '--timeout=25s']);
}
