import { DistrolessFlavor, GoImage, type GoImageOptions, ImageBase } from '../../../lib';
import { dockerfileOf, faultsOf, ignoreFileOf } from '../fake-service';
import { inFolderWith } from '../module-folder';

const MOD = (name: string, rest = ''): string => `module example.com/${name}\n\ngo 1.25.0\n${rest}`;
const MAIN = 'package main\n\nfunc main() {}\n';

inFolderWith({
  'go.work': 'go 1.26.0\n\ntoolchain go1.26.3\n\nuse (\n\t./services/orders\n\t./shared\n)\n\nreplace example.com/other => ./other\n',
  'services/orders/go.mod': MOD('orders'),
  'services/orders/cmd/server/main.go': `${MAIN}\n//go:embed static\nvar static string\n`,
  'services/orders/cmd/server/static/a': '',
  'services/orders/cmd/migrate/main.go': MAIN,
  'services/orders/tools/migrate/main.go': MAIN,
  'services/orders/main.go': MAIN,
  'shared/go.mod': MOD('shared'),
  'shared/shared.go': 'package shared\n\n//go:embed mail.txt\nvar mail string\n',
  'shared/mail.txt': '',
  'other/go.mod': MOD('other'),
  'alone/go.mod': MOD('alone', '\nrequire example.com/shared v0.0.0\n\nreplace example.com/shared => ../shared\n'),
  'alone/main.go': MAIN,
  'entangled/go.work': 'go 1.25.0\n\nuse ./a\nuse ./b\n',
  'entangled/a/go.mod': MOD('a', '\nrequire example.com/b v0.0.0\n'),
  'entangled/a/main.go': MAIN,
  'entangled/b/go.mod': MOD('b'),
  'broken/go.work': 'go 1.25.0\n\nuse (\n\t.\n\t./gone\n)\n',
  'broken/go.mod': MOD('broken'),
  'broken/main.go': MAIN,
});

const orders = (options: GoImageOptions = {}): GoImage => GoImage.fromModule('services/orders', { context: '.', main: './cmd/server', ...options });
const faults = (options: GoImageOptions, path = 'services/orders'): string[] => faultsOf(GoImage.fromModule(path, { main: './cmd/server', ...options }));

describe('a workspace', () => {
  test('is read as a whole, and built in the folder of its module', () => {
    const text = dockerfileOf(orders());
    expect(text).toMatch(/\n# {3}docker buildx build .* \.\n/);
    expect(text).toContain('ARG GO_VERSION=1.26.3\n');
    expect(text).toContain('WORKDIR /src/services/orders\n');
    expect([...text.matchAll(/--mount=type=bind,source=(\S+),target=\/src\/(\S+)/g)].map(([, source, target]) => [source, source === target])).toEqual([
      ['go.work', true], ['services/orders/go.mod', true], ['shared/go.mod', true], ['other/go.mod', true],
    ]);
    expect(text).toContain('-o /out/server ./cmd/server\n');
  });

  test('whose modules require each other is not downloaded in advance', () => {
    const image = GoImage.fromModule('entangled/a', { context: 'entangled' });
    expect(dockerfileOf(image)).not.toContain('go mod download');
    expect(dockerfileOf(image)).toContain('--mount=type=cache,target=/go/pkg/mod');
  });

  test('its modules, and what they embed, are admitted', () => {
    const rules = ignoreFileOf(orders()).split('\n').filter(line => line.startsWith('!'));
    expect(rules).toEqual(expect.arrayContaining(['!go.work', '!shared/go.mod', '!shared/**/*.go', '!services/orders/cmd/server/static', '!shared/mail.txt']));
    expect(rules).not.toContain('!**/*.go');
  });

  test('that names a folder without a module is reported', () => {
    expect(faultsOf(GoImage.fromModule('broken'))).toEqual([
      "source-folder [image.context] 'broken' should hold the module 'gone', but there is no go.mod in it.\nTake 'gone' out of the go.work, or put the module there.",
    ]);
  });
});

describe('a module that others replace', () => {
  test('is built from the folder that holds them', () => {
    const text = dockerfileOf(GoImage.fromModule('alone', { context: './' }));
    expect(text).toContain('WORKDIR /src/alone\n');
    expect(text).toContain('--mount=type=bind,source=shared/go.mod,target=/src/shared/go.mod');
    expect(text).not.toContain('go.work');
  });

  test('without that folder is reported', () => {
    expect(faultsOf(GoImage.fromModule('alone'))).toEqual([
      "source-folder [image.path] The go.mod of 'alone' replaces 'example.com/shared' by '../shared', which the build does not see.\nGive 'context' a folder that holds both, require a published version, or copy the modules into the folder ('go mod vendor').",
    ]);
  });

  test.each(['shared', '..', '/src', 'services/ord'])("cannot be built from '%s'", context => {
    expect(faults({ context })).toEqual([
      `source-folder [image.path] The build reads '${context}', in which 'services/orders' does not lie.\nWrite '.' or a folder that holds 'services/orders', relative to the working directory.`,
    ]);
  });
});

describe('several programs', () => {
  test('lie beside each other', () => {
    const text = dockerfileOf(orders({ programs: ['./cmd/migrate/'] }));
    expect(text).toContain('-o /out/ ./cmd/server ./cmd/migrate\n');
    expect(text.match(/^COPY .* \/app\/(server|migrate)$/gm)).toHaveLength(4);
    expect(text).toContain('ENTRYPOINT ["/app/server"]');
  });

  test.each<[string, GoImageOptions, string]>([
    ['a name for one of them', { programs: ['./cmd/migrate'], binary: 'orders' }, `conflicting-options [image.binary] 'orders' would name one of 2 programs, which are named by their folders.
Leave 'binary' out, or call the folder of the main program 'orders'.`],
    ['two of one name', { programs: ['./cmd/migrate', './tools/migrate'] }, `conflicting-options [image.programs[1]] Two programs of the image are called 'migrate'.
Put each program into a folder of its own name, for example './cmd/server' and './cmd/migrate'.`],
    ['one without a name', { main: '.', programs: ['./cmd/migrate'] }, `conflicting-options [image.main] '.' is no folder whose name the program could take.
Put each program into a folder of its own name, for example './cmd/server' and './cmd/migrate'.`],
    ['one that is not there', { programs: ['./cmd/worker'] }, `source-folder [image.programs[0]] There are no Go files in './cmd/worker' of 'services/orders'.
Write the folder that holds the package main, for example './cmd/server'.`],
    ['one by its import path', { programs: ['cmd/worker'] }, `invalid-value [image.programs[0]] 'cmd/worker' is not a package of the module.
Write '.' or the folder of the program below that of the module, for example './cmd/server'.`],
  ])('%s', (_, options, expected) => {
    expect(faultsOf(orders(options))).toEqual([expected]);
  });
});

describe('what does not go together', () => {
  test.each<[string, GoImageOptions, string]>([
    ['C and nothing', { cgo: true, base: ImageBase.scratch() }, `conflicting-options [image.base] A program that is linked with C needs the C library of Debian, which an image from nothing has not.
Leave 'base' out for distroless, or 'cgo' for a static program.`],
    ['C and Alpine', { cgo: true, base: ImageBase.alpine() }, `conflicting-options [image.base] A program that is linked with C needs the C library of Debian, which Alpine Linux has not.
Leave 'base' out for distroless, or 'cgo' for a static program.`],
    ['C and a static base', { cgo: true, base: ImageBase.distroless(DistrolessFlavor.STATIC) }, `conflicting-options [image.base] A program that is linked with C needs the C library, which distroless/static has not.
Leave the flavor out, or write DistrolessFlavor.BASE or CC.`],
    ['C and a processor without a compiler', { cgo: true, platforms: ['linux/loong64'] }, `conflicting-options [image.cgo] Debian has no C compiler that builds for 'linux/loong64'.
Leave the platform out, or 'cgo'.`],
    ['code of no package', { generate: [] }, `invalid-value [image.generate] No package generates code.
Leave 'generate' out, or write './...'.`],
    ['code of another module', { generate: ['example.com/x'] }, `invalid-value [image.generate[0]] 'example.com/x' names no packages of the module.
Write './...' for all of them, or a folder, for example './internal/...'.`],
    ['tests of another module', { tests: { packages: ['../...'] } }, `invalid-value [image.tests.packages[0]] '../...' names no packages of the module.
Write './...' for all of them, or a folder, for example './internal/...'.`],
    ['a version of Delve that is none', { delve: { version: 'latest' } }, `invalid-version [image.delve.version] 'latest' is not a version of Delve.
Write it in full, for example '1.27.2'.`],
    ['a port of Delve that is none', { delve: { port: 0 } }, `invalid-port [image.delve.port] 0 is not a port.
Write a whole number from 1 to 65535, for example 2345.`],
    ['a signal that is none', { stopSignal: 'KILL' }, `invalid-value [image.stopSignal] 'KILL' is no signal that asks a program to end.
Write one of SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH.`],
    ['a writable path that is relative', { writablePaths: ['cache'] }, `invalid-dockerfile [image.writablePaths[0]] 'cache' is not an absolute path.
Write where the program writes, for example '/var/cache/orders'.`],
    ['sources from outside', { sources: ['../api'] }, `invalid-dockerfile [image.sources[0]] '../api' is not a path inside the folder.
Write files or folders relative to that of the program, for example 'api/*.proto'.`],
    ['an instruction that is none', { instructions: { beforeBuild: ['RUN true', 'apt-get update'] } }, `invalid-dockerfile [image.instructions.beforeBuild[1]] 'apt-get update' is no instruction of a Dockerfile.
Write a whole instruction, for example 'RUN apt-get update'.`],
    ['a shell where there is none', { instructions: { finalStage: ['RUN true'] } }, `invalid-dockerfile [image.instructions.finalStage[0]] RUN takes a shell, and 'final' has none.
Run it 'beforeBuild' and copy what it makes: COPY --from=build.`],
  ])('%s', (_, options, expected) => {
    // The same stands in the debug target, which is said once more.
    expect([...new Set(faultsOf(orders(options)).map(fault => fault.replace("'debug'", "'final'")))]).toEqual([expected]);
  });

  test('on Alpine there is a shell', () => {
    expect(faultsOf(orders({ base: ImageBase.alpine(), instructions: { finalStage: ['RUN true'] } }))).toEqual([]);
  });
});

describe('a secret of the build', () => {
  test.each<[string, NonNullable<GoImageOptions['secrets']>[number], string]>([
    ['without a place', { id: 'npmrc', source: '~/.npmrc' }, `conflicting-options [image.secrets[0]] The secret 'npmrc' is neither a file nor a variable while a command runs.
Give it a 'target' or an 'env'.`],
    ['in two places', { id: 'npmrc', source: '~/.npmrc', target: '/a', env: 'A' }, `conflicting-options [image.secrets[0]] The secret 'npmrc' is both a file and a variable while a command runs.
Give it a 'target' or an 'env'.`],
    ['with a name that is none', { id: 'a b', source: '~/.npmrc', target: '/a' }, `invalid-value [image.secrets[0].id] 'a b' is not the name of a build secret.
Use letters, digits, dots, dashes and underscores, for example 'npmrc'.`],
    ['from a variable that is none', { id: 'a', source: 'env:a-b', target: '/a' }, `invalid-value [image.secrets[0].source] 'env:a-b' is neither a file nor a variable.
Write a path without spaces, for example '~/.npmrc', or 'env:' and the name of a variable.`],
    ['at a relative path', { id: 'a', source: 'env:A', target: 'a' }, `invalid-value [image.secrets[0].target] 'a' is not an absolute path.
Write where the file lies while a command runs, for example '/root/.npmrc'.`],
    ['as a variable that is none', { id: 'a', source: 'env:A', env: 'a-b' }, `invalid-env-name [image.secrets[0].env] 'a-b' cannot name a variable.
Use letters, digits and underscores, beginning with a letter or underscore.`],
  ])('%s', (_, secret, expected) => {
    expect(faultsOf(orders({ secrets: [secret] }))).toEqual([expected]);
  });
});
