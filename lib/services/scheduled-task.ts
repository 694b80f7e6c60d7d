import type { Construct } from 'constructs';
import { asTask, type TaskOptions } from './task-options';
import { Workload } from './workload';
import { CronJob, type ScheduleOptions } from '../workloads/cron-job';

/** What runs again and again, when its time comes. */
export interface ScheduledTaskProps extends TaskOptions, ScheduleOptions {}

/**
 * What runs again and again, when its time comes: CronJob, ServiceAccount, NetworkPolicy. A run that is still going when the next one is due
 * is not disturbed, and one that is more than five minutes late is left out.
 *
 * Diagnostics: `invalid-schedule`, `invalid-value`, `conflicting-options`, and those of every workload.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 * @example
 * new ScheduledTask(chart, 'monthly-invoices', {
 *   image: ContainerImage.reference('ghcr.io/acme/invoices:2.1.0'),
 *   schedule: '0 3 1 * *',
 *   timeZone: 'Europe/Vienna',
 *   deadline: Duration.hours(2),
 * });
 */
export class ScheduledTask extends Workload {
  /** The pods of each run. */
  public readonly cronJob: CronJob;

  public constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id, asTask(props));
    this.cronJob = CronJob._create(this, 'cron-job', { ...this._controller, options: props, schedule: props });
  }

  /** @internal */
  protected override get _kind(): string {
    return 'CronJob';
  }
}
