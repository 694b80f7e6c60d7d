import type { Duration } from 'cdk8s';
import type { WeightedBackend } from './gateway-backend';
import type { FilterReference, HeaderChanges, MirrorTarget } from './gateway-filters';
import type { GatewayRouteOptions } from './gateway-route-props';
import type { GatewayRouteRuleFields, HttpRouteSpecFields } from '../../definition/custom-fields.generated';
import type { IRoutable } from '../../definition/route-backend';
import type { RouteCors } from '../ingress/route-options';
import type { PathType } from '../routing/path-type';

/** The method of a request. */
export enum HttpMethod {
  /** Reads. */
  GET = 'GET',
  /** Reads the headers alone. */
  HEAD = 'HEAD',
  /** Hands something over. */
  POST = 'POST',
  /** Replaces. */
  PUT = 'PUT',
  /** Removes. */
  DELETE = 'DELETE',
  /** Opens a tunnel. */
  CONNECT = 'CONNECT',
  /** Asks what is possible. */
  OPTIONS = 'OPTIONS',
  /** Asks for the request itself. */
  TRACE = 'TRACE',
  /** Changes a part. */
  PATCH = 'PATCH',
}

/** Requests, by everything that must hold of them. */
export interface HttpRouteMatch {
  /**
   * The path, beginning with a slash.
   *
   * @default /
   */
  readonly path?: string;
  /**
   * How the path is compared; not `IMPLEMENTATION_SPECIFIC`.
   *
   * @default PathType.PREFIX
   */
  readonly pathType?: PathType;
  /**
   * The method.
   *
   * @default - any
   */
  readonly method?: HttpMethod;
  /**
   * Headers, each with its exact value.
   *
   * @default - any
   */
  readonly headers?: { [header: string]: string };
  /**
   * Headers, each with a regular expression for its value.
   *
   * @default - any
   */
  readonly headerPatterns?: { [header: string]: string };
  /**
   * Parameters of the query, each with its exact value.
   *
   * @default - any
   */
  readonly queryParams?: { [parameter: string]: string };
  /**
   * Parameters of the query, each with a regular expression for its value.
   *
   * @default - any
   */
  readonly queryParamPatterns?: { [parameter: string]: string };
}

/** Where a client is sent instead of getting an answer; what is left out stays as it was asked for. */
export interface GatewayRedirect {
  /**
   * `http` or `https`.
   *
   * @default - that of the request
   */
  readonly scheme?: string;
  /**
   * The host.
   *
   * @default - that of the request
   */
  readonly host?: string;
  /**
   * The port.
   *
   * @default - that which belongs to the scheme, else that of the listener
   */
  readonly port?: number;
  /**
   * The whole path.
   *
   * @default - that of the request
   */
  readonly path?: string;
  /**
   * What stands in place of the prefix that the rule takes.
   *
   * @default - the path stays
   */
  readonly prefix?: string;
  /**
   * 301, 302, 303, 307 or 308.
   *
   * @default 302
   */
  readonly statusCode?: number;
}

/** How long the Gateway waits. */
export interface GatewayTimeouts {
  /**
   * Until the client has its answer.
   *
   * @default - as the Gateway is configured
   */
  readonly request?: Duration;
  /**
   * Until a service has answered one attempt; not longer than `request`.
   *
   * @default - as the Gateway is configured
   */
  readonly backendRequest?: Duration;
}

/** Requests and who answers them. Of several rules that take a request, the more exact one counts, whichever comes first. */
export interface HttpRouteRule extends HttpRouteMatch {
  /**
   * Further requests that the rule takes.
   *
   * @default - none
   */
  readonly alsoMatches?: HttpRouteMatch[];
  /**
   * The service that answers.
   *
   * @default - `backends` says it, or `redirect`
   */
  readonly to?: IRoutable;
  /**
   * The name or number of its port.
   *
   * @default - its main port
   */
  readonly port?: string;
  /**
   * Several services that share the requests by weight.
   *
   * @default - `to` says it
   */
  readonly backends?: WeightedBackend[];
  /**
   * What the service sees in place of the prefix: `/` takes it away (`/api/orders` becomes `/orders`), `/v2` replaces it (`/v2/orders`).
   *
   * @default - the service sees the path as the client wrote it
   */
  readonly rewritePrefix?: string;
  /**
   * What the service sees in place of the whole path.
   *
   * @default - the service sees the path as the client wrote it
   */
  readonly rewritePath?: string;
  /**
   * What the service sees as host.
   *
   * @default - what the client wrote
   */
  readonly rewriteHost?: string;
  /**
   * Sends the client elsewhere; no service is asked.
   *
   * @default - a service answers
   */
  readonly redirect?: GatewayRedirect;
  /**
   * What is done to the headers of requests.
   *
   * @default - nothing
   */
  readonly requestHeaders?: HeaderChanges;
  /**
   * What is done to the headers of answers.
   *
   * @default - nothing
   */
  readonly responseHeaders?: HeaderChanges;
  /**
   * Services that get copies of the requests.
   *
   * @default - none
   */
  readonly mirrors?: MirrorTarget[];
  /**
   * Which pages of other origins may read the answers.
   *
   * @default - the service decides
   */
  readonly cors?: RouteCors;
  /**
   * Filters of the Gateway's implementation.
   *
   * @default - none
   */
  readonly extensions?: FilterReference[];
  /**
   * How long the Gateway waits.
   *
   * @default - as it is configured
   */
  readonly timeouts?: GatewayTimeouts;
  /**
   * Any field of the rule that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: GatewayRouteRuleFields;
}

/** What a route for HTTP says. */
export interface HttpRouteProps extends GatewayRouteOptions {
  /** Which requests go where. */
  readonly rules: HttpRouteRule[];
  /**
   * Any field of the spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: HttpRouteSpecFields;
}
