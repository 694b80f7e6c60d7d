import type { RouteOptions } from './route-options';
import type { RoutePath } from './route-path';
import type { RouteTls } from './route-tls';
import type { IngressSpecFields } from '../../definition/kubernetes-fields.generated';
import type { IRoutable } from '../../definition/route-backend';

/** What a route says. */
export interface IngressRouteProps {
  /**
   * The host, for example `shop.example.com`, `*.example.com`, or `*` for every host. One without a dot stands before the domain of the
   * platform.
   *
   * @default - `hosts` says it
   */
  readonly host?: string;
  /**
   * More hosts with the same paths.
   *
   * @default - none
   */
  readonly hosts?: string[];
  /**
   * The paths, each with the service that answers there.
   *
   * @default - `defaultBackend` answers everywhere
   */
  readonly paths?: RoutePath[];
  /**
   * The service that answers on the hosts of the route where no path does: the path `/`, so that it never answers for the hosts of others.
   * In a route with neither host nor path it becomes `spec.defaultBackend`, which takes whatever no Ingress of the cluster takes.
   *
   * @default - the controller answers 404
   */
  readonly defaultBackend?: IRoutable;
  /**
   * Where TLS ends.
   *
   * @default - nowhere: plain HTTP, and the warning `route-without-tls`
   */
  readonly tls?: RouteTls;
  /**
   * The class of the Ingresses.
   *
   * @default - that of the platform
   */
  readonly ingressClass?: string;
  /**
   * What the controller does with requests; paths may differ from it.
   *
   * @default - it passes them on
   */
  readonly options?: RouteOptions;
  /**
   * The name of the Ingress; what is made beside it begins with this name.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * Labels of everything that the route makes.
   *
   * @default - none beside those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of everything that the route makes. Those for the controller belong into `options`.
   *
   * @default - none beside those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Any field of each Ingress's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: IngressSpecFields;
}
