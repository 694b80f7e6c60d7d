import { readFileSync } from 'fs';
import { join } from 'path';
import { appSource } from './app-source';
import type { ProjectPlan } from './project-plan';
import { testSource } from './test-source';

/** A file of a new project. */
export interface ProjectFile {
  /** Relative to the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The folder of the package, compiled or not. */
const PACKAGE = join(__dirname, '../../..');
const TEMPLATES = join(PACKAGE, 'templates');
/** Where each system looks for its pipeline. */
const PIPELINES = { github: '.github/workflows/platform.yaml', gitlab: '.gitlab-ci.yml' };
/** The registry that the pipelines of the templates log in to. */
const TEMPLATE_REGISTRY = 'ghcr.io';
/** Files that are the same in every project. npm packs no file that is called `.gitignore`. */
const SAME: readonly (readonly [string, string])[] = [
  ['cdk8s.yaml', 'cdk8s.yaml'], ['gitignore', '.gitignore'], ['main.ts', 'main.ts'], ['optimise-less.ts', 'optimise-less.ts'],
  ['tsconfig.json', 'tsconfig.json'], ['watch.mjs', 'watch.mjs'],
];

/** As much of a package.json as is read and changed here. */
interface PackageManifest {
  readonly version: string;
  readonly dependencies: { readonly [name: string]: string };
}

/** A system that runs pipelines. */
export type CiSystem = keyof typeof PIPELINES;

/** The systems that there are pipelines for. */
export const CI_SYSTEMS = Object.keys(PIPELINES) as readonly CiSystem[];

/** Every file of a new project. */
export function projectFiles(plan: ProjectPlan, ci?: CiSystem): ProjectFile[] {
  return [
    ...ci === undefined ? [] : [{ path: PIPELINES[ci], text: pipeline(plan, ci) }],
    { path: 'package.json', text: packageManifest(plan) },
    ...SAME.map(([file, path]) => ({ path, text: readTemplate(`go-microservice/${file}`) })),
    { path: 'app.ts', text: appSource(plan) },
    { path: 'app.test.ts', text: testSource(plan) },
  ].sort((a, b) => a.path < b.path ? -1 : 1);
}

/** That of the template, with the name of the project and this version of the package. */
function packageManifest({ packageName }: ProjectPlan): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as PackageManifest;
  const manifest = JSON.parse(readTemplate('go-microservice/package.json')) as PackageManifest;
  const dependencies = { ...manifest.dependencies, 'cdk8s-golden-path': `^${version}` };
  return `${JSON.stringify({ ...manifest, name: packageName, dependencies }, undefined, 2)}\n`;
}

/** That of the template, with the host of the project's registry. */
function pipeline({ registry }: ProjectPlan, ci: CiSystem): string {
  return readTemplate(`ci/${ci}.yaml`).replaceAll(TEMPLATE_REGISTRY, registry.replace(/\/.*$/, ''));
}

function readTemplate(file: string): string {
  return readFileSync(join(TEMPLATES, file), 'utf8');
}
