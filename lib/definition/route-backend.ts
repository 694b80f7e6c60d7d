import type { IConstruct } from 'constructs';

/** A Service that a route leads to; a backend with neither a port name nor a number has no such port. */
export interface RouteBackend {
  /** The name of the Service, in the namespace of the route. */
  readonly serviceName: string;
  /**
   * The name of the Service's port, which an Ingress prefers.
   *
   * @default - the port is named by its number
   */
  readonly portName?: string;
  /**
   * The number of the Service's port, which a route of the Gateway API needs.
   *
   * @default - the port is named by its name alone
   */
  readonly portNumber?: number;
  /**
   * The application protocol, for example `grpc`.
   *
   * @default - HTTP
   */
  readonly appProtocol?: string;
}

/** Something that a route can lead to. */
export interface IRoutable {
  /** The construct that the backend belongs to, where it is one of this library: routes open its network policy. */
  readonly routedConstruct?: IConstruct;
  /**
   * The Service behind it.
   *
   * @param port the name or number of the port
   * @default - the main port
   */
  toRouteBackend(port?: string): RouteBackend;
}

/** A Service that exists already. */
export class RouteTarget implements IRoutable {
  /** A Service by its name and the number of its port. */
  public static service(name: string, port: number): RouteTarget {
    return new RouteTarget(name, port);
  }

  private constructor(private readonly name: string, private readonly port: number) {}

  public toRouteBackend(port?: string): RouteBackend {
    return { serviceName: this.name, ...port === undefined ? { portNumber: this.port } : /^\d+$/.test(port) ? { portNumber: Number(port) } : { portName: port } };
  }
}
