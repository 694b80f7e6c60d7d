import { compact, compactOrNone, type Json } from '../definition/json';
import { type PodCount, parsePodCount, podsOf } from '../definition/pod-count';
import { type RollingUpdate, type Rollout, RolloutStrategy } from '../definition/rollout';
import { type Report } from '../diagnostics/report';

const REVISION_HISTORY_LIMIT = 5;
/** What Kubernetes takes where nobody says it. */
const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;

type Count = 'maxUnavailable' | 'maxSurge';

/** The fields of a spec that say how its pods are replaced. */
export function renderDeploymentRollout(rollout: Rollout, report: Report): Json {
  const { _strategy: strategy, _options: options } = rollout;
  refuse('A Deployment', rollout, [RolloutStrategy.ON_DELETE], ['partition'], report);
  checkDeadline(options, report);
  return {
    ...common(options, report),
    strategy: compact({
      type: strategy,
      rollingUpdate: strategy === RolloutStrategy.ROLLING ? renderDeploymentUpdate(options, report) : undefined,
    }),
  };
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies */
export function renderStatefulSetRollout(rollout: Rollout, report: Report): Json {
  const { _strategy: strategy, _options: options } = rollout;
  refuse('A StatefulSet', rollout, [RolloutStrategy.RECREATE], ['maxSurge', 'progressDeadlineSeconds'], report);
  checkWhole(options, 'partition', 'the ordinal of a pod', report);
  if (options.maxUnavailable !== undefined) {
    // Off by default to the newest version that the output is proved against.
    report({
      code: 'feature-gate',
      property: 'maxUnavailable',
      message: 'Clusters drop the maxUnavailable of a StatefulSet unless their feature gate MaxUnavailableStatefulSet is on, and then replace its pods one by one.',
      remedy: "Leave it out, or acknowledge 'feature-gate' where the gate is on.",
    });
  }
  return {
    ...common(options, report),
    updateStrategy: compact({
      type: strategy,
      rollingUpdate: compactOrNone({
        partition: options.partition,
        maxUnavailable: options.maxUnavailable === undefined ? undefined : parseCount(options, 'maxUnavailable', options.maxUnavailable, report),
      }),
    }),
  };
}

/** @see https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/ */
export function renderDaemonSetRollout(rollout: Rollout, report: Report): Json {
  const { _strategy: strategy, _options: options } = rollout;
  refuse('A DaemonSet', rollout, [RolloutStrategy.RECREATE], ['partition', 'progressDeadlineSeconds'], report);
  return {
    ...common(options, report),
    updateStrategy: compact({
      type: strategy,
      rollingUpdate: strategy === RolloutStrategy.ROLLING ? renderDaemonSetUpdate(options, report) : undefined,
    }),
  };
}

function common(options: RollingUpdate, report: Report): Json {
  (['minReadySeconds', 'progressDeadlineSeconds'] as const).forEach(property => checkWhole(options, property, 'a number of seconds', report));
  checkWhole(options, 'revisionHistoryLimit', 'a number of revisions', report);
  return {
    revisionHistoryLimit: options.revisionHistoryLimit ?? REVISION_HISTORY_LIMIT,
    minReadySeconds: options.minReadySeconds,
    progressDeadlineSeconds: options.progressDeadlineSeconds,
  };
}

function renderDeploymentUpdate(options: RollingUpdate, report: Report): Json {
  const maxUnavailable = parseCount(options, 'maxUnavailable', '0', report);
  const maxSurge = parseCount(options, 'maxSurge', '1', report);
  if (isNone(maxUnavailable) && isNone(maxSurge)) {
    report({
      code: 'conflicting-options',
      property: 'maxSurge',
      message: 'With no pod missing and none beyond the wanted number, no pod can ever be replaced.',
      remedy: "Write maxSurge: '1'.",
    });
  }
  return { maxUnavailable, maxSurge };
}

/** A node has room for the old pod and the new one, or for one of them; Kubernetes wants it said once. */
function renderDaemonSetUpdate(options: RollingUpdate, report: Report): Json {
  const maxSurge = parseCount(options, 'maxSurge', '0', report);
  const beside = !isNone(maxSurge);
  const maxUnavailable = parseCount(options, 'maxUnavailable', beside ? '0' : '1', report);
  checkShare(maxSurge, 'maxSurge', report);
  if (beside !== isNone(maxUnavailable)) {
    report({
      code: 'conflicting-options',
      property: 'maxSurge',
      message: beside
        ? 'A DaemonSet replaces pods either beside the old ones or in their place.'
        : 'With no pod missing and none beside it, no pod can ever be replaced.',
      remedy: beside ? "Keep one of 'maxSurge' and 'maxUnavailable'." : "Write maxUnavailable: '1', or maxSurge: '1'.",
    });
  }
  return compact({ maxUnavailable, maxSurge: beside ? maxSurge : undefined });
}

function parseCount(options: RollingUpdate, property: Count, byDefault: string, report: Report): PodCount {
  const count = parsePodCount(options[property] ?? byDefault, property, report);
  if (property === 'maxUnavailable') {
    checkShare(count, property, report);
  }
  return count;
}

function checkShare(count: PodCount, property: Count, report: Report): void {
  if (typeof count === 'string' && podsOf(count, 100) > 100) {
    report({ code: 'invalid-value', property, message: `${count} of the pods are more than all.`, remedy: "Write at most '100%'." });
  }
}

function isNone(count: PodCount): boolean {
  return podsOf(count, 100) === 0;
}

/** Reports what a kind of object does not have. */
function refuse(
  kind: string, rollout: Rollout, strategies: readonly RolloutStrategy[], properties: readonly (keyof RollingUpdate)[], report: Report,
): void {
  const { _strategy: strategy, _options: options } = rollout;
  if (strategies.includes(strategy)) {
    report({
      code: 'conflicting-options',
      message: `${kind} has no strategy ${strategy}.`,
      remedy: strategy === RolloutStrategy.RECREATE ? 'Write Rollout.rolling() or Rollout.onDelete().' : 'Write Rollout.rolling() or Rollout.recreate().',
    });
  }
  for (const property of properties.filter(name => options[name] !== undefined)) {
    report({ code: 'conflicting-options', property, message: `${kind} has no ${property}.`, remedy: `Leave '${property}' out.` });
  }
}

function checkWhole(options: RollingUpdate, property: keyof RollingUpdate, what: string, report: Report): void {
  const value = options[property];
  if (value !== undefined && !(Number.isInteger(value) && Number(value) >= 0)) {
    report({ code: 'invalid-value', property, message: `${value} is not ${what}.`, remedy: 'Write a whole number of at least 0.' });
  }
}

function checkDeadline({ minReadySeconds = 0, progressDeadlineSeconds }: RollingUpdate, report: Report): void {
  const deadline = progressDeadlineSeconds ?? DEFAULT_PROGRESS_DEADLINE_SECONDS;
  const valid = [minReadySeconds, deadline].every(seconds => Number.isInteger(seconds) && seconds >= 0);
  if (valid && minReadySeconds >= deadline) {
    report({
      code: 'conflicting-options',
      property: progressDeadlineSeconds === undefined ? 'minReadySeconds' : 'progressDeadlineSeconds',
      message: `A rollout has failed after ${deadline} seconds, when no new pod can have been ready for ${minReadySeconds}.`,
      remedy: `Let progressDeadlineSeconds be more than ${minReadySeconds}, or minReadySeconds less than ${deadline}.`,
    });
  }
}
