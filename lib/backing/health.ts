import { type Health, Probe } from '../definition/probe';

/** Five minutes, at a question each two seconds: after a crash a server reads its log before it answers. */
const START_FAILURES = 150;

/**
 * How a server is asked: for its readiness by a question of its own, for its life by its port.
 *
 * @param readiness the question
 * @param start the command that is asked while it starts; its port, where nothing answers too early there
 */
export function serverHealth(readiness: Probe, start?: readonly string[]): Health {
  const failures = { failureThreshold: START_FAILURES };
  return { readiness, liveness: Probe.tcp(), startup: start ? Probe.command([...start], failures) : Probe.tcp(failures) };
}
