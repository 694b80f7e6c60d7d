import { App, Chart } from 'cdk8s';
import { FakeService, faultsOf, shop } from './fake-service';
import { inFolderWith, ORDERS, WEB } from './module-folder';
import { GoImage, type GoImageOptions, ImageTag, Platform } from '../../lib';
import type { Fault } from '../../lib/diagnostics/report';

inFolderWith({
  ...ORDERS,
  ...WEB,
  'old/go.mod': 'module old\n\ngo 1.21\n\ntoolchain go1.25.3\n',
  'new/go.mod': 'module new\n\ngo 1.25.0\n\ntoolchain go1.27.1\n',
  'broken/go.mod': 'module broken\n',
});

const DIGEST = `sha256:${'a'.repeat(64)}`;
const orders = (options: GoImageOptions = {}): GoImage => GoImage.fromModule('services/orders', { main: './cmd/server', ...options });

describe('the reference', () => {
  test('is the registry of the platform, the service and the tag of the build', () => {
    const service = new FakeService(shop(), 'orders', { image: orders() });
    expect(service.resolve()).toEqual({ reference: 'ghcr.io/acme/orders:1.4.2', tag: '1.4.2' });
  });

  test.each<[string, GoImageOptions, string]>([
    ['a name', { name: 'shop/orders' }, 'ghcr.io/acme/shop/orders:1.4.2'],
    ['a repository', { repository: 'registry.example.com:5000/orders' }, 'registry.example.com:5000/orders:1.4.2'],
    ['a tag', { tag: ImageTag.of('2.0.0') }, 'ghcr.io/acme/orders:2.0.0'],
    ['a digest', { tag: ImageTag.fromEnv('NOT_SET', { otherwise: DIGEST }) }, `ghcr.io/acme/orders@${DIGEST}`],
    ['a tag and a digest', { tag: ImageTag.fromEnv('NOT_SET', { otherwise: `2.0.0@${DIGEST}` }) }, `ghcr.io/acme/orders:2.0.0@${DIGEST}`],
  ])('with %s', (_, options, reference) => {
    expect(new FakeService(shop(), 'orders', { image: orders(options) }).resolve().reference).toBe(reference);
  });

  test('without a platform it is the service alone', () => {
    expect(new FakeService(new App(), 'orders', { image: orders({ tag: ImageTag.of('1.0.0') }) }).resolve().reference).toBe('orders:1.0.0');
  });

  test('of an image that nobody has registered', () => {
    expect(orders()._resolve({ serviceName: 'orders', registry: 'ghcr.io/acme', tag: ImageTag.of('1.0.0') }, () => undefined).reference).toBe('ghcr.io/acme/orders:1.0.0');
  });

  test('is the same for all services of an image, whatever their order', () => {
    for (const ids of [['orders', 'orders-admin'], ['orders-admin', 'orders']]) {
      const app = shop();
      const image = orders();
      const references = ids.map(id => new FakeService(app, id, { image })).map(service => service.resolve().reference);
      expect(references).toEqual(['ghcr.io/acme/server:1.4.2', 'ghcr.io/acme/server:1.4.2']);
    }
  });

  test('keeps the name of a service that runs the image in several containers', () => {
    const app = shop();
    const image = orders();
    const service = new FakeService(app, 'orders', { image });
    image._usedBy({ construct: service, name: 'migrate', ports: () => [], identity: () => undefined });
    expect(service.resolve().reference).toBe('ghcr.io/acme/orders:1.4.2');
  });

  test('is that of the app which asks', () => {
    const image = orders();
    const first = new FakeService(shop(), 'orders', { image });
    const second = new FakeService(shop(), 'purchases', { image });
    expect([first, second].map(service => service.resolve().reference)).toEqual(['ghcr.io/acme/orders:1.4.2', 'ghcr.io/acme/purchases:1.4.2']);
  });

  test('follows the platform of each environment', () => {
    const app = new App();
    const image = orders({ tag: ImageTag.of('1.0.0') });
    const services = ['dev', 'prod'].map(name => {
      const environment = new Chart(app, name);
      new Platform(environment, { registry: `registry.example.com/${name}` });
      return new FakeService(environment, 'orders', { image });
    });
    expect(services.map(service => service.resolve().reference)).toEqual(['registry.example.com/dev/orders:1.0.0', 'registry.example.com/prod/orders:1.0.0']);
  });

  test.each<[string, GoImageOptions, string]>([
    ['a name with a tag', { name: 'orders:1' }, `invalid-image [image.name] 'orders:1' is not the name of an image.
Use lower-case letters and digits, with single dots, dashes and underscores between them and slashes between its parts, and no tag.`],
    ['a name in upper case', { name: 'Orders' }, `invalid-image [image.name] 'Orders' is not the name of an image.
Use lower-case letters and digits, with single dots, dashes and underscores between them and slashes between its parts, and no tag.`],
    ['a repository with a tag', { repository: 'ghcr.io/acme/orders:1' }, `invalid-image [image.repository] 'ghcr.io/acme/orders:1' is not the name of an image.
Use lower-case letters and digits, with single dots, dashes and underscores between them and slashes between its parts, and no tag.`],
    ['a tag that moves', { tag: ImageTag.of('latest') }, `tag-missing [image.tag] The tag 'latest' names another image tomorrow.
Write the version that was built.`],
  ])('%s is reported', (_, options, expected) => {
    expect(faultsOf(orders(options))).toEqual([expected]);
  });

  test('a tag that the build did not say is reported, and none is made up', () => {
    const found: Fault[] = [];
    const image = orders({ tag: ImageTag.fromEnv('NOT_SET') });
    expect(image._resolve({ serviceName: 'orders', tag: ImageTag.of('1.0.0') }, fault => found.push(fault)).reference).toBe('orders');
    expect(found).toEqual([expect.objectContaining({ code: 'build-input-missing', property: 'tag' })]);
  });
});

describe('the version of Go that the program behaves like', () => {
  test.each<[string, string, string | undefined]>([
    ['what go.mod says', 'services/orders', '1.25.0'],
    ['the older of language and toolchain', 'old', '1.21'],
    ['a newer toolchain changes nothing', 'new', '1.25.0'],
    ['nothing where go.mod says nothing', 'broken', undefined],
    ['nothing where there is no go.mod', 'nowhere', undefined],
  ])('%s', (_, path, version) => {
    expect(GoImage.fromModule(path)._goVersion()).toBe(version);
  });

  test('an older one cannot be asked for', () => {
    expect(GoImage.fromModule('new', { goVersion: '1.24.0' })._goVersion()).toBe('1.24.0');
  });
});

test('a recipe reads nothing before somebody asks', () => {
  const app = shop();
  expect(() => new FakeService(app, 'orders', { image: GoImage.fromModule('nowhere') })).not.toThrow();
});
