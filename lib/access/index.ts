export { LimitRange, type LimitRangeOptions } from './limit-range';
export { NamespacePolicy } from './namespace-policy';
export { ResourceQuota, type ResourceQuotaOptions } from './resource-quota';
export { PodSecurityLevel, ServiceNamespace, type ServiceNamespaceProps } from './service-namespace';
