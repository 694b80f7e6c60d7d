import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What is read of an object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: { readonly [label: string]: string };
    readonly annotations?: { readonly [annotation: string]: string };
    readonly resourceVersion?: string;
    readonly generation?: number;
  };
  readonly spec?: any;
  readonly data?: { readonly [key: string]: string };
}

/** The objects of the manifests that `kubectl apply -f` would take from a folder. */
export function readManifests(folder: string): KubernetesObject[] {
  return readdirSync(folder).filter(name => name.endsWith('.yaml')).sort()
    .flatMap(name => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
    .map(document => document.toJS() as KubernetesObject | null)
    .filter(object => object !== null);
}

/**
 * The pod that a workload would make, if the object is one. Admission only warns about a workload, and only of some kinds; it
 * judges pods.
 */
export function podOf({ kind, metadata, spec }: KubernetesObject): KubernetesObject | undefined {
  const template = kind === 'CronJob' ? spec?.jobTemplate?.spec?.template : spec?.template;
  if (!template?.spec?.containers) {
    return undefined;
  }
  // The controller of a StatefulSet mounts the claims that it makes for each pod.
  const claims = (spec?.volumeClaimTemplates ?? []).map((claim: any) => (
    { name: claim.metadata.name, persistentVolumeClaim: { claimName: `${claim.metadata.name}-${metadata.name}-0` } }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: `pod-of-${metadata.name}`, namespace: metadata.namespace },
    spec: claims.length === 0 ? template.spec : { ...template.spec, volumes: [...template.spec.volumes ?? [], ...claims] },
  };
}
