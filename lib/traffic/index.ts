export { Ingress } from './ingress/ingress';
export {
  BackendProtocol, type RouteCors, type RouteOptions, type RouteRateLimit, type RouteTimeouts, type StickySession,
} from './ingress/route-options';
export { type RoutePath } from './ingress/route-path';
export { type IngressRouteProps } from './ingress/route-props';
export { RouteRedirect, type RouteRedirectOptions } from './ingress/route-redirect';
export { type RouteCertificateOptions, RouteTls } from './ingress/route-tls';
export { IngressRoute } from './ingress-route';
export { NetworkPolicy } from './network-policy';
export { PathType } from './routing/path-type';
export { Service, type ServiceOptions, ServiceType, TrafficPolicy } from './service';
