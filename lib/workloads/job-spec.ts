import type { IConstruct } from 'constructs';
import { checkRoomFor, type ControllerDefinition, mergeSpecFields, renderControlled } from './controller';
import { wholeSeconds } from '../definition/duration';
import { FailureAction, FailureRule } from '../definition/failure-rule';
import { type JobOptions, TaskRestart } from '../definition/job-options';
import { compact, type Json } from '../definition/json';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';

/** What a Job is made from, by itself or by a schedule; read when it renders. */
export interface JobDefinition extends ControllerDefinition {
  readonly options: JobOptions;
  /** How long it stays when it has finished, in seconds; nothing where something else removes it. */
  readonly timeToLiveSeconds?: () => number | undefined;
  /** The name of the Job as it is written, where it tells more than that of the task. */
  readonly renderedName?: () => string;
  /** Whether one run may begin while another is going on. */
  readonly overlapping?: boolean;
}

const COUNTS = { completions: 1, parallelism: 0, backoffLimit: 0, backoffLimitPerIndex: 0 } as const;
/** @see https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
const MAX_INDEXES = 100_000;
const MAX_RULES = 20;

/** The spec of a Job, wherever it stands. */
export function renderJobSpec(construct: IConstruct, definition: JobDefinition, decisions: Decisions, report: Report): Json {
  const { options, timeToLiveSeconds } = definition;
  const { completions, parallelism, indexed, backoffLimit, backoffLimitPerIndex, deadline, timeToLive, jobFields } = options;
  const restartPolicy = options.restart ?? TaskRestart.NEVER;
  checkCounts(options, report);
  checkIndexes(options, decisions, report);
  const seconds = deadline && wholeSeconds(deadline, 'deadline', report);
  if (seconds === 0) {
    report({ code: 'invalid-value', property: 'deadline', message: 'The task would have failed before it begins.', remedy: 'Write at least one second, or leave it out.' });
  }
  const several = (parallelism ?? 1) > 1;
  const pods = { several, overlapping: several || (definition.overlapping ?? false), restartPolicy };
  const { template } = renderControlled(construct, definition, pods, decisions, report);
  if (indexed && completions !== undefined) {
    checkRoomFor(definition.renderedName?.() ?? definition.name, 1 + String(completions - 1).length, 'the number of each pod', report);
  }
  return mergeSpecFields('JobSpec', compact({
    completions,
    parallelism,
    completionMode: indexed ? 'Indexed' : undefined,
    backoffLimit,
    backoffLimitPerIndex,
    activeDeadlineSeconds: seconds,
    ttlSecondsAfterFinished: timeToLive ? wholeSeconds(timeToLive, 'timeToLive', report) : timeToLiveSeconds?.(),
    podFailurePolicy: renderFailurePolicy(options, restartPolicy, template, report),
    template,
  }), jobFields, decisions, within(report, 'jobFields'));
}

function checkCounts(options: JobOptions, report: Report): void {
  for (const [property, least] of Object.entries(COUNTS) as [keyof typeof COUNTS, number][]) {
    const value = options[property];
    if (value !== undefined && !(Number.isInteger(value) && value >= least)) {
      report({ code: 'invalid-value', property, message: `${value} is not a number of pods.`, remedy: `Write a whole number of at least ${least}.` });
    }
  }
}

function checkIndexes(options: JobOptions, { kubernetesVersion }: Decisions, report: Report): void {
  const { completions, indexed, backoffLimitPerIndex, failureRules = [] } = options;
  if (indexed && completions === undefined) {
    report({ code: 'conflicting-options', property: 'indexed', message: 'Nothing says how many indexes there are.', remedy: "Write 'completions'." });
  }
  for (const property of ['completions', 'parallelism'] as const) {
    if (indexed && (options[property] ?? 0) > MAX_INDEXES) {
      report({ code: 'invalid-value', property, message: `${options[property]} are more indexes than a task may have.`, remedy: `Write at most ${MAX_INDEXES}.` });
    }
  }
  if (backoffLimitPerIndex !== undefined) {
    if (!indexed) {
      report({ code: 'conflicting-options', property: 'backoffLimitPerIndex', message: 'The pods of the task have no indexes.', remedy: "Write indexed: true, or limit all of them by 'backoffLimit'." });
    }
    if (!kubernetesVersion._supports('backoffLimitPerIndex')) {
      report({
        code: 'unknown-field',
        property: 'backoffLimitPerIndex',
        message: `Kubernetes ${kubernetesVersion.version} does not count failures by index; that comes with 1.29.`,
        remedy: "Limit all of them by 'backoffLimit', or raise the Kubernetes version of the platform.",
      });
    }
  } else {
    failureRules.forEach((rule, index) => rule._action === FailureAction.FAIL_INDEX && report({
      code: 'conflicting-options',
      property: `failureRules[${index}]`,
      message: 'An index fails by itself only where its failures are counted by themselves.',
      remedy: "Write 'backoffLimitPerIndex', or FailureAction.FAIL_TASK.",
    }));
  }
}

/** A pod that a drained node takes along has not failed; the kubelet restarts containers without asking any rule. */
function renderFailurePolicy({ failureRules }: JobOptions, restartPolicy: TaskRestart, template: Json, report: Report): Json | undefined {
  if (restartPolicy !== TaskRestart.NEVER) {
    if (failureRules !== undefined) {
      report({
        code: 'conflicting-options',
        property: 'failureRules',
        message: 'Where the kubelet restarts containers by itself, no rule is asked.',
        remedy: 'Write restart: TaskRestart.NEVER, or leave the rules out.',
      });
    }
    return undefined;
  }
  const rules = failureRules ?? [FailureRule.onDisruption()];
  if (rules.length > MAX_RULES) {
    report({ code: 'invalid-value', property: 'failureRules', message: `${rules.length} rules are more than a task may have.`, remedy: `Write at most ${MAX_RULES}.` });
  }
  const { containers = [], initContainers = [] } = template.spec;
  const names = [...containers, ...initContainers].map(({ name }: Json) => name as string);
  return rules.length === 0 ? undefined : { rules: rules.map((rule, index) => rule._render(names, within(report, `failureRules[${index}]`))) };
}
