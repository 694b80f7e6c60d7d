import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ConnectionOptions, ConnectionPort, ConnectionTarget, IConnectable, PodPeer } from '../definition/connection';
import type { ContainerImage, ImageUser } from '../definition/container-image';
import { compareStrings } from '../definition/json';
import type { PodDefinition } from '../definition/pod-definition';
import type { Port } from '../definition/port';
import { ofApp } from '../definition/root';
import type { Report } from '../diagnostics/report';
import { Environment } from '../platform/environment';
import type { Decisions } from '../platform/platform';

const MODEL = Symbol.for('cdk8s-golden-path.Model');

/** A service as everything beside Kubernetes sees it. */
export interface ServiceModel {
  /** The path of its construct. */
  readonly path: string;
  /** Its name. */
  readonly name: string;
  /** The kind of the object that runs its pods, for example `Deployment`. */
  readonly kind: string;
  /**
   * Its namespace.
   *
   * @default - the chart names none
   */
  readonly namespace?: string;
  /**
   * Its environment.
   *
   * @default - the app has no environments
   */
  readonly environment?: string;
  /** The reference of its image. */
  readonly image: string;
  /** The ports that it listens on. */
  readonly ports: Port[];
}

/** A connection between two services, or from a service to something outside. */
export interface ConnectionModel {
  /** The path of the client. */
  readonly client: string;
  /** The name of the target. */
  readonly target: string;
  /** The host, as the client writes it. */
  readonly host: string;
  /** The ports that the client uses. */
  readonly ports: ConnectionPort[];
  /** Whether the target lies outside the cluster. */
  readonly external: boolean;
}

/** A service, as it registers itself; what it says is read when somebody asks. */
export interface ModeledService {
  readonly construct: IConstruct;
  readonly name: string;
  readonly kind: string;
  image(): string;
  ports(): readonly Port[];
  /** Whether its pods may talk to hosts that no connection names. */
  talksToAnyone(): boolean;
  /** The ports that its own Service opens to addresses outside the cluster. */
  openPorts(): readonly Port[];
  /** Whether its pods may talk to pods that are named by labels and by no connection. */
  talksToPods(): boolean;
  /** What its pods are made from: Kubernetes and everything local render the same. */
  pod(decisions: Decisions, report: Report): PodDefinition;
}

/** A declared connection. */
export interface Connection {
  readonly client: IConstruct;
  readonly clientPods: () => PodPeer;
  readonly target: IConnectable;
  readonly options: ConnectionOptions;
}

/** A route that leads to a service. */
export interface RouteEdge {
  readonly route: IConstruct;
  /** The construct of the service. */
  readonly target: IConstruct;
  /** The port that the route names; the main one where it names none. */
  readonly port?: string;
  /** Where the controller of the route runs, which may be unknown; where nobody says it, it is that of the platform. */
  readonly ingressNamespace?: () => string | undefined;
}

/** A Service beside that of a workload itself, in front of its pods. */
export interface ServiceFront {
  readonly service: IConstruct;
  /** The workloads whose pods it leads to. */
  readonly workloads: readonly IConstruct[];
  /** The label by which it selects the pods of several workloads. */
  readonly podLabel?: string;
  /** The ports that it offers, with the numbers of the pods. */
  readonly ports: () => readonly Port[];
  /** The addresses that come in by it from outside the cluster. */
  readonly openTo: () => readonly string[];
  /** The ports that those get; all of them where it is not said. */
  readonly openPorts?: () => readonly Port[];
}

/** What of a service is otherwise where there is one pod of it. */
export interface AloneDefinition {
  readonly args?: readonly string[];
  /** Instead of all variables with literal values. */
  readonly env?: { readonly [name: string]: string };
}

/** A port of a workload that a monitor scrapes. */
export interface ScrapeEdge {
  readonly target: IConstruct;
  readonly port: () => Port | undefined;
}

/**
 * What an app says, every value decided: the services and how they are connected. Everything that is not a manifest is made from it.
 */
export class Model {
  /** The model of the app that a construct belongs to. */
  public static of(scope: IConstruct): Model {
    return ofApp(scope, MODEL, () => new Model());
  }

  private readonly modeledServices: ModeledService[] = [];
  private readonly connectionsByClient = new Map<IConstruct, Connection[]>();
  private readonly connectionsByTarget = new Map<object, Connection[]>();
  private readonly routesByTarget = new Map<IConstruct, RouteEdge[]>();
  private readonly frontsByWorkload = new Map<IConstruct, ServiceFront[]>();
  private readonly scrapesByTarget = new Map<IConstruct, ScrapeEdge[]>();
  private readonly alone = new Map<IConstruct, AloneDefinition>();
  private readonly usersByImage = new Map<ContainerImage, ImageUser[]>();

  private constructor() {}

  /** The services, in the order in which they were made. */
  public get services(): ServiceModel[] {
    return this.modeledServices.map(service => {
      const { namespace } = Chart.of(service.construct);
      const environment = Environment.of(service.construct)?.name;
      return {
        path: service.construct.node.path,
        name: service.name,
        kind: service.kind,
        ...namespace !== undefined && { namespace },
        ...environment !== undefined && { environment },
        image: service.image(),
        ports: [...service.ports()],
      };
    });
  }

  /** The connections, by the path of the client and the name of the target. */
  public get connections(): ConnectionModel[] {
    const all = [...this.connectionsByClient.values()].flat().map(connection => {
      const target = connection.target.toConnectionTarget(connection.client);
      return {
        client: connection.client.node.path,
        target: target.name,
        host: target.host,
        ports: [...usedPorts(target, connection.options)],
        external: target.pods === undefined,
      };
    });
    const key = ({ client, target, host, ports }: ConnectionModel) => [client, target, host, ...ports.map(({ port }) => port)].join('\n');
    return all.sort((a, b) => compareStrings(key(a), key(b)));
  }

  /** @internal */
  public _addService(service: ModeledService): void {
    this.modeledServices.push(service);
  }

  /**
   * The services, as they registered themselves, in the order in which they were made.
   *
   * @internal
   */
  public get _services(): readonly ModeledService[] {
    return this.modeledServices;
  }

  /** @internal */
  public _connect(connection: Connection): void {
    append(this.connectionsByClient, connection.client, connection);
    append(this.connectionsByTarget, connection.target, connection);
  }

  /** @internal */
  public _connectionsFrom(client: IConstruct): readonly Connection[] {
    return this.connectionsByClient.get(client) ?? [];
  }

  /** @internal */
  public _connectionsTo(target: object): readonly Connection[] {
    return this.connectionsByTarget.get(target) ?? [];
  }

  /** @internal */
  public _addRoute(edge: RouteEdge): void {
    append(this.routesByTarget, edge.target, edge);
  }

  /** @internal */
  public _routesTo(target: IConstruct): readonly RouteEdge[] {
    return this.routesByTarget.get(target) ?? [];
  }

  /** @internal */
  public _addFront(front: ServiceFront): void {
    new Set(front.workloads).forEach(workload => append(this.frontsByWorkload, workload, front));
  }

  /** @internal */
  public _frontsOf(workload: IConstruct): readonly ServiceFront[] {
    return this.frontsByWorkload.get(workload) ?? [];
  }

  /** @internal */
  public _addScrape(edge: ScrapeEdge): void {
    append(this.scrapesByTarget, edge.target, edge);
  }

  /** @internal */
  public _scrapesOf(target: IConstruct): readonly ScrapeEdge[] {
    return this.scrapesByTarget.get(target) ?? [];
  }

  /**
   * Says what is otherwise where there is one pod of a service alone, as on a laptop.
   *
   * @internal
   */
  public _runAlone(service: IConstruct, definition: AloneDefinition): void {
    this.alone.set(service, definition);
  }

  /**
   * What is otherwise where there is one pod of a service alone.
   *
   * @internal
   */
  public _alone(service: IConstruct): AloneDefinition {
    return this.alone.get(service) ?? {};
  }

  /**
   * Notes that a service runs an image.
   *
   * @returns whether the app had no image before
   * @internal
   */
  public _useImage(image: ContainerImage, user: ImageUser): boolean {
    const first = this.usersByImage.size === 0;
    append(this.usersByImage, image, user);
    return first;
  }

  /**
   * The images that are built here, each with the services that run it.
   *
   * @internal
   */
  public get _images(): ReadonlyMap<ContainerImage, readonly ImageUser[]> {
    return this.usersByImage;
  }
}

/** The ports of a target that a connection uses, the main one first. */
export function usedPorts(target: ConnectionTarget, options: ConnectionOptions): readonly ConnectionPort[] {
  if (options.ports === undefined) {
    return target.ports.filter(port => !port.optIn);
  }
  const named = options.ports.map(wanted => findConnectionPort(target, wanted)).filter(port => port !== undefined);
  return [...new Set(named)];
}

/** The port of a target that has a name or number. */
export function findConnectionPort(target: ConnectionTarget, wanted: string): ConnectionPort | undefined {
  return target.ports.find(({ name, port }) => name === wanted || String(port) === wanted);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}
