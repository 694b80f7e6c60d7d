import { isCidr, isIpAddress } from '../definition/address';
import type { ConnectionOptions, ConnectionPort, ConnectionTarget, ConnectionVariables } from '../definition/connection';
import { compareStrings } from '../definition/json';
import { isEnvName, isHostName, toEnvPrefix } from '../definition/naming';
import { checkPortNumber } from '../definition/port';
import { type Report, within } from '../diagnostics/report';
import { type Connection, findConnectionPort, usedPorts } from '../model/model';

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

/** The environment variables of all connections. */
export function connectionEnv(connections: readonly ResolvedConnection[], report: Report): { [name: string]: string } {
  const env: { [name: string]: string } = {};
  for (const connection of connections) {
    const { target, options, ports } = connection;
    const here = within(report, `connectTo('${target.name}')`);
    checkTarget(connection, here);
    if (options.env === false || ports.length === 0) {
      continue;
    }
    const property = options.variables ? 'variables' : 'envPrefix';
    const variables = options.variables ? namedVariables(options.variables, connection, here) : prefixedVariables(connection, here);
    const taken = Object.keys(variables).find(name => Object.hasOwn(env, name));
    if (taken !== undefined) {
      here({
        code: 'duplicate-connection',
        property,
        message: `Another connection of the service gives ${taken} already.`,
        remedy: `Connect with ${options.variables ? "other 'variables'" : "another 'envPrefix'"}, or with env: false.`,
      });
    } else {
      Object.assign(env, variables);
    }
  }
  return env;
}

/** What a program may want to know of the main port. */
function factsOf({ target: { host }, ports: [main] }: ResolvedConnection): { readonly [fact in keyof ConnectionVariables]: string } {
  const address = `${host.includes(':') ? `[${host}]` : host}:${main.port}`;
  return { host, port: String(main.port), address, ...main.scheme !== undefined && { url: `${main.scheme}://${address}` } };
}

/** The variables that the program reads. */
function namedVariables(names: ConnectionVariables, connection: ResolvedConnection, report: Report): { [name: string]: string } {
  const facts = factsOf(connection);
  const variables: { [name: string]: string } = {};
  for (const [fact, name] of Object.entries(names) as [keyof ConnectionVariables, string][]) {
    const here = within(report, `variables.${fact}`);
    const value = facts[fact];
    if (!isEnvName(name)) {
      here({ code: 'invalid-env-name', message: `'${name}' is not a name for an environment variable.`, remedy: 'Use letters, digits and underscores, not beginning with a digit.' });
    } else if (value === undefined) {
      here({ code: 'invalid-value', message: `'${connection.target.name}' offers no URL: its main port has no scheme.`, remedy: "Take 'address', or give the port of the target an appProtocol of 'http' or 'https'." });
    } else if (Object.hasOwn(variables, name)) {
      here({ code: 'duplicate-env', message: `The connection gives the variable ${name} already.`, remedy: 'Give each a name of its own.' });
    } else {
      variables[name] = value;
    }
  }
  return variables;
}

/** `<PREFIX>_HOST`, `_PORT` and `_URL` of the main port, `<PREFIX>_<NAME>_PORT` of the others. */
function prefixedVariables(connection: ResolvedConnection, report: Report): { [name: string]: string } {
  const { target, options, ports: [, ...others] } = connection;
  const prefix = options.envPrefix ?? toEnvPrefix(target.name);
  if (!isEnvName(prefix)) {
    report({ code: 'invalid-env-name', property: 'envPrefix', message: `'${prefix}' cannot begin the name of an environment variable.`, remedy: 'Use letters, digits and underscores, not beginning with a digit.' });
    return {};
  }
  const { host, port, url } = factsOf(connection);
  return {
    [`${prefix}_HOST`]: host!,
    [`${prefix}_PORT`]: port!,
    ...url !== undefined && { [`${prefix}_URL`]: url },
    ...Object.fromEntries(others.filter(({ name }) => name !== undefined).map(other => [`${prefix}_${toEnvPrefix(other.name!)}_PORT`, String(other.port)])),
  };
}

function checkTarget({ target, options }: ResolvedConnection, report: Report): void {
  const offered = target.ports.map(port => `'${port.name ?? port.port}'`).join(', ');
  if (target.ports.length === 0) {
    report({ code: 'connection-without-port', message: `'${target.name}' offers no port, so nothing can be connected to it.`, remedy: 'Declare the port at the target, or drop the connection.' });
    return;
  }
  if (options.ports?.length === 0) {
    report({ code: 'invalid-value', property: 'ports', message: 'An empty list connects to no port.', remedy: `Name one of ${offered}, or leave 'ports' out.` });
  }
  for (const wanted of options.ports ?? []) {
    if (!findConnectionPort(target, wanted)) {
      report({ code: 'unknown-port', property: 'ports', message: `'${target.name}' offers no port '${wanted}'.`, remedy: `Name one of ${offered}.` });
    }
  }
  // A service of the cluster answers for its own name and ports.
  if (!target.pods) {
    checkOutside(target, report);
  }
}

function checkOutside({ host, ports, cidrs }: ConnectionTarget, report: Report): void {
  if (!isHostName(host) && !isIpAddress(host)) {
    report({ code: 'invalid-host', message: `'${host}' is not a host.`, remedy: "Write its name or address alone, in lower case, without scheme, port and path, for example 'db.example.com'." });
  }
  ports.forEach(({ port }) => checkPortNumber(port, 'port', report));
  if (cidrs?.length === 0) {
    report({ code: 'invalid-value', property: 'cidrs', message: 'An empty list admits no address.', remedy: "Name the addresses, or leave 'cidrs' out to admit any on this port." });
  }
  cidrs?.filter(cidr => !isCidr(cidr)).forEach(cidr =>
    report({ code: 'invalid-value', property: 'cidrs', message: `'${cidr}' is not a range of addresses.`, remedy: "Write for example '203.0.113.0/24', or '203.0.113.7/32' for one address." }));
}

function sortKey({ target, options }: ResolvedConnection): string {
  return [options.envPrefix ?? toEnvPrefix(target.name), ...Object.values(options.variables ?? {}).sort(compareStrings), target.host, ...target.ports.map(({ port }) => port)].join('\n');
}
