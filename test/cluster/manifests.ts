import type { KubernetesObject } from '../support/real-runs/manifests';

/** The namespaces that objects lie in, or are. */
export function namespacesOf(objects: readonly KubernetesObject[]): string[] {
  const names = objects.flatMap(({ kind, metadata }) => kind === 'Namespace' ? [metadata.name] : metadata.namespace ?? []);
  return [...new Set(names)].sort();
}

/** What must not change when the same is applied again: all but what a controller writes. */
export function comparable(object: KubernetesObject): string {
  const { status, metadata, ...rest } = object as KubernetesObject & { status?: unknown };
  const { resourceVersion, generation, managedFields, ...stable } = metadata as any;
  return JSON.stringify({ ...rest, metadata: stable });
}
