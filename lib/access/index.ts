export { type IAccessRole, type RoleReference } from './access-role';
export { ExistingRole } from './existing-role';
export { LimitRange, type LimitRangeOptions } from './limit-range';
export { NamespacePolicy } from './namespace-policy';
export { ResourceQuota, type ResourceQuotaOptions } from './resource-quota';
export { Role, type RoleProps } from './role';
export { RoleBinding } from './role-binding';
export { PodSecurityLevel, ServiceNamespace, type ServiceNamespaceProps } from './service-namespace';
export { type AccessGrant, type GrantOptions } from './workload-access';
