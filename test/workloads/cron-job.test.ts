import { Duration } from 'cdk8s';
import { Volume } from '../../lib/definition';
import type { ScheduledTaskProps } from '../../lib/services';
import { ConcurrencyPolicy } from '../../lib/workloads';
import { foundWith, invoices, specWith } from '../support/family';
import { finding } from '../support/services';

const specOf = (props: Partial<ScheduledTaskProps>) => specWith(invoices, props, 'CronJob');
const foundIn = (props: Partial<ScheduledTaskProps>) => foundWith(invoices, props);
const fault = (code: string, property: string, message: string, remedy: string) => [finding('error', code, `shop/invoices ${property}`, message, remedy)];

test('in UTC, one run at a time, none more than five minutes late', () => {
  const { jobTemplate, ...spec } = specOf({});
  expect(spec).toEqual({ schedule: '0 3 1 * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300 });
  // Its history says how long a run is kept.
  expect(jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(jobTemplate.metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'invoices', 'app.kubernetes.io/component': 'task' });
  expect(jobTemplate.spec.podFailurePolicy.rules).toHaveLength(1);
});

test('everything that it can say', () => {
  const { jobTemplate, ...spec } = specOf({
    schedule: '@daily',
    timeZone: 'Europe/Vienna',
    concurrency: ConcurrencyPolicy.REPLACE,
    startingDeadline: Duration.hours(1),
    successfulHistory: 0,
    failedHistory: 5,
    suspended: true,
    deadline: Duration.minutes(30),
    timeToLive: Duration.days(2),
    backoffLimit: 0,
    cronJobFields: { jobTemplate: { spec: { suspend: true } } },
  });
  expect(spec).toEqual({
    schedule: '@daily',
    timeZone: 'Europe/Vienna',
    concurrencyPolicy: 'Replace',
    startingDeadlineSeconds: 3600,
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 5,
    suspend: true,
  });
  expect(jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 1800, ttlSecondsAfterFinished: 172800, backoffLimit: 0, suspend: true });
});

test.each<[string, Partial<ScheduledTaskProps>, string[]]>([
  ['a schedule', { schedule: '0 3 * * 7' }, fault('invalid-schedule', 'schedule', "'7' cannot be the day of the week.",
    "Write numbers from 0 to 6, ranges, lists or steps, for example '30 2 * * *' for every night at half past two.")],
  ['a time zone', { timeZone: 'CEST' }, fault('invalid-schedule', 'timeZone', "'CEST' is not a time zone.",
    "Write it as the tz database does, for example 'Europe/Vienna' or 'Etc/UTC'.")],
  ['no time to begin', { startingDeadline: Duration.seconds(9) }, fault('invalid-value', 'startingDeadline',
    'The controller looks every 10 seconds, so with 9 it may never be in time.', 'Write at least 10 seconds.')],
  ['half a run', { successfulHistory: 0.5 }, fault('invalid-value', 'successfulHistory', '0.5 is not a number of runs.', 'Write a whole number of at least 0.')],
  ['fewer than no runs', { failedHistory: -1 }, fault('invalid-value', 'failedHistory', '-1 is not a number of runs.', 'Write a whole number of at least 0.')],
  ['a long name', { name: 'x'.repeat(53) }, fault('invalid-name', 'name', `'${'x'.repeat(53)}' has 53 characters, and the name of each run adds 11.`,
    "Give a 'name' of at most 52 characters.")],
])('%s', (_, props, found) => {
  expect(foundIn(props)).toEqual(found);
});

test('a name of 52 characters', () => {
  expect(foundIn({ name: 'x'.repeat(52) })).toEqual([]);
});

test('runs that overlap share a claim', () => {
  const volumes = { '/data': Volume.persistentVolumeClaim('data') };
  expect(foundIn({ volumes })).toEqual([]);
  expect(foundIn({ volumes, concurrency: ConcurrencyPolicy.ALLOW })).toEqual([expect.stringContaining("warning unshareable-claim [shop/invoices volumes['/data']]")]);
});
