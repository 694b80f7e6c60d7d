import { Duration } from 'cdk8s';
import { FailureAction, FailureRule, LifecycleHook, TaskRestart, Volume } from '../../lib/definition';
import type { OneOffTaskProps } from '../../lib/services';
import { foundWith, migration, specWith } from '../support/family';
import { finding, findings, IMAGE, manifestOf, shop, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

const specOf = (props: Partial<OneOffTaskProps>) => specWith(migration, props, 'Job');
const foundIn = (props: Partial<OneOffTaskProps>) => foundWith(migration, props);
const fault = (code: string, property: string, message: string, remedy: string) => [finding('error', code, `shop/migrate ${property}`, message, remedy)];

afterEach(() => validateBy(() => undefined));

test('one pod, whose failures count unless the cluster took it away, kept for a day', () => {
  const { template, ...spec } = specOf({});
  expect(spec).toEqual({
    ttlSecondsAfterFinished: 86400,
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
  });
  expect(template.spec).toMatchObject({ restartPolicy: 'Never' });
  expect(template.spec).not.toHaveProperty('terminationGracePeriodSeconds');
  expect(template.spec.containers[0]).not.toHaveProperty('lifecycle');
  expect(template.spec).not.toHaveProperty('affinity');
});

test('everything that it can say', () => {
  const { template, ...spec } = specOf({
    completions: 10,
    parallelism: 3,
    indexed: true,
    backoffLimit: 5,
    backoffLimitPerIndex: 1,
    deadline: Duration.hours(2),
    timeToLive: Duration.minutes(5),
    failureRules: [
      FailureRule.onExitCodes([42], FailureAction.FAIL_TASK, { container: 'migrate' }),
      FailureRule.onExitCodes([7], FailureAction.FAIL_INDEX, { container: 'proxy' }),
      FailureRule.onDisruption(),
    ],
    sidecars: [{ name: 'proxy', image: IMAGE }],
    jobFields: { podReplacementPolicy: 'Failed' },
  });
  expect(spec).toEqual({
    completions: 10,
    parallelism: 3,
    completionMode: 'Indexed',
    backoffLimit: 5,
    backoffLimitPerIndex: 1,
    activeDeadlineSeconds: 7200,
    ttlSecondsAfterFinished: 300,
    podReplacementPolicy: 'Failed',
    podFailurePolicy: {
      rules: [
        { action: 'FailJob', onExitCodes: { containerName: 'migrate', operator: 'In', values: [42] } },
        { action: 'FailIndex', onExitCodes: { containerName: 'proxy', operator: 'In', values: [7] } },
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      ],
    },
  });
  // It ends with the main container.
  expect(template.spec.initContainers).toEqual([expect.objectContaining({ name: 'proxy', restartPolicy: 'Always' })]);
  // Several pods keep away from each other.
  expect(template.spec.affinity.podAntiAffinity).toBeDefined();
});

test('restarted in place, without rules', () => {
  const spec = specOf({ restart: TaskRestart.ON_FAILURE });
  expect(spec).not.toHaveProperty('podFailurePolicy');
  expect(spec.template.spec.restartPolicy).toBe('OnFailure');
  expect(specOf({ failureRules: [] })).not.toHaveProperty('podFailurePolicy');
});

test.each<[string, Partial<OneOffTaskProps>, string[]]>([
  ['no completions', { completions: 0 }, fault('invalid-value', 'completions', '0 is not a number of pods.', 'Write a whole number of at least 1.')],
  ['half a pod', { parallelism: 0.5 }, fault('invalid-value', 'parallelism', '0.5 is not a number of pods.', 'Write a whole number of at least 0.')],
  ['a negative limit', { backoffLimit: -1 }, fault('invalid-value', 'backoffLimit', '-1 is not a number of pods.', 'Write a whole number of at least 0.')],
  ['no time', { deadline: Duration.seconds(0) }, fault('invalid-value', 'deadline', 'The task would have failed before it begins.', 'Write at least one second, or leave it out.')],
  ['part of a second', { timeToLive: Duration.millis(500) },
    fault('invalid-value', 'timeToLive', 'Kubernetes counts whole seconds, and this is 500 milliseconds.', 'Write Duration.seconds(1).')],
  ['indexes without a number', { indexed: true }, fault('conflicting-options', 'indexed', 'Nothing says how many indexes there are.', "Write 'completions'.")],
  ['too many indexes', { indexed: true, completions: 100_001 }, fault('invalid-value', 'completions', '100001 are more indexes than a task may have.', 'Write at most 100000.')],
  ['a limit for each of no indexes', { backoffLimitPerIndex: 1 },
    fault('conflicting-options', 'backoffLimitPerIndex', 'The pods of the task have no indexes.', "Write indexed: true, or limit all of them by 'backoffLimit'.")],
  ['an index that fails alone', { failureRules: [FailureRule.onExitCodes([1], FailureAction.FAIL_INDEX)] },
    fault('conflicting-options', 'failureRules[0]', 'An index fails by itself only where its failures are counted by themselves.', "Write 'backoffLimitPerIndex', or FailureAction.FAIL_TASK.")],
  ['rules that nobody asks', { restart: TaskRestart.ON_FAILURE, failureRules: [FailureRule.onDisruption()] },
    fault('conflicting-options', 'failureRules', 'Where the kubelet restarts containers by itself, no rule is asked.', 'Write restart: TaskRestart.NEVER, or leave the rules out.')],
  ['a rule about another container', { failureRules: [FailureRule.onDisruption(), FailureRule.onExitCodes([1], FailureAction.IGNORE, { container: 'main' })] },
    fault('invalid-value', 'failureRules[1].container', "The pods have no container 'main'.", "Name one of 'migrate', or leave it out for all of them.")],
  ['too many rules', { failureRules: Array.from({ length: 21 }, () => FailureRule.onDisruption()) },
    fault('invalid-value', 'failureRules', '21 rules are more than a task may have.', 'Write at most 20.')],
  ['a hook that outlasts the pod', { lifecycle: { preStop: LifecycleHook.sleep(Duration.seconds(31)) } },
    fault('conflicting-options', 'lifecycle.preStop', 'The hook sleeps for 31 seconds, and the pod has 30 to go.', "Let it sleep for less, or give the pod more time by 'drain'.")],
])('%s', (_, props, found) => {
  expect(foundIn(props)).toEqual(found);
});

test('a hook may last as long as the pod is given', () => {
  const { template } = specOf({ lifecycle: { preStop: LifecycleHook.sleep(Duration.seconds(60)) }, drain: { timeout: Duration.seconds(10) } });
  expect(template.spec.terminationGracePeriodSeconds).toBe(75);
  expect(foundIn({ lifecycle: { postStart: LifecycleHook.sleep(Duration.seconds(60)) }, podFields: { terminationGracePeriodSeconds: 60 } })).toEqual([]);
});

test('the number of each pod is part of its host name', () => {
  const name = 'x'.repeat(60);
  expect(foundIn({ name, indexed: true, completions: 100 })).toEqual([]);
  expect(foundIn({ name, indexed: true, completions: 101 })).toEqual([finding('error', 'invalid-name', 'shop/migrate name',
    `'${name}' has 60 characters, and the number of each pod adds 4.`, "Give a 'name' of at most 59 characters.")]);
});

test('pods that run beside each other share a claim', () => {
  const volumes = { '/data': Volume.persistentVolumeClaim('data') };
  expect(foundIn({ volumes })).toEqual([]);
  expect(foundIn({ volumes, completions: 4, parallelism: 2 })).toEqual([expect.stringContaining("warning unshareable-claim [shop/migrate volumes['/data']]")]);
});

test('no claim is made for a task', () => {
  expect(foundIn({ volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }) } })).toEqual(fault('conflicting-options', "volumes['/data']",
    'Only a StatefulService makes a claim for each of its pods and keeps it.',
    'Use a StatefulService, Volume.ephemeral() for a claim that goes with its pod, or Volume.persistentVolumeClaim() for one that all share.'));
});

describe('before Kubernetes 1.29', () => {
  test('sidecars would keep it from ending', () => {
    const chart = shopOn('1.28');
    migration(chart, { sidecars: [{ name: 'proxy', image: IMAGE }] });
    expect(findings(chart)).toEqual(fault('conflicting-options', 'sidecars',
      'On Kubernetes 1.28 a sidecar keeps its pod from ending, so the task never completes; sidecars that end with it come with 1.29.',
      'Leave the sidecars out, or raise the Kubernetes version of the platform.'));
  });

  test('nothing is counted by index', () => {
    const chart = shopOn('1.28');
    migration(chart, { indexed: true, completions: 2, backoffLimitPerIndex: 1 });
    expect(findings(chart)).toEqual(fault('unknown-field', 'backoffLimitPerIndex',
      'Kubernetes 1.28 does not count failures by index; that comes with 1.29.', "Limit all of them by 'backoffLimit', or raise the Kubernetes version of the platform."));
  });

  test('all else is the same', () => {
    const chart = shopOn('1.27');
    migration(chart, { completions: 2, parallelism: 2, indexed: true });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Job').spec.podFailurePolicy.rules).toHaveLength(1);
  });
});

test('what it reads may change while its template may not', () => {
  const chart = shop();
  migration(chart, { volumes: { '/etc/settings': Volume.configMap('settings') } });
  expect(manifestOf(chart, 'Job').spec.template.metadata).not.toHaveProperty('annotations');
});
