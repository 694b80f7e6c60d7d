import type { PlannedBuild } from './planned-build';
import { stringifyDocuments } from '../../synthesis/yaml';

/**
 * The configuration of ko, for the Go programs that it can build. It is named by KO_CONFIG_PATH.
 *
 * @see https://ko.build/configuration/
 */
export function koFile(builds: readonly PlannedBuild[]): string {
  const known = builds.flatMap(({ name, plan }) => plan.ko ? [{ name, ko: plan.ko, platforms: plan.platforms }] : []);
  return stringifyDocuments([{
    defaultBaseImage: known.find(({ ko }) => ko.base !== undefined)?.ko.base ?? 'gcr.io/distroless/static-debian13:nonroot',
    defaultPlatforms: [...new Set(known.flatMap(({ platforms }) => platforms))].sort(),
    ...Object.keys(overrides(known)).length > 0 && { baseImageOverrides: overrides(known) },
    builds: known.map(({ name, ko: { dir, main, env, flags, ldflags } }) => ({ id: name, dir, main, env, flags, ldflags })),
  }]);
}

/** The bases by import path: ko knows no other name of a program. */
function overrides(known: readonly { readonly ko: NonNullable<PlannedBuild['plan']['ko']> }[]): { [importPath: string]: string } {
  return Object.fromEntries(known.filter(({ ko }) => ko.base !== undefined).map(({ ko }) => [ko.importPath, ko.base!]));
}
