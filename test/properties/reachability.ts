/** Evaluates NetworkPolicies as https://kubernetes.io/docs/concepts/services-networking/network-policies/ defines them. */

/** Somebody who opens connections or accepts them. */
export interface Actor {
  /** Nothing for an address outside the cluster. */
  readonly pod?: { readonly namespace: string; readonly labels: { readonly [label: string]: string } };
  readonly address?: string;
}

type Json = any;

/** Whether the policies let `from` reach a port of `to`. */
export function isAdmitted(policies: readonly Json[], from: Actor, to: Actor, port: number, protocol: string): boolean {
  return admits(policies, from, to, port, protocol, 'Egress') && admits(policies, to, from, port, protocol, 'Ingress');
}

/** Whether the policies of one end let the other end through, in one direction. */
function admits(policies: readonly Json[], own: Actor, other: Actor, port: number, protocol: string, direction: 'Ingress' | 'Egress'): boolean {
  const { pod } = own;
  if (!pod) {
    return true;
  }
  const applying = policies.filter(policy => policy.metadata.namespace === pod.namespace
    && selects(policy.spec.podSelector, pod.labels) && policy.spec.policyTypes.includes(direction));
  const [rules, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  return applying.length === 0 || applying.some(policy => (policy.spec[rules] ?? []).some((rule: Json) =>
    (!(rule.ports?.length > 0) || rule.ports.some((each: Json) => (each.port === undefined || each.port === port) && (each.protocol ?? 'TCP') === protocol))
    && (!(rule[peers]?.length > 0) || rule[peers].some((peer: Json) => isPeer(peer, other, policy.metadata.namespace)))));
}

function isPeer(peer: Json, actor: Actor, namespace: string): boolean {
  if (peer.ipBlock) {
    return actor.address !== undefined && contains(peer.ipBlock.cidr, actor.address);
  }
  if (!actor.pod) {
    return false;
  }
  const inNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': actor.pod.namespace })
    : actor.pod.namespace === namespace;
  return inNamespace && (!peer.podSelector || selects(peer.podSelector, actor.pod.labels));
}

/** Whether a label selector matches; expressions are never written by the library. */
export function selects(selector: Json, labels: { readonly [label: string]: string }): boolean {
  const expressions: readonly Json[] = selector.matchExpressions ?? [];
  if (expressions.some(({ operator }) => operator !== 'DoesNotExist')) {
    throw new Error('This evaluation knows no other expressions.');
  }
  return expressions.every(({ key }) => !(key in labels))
    && Object.entries(selector.matchLabels ?? {}).every(([label, value]) => labels[label] === value);
}

/** Whether a CIDR of either family contains an address. */
function contains(cidr: string, address: string): boolean {
  const [network, length] = cidr.split('/');
  const [a, b] = [bits(network), bits(address)];
  return a.length === b.length && a.slice(0, Number(length)) === b.slice(0, Number(length));
}

function bits(address: string): string {
  if (!address.includes(':')) {
    return address.split('.').map(part => Number(part).toString(2).padStart(8, '0')).join('');
  }
  const [head, tail] = address.split('::').map(half => half.split(':').filter(part => part !== ''));
  const groups = tail === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.map(group => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
