import { faultless, faultsOf } from './faults';
import { FailureAction, FailureRule } from '../../lib';

const CONTAINERS = ['migrate', 'proxy'];
const rendered = (rule: FailureRule) => faultless(report => rule._render(CONTAINERS, report));
const faults = (rule: FailureRule) => faultsOf(report => rule._render(CONTAINERS, report));

test.each<[string, FailureRule, object]>([
  ['exit codes, sorted and each once', FailureRule.onExitCodes([42, 3, 42], FailureAction.FAIL_TASK), { action: 'FailJob', onExitCodes: { operator: 'In', values: [3, 42] } }],
  ['all but these', FailureRule.onExitCodes([0, 2], FailureAction.COUNT, { allOthers: true }), { action: 'Count', onExitCodes: { operator: 'NotIn', values: [0, 2] } }],
  ['those of one container', FailureRule.onExitCodes([1], FailureAction.FAIL_INDEX, { container: 'proxy' }), {
    action: 'FailIndex', onExitCodes: { containerName: 'proxy', operator: 'In', values: [1] },
  }],
  ['a condition', FailureRule.onPodCondition('ConfigIssue', FailureAction.FAIL_TASK), { action: 'FailJob', onPodConditions: [{ type: 'ConfigIssue', status: 'True' }] }],
  ['a disruption', FailureRule.onDisruption(), { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
  ['a disruption that counts', FailureRule.onDisruption(FailureAction.COUNT), { action: 'Count', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
])('%s', (_, rule, expected) => {
  expect(rendered(rule)).toEqual(expected);
});

test.each([[[0]], [[1, 0]], [[-1]], [[256]], [[1.5]]])('%p are not exit codes of a failure', codes => {
  expect(faults(FailureRule.onExitCodes(codes, FailureAction.IGNORE)))
    .toEqual([`invalid-value [codes] [${codes.join(', ')}] are not the exit codes of a failure. Write whole numbers from 1 to 255.`]);
});

test('no exit code', () => {
  expect(faults(FailureRule.onExitCodes([], FailureAction.IGNORE))).toEqual(['invalid-value [codes] The rule is about no exit code. Write whole numbers from 1 to 255.']);
});

test('a container that is not there', () => {
  expect(faults(FailureRule.onExitCodes([1], FailureAction.IGNORE, { container: 'main' })))
    .toEqual(["invalid-value [container] The pods have no container 'main'. Name one of 'migrate', 'proxy', or leave it out for all of them."]);
});

test('no condition', () => {
  expect(faults(FailureRule.onPodCondition(' ', FailureAction.IGNORE)))
    .toEqual(["invalid-value [type] The rule names no condition. Write its type, for example 'DisruptionTarget'."]);
});
