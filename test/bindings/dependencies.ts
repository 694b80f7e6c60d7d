import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../package/compiled';

/** How jsii names a package in the other languages. */
interface Targets {
  readonly python: { readonly distName: string };
  readonly java: { readonly maven: { readonly groupId: string; readonly artifactId: string } };
}

/** A jsii package that ours depends on, as it is installed here. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** Where its npm package is. */
  readonly folder: string;
  readonly targets: Targets;
}

/** Our peers, each after those that it needs itself. */
export function dependencies(): Dependency[] {
  const all = Object.keys(packageFile(ROOT).peerDependencies).map(name => {
    const folder = join(ROOT, 'node_modules', name);
    const { version, jsii, peerDependencies = {} } = packageFile(folder);
    return { name, version, folder, targets: jsii.targets as Targets, needs: Object.keys(peerDependencies) };
  });
  const ordered: typeof all = [];
  while (ordered.length < all.length) {
    const [next] = all.filter(each => !ordered.includes(each))
      .filter(({ needs }) => needs.every(name => ordered.some(each => each.name === name) || !all.some(each => each.name === name)));
    ordered.push(next);
  }
  return ordered;
}

/** The generator of code, whose version decides what it generates. */
export const PACMAK = packageFile(join(ROOT, 'node_modules/jsii-pacmak')).version as string;

export function describe({ name, version }: Dependency): string {
  return `${name} ${version}`;
}

/** One line on which dependencies came from where. */
export function origins(found: ReadonlyMap<Dependency, string>): string {
  const places = [...new Set(found.values())];
  return places.map(place => `${[...found].filter(([, where]) => where === place).map(([dependency]) => describe(dependency)).join(', ')} ${place}`).join('; ');
}

function packageFile(folder: string): any {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
