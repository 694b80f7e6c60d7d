import type { Duration } from 'cdk8s';
import type { Report } from '../diagnostics/report';

/** A duration in the whole seconds that Kubernetes counts; a fraction is reported, and rounded up. */
export function wholeSeconds(duration: Duration, property: string, report: Report): number {
  const seconds = duration.toSeconds({ integral: false });
  const whole = Math.ceil(seconds);
  if (whole !== seconds) {
    report({
      code: 'invalid-value',
      property,
      message: `Kubernetes counts whole seconds, and this is ${duration.toMilliseconds({ integral: false })} milliseconds.`,
      remedy: `Write Duration.seconds(${whole}).`,
    });
  }
  return whole;
}
