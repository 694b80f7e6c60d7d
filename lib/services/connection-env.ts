import type { ConnectionOptions, ConnectionPort, ConnectionTarget } from '../definition/connection';
import { compareStrings } from '../definition/json';
import { isEnvName, isHostName, toEnvPrefix } from '../definition/naming';
import { checkPortNumber } from '../definition/port';
import { type Report, within } from '../diagnostics/report';
import { type Connection, usedPorts } from '../model/model';

const IP_ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+)$/;

/** A connection with what its target says. */
export interface ResolvedConnection {
  readonly target: ConnectionTarget;
  readonly options: ConnectionOptions;
  readonly ports: readonly ConnectionPort[];
}

/** The connections of a service, in an order that does not depend on the order of the calls. */
export function resolveConnections(connections: readonly Connection[]): ResolvedConnection[] {
  return connections
    .map(({ client, target, options }) => {
      const resolved = target.toConnectionTarget(client);
      return { target: resolved, options, ports: usedPorts(resolved, options) };
    })
    .sort((a, b) => compareStrings(sortKey(a), sortKey(b)));
}

/** `<PREFIX>_HOST`, `_PORT` and `_URL` of the main port, `<PREFIX>_<NAME>_PORT` of the others. */
export function connectionEnv(connections: readonly ResolvedConnection[], report: Report): { [name: string]: string } {
  const env: { [name: string]: string } = {};
  for (const { target, options, ports } of connections) {
    const here = within(report, `connectTo('${target.name}')`);
    checkTarget(target, options, ports, here);
    const [main, ...others] = ports;
    if (options.env === false || main === undefined) {
      continue;
    }
    const prefix = options.envPrefix ?? toEnvPrefix(target.name);
    if (!isEnvName(prefix)) {
      here({ code: 'invalid-env-name', property: 'envPrefix', message: `'${prefix}' cannot begin the name of an environment variable.`, remedy: 'Use letters, digits and underscores, not beginning with a digit.' });
    }
    if (`${prefix}_HOST` in env) {
      here({
        code: 'duplicate-connection',
        property: 'envPrefix',
        message: `Another connection of the service gives ${prefix}_HOST already.`,
        remedy: "Connect with another 'envPrefix', or with env: false.",
      });
      continue;
    }
    env[`${prefix}_HOST`] = target.host;
    env[`${prefix}_PORT`] = String(main.port);
    if (main.scheme !== undefined) {
      const host = target.host.includes(':') ? `[${target.host}]` : target.host;
      env[`${prefix}_URL`] = `${main.scheme}://${host}:${main.port}`;
    }
    for (const port of others.filter(({ name }) => name !== undefined)) {
      env[`${prefix}_${toEnvPrefix(port.name!)}_PORT`] = String(port.port);
    }
  }
  return env;
}

function checkTarget(target: ConnectionTarget, options: ConnectionOptions, ports: readonly ConnectionPort[], report: Report): void {
  const offered = target.ports.map(port => `'${port.name ?? port.port}'`).join(', ');
  for (const wanted of options.ports ?? []) {
    if (!target.ports.some(({ name }) => name === wanted)) {
      report({ code: 'unknown-port', property: 'ports', message: `'${target.name}' offers no port '${wanted}'.`, remedy: offered ? `Name one of ${offered}.` : 'Declare the port at the target.' });
    }
  }
  if (ports.length === 0 && (options.ports ?? []).length === 0) {
    report({ code: 'connection-without-port', message: `'${target.name}' offers no port, so nothing can be connected to it.`, remedy: 'Declare the port at the target, or drop the connection.' });
  }
  if (!isHostName(target.host) && !IP_ADDRESS.test(target.host)) {
    report({ code: 'invalid-host', message: `'${target.host}' is not a host.`, remedy: "Write its name or address alone, without scheme, port and path, for example 'db.example.com'." });
  }
  ports.forEach(({ port }) => checkPortNumber(port, 'port', report));
}

function sortKey({ target, options }: ResolvedConnection): string {
  return [options.envPrefix ?? toEnvPrefix(target.name), target.host, ...target.ports.map(({ port }) => port)].join('\n');
}
