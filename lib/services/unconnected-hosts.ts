import type { ResolvedConnection } from './connection-env';
import { isHostName } from '../definition/naming';
import { type Report } from '../diagnostics/report';

const URL_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^:/?#[\]]+)/i;
const HOST_AND_PORT = /^([a-z0-9][a-z0-9.-]*):\d{1,5}$/i;
const HOST_VARIABLE = /(^|_)(HOST|HOSTNAME|ADDR|ADDRESS)$/;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)$/;
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Warns of variables that send the program to a host which its network policy does not admit. */
export function checkHosts(variables: { readonly [name: string]: string }, connections: readonly ResolvedConnection[], report: Report): void {
  const known = new Set(connections.flatMap(({ target }) => hostSpellings(target.host)));
  for (const [name, value] of Object.entries(variables)) {
    const host = hostIn(name, value);
    if (host !== undefined && !LOCAL.test(host) && !known.has(host)) {
      report({
        code: 'unconnected-host',
        property: `env.${name}`,
        message: `${name} names the host '${host}', and no connection declares it: the network policy will not let the pods reach it.`,
        remedy: `Write connectTo(…) with the service behind it, or connectTo(External.host('${host}', <port>)).`,
      });
    }
  }
}

function hostIn(name: string, value: string): string | undefined {
  if (value.includes('$(')) {
    return undefined;
  }
  const host = URL_HOST.exec(value)?.[1] ?? HOST_AND_PORT.exec(value)?.[1] ?? (HOST_VARIABLE.test(name) ? value : undefined);
  return host !== undefined && (isHostName(host.toLowerCase()) || IPV4.test(host)) ? host.toLowerCase() : undefined;
}

/** The names under which the DNS of a cluster knows a Service. */
function hostSpellings(host: string): string[] {
  return [host, `${host}.svc`, `${host}.svc.cluster.local`, host.replace(/\.svc(\.cluster\.local)?$/, '')];
}
