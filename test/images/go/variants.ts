import { ImageBase, type GoImageOptions, ModuleAccess, type Port, Protocol } from '../../../lib';
import { ORDERS, WEB } from '../module-folder';

const main = './cmd/server';

/** The modules that the variants are made of. */
export const MODULES: { readonly [file: string]: string } = {
  ...ORDERS,
  ...WEB,
  'services/orders/web/static/app.css': '',
  'services/orders/openapi.yaml': '',
  'services/orders/cmd/server/assets.go': 'package main\n\nimport "embed"\n\n//go:embed templates ca.pem\n//go:embed "mail/*.txt"\nvar assets embed.FS\n',
  'services/orders/cmd/server/templates/index.html': '',
  'services/orders/cmd/server/ca.pem': '',
  'services/billing/go.mod': 'module github.com/acme/shop/billing/v2\n\ngo 1.25.0\n\ntoolchain go1.25.3\n\nrequire github.com/acme/go-kit v1.0.0\n',
  'services/billing/main.go': 'package main\n\nfunc main() {}\n',
  'services/billing/vendor/modules.txt': '',
  'services/stock/go.mod': 'module github.com/acme/shop/stock\n\ngo 1.27.1\n\nrequire (\n\tgithub.com/acme/go-kit v1.0.0\n\tgithub.com/acme/shop/pkg v0.0.0\n)\n\nreplace github.com/acme/shop/pkg => ./pkg\n',
  'services/stock/go.sum': '',
  'services/stock/main.go': 'package main\n\nfunc main() {}\n',
  'services/stock/pkg/go.mod': 'module github.com/acme/shop/pkg\n\ngo 1.27.1\n',
  'services/stock/pkg/pkg.go': 'package pkg\n',
};

/** One way to build a Go program. */
export interface Variant {
  readonly name: string;
  readonly path: string;
  readonly options: GoImageOptions;
  readonly ports?: readonly Port[];
}

/** One of each. */
export const VARIANTS: readonly Variant[] = [
  { name: 'distroless', path: 'services/orders', options: { main } },
  { name: 'scratch', path: 'services/orders', options: { main, base: ImageBase.scratch() } },
  { name: 'scratch with a folder for temporary files', path: 'services/orders', options: { main, base: ImageBase.scratch({ tmp: true }), debugTarget: false } },
  { name: 'alpine', path: 'services/orders', options: { main, base: ImageBase.alpine() } },
  { name: 'another base', path: 'services/orders', options: { main, base: ImageBase.custom('cgr.dev/chainguard/static:20260901') } },
  { name: 'no go.sum', path: 'services/web', options: {}, ports: [] },
  { name: 'vendored', path: 'services/billing', options: {} },
  {
    name: 'private modules by SSH',
    path: 'services/stock',
    options: { privateModules: { patterns: ['github.com/acme/*', 'git.example.com/*', 'github.com/acme-labs/*'] } },
  },
  {
    name: 'private modules by netrc',
    path: 'services/stock',
    options: { privateModules: { patterns: ['github.com/acme/*'], access: ModuleAccess.NETRC } },
  },
  {
    name: 'private modules of an open network',
    path: 'services/stock',
    options: { privateModules: { patterns: ['*.corp.example.com'], access: ModuleAccess.NONE } },
  },
  {
    name: 'everything',
    path: 'services/orders',
    options: {
      main,
      name: 'shop/orders',
      binary: 'orders-server',
      goVersion: '1.27.1',
      buildTags: ['netgo', 'osusergo'],
      ldflags: ["-X 'main.builtBy=the \"shop\" team for $5'"],
      versionVariable: 'github.com/acme/shop/orders/internal/build.Version',
      platforms: ['linux/amd64/v3', 'linux/arm64', 'linux/arm/v7'],
      files: { '/app/static': 'web/static', '/app/openapi.yaml': './openapi.yaml' },
      metadata: {
        title: 'Orders',
        description: 'Takes "orders" for $5 and more',
        source: 'https://github.com/acme/shop',
        licenses: 'Apache-2.0',
        vendor: 'Acme',
        labels: { 'com.example.team': 'shop' },
      },
      buildArgs: { GOPROXY: 'https://proxy.example.com,direct', GOEXPERIMENT: '' },
      builderRepository: 'registry.example.com/library/golang',
      builderVariant: 'bookworm',
      user: 65532,
    },
    ports: [{ number: 9090, name: 'metrics' }, { number: 5353, name: 'dns', protocol: Protocol.UDP }, { number: 8080, name: 'http' }],
  },
];
