import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chartIn, type FixtureApp } from './fixture-app';
import { ImageBase, GoImage, type GoImageOptions, GoStyleMicroservice, ImageTag, KubernetesVersion, ModuleAccess, type PlatformApp } from '../../../lib';

/** Every form of an image recipe. */
export const IMAGE_APPS: readonly FixtureApp[] = [
  { name: 'images', kubernetesVersion: KubernetesVersion.DEFAULT.version, build: images },
];

const MAIN = 'package main\n\nvar version = "dev"\n\nfunc main() { println(version) }\n';
const GO_MOD = 'module example.com/orders\n\ngo 1.25.0\n';
const WITH_DEPENDENCY = `${GO_MOD}\nrequire golang.org/x/text v0.30.0\n`;

/** The files of a Go module. */
const PLAIN = { 'go.mod': GO_MOD, 'main.go': MAIN };
const REQUIRING = { ...PLAIN, 'go.mod': WITH_DEPENDENCY, 'go.sum': '' };

interface Variant {
  readonly files?: { readonly [path: string]: string };
  readonly options?: GoImageOptions;
}

const VARIANTS: { readonly [name: string]: Variant } = {
  'distroless': {},
  'with-modules': { files: REQUIRING },
  'scratch': { options: { base: ImageBase.scratch() } },
  'scratch-tmp': { options: { base: ImageBase.scratch({ tmp: true }), debugTarget: false } },
  'alpine': { options: { base: ImageBase.alpine() } },
  'custom-base': { options: { base: ImageBase.custom(`registry.example.com/base/static:1.2.3@sha256:${'0123456789abcdef'.repeat(4)}`) } },
  'older-go': { files: { ...REQUIRING, 'go.mod': WITH_DEPENDENCY.replace('1.25.0', '1.23.0') } },
  'vendored': { files: { ...PLAIN, 'go.mod': WITH_DEPENDENCY, 'vendor/modules.txt': '# golang.org/x/text v0.30.0\n' } },
  'command': { files: { 'go.mod': GO_MOD, 'cmd/server/main.go': MAIN }, options: { main: './cmd/server', binary: 'orders', versionVariable: 'main.version' } },
  'replaced': {
    files: { ...REQUIRING, 'go.mod': `${WITH_DEPENDENCY}\nreplace example.com/shared => ./shared\n`, 'shared/go.mod': 'module example.com/shared\n\ngo 1.25.0\n', 'shared/shared.go': 'package shared\n' },
  },
  'embedding': {
    files: { 'go.mod': GO_MOD, 'main.go': MAIN.replace('var', 'import _ "embed"\n\n//go:embed static\nvar static string\n\nvar'), 'static/index.html': '<p>\n', 'etc/app.json': '{}\n' },
    options: { files: { '/app/static': 'static', '/app/app.json': 'etc/app.json' } },
  },
  'private-ssh': { files: REQUIRING, options: { privateModules: { patterns: ['github.com/acme/*', 'git.example.com/*'] } } },
  'private-netrc': { files: REQUIRING, options: { privateModules: { patterns: ['github.com/acme/*'], access: ModuleAccess.NETRC } } },
  'many-platforms': { options: { platforms: ['linux/amd64/v3', 'linux/arm64', 'linux/arm/v7'] } },
  'flags': {
    options: {
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
    },
  },
};

function images(app: PlatformApp): void {
  const chart = chartIn(app, 'images', { imageTag: ImageTag.of('1.4.2') });
  for (const [name, { files = PLAIN, options = {} }] of Object.entries(VARIANTS)) {
    new GoStyleMicroservice(chart, name, { image: GoImage.fromModule(writeModule(name, files), options) });
  }
  const shared = GoImage.fromModule(writeModule('shared', PLAIN), { name: 'shared' });
  new GoStyleMicroservice(chart, 'shared-http', { image: shared, grpcPort: 9000, port: 8080, metricsPort: 9090 });
  new GoStyleMicroservice(chart, 'shared-admin', { image: shared, port: 8081 });
}

function writeModule(name: string, files: { readonly [path: string]: string }): string {
  const module = join('modules', name);
  for (const [path, text] of Object.entries(files)) {
    const file = join(module, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return module;
}
