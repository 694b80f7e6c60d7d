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
  /** The main port that is open to the outside; nothing where none is. */
  openPort(subject: Subject): Port | undefined;
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
  const openPort = (subject: Subject) => findOpenPort(model, subject);
  return {
    connections: inside,
    connectionsOf: subject => bySubject.get(subject) ?? [],
    reachesOutside: subject => outside.has(subject),
    openPort,
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

function findOpenPort(model: Model, { modeled }: Subject): Port | undefined {
  const fronts = model._frontsOf(modeled.construct);
  const open = fronts.find(front => front.openTo().length > 0);
  const route = [modeled.construct, ...fronts.map(({ service }) => service)].flatMap(target => model._routesTo(target))[0];
  if (!open && !route) {
    return undefined;
  }
  const ports = [...modeled.ports(), ...fronts.flatMap(front => front.ports())];
  const named = route?.port;
  return ports.find(({ name, number, servicePort }) => named !== undefined && [name, String(servicePort ?? number)].includes(named))
    ?? open?.openPorts?.()[0] ?? open?.ports()[0] ?? ports[0];
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
