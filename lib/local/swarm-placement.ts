import type { LocalScheduling } from './local-scheduling';
import { asMaps, type Json, sortedEntries } from '../definition/json';

/** What Swarm calls what every node of Kubernetes says of itself. */
const OF_NODE: { readonly [label: string]: string } = {
  'kubernetes.io/hostname': 'node.hostname',
  'kubernetes.io/os': 'node.platform.os',
  'kubernetes.io/arch': 'node.platform.arch',
};
const ARCHITECTURES: { readonly [architecture: string]: string } = { amd64: 'x86_64', arm64: 'aarch64', arm: 'armv7l' };
/** @see https://github.com/moby/swarmkit/blob/master/manager/constraint/constraint.go */
const KEY = /^[a-z_][a-z0-9_.-]+$/i;
const CONSTRAINT = /^\s*(?:node\.(?:id|hostname|ip|role|platform\.os|platform\.arch|labels\.[\w.-]+)|engine\.labels\.[\w.-]+)\s*[=!]=\s*\S.*$/;

/** Where a service may run, and what of the definition Swarm has no words for. */
export interface SwarmPlacement {
  readonly constraints: readonly string[];
  readonly omitted: readonly string[];
}

/** Whether a text is a constraint of Swarm. */
export function isConstraint(text: string): boolean {
  return CONSTRAINT.test(text);
}

/** Whether constraints choose a node, and not only a kind of nodes. */
export function chooseNode(constraints: readonly string[]): boolean {
  return constraints.some(constraint => !/^\s*node\.(?:role|platform\.)/.test(constraint) && constraint.includes('=='));
}

/** The nodes of a definition as Swarm writes them. */
export function swarmPlacement({ nodeSelector, nodeName, affinity }: LocalScheduling['nodes']): SwarmPlacement {
  const { nodeAffinity = {}, ...ofPods } = affinity;
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } = nodeAffinity;
  const [term, ...others] = asMaps(required?.nodeSelectorTerms);
  const expressions = others.length > 0 ? undefined : asMaps(term?.matchExpressions).flatMap(expressionConstraints);
  const labels = sortedEntries<string>(nodeSelector).map(([label, value]) => ({ property: `nodeSelector['${label}']`, constraint: labelConstraint(label, '==', value) }));
  const wanted = [
    ...nodeName === undefined ? [] : [{ property: 'nodeName', constraint: `node.hostname==${nodeName}` }],
    ...labels,
    ...(expressions ?? [undefined]).map(constraint => ({ property: 'affinity.nodeAffinity', constraint })),
    ...asMaps(term?.matchFields).map(() => ({ property: 'affinity.nodeAffinity', constraint: undefined })),
    ...asMaps(preferred).map(() => ({ property: 'affinity.nodeAffinity', constraint: undefined })),
    ...Object.keys(ofPods).sort().map(kind => ({ property: `affinity.${kind}`, constraint: undefined })),
  ];
  return {
    constraints: [...new Set(wanted.flatMap(({ constraint }) => constraint ?? []))].sort(),
    omitted: [...new Set(wanted.filter(({ constraint }) => constraint === undefined).map(({ property }) => property))],
  };
}

/** All constraints hold at once, so one of several values cannot be said. */
function expressionConstraints({ key, operator, values = [] }: Json): (string | undefined)[] {
  return operator === 'NotIn' ? values.map((value: string) => labelConstraint(key, '!=', value))
    : operator === 'In' && values.length === 1 ? [labelConstraint(key, '==', values[0])] : [undefined];
}

function labelConstraint(label: string, operator: string, value: string): string | undefined {
  const known = Object.hasOwn(OF_NODE, label) ? OF_NODE[label] : undefined;
  const subject = known ?? (KEY.test(label) ? `node.labels.${label}` : undefined);
  return subject && `${subject}${operator}${known === 'node.platform.arch' ? ARCHITECTURES[value] ?? value : value}`;
}
