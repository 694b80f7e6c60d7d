import type { LocalHealth } from './local-app';
import type { Json } from '../definition/json';

/** A command starts a process in the container, which takes longer than a call of the kubelet. */
const LEAST_TIMEOUT_SECONDS = 5;

/** The first engine that asks more often while a container starts. */
const START_INTERVAL_SINCE = 25;

/** The probe that decides whether a container may get calls. */
export function decisiveProbe({ readinessProbe, livenessProbe, startupProbe }: Json): Json | undefined {
  return readinessProbe ?? livenessProbe ?? startupProbe;
}

/**
 * The question whether a container may get calls. Docker asks one, by a command in the container; where there are several that of readiness.
 *
 * @param ownCommand the command that takes the place of a question over the network
 * @param engineVersion the major version of the engine
 * @returns nothing where nobody asks, or where no command can
 */
export function localHealth(
  container: Json, ownCommand: readonly string[] | undefined, engineVersion = START_INTERVAL_SINCE,
): LocalHealth | undefined {
  const { startupProbe } = container;
  const probe = decisiveProbe(container);
  if (!probe) {
    return undefined;
  }
  const command = ownCommand ?? probe.exec?.command;
  if (!command) {
    return undefined;
  }
  const asksMoreOften = engineVersion >= START_INTERVAL_SINCE;
  const startup = startupProbe ? (startupProbe.periodSeconds ?? 10) * (startupProbe.failureThreshold ?? 3) : 0;
  const startSeconds = startup + (startupProbe?.initialDelaySeconds ?? probe.initialDelaySeconds ?? 0);
  return {
    command,
    intervalSeconds: probe.periodSeconds ?? 10,
    timeoutSeconds: Math.max(probe.timeoutSeconds ?? 1, LEAST_TIMEOUT_SECONDS),
    retries: probe.failureThreshold ?? 3,
    startSeconds,
    ...startSeconds > 0 && asksMoreOften && { startIntervalSeconds: 1 },
  };
}
