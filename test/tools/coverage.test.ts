import { existsSync, readFileSync } from 'node:fs';
import { COVERAGE_PAGE, renderCoverage } from '../../tools/coverage-doc';
import { corpusPaths, writes } from '../../tools/field-coverage/corpus-paths';
import { cover, Means } from '../../tools/field-coverage/coverage';
import { passThrough } from '../../tools/field-coverage/pass-through';

const MOST_USED = 150;
const paths = corpusPaths();
if (!paths) {
  console.warn('The corpus is not beside the project: what real projects write is not compared.');
}

test.each<[string, object, boolean]>([
  ['Service.spec.ports[].port', { kind: 'Service', spec: { ports: [{}, { port: 1 }] } }, true],
  ['Service.spec.ports[].port', { kind: 'Service', spec: { ports: [{}] } }, false],
  ['Service.spec.selector.*', { kind: 'Service', spec: { selector: { app: 'a' } } }, true],
  ['Service.spec.selector.*', { kind: 'Service', spec: { selector: {} } }, false],
  ['Service.spec', { kind: 'Deployment', spec: {} }, false],
  ['PodTemplate.spec.hostPID', { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { hostPID: true } } } } } }, true],
  ['PodTemplate.spec.hostPID', { kind: 'StatefulSet', spec: { template: { spec: {} } } }, false],
])('whether %s is written by %j', (path, manifest, expected) => {
  expect(writes(manifest, path)).toBe(expected);
});

test('a field that nothing knows is not covered', () => {
  expect(passThrough('PodTemplate.spec.shape')).toBeUndefined();
  expect(cover([{ path: 'PodTemplate.spec.shape', objects: 1, projects: 1 }])).toMatchObject([{ means: Means.NOT_YET }]);
});

const compared = paths ? test : test.skip;

compared('every field that real projects write can be set, those that most of them write by a typed property', () => {
  const covered = cover(paths!);
  expect(covered.filter(({ means }) => means === Means.NOT_YET).map(({ path }) => path)).toEqual([]);
  const mostUsed = covered.sort((a, b) => b.projects - a.projects || b.objects - a.objects).slice(0, MOST_USED);
  expect(mostUsed.filter(({ means }) => means !== Means.TYPED).map(({ path }) => path)).toEqual([]);
});

compared('docs/coverage.md is what the tool makes; npx projen coverage-doc writes it', () => {
  expect(existsSync(COVERAGE_PAGE) && readFileSync(COVERAGE_PAGE, 'utf8')).toBe(renderCoverage());
});
