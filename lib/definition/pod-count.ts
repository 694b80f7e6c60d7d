import type { Report } from '../diagnostics/report';

const COUNT = /^\d+$/;
const PERCENTAGE = /^\d{1,3}%$/;

/** A number of pods or a percentage of them, as Kubernetes takes either. */
export type PodCount = number | string;

/** Parses a number of pods or a percentage, and reports a text that is neither. */
export function parsePodCount(text: string, property: string, report: Report): PodCount {
  if (!COUNT.test(text) && !PERCENTAGE.test(text)) {
    report({ code: 'invalid-value', property, message: `'${text}' is neither a number of pods nor a percentage.`, remedy: "Write for example '1' or '25%'." });
  }
  return COUNT.test(text) ? Number(text) : text;
}

/** How many of `total` pods that is, rounded up as Kubernetes does; NaN for a text that is no percentage. */
export function podsOf(count: PodCount, total: number): number {
  return typeof count === 'number' ? count : PERCENTAGE.test(count) ? Math.ceil(parseInt(count, 10) * total / 100) : NaN;
}
