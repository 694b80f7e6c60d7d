/** Below it ports of a machine are those of its administrator. */
const PRIVILEGED = 1024;
const LIFT = 8000;
const LAST = 65535;

/** The number itself or the next that nobody has. */
export function freePort(number: number, taken: ReadonlySet<number>): number {
  let port = number < PRIVILEGED ? number + LIFT : number;
  while (taken.has(port)) {
    port = port === LAST ? PRIVILEGED : port + 1;
  }
  return port;
}
