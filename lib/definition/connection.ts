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

/** Who a client is to its target, and where the rest is kept. No value of a secret stands here. */
export interface ConnectionLogin {
  /** The Secret that holds the password. */
  readonly secretName: string;
  /**
   * The namespace of the Secret, which pods of others cannot read.
   *
   * @default - the chart of the target names none
   */
  readonly namespace?: string;
  /** The key of the password. */
  readonly passwordKey: string;
  /**
   * The key of the URL, the password within it.
   *
   * @default - the Secret has none
   */
  readonly urlKey?: string;
  /**
   * The name of the user.
   *
   * @default - the target knows no users
   */
  readonly userName?: string;
  /**
   * The key of the name of the user, where whoever made the Secret made up the name as well.
   *
   * @default - `userName` says it
   */
  readonly userNameKey?: string;
  /**
   * The database, or whatever of the target the user is at home in.
   *
   * @default - there is none
   */
  readonly database?: string;
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
  /**
   * Who the client is to it.
   *
   * @default - it asks nobody who they are
   */
  readonly login?: ConnectionLogin;
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
   * The variable that holds the URL, for targets that offer one. Where it holds a password it comes from a Secret; `urlFile` is safer.
   *
   * @default - none
   */
  readonly url?: string;
  /**
   * The variable that holds the path of a file with the URL, for targets with a login.
   *
   * @default - none
   */
  readonly urlFile?: string;
  /**
   * The variable that holds the name of the user, for targets with a login.
   *
   * @default - none
   */
  readonly user?: string;
  /**
   * The variable that holds the name of the database, for targets with one.
   *
   * @default - none
   */
  readonly database?: string;
  /**
   * The variable that holds the password, from a Secret, for targets with a login; `passwordFile` is safer.
   *
   * @default - none
   */
  readonly password?: string;
  /**
   * The variable that holds the path of a file with the password, for targets with a login.
   *
   * @default - none
   */
  readonly passwordFile?: string;
}

/** How a client gets the password of its target, and the URL that holds it. */
export enum LoginDelivery {
  /** As files: `<PREFIX>_PASSWORD_FILE` and `<PREFIX>_URL_FILE` hold their paths. */
  FILES = 'files',
  /** As variables: `<PREFIX>_PASSWORD` and `<PREFIX>_URL`. A crash report, a debug page or a child process sees them. */
  VARIABLES = 'variables',
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
   * @default - `<PREFIX>_HOST`, `_PORT` and `_URL`; with a login `_USER`, `_DATABASE`, and the password as `login` says
   */
  readonly variables?: ConnectionVariables;
  /**
   * How the client gets the password, for targets with a login; `variables` say it themselves.
   *
   * @default LoginDelivery.FILES
   */
  readonly login?: LoginDelivery;
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
