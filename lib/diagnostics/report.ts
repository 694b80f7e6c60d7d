import type { Code } from './codes';

/** What a check says; the construct it is about and the severity are filled in around it. */
export interface Fault {
  readonly code: Code;
  /** The path of the construct, where a check speaks of another than its own; such a fault must be an error. */
  readonly path?: string;
  readonly property?: string;
  readonly message: string;
  readonly remedy: string;
}

/** Takes the faults that a check finds. */
export type Report = (fault: Fault) => void;

/** A report for a part of a larger value: its faults name their property below `property`. */
export function within(report: Report, property: string): Report {
  return report === silent ? silent : fault => report({ ...fault, property: fault.property ? joinProperty(property, fault.property) : property });
}

/** What is made of something, and the faults that were found on the way, for whoever reports them later. */
export interface Found<T> {
  readonly value: T;
  readonly faults: readonly Fault[];
}

/** Keeps the faults that are found while something is made. */
export function finding<T>(make: (report: Report) => T): Found<T> {
  const faults: Fault[] = [];
  const value = make(fault => faults.push(fault));
  return { value, faults };
}

/** Takes the faults nowhere: for rendering, which runs beside a check that has reported them. */
export const silent: Report = () => undefined;

function joinProperty(outer: string, inner: string): string {
  return inner.startsWith('[') ? `${outer}${inner}` : `${outer}.${inner}`;
}
