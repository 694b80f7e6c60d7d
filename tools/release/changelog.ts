import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const HEADING = /^## (\d+)\.(\d+)\.(\d+)( \(unreleased\))?$/;

/** A version as semantic versioning writes it. */
export interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The versions of a changelog, the newest first. Every heading of the second level is one. */
export function versionsOf(changelog: string): Version[] {
  return changelog.split('\n').filter(line => line.startsWith('## ')).map(line => {
    const match = HEADING.exec(line);
    if (!match) {
      throw new Error(`CHANGELOG.md: '${line}' names no version; write for example '## 0.2.0 (unreleased)'.`);
    }
    return parts(match.slice(1, 4));
  });
}

/** The version of a tag, for example `v0.2.0`; nothing where it is no version. */
export function versionOfTag(tag: string): Version | undefined {
  const match = /^v(\d+)\.(\d+)\.(\d+)$/.exec(tag.trim());
  return match ? parts(match.slice(1, 4)) : undefined;
}

/** Whether a step from one version to the next may break those who use the first: before 1.0.0 by a new minor, afterwards by a new major. */
export function mayBreak(from: Version, to: Version): boolean {
  return to.major > from.major || (from.major === 0 && to.major === 0 && to.minor > from.minor);
}

/** The version that is released next: the newest of the changelog, which has no tag yet. */
export function nextVersion(changelog: string, tags: readonly string[]): Version {
  const [newest] = versionsOf(changelog);
  if (!newest) {
    throw new Error('CHANGELOG.md names no version.');
  }
  if (tags.includes(`v${newest.text}`)) {
    throw new Error(`CHANGELOG.md: ${newest.text} is released already; say in a section of its own what is new since.`);
  }
  return newest;
}

/** The tags of this repository that releases have, the newest version first. */
export function releaseTags(...options: readonly string[]): string[] {
  return execFileSync('git', ['tag', '--list', 'v*', '--sort=-version:refname', ...options], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** The changelog of this repository. */
export function readChangelog(): string {
  return readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
}

function parts(numbers: readonly string[]): Version {
  const [major, minor, patch] = numbers.map(Number);
  return { text: numbers.join('.'), major, minor, patch };
}
