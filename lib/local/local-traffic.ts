import type { IConstruct } from 'constructs';
import type { ConnectionPort } from '../definition/connection';
import type { Port } from '../definition/port';
import { silent } from '../diagnostics/report';
import { type Connection, Model, type ModeledService, usedPorts } from '../model/model';
import { connectionEnv, type ResolvedConnection, resolveConnections } from '../services/connection-env';
import { ExternalService } from '../traffic/external-service';

/** A service of the app under the name that it has on one machine. */
export interface Subject {
  readonly name: string;
  readonly modeled: ModeledService;
}

/** A connection between two services of the app. */
export interface LocalConnection {
  readonly client: Subject;
  readonly target: Subject;
  /** The name by which the client calls the target. */
  readonly host: string;
}

/** Who talks to whom. */
export interface LocalTraffic {
  readonly connections: readonly LocalConnection[];
  /** Those that a service is the client or the target of. */
  connectionsOf(subject: Subject): readonly LocalConnection[];
  /** Whether a service reaches what lies outside. */
  reachesOutside(subject: Subject): boolean;
  /** The ports that are open to the outside, each once, the main one first. */
  openPorts(subject: Subject): readonly Port[];
  /** A value that names a port of a Service, as it is where no Service stands between. */
  localized(subject: Subject, name: string, value: string): string;
}

/** Reads the traffic of an app from its model. */
export function localTraffic(root: IConstruct, subjects: readonly Subject[]): LocalTraffic {
  const model = Model.of(root);
  const byTarget = subjectsByTarget(model, subjects);
  const inside: LocalConnection[] = [];
  const outside = new Set<Subject>();
  for (const client of subjects) {
    for (const { target, options } of model._connectionsFrom(client.modeled.construct)) {
      const resolved = target.toConnectionTarget(client.modeled.construct);
      const targets = byTarget.get(target) ?? [];
      if (resolved.pods === undefined) {
        outside.add(client);
      }
      if (usedPorts(resolved, options).length > 0) {
        inside.push(...targets.filter(each => each !== client).map(each => ({ client, target: each, host: resolved.host })));
      }
    }
    if (client.modeled.talksToAnyone()) {
      outside.add(client);
    }
  }
  const bySubject = new Map<Subject, LocalConnection[]>();
  for (const connection of inside) {
    for (const end of [connection.client, connection.target]) {
      const list = bySubject.get(end) ?? [];
      list.push(connection);
      bySubject.set(end, list);
    }
  }
  const values = new Map(subjects.map(subject => [subject, addressesOf(model._connectionsFrom(subject.modeled.construct))]));
  return {
    connections: inside,
    connectionsOf: subject => bySubject.get(subject) ?? [],
    reachesOutside: subject => outside.has(subject),
    openPorts: subject => findOpenPorts(model, subject),
    localized: (subject, name, value) => values.get(subject)!(name, value),
  };
}

/** What a client can connect to, with the services behind it. */
function subjectsByTarget(model: Model, subjects: readonly Subject[]): Map<object, Subject[]> {
  const found = new Map<object, Subject[]>();
  for (const subject of subjects) {
    const { construct } = subject.modeled;
    for (const target of [construct, ...model._frontsOf(construct).map(({ service }) => service)]) {
      found.set(target, [...found.get(target) ?? [], subject]);
    }
  }
  return found;
}

/** Those that routes lead to, then those that are open to addresses. */
function findOpenPorts(model: Model, { modeled }: Subject): readonly Port[] {
  const fronts = model._frontsOf(modeled.construct);
  const ports = [...modeled.ports(), ...fronts.flatMap(front => front.ports())];
  const routes = [modeled.construct, ...fronts.map(({ service }) => service)].flatMap(target => model._routesTo(target));
  const routed = routes.map(({ port: named }) =>
    ports.find(({ name, number, servicePort }) => named !== undefined && [name, String(servicePort ?? number)].includes(named)) ?? ports[0]);
  const opened = fronts.filter(front => front.openTo().length > 0).flatMap(front => front.openPorts?.() ?? front.ports());
  const byNumber = new Map<string, Port>();
  for (const port of [...routed, ...modeled.openPorts(), ...opened].filter(each => each !== undefined)) {
    const key = `${port.number}/${port.protocol ?? ''}`;
    byNumber.set(key, byNumber.get(key) ?? port);
  }
  return [...byNumber.values()];
}

/** Turns the addresses of Services, in the variables of connections and in those of the user, to those of the containers behind them. */
function addressesOf(connections: readonly Connection[]): (name: string, value: string) => string {
  const resolved = resolveConnections(connections);
  const outside = connections.flatMap(({ target, client }) => target instanceof ExternalService
    ? [{ service: target.toConnectionTarget(client), outside: target._outside(client) }] : []);
  const local = resolved.map((connection): ResolvedConnection => {
    const external = outside.find(({ service }) => service.host === connection.target.host)?.outside;
    return {
      ...connection,
      ports: connection.ports.map((port): ConnectionPort => ({ ...port, port: external ? external.ports[0].port : port.podPort ?? port.port })),
      ...external && { target: { ...connection.target, host: external.host } },
    };
  });
  const [inCluster, onMachine] = [resolved, local].map(each => connectionEnv(each, silent));
  const moves = resolved.flatMap(({ target, ports }, index) => ports.map((port, at) => ({
    from: `${target.host}:${port.port}`, to: `${local[index].target.host}:${local[index].ports[at].port}`,
  }))).filter(({ from, to }) => from !== to);
  return (name, value) => {
    if (inCluster[name] === value) {
      return onMachine[name];
    }
    return moves.reduce((text, { from, to }) => text.replace(new RegExp(`(^|[^A-Za-z0-9.-])${escaped(from)}(?!\\d)`, 'g'), (_, before) => `${before}${to}`), value);
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
