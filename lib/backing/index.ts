export { BackingCredentials, type ExistingCredentials, type GeneratedCredentials } from './backing-credentials';
export { type BackingServiceOptions, type LoginOptions } from './backing-options';
export { BackingService } from './backing-service';
export { Etcd, type EtcdProps } from './etcd';
export { Postgres, type PostgresProps } from './postgres';
export { Redis, type RedisProps, RedisUse } from './redis';
