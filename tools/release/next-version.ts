/** Prints the version that is released next, as CHANGELOG.md names it. */
import { execFileSync } from 'node:child_process';
import { nextVersion, readChangelog } from './changelog';

try {
  const tags = execFileSync('git', ['tag', '--list', 'v*'], { encoding: 'utf8' }).split('\n');
  console.log(nextVersion(readChangelog(), tags).text);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
