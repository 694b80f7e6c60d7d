import { ImageBase, GoImage, type GoImageOptions, ModuleAccess } from '../../../lib';
import { faultsOf } from '../fake-service';
import { inFolderWith, ORDERS, WEB } from '../module-folder';

inFolderWith({
  ...ORDERS,
  ...WEB,
  'empty/readme': '',
  'no-version/go.mod': 'module a\n',
  'no-version/main.go': 'package main\n',
  'odd-version/go.mod': 'module a\n\ngo one\n',
  'odd-version/main.go': 'package main\n',
  'no-sum/go.mod': 'module a\n\ngo 1.25.0\n\nrequire b v1.0.0\n',
  'no-sum/main.go': 'package main\n',
  'outside/go.mod': 'module a\n\ngo 1.25.0\n\nreplace b => ../b\n',
  'outside/main.go': 'package main\n',
  'vendored/go.mod': 'module a\n\ngo 1.25.0\n\nrequire b v1.0.0\n',
  'vendored/main.go': 'package main\n',
  'vendored/vendor/modules.txt': '',
});

const faults = (options: GoImageOptions, path = 'services/web'): string[] => faultsOf(GoImage.fromModule(path, options));

describe('a recipe that nothing is wrong with', () => {
  test.each<[string, GoImageOptions]>([
    ['services/web', {}],
    ['./services/web/', { main: '.' }],
    ['services/orders', { main: './cmd/server/' }],
    ['vendored', {}],
    ['vendored', { vendored: true }],
    ['services/web', { goVersion: '1.25', platforms: ['linux/arm/v6'], buildTags: ['go1.25', 'größe'], ldflags: ['-X "main.a=b c"'] }],
    ['services/web', { privateModules: { patterns: ['*.corp.example.com'], access: ModuleAccess.NONE } }],
    ['services/web', { buildArgs: { GOPROXY: 'https://proxy.example.com', GOEXPERIMENT: '' }, files: { '/app/go.mod': './go.mod', '/srv/': 'go.mod' } }],
    ['services/web', { name: 'shop/web', user: 65532, base: ImageBase.custom('cgr.dev/chainguard/static:20260901') }],
  ])('%s %j', (path, options) => {
    expect(faults(options, path)).toEqual([]);
  });
});

describe('the module', () => {
  test.each<[string, string, GoImageOptions, string]>([
    ['a path from the root', '/services/web', {}, `source-folder [image.path] '/services/web' does not lie below the working directory.
Write the folder of the module relative to the folder where the app is synthesised, without '..'.`],
    ['a path of Windows', 'C:\\services\\web', {}, `source-folder [image.path] 'C:\\services\\web' does not lie below the working directory.
Write the folder of the module relative to the folder where the app is synthesised, without '..'.`],
    ['a path to the outside', 'services/../../web', {}, `source-folder [image.path] 'services/../../web' does not lie below the working directory.
Write the folder of the module relative to the folder where the app is synthesised, without '..'.`],
    ['a folder that is not there', 'services/wbe', {}, `source-folder [image.path] There is no folder 'services/wbe' below the working directory.
Write the folder that holds the go.mod, relative to the folder where the app is synthesised, for example 'services/orders'.`],
    ['no path', '', {}, `source-folder [image.path] There is no folder '' below the working directory.
Write the folder that holds the go.mod, relative to the folder where the app is synthesised, for example 'services/orders'.`],
    ['a folder without a module', 'empty', {}, `source-folder [image.path] 'empty' has no go.mod that can be read.
Write the folder that holds the go.mod, or make one: 'go mod init'.`],
    ['no version', 'no-version', {}, `source-folder [image.goVersion] The go.mod of 'no-version' names no version of Go.
Write 'go 1.25.0' or a later one into it, or give 'goVersion'.`],
    ['a version that is none', 'odd-version', {}, `source-folder [image.goVersion] The go.mod of 'odd-version' names 'one', which is not a version of Go.
Write 'go 1.25.0' or a later one into it, or give 'goVersion'.`],
    ['a toolchain that is too old', 'services/orders', { main: './cmd/server', goVersion: '1.24.6' }, `source-folder [image.goVersion] Go 1.24.6 cannot compile 'services/orders', whose go.mod asks for 1.25.0.
Leave 'goVersion' out, or write 1.25.0 or later.`],
    ['a version with a prefix', 'services/web', { goVersion: 'go1.25.3' }, `invalid-version [image.goVersion] 'go1.25.3' is not a version of Go.
Write it in full and without 'go', for example '1.25.3'.`],
    ['a program that is not there', 'services/orders', {}, `source-folder [image.main] There are no Go files in '.' of 'services/orders'.
Write the folder that holds the package main, for example './cmd/server'.`],
    ['a program by its import path', 'services/orders', { main: 'cmd/server' }, `invalid-value [image.main] 'cmd/server' is not a package of the module.
Write '.' or the folder of the program below that of the module, for example './cmd/server'.`],
    ['a program outside', 'services/orders', { main: './../web' }, `invalid-value [image.main] './../web' is not a package of the module.
Write '.' or the folder of the program below that of the module, for example './cmd/server'.`],
    ['no go.sum', 'no-sum', {}, `source-folder [image.path] The go.mod of 'no-sum' requires modules, but there is no go.sum beside it.
Run 'go mod tidy' in it and commit both files.`],
    ['a replacement outside', 'outside', {}, `source-folder [image.path] The go.mod of 'outside' replaces 'b' by '../b', which the build does not see.
Give 'context' a folder that holds both, require a published version, or copy the modules into the folder ('go mod vendor').`],
    ['no vendored modules', 'services/web', { vendored: true }, `source-folder [image.vendored] There is no vendor/modules.txt in 'services/web'.
Run 'go mod vendor' in it, or leave 'vendored' out.`],
    ['private modules that are vendored', 'vendored', { privateModules: { patterns: ['github.com/acme/*'] } }, `conflicting-options [image.privateModules] The modules come from the folder vendor, so nothing private is downloaded.
Leave 'privateModules' out, or write vendored: false.`],
  ])('%s', (_, path, options, expected) => {
    expect(faults(options, path)).toEqual([expected]);
  });
});

describe('the options', () => {
  test.each<[string, GoImageOptions, string]>([
    ['no platform', { platforms: [] }, `invalid-value [image.platforms] The image is built for no platform.
Leave 'platforms' out for linux/amd64 and linux/arm64.`],
    ['a platform that is none', { platforms: ['linux/amd64', 'arm64'] }, `invalid-value [image.platforms[1]] 'arm64' is not a platform that images are built for.
Write system, processor and variant as Docker does, for example 'linux/arm64' or 'linux/arm/v7'.`],
    ['a build tag with a comma', { buildTags: ['netgo,osusergo'] }, `invalid-value [image.buildTags[0]] 'netgo,osusergo' is not a build tag.
Use letters, digits, underscores and dots, one tag for each entry of the list.`],
    ['a flag of several lines', { ldflags: ['-X\nmain.a=b'] }, `invalid-value [image.ldflags[0]] '-X main.a=b' is not a flag of the linker.
Write one line, for example '-X main.commit=unknown'.`],
    ['a variable without a package', { versionVariable: 'version' }, `invalid-value [image.versionVariable] 'version' is not a variable of a package.
Write the path of the package, a dot and the variable, for example 'main.version'.`],
    ['a binary with a folder', { binary: 'bin/web' }, `invalid-value [image.binary] 'bin/web' cannot name the binary.
Give 'binary' a name of letters, digits, dots, dashes and underscores.`],
    ['a builder with a tag', { builderRepository: 'golang:1.25' }, `invalid-image [image.builderRepository] 'golang:1.25' is not a repository.
Write it without a tag, for example 'registry.example.com/library/golang'.`],
    ['an empty variant', { builderVariant: '' }, `invalid-value [image.builderVariant] '' is not the variant of an image.
Write what stands behind the version of the tag, for example 'trixie'.`],
    ['no private module', { privateModules: { patterns: [] } }, `invalid-value [image.privateModules.patterns] No module is private.
Leave 'privateModules' out, or write a pattern, for example 'github.com/acme/*'.`],
    ['private modules in one text', { privateModules: { patterns: ['github.com/a,github.com/b'] } }, `invalid-value [image.privateModules.patterns[0]] 'github.com/a,github.com/b' is not a pattern of module paths.
Write one pattern for each entry of the list, for example 'github.com/acme/*'.`],
    ['private modules of no one host', { privateModules: { patterns: ['*.corp.example.com/shop'] } }, `invalid-value [image.privateModules.patterns[0]] '*.corp.example.com/shop' names no host, so git cannot be told to ask it by SSH.
Write a pattern for each host, for example 'git.example.com/*', or use ModuleAccess.NETRC.`],
    ['an argument that is no name', { buildArgs: { 'GO-PROXY': 'a' } }, `invalid-env-name [image.buildArgs['GO-PROXY']] 'GO-PROXY' cannot name a build argument.
Use letters, digits and underscores, beginning with a letter or underscore.`],
    ['an argument that is taken', { buildArgs: { TARGETARCH: 'arm64' } }, `invalid-dockerfile [image.buildArgs['TARGETARCH']] The Dockerfile sets 'TARGETARCH' itself.
Choose another name, or the option of the image that is meant for it.`],
    ['an argument of several lines', { buildArgs: { NOTE: 'a\nb' } }, `invalid-value [image.buildArgs['NOTE']] The default has several lines.
Write it on one line.`],
    ['a file without an absolute path', { files: { static: 'go.mod' } }, `invalid-dockerfile [image.files['static']] 'static' is not an absolute path.
Write where the file or folder lies in the image, for example '/app/static'.`],
    ['a file in the place of the binary', { files: { '/app/web': 'go.mod' } }, `invalid-dockerfile [image.files['/app/web']] '/app/web' is where the program lies.
Write where the file or folder lies in the image, for example '/app/static'.`],
    ['a file from outside', { files: { '/app/static': '../static' } }, `invalid-dockerfile [image.files['/app/static']] '../static' is not a path inside the folder.
Write a file or folder relative to that of the program; the build sees nothing else.`],
    ['a file that is not there', { files: { '/app/static': 'static' } }, `source-folder [image.files['/app/static']] There is no 'static' in 'services/web'.
Write a file or folder that exists, relative to that of the program.`],
    ['a label that is none', { metadata: { labels: { 'a b': 'c' } } }, `invalid-label [image.metadata.labels['a b']] 'a b' is not the name of an image label.
Write it in reverse DNS form, for example 'com.example.team'.`],
    ['a label of several lines', { metadata: { description: 'a\nb' } }, `invalid-label [image.metadata.description] The label has several lines, which a Dockerfile cannot express.
Write it on one line.`],
    ['a debug target beside another base', { base: ImageBase.alpine(), debugTarget: true }, `conflicting-options [image.debugTarget] The debug target stands on distroless, which would not be what runs on this base.
Leave 'debugTarget' out: Alpine has a shell, and so has the debug variant of most other bases.`],
    ['a base without a tag', { base: ImageBase.custom('cgr.dev/chainguard/static') }, `tag-missing [image.base] 'cgr.dev/chainguard/static' has no tag, which means 'latest'.
Write 'cgr.dev/chainguard/static:<version>'.`],
  ])('%s', (_, options, expected) => {
    expect(faults(options)).toEqual([expected]);
  });

  test.each(['GITHUB_TOKEN', 'NPM_AUTH', 'dbPassword', 'API_KEY', 'NETRC_SECRET_TEXT', 'PRIVATE_URL'])('a secret in an argument: %s', name => {
    expect(faults({ buildArgs: { [name]: 'x' } })).toEqual([`invalid-dockerfile [image.buildArgs['${name}']] '${name}' looks like a secret, and everybody who has the image can read its build arguments.
What a build needs goes into 'secrets', which mounts it for one command; a program gets its secrets when it runs.`]);
  });

  test('a secret in the value of an argument', () => {
    expect(faults({ buildArgs: { GOPROXY: 'https://me:hunter2@proxy.example.com' } })).toEqual([expect.stringMatching(/^invalid-dockerfile .* 'GOPROXY' looks like a secret/)]);
  });

  test('everything at once', () => {
    const all = faults({ main: 'x', goVersion: 'y', platforms: ['z'], binary: '/', files: { a: '..' }, base: ImageBase.alpine('edge') });
    expect(all.map(fault => fault.split(' ').slice(0, 2).join(' '))).toEqual([
      'invalid-version [image.goVersion]',
      'invalid-value [image.main]',
      'invalid-value [image.binary]',
      'invalid-value [image.platforms[0]]',
      "invalid-dockerfile [image.files['a']]",
      "invalid-dockerfile [image.files['a']]",
      'invalid-version [image.base]',
    ]);
  });
});

describe('the user', () => {
  test.each([
    [0, `invalid-dockerfile [image.user] An image that runs as root hands root to everybody who breaks into it.
Leave 'user' out for 65532, or write a whole number above 10000.`],
    [1.5, `invalid-value [image.user] 1.5 is not a numeric user.
Leave 'user' out for 65532, or write a whole number above 10000.`],
    [-1, `invalid-value [image.user] -1 is not a numeric user.
Leave 'user' out for 65532, or write a whole number above 10000.`],
  ])('%s', (user, expected) => {
    expect(faultsOf(GoImage.fromModule('services/web', { user }), { identity: null })).toEqual([expected]);
  });
});
