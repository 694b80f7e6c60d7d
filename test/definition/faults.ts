import { type Fault, type Report } from '../../lib/diagnostics/report';

/** What an action reports, as one line each: code, property, message and remedy. */
export function faultsOf(action: (report: Report) => unknown): string[] {
  const faults: Fault[] = [];
  action(fault => faults.push(fault));
  return faults.map(({ code, property, message, remedy }) => `${code} [${property ?? ''}] ${message} ${remedy}`);
}

/** What an action returns that must find nothing wrong. */
export function faultless<T>(action: (report: Report) => T): T {
  let result: T;
  expect(faultsOf(report => {
    result = action(report);
  })).toEqual([]);
  return result!;
}
