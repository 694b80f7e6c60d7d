import type { GoRecipe } from './go-recipe';
import { type Stage } from '../dockerfile/dockerfile';
import { type Instruction } from '../dockerfile/instructions';
import { type Mount } from '../dockerfile/mounts';
import { type Command } from '../dockerfile/shell';
import { type Text, text, variable } from '../dockerfile/text';
import { ModuleAccess } from '../go-image-options';
import { type Identity } from '../image-recipe';

/** Where the files lie that an image from nothing takes over. */
export const ROOT = '/rootfs';

const SOURCE = '/src';
const MODULE_CACHE: Mount = { type: 'cache', target: '/go/pkg/mod' };
const BUILD_CACHE: Mount = { type: 'cache', target: '/root/.cache/go-build' };

/** The stages that compile; the last one has the program below /out. */
export function goBuild(recipe: GoRecipe, goVersion: string, identity: Identity): Stage[] {
  const { repository, variant } = recipe.builder(goVersion);
  const toolchain = {
    from: { image: text`${repository}:${variable('GO_VERSION')}-${variant}` },
    platform: text`${variable('BUILDPLATFORM')}`,
  };
  if (recipe.vendored) {
    return [{
      name: 'build',
      description: 'compiles, on the machine that builds for the one that runs',
      ...toolchain,
      instructions: [...environment(recipe), ...rootFiles(recipe, identity), ...compile(recipe)],
    }];
  }
  const deps: Stage = {
    name: 'deps',
    description: 'downloads the modules, again only after go.mod or go.sum changed',
    ...toolchain,
    instructions: [...environment(recipe), ...download(recipe)],
  };
  const build: Stage = {
    name: 'build',
    description: 'compiles, on the machine that builds for the one that runs',
    from: { stage: deps },
    instructions: [...rootFiles(recipe, identity), ...compile(recipe)],
  };
  return [deps, build];
}

function environment(recipe: GoRecipe): Instruction[] {
  const names = Object.keys(recipe.options.buildArgs ?? {}).sort();
  return [
    { instruction: 'WORKDIR', path: SOURCE },
    {
      instruction: 'ENV',
      values: {
        CGO_ENABLED: '0',
        GOFLAGS: recipe.vendored ? '-mod=vendor' : '-mod=readonly',
        GOTOOLCHAIN: 'local',
      },
    },
    ...names.length > 0 ? [{ instruction: 'ARG', names } as const] : [],
  ];
}

function download(recipe: GoRecipe): Instruction[] {
  const { module } = recipe;
  const hosts = sshHosts(recipe);
  const files = [
    'go.mod',
    ...module.isFile('go.sum') ? ['go.sum'] : [],
    ...module.replacementFolders().map(folder => `${folder}/go.mod`),
  ];
  return [
    ...hosts.length > 0 ? [{
      instruction: 'RUN',
      commands: hosts.map<Command>(host => ({ words: ['git', 'config', '--global', `url.ssh://git@${host}/.insteadOf`, `https://${host}/`] })),
    } as const] : [],
    {
      instruction: 'RUN',
      mounts: [...files.map<Mount>(file => ({ type: 'bind', source: file, target: `${SOURCE}/${file}` })), MODULE_CACHE, ...credentials(recipe)],
      commands: [{ env: privacy(recipe), words: ['go', 'mod', 'download', '-x'] }],
    },
  ];
}

/** A user with a name, so that programs which look it up find one, and a folder for temporary files where it is asked for. */
function rootFiles(recipe: GoRecipe, { user, group }: Identity): Instruction[] {
  const { kind, tmp } = recipe.base._facts;
  return kind !== 'scratch' ? [] : [{
    instruction: 'RUN',
    commands: [
      { words: ['install', '-d', `${ROOT}/etc`] },
      { words: ['echo', `nonroot:x:${user}:${group}:nonroot:/:/sbin/nologin`], output: `${ROOT}/etc/passwd` },
      { words: ['echo', `nonroot:x:${group}:`], output: `${ROOT}/etc/group` },
      ...tmp ? [{ words: ['install', '-d', '-m', '1777', `${ROOT}/tmp`] }] : [],
    ],
  }];
}

function compile(recipe: GoRecipe): Instruction[] {
  const { options: { buildTags = [], ldflags = [], versionVariable = 'main.version' }, main, vendored } = recipe;
  const flags = ['-s', '-w', ...ldflags].join(' ');
  const build: Command = {
    env: { ...processor(recipe.platforms), ...privacy(recipe) },
    words: [
      'go', 'build', '-trimpath', '-buildvcs=false',
      ...buildTags.length > 0 ? [`-tags=${buildTags.join(',')}`] : [],
      text`-ldflags=${flags} -X ${versionVariable}=${variable('VERSION')}`,
      '-o', `/out/${recipe.programName()}`, main,
    ],
  };
  return [
    // Only here, so that the modules are downloaded once for all platforms.
    { instruction: 'ARG', names: [...new Set(Object.values(processor(recipe.platforms)).flatMap(variables)), 'VERSION'] },
    {
      instruction: 'RUN',
      mounts: [
        { type: 'bind', target: SOURCE },
        // The download may have been cached on a machine whose cache is gone, so that this fetches modules too.
        ...vendored ? [] : [MODULE_CACHE],
        BUILD_CACHE,
        ...vendored ? [] : credentials(recipe),
      ],
      commands: [build],
    },
  ];
}

/** What the compiler is told of the processor. Variants matter on arm (GOARM=7) and, where somebody asks, on amd64 (GOAMD64=v3). */
function processor(platforms: readonly string[]): { [name: string]: Text } {
  return {
    GOOS: text`${variable('TARGETOS')}`,
    GOARCH: text`${variable('TARGETARCH')}`,
    ...platforms.some(platform => platform.startsWith('linux/arm/')) && { GOARM: [{ variable: 'TARGETVARIANT', withoutPrefix: 'v' }] },
    ...platforms.some(platform => platform.startsWith('linux/amd64/')) && { GOAMD64: text`${variable('TARGETVARIANT')}` },
  };
}

function variables(value: Text): string[] {
  return typeof value === 'string' ? [] : value.flatMap(part => typeof part === 'string' ? [] : [part.variable]);
}

/** For the command alone: checkers take a variable with this name for a secret. */
function privacy({ vendored, options: { privateModules } }: GoRecipe): { [name: string]: Text } {
  return privateModules && !vendored ? { GOPRIVATE: privateModules.patterns.join(',') } : {};
}

/** What the go command needs to fetch modules that are not public. */
function credentials(recipe: GoRecipe): Mount[] {
  const { privateModules } = recipe.options;
  switch (privateModules && (privateModules.access ?? ModuleAccess.SSH)) {
    case ModuleAccess.SSH:
      return [{ type: 'ssh' }, { type: 'secret', id: 'known_hosts', target: '/etc/ssh/ssh_known_hosts' }];
    case ModuleAccess.NETRC:
      return [{ type: 'secret', id: 'netrc', target: '/root/.netrc' }];
    default:
      return [];
  }
}

/** The hosts that git asks by SSH where the go command says HTTPS. */
function sshHosts(recipe: GoRecipe): string[] {
  const { patterns = [], access = ModuleAccess.SSH } = recipe.options.privateModules ?? {};
  return access === ModuleAccess.SSH ? [...new Set(patterns.map(pattern => pattern.split('/')[0]))].sort() : [];
}
