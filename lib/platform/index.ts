export { Environment } from './environment';
export { BuildCache, type ImageBuildOptions } from './image-build-options';
export { IngressController } from './ingress-controller';
export { KubernetesVersion } from './kubernetes-version';
export { type DnsOptions, Platform, type PlatformProps, PodSecurityPreset } from './platform';
