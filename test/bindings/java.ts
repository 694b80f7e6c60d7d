import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { dependencies, type Dependency, origins, PACMAK } from './dependencies';
import { CACHE, generated } from './generator';
import { type Installed, sourcesOf } from './programs';
import { build, demand } from './toolchain';
import { run } from '../support/real-runs/processes';

/** A repository of its own, so that what is generated here is in nobody's way. */
const REPOSITORY = join(CACHE, 'maven');
const GENERATED = 'generated from the npm packages, and installed in a local repository';
const PUBLISHED = 'from the repository of Maven';
const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const FLAGS = ['--batch-mode', '--quiet', `-Dmaven.repo.local=${REPOSITORY}`, '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true'];

/** Installs the artefact in a local repository, with the dependencies that no repository has, and compiles the programs against it. */
export async function installJava(own: string, folder: string): Promise<Installed> {
  const version = await demand('java', ['-version'], /version "(\d+(?:\.\d+)*)/, [17]);
  const maven = await demand('mvn', ['--version'], /Maven (\d+\.\d+\.\d+)/, [3, 6]);
  await demand('javac', ['-version'], /javac (\d+(?:\.\d+)*)/, [17]);
  const found = new Map<Dependency, string>();
  for (const dependency of dependencies()) {
    found.set(dependency, await provide(dependency));
  }
  await build('mvn', [...FLAGS, 'install'], { cwd: join(own, 'java') });
  cpSync(sourcesOf('java'), folder, { recursive: true });
  const list = join(folder, 'classpath');
  await build('mvn', [...FLAGS, 'compile', `${DEPENDENCY_PLUGIN}:build-classpath`, `-Dmdep.outputFile=${list}`], { cwd: folder });
  const classpath = [join(folder, 'target/classes'), readFileSync(list, 'utf8').trim()].join(delimiter);
  return {
    remark: `Java ${version}, Maven ${maven}, the artefact installed; ${origins(found)}`,
    command: program => ['java', '-cp', classpath, `com.acme.${className(program)}`],
  };
}

/** Once for each version: fetches a dependency, or generates it and installs it; says which. */
async function provide(dependency: Dependency): Promise<string> {
  const { groupId, artifactId } = dependency.targets.java.maven;
  const mark = join(REPOSITORY, `.${groupId}-${artifactId}-${dependency.version}-pacmak-${PACMAK}`);
  if (existsSync(mark)) {
    return readFileSync(mark, 'utf8');
  }
  const artifact = `${groupId}:${artifactId}:${dependency.version}`;
  const { status } = await run('mvn', [...FLAGS, `${DEPENDENCY_PLUGIN}:get`, '-Dtransitive=false', `-Dartifact=${artifact}`], { timeoutSeconds: 300 });
  if (status !== 0) {
    await build('mvn', [...FLAGS, 'install'], { cwd: join(await generated(dependency), 'java') });
  }
  const origin = status === 0 ? PUBLISHED : GENERATED;
  mkdirSync(REPOSITORY, { recursive: true });
  writeFileSync(mark, origin);
  return origin;
}

function className(program: string): string {
  return program.split('-').map(word => word[0].toUpperCase() + word.slice(1)).join('');
}
