export { type ExistingConfigProps } from './existing-config';
export { type IServiceConfig } from './i-service-config';
export { type EnvFromOptions } from './references';
export { SealingScope } from './sealing';
export { type ExistingSecretProps, type ManagedSecretProps, type SealedSecretProps } from './secret-props';
export { SecretType } from './secret-type';
export { ServiceConfig, type ServiceConfigProps } from './service-config';
export { ServiceSecret } from './service-secret';
