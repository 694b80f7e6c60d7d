import type { Duration } from 'cdk8s';
import type { Report } from '../diagnostics/report';

/** Five digits are what the Gateway API takes. */
const MAX_AMOUNT = 99_999;
const UNITS = [['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]] as const;

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

/** A duration as text, `90s` or `1h30m`: as Go, Prometheus and https://gateway-api.sigs.k8s.io/geps/gep-2257/ all read it. */
export function durationText(duration: Duration | undefined, property: string, report: Report): string | undefined {
  if (duration === undefined) {
    return undefined;
  }
  let left = duration.toMilliseconds({ integral: false });
  if (!(Number.isInteger(left) && left > 0)) {
    report({ code: 'invalid-value', property, message: 'The time is no whole number of milliseconds above zero.', remedy: 'Write for example Duration.seconds(30).' });
    return undefined;
  }
  const unit = UNITS.find(([, size]) => left % size === 0 && left / size <= MAX_AMOUNT && left / size >= 1);
  if (unit) {
    // Seconds are what people read in a timeout of a minute or two.
    const [name, size] = left % 1000 === 0 && left < 600_000 ? ['s', 1000] as const : unit;
    return `${left / size}${name}`;
  }
  return UNITS.map(([name, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount === 0 ? '' : `${amount}${name}`;
  }).join('');
}
