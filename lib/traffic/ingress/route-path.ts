import type { RouteOptions } from './route-options';
import type { IRoutable } from '../../definition/route-backend';
import type { PathType } from '../routing/path-type';

/** A path of a route, and the service that answers there. */
export interface RoutePath {
  /** The path, beginning with a slash. */
  readonly path: string;
  /** The service that answers. */
  readonly to: IRoutable;
  /**
   * The name or number of the Service's port.
   *
   * @default - its main port
   */
  readonly port?: string;
  /**
   * How the path is compared.
   *
   * @default PathType.PREFIX
   */
  readonly pathType?: PathType;
  /**
   * What differs from the options of the route. Paths whose options differ get an Ingress of their own.
   *
   * @default - the options of the route
   */
  readonly options?: RouteOptions;
  /**
   * The name of the Ingress that the path gets where its options differ.
   *
   * @default - the name of the route, then the path: `public-api-v1` for `/api/v1`
   */
  readonly name?: string;
}
