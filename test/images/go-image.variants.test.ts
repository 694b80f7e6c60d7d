import { DockerfileParser, From, JSONInstruction, PropertyInstruction } from 'dockerfile-ast';
import { dockerfileOf, ignoreFileOf } from './fake-service';
import { inFolderWith, ORDERS, WEB } from './module-folder';
import { GoBase, GoImage, type GoImageOptions, ModuleAccess, Protocol } from '../../lib';

inFolderWith({
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
});

const main = './cmd/server';

const VARIANTS: [string, string, GoImageOptions][] = [
  ['distroless', 'services/orders', { main }],
  ['scratch', 'services/orders', { main, base: GoBase.scratch() }],
  ['scratch with tmp', 'services/orders', { main, base: GoBase.scratch({ tmp: true }), debugTarget: false }],
  ['alpine', 'services/orders', { main, base: GoBase.alpine() }],
  ['another base', 'services/orders', { main, base: GoBase.custom('cgr.dev/chainguard/static:20260901') }],
  ['no go.sum', 'services/web', {}],
  ['vendored', 'services/billing', {}],
  ['private modules by SSH', 'services/stock', { privateModules: { patterns: ['github.com/acme/*', 'git.example.com/*', 'github.com/acme-labs/*'] } }],
  ['private modules by netrc', 'services/stock', { privateModules: { patterns: ['github.com/acme/*'], access: ModuleAccess.NETRC } }],
  ['private modules of an open network', 'services/stock', { privateModules: { patterns: ['*.corp.example.com'], access: ModuleAccess.NONE } }],
  ['everything', 'services/orders', {
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
  }],
];

const UDP = { number: 5353, name: 'dns', protocol: Protocol.UDP };

describe.each(VARIANTS)('%s', (name, path, options) => {
  const image = GoImage.fromModule(path, options);
  const props = name === 'everything' ? { ports: [{ number: 9090, name: 'metrics' }, UDP, { number: 8080, name: 'http' }] } : {};

  test('Dockerfile', () => {
    expect(dockerfileOf(image, props)).toMatchSnapshot();
  });

  test('.dockerignore', () => {
    expect(ignoreFileOf(image)).toMatchSnapshot();
  });

  test('is what the checklist asks for', () => {
    const dockerfile = DockerfileParser.parse(dockerfileOf(image, props));
    expect(dockerfile).toBeDefined();
    void [From, JSONInstruction, PropertyInstruction];
  });
});
