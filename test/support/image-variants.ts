import { Dockerfile, DistrolessFlavor, GoImage, type GoImageOptions, ImageBase, ImageTag, JavaImage, ModuleAccess, NodeImage, PythonImage, RustImage, type SourceImage } from '../../lib';

/** One form of an image recipe, with the files that it is made from. */
export interface ImageVariant {
  /** Relative to the folder of the variant. */
  readonly files: { readonly [path: string]: string };
  /** @param folder where the files lie */
  image(folder: string): SourceImage;
}

export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const MAIN = 'package main\n\nvar version = "dev"\n\nfunc main() { println(version) }\n';
const GO_MOD = 'module example.com/orders\n\ngo 1.25.0\n';
const WITH_DEPENDENCY = `${GO_MOD}\nrequire golang.org/x/text v0.30.0\n`;
const GO = { 'go.mod': GO_MOD, 'main.go': MAIN };
const REQUIRING = { ...GO, 'go.mod': WITH_DEPENDENCY, 'go.sum': '' };
const SHARED = { 'go.mod': 'module example.com/shared\n\ngo 1.25.0\n', 'shared.go': 'package shared\n' };

const below = (folder: string, files: { readonly [path: string]: string }): { [path: string]: string } =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

function go(files: ImageVariant['files'], options: GoImageOptions = {}): ImageVariant {
  return { files, image: folder => GoImage.fromModule(folder, options) };
}

/** A module below a folder that the build reads. */
function goWithin(files: ImageVariant['files'], options: GoImageOptions = {}): ImageVariant {
  return { files, image: folder => GoImage.fromModule(`${folder}/services/orders`, { context: folder, ...options }) };
}

const WORKSPACE = {
  'go.work': 'go 1.25.0\n\nuse (\n\t./services/orders\n\t./shared\n)\n',
  'go.work.sum': '',
  ...below('services/orders', REQUIRING),
  ...below('shared', SHARED),
};

const GO_VARIANTS: { readonly [name: string]: ImageVariant } = {
  'go-distroless': go(GO),
  'go-with-modules': go(REQUIRING),
  'go-scratch': go(GO, { base: ImageBase.scratch() }),
  'go-scratch-tmp': go(GO, { base: ImageBase.scratch({ tmp: true }), debugTarget: false }),
  'go-alpine': go(GO, { base: ImageBase.alpine() }),
  'go-alpine-digest': go(GO, { base: ImageBase.alpine(`3.24.2@${DIGEST}`) }),
  'go-distroless-base': go(GO, { base: ImageBase.distroless(DistrolessFlavor.BASE) }),
  'go-chainguard': go(GO, { base: ImageBase.chainguard('20260901') }),
  'go-custom-base': go(GO, { base: ImageBase.custom(`registry.example.com/base/static:1.2.3@${DIGEST}`) }),
  'go-older': go({ ...REQUIRING, 'go.mod': WITH_DEPENDENCY.replace('1.25.0', '1.23.0') }),
  'go-vendored': go({ ...GO, 'go.mod': WITH_DEPENDENCY, 'vendor/modules.txt': '# golang.org/x/text v0.30.0\n' }),
  'go-command': go({ 'go.mod': GO_MOD, 'cmd/server/main.go': MAIN }, { main: './cmd/server', binary: 'orders', versionVariable: 'main.version' }),
  'go-several-programs': go(
    { ...REQUIRING, 'cmd/server/main.go': MAIN, 'cmd/migrate/main.go': MAIN, 'cmd/worker/main.go': MAIN },
    { main: './cmd/server', programs: ['./cmd/migrate', './cmd/worker'] },
  ),
  'go-replaced': go({
    ...REQUIRING, 'go.mod': `${WITH_DEPENDENCY}\nreplace example.com/shared => ./shared\n`, ...below('shared', SHARED),
  }),
  'go-monorepo': goWithin({
    ...below('services/orders', { ...REQUIRING, 'go.mod': `${WITH_DEPENDENCY}\nreplace example.com/shared => ../../shared\n` }), ...below('shared', SHARED),
  }),
  'go-workspace': goWithin(WORKSPACE),
  'go-workspace-vendored': goWithin({ ...WORKSPACE, 'vendor/modules.txt': '## workspace\n' }),
  'go-workspace-tests': goWithin(WORKSPACE, { tests: {}, base: ImageBase.scratch() }),
  'go-embedding': go(
    { 'go.mod': GO_MOD, 'main.go': MAIN.replace('var', 'import _ "embed"\n\n//go:embed static\nvar static string\n\nvar'), 'static/index.html': '<p>\n', 'etc/app.json': '{}\n' },
    { files: { '/app/static': 'static', '/app/app.json': 'etc/app.json' } },
  ),
  'go-private-ssh': go(REQUIRING, { privateModules: { patterns: ['github.com/acme/*', 'git.example.com/*'] } }),
  'go-private-netrc': go(REQUIRING, { privateModules: { patterns: ['github.com/acme/*'], access: ModuleAccess.NETRC } }),
  'go-private-open': go(REQUIRING, { privateModules: { patterns: ['*.corp.example.com'], access: ModuleAccess.NONE } }),
  'go-many-platforms': go(GO, { platforms: ['linux/amd64/v3', 'linux/arm64', 'linux/arm/v7'] }),
  'go-cgo': go(REQUIRING, { cgo: true }),
  'go-cgo-cc': go(REQUIRING, { cgo: true, base: ImageBase.distroless(DistrolessFlavor.CC), platforms: ['linux/amd64', 'linux/arm64', 'linux/arm/v7'] }),
  'go-cgo-older': go({ ...GO, 'go.mod': GO_MOD.replace('1.25.0', '1.23.0') }, { cgo: true }),
  'go-cgo-chainguard': go(GO, { cgo: true, base: ImageBase.chainguard('20260901') }),
  'go-generate': go({ ...REQUIRING, 'api/orders.proto': '' }, { generate: ['./...'], sources: ['api/*.proto'] }),
  'go-cgo-generate': go(GO, { cgo: true, generate: ['./...'] }),
  'go-tests': go({ ...REQUIRING, 'main_test.go': 'package main\n', 'testdata/a.json': '{}\n' }, { tests: {} }),
  'go-tests-plain': go({ ...GO, 'vendor/modules.txt': '' }, { vendored: true, tests: { race: false, coverage: false, packages: ['./internal/...'] } }),
  'go-delve': go(REQUIRING, { delve: {} }),
  'go-delve-scratch': go(
    { 'go.mod': GO_MOD, 'cmd/server/main.go': MAIN, 'cmd/migrate/main.go': MAIN },
    { main: './cmd/server', programs: ['./cmd/migrate'], delve: { port: 40000, version: '1.26.2' }, base: ImageBase.scratch() },
  ),
  'go-instructions': go(REQUIRING, {
    instructions: {
      afterDependencies: ['RUN mkdir -p /var/lib/orders'],
      beforeBuild: ['ENV GOEXPERIMENT=jsonv2', 'RUN <<EOT\nset -e\ngo env\nEOT'],
      finalStage: ['COPY --link --from=build /var/lib/orders/ /var/lib/orders/', 'ENV TZ=Europe/Berlin'],
    },
  }),
  'go-secrets': go(REQUIRING, {
    secrets: [{ id: 'proxy', source: '~/.config/proxy', target: '/root/.config/proxy' }, { id: 'licence', source: 'env:LICENCE', env: 'LICENCE' }],
  }),
  'go-stop-signal': go(GO, { stopSignal: 'SIGINT', writablePaths: ['/var/cache/orders'] }),
  'go-flags': go(GO, {
    buildTags: ['netgo', 'osusergo'],
    ldflags: ['-X main.commit=unknown', "-X 'main.motto=two words'"],
    buildArgs: { GOPROXY: 'https://proxy.example.com' },
    builderRepository: 'registry.example.com/library/golang',
    tag: ImageTag.of('2.0.0'),
    metadata: {
      title: 'Orders',
      description: 'Takes "orders" for $5',
      source: 'https://github.com/acme/orders',
      licenses: 'Apache-2.0',
      vendor: 'Acme',
      labels: { 'com.example.team': 'orders' },
    },
  }),
};

const LOCK = '{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/a": {}, "node_modules/b": { "dev": true, "hasInstallScript": true } } }\n';
const NATIVE_LOCK = LOCK.replace('"node_modules/a": {}', '"node_modules/a": { "hasInstallScript": true }');
const NODE = { 'package.json': '{ "main": "src/server.js" }\n', 'package-lock.json': LOCK, 'src/server.js': '' };
const BUILT = { 'package.json': '{ "main": "dist/server.js", "scripts": { "build": "tsc" } }\n', 'package-lock.json': LOCK, 'src/server.ts': '', '.nvmrc': 'v22.21.0\n' };

const NODE_VARIANTS: { readonly [name: string]: ImageVariant } = {
  'node-plain': { files: NODE, image: folder => NodeImage.fromPackage(folder) },
  'node-built': { files: BUILT, image: folder => NodeImage.fromPackage(folder) },
  'node-native': { files: { ...BUILT, 'package-lock.json': NATIVE_LOCK }, image: folder => NodeImage.fromPackage(folder) },
  'node-alpine': { files: NODE, image: folder => NodeImage.fromPackage(folder, { base: ImageBase.alpine() }) },
  'node-chainguard': { files: NODE, image: folder => NodeImage.fromPackage(folder, { base: ImageBase.chainguard('24.11.1') }) },
  'node-everything': {
    files: { ...BUILT, 'public/index.html': '<p>\n' },
    image: folder => NodeImage.fromPackage(folder, {
      nodeVersion: '24.11.1',
      output: ['dist', 'views'],
      files: { '/app/public': 'public' },
      sources: ['views'],
      secrets: [{ id: 'npmrc', source: '~/.npmrc', target: '/root/.npmrc' }],
      buildArgs: { API_URL: 'https://api.example.com' },
      instructions: { afterDependencies: ['RUN npm --version'] },
    }),
  },
};

const PYTHON_VARIANTS: { readonly [name: string]: ImageVariant } = {
  'python-file': { files: { 'requirements.txt': 'flask==3.1.2\n', 'main.py': '' }, image: folder => PythonImage.fromProject(folder) },
  'python-module': {
    files: { 'requirements.txt': 'flask==3.1.2 --hash=sha256:00\n', 'mail/__init__.py': '', 'mail/__main__.py': '' },
    image: folder => PythonImage.fromProject(folder, { module: 'mail' }),
  },
  'python-uv': {
    files: { 'pyproject.toml': '[project]\nname = "mail"\n', 'uv.lock': 'version = 1\n', 'src/mail/__main__.py': '', '.python-version': '3.13\n' },
    image: folder => PythonImage.fromProject(folder, { module: 'mail' }),
  },
  'python-alpine': {
    files: { 'requirements.txt': '', 'main.py': '' },
    image: folder => PythonImage.fromProject(folder, { pythonVersion: '3.14.1', base: ImageBase.alpine('3.22') }),
  },
  'python-custom': {
    files: { 'requirements.txt': '', 'main.py': '' },
    image: folder => PythonImage.fromProject(folder, { base: ImageBase.custom('registry.example.com/python:3.13'), secrets: [{ id: 'pip', source: '~/.config/pip/pip.conf', target: '/etc/pip.conf' }] }),
  },
};

const POM = (rest: string): string => `<project>
  <groupId>com.example</groupId><artifactId>billing</artifactId><version>1.0.0</version>
  <properties><maven.compiler.release>17</maven.compiler.release></properties>${rest}
</project>
`;
const SPRING = '<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>';

const JAVA_VARIANTS: { readonly [name: string]: ImageVariant } = {
  'java-jar': { files: { 'pom.xml': POM('') }, image: folder => JavaImage.fromProject(folder) },
  'java-spring': { files: { 'pom.xml': POM(SPRING) }, image: folder => JavaImage.fromProject(folder, { javaVersion: '21' }) },
  'java-class': { files: { 'pom.xml': POM('') }, image: folder => JavaImage.fromProject(folder, { javaVersion: '25', mainClass: 'com.example.Main', jvmFlags: ['-Xss512k'] }) },
  'java-alpine': { files: { 'pom.xml': POM('') }, image: folder => JavaImage.fromProject(folder, { base: ImageBase.alpine('3.22') }) },
  'java-chainguard': { files: { 'pom.xml': POM('') }, image: folder => JavaImage.fromProject(folder, { base: ImageBase.chainguard('openjdk-21') }) },
};

const CARGO = { 'Cargo.toml': '[package]\nname = "pricing"\nversion = "0.1.0"\nedition = "2021"\n', 'Cargo.lock': '', 'src/main.rs': 'fn main() {}\n' };

const RUST_VARIANTS: { readonly [name: string]: ImageVariant } = {
  'rust-crate': { files: CARGO, image: folder => RustImage.fromCrate(folder) },
  'rust-toolchain': {
    files: { ...CARGO, 'rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n' },
    image: folder => RustImage.fromCrate(folder, { binary: 'prices', features: ['metrics'], platforms: ['linux/amd64', 'linux/arm64', 'linux/arm/v7'] }),
  },
  'rust-chainguard': { files: CARGO, image: folder => RustImage.fromCrate(folder, { base: ImageBase.chainguard('20260901') }) },
};

/** Every form of an image recipe: what is written for each is snapshot, parsed, and put before the linters. */
export const IMAGE_VARIANTS: { readonly [name: string]: ImageVariant } = {
  ...GO_VARIANTS,
  ...NODE_VARIANTS,
  ...PYTHON_VARIANTS,
  ...JAVA_VARIANTS,
  ...RUST_VARIANTS,
  'in-place': { files: GO, image: folder => GoImage.fromModule(folder, { dockerfile: Dockerfile.inPlace() }) },
};
