export { Environment } from './environment';
export { Exemption, type ExemptionOptions } from './exemption';
export { Forbidden } from './forbidden';
export { BuildCache, type ImageBuildOptions } from './image-build-options';
export { IngressController } from './ingress-controller';
export { KubernetesVersion } from './kubernetes-version';
export { type ApiServerOptions, type DnsOptions, Platform, type PlatformProps, PodSecurityPreset } from './platform';
export { type PlatformPolicy } from './policy';
