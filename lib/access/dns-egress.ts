import { toCidr } from '../definition/address';
import type { Json } from '../definition/json';
import type { Decisions } from '../platform/platform';

const SERVICE_PORT = 53;

/** The rules of a network policy that let pods resolve names: the cluster's DNS, and its cache on the node where there is one. */
export function dnsEgress({ dns }: Decisions): Json[] {
  const { namespace, podLabels, port, nodeLocalAddress } = dns;
  const onPort = (number: number) => ['UDP', 'TCP'].map(protocol => ({ port: number, protocol }));
  const peer = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { ...podLabels } },
  };
  return [
    // Policies see the port of the pods behind the Service.
    { to: [peer], ports: onPort(port) },
    ...nodeLocalAddress === undefined ? [] : [{ to: [{ ipBlock: { cidr: toCidr(nodeLocalAddress) } }], ports: onPort(SERVICE_PORT) }],
  ];
}
