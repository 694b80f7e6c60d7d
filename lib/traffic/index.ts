export { Certificate } from './certificate';
export {
  type CertificateKey, type CertificateProps, CertificateUsage, KeyAlgorithm, KeyEncoding, KeyRotation,
} from './certificate-props';
export { EndpointSlice } from './endpoint-slice';
export { ExternalService, type ExternalServiceProps } from './external-service';
export { ExtraService, type ExtraServiceProps } from './extra-service';
export { type WeightedBackend } from './gateway/gateway-backend';
export { type FilterReference, type HeaderChanges, type MirrorTarget } from './gateway/gateway-filters';
export { type GatewayRouteOptions } from './gateway/gateway-route-props';
export { type GrpcRouteMatch, type GrpcRouteProps, type GrpcRouteRule } from './gateway/grpc-route-props';
export {
  type GatewayRedirect, type GatewayTimeouts, HttpMethod, type HttpRouteMatch, type HttpRouteProps, type HttpRouteRule,
} from './gateway/http-route-props';
export { GatewayRoute } from './gateway-route';
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
export { type AllowedClients, type AllowedPort, type AllowedTargets, type NetworkPeer, type NetworkPolicyOptions, Traffic } from './network-policy-options';
export { PathType } from './routing/path-type';
export { Service, type ServiceOptions, ServiceType, TrafficPolicy } from './service';
