import type { Construct } from 'constructs';
import type { ConnectionLogin } from './connection';
import type { Resources } from './resources';
import type { VolumeClaimOptions } from './volume-claim';

/** A backing service as a definition asks for it, wherever it comes from. */
export interface BackingRequest {
  /** What it is, for example `Postgres`. */
  readonly kind: string;
  /** What names it in its environment: the id that several share, else its name. */
  readonly id: string;
  /** The name of everything that is made for it. */
  readonly name: string;
  /**
   * The namespace of whoever asks.
   *
   * @default - the chart names none
   */
  readonly namespace?: string;
  /**
   * The name of the environment.
   *
   * @default - the app has no environments
   */
  readonly environment?: string;
  /** The version. */
  readonly version: string;
  /** How many servers are asked for. */
  readonly members: number;
  /** The port that clients of its kind use, where nobody says another one; 0 where the kind has none. */
  readonly port: number;
  /**
   * What each server stores its data in.
   *
   * @default - nothing is kept
   */
  readonly storage?: VolumeClaimOptions;
  /** What each server asks for. */
  readonly resources: Resources;
  /**
   * The login that the definition names.
   *
   * @default - whoever provides it makes one up
   */
  readonly login?: ConnectionLogin;
  /** What else the kind says, for example `database` and `userName`. */
  readonly parameters: { [name: string]: string };
  /**
   * Labels on everything that is made for it.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations on everything that is made for it.
   *
   * @default - those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
}

/** Where clients find a backing service. No value of a secret stands here. */
export interface BackingOutputs {
  /** The host name or address. For pods in the cluster it is the name of a Service in the namespace of whoever asked. */
  readonly host: string;
  /**
   * The port of clients.
   *
   * @default - that of the kind
   */
  readonly port?: number;
  /**
   * Further ports, by their names.
   *
   * @default - none
   */
  readonly ports?: { [name: string]: number };
  /**
   * The scheme of the URL variable, for what has no login.
   *
   * @default - no URL variable
   */
  readonly scheme?: string;
  /**
   * The labels of the pods behind it, in the namespace of whoever asked.
   *
   * @default - it runs outside the cluster
   */
  readonly podLabels?: { [label: string]: string };
  /**
   * The addresses that the network policies of clients admit, for what runs outside the cluster.
   *
   * @default - the host where it is an address, else any address on the port
   */
  readonly cidrs?: string[];
  /**
   * Who clients are to it.
   *
   * @default - it asks nobody who they are
   */
  readonly login?: ConnectionLogin;
}

/**
 * Where backing services come from in an environment: those of the package are made by `BackingProvider`, an organisation can write its own.
 * A platform lists them (`backing`); the first one that has an answer gives it.
 */
export interface IBackingProvider {
  /**
   * Provides what is asked for. It is asked once for each id of a kind in an environment, when the construct is made.
   *
   * @param scope where constructs for it can stand
   * @param request what is asked for
   * @returns where clients find it; nothing where the next provider is to be asked
   */
  provide(scope: Construct, request: BackingRequest): BackingOutputs | undefined;
}
