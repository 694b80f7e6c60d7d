import type { WeightedBackend } from './gateway-backend';
import type { FilterReference, HeaderChanges, MirrorTarget } from './gateway-filters';
import type { GatewayRouteOptions } from './gateway-route-props';
import type { GrpcRouteRuleFields, GrpcRouteSpecFields } from '../../definition/custom-fields.generated';
import type { IRoutable } from '../../definition/route-backend';

/** Calls, by everything that must hold of them. */
export interface GrpcRouteMatch {
  /**
   * The service with its package, for example `shop.Orders`.
   *
   * @default - any
   */
  readonly service?: string;
  /**
   * The method, for example `Place`.
   *
   * @default - any
   */
  readonly method?: string;
  /**
   * Whether service and method are regular expressions.
   *
   * @default false
   */
  readonly regularExpression?: boolean;
  /**
   * Metadata, each with its exact value.
   *
   * @default - any
   */
  readonly headers?: { [header: string]: string };
  /**
   * Metadata, each with a regular expression for its value.
   *
   * @default - any
   */
  readonly headerPatterns?: { [header: string]: string };
}

/** Calls and who answers them. Of several rules that take a call, the more exact one counts, whichever comes first. */
export interface GrpcRouteRule extends GrpcRouteMatch {
  /**
   * Further calls that the rule takes.
   *
   * @default - none
   */
  readonly alsoMatches?: GrpcRouteMatch[];
  /**
   * The service that answers.
   *
   * @default - `backends` says it
   */
  readonly to?: IRoutable;
  /**
   * The name or number of its port.
   *
   * @default - its main port
   */
  readonly port?: string;
  /**
   * Several services that share the calls by weight.
   *
   * @default - `to` says it
   */
  readonly backends?: WeightedBackend[];
  /**
   * What is done to the metadata of calls.
   *
   * @default - nothing
   */
  readonly requestHeaders?: HeaderChanges;
  /**
   * What is done to the metadata of answers.
   *
   * @default - nothing
   */
  readonly responseHeaders?: HeaderChanges;
  /**
   * Services that get copies of the calls.
   *
   * @default - none
   */
  readonly mirrors?: MirrorTarget[];
  /**
   * Filters of the Gateway's implementation.
   *
   * @default - none
   */
  readonly extensions?: FilterReference[];
  /**
   * Any field of the rule that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: GrpcRouteRuleFields;
}

/** What a route for gRPC says. */
export interface GrpcRouteProps extends GatewayRouteOptions {
  /** Which calls go where. */
  readonly rules: GrpcRouteRule[];
  /**
   * Any field of the spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: GrpcRouteSpecFields;
}
