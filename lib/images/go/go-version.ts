const VERSION = /^1\.(\d+)(?:\.(\d+)|(rc|beta)(\d+))?$/;

/** Whether a text is a version of Go that has an image, for example `1.25.3`, `1.25` or `1.26rc1`. */
export function isGoVersion(version: string): boolean {
  return VERSION.test(version);
}

/** The number behind `1.`. */
export function goMinor(version: string): number {
  return Number(VERSION.exec(version)?.[1] ?? 0);
}

/**
 * Compares as the go command does: `1.25` (the language) < `1.25rc1` < `1.25.0`.
 *
 * @returns below 0 where `a` is older
 * @see https://go.dev/doc/toolchain#version
 */
export function compareGoVersions(a: string, b: string): number {
  const [left, right] = [rank(a), rank(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? 0 : left[at] - right[at];
}

function rank(version: string): number[] {
  const [, minor, patch, kind, number] = VERSION.exec(version) ?? [];
  const maturity = patch !== undefined ? 3 : kind === 'rc' ? 2 : kind === 'beta' ? 1 : 0;
  return [Number(minor ?? 0), maturity, Number(patch ?? number ?? 0)];
}
