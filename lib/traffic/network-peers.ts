import type { AllowedClients, AllowedPort, AllowedTargets, NetworkPeer } from './network-policy-options';
import { containsCidr, isCidr } from '../definition/address';
import { compact, type Json, sortedEntries } from '../definition/json';
import { checkLabels, checkNamespaceName } from '../definition/naming';
import { checkPortNumber, findContainerPort, listPorts, type Port, Protocol } from '../definition/port';
import { type Report, within } from '../diagnostics/report';

const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** Every pod of a namespace. */
export function namespacePeer(namespace: string): Json {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } } };
}

/** Pods by their labels; those of the policy's own namespace need no namespace selector. */
export function podPeer(labels: { readonly [label: string]: string }, namespace: string | undefined, own: string | undefined): Json {
  return {
    ...namespace !== undefined && namespace !== own && namespacePeer(namespace),
    podSelector: { matchLabels: ordered(labels) },
  };
}

/** Policies see the pods' ports, behind any Service. */
export function policyPort(port: number, protocol: Protocol = Protocol.TCP): Json {
  return { port, protocol };
}

/** A rule for clients that the user admits. */
export function renderClients(clients: AllowedClients, ports: readonly Port[], report: Report): Json {
  const named = clients.ports?.map((wanted, index) => {
    const port = findContainerPort(ports, wanted);
    if (!port) {
      report({
        code: 'unknown-port',
        property: `ports[${index}]`,
        message: `The pods have no port '${wanted}'.`,
        remedy: ports.length > 0 ? `Declare it, or name one of ${listPorts(ports)}.` : 'Declare it.',
      });
    }
    return port;
  });
  if ((named ?? ports).length === 0) {
    report({ code: 'invalid-value', property: 'ports', message: 'There is no port to reach.', remedy: 'Declare a port of the containers, and name it.' });
  }
  const open = (named ?? ports).filter(port => port !== undefined);
  return { from: renderPeers(clients, report), ports: open.map(({ number, protocol }) => policyPort(number, protocol)) };
}

/** A rule for targets that the user admits; without ports it admits all of them. */
export function renderTargets(targets: AllowedTargets, report: Report): Json {
  if (targets.ports?.length === 0) {
    report({ code: 'invalid-value', property: 'ports', message: 'An empty list admits no port.', remedy: "Name the ports, or leave 'ports' out to admit all." });
  }
  return {
    to: renderPeers(targets, report),
    ...targets.ports && { ports: targets.ports.map((port, index) => renderRange(port, within(report, `ports[${index}]`))) },
  };
}

function renderRange({ port, endPort, protocol }: AllowedPort, report: Report): Json {
  checkPortNumber(port, 'port', report);
  if (endPort !== undefined && checkPortNumber(endPort, 'endPort', report) && endPort < port) {
    report({ code: 'invalid-port', property: 'endPort', message: `The range ends with ${endPort}, before it begins with ${port}.`, remedy: 'Write a number that is not below port.' });
  }
  return compact({ ...policyPort(port, protocol), endPort });
}

function renderPeers(peer: NetworkPeer, report: Report): Json[] {
  const { namespace, namespaceLabels, podLabels, cidrs = [], exceptCidrs = [] } = peer;
  const isPods = namespace !== undefined || namespaceLabels !== undefined || podLabels !== undefined;
  if (!isPods && cidrs.length === 0) {
    report({
      code: 'invalid-value',
      message: 'It names neither pods nor addresses.',
      remedy: "Write namespace, namespaceLabels, podLabels or cidrs; everybody is cidrs: ['0.0.0.0/0', '::/0'].",
    });
  }
  checkPeer(peer, report);
  const inNamespaces = { ...namespaceLabels, ...namespace !== undefined && { [NAMESPACE_LABEL]: namespace } };
  return [
    ...isPods ? [{
      ...(namespace !== undefined || namespaceLabels) && { namespaceSelector: selector(inNamespaces) },
      ...(podLabels ?? (namespace === undefined && !namespaceLabels)) && { podSelector: selector(podLabels ?? {}) },
    }] : [],
    ...cidrs.map(cidr => ({ ipBlock: compact({ cidr, except: exceptCidrs.filter(except => containsCidr(cidr, except)) }) })),
  ];
}

/** An empty selector takes everything. */
function selector(labels: { readonly [label: string]: string }): Json {
  return Object.keys(labels).length > 0 ? { matchLabels: ordered(labels) } : {};
}

/** In one order, so that rules for the same peers are seen to be. */
function ordered(labels: { readonly [label: string]: string }): { [label: string]: string } {
  return Object.fromEntries(sortedEntries(labels));
}

function checkPeer({ namespace, namespaceLabels, podLabels, cidrs = [], exceptCidrs = [] }: NetworkPeer, report: Report): void {
  checkNamespaceName(namespace, 'namespace', report);
  checkLabels(namespaceLabels, 'namespaceLabels', report);
  checkLabels(podLabels, 'podLabels', report);
  for (const [property, list] of [['cidrs', cidrs], ['exceptCidrs', exceptCidrs]] as const) {
    list.forEach((cidr, index) => {
      if (!isCidr(cidr)) {
        report({ code: 'invalid-value', property: `${property}[${index}]`, message: `'${cidr}' is not a range of addresses.`, remedy: "Write for example '203.0.113.0/24', or '203.0.113.7/32' for one address." });
      } else if (property === 'exceptCidrs' && !cidrs.some(outer => isCidr(outer) && containsCidr(outer, cidr))) {
        report({ code: 'conflicting-options', property: `${property}[${index}]`, message: `'${cidr}' lies in none of the ranges.`, remedy: "Leave it out, or write the range around it into 'cidrs'." });
      }
    });
  }
}
