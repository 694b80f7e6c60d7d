import type { JavaLanguage } from './java-language';
import { type Stage } from '../dockerfile/dockerfile';
import { type Instruction } from '../dockerfile/instructions';
import { type Mount } from '../dockerfile/mounts';
import { type Command } from '../dockerfile/shell';
import { text, variable } from '../dockerfile/text';
import { APP } from '../recipe/final-stage';
import type { LanguageContext, LanguagePlan } from '../recipe/language';
import { rawAt } from '../recipe/raw';
import { secretMounts } from '../recipe/secrets';

const SOURCE = '/src';
const OUT = '/out';
const MAVEN_VERSION = '3.9.11';
const REPOSITORY: Mount = { type: 'cache', target: '/root/.m2/repository' };
const MAVEN = ['mvn', '--batch-mode', '--no-transfer-progress'];
/** What changes least comes first. */
const LAYERS = ['dependencies', 'spring-boot-loader', 'snapshot-dependencies', 'application'];

/** The stages in which Maven builds, and what is taken out of them. */
export function javaPlan(java: JavaLanguage, jar: string, context: LanguageContext): LanguagePlan {
  const { options, layered } = java;
  const written = context.write({
    repository: options.builderRepository ?? 'maven',
    tag: `-${options.builderVariant ?? `eclipse-temurin-${java.version}`}`,
    version: { name: 'MAVEN_VERSION', default: options.mavenVersion ?? MAVEN_VERSION, description: 'is the Maven that builds' },
  });
  const names = Object.keys(options.buildArgs ?? {}).sort();
  const deps: Stage = {
    name: 'deps',
    description: 'downloads what the project depends on, again only after pom.xml changed',
    from: { image: written.image },
    // What it compiles runs on every processor.
    platform: text`${variable('BUILDPLATFORM')}`,
    instructions: [
      { instruction: 'WORKDIR', path: SOURCE },
      ...names.length > 0 ? [{ instruction: 'ARG', names } as const] : [],
      {
        instruction: 'RUN',
        mounts: [{ type: 'bind', source: 'pom.xml', target: `${SOURCE}/pom.xml` }, REPOSITORY, ...secretMounts(options)],
        commands: [{ words: [...MAVEN, 'dependency:go-offline'] }],
      },
      ...rawAt(options, 'afterDependencies'),
    ],
  };
  const build: Stage = {
    name: 'build',
    description: 'compiles and packages, on the machine that builds',
    from: { stage: deps },
    instructions: [
      ...rawAt(options, 'beforeBuild'),
      {
        instruction: 'RUN',
        // Maven writes beside its sources; what is wanted of that is copied out.
        mounts: [{ type: 'bind', target: SOURCE, writable: true }, REPOSITORY, ...secretMounts(options)],
        commands: pack(java, jar),
      },
    ],
  };
  return {
    arguments: written.argument ? [written.argument] : [],
    stages: [deps, build],
    targets: [],
    program: layered
      ? LAYERS.map<Instruction>(layer => ({ instruction: 'COPY', from: build, sources: [`${OUT}/layers/${layer}/`], destination: `${APP}/` }))
      : [
        ...options.mainClass === undefined ? [] : [{ instruction: 'COPY', from: build, sources: [`${OUT}/lib/`], destination: `${APP}/lib/` } as const],
        { instruction: 'COPY', from: build, sources: [`${OUT}/app.jar`], destination: java.programPath() },
      ],
    env: { LANG: 'C.UTF-8' },
    entrypoint: [
      java.interpreter(), ...java.jvmFlags,
      ...options.mainClass === undefined ? ['-jar', java.programPath()] : ['-cp', `${java.programPath()}:${APP}/lib/*`, options.mainClass],
    ],
    ignore: [
      { comment: 'the project', allow: ['pom.xml'] },
      { comment: 'what it compiles', allow: ['src/main'], folders: true },
    ],
    usesSsh: false,
    secrets: options.secrets ?? [],
  };
}

function pack({ options, layered }: JavaLanguage, jar: string): Command[] {
  return [
    { words: [...MAVEN, '-DskipTests', 'package', ...options.mainClass === undefined ? [] : ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${OUT}/lib`]] },
    { words: ['install', '-D', '-m', '644', `target/${jar}`, `${OUT}/app.jar`] },
    // A project that depends on nothing has no such folder.
    ...options.mainClass === undefined ? [] : [{ words: ['mkdir', '-p', `${OUT}/lib`] }],
    ...layered ? [
      { words: ['java', '-Djarmode=tools', '-jar', `${OUT}/app.jar`, 'extract', '--layers', '--destination', `${OUT}/layers`] },
      { words: ['mkdir', '-p', ...LAYERS.map(layer => `${OUT}/layers/${layer}`)] },
    ] : [],
  ];
}
