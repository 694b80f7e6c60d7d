export { ConcurrencyPolicy, CronJob, type ScheduleOptions } from './cron-job';
export { DaemonSet } from './daemon-set';
export { Deployment } from './deployment';
export { Job } from './job';
export { ServiceAccount } from './service-account';
export { ClaimRetention, type ClaimRetentionOptions, StatefulSet } from './stateful-set';
