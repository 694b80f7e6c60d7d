import { Chart } from 'cdk8s';
import { isCidr, isIpAddress } from '../definition/address';
import { type ConnectionOptions, type ConnectionPort, type ConnectionTarget, type ConnectionVariables, LoginDelivery } from '../definition/connection';
import { EnvReference } from '../definition/env-reference';
import { compareStrings } from '../definition/json';
import { isEnvName, isHostName, toEnvPrefix } from '../definition/naming';
import { checkPortNumber } from '../definition/port';
import { Volume } from '../definition/volume';
import { type Report, within } from '../diagnostics/report';
import { type Connection, findConnectionPort, usedPorts } from '../model/model';

/** Where the files of logins lie, each in the folder of its target; not below a folder where users mount Secrets, which is read-only. */
const LOGIN_FOLDER = '/etc/logins';
const PASSWORD_FILE = 'password';
const URL_FILE = 'url';

/** A connection with what its target says. */
export interface ResolvedConnection {
  readonly target: ConnectionTarget;
  readonly options: ConnectionOptions;
  readonly ports: readonly ConnectionPort[];
  /** The namespace of the client. */
  readonly namespace?: string;
}

/** What the main container of a client gets of its connections. */
export interface ConnectionInputs {
  readonly env: { readonly [name: string]: string };
  readonly references: { readonly [name: string]: EnvReference };
  /** Volumes by the paths where they are mounted. */
  readonly volumes: { readonly [path: string]: Volume };
}

/** What can be said of a connection by a variable: a text, or the key of a Secret. */
type Fact = string | EnvReference;
type Facts = { readonly [fact in keyof ConnectionVariables]: Fact };

/** The connections of a service, in an order that does not depend on the order of the calls. */
export function resolveConnections(connections: readonly Connection[]): ResolvedConnection[] {
  return connections
    .map(({ client, target, options }) => {
      const resolved = target.toConnectionTarget(client);
      const { namespace } = Chart.of(client);
      return { target: resolved, options, ports: usedPorts(resolved, options), ...namespace !== undefined && { namespace } };
    })
    .sort((a, b) => compareStrings(sortKey(a), sortKey(b)));
}

/** The environment variables of all connections, and the files of their logins. */
export function connectionInputs(connections: readonly ResolvedConnection[], report: Report): ConnectionInputs {
  const given: { [name: string]: Fact } = {};
  const volumes: { [path: string]: Volume } = {};
  for (const connection of connections) {
    const { target, options, ports } = connection;
    const here = within(report, `connectTo('${target.name}')`);
    checkTarget(connection, here);
    if (options.env === false || ports.length === 0) {
      continue;
    }
    checkLogin(connection, here);
    const property = options.variables ? 'variables' : 'envPrefix';
    const variables = options.variables ? namedVariables(options.variables, connection, here) : prefixedVariables(connection, here);
    const taken = Object.keys(variables).find(name => Object.hasOwn(given, name));
    if (taken !== undefined) {
      here({
        code: 'duplicate-connection',
        property,
        message: `Another connection of the service gives ${taken} already.`,
        remedy: `Connect with ${options.variables ? "other 'variables'" : "another 'envPrefix'"}, or with env: false.`,
      });
    } else {
      Object.assign(given, variables);
      Object.assign(volumes, loginFiles(connection));
    }
  }
  const all = Object.entries(given);
  return {
    env: Object.fromEntries(all.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    references: Object.fromEntries(all.filter((entry): entry is [string, EnvReference] => typeof entry[1] !== 'string')),
    volumes,
  };
}

/** The variables of all connections that are no secrets. */
export function connectionEnv(connections: readonly ResolvedConnection[], report: Report): { readonly [name: string]: string } {
  return connectionInputs(connections, report).env;
}

/** What a program may want to know of the main port and of the login. */
function factsOf({ target: { name, host, login }, ports: [main] }: ResolvedConnection): Facts {
  const address = `${host.includes(':') ? `[${host}]` : host}:${main.port}`;
  const known = { host, port: String(main.port), address };
  if (!login) {
    return { ...known, ...main.scheme !== undefined && { url: `${main.scheme}://${address}` } };
  }
  const { secretName, passwordKey, urlKey, userName, userNameKey, database } = login;
  return {
    ...known,
    ...userName !== undefined ? { user: userName } : userNameKey !== undefined ? { user: EnvReference._secretKey(secretName, userNameKey) } : {},
    ...database !== undefined && { database },
    password: EnvReference._secretKey(secretName, passwordKey),
    passwordFile: `${LOGIN_FOLDER}/${name}/${PASSWORD_FILE}`,
    ...urlKey !== undefined && { url: EnvReference._secretKey(secretName, urlKey), urlFile: `${LOGIN_FOLDER}/${name}/${URL_FILE}` },
  };
}

/** The files that the variables of a connection name. */
function loginFiles({ target: { name, login }, options }: ResolvedConnection): { [path: string]: Volume } {
  const { variables, login: delivery = LoginDelivery.FILES } = options;
  if (!login) {
    return {};
  }
  const wanted = (variable?: string) => variables ? variable !== undefined : delivery === LoginDelivery.FILES;
  const items = {
    ...wanted(variables?.passwordFile) && { [PASSWORD_FILE]: login.passwordKey },
    ...wanted(variables?.urlFile) && login.urlKey !== undefined && { [URL_FILE]: login.urlKey },
  };
  return Object.keys(items).length === 0 ? {} : { [`${LOGIN_FOLDER}/${name}`]: Volume.secret(login.secretName, { items }) };
}

/** The variables that the program reads. */
function namedVariables(names: ConnectionVariables, connection: ResolvedConnection, report: Report): { [name: string]: Fact } {
  const facts = factsOf(connection);
  const variables: { [name: string]: Fact } = {};
  for (const [fact, name] of Object.entries(names) as [keyof ConnectionVariables, string][]) {
    const here = within(report, `variables.${fact}`);
    const value = facts[fact];
    if (!isEnvName(name)) {
      here({ code: 'invalid-env-name', message: `'${name}' is not a name for an environment variable.`, remedy: 'Use letters, digits and underscores, not beginning with a digit.' });
    } else if (value === undefined) {
      here({ code: 'invalid-value', ...missingFact(fact, connection) });
    } else if (Object.hasOwn(variables, name)) {
      here({ code: 'duplicate-env', message: `The connection gives the variable ${name} already.`, remedy: 'Give each a name of its own.' });
    } else {
      variables[name] = value;
    }
  }
  return variables;
}

/** Why a target has nothing to say to a variable, and what to write instead. */
function missingFact(fact: keyof ConnectionVariables, { target }: ResolvedConnection): { readonly message: string; readonly remedy: string } {
  const { name, login } = target;
  if (fact === 'url' && !login) {
    return {
      message: `'${name}' offers no URL: its main port has no scheme.`,
      remedy: "Take 'address', or give the port of the target an appProtocol of 'http' or 'https'.",
    };
  }
  if (!login) {
    return { message: `'${name}' asks nobody who they are, so there is no ${fact}.`, remedy: 'Leave it out.' };
  }
  return fact === 'url' || fact === 'urlFile'
    ? { message: `The Secret '${login.secretName}' of '${name}' has no key with a URL.`, remedy: "Take 'address' and the password, or name the key where the credentials of the target are said." }
    : { message: `'${name}' has no ${fact}.`, remedy: 'Leave it out.' };
}

/** `<PREFIX>_HOST`, `_PORT` and `_URL` of the main port, `<PREFIX>_<NAME>_PORT` of the others, and the login. */
function prefixedVariables(connection: ResolvedConnection, report: Report): { [name: string]: Fact } {
  const { target, options, ports: [, ...others] } = connection;
  const prefix = options.envPrefix ?? toEnvPrefix(target.name);
  if (!isEnvName(prefix)) {
    report({ code: 'invalid-env-name', property: 'envPrefix', message: `'${prefix}' cannot begin the name of an environment variable.`, remedy: 'Use letters, digits and underscores, not beginning with a digit.' });
    return {};
  }
  const { host, port, url, urlFile, user, database, password, passwordFile } = factsOf(connection);
  const asFiles = target.login !== undefined && (options.login ?? LoginDelivery.FILES) === LoginDelivery.FILES;
  const secrets = asFiles ? { PASSWORD_FILE: passwordFile, URL_FILE: urlFile } : { PASSWORD: password, URL: url };
  const facts = Object.entries({ HOST: host, PORT: port, USER: user, DATABASE: database, ...secrets });
  return {
    ...Object.fromEntries(facts.flatMap(([name, value]) => value === undefined ? [] : [[`${prefix}_${name}`, value] as const])),
    ...Object.fromEntries(others.filter(({ name }) => name !== undefined).map(other => [`${prefix}_${toEnvPrefix(other.name!)}_PORT`, String(other.port)])),
  };
}

/** A pod reads Secrets of its own namespace alone. */
function checkLogin({ target: { name, login }, namespace }: ResolvedConnection, report: Report): void {
  if (login?.namespace !== undefined && namespace !== undefined && login.namespace !== namespace) {
    report({
      code: 'foreign-secret',
      message: `The login of '${name}' lies in the Secret '${login.secretName}' of the namespace '${login.namespace}', which pods of '${namespace}' cannot read.`,
      remedy: `Put both into one namespace; or connect with env: false, and give the client a Secret of '${namespace}' that holds the same.`,
    });
  }
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
