import { faultsOf } from './faults';
import { checkSchedule, checkTimeZone } from '../../lib/definition/schedule';

const schedule = (text: string) => faultsOf(report => checkSchedule(text, report));
const zone = (text: string) => faultsOf(report => checkTimeZone(text, report));
const EXAMPLE = "for example '30 2 * * *' for every night at half past two.";

/*
 * The tables hold what sixty thousand generated schedules showed beside `ParseStandard` of github.com/robfig/cron/v3, v3.0.1, by which the API
 * server and the controller judge, and all names of time zones beside `time.LoadLocation` of Go.
 */
describe('the controller understands, and so do we', () => {
  test.each([
    '* * * * *', '0 0 * * *', '*/5 * * * *', '5/15 * * * *', '0-30/10 * * * *', '0,15,30,45 * * * *', '00 05 * * *', '59 23 31 12 6',
    '0 0 1 jan *', '0 0 1 JAN-Mar *', '0 0 * * mon-FRI', '0 0 * * sun,sat', '0 0 ? * ?', '*/100 * * * *', '* * * * 1-5/2', '  0   0 *\t* * ',
    '0 0 29 2 *', '0 0 30 2 1', '0 0 31 1,4 *', '0 0 30-31 2 */2',
    '@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@every 1h', '@every 1h30m', '@every 1.5h', '@every 90s',
  ])('%p', text => {
    expect(schedule(text)).toEqual([]);
  });
});

describe('the controller refuses, and so do we', () => {
  test.each<[string, string, string]>([
    ['60 * * * *', '60', 'minute'],
    ['*/0 * * * *', '*/0', 'minute'],
    ['*/00 * * * *', '*/00', 'minute'],
    ['-1 * * * *', '-1', 'minute'],
    ['1.5 * * * *', '1.5', 'minute'],
    ['1/2/3 * * * *', '1/2/3', 'minute'],
    ['30-10 * * * *', '30-10', 'minute'],
    ['1-2-3 * * * *', '1-2-3', 'minute'],
    ['*/99999999999999999999 * * * *', '*/99999999999999999999', 'minute'],
    ['0 24 * * *', '24', 'hour'],
    ['0 jan * * *', 'jan', 'hour'],
    ['0 0 0 * *', '0', 'day of the month'],
    ['0 0 32 * *', '32', 'day of the month'],
    ['0 0 L * *', 'L', 'day of the month'],
    ['0 0 15W * *', '15W', 'day of the month'],
    ['0 0 1 13 *', '13', 'month'],
    ['0 0 1 january *', 'january', 'month'],
    ['0 0 * * 7', '7', 'day of the week'],
    ['0 0 * * sunday', 'sunday', 'day of the week'],
    ['0 0 * * sat-sun', 'sat-sun', 'day of the week'],
    ['0 0 * * 5#2', '5#2', 'day of the week'],
  ])('%p', (text, part, field) => {
    const ranges: { [name: string]: string } = { 'minute': '0 to 59', 'hour': '0 to 23', 'day of the month': '1 to 31', 'month': '1 to 12', 'day of the week': '0 to 6' };
    expect(schedule(text)).toEqual([`invalid-schedule [schedule] '${part}' cannot be the ${field}. Write numbers from ${ranges[field]}, ranges, lists or steps, ${EXAMPLE}`]);
  });

  test.each(['', '   ', '* * * *', '* * * * * *', '0 0 1 1 * 2026', ' @daily'])('%p has not five fields', text => {
    expect(schedule(text)).toEqual([
      `invalid-schedule [schedule] '${text}' does not have the five fields minute, hour, day of the month, month and day of the week. Write five fields, ${EXAMPLE}`,
    ]);
  });

  test.each(['@', '@reboot', '@DAILY', '@daily ', '@every', '@every 5', '@every 1d', '@every  1h', '@every 1h '])('%p is no macro', text => {
    expect(schedule(text)).toEqual([`invalid-schedule [schedule] '${text}' is not a macro for a schedule. `
      + "Write one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, '@every 1h30m', or five fields."]);
  });

  test.each(['TZ=UTC 0 0 * * *', 'CRON_TZ=Europe/Vienna 0 0 * * *'])('%p has a time zone', text => {
    expect(schedule(text)).toEqual(["invalid-schedule [schedule] Kubernetes refuses a time zone in the schedule. Write it in 'timeZone'."]);
  });
});

describe('the controller understands, and nobody can mean it', () => {
  test.each(['*-5 * * * *', '+5 * * * *', '1,,2 * * * *', ', * * * *', '@every -1h', '@every .5h', '@every 500ms'])('%p', text => {
    expect(schedule(text)).toHaveLength(1);
  });

  test.each(['0 0 30 2 *', '0 0 31 4 *', '0 0 31 feb,apr,jun,sep,nov ?', '0 0 30-31 2 *'])('%p never comes', text => {
    expect(schedule(text)).toEqual([`invalid-schedule [schedule] '${text}' names days that its months do not have, so the task never runs. `
      + 'Write a day that comes, or suspended: true for a task that is started by hand.']);
  });
});

describe('time zones', () => {
  test.each([
    'Etc/UTC', 'UTC', 'GMT', 'Europe/Vienna', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Africa/Dar_es_Salaam', 'Antarctica/McMurdo',
    'Asia/Calcutta', 'Asia/Kolkata', 'Europe/Kyiv', 'US/Pacific', 'Etc/GMT+5', 'Etc/GMT-14', 'EST5EDT', 'PRC', 'NZ-CHAT', 'W-SU', 'GB-Eire', 'Zulu',
  ])('%s', name => {
    expect(zone(name)).toEqual([]);
  });

  test.each([
    '', 'Vienna', 'Europe', 'Europe/Wien', 'europe/vienna', 'EUROPE/VIENNA', 'Europe/vienna', 'utc', 'Local', 'local', 'CEST', 'PST', 'IST', 'JST', '+01:00',
    'UTC+1', 'Etc/GMT+15', 'Etc/Unknown', 'SystemV/PST8', 'US/Pacific-New', 'Canada/East-Saskatchewan', '../UTC', '/Europe/Vienna', 'Europe/',
  ])('%p is none', name => {
    expect(zone(name)).toEqual([
      `invalid-schedule [timeZone] '${name}' is not a time zone. Write it as the tz database does, for example 'Europe/Vienna' or 'Etc/UTC'.`,
    ]);
  });

  test('every name that the tz database prefers', () => {
    expect(Intl.supportedValuesOf('timeZone').filter(name => zone(name).length > 0)).toEqual([]);
  });
});
