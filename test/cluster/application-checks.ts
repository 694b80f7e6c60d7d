import { relative } from 'node:path';
import type { Cluster } from './cluster';
import { canReadDefinitions, installKinds, unservedKinds } from './custom-resources';
import { type Answer, describeObject } from './kubectl';
import { comparable, namespacesOf } from './manifests';
import type { Application } from '../support/real-runs/applications';
import { type KubernetesObject, podOf, readManifests } from '../support/real-runs/manifests';
import type { Suite } from '../support/real-runs/suite';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** A namespace in which pods that are not restricted are refused. */
export function restrictedNamespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [ENFORCE]: 'restricted' } } };
}

/** Applies what an application wrote, twice, and has its pods judged. */
export async function checkApplication(suite: Suite, cluster: Cluster, application: Application): Promise<void> {
  for (const folder of application.manifests) {
    const name = [application.name, relative(`${application.folder}/dist`, folder)].filter(Boolean).join(' ');
    const objects = readManifests(folder);
    const missing = await unservedKinds(cluster.kubectl, objects);
    if (missing.length > 0 && !await canReadDefinitions()) {
      suite.skip(name, `the cluster does not serve ${missing.join(', ')}, and there is no Go to read their definitions out of modules with`);
      continue;
    }
    let first: Answer | undefined;
    const applied = await suite.check(`${name}: everything is accepted, without a warning`, async () => {
      await installKinds(cluster.kubectl, missing, resource => cluster.remember(resource));
      await provideNamespaces(cluster, objects);
      first = await cluster.kubectl.apply(folder);
      if (first.complaints) {
        throw new Error(await attribute(cluster, objects, first.complaints));
      }
      demandAnswerFor(objects, first);
      return `${objects.length} objects`;
    });
    if (applied) {
      await suite.check(`${name}: its pods are admitted in restricted namespaces, without a warning`, async () => judgePods(cluster, objects));
      await suite.check(`${name}: applied again, nothing changes`, async () => applyAgain(cluster, folder, first!));
    }
    await cluster.clear(objects);
  }
}

/** Those that the manifests bring must be restricted; the others are made so. */
async function provideNamespaces(cluster: Cluster, objects: readonly KubernetesObject[]): Promise<void> {
  const names = namespacesOf(objects);
  await cluster.claimNamespaces(names);
  const brought = new Map(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels]));
  for (const name of names) {
    if (!brought.has(name)) {
      await cluster.kubectl.apply('-', [restrictedNamespace(name)]);
    } else if (brought.get(name)?.[ENFORCE] !== 'restricted') {
      throw new Error(`Namespace ${name} does not enforce the restricted Pod Security Standard`);
    }
  }
}

async function judgePods(cluster: Cluster, objects: readonly KubernetesObject[]): Promise<string> {
  const pods = objects.map(podOf).filter(pod => pod !== undefined);
  if (pods.length === 0) {
    return 'it has none';
  }
  for (const namespace of namespacesOf(pods)) {
    await cluster.provideDefaultAccount(namespace);
  }
  const answer = await cluster.kubectl.judge(...pods);
  if (answer.complaints) {
    throw new Error(answer.complaints);
  }
  demandAnswerFor(pods, answer);
  return `${pods.length} pods`;
}

async function applyAgain(cluster: Cluster, folder: string, first: Answer): Promise<void> {
  const second = await cluster.kubectl.apply(folder);
  if (second.complaints) {
    throw new Error(second.complaints);
  }
  let changed = cluster.isOurs ? changes(first.objects, second.objects, true) : await pending(cluster, folder);
  // A controller may have come between the two looks.
  for (let tries = 0; changed.length > 0 && !cluster.isOurs && tries < 5; tries += 1) {
    changed = await pending(cluster, folder);
  }
  if (changed.length > 0) {
    throw new Error(`changed: ${changed.join(', ')}`);
  }
}

/** What applying would change of what is there now. Where controllers work, what was there before tells nothing. */
async function pending({ kubectl }: Cluster, folder: string): Promise<string[]> {
  const before = await kubectl.get(folder);
  return changes(before, (await kubectl.apply(folder, [], ['--dry-run=server'])).objects, false);
}

/** The objects that are not the same in both answers: by content, or exactly, by what the server counts. */
export function changes(before: readonly KubernetesObject[], after: readonly KubernetesObject[], exactly: boolean): string[] {
  if (before.length === 0 || before.length !== after.length) {
    throw new Error(`the server answered for ${before.length} objects first and then for ${after.length}`);
  }
  return before.filter((object, index) => {
    const { resourceVersion, generation } = object.metadata;
    const other = after[index].metadata;
    // The server stores a claim anew at each apply, though nothing in it has changed.
    const isStoredAnew = object.kind === 'PersistentVolumeClaim';
    const isSameVersion = isStoredAnew
      || resourceVersion !== undefined && resourceVersion === other.resourceVersion && generation === other.generation;
    return comparable(object) !== comparable(after[index]) || exactly && !isSameVersion;
  }).map(describeObject);
}

/** A server that says nothing has not judged. */
function demandAnswerFor(objects: readonly KubernetesObject[], answer: Answer): void {
  const answered = answer.objects.map(describeObject).sort();
  const asked = objects.map(describeObject).sort();
  if (JSON.stringify(answered) !== JSON.stringify(asked)) {
    throw new Error(`the server answered for ${answered.join(', ')}, and was asked for ${asked.join(', ')}`);
  }
}

/** Which object a complaint is about, which kubectl does not say of warnings. */
async function attribute(cluster: Cluster, objects: readonly KubernetesObject[], complaints: string): Promise<string> {
  const lines = [complaints];
  for (const object of objects) {
    const answer = await cluster.kubectl.judge(object);
    if (answer.complaints) {
      lines.push(`${describeObject(object)}: ${answer.complaints}`);
    }
  }
  return lines.join('\n');
}
