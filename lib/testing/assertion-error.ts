/**
 * Fails an assertion. The stack begins where it was called, since what is to be mended lies there.
 *
 * @param called the method of ours that the test has called
 */
export function fail(message: string, called: (...args: any[]) => unknown): never {
  const error = new Error(message);
  Error.captureStackTrace(error, called);
  throw error;
}

/** Such as `1 object`, `2 objects`. */
export function counted(number: number, singular: string): string {
  return `${number} ${singular}${number === 1 ? '' : 's'}`;
}
