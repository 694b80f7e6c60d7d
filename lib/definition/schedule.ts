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
const ITEM = /^(?:(\*|\?)|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/(\d{1,9}))?$/;
/** The most days that each month has. */
const MONTH_LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const EXAMPLE = "'30 2 * * *' for every night at half past two";
/** A place by its area and name, as the tz database spells it: the API server distinguishes case. */
const TIME_ZONE = /^(?:[A-Z][A-Za-z0-9+-]*|Etc\/[A-Z][A-Za-z0-9+-]*|(?:US|[A-Z][a-z]+)(?:\/[A-Z][A-Za-z_-]*[a-z][A-Za-z_-]*)+)$/;
/** What JavaScript knows beside the names of the database. */
const FOREIGN_ZONE = /^(?!(?:CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)$)[A-Z]{3}$|^SystemV\/|^US\/Pacific-New$|^Canada\/East-Saskatchewan$/;

/**
 * Reports a schedule that the controller of CronJobs does not understand: five fields or a macro. What it understands though nobody can mean
 * it (empty parts of a list, signs, `*-5`, a thirtieth of February) is reported as well.
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
  if (!TIME_ZONE.test(timeZone) || FOREIGN_ZONE.test(timeZone) || !isKnownZone(timeZone)) {
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
  const times = parts.map((part, index) => timesOf(part.toLowerCase(), FIELDS[index]));
  const wrong = times.indexOf(undefined);
  if (wrong >= 0) {
    const { name, least, greatest } = FIELDS[wrong];
    return { message: `'${parts[wrong]}' cannot be the ${name}.`, remedy: `Write numbers from ${least} to ${greatest}, ranges, lists or steps, for example ${EXAMPLE}.` };
  }
  const [, , days, months, weekdays] = times as Times[];
  // Where both say something, either is enough.
  if (weekdays.any && Math.min(...days.numbers) > Math.max(...months.numbers.map(month => MONTH_LENGTHS[month - 1]))) {
    return { message: `'${schedule}' names days that its months do not have, so the task never runs.`, remedy: 'Write a day that comes, or suspended: true for a task that is started by hand.' };
  }
  return undefined;
}

/** The numbers of a field that fit, and whether it leaves all of them open. */
interface Times {
  readonly numbers: readonly number[];
  readonly any: boolean;
}

function timesOf(part: string, field: Field): Times | undefined {
  const items = part.split(',').map(item => timesOfItem(item, field));
  return items.every(item => item !== undefined)
    ? { numbers: items.flatMap(({ numbers }) => numbers), any: items.some(({ any }) => any) }
    : undefined;
}

function timesOfItem(item: string, field: Field): Times | undefined {
  const [match, any, from, to, step] = ITEM.exec(item) ?? [];
  const every = Number(step ?? 1);
  const first = any === undefined ? numberOf(from, field) : field.least;
  // A single number with a step goes on to the end.
  const last = any !== undefined || (to === undefined && step !== undefined) ? field.greatest : numberOf(to ?? from, field);
  if (match === undefined || every === 0 || first === undefined || last === undefined || first > last) {
    return undefined;
  }
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return { numbers: all.filter(number => (number - first) % every === 0), any: any !== undefined && every === 1 };
}

function numberOf(text: string | undefined, { least, greatest, names }: Field): number | undefined {
  const number = text !== undefined && names.includes(text) ? least + names.indexOf(text) : Number(text ?? NaN);
  return Number.isInteger(number) && number >= least && number <= greatest ? number : undefined;
}

/** Here case does not count; where only that differs from the name that the database prefers, it does. */
function isKnownZone(timeZone: string): boolean {
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    return known === timeZone || known.toLowerCase() !== timeZone.toLowerCase();
  } catch {
    return false;
  }
}
