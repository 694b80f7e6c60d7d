/**
 * Compares the public API with that of the last tag by jsii-diff, and fails where something breaks that the next version of CHANGELOG.md does
 * not allow to break. The compiled package has to be there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mayBreak, nextVersion, readChangelog, releaseTags, type Version, versionOfTag } from './changelog';

const ROOT = join(__dirname, '../..');
const CACHE = join(ROOT, '.cache/api-diff');

/** The newest release that is an ancestor of what is checked out. */
function lastRelease(): Version | undefined {
  return releaseTags('--merged', 'HEAD').map(versionOfTag).find(version => version !== undefined);
}

/** Compiles the API of a release below the project, where it finds the same dependencies. */
function compiled(version: Version): string {
  const folder = join(CACHE, version.text);
  if (!existsSync(join(folder, '.jsii'))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['--extract', '--directory', folder], { input: execFileSync('git', ['archive', `v${version.text}`], { cwd: ROOT, maxBuffer: 2 ** 30 }) });
    execFileSync(process.execPath, [require.resolve('jsii/bin/jsii'), '--silence-warnings=reserved-word'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return folder;
}

function main(): number {
  if (!existsSync(join(ROOT, '.jsii'))) {
    console.error(".jsii is missing. Run 'npx projen compile' first.");
    return 1;
  }
  const released = lastRelease();
  if (!released) {
    console.log('Nothing is released yet, so there is no API to compare with.');
    return 0;
  }
  const next = nextVersion(readChangelog(), releaseTags());
  const { status } = spawnSync(process.execPath, [require.resolve('jsii-diff/bin/jsii-diff'), '--keys', '--error-on', 'all', compiled(released), ROOT], { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) {
    console.log(`The API keeps what ${released.text} promised.`);
    return 0;
  }
  if (mayBreak(released, next)) {
    console.log(`The API breaks what ${released.text} promised, as ${next.text} may: CHANGELOG.md has to say how to follow.`);
    return 0;
  }
  console.error(`The API breaks what ${released.text} promised, and ${next.text} must not: keep it, or name another version in CHANGELOG.md.`);
  return 1;
}

process.exitCode = main();
