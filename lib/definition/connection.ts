import type { IConstruct } from 'constructs';
import { type Protocol } from './port';

/** A port that a client can reach. */
export interface ConnectionPort {
  /**
   * The name of the port.
   *
   * @default - no name
   */
  readonly name?: string;
  /** The port that clients dial. */
  readonly port: number;
  /**
   * The port behind it, of the pods or addresses, which network policies see.
   *
   * @default - the port that clients dial
   */
  readonly podPort?: number;
  /**
   * The transport.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
  /**
   * The scheme of URLs, for example `http`.
   *
   * @default - no URL is offered
   */
  readonly scheme?: string;
  /**
   * Whether a client gets it only where it names it, as it is with ports for monitoring.
   *
   * @default false
   */
  readonly optIn?: boolean;
}

/** Pods, as a network policy selects them. */
export interface PodPeer {
  /** The labels that select them. */
  readonly labels: { [label: string]: string };
  /**
   * Their namespace.
   *
   * @default - that of the client
   */
  readonly namespace?: string;
}

/** What a client needs to reach something. */
export interface ConnectionTarget {
  /** The name, which gives the prefix of the environment variables. */
  readonly name: string;
  /** The host, as the client has to write it. */
  readonly host: string;
  /** The ports, the main one first. */
  readonly ports: ConnectionPort[];
  /**
   * The pods behind it.
   *
   * @default - it lies outside the cluster
   */
  readonly pods?: PodPeer;
  /**
   * The addresses behind it, for what lies outside the cluster.
   *
   * @default - any address, on the ports alone
   */
  readonly cidrs?: string[];
}

/** Something that a service can connect to. */
export interface IConnectable {
  /**
   * What is needed to reach it.
   *
   * @param client the construct that connects
   */
  toConnectionTarget(client: IConstruct): ConnectionTarget;
}

/** Environment variables for the main port of a connection, by the names that the program reads. */
export interface ConnectionVariables {
  /**
   * The variable that holds the host.
   *
   * @default - none
   */
  readonly host?: string;
  /**
   * The variable that holds the port.
   *
   * @default - none
   */
  readonly port?: string;
  /**
   * The variable that holds `host:port`.
   *
   * @default - none
   */
  readonly address?: string;
  /**
   * The variable that holds the URL, for targets that offer one.
   *
   * @default - none
   */
  readonly url?: string;
}

/** How a connection shows in the client. */
export interface ConnectionOptions {
  /**
   * The prefix of the environment variables `<PREFIX>_HOST`, `_PORT` and `_URL`.
   *
   * @default - the name of the target in upper case
   */
  readonly envPrefix?: string;
  /**
   * The environment variables, for programs that read names of their own; they take the place of those with the prefix.
   *
   * @default - `<PREFIX>_HOST`, `_PORT` and `_URL`
   */
  readonly variables?: ConnectionVariables;
  /**
   * Whether the client gets the environment variables at all.
   *
   * @default true
   */
  readonly env?: boolean;
  /**
   * The ports that the client uses, by name or number, the main one first.
   *
   * @default - all of them but those for monitoring
   */
  readonly ports?: string[];
}
