import { compareGoVersions, goMinor, isGoVersion } from '../../../lib/images/go/go-version';

test.each(['1.25.0', '1.25', '1.20', '1.26rc1', '1.26beta2'])('%s is a version', version => {
  expect(isGoVersion(version)).toBe(true);
});

test.each(['', 'go1.25.0', '1', '2.0', '1.25.0-acme', '1.25.x', ' 1.25', '1.25.0rc1', 'latest'])("'%s' is none", version => {
  expect(isGoVersion(version)).toBe(false);
});

test('they compare as the go command does', () => {
  const ordered = ['1.9', '1.20', '1.25', '1.25beta1', '1.25rc1', '1.25rc2', '1.25.0', '1.25.9', '1.25.10', '1.26'];
  expect([...ordered].reverse().sort(compareGoVersions)).toEqual(ordered);
  expect(compareGoVersions('1.25.0', '1.25.0')).toBe(0);
});

test('the minor version', () => {
  expect(['1.9', '1.25.3', '1.26rc1', 'x'].map(goMinor)).toEqual([9, 25, 26, 0]);
});
