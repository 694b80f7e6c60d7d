import type { GoLanguage } from './go-language';
import { type Stage } from '../dockerfile/dockerfile';
import { type Instruction, type RunInstruction, type ScriptInstruction } from '../dockerfile/instructions';
import { type Mount } from '../dockerfile/mounts';
import { type Command, renderWords } from '../dockerfile/shell';
import { type Text, text, variable } from '../dockerfile/text';
import { ModuleAccess } from '../go-image-options';
import { ImageBase } from '../image-base';
import type { KoBuild } from '../image-recipe';
import { installCross, nameTarget } from '../recipe/cross';
import { APP, ROOT } from '../recipe/final-stage';
import type { LanguageContext, LanguagePlan } from '../recipe/language';
import { rawAt } from '../recipe/raw';
import { secretMounts } from '../recipe/secrets';
import { below } from '../source-folder';

const SOURCE = '/src';
const MODULE_CACHE: Mount = { type: 'cache', target: '/go/pkg/mod' };
const BUILD_CACHE: Mount = { type: 'cache', target: '/root/.cache/go-build' };
const DELVE = 'github.com/go-delve/delve/cmd/dlv';
const DELVE_VERSION = '1.27.2';

/** The stages that compile a Go program, and what is taken out of them. */
export function goPlan(go: GoLanguage, goVersion: string, context: LanguageContext): Omit<LanguagePlan, 'ignore'> {
  const { builderRepository = 'golang', builderVariant = go.debian } = go.options;
  const written = context.write({
    repository: builderRepository,
    tag: `-${builderVariant}`,
    version: { name: 'GO_VERSION', default: goVersion, description: `is the Go that compiles${go.options.goVersion === undefined ? ', as go.mod says' : ''}` },
  });
  const toolchain = { from: { image: written.image }, platform: text`${variable('BUILDPLATFORM')}` };
  const deps: Stage = {
    name: 'deps',
    description: 'downloads the modules, again only after go.mod or go.sum changed',
    ...toolchain,
    instructions: [...environment(go), ...download(go), ...rawAt(go.options, 'afterDependencies')],
  };
  /** A stage behind the modules, which come with the sources where they are vendored. */
  const behindModules = (name: string, description: string, instructions: readonly Instruction[]): Stage => go.vendored
    ? { name, description, ...toolchain, instructions: [...environment(go), ...rawAt(go.options, 'afterDependencies'), ...instructions] }
    : { name, description, from: { stage: deps }, instructions };
  const build = behindModules('build', 'compiles, on the machine that builds for the one that runs', [
    ...rootFiles(go, context),
    ...go.options.cgo ? [{ instruction: 'ARG', names: ['TARGETARCH', 'TARGETVARIANT'] } as const, installCross(go.platforms)] : [],
    ...rawAt(go.options, 'beforeBuild'),
    ...compile(go),
  ]);
  const delve = go.options.delve && behindModules('build-delve', 'compiles with everything that a debugger wants to see', compileForDelve(go));
  return {
    arguments: written.argument ? [written.argument] : [],
    stages: [...go.vendored ? [] : [deps], build],
    targets: tests(go, behindModules),
    program: go.binaries().map(([, binary]) => copyProgram(build, binary)),
    env: {},
    entrypoint: [go.programPath()],
    ...delve && {
      debugger: {
        name: 'delve',
        description: `is final under the debugger of Go, on port ${go.options.delve!.port ?? 2345}: --target delve`,
        stage: delve,
        port: go.options.delve!.port ?? 2345,
        program: [...go.binaries().map(([, binary]) => copyProgram(delve, binary)), { instruction: 'COPY', from: delve, sources: ['/out/dlv'], destination: '/dlv' }],
        entrypoint: [
          '/dlv', 'exec', go.programPath(), '--headless', `--listen=:${go.options.delve!.port ?? 2345}`,
          '--api-version=2', '--accept-multiclient', '--continue', '--',
        ],
      },
    },
    usesSsh: access(go) === ModuleAccess.SSH,
    secrets: [
      ...access(go) === ModuleAccess.SSH ? [{ id: 'known_hosts', source: '~/.ssh/known_hosts' }] : [],
      ...access(go) === ModuleAccess.NETRC ? [{ id: 'netrc', source: '~/.netrc' }] : [],
      ...go.options.secrets ?? [],
    ],
    ...!go.options.cgo && { ko: koBuild(go, context) },
  };
}

/** ko compiles by itself, without a Dockerfile. */
function koBuild(go: GoLanguage, { write }: LanguageContext): KoBuild {
  const runtime = go.runtime(go.options.base ?? ImageBase.distroless());
  const image = 'message' in runtime ? undefined : runtime.image;
  const written = image && write(image);
  return {
    dir: go.module.folder,
    main: go.main,
    importPath: below(go.goMod?.module ?? '', go.main.replace(/^\.\/?/, '')),
    ...written && { base: `${written.reference}${written.digest === undefined ? '' : `@${written.digest}`}` },
    env: ['CGO_ENABLED=0'],
    flags: ['-trimpath', ...tags(go)],
    ldflags: ['-s', '-w', ...go.options.ldflags ?? [], `-X ${go.options.versionVariable ?? 'main.version'}={{.Env.VERSION}}`],
  };
}

function copyProgram(from: Stage, binary: string): Instruction {
  return { instruction: 'COPY', from, sources: [`/out/${binary}`], destination: `${APP}/${binary}` };
}

function environment(go: GoLanguage): Instruction[] {
  const names = Object.keys(go.options.buildArgs ?? {}).sort();
  return [
    { instruction: 'WORKDIR', path: below(SOURCE, go.inside) },
    {
      instruction: 'ENV',
      values: {
        CGO_ENABLED: go.options.cgo ? '1' : '0',
        GOFLAGS: go.vendored ? '-mod=vendor' : '-mod=readonly',
        GOTOOLCHAIN: 'local',
      },
    },
    ...names.length > 0 ? [{ instruction: 'ARG', names } as const] : [],
  ];
}

function download(go: GoLanguage): Instruction[] {
  const { module } = go;
  const hosts = sshHosts(go);
  const files = [
    ...module.workspace() ? ['go.work', 'go.work.sum'] : [],
    // The sums of a replaced module are in the go.sum of the one that replaces it.
    ...module.modules().flatMap(folder => [below(folder, 'go.mod'), ...folder === module.inside || module.workspace() ? [below(folder, 'go.sum')] : []]),
  ].filter(file => !file.endsWith('.sum') || module.contextHasFile(file));
  return [
    ...hosts.length > 0 ? [{
      instruction: 'RUN',
      commands: hosts.map<Command>(host => ({ words: ['git', 'config', '--global', `url.ssh://git@${host}/.insteadOf`, `https://${host}/`] })),
    } as const] : [],
    // What cannot be asked for in advance is fetched by the compilation, into the same cache.
    ...module.workspaceRequiresItself() ? [] : [{
      instruction: 'RUN',
      mounts: [...files.map<Mount>(file => ({ type: 'bind', source: file, target: `${SOURCE}/${file}` })), MODULE_CACHE, ...credentials(go)],
      commands: [{ env: privacy(go), words: ['go', 'mod', 'download', '-x'] }],
    } as const],
  ];
}

/** A user with a name, so that programs which look it up find one, and a folder for temporary files where it is asked for. */
function rootFiles(go: GoLanguage, { identity: { user, group } }: LanguageContext): Instruction[] {
  const { kind, tmp } = go.options.base?._facts ?? {};
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

function compile(go: GoLanguage): Instruction[] {
  const { options: { ldflags = [], versionVariable = 'main.version', cgo = false } } = go;
  const flags = ['-s', '-w', ...ldflags].join(' ');
  const build = buildCommand(go, [text`-ldflags=${flags} -X ${versionVariable}=${variable('VERSION')}`]);
  const mounts = sourceMounts(go);
  return [
    // Only here, so that the modules are downloaded once for all platforms.
    { instruction: 'ARG', names: [...platformArguments(go), 'VERSION'] },
    cgo ? withCompiler(go, mounts, build) : { instruction: 'RUN', mounts, commands: [...generate(go), build] },
  ];
}

/** Another processor's C compiler has its name in front; for its own there is one already. */
function withCompiler(go: GoLanguage, mounts: readonly Mount[], build: Command): ScriptInstruction {
  return {
    instruction: 'RUN <<',
    mounts,
    lines: [
      ...nameTarget(go.platforms, ['cc', 'arch']),
      'if [ "${arch}" != "$(dpkg --print-architecture)" ]; then export CC="${cc}"; fi',
      ...[...generate(go), build].map(command => renderWords(command).join(' ')),
    ],
  };
}

/** One program takes a name; several get those of their folders. */
function buildCommand(go: GoLanguage, flags: readonly Text[]): Command {
  return {
    env: { ...processor(go), ...privacy(go) },
    words: ['go', 'build', '-trimpath', '-buildvcs=false', ...tags(go), ...flags, '-o', go.mains.length > 1 ? '/out/' : `/out/${go.programName()}`, ...go.mains],
  };
}

function compileForDelve(go: GoLanguage): Instruction[] {
  const { version = DELVE_VERSION } = go.options.delve!;
  const env = processor(go);
  return [
    { instruction: 'ARG', names: platformArguments(go) },
    {
      instruction: 'RUN',
      mounts: sourceMounts(go),
      commands: [
        ...generate(go),
        // Compiled for another processor it lies in a folder of that one's name.
        { env: { ...env, CGO_ENABLED: '0', GOFLAGS: '' }, words: ['go', 'install', '-trimpath', `${DELVE}@v${version}`] },
        { words: ['find', '/go/bin', '-name', 'dlv', '-exec', 'install', '-D', '{}', '/out/dlv', ';'] },
        { env: { ...env, ...privacy(go) }, words: ['go', 'build', '-buildvcs=false', ...tags(go), '-gcflags=all=-N -l', '-o', go.mains.length > 1 ? '/out/' : `/out/${go.programName()}`, ...go.mains] },
      ],
    },
  ];
}

function tests(go: GoLanguage, behindModules: (name: string, description: string, instructions: readonly Instruction[]) => Stage): LanguagePlan['targets'] {
  if (!go.options.tests) {
    return [];
  }
  const { packages = ['./...'], race = true, coverage = true } = go.options.tests;
  const run = (...commands: readonly Command[]): RunInstruction => ({ instruction: 'RUN', mounts: sourceMounts(go), commands: [...generate(go), ...commands] });
  // The race detector is linked with C.
  const env: { [name: string]: Text } = { ...privacy(go), ...race && { CGO_ENABLED: '1' } };
  const flags = [...tags(go), ...race ? ['-race'] : []];
  const test = behindModules('test', `tests, on the machine that builds${race ? ' and with the race detector' : ''}: --target test`, [
    run({ env: privacy(go), words: ['go', 'vet', ...tags(go), ...packages] }, { env, words: ['go', 'test', ...flags, ...packages] }),
  ]);
  const measure = behindModules('measure', 'tests, and notes which lines run', [
    run(
      { words: ['mkdir', '-p', '/out'] },
      { env, words: ['go', 'test', ...flags, '-covermode=atomic', '-coverprofile=/out/coverage.out', ...packages] },
      { words: ['go', 'tool', 'cover', '-html=/out/coverage.out', '-o', '/out/coverage.html'] },
    ),
  ]);
  const result: Stage = {
    name: 'coverage',
    description: 'is what was measured, as files: --target coverage --output coverage',
    from: 'scratch',
    instructions: [{ instruction: 'COPY', from: measure, sources: ['/out/'], destination: '/' }],
  };
  return [{ stage: test, kind: 'check' }, ...coverage ? [{ stage: measure, kind: 'part' }, { stage: result, kind: 'files' }] as const : []];
}

/** What is mounted wherever something is compiled. */
function sourceMounts(go: GoLanguage): Mount[] {
  return [
    { type: 'bind', target: SOURCE, ...go.options.generate && { writable: true } },
    // The download may have been cached on a machine whose cache is gone, so that this fetches modules too.
    ...go.vendored ? [] : [MODULE_CACHE],
    BUILD_CACHE,
    ...go.vendored ? secretMounts(go.options) : credentials(go),
  ];
}

/** Code is generated where its sources are, so by the command that needs it. */
function generate(go: GoLanguage): Command[] {
  const { generate: packages } = go.options;
  return packages ? [{ env: privacy(go), words: ['go', 'generate', ...tags(go), ...packages] }] : [];
}

function tags({ options: { buildTags = [] } }: GoLanguage): string[] {
  return buildTags.length > 0 ? [`-tags=${buildTags.join(',')}`] : [];
}

/** What the compiler is told of the processor. Variants matter on arm (GOARM=7) and, where somebody asks, on amd64 (GOAMD64=v3). */
function processor({ platforms }: GoLanguage): { [name: string]: Text } {
  return {
    GOOS: text`${variable('TARGETOS')}`,
    GOARCH: text`${variable('TARGETARCH')}`,
    ...platforms.some(platform => platform.startsWith('linux/arm/')) && { GOARM: [{ variable: 'TARGETVARIANT', withoutPrefix: 'v' }] },
    ...platforms.some(platform => platform.startsWith('linux/amd64/')) && { GOAMD64: text`${variable('TARGETVARIANT')}` },
  };
}

function platformArguments(go: GoLanguage): string[] {
  return [...new Set(Object.values(processor(go)).flatMap(variables))];
}

function variables(value: Text): string[] {
  return typeof value === 'string' ? [] : value.flatMap(part => typeof part === 'string' ? [] : [part.variable]);
}

/** For the command alone: checkers take a variable with this name for a secret. */
function privacy({ vendored, options: { privateModules } }: GoLanguage): { [name: string]: Text } {
  return privateModules && !vendored ? { GOPRIVATE: privateModules.patterns.join(',') } : {};
}

function access({ vendored, options: { privateModules } }: GoLanguage): ModuleAccess {
  return privateModules && !vendored ? privateModules.access ?? ModuleAccess.SSH : ModuleAccess.NONE;
}

/** What the go command needs to fetch modules that are not public. */
function credentials(go: GoLanguage): Mount[] {
  const own: Mount[] = {
    [ModuleAccess.SSH]: [{ type: 'ssh' }, { type: 'secret', id: 'known_hosts', target: '/etc/ssh/ssh_known_hosts' }] as Mount[],
    [ModuleAccess.NETRC]: [{ type: 'secret', id: 'netrc', target: '/root/.netrc' }] as Mount[],
    [ModuleAccess.NONE]: [],
  }[access(go)];
  return [...own, ...secretMounts(go.options)];
}

/** The hosts that git asks by SSH where the go command says HTTPS. */
function sshHosts(go: GoLanguage): string[] {
  const { patterns = [] } = go.options.privateModules ?? {};
  return access(go) === ModuleAccess.SSH ? [...new Set(patterns.map(pattern => pattern.split('/')[0]))].sort() : [];
}
