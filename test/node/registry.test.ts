import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, layoutOf } from './registry';
import { writeImage } from '../image-builds/oci-layout';

let folder: string;
let server: Server;
let digest: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registry-test-'));
  mkdirSync(join(folder, 'images'));
  writeFileSync(join(folder, 'layer.tar'), 'layer');
  digest = await writeImage(layoutOf(join(folder, 'images'), 'ghcr.io/acme/web:1.0.0'), 'latest', [join(folder, 'layer.tar')], { User: '1' }, ['amd64']);
  server = createRegistry(join(folder, 'images'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise(resolve => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });

test('an image is found by its name, and its parts by their digests', async () => {
  expect((await get('/v2/')).status).toBe(200);
  const head = await get('/v2/acme/web/manifests/1.0.0?ns=ghcr.io', 'HEAD');
  expect([head.status, head.headers.get('docker-content-digest'), head.headers.get('content-type'), await head.text()])
    .toEqual([200, digest, 'application/vnd.oci.image.index.v1+json', '']);
  const index: any = await (await get(`/v2/acme/web/manifests/${digest}?ns=ghcr.io`)).json();
  const manifest = await get(`/v2/acme/web/manifests/${index.manifests[0].digest}`);
  expect(manifest.headers.get('content-type')).toBe('application/vnd.oci.image.manifest.v1+json');
  const { config, layers }: any = await manifest.json();
  expect(await (await get(`/v2/acme/web/blobs/${config.digest}`)).json()).toMatchObject({ architecture: 'amd64', config: { User: '1' } });
  expect(await (await get(`/v2/acme/web/blobs/${layers[0].digest}`)).text()).toBe('layer');
  const layer = await get(`/v2/acme/web/blobs/${layers[0].digest}`, 'HEAD');
  expect([layer.headers.get('content-length'), await layer.text()]).toEqual(['5', '']);
});

test.each([
  '/v2/acme/web/manifests/2.0.0?ns=ghcr.io', '/v2/acme/web/manifests/1.0.0?ns=docker.io', '/v2/acme/web/manifests/1.0.0', '/', '/v2/acme',
  `/v2/acme/web/blobs/sha256:${'0'.repeat(64)}`, `/v2/acme/web/manifests/sha256:${'0'.repeat(64)}`, '/v2/acme/web/blobs/..%2F..%2Flayer.tar',
])('there is no %s', async path => {
  expect((await get(path)).status).toBe(404);
});
