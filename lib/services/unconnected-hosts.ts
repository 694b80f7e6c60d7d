import type { ResolvedConnection } from './connection-env';
import type { WorkloadOptions } from './workload-options';
import { isIpAddress } from '../definition/address';
import type { ContainerOptions } from '../definition/container';
import { isHostName } from '../definition/naming';
import { type Report } from '../diagnostics/report';

const URL_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^:/?#[\]]+)/i;
const HOST_AND_PORT = /^([a-z0-9][a-z0-9.-]*):\d{1,5}$/i;
const HOST_VARIABLE = /(^|_)(HOST|HOSTNAME|ADDR|ADDRESS)$/;
const LETTER = /[a-z]/;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?)$/;

/** A variable, and where the user wrote it. */
interface Variable {
  readonly property: string;
  readonly name: string;
  readonly value: unknown;
}

/** Warns of variables that send the program to a host which its network policy does not admit; `admitted` are those that need no connection. */
export function checkHosts(props: WorkloadOptions, connections: readonly ResolvedConnection[], admitted: readonly string[], report: Report): void {
  const known = new Set([...admitted, ...connections.flatMap(hostSpellings)]);
  const variables = [
    ...variablesOf(props, ''),
    ...(props.sidecars ?? []).flatMap((sidecar, index) => variablesOf(sidecar, `sidecars[${index}].`)),
    ...(props.initContainers ?? []).flatMap((container, index) => variablesOf(container, `initContainers[${index}].`)),
  ];
  for (const { property, name, value } of variables) {
    const host = typeof value === 'string' ? hostIn(name, value) : undefined;
    if (host !== undefined && !LOCAL.test(host) && !known.has(host)) {
      report({
        code: 'unconnected-host',
        property,
        message: `${name} names the host '${host}', and no connection declares it: the network policy will not let the pods reach it.`,
        remedy: `Write connectTo(…) with the service behind it, or connectTo(External.host('${host}', <port>)).`,
      });
    }
  }
}

function variablesOf({ env = {}, envFrom = [] }: ContainerOptions, prefix: string): Variable[] {
  return [
    ...envFrom.flatMap((source, index) =>
      Object.entries(source._variables()).map(([name, value]) => ({ property: `${prefix}envFrom[${index}]`, name, value }))),
    ...Object.entries(env).map(([name, value]) => ({ property: `${prefix}env.${name}`, name, value })),
  ];
}

function hostIn(name: string, value: string): string | undefined {
  if (value.includes('$(')) {
    return undefined;
  }
  const host = (URL_HOST.exec(value)?.[1] ?? HOST_AND_PORT.exec(value)?.[1] ?? (HOST_VARIABLE.test(name) ? value : undefined))?.toLowerCase();
  // Figures alone are an address, or something else: `10:30`.
  return host !== undefined && (isIpAddress(host) || (isHostName(host) && LETTER.test(host))) ? host : undefined;
}

/** The names under which a client can write a target; those of a Service with and without its namespace. */
function hostSpellings({ target: { host, pods } }: ResolvedConnection): string[] {
  if (!pods) {
    return [host.toLowerCase()];
  }
  const { namespace } = pods;
  const full = namespace === undefined || host.endsWith(`.${namespace}`) ? host : `${host}.${namespace}`;
  return [host, full, `${full}.svc`, `${full}.svc.cluster.local`];
}
