import { type ApiObject, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkRoomFor, defineController, mergeSpecFields } from './controller';
import { type JobDefinition, renderJobSpec } from './job-spec';
import { wholeSeconds } from '../definition/duration';
import { compact, type Json } from '../definition/json';
import type { CronJobSpecFields } from '../definition/kubernetes-fields.generated';
import { checkSchedule, checkTimeZone } from '../definition/schedule';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { ownerLabels } from '../synthesis/manifest';

/** What happens when it is time and the run before has not ended. */
export enum ConcurrencyPolicy {
  /** This run is left out. */
  FORBID = 'Forbid',
  /** Both run. */
  ALLOW = 'Allow',
  /** The run before is ended. */
  REPLACE = 'Replace',
}

/** When a task runs, and what stays of it. */
export interface ScheduleOptions {
  /** When it runs: five fields (minute, hour, day of the month, month, day of the week), or a macro such as `@daily`. */
  readonly schedule: string;
  /**
   * The time zone of the schedule, as the tz database spells it, for example `Europe/Vienna`.
   *
   * @default Etc/UTC
   */
  readonly timeZone?: string;
  /**
   * What happens when it is time and the run before has not ended.
   *
   * @default ConcurrencyPolicy.FORBID
   */
  readonly concurrency?: ConcurrencyPolicy;
  /**
   * How late a run may begin before it is left out; at least 10 seconds, which is how often the controller looks.
   *
   * @default Duration.minutes(5)
   */
  readonly startingDeadline?: Duration;
  /**
   * How many runs that succeeded are kept.
   *
   * @default - 3, as Kubernetes has it
   */
  readonly successfulHistory?: number;
  /**
   * How many runs that failed are kept.
   *
   * @default - 1, as Kubernetes has it
   */
  readonly failedHistory?: number;
  /**
   * Whether no run begins any more.
   *
   * @default false
   */
  readonly suspended?: boolean;
  /**
   * Any field of the CronJob's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly cronJobFields?: CronJobSpecFields;
}

/** What a CronJob is made from; read when it renders. */
export interface CronJobDefinition extends JobDefinition {
  readonly schedule: ScheduleOptions;
}

const DEFAULT_TIME_ZONE = 'Etc/UTC';
const DEFAULT_STARTING_DEADLINE_SECONDS = 300;
/** The controller looks every ten seconds; with less it may never be in time. */
const LEAST_STARTING_DEADLINE_SECONDS = 10;
/** What the controller adds for each run; the name of a Job is a label too. */
const RUN_SUFFIX = 11;

/** A Job again and again, when its time comes. */
export class CronJob extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: CronJobDefinition): CronJob {
    return new CronJob(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the CronJob. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: CronJobDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineController(this, 'batch/v1', 'CronJob', definition, (report, decisions) => this.renderSpec(report, decisions));
  }

  private renderSpec(report: Report, decisions: Decisions): Json {
    const { name, owner, schedule: options } = this.definition;
    const { schedule, timeZone = DEFAULT_TIME_ZONE, startingDeadline, suspended, cronJobFields } = options;
    const concurrencyPolicy = options.concurrency ?? ConcurrencyPolicy.FORBID;
    checkSchedule(schedule, report);
    checkTimeZone(timeZone, report);
    checkHistory(options, report);
    checkRoomFor(name, RUN_SUFFIX, 'the name of each run', report);
    return mergeSpecFields('CronJobSpec', compact({
      schedule,
      timeZone,
      concurrencyPolicy,
      startingDeadlineSeconds: startingDeadline ? renderDeadline(startingDeadline, report) : DEFAULT_STARTING_DEADLINE_SECONDS,
      successfulJobsHistoryLimit: options.successfulHistory,
      failedJobsHistoryLimit: options.failedHistory,
      suspend: suspended || undefined,
      jobTemplate: {
        metadata: { labels: ownerLabels(this, owner, decisions) },
        spec: renderJobSpec(this, { ...this.definition, overlapping: concurrencyPolicy === ConcurrencyPolicy.ALLOW }, decisions, report),
      },
    }), cronJobFields, decisions, within(report, 'cronJobFields'));
  }
}

function renderDeadline(deadline: Duration, report: Report): number {
  const seconds = wholeSeconds(deadline, 'startingDeadline', report);
  if (seconds < LEAST_STARTING_DEADLINE_SECONDS) {
    report({
      code: 'invalid-value',
      property: 'startingDeadline',
      message: `The controller looks every ${LEAST_STARTING_DEADLINE_SECONDS} seconds, so with ${seconds} it may never be in time.`,
      remedy: `Write at least ${LEAST_STARTING_DEADLINE_SECONDS} seconds.`,
    });
  }
  return seconds;
}

function checkHistory(options: ScheduleOptions, report: Report): void {
  for (const property of ['successfulHistory', 'failedHistory'] as const) {
    const value = options[property];
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      report({ code: 'invalid-value', property, message: `${value} is not a number of runs.`, remedy: 'Write a whole number of at least 0.' });
    }
  }
}
