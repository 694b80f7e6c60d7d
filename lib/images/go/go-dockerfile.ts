import { goBuild, ROOT } from './go-build';
import { insideOf } from './go-module';
import type { GoRecipe } from './go-recipe';
import { sortedEntries } from '../../definition/json';
import { type Dockerfile, type GlobalArgument, type Stage, type StageBase } from '../dockerfile/dockerfile';
import { type CopyInstruction, type Instruction } from '../dockerfile/instructions';
import { type Command, renderWords } from '../dockerfile/shell';
import { type Text, text, variable } from '../dockerfile/text';
import { ModuleAccess } from '../go-image-options';
import { type RecipeContext } from '../image-recipe';

const DEBUG_IMAGE = 'gcr.io/distroless/static-debian13:debug-nonroot';
const WORKDIR = '/app';

/** Arguments that every Dockerfile of this library has, with defaults that say where they come from. */
const STAMPS: readonly GlobalArgument[] = [
  { name: 'VERSION', default: '0.0.0-dev', description: 'is the version of the program, the tag of the image' },
  { name: 'REVISION', default: 'unknown', description: 'is the commit: "$(git rev-parse HEAD)"' },
  { name: 'CREATED', default: '1970-01-01T00:00:00Z', description: 'is the time of the commit: "$(git log -1 --format=%cI)"' },
  { name: 'SOURCE_DATE_EPOCH', default: '0', description: 'is the same in seconds, for every time stamp of the image: "$(git log -1 --format=%ct)"' },
];

/** The Dockerfile of a Go program. */
export function goDockerfile(recipe: GoRecipe, goVersion: string, context: RecipeContext): Dockerfile {
  const { kind, version } = recipe.base._facts;
  const build = goBuild(recipe, goVersion, context.identity);
  const runtime = { recipe, context, build: build.at(-1)! };
  return {
    ...context.frontend && { frontend: context.frontend },
    header: header(recipe, context),
    arguments: [
      { name: 'GO_VERSION', default: goVersion, description: `is the Go that compiles${recipe.options.goVersion === undefined ? ', as go.mod says' : ''}` },
      ...kind === 'alpine' ? [{ name: 'ALPINE_VERSION', default: version!, description: 'is the Alpine Linux that the program runs on' }] : [],
      ...STAMPS,
      ...sortedEntries(recipe.options.buildArgs).map(([name, value]) => ({ name, default: value, description: 'is read by the go command' })),
    ],
    stages: [
      ...build,
      ...recipe.debugTarget ? [debugStage(runtime)] : [],
      finalStage(runtime),
    ],
  };
}

function header(recipe: GoRecipe, { imageName, services, dockerfilePath, repositories }: RecipeContext): string[] {
  const { privateModules } = recipe.options;
  const access = recipe.vendored || !privateModules ? ModuleAccess.NONE : privateModules.access ?? ModuleAccess.SSH;
  const command: Command = {
    words: [
      'docker', 'buildx', 'build', '-f', dockerfilePath, '--platform', recipe.platforms.join(','),
      ...access === ModuleAccess.SSH ? ['--ssh', 'default', '--secret', text`id=known_hosts,src=${variable('HOME')}/.ssh/known_hosts`] : [],
      ...access === ModuleAccess.NETRC ? ['--secret', text`id=netrc,src=${variable('HOME')}/.netrc`] : [],
      '--build-arg', text`VERSION=${variable('VERSION')}`,
      ...repositories.flatMap<Text>(repository => ['-t', text`${repository}:${variable('VERSION')}`]),
      recipe.module.folder,
    ],
  };
  return [
    `The image '${imageName}', which ${services.map(name => `'${name}'`).join(' and ')} ${services.length > 1 ? 'run' : 'runs'}. Written by cdk8s-golden-path: change the definition, not this file.`,
    'Build it in the folder where the app is synthesised; --push publishes it:',
    '',
    `  ${renderWords(command).join(' ')}`,
  ];
}

interface Runtime {
  readonly recipe: GoRecipe;
  readonly context: RecipeContext;
  readonly build: Stage;
}

function debugStage(runtime: Runtime): Stage {
  return {
    name: 'debug',
    description: 'is final with a shell, for looking around: --target debug',
    from: { image: DEBUG_IMAGE },
    instructions: program(runtime),
  };
}

function finalStage(runtime: Runtime): Stage {
  const { recipe, context } = runtime;
  return {
    name: 'final',
    description: 'is what runs',
    from: base(recipe),
    instructions: [
      ...systemFiles(runtime),
      ...program(runtime),
      // Last, because every build changes them.
      { instruction: 'ARG', names: ['CREATED', 'REVISION', 'VERSION', ...recipe.base._facts.kind === 'alpine' ? ['ALPINE_VERSION'] : []].sort() },
      { instruction: 'LABEL', labels: labels(recipe, context) },
    ],
  };
}

function base(recipe: GoRecipe): StageBase {
  const image = baseImage(recipe);
  return image === undefined ? 'scratch' : { image };
}

function baseImage(recipe: GoRecipe): Text | undefined {
  const { kind, reference } = recipe.base._facts;
  return kind === 'alpine' ? text`alpine:${variable('ALPINE_VERSION')}` : reference;
}

/** What a static program expects of its system; copied from Debian, because running a package manager for another processor needs emulation. */
function systemFiles({ recipe, build }: Runtime): Instruction[] {
  const { kind } = recipe.base._facts;
  if (kind !== 'scratch' && kind !== 'alpine') {
    return [];
  }
  const copy = (path: string): CopyInstruction => ({ instruction: 'COPY', from: build, sources: [path], destination: path });
  return [
    copy('/etc/ssl/certs/ca-certificates.crt'),
    copy('/usr/share/zoneinfo/'),
    ...kind === 'scratch' ? [{ instruction: 'COPY', from: build, sources: [`${ROOT}/`], destination: '/' } as const] : [],
  ];
}

/** The program and how it is run: the same in every target. */
function program({ recipe, context: { ports, identity }, build }: Runtime): Instruction[] {
  const binary = recipe.programName();
  return [
    { instruction: 'WORKDIR', path: WORKDIR },
    ...sortedEntries(recipe.options.files).map(([path, source]) => copyFile(recipe, path, source)),
    { instruction: 'COPY', from: build, sources: [`/out/${binary}`], destination: `${WORKDIR}/${binary}` },
    ...ports.length > 0 ? [{ instruction: 'EXPOSE', ports } as const] : [],
    { instruction: 'STOPSIGNAL', signal: 'SIGTERM' },
    // Kubernetes asks its own probes.
    { instruction: 'HEALTHCHECK NONE' },
    { instruction: 'USER', ...identity },
    { instruction: 'ENTRYPOINT', command: [`${WORKDIR}/${binary}`] },
  ];
}

function copyFile(recipe: GoRecipe, path: string, source: string): Instruction {
  const inside = insideOf(source) ?? '.';
  const slash = recipe.module.isDirectory(inside) ? '/' : '';
  return { instruction: 'COPY', sources: [`${inside}${slash}`], destination: `${path.replace(/\/+$/, '')}${slash}` };
}

function labels(recipe: GoRecipe, { imageName }: RecipeContext): { [name: string]: Text } {
  const { title = imageName, description, source, licenses, vendor, labels: others } = recipe.options.metadata ?? {};
  const image = baseImage(recipe);
  const name = recipe.base._facts.kind === 'alpine' ? text`docker.io/library/${image!}` : image;
  const values = {
    title,
    description,
    source,
    licenses,
    vendor,
    'version': text`${variable('VERSION')}`,
    'revision': text`${variable('REVISION')}`,
    'created': text`${variable('CREATED')}`,
    'base.name': name,
  };
  return {
    ...Object.fromEntries(Object.entries(values).flatMap(([key, value]) => value === undefined ? [] : [[`org.opencontainers.image.${key}`, value]])),
    ...others,
  };
}
