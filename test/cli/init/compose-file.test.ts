import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readComposeFile } from '../../../lib/cli/init/compose-file';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compose-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string, file = 'compose.yaml'): ReturnType<typeof readComposeFile> {
  writeFileSync(join(folder, file), text);
  return readComposeFile(folder);
}

test('there may be none', () => {
  expect(readComposeFile(folder)).toBeUndefined();
});

test('of several the one counts that Compose takes', () => {
  read('services: { a: {} }', 'docker-compose.yml');
  expect(read('services: { b: {} }', 'compose.yml')).toMatchObject({ file: 'compose.yml', services: [{ name: 'b' }] });
});

test('variables in both forms, and those without a value', () => {
  const { services } = read(`
x-common: &common { LOG_LEVEL: info }
services:
  a: { environment: { <<: *common, PORT: 8080, DEBUG: true, HOME: } }
  b: { environment: [A=1, B=x=y, C, D=] }
  c: {}
`)!;
  expect(services.map(({ environment }) => [...environment])).toEqual([
    [['LOG_LEVEL', 'info'], ['PORT', '8080'], ['DEBUG', 'true'], ['HOME', undefined]],
    [['A', '1'], ['B', 'x=y'], ['C', undefined], ['D', '']],
    [],
  ]);
});

test('ports in every form, without those of UDP', () => {
  const { services } = read(`
services:
  a:
    ports: [80, "8080:81", "127.0.0.1:8080:82/tcp", "53:53/udp", "9000-9001:83-84", { target: 85, published: 1 }, { target: 86, protocol: udp }, "[::1]:1:87", x]
    expose: ["88", 80]
`)!;
  expect(services[0].ports).toEqual([80, 81, 82, 83, 85, 87, 88]);
});

test('what an image is built from, the folder of its Dockerfile first', () => {
  const { services } = read(`
services:
  a: { build: ./services/a/ }
  b: { build: { context: ., dockerfile: services/b/Dockerfile } }
  c: { build: { context: services, dockerfile: Dockerfile.c }, image: c:1 }
  d: { build: { dockerfile_inline: FROM scratch } }
  e: { image: postgres:17 }
`)!;
  expect(services.map(({ builtFrom, image }) => [...builtFrom, image])).toEqual([
    ['services/a', undefined], ['services/b', '.', undefined], ['services', 'c:1'], [undefined], ['postgres:17'],
  ]);
});

test.each([['a: [', /^Flow sequence/], ['just text', /^it has no services$/], ['services: []', /^it has no services$/], ['', /^it has no services$/]])('%j says why it cannot be read', (text, fault) => {
  expect(read(text)).toEqual({ file: 'compose.yaml', services: [], fault: expect.stringMatching(fault) });
});
