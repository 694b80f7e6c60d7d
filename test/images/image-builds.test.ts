import { App, Chart } from 'cdk8s';
import { FakeService, findings, shop, toText } from './fake-service';
import { inFolderWith, ORDERS, WEB } from './module-folder';
import { GoImage, type GoImageOptions, ImageTag, Platform, PlatformApp } from '../../lib';
import { Diagnostics } from '../../lib/diagnostics';
import { Artifacts } from '../../lib/synthesis';

inFolderWith({ ...ORDERS, ...WEB });

const orders = (options: GoImageOptions = {}): GoImage => GoImage.fromModule('services/orders', { main: './cmd/server', ...options });
const paths = (app: App): string[] => Artifacts.of(app).list().map(({ path }) => path).filter(path => /Dockerfile/.test(path));
const faults = (app: App): string[] => findings(app).map(toText);
const dockerfile = (app: App, name = 'orders'): string => Artifacts.of(app).render(`images/${name}/Dockerfile`)!;

describe('the files', () => {
  test('lie below the name of the image', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    new FakeService(app, 'web', { image: GoImage.fromModule('services/web', { name: 'shop/web' }) });
    new FakeService(app, 'mail', { image: GoImage.fromModule('services/web', { repository: 'registry.example.com:5000/mail' }) });
    expect(paths(app)).toEqual([
      'images/mail/Dockerfile', 'images/mail/Dockerfile.dockerignore',
      'images/orders/Dockerfile', 'images/orders/Dockerfile.dockerignore',
      'images/shop/web/Dockerfile', 'images/shop/web/Dockerfile.dockerignore',
    ]);
    expect(faults(app)).toEqual([]);
  });

  test('are there for services that come after somebody has asked', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    expect(paths(app)).toHaveLength(2);
    new FakeService(app, 'web', { image: GoImage.fromModule('services/web') });
    expect(paths(app)).toHaveLength(4);
  });

  test('are left out where the module cannot be read, which is reported', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: GoImage.fromModule('nowhere') });
    expect(paths(app)).toEqual([]);
    expect(Diagnostics.of(app).errors().map(({ code }) => code)).toEqual(['source-folder']);
  });

  test('say the command that builds them, from the folder where they are written', () => {
    const app = new PlatformApp({ artifactsOutdir: 'build/artifacts/' });
    new FakeService(app, 'orders', { image: orders() });
    expect(dockerfile(app)).toContain('docker buildx build -f build/artifacts/images/orders/Dockerfile --platform linux/amd64,linux/arm64 '
      + '--build-arg "VERSION=${VERSION}" -t "orders:${VERSION}" services/orders\n');
  });

  test('name no folder of one machine', () => {
    const app = new PlatformApp({ artifactsOutdir: '/tmp/somewhere' });
    new FakeService(app, 'orders', { image: orders() });
    expect(dockerfile(app)).not.toContain('/tmp/somewhere');
  });

  test('are read by the frontend that the platform has', () => {
    const app = shop();
    const chart = new Chart(app, 'mirrored');
    new Platform(chart, { dockerfileFrontend: 'registry.example.com/docker/dockerfile:1' });
    new FakeService(chart, 'orders', { image: orders() });
    expect(dockerfile(app).split('\n')[0]).toBe('# syntax=registry.example.com/docker/dockerfile:1');
  });

  test('are the same each time', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    expect(dockerfile(app)).toBe(dockerfile(app));
  });

  test('do not depend on the order of services and options', () => {
    const text = (ids: readonly string[], options: GoImageOptions): string => {
      const app = shop();
      const image = orders(options);
      ids.forEach(id => new FakeService(app, id, { image, ports: id === 'orders' ? [{ number: 8080 }] : [{ number: 9090 }, { number: 3000 }] }));
      return dockerfile(app, 'shop');
    };
    expect(text(['orders', 'admin'], { name: 'shop', buildArgs: { B: '1', A: '2' } })).toBe(text(['admin', 'orders'], { buildArgs: { A: '2', B: '1' }, name: 'shop' }));
  });
});

describe('an image of several services', () => {
  test('is built once, with the ports of all', () => {
    const app = shop();
    const image = orders({ name: 'orders' });
    new FakeService(app, 'orders', { image, ports: [{ number: 8080, name: 'http' }, { number: 9090, name: 'metrics' }] });
    new FakeService(app, 'orders-admin', { image, ports: [{ number: 8081, name: 'http' }, { number: 9090, name: 'metrics' }] });
    expect(paths(app)).toEqual(['images/orders/Dockerfile', 'images/orders/Dockerfile.dockerignore']);
    expect(dockerfile(app)).toMatchSnapshot();
    expect(faults(app)).toEqual([]);
  });

  test('may be written down once for each environment', () => {
    const app = new App();
    for (const name of ['dev', 'prod']) {
      const environment = new Chart(app, name);
      new Platform(environment, { registry: `registry.example.com/${name}`, imageTag: ImageTag.of('1.0.0') });
      new FakeService(environment, 'orders', { image: orders(), ports: name === 'dev' ? [{ number: 8080 }, { number: 6060, name: 'pprof' }] : [{ number: 8080 }] });
    }
    expect(paths(app)).toEqual(['images/orders/Dockerfile', 'images/orders/Dockerfile.dockerignore']);
    expect(dockerfile(app)).toContain('EXPOSE 6060 8080\n');
    expect(dockerfile(app)).toContain('-t "registry.example.com/dev/orders:${VERSION}" -t "registry.example.com/prod/orders:${VERSION}" services/orders\n');
    expect(faults(app)).toEqual([]);
  });

  test('is at fault once', () => {
    const app = shop();
    const image = orders({ main: './cmd/other', name: 'orders' });
    new FakeService(app, 'orders', { image });
    new FakeService(app, 'orders-admin', { image });
    expect(faults(app)).toEqual([`source-folder [image.main] There are no Go files in './cmd/other' of 'services/orders'.
Write the folder that holds the package main, for example './cmd/server'.`]);
  });

  test('names its services, not their containers', () => {
    const app = shop();
    const image = orders();
    const service = new FakeService(app, 'orders', { image });
    image._usedBy({ construct: service, name: 'migrate', ports: () => [], identity: () => undefined });
    expect(dockerfile(app).split('\n')[3]).toBe("# The image 'orders', which 'orders' runs. Written by cdk8s-golden-path: change the definition, not this file.");
  });

  test('a port that is none is not exposed', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders(), ports: [{ number: 0 }, { number: 70000 }, { number: 8080 }] });
    expect(dockerfile(app)).toContain('EXPOSE 8080\n');
  });

  test('two recipes of one name are reported', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders() });
    new FakeService(app, 'web', { image: GoImage.fromModule('services/web', { name: 'orders' }) });
    expect(findings(app).map(({ code, property }) => `${code} ${property}`)).toEqual([
      "duplicate-artifact artifact 'images/orders/Dockerfile'",
      "duplicate-artifact artifact 'images/orders/Dockerfile.dockerignore'",
    ]);
  });
});

describe('the user', () => {
  const userOf = (app: App): string => /^USER (.*)$/m.exec(dockerfile(app))![1];

  test.each<[string, readonly [number, number] | null, GoImageOptions, string]>([
    ['is that of the pod', [10001, 10002], {}, '10001:10002'],
    ['is nonroot where the cluster decides', null, {}, '65532:65532'],
    ["is the recipe's where the cluster decides", null, { user: 10001 }, '10001:10001'],
    ['is the same in both', [10001, 0], { user: 10001 }, '10001:0'],
    ['is never root: that is a choice of a pod alone', [0, 0], {}, '65532:65532'],
  ])('%s', (_, identity, options, user) => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders(options), identity });
    expect(userOf(app)).toBe(user);
    expect(faults(app)).toEqual([]);
  });

  test('of two pods that differ is reported', () => {
    const app = shop();
    const image = orders({ name: 'orders' });
    new FakeService(app, 'orders', { image });
    new FakeService(app, 'cluster-decides', { image, identity: null });
    new FakeService(app, 'admin', { image, identity: [10001, 10001] });
    expect(faults(app)).toEqual([`image-conflict [admin image] 'orders' runs the same image as user and group 65532:65532, 'admin' as 10001:10001.
Give both the same 'security.user' and 'security.group', or each an image with a 'name' of its own.`]);
  });

  test('of recipe and pod that differ is reported', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders({ user: 10001 }) });
    expect(faults(app)).toEqual([`image-conflict [image.user] The image runs as user 10001, but its pod as 65532.
Leave 'user' out of the image, which then takes that of the pod, or write security: { user: 10001 } for the service.`]);
  });

  test('of a container beside the main one is reported as its own', () => {
    const app = shop();
    new FakeService(app, 'orders', { image: orders({ user: 10001 }), container: 'migrate' });
    expect(faults(app)).toEqual([expect.stringContaining("image-conflict [container 'migrate' image.user]")]);
  });
});
