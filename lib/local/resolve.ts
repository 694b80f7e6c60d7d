import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { freePort } from './free-port';
import {
  distinctKeys, leadsOutside, type LocalApp, type LocalAttachment, type LocalNetwork, type LocalPort, type LocalService, metricsNetwork,
  outsideNetwork, secretsInTexts, sourcesOf,
} from './local-app';
import { type Draft, localContainers } from './local-containers';
import { findObjects } from './local-objects';
import type { LocalOptions } from './local-options';
import { type LocalTraffic, localTraffic, type Subject } from './local-traffic';
import { prometheus, type Scraped } from './observability';
import { compareStrings, sortedEntries } from '../definition/json';
import { Protocol } from '../definition/port';
import { type Report, within } from '../diagnostics/report';
import { localBuilds } from '../images/image-builds';
import { Model } from '../model/model';
import { Environment } from '../platform/environment';

const APP_NAME = /^[a-z0-9][a-z0-9_-]*$/;
/** The first engine with all that is always written: compose files of today take it. */
const OLDEST_ENGINE = 20;

/** Decides once how the services of an environment run on one machine: the environment of the construct that asks. */
export function localApp(scope: IConstruct, options: LocalOptions, report: Report): LocalApp {
  const { root } = scope.node;
  const environment = Environment.of(scope)?.name;
  const all = subjectsOf(root, environment);
  checkNames(all, options, environment, report);
  const subjects = all.filter(({ name }) => !options.without?.includes(name));
  const namespaces = new Set(all.map(namespaceOf));
  const traffic = localTraffic(root, subjects);
  const builds = localBuilds(root);
  const surroundings = {
    options,
    traffic,
    objects: findObjects(root, environment),
    buildOf: (subject: Subject, container: string) => builds(subject.modeled.construct, container),
    uniqueName: (namespace: string | undefined, name: string) => namespaces.size > 1 && namespace !== undefined ? `${namespace}-${name}` : name,
    namespaceOf,
  };
  const drafts = new Map(subjects.map(subject => [subject, localContainers(subject, surroundings, within(report, subject.name))]));
  checkHealth([...drafts.values()].flat(), report);
  checkContainerNames([...drafts.values()].flat(), report);
  checkPorts(subjects, traffic, options, report);
  checkPolicies(subjects, report);
  const waits = waitsOf(traffic, report);
  const ports = publishedPorts(subjects, traffic, options);
  const scraped = scrapedOf(root, subjects);
  const scrapedSubjects = new Set(scraped.map(({ subject }) => subject));
  const own = [...drafts].flatMap(([subject, [main, ...others]]) => {
    const finish = (draft: Draft, port: readonly LocalPort[]): LocalService => ({
      ...draft,
      ports: port,
      attachments: draft.sharesNetworkOf !== undefined || draft.hostNetwork || draft.isolated ? []
        : attachmentsOf(subject, draft, traffic, [
          ...traffic.reachesOutside(subject) || (draft === main && ports.has(subject)) ? [outsideNetwork(draft.name)] : [],
          ...draft === main && scrapedSubjects.has(subject) ? [metricsNetwork(draft.name)] : [],
        ]),
      dependsOn: new Map(sortedEntries(Object.fromEntries([
        ...draft.dependsOn,
        ...draft.sharesNetworkOf !== undefined ? [[draft.sharesNetworkOf, 'started'] as const] : (draft.isolated ? [] : waits.get(subject) ?? []).map(target => {
          const [waited] = drafts.get(target)!;
          return [target.name, waited.profile !== undefined ? 'started' : waited.health ? 'healthy' : 'started'] as const;
        }),
      ]))),
    });
    return [finish(main, ports.get(subject) ?? []), ...others.map(draft => finish(draft, []))];
  });
  const taken = new Set([...ports.values()].flat().map(({ host }) => host));
  const observer = prometheus(scraped, options.prometheusImage, new Set(own.map(({ name }) => name)), taken, report);
  const services = [...own, ...observer ? [observer] : []].sort((a, b) => compareStrings(a.name, b.name));
  return {
    name: options.appName ?? defaultName(all, environment),
    services,
    networks: networksOf(services),
    volumes: volumesOf(services),
    secrets: distinctKeys([
      ...secretsInTexts(services),
      ...services.flatMap(({ files }) => files.map(({ content }) => content)).filter(content => typeof content !== 'string'),
    ].flatMap(key => [key, ...sourcesOf(key)])),
  };
}

/** The services of an environment, by name; two of one name are told by their namespaces. */
function subjectsOf(root: IConstruct, environment: string | undefined): Subject[] {
  const modeled = Model.of(root)._services.filter(({ construct }) => Environment.of(construct)?.name === environment);
  const counts = new Map<string, number>();
  modeled.forEach(({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
  return modeled.map(service => {
    const { namespace } = Chart.of(service.construct);
    return {
      modeled: service,
      name: counts.get(service.name)! > 1 && namespace !== undefined ? `${namespace}-${service.name}` : service.name,
    };
  }).sort((a, b) => compareStrings(a.name, b.name));
}

/** Compose takes few letters, and one of its own first. */
function defaultName([first]: readonly Subject[], environment: string | undefined): string {
  const chart = first && Chart.of(first.modeled.construct).node.id;
  return [chart, environment].filter(part => part !== undefined).join('-').toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^[_-]+/, '') || 'app';
}

function namespaceOf({ modeled }: Subject): string | undefined {
  return Chart.of(modeled.construct).namespace;
}

function checkNames(subjects: readonly Subject[], options: LocalOptions, environment: string | undefined, report: Report): void {
  const names = subjects.map(({ name }) => name);
  if (names.length === 0) {
    report({
      code: 'local-unsupported',
      message: environment === undefined ? 'No service stands outside an environment.' : `The environment '${environment}' has no service.`,
      remedy: 'Put the construct into the environment whose services it is to run.',
    });
    return;
  }
  const { without = [], probes = {}, ports = {}, liveCode = {}, engineVersion } = options;
  const named = { without, probes: Object.keys(probes), ports: Object.keys(ports), liveCode: Object.keys(liveCode) };
  for (const [property, wanted] of Object.entries(named)) {
    wanted.filter(name => !names.includes(name)).forEach(name => report({
      code: 'invalid-value',
      property,
      message: `There is no service '${name}'.`,
      remedy: `Name one of ${names.map(known => `'${known}'`).join(', ')}.`,
    }));
  }
  sortedEntries(ports).filter(([, port]) => !(Number.isInteger(port) && port >= 1 && port <= 65535)).forEach(([name, port]) =>
    report({ code: 'invalid-port', property: `ports.${name}`, message: `${port} is not a port.`, remedy: 'Write a whole number from 1 to 65535.' }));
  if (engineVersion !== undefined && !(Number.isInteger(engineVersion) && engineVersion >= OLDEST_ENGINE)) {
    report({
      code: 'invalid-value',
      property: 'engineVersion',
      message: `${engineVersion} is not a version of Docker that runs this.`,
      remedy: `Write the first number of what 'docker version' says of the server, at least ${OLDEST_ENGINE}, or leave it out.`,
    });
  }
  if (options.appName !== undefined && !APP_NAME.test(options.appName)) {
    report({
      code: 'invalid-value',
      property: 'appName',
      message: `'${options.appName}' cannot be the name of an app in Docker.`,
      remedy: "Write lower-case letters, digits, '-' and '_', a letter or a digit first.",
    });
  }
  for (const [name] of sortedEntries(probes).filter(([, command]) => command.length === 0)) {
    report({ code: 'invalid-value', property: `probes.${name}`, message: 'The command is empty.', remedy: "Write the program and its arguments: ['/app/orders', '-healthcheck']." });
  }
  for (const [name, folders] of sortedEntries(liveCode)) {
    Object.keys(folders).filter(path => !path.startsWith('/')).forEach(path => report({
      code: 'invalid-value', property: `liveCode.${name}`, message: `'${path}' is no path in a container.`, remedy: `Write '/${path}'.`,
    }));
  }
  const byFolded = new Map<string, string>();
  for (const name of names) {
    const earlier = byFolded.get(name.toLowerCase());
    if (earlier !== undefined) {
      report({
        code: 'local-unsupported',
        message: `The services '${earlier}' and '${name}' cannot be told apart by Docker.`,
        remedy: 'Give one of them another name.',
      });
    }
    byFolded.set(name.toLowerCase(), name);
  }
}

/** The containers of a pod have its name before their own, which may be that of another service. */
function checkContainerNames(drafts: readonly Draft[], report: Report): void {
  const mains = new Set(drafts.filter(({ name, pod }) => name === pod).map(({ name }) => name));
  for (const { name, pod } of drafts.filter(draft => draft.name !== draft.pod && mains.has(draft.name))) {
    report({
      code: 'local-unsupported',
      property: pod,
      message: `Docker calls one of its containers '${name}', as a service is called.`,
      remedy: 'Give one of them another name.',
    });
  }
}

function checkPorts(subjects: readonly Subject[], traffic: LocalTraffic, { ports = {} }: LocalOptions, report: Report): void {
  const owners = new Map<number, string>();
  for (const [name, port] of sortedEntries(ports)) {
    const subject = subjects.find(each => each.name === name);
    const owner = owners.get(port);
    if (owner !== undefined) {
      report({ code: 'invalid-port', property: `ports.${name}`, message: `${port} is the port of '${owner}' already.`, remedy: 'Give each service a port of its own.' });
    }
    owners.set(port, owner ?? name);
    if (subject && traffic.openPorts(subject).length === 0 && subject.modeled.ports().length === 0) {
      report({ code: 'invalid-port', property: `ports.${name}`, message: 'The service listens on no port.', remedy: "Leave it out, or say the service's ports." });
    }
  }
}

/** Says once which services nobody asks. */
function checkHealth(drafts: readonly Draft[], report: Report): void {
  const names = drafts.filter(({ unasked }) => unasked).map(({ name }) => `'${name}'`);
  if (names.length > 0) {
    report({
      code: 'local-omission',
      property: 'probes',
      message: `Docker asks a container by a command alone, and nothing says which program in ${names.join(', ')} asks, so what connects to ${names.length === 1 ? 'it' : 'them'} does not wait until ${names.length === 1 ? 'it is' : 'they are'} ready.`,
      remedy: "Write the flag by which programs that are built here ask themselves (probeFlag: '-healthcheck'), or a command for each service (probes), or acknowledge 'local-omission' with the reason.",
    });
  }
}

/** Says which services their policies let talk to pods that no connection names. */
function checkPolicies(subjects: readonly Subject[], report: Report): void {
  for (const { name } of subjects.filter(({ modeled }) => modeled.talksToPods())) {
    report({
      code: 'local-omission',
      property: `${name}.networkPolicy.allowTo`,
      message: 'Docker opens no way to pods that are named by labels.',
      remedy: "Connect the service to what it calls (connectTo), or acknowledge 'local-omission' with the reason.",
    });
  }
}

/** What each service waits for. Two that call each other cannot both wait. */
function waitsOf({ connections }: LocalTraffic, report: Report): Map<Subject, Subject[]> {
  const wanted = new Map<Subject, Set<Subject>>();
  connections.forEach(({ client, target }) => wanted.set(client, (wanted.get(client) ?? new Set()).add(target)));
  const waits = new Map<Subject, Subject[]>();
  const done = new Set<Subject>();
  const visit = (subject: Subject, path: Set<Subject>): void => {
    if (done.has(subject)) {
      return;
    }
    path.add(subject);
    for (const target of [...wanted.get(subject) ?? []].sort((a, b) => compareStrings(a.name, b.name))) {
      if (path.has(target)) {
        report({
          code: 'local-omission',
          property: subject.name,
          message: `It does not wait for '${target.name}', which waits for it.`,
          remedy: "Let the program try again until the other answers, and acknowledge 'local-omission' with that reason.",
        });
      } else {
        waits.set(subject, [...waits.get(subject) ?? [], target]);
        visit(target, path);
      }
    }
    path.delete(subject);
    done.add(subject);
  };
  [...wanted.keys()].sort((a, b) => compareStrings(a.name, b.name)).forEach(subject => visit(subject, new Set()));
  return waits;
}

/** The ports of the machine: those that are asked for, then those of what is open to the outside, each with a number of its own. */
function publishedPorts(subjects: readonly Subject[], traffic: LocalTraffic, { ports = {} }: LocalOptions): Map<Subject, LocalPort[]> {
  const taken = new Set(Object.values(ports));
  const found = new Map<Subject, LocalPort[]>();
  for (const subject of subjects) {
    const open = traffic.openPorts(subject);
    const asked = Object.hasOwn(ports, subject.name) ? ports[subject.name] : undefined;
    const wanted = open.length === 0 && asked !== undefined ? subject.modeled.ports().slice(0, 1) : open;
    const published = wanted.map((port, index): LocalPort => {
      const host = index === 0 && asked !== undefined ? asked : freePort(port.number, taken);
      taken.add(host);
      return { host, container: port.number, protocol: port.protocol === Protocol.UDP ? 'udp' : 'tcp' };
    });
    if (published.length > 0) {
      found.set(subject, published);
    }
  }
  return found;
}

/** One network for a service and those that call it, and those that it has for itself. */
function attachmentsOf(subject: Subject, draft: Pick<Draft, 'name'>, traffic: LocalTraffic, further: readonly string[]): LocalAttachment[] {
  const aliases = new Map<string, Set<string>>();
  const isService = draft.name === subject.name;
  for (const { client, target, host } of traffic.connectionsOf(subject)) {
    if (target === subject && isService) {
      aliases.set(target.name, (aliases.get(target.name) ?? new Set()).add(host));
    } else if (client === subject) {
      aliases.set(target.name, aliases.get(target.name) ?? new Set());
    }
  }
  further.forEach(network => aliases.set(network, new Set()));
  return sortedEntries(Object.fromEntries(aliases)).map(([network, hosts]) => ({
    network,
    aliases: [...hosts].filter(host => host !== draft.name).sort(),
  }));
}

function scrapedOf(root: IConstruct, subjects: readonly Subject[]): (Scraped & { readonly subject: Subject })[] {
  const model = Model.of(root);
  return subjects.flatMap(subject => {
    const targets = [subject.modeled.construct, ...model._frontsOf(subject.modeled.construct).map(({ service }) => service)];
    const numbers = targets.flatMap(target => model._scrapesOf(target)).flatMap(edge => edge.port()?.number ?? []);
    return [...new Set(numbers)].map(port => ({ subject, name: subject.name, port }));
  });
}

function networksOf(services: readonly LocalService[]): LocalNetwork[] {
  const names = new Set(services.flatMap(({ attachments }) => attachments.map(({ network }) => network)));
  return [...names].sort().map(name => ({ name, internal: !leadsOutside(name) }));
}

/** What outlives the containers. */
function volumesOf(services: readonly LocalService[]): string[] {
  return [...new Set(services.flatMap(({ mounts }) => mounts).filter(({ kind }) => kind === 'volume').map(({ source }) => source))].sort();
}
