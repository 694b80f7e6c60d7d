import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FixtureApp } from './apps/fixture-app';
import { ARTIFACTS, MANIFESTS, Output } from './output';
import { Diagnostics, KubernetesVersion, PlatformApp } from '../../lib';
import { synthesise } from '../support/real-runs/applications';

const ROOT = join(__dirname, '../..');

/** Writes the output of a fixture app below a folder. Whatever it weakens on purpose it must acknowledge. */
export function synthesiseApp({ name, kubernetesVersion, build }: FixtureApp, below: string): Output[] {
  const work = join(below, name);
  mkdirSync(work, { recursive: true });
  const before = process.cwd();
  process.chdir(work);
  try {
    const app = new PlatformApp();
    build(app);
    const warnings = Diagnostics.of(app).warnings();
    if (warnings.length > 0) {
      throw new Error(`the fixture app '${name}' warns:\n${warnings.map(({ code, path, message }) => `  ${code} ${path}: ${message}`).join('\n')}`);
    }
    app.synth();
  } finally {
    process.chdir(before);
  }
  const dist = join(work, 'dist');
  const environments = subfolders(dist);
  const artifacts = [join(work, 'artifacts')].filter(existsSync);
  return arrange(name, join(below, `${name}.judged`), kubernetesVersion, environments.length > 0 ? environments : [dist], artifacts);
}

/** Runs an example as its users do. */
export async function synthesiseExample(source: string, below: string): Promise<Output[]> {
  const { name, manifests, artifacts } = await synthesise(source, below);
  return arrange(`examples/${name}`, join(below, `${name}.judged`), KubernetesVersion.DEFAULT.version, manifests, artifacts);
}

/** What is written by hand for CI, here and in the example of a repository: YAML that we answer for as well. */
export function pipelines(below: string): Output[] {
  return [['repository', '.'], ['pipelines/platform-repo', 'examples/platform-repo']].map(([name, source]) => {
    const directory = join(below, name);
    for (const file of ['.github/workflows', '.gitlab-ci.yml'].filter(each => existsSync(join(ROOT, source, each)))) {
      cpSync(join(ROOT, source, file), join(directory, ARTIFACTS, file), { recursive: true });
    }
    return new Output(name, directory, KubernetesVersion.DEFAULT.version);
  });
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => join(folder, entry.name)).sort();
}

/** One output an environment: their objects have the same names and stand in different clusters. Artefacts go with the first one. */
function arrange(name: string, below: string, kubernetesVersion: string, manifests: readonly string[], artifacts: readonly string[]): Output[] {
  return manifests.map((folder, index) => {
    const environment = manifests.length > 1 ? basename(folder) : undefined;
    const directory = join(below, environment ?? 'all');
    mkdirSync(directory, { recursive: true });
    renameSync(folder, join(directory, MANIFESTS));
    if (index === 0) {
      artifacts.forEach(each => renameSync(each, join(directory, ARTIFACTS)));
    }
    return new Output(environment === undefined ? name : `${name}/${environment}`, directory, kubernetesVersion);
  });
}
