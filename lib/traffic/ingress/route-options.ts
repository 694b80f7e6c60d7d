import type { Duration } from 'cdk8s';
import type { RouteRedirect } from './route-redirect';

/** The protocol that a Service speaks behind the controller. */
export enum BackendProtocol {
  /** HTTP/1.1 in plain text. */
  HTTP = 'HTTP',
  /** HTTP/1.1 over TLS. */
  HTTPS = 'HTTPS',
  /** HTTP/2 in plain text, without the upgrade from HTTP/1.1. */
  H2C = 'H2C',
  /** gRPC in plain text. */
  GRPC = 'GRPC',
  /** gRPC over TLS. */
  GRPCS = 'GRPCS',
}

/** How long the controller waits for a Service. */
export interface RouteTimeouts {
  /**
   * Time to open a connection.
   *
   * @default - that of the controller
   */
  readonly connect?: Duration;
  /**
   * How long the Service may stay silent: until its answer begins, and, on ingress-nginx and haproxy-ingress, between two parts of it.
   *
   * @default - that of the controller
   */
  readonly response?: Duration;
}

/** How many requests one client address may make. */
export interface RouteRateLimit {
  /** The number of requests in each period. */
  readonly requests: number;
  /**
   * The period. haproxy-ingress counts by the second, ingress-nginx by the second or minute.
   *
   * @default Duration.seconds(1)
   */
  readonly period?: Duration;
  /**
   * How many requests may come at once; ingress-nginx takes multiples of `requests`, haproxy-ingress has no bursts.
   *
   * @default - as many as in a period
   */
  readonly burst?: number;
}

/**
 * Which pages of other origins may read the answers (Cross-Origin Resource Sharing). What is left out has the same default everywhere,
 * whatever the controller's own is.
 */
export interface RouteCors {
  /** The origins, for example `https://app.example.com`, `https://*.example.com` (not on haproxy-ingress) or `*`. */
  readonly allowOrigins: string[];
  /**
   * The methods that they may use.
   *
   * @default - GET, PUT, POST, DELETE, PATCH, OPTIONS
   */
  readonly allowMethods?: string[];
  /**
   * The request headers that they may send.
   *
   * @default - Authorization, Content-Type, X-Requested-With
   */
  readonly allowHeaders?: string[];
  /**
   * The response headers that they may read beside the usual ones.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];
  /**
   * Whether cookies and credentials may be sent; not with the origin `*`.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;
  /**
   * How long a browser may remember the answer.
   *
   * @default Duration.hours(1)
   */
  readonly maxAge?: Duration;
}

/** A cookie that leads a client to the same pod again. */
export interface StickySession {
  /**
   * The name of the cookie.
   *
   * @default - the controller's choice
   */
  readonly cookieName?: string;
  /**
   * How long the cookie lives; not on haproxy-ingress.
   *
   * @default - as long as the browser is open
   */
  readonly maxAge?: Duration;
}

/**
 * What the controller does with requests on their way. Each option becomes Middlewares (Traefik) or annotations (haproxy-ingress,
 * ingress-nginx); one that the controller lacks is the diagnostic `unsupported-option`, never left out in silence.
 */
export interface RouteOptions {
  /**
   * How long the controller waits for the Service.
   *
   * @default - as the controller is configured
   */
  readonly timeouts?: RouteTimeouts;
  /**
   * The largest request body, as a quantity, for example `10Mi`. Traefik holds the body back until it is complete.
   *
   * @default - as the controller is configured (1 MiB on ingress-nginx, unlimited elsewhere)
   */
  readonly maxBodySize?: string;
  /**
   * What the Service sees in place of the path: `/` takes it away (`/api/orders` becomes `/orders`), `/v2` replaces it (`/v2/orders`).
   *
   * @default - the Service sees the path as the client wrote it
   */
  readonly rewritePrefix?: string;
  /**
   * How many requests one client address may make.
   *
   * @default - any number
   */
  readonly rateLimit?: RouteRateLimit;
  /**
   * Which pages of other origins may read the answers.
   *
   * @default - the Service decides
   */
  readonly cors?: RouteCors;
  /**
   * Whether a plain HTTP request is sent to HTTPS.
   *
   * @default - true where the route has TLS
   */
  readonly redirectToHttps?: boolean;
  /**
   * Sends the client elsewhere; the Service is never asked.
   *
   * @default - the Service answers
   */
  readonly redirect?: RouteRedirect;
  /**
   * Leads a client to the same pod again.
   *
   * @default - any pod may answer
   */
  readonly stickySession?: StickySession;
  /**
   * The protocol that the Service speaks.
   *
   * @default - what the `appProtocol` of its port says, else HTTP
   */
  readonly backendProtocol?: BackendProtocol;
  /**
   * The client addresses that may come in, as addresses or CIDRs.
   *
   * @default - all
   */
  readonly allowedCidrs?: string[];
  /**
   * Headers that requests get before the Service sees them; not on ingress-nginx.
   *
   * @default - none
   */
  readonly requestHeaders?: { [header: string]: string };
  /**
   * Headers that answers get; on Traefik alone.
   *
   * @default - none
   */
  readonly responseHeaders?: { [header: string]: string };
  /**
   * Annotations of the Ingress, for what has no option here. They win over those that options make.
   *
   * @default - none
   */
  readonly annotations?: { [annotation: string]: string };
}
