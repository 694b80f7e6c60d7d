import { Duration } from 'cdk8s';
import type { WorkloadOptions } from './workload-options';
import type { JobOptions } from '../definition/job-options';

/** What runs to its end. */
export interface TaskOptions extends WorkloadOptions, JobOptions {}

/** The options of a task with what tasks have by default: no load balancer has to forget its pods first. */
export function asTask<T extends TaskOptions>(options: T): T {
  return { component: 'task', ...options, ...options.drain && { drain: { delay: Duration.seconds(0), ...options.drain } } };
}
