export { Environment } from './environment';
export { Exemption, type ExemptionOptions } from './exemption';
export { Forbidden } from './forbidden';
export { BuildCache, type ImageBuildOptions } from './image-build-options';
export { IngressController } from './ingress-controller';
export { KubernetesVersion } from './kubernetes-version';
export { Platform } from './platform';
export { type ApiServerOptions, type DnsOptions, type PlatformProps, PodSecurityPreset } from './platform-props';
export { type PlatformPolicy } from './policy';
