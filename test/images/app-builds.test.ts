import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { App } from 'cdk8s';
import { parse } from 'yaml';
import { FakeService, findings, shop, toText } from './fake-service';
import { inFolderWith, ORDERS, WEB } from './module-folder';
import { BuildCache, Dockerfile, GoImage, type GoImageOptions, ImageBase, type ImageBuildOptions, ImageTag, NodeImage, Platform, PlatformApp } from '../../lib';
import { Diagnostics } from '../../lib/diagnostics';
import { SynthesisError } from '../../lib/diagnostics/synthesis-error';
import { Artifacts } from '../../lib/synthesis';

const LOCK = 'images.lock.json';
const DIGESTS: { readonly [image: string]: string } = {
  'golang:1.25.0-trixie': `sha256:${'1'.repeat(64)}`,
  'gcr.io/distroless/static-debian13:nonroot': `sha256:${'2'.repeat(64)}`,
  'alpine:3.24.2': `sha256:${'3'.repeat(64)}`,
  'cgr.dev/chainguard/static:latest': `sha256:${'4'.repeat(64)}`,
};

inFolderWith({
  ...ORDERS,
  ...WEB,
  'services/site/package.json': '{ "main": "server.js" }',
  'services/site/package-lock.json': '{}',
  'services/site/server.js': '',
});

const orders = (options: GoImageOptions = {}): GoImage => GoImage.fromModule('services/orders', { main: './cmd/server', ...options });
const artifact = (app: App, path: string): string => Artifacts.of(app).render(path)!;

function lock(...images: string[]): void {
  writeFileSync(LOCK, JSON.stringify({ version: 1, images: Object.fromEntries(images.map(image => [image, { digest: DIGESTS[image] }])) }));
}

afterEach(() => rmSync(LOCK, { force: true }));

describe('the lock file', () => {
  const dockerfile = (options: GoImageOptions = {}): string => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders(options) });
    return artifact(app, 'images/orders/Dockerfile');
  };

  test('pins what it knows, which then takes no argument, and says so in a label', () => {
    lock('golang:1.25.0-trixie', 'gcr.io/distroless/static-debian13:nonroot');
    const text = dockerfile();
    expect(text).toContain(`FROM --platform=$BUILDPLATFORM golang:1.25.0-trixie@${DIGESTS['golang:1.25.0-trixie']} AS deps\n`);
    expect(text).not.toContain('GO_VERSION');
    expect(text).toContain(`FROM gcr.io/distroless/static-debian13:nonroot@${DIGESTS['gcr.io/distroless/static-debian13:nonroot']} AS final\n`);
    expect(text).toContain(`org.opencontainers.image.base.digest="${DIGESTS['gcr.io/distroless/static-debian13:nonroot']}"`);
    expect(text).toContain('org.opencontainers.image.base.name="gcr.io/distroless/static-debian13:nonroot"');
    expect(text).toContain('FROM gcr.io/distroless/static-debian13:debug-nonroot AS debug\n');
  });

  test('pins Alpine and Chainguard too', () => {
    lock('alpine:3.24.2', 'cgr.dev/chainguard/static:latest');
    const alpine = dockerfile({ base: ImageBase.alpine() });
    expect(alpine).toContain(`FROM alpine:3.24.2@${DIGESTS['alpine:3.24.2']} AS final\n`);
    expect(alpine).not.toContain('ALPINE_VERSION');
    expect(dockerfile({ base: ImageBase.chainguard() })).toContain(`FROM cgr.dev/chainguard/static:latest@${DIGESTS['cgr.dev/chainguard/static:latest']} AS final\n`);
  });

  test('that is not there pins nothing', () => {
    expect(dockerfile()).not.toContain('sha256:');
  });

  test('is reported to lack images once an app, whatever the number of services', () => {
    lock('golang:1.25.0-trixie');
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    new FakeService(app, 'admin', { image: orders({ base: ImageBase.alpine() }) });
    expect(Diagnostics.of(app).collect().map(toText)).toEqual([
      `base-unlocked [app] The images of the app are built on 'alpine:3.24.2', 'gcr.io/distroless/static-debian13:debug-nonroot', 'gcr.io/distroless/static-debian13:nonroot', whose registry can put something else under the name.
Run 'npx cdk8s-golden-path images lock' after a synth, and commit the lock file that it writes.`,
    ]);
  });

  test('must know what has a moving tag', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders({ base: ImageBase.chainguard() }) });
    expect(findings(app).map(toText)).toEqual([`tag-missing [image.base] 'cgr.dev/chainguard/static:latest' names another image tomorrow, and the lock file has no digest of it.
Run 'npx cdk8s-golden-path images lock cgr.dev/chainguard/static:latest', or name a tag that stays.`]);
    lock('cgr.dev/chainguard/static:latest');
    expect(findings(app)).toEqual([]);
  });

  test.each([
    ['{', 'it is no JSON'],
    ['[]', 'it is no lock file of version 1'],
    ['{"version":2,"images":{}}', 'it is no lock file of version 1'],
    ['{"version":1,"images":{"a:1":{"digest":"sha256:1"}}}', "'a:1' has no digest"],
    ['{"version":1,"images":{"a:1":null}}', "'a:1' has no digest"],
  ])('that holds %s is reported', (text, reason) => {
    writeFileSync(LOCK, text);
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    expect(Diagnostics.of(app).collect().map(toText)).toEqual([`invalid-lock [app images.lock.json] 'images.lock.json' cannot be used: ${reason}.
Take it back from version control, or delete it and run 'npx cdk8s-golden-path images lock'.`]);
  });

  test('may lie elsewhere', () => {
    mkdirSync('build', { recursive: true });
    lock('golang:1.25.0-trixie');
    writeFileSync('build/other.lock.json', readFileSync(LOCK));
    rmSync(LOCK);
    const app = new App();
    new Platform(app, { imageTag: ImageTag.of('1.0.0'), imageBuilds: { lockFile: 'build/other.lock.json' } });
    new FakeService(app, 'orders', { image: orders() });
    expect(artifact(app, 'images/orders/Dockerfile')).toContain('golang:1.25.0-trixie@sha256:');
  });

  test('its images are listed for the command that fills it', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    expect(JSON.parse(artifact(app, 'base-images.json'))).toEqual({
      images: ['gcr.io/distroless/static-debian13:debug-nonroot', 'gcr.io/distroless/static-debian13:nonroot', 'golang:1.25.0-trixie'],
    });
  });
});

function shopWith(imageBuilds: ImageBuildOptions, registry: string | null = 'ghcr.io/acme'): App {
  const app = new App();
  new Platform(app, { imageTag: ImageTag.of('1.4.2'), imageBuilds, ...registry !== null && { registry } });
  new FakeService(app, 'orders', {
    image: orders({
      privateModules: { patterns: ['github.com/acme/*'] },
      secrets: [{ id: 'licence', source: 'env:LICENCE', env: 'LICENCE' }],
      tests: {},
    }),
  });
  new FakeService(app, 'web', { image: GoImage.fromModule('services/web', { name: 'shop/web', debugTarget: false, platforms: ['linux/amd64'] }) });
  return app;
}

describe('docker-bake.json', () => {
  const bake = (imageBuilds: ImageBuildOptions = {}, registry?: string | null): any =>
    JSON.parse(artifact(shopWith(imageBuilds, registry), 'docker-bake.json'));

  test('as a whole', () => {
    expect(artifact(shopWith({}), 'docker-bake.json')).toMatchSnapshot();
  });

  test('pushes what the manifests name', () => {
    const { variable, target } = bake();
    expect(variable.VERSION.default).toBe('1.4.2');
    expect(target.orders.tags).toEqual(['ghcr.io/acme/orders:${VERSION}']);
  });

  test('does not guess between several tags', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    new FakeService(app, 'web', { image: GoImage.fromModule('services/web', { tag: ImageTag.of('9') }) });
    expect(JSON.parse(artifact(app, 'docker-bake.json')).variable.VERSION.default).toBe('0.0.0-dev');
  });

  test.each<[BuildCache | undefined, string | null, string | undefined]>([
    [undefined, 'ghcr.io/acme', 'type=registry,ref=ghcr.io/acme/orders:buildcache'],
    [undefined, null, undefined],
    [BuildCache.REGISTRY, null, 'type=registry,ref=orders:buildcache'],
    [BuildCache.GITHUB, 'ghcr.io/acme', 'type=gha,scope=orders'],
    [BuildCache.LOCAL, 'ghcr.io/acme', undefined],
  ])('keeps layers by %s with the registry %s', (cache, registry, expected) => {
    expect(bake(cache ? { cache } : {}, registry).target['orders-source']['cache-from']?.[0]).toBe(expected);
  });

  test('without attestations', () => {
    expect(bake().target.published.attest).toEqual(['type=provenance,mode=max', 'type=sbom']);
    expect(bake({ attestations: false }).target.published.attest).toBeUndefined();
  });

  test('names targets by what bake understands, and each once', () => {
    const app = shop();
    for (const name of ['a/b', 'a.b', 'published']) {
      new FakeService(app, name.replace('/', '-slash-').replace('.', '-dot-'), { image: GoImage.fromModule('services/web', { name }) });
    }
    expect(JSON.parse(artifact(app, 'docker-bake.json')).group.default.targets).toEqual(['a_b', 'a_b_', 'published_']);
  });

  test('is not there without images', () => {
    expect(Artifacts.of(shop()).list()).toEqual([]);
  });
});

test('the metadata of a build is what the next synth names', () => {
  const synth = (): { reference: string; bake: any } => {
    const app = new App();
    new Platform(app, { registry: 'ghcr.io/acme', imageTag: ImageTag.fromBakeMetadata('build.json', { otherwise: '1.4.2' }) });
    const service = new FakeService(app, 'orders', { image: orders() });
    expect(findings(app)).toEqual([]);
    return { reference: service.resolve().reference, bake: JSON.parse(artifact(app, 'docker-bake.json')) };
  };
  const { reference, bake } = synth();
  expect(reference).toBe('ghcr.io/acme/orders:1.4.2');
  const [name] = bake.target.orders.tags[0].replace('${VERSION}', bake.variable.VERSION.default).split(' ');
  const digest = `sha256:${'d'.repeat(64)}`;
  writeFileSync('build.json', JSON.stringify({ orders: { 'image.name': name, 'containerimage.digest': digest } }));
  expect(synth().reference).toBe(`ghcr.io/acme/orders:1.4.2@${digest}`);
  rmSync('build.json');
});

describe('files for those who ask for them', () => {
  test('are not there by themselves', () => {
    expect(Artifacts.of(shopWith({})).list().map(({ path }) => path).filter(path => /\.ya?ml$/.test(path))).toEqual([]);
  });

  test('skaffold.yaml', () => {
    const text = artifact(shopWith({ skaffold: true }), 'skaffold.yaml');
    expect(text).toMatchSnapshot();
    expect(parse(text).build.artifacts.map(({ image }: { image: string }) => image)).toEqual(['ghcr.io/acme/orders', 'ghcr.io/acme/shop/web']);
  });

  test('ko.yaml, of the programs that ko can build', () => {
    const app = shopWith({ ko: true });
    new FakeService(app, 'site', { image: NodeImage.fromPackage('services/site') });
    new FakeService(app, 'native', { image: orders({ cgo: true, name: 'native' }) });
    const text = artifact(app, 'ko.yaml');
    expect(text).toMatchSnapshot();
    expect(parse(text).builds.map(({ id }: { id: string }) => id)).toEqual(['orders', 'shop/web']);
  });
});

describe('in place', () => {
  const app = (options: GoImageOptions = { dockerfile: Dockerfile.inPlace() }): PlatformApp => {
    const root = new PlatformApp({ outdir: 'dist' });
    new Platform(root, { registry: 'ghcr.io/acme', imageTag: ImageTag.of('1.4.2') });
    new FakeService(root, 'orders', { image: orders(options) });
    return root;
  };

  afterEach(() => ['Dockerfile', 'Dockerfile.dockerignore', 'Dockerfile.orders', 'Dockerfile.orders.dockerignore'].forEach(name => rmSync(`services/orders/${name}`, { force: true })));

  test('nothing is written there unless somebody asks', () => {
    app({}).synth();
    expect(existsSync('services/orders/Dockerfile')).toBe(false);
    expect(existsSync('artifacts/images/orders/Dockerfile')).toBe(true);
  });

  test('both files are, and are known for our own the next time', () => {
    app().synth();
    const text = readFileSync('services/orders/Dockerfile', 'utf8');
    expect(text).toContain('docker buildx build -f services/orders/Dockerfile ');
    expect(existsSync('services/orders/Dockerfile.dockerignore')).toBe(true);
    expect(existsSync('artifacts/images/orders/Dockerfile')).toBe(false);
    writeFileSync('services/orders/Dockerfile', text.replace('AS final', 'AS last'));
    app().synth();
    expect(readFileSync('services/orders/Dockerfile', 'utf8')).toBe(text);
  });

  test('under another name', () => {
    app({ dockerfile: Dockerfile.inPlace({ fileName: 'Dockerfile.orders' }) }).synth();
    expect(existsSync('services/orders/Dockerfile.orders')).toBe(true);
    expect(JSON.parse(readFileSync('artifacts/docker-bake.json', 'utf8')).target['orders-source'].dockerfile).toBe('Dockerfile.orders');
  });

  test('a file of somebody else stays, and nothing is written', () => {
    rmSync('dist', { recursive: true, force: true });
    writeFileSync('services/orders/Dockerfile', 'FROM scratch\n');
    let thrown: unknown;
    try {
      app().synth();
    } catch (problem) {
      thrown = problem;
    }
    expect(thrown).toBeInstanceOf(SynthesisError);
    expect((thrown as SynthesisError).diagnostics.filter(({ code }) => code === 'foreign-file').map(toText)).toEqual([
      `foreign-file [app services/orders/Dockerfile] 'services/orders/Dockerfile' was not written by this library, so it is not overwritten.
Remove it where the recipe replaces it, or leave 'dockerfile' out.`,
    ]);
    expect(readFileSync('services/orders/Dockerfile', 'utf8')).toBe('FROM scratch\n');
    expect(existsSync('dist')).toBe(false);
  });

  test('a stock app writes them with its artefacts', () => {
    const stock = shop();
    new FakeService(stock, 'orders', { image: orders({ dockerfile: Dockerfile.inPlace() }) });
    Artifacts.of(stock).write('written');
    expect(existsSync('services/orders/Dockerfile')).toBe(true);
    expect(existsSync('written/docker-bake.json')).toBe(true);
  });

  test('a name that is none', () => {
    expect(Diagnostics.of(app({ dockerfile: Dockerfile.inPlace({ fileName: 'build/file' }) })).errors().map(toText)).toEqual([
      "invalid-value [image.dockerfile] 'build/file' is not the name of a Dockerfile.\nWrite a file name with 'Dockerfile' in it and without a folder.",
    ]);
  });
});
