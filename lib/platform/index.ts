export { Environment } from './environment';
export { IngressController } from './ingress-controller';
export { KubernetesVersion } from './kubernetes-version';
export { type DnsOptions, Platform, type PlatformProps, PodSecurityPreset } from './platform';
