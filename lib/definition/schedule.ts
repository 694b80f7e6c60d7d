import type { Report } from '../diagnostics/report';

interface Field {
  readonly name: string;
  readonly least: number;
  readonly greatest: number;
  /** Names that stand for numbers, the first one for the least. */
  readonly names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, greatest: 59, names: [] },
  { name: 'hour', least: 0, greatest: 23, names: [] },
  { name: 'day of the month', least: 1, greatest: 31, names: [] },
  { name: 'month', least: 1, greatest: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  // Unlike other crons, that of Kubernetes takes no 7 for Sunday.
  { name: 'day of the week', least: 0, greatest: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];
const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = /^@every (?:\d+(?:\.\d+)?(?:h|m|s))+$/;
const ITEM = /^(?:(\*|\?)|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/(\d+))?$/;
const EXAMPLE = "'30 2 * * *' for every night at half past two";
/** A place by its area and name, as the tz database spells it: the API server distinguishes case. */
const TIME_ZONE = /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/;

/**
 * Reports a schedule that the controller of CronJobs does not understand: five fields or a macro.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function checkSchedule(schedule: string, report: Report): void {
  const fault = scheduleFault(schedule);
  if (fault !== undefined) {
    report({ code: 'invalid-schedule', property: 'schedule', ...fault });
  }
}

/** Reports a name that the tz database does not have. */
export function checkTimeZone(timeZone: string, report: Report): void {
  if (!TIME_ZONE.test(timeZone) || !isKnownZone(timeZone)) {
    report({
      code: 'invalid-schedule',
      property: 'timeZone',
      message: `'${timeZone}' is not a time zone.`,
      remedy: "Write it as the tz database does, for example 'Europe/Vienna' or 'Etc/UTC'.",
    });
  }
}

function scheduleFault(schedule: string): { message: string; remedy: string } | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) {
    return { message: 'Kubernetes refuses a time zone in the schedule.', remedy: "Write it in 'timeZone'." };
  }
  if (schedule.startsWith('@')) {
    return MACROS.includes(schedule) || EVERY.test(schedule)
      ? undefined
      : { message: `'${schedule}' is not a macro for a schedule.`, remedy: `Write one of ${MACROS.join(', ')}, '@every 1h30m', or five fields.` };
  }
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return {
      message: `'${schedule}' does not have the five fields minute, hour, day of the month, month and day of the week.`,
      remedy: `Write five fields, for example ${EXAMPLE}.`,
    };
  }
  const wrong = FIELDS.findIndex((field, index) => !parts[index].toLowerCase().split(',').every(item => isItem(item, field)));
  if (wrong >= 0) {
    const { name, least, greatest } = FIELDS[wrong];
    return { message: `'${parts[wrong]}' is not a ${name}.`, remedy: `Write numbers from ${least} to ${greatest}, ranges, lists or steps, for example ${EXAMPLE}.` };
  }
  return undefined;
}

function isItem(item: string, field: Field): boolean {
  const [match, any, from, to, step] = ITEM.exec(item) ?? [];
  if (match === undefined || step === '0') {
    return false;
  }
  const [first, last] = [numberOf(from, field), numberOf(to, field)];
  return any !== undefined || (first !== undefined && (to === undefined || (last !== undefined && first <= last)));
}

function numberOf(text: string | undefined, { least, greatest, names }: Field): number | undefined {
  const number = text !== undefined && names.includes(text) ? least + names.indexOf(text) : Number(text ?? NaN);
  return Number.isInteger(number) && number >= least && number <= greatest ? number : undefined;
}

function isKnownZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
