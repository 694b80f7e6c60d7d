import { mayBreak, nextVersion, readChangelog, versionOfTag, versionsOf } from '../../tools/release/changelog';

const version = (text: string) => versionOfTag(`v${text}`)!;

test('the changelog names the versions, the newest first', () => {
  expect(versionsOf('# Changelog\n\n## 0.2.0 (unreleased)\n\nSome.\n\n## 0.1.0\n').map(({ text }) => text)).toEqual(['0.2.0', '0.1.0']);
  expect(() => versionsOf('## Unreleased')).toThrow("CHANGELOG.md: '## Unreleased' names no version; write for example '## 0.2.0 (unreleased)'.");
});

test('that of this repository can be released', () => {
  expect(nextVersion(readChangelog(), []).text).toMatch(/^\d+\.\d+\.\d+$/);
  const numbers = versionsOf(readChangelog()).map(({ major, minor, patch }) => major * 1e6 + minor * 1e3 + patch);
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
});

test('what is released is not released again', () => {
  expect(() => nextVersion('## 0.1.0\n', ['v0.1.0'])).toThrow('CHANGELOG.md: 0.1.0 is released already; say in a section of its own what is new since.');
  expect(() => nextVersion('# Changelog\n', [])).toThrow('CHANGELOG.md names no version.');
  expect(nextVersion('## 0.1.1 (unreleased)\n\n## 0.1.0\n', ['v0.1.0']).text).toBe('0.1.1');
});

test.each([
  ['0.1.0', '0.1.1', false], ['0.1.3', '0.2.0', true], ['0.9.0', '1.0.0', true], ['1.2.0', '1.3.0', false], ['1.2.0', '2.0.0', true],
])('a step from %s to %s may break things: %p', (from, to, expected) => {
  expect(mayBreak(version(from), version(to))).toBe(expected);
});

test.each(['0.1.0', 'v0.1', 'v1.0.0-rc.1', 'latest'])('%p is no tag of a release', tag => {
  expect(versionOfTag(tag)).toBeUndefined();
});
