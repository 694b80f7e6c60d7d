import type { TestedObject } from './tested-app';
import { asMap, asMaps, type Json } from '../definition/json';

/** What an object says that there is somewhere else. */
export interface Reference {
  readonly from: TestedObject;
  /** Such as `spec.template.spec.volumes[data]`. */
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** Pods that an object takes by their labels. */
export interface PodSelection {
  readonly from: TestedObject;
  readonly path: string;
  /** A selector as of a Deployment. */
  readonly selector: Json;
}

/** Where an object keeps the template of its pods. */
export function podsOf({ kind, manifest }: TestedObject): { readonly pod: Json; readonly path: string } | undefined {
  const { spec } = manifest;
  const candidates: [unknown, string][] = [
    [kind === 'Pod' ? manifest : undefined, ''],
    [asMap(spec).template, 'spec.template.'],
    [asMap(asMap(asMap(spec).jobTemplate).spec).template, 'spec.jobTemplate.spec.template.'],
  ];
  const found = candidates.find(([pod]) => Array.isArray(asMap(asMap(pod).spec).containers));
  return found && { pod: asMap(found[0]), path: `${found[1]}spec` };
}

/** Everything that an object refers to by name in its namespace, or in another that it names. What is optional need not be there. */
export function referencesOf(from: TestedObject): Reference[] {
  const found: Reference[] = [];
  const add: Add = (path, kind, name, { optional, namespace } = {}) => {
    if (typeof name === 'string' && optional !== true) {
      found.push({ from, path, kind, name, namespace: namespace ?? from.namespace });
    }
  };
  const pods = podsOf(from);
  if (pods) {
    addPodReferences(asMap(pods.pod.spec), pods.path, add);
  }
  const spec = asMap(from.manifest.spec);
  switch (from.kind) {
    case 'StatefulSet':
      add('spec.serviceName', 'Service', spec.serviceName || undefined);
      break;
    case 'HorizontalPodAutoscaler':
      add('spec.scaleTargetRef', spec.scaleTargetRef?.kind, spec.scaleTargetRef?.name);
      break;
    case 'Ingress':
      addBackend(spec.defaultBackend, 'spec.defaultBackend', add);
      asMaps(spec.rules).forEach(({ host, http }, rule) => asMaps(asMap(http).paths).forEach(({ path, backend }) =>
        addBackend(backend, `spec.rules[${host ?? rule}].http.paths[${path}].backend`, add)));
      break;
    case 'RoleBinding':
      asMaps(from.manifest.subjects).filter(({ kind, namespace }) => kind === 'ServiceAccount' && (namespace ?? '') === from.namespace)
        .forEach(({ name }) => add(`subjects[${name}]`, 'ServiceAccount', name));
      break;
    default:
      // HTTPRoute, GRPCRoute and their kind.
      asMaps(spec.rules).forEach(({ backendRefs }, rule) => asMaps(backendRefs)
        .filter(({ kind = 'Service', group = '' }) => kind === 'Service' && group === '')
        .forEach(({ name, namespace }) => add(`spec.rules[${rule}].backendRefs[${name}]`, 'Service', name, { namespace })));
  }
  return found;
}

/** The pods that a Service leads to, or that a disruption budget counts. */
export function selectionOf(from: TestedObject): PodSelection | undefined {
  const { selector } = asMap(from.manifest.spec);
  if (from.kind === 'Service' && Object.keys(asMap(selector)).length > 0) {
    return { from, path: 'spec.selector', selector: { matchLabels: selector } };
  }
  return from.kind === 'PodDisruptionBudget' ? { from, path: 'spec.selector', selector: asMap(selector) } : undefined;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export function isSelected(selector: Json, labels: Json): boolean {
  return Object.entries(asMap(selector.matchLabels)).every(([label, value]) => labels[label] === value)
    && asMaps(selector.matchExpressions).every(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In': return values.includes(labels[key]);
        case 'NotIn': return !values.includes(labels[key]);
        case 'Exists': return labels[key] !== undefined;
        default: return labels[key] === undefined;
      }
    });
}

type Add = (path: string, kind: string, name: unknown, options?: { readonly optional?: boolean; readonly namespace?: string }) => void;

function addBackend(backend: unknown, path: string, add: Add): void {
  add(`${path}.service`, 'Service', asMap(asMap(backend).service).name);
}

function addPodReferences(spec: Json, path: string, add: Add): void {
  // Every namespace has this one.
  if (spec.serviceAccountName !== 'default') {
    add(`${path}.serviceAccountName`, 'ServiceAccount', spec.serviceAccountName);
  }
  for (const volume of asMaps(spec.volumes)) {
    addVolume(volume, `${path}.volumes[${volume.name}]`, add);
  }
  for (const list of ['initContainers', 'containers']) {
    for (const container of asMaps(spec[list])) {
      addContainer(container, `${path}.${list}[${container.name}]`, add);
    }
  }
}

function addVolume(volume: Json, path: string, add: Add): void {
  const { configMap, secret, persistentVolumeClaim, projected } = volume;
  add(`${path}.configMap`, 'ConfigMap', configMap?.name, configMap);
  add(`${path}.secret`, 'Secret', secret?.secretName, secret);
  add(`${path}.persistentVolumeClaim`, 'PersistentVolumeClaim', persistentVolumeClaim?.claimName);
  asMaps(projected?.sources).forEach((source, index) => {
    add(`${path}.projected.sources[${index}].configMap`, 'ConfigMap', source.configMap?.name, source.configMap);
    add(`${path}.projected.sources[${index}].secret`, 'Secret', source.secret?.name, source.secret);
  });
}

function addContainer(container: Json, path: string, add: Add): void {
  for (const { name, valueFrom = {} } of asMaps(container.env)) {
    const { configMapKeyRef, secretKeyRef } = valueFrom;
    add(`${path}.env[${name}]`, 'ConfigMap', configMapKeyRef?.name, configMapKeyRef);
    add(`${path}.env[${name}]`, 'Secret', secretKeyRef?.name, secretKeyRef);
  }
  asMaps(container.envFrom).forEach(({ configMapRef, secretRef }, index) => {
    add(`${path}.envFrom[${index}]`, 'ConfigMap', configMapRef?.name, configMapRef);
    add(`${path}.envFrom[${index}]`, 'Secret', secretRef?.name, secretRef);
  });
}
