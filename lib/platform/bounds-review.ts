import { findPodSpec } from './pod-review';
import { asMap, asMaps, type Json } from '../definition/json';
import { parseQuantity } from '../definition/quantity';
import { amountsByName, type ResourceAmounts } from '../definition/resource-amounts';

/** Something in a manifest that lies outside the bounds of a platform. */
export interface Excess {
  /** Where it stands, as a path of the manifest. */
  readonly field: string;
  readonly message: string;
}

const DOCKER_HUB = 'docker.io';
const MATCHED_HOST = /\bHost\(([^)]*)\)/g;

/** The images that do not lie below one of the registries. */
export function foreignImages(manifest: Json, registries: readonly string[]): Excess[] {
  const pods = findPodSpec(manifest);
  const images = [
    ...containersOf(manifest).map(({ path, container }) => ({ field: `${path}.image`, image: String(container.image ?? '') })),
    ...asMaps(pods?.spec.volumes).filter(({ image }) => image !== undefined).map(({ name, image }) => (
      { field: `${pods!.path}volumes['${name}'].image`, image: String(asMap(image).reference ?? '') })),
  ];
  return images
    .filter(({ image }) => !registries.some(registry => fullName(image).startsWith(`${fullName(registry, true)}/`)))
    .map(({ field, image }) => ({ field, message: `The image '${image}' does not come from ${registries.map(registry => `'${registry}'`).join(' or ')}.` }));
}

/** The hosts of routes and certificates that do not lie within one of the domains. */
export function foreignHosts(manifest: Json, domains: readonly string[]): Excess[] {
  return hostsOf(manifest)
    .filter(({ host }) => !domains.some(domain => host === domain || host.endsWith(`.${domain}`)))
    .map(({ field, host }) => ({
      field,
      message: host === '' ? 'The route takes every host.' : `The host '${host}' does not lie within ${domains.map(domain => `'${domain}'`).join(' or ')}.`,
    }));
}

/** More pods than a number. */
export function excessReplicas({ spec }: Json, most: number): Excess[] {
  return ['replicas', 'maxReplicas', 'maxReplicaCount', 'parallelism']
    .filter(field => Number(asMap(spec)[field]) > most)
    .map(field => ({ field: `spec.${field}`, message: `There may be ${asMap(spec)[field]} pods, which is more than ${most}.` }));
}

/** Requests and limits above the amounts. What a container does not state is for the LimitRange of its namespace to say. */
export function excessResources(manifest: Json, most: ResourceAmounts): Excess[] {
  return containersOf(manifest).flatMap(({ path, container }) => ['requests', 'limits'].flatMap(side =>
    Object.entries(amountsByName(most)).flatMap(([resource, amount]) => {
      const stated = asMap(asMap(container.resources)[side])[resource];
      const [have, may] = [stated, amount].map(text => text === undefined ? undefined : parseQuantity(String(text)));
      return have === undefined || may === undefined || have <= may ? [] : [{
        field: `${path}.resources.${side}.${resource}`,
        message: `The container '${container.name}' wants ${stated} of ${resource}, which is more than ${amount}.`,
      }];
    })));
}

function containersOf(manifest: Json): { readonly path: string; readonly container: Json }[] {
  const pods = findPodSpec(manifest);
  return !pods ? [] : ['initContainers', 'containers', 'ephemeralContainers'].flatMap(list =>
    asMaps(pods.spec[list]).map(container => ({ path: `${pods.path}${list}['${container.name}']`, container })));
}

interface Host {
  readonly field: string;
  readonly host: string;
}

function hostsOf({ kind, apiVersion, spec: anySpec }: Json): Host[] {
  const spec = asMap(anySpec);
  const list = (field: string, hosts: unknown): Host[] =>
    (Array.isArray(hosts) ? hosts : []).map((host, index) => ({ field: `${field}[${index}]`, host: String(host) }));
  switch (kind) {
    case 'Ingress':
      return [
        ...spec.defaultBackend ? [{ field: 'spec.defaultBackend', host: '' }] : [],
        ...asMaps(spec.rules).map(({ host }, index) => ({ field: `spec.rules[${index}].host`, host: String(host ?? '') })),
      ];
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TLSRoute':
      return list('spec.hostnames', spec.hostnames);
    case 'Gateway':
      return `${apiVersion}`.startsWith('gateway.networking.k8s.io/')
        ? asMaps(spec.listeners).map(({ hostname }, index) => ({ field: `spec.listeners[${index}].hostname`, host: String(hostname ?? '') })) : [];
    case 'IngressRoute':
      return asMaps(spec.routes).flatMap(({ match }, index) => [...`${match}`.matchAll(MATCHED_HOST)].flatMap(([, hosts]) =>
        hosts.split(',').map(host => ({ field: `spec.routes[${index}].match`, host: host.trim().slice(1, -1) }))));
    case 'Certificate':
      return list('spec.dnsNames', spec.dnsNames);
    default:
      return [];
  }
}

/** An image, or the beginning of one, with the registry that its short form means. */
function fullName(reference: string, isPrefix = false): string {
  const name = reference.replace(/@.*$/, '');
  const [first, ...rest] = name.split('/');
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  return hasRegistry && (rest.length > 0 || isPrefix) ? name : `${DOCKER_HUB}/${rest.length > 0 || isPrefix ? name : `library/${name}`}`;
}
