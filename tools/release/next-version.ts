/** Prints the version that is released next, as CHANGELOG.md names it. */
import { nextVersion, readChangelog, releaseTags } from './changelog';

try {
  console.log(nextVersion(readChangelog(), releaseTags()).text);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
