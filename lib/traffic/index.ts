export { NetworkPolicy } from './network-policy';
export { Service, type ServiceOptions, ServiceType, TrafficPolicy } from './service';
