import type { GatewayReference } from '../../definition/gateway-reference';

/** What routes of both kinds take. */
export interface GatewayRouteOptions {
  /**
   * The host, for example `shop.example.com`, `*.example.com`, or `*` for every host of the listener. One without a dot stands before the
   * domain of the platform.
   *
   * @default - `hosts` says it
   */
  readonly host?: string;
  /**
   * More hosts with the same rules.
   *
   * @default - none
   */
  readonly hosts?: string[];
  /**
   * The Gateways that serve the route.
   *
   * @default - that of the platform
   */
  readonly gateways?: GatewayReference[];
  /**
   * Another listener of the platform's Gateway.
   *
   * @default - that of the platform
   */
  readonly sectionName?: string;
  /**
   * The name of the route.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * Labels of the route.
   *
   * @default - none beside those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the route.
   *
   * @default - none beside those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
}
