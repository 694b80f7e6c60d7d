import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, type Files, filesBelow, summary } from './programs';
import { inTemporaryFolder } from '../package/compiled';

function files(texts: { readonly [path: string]: string }): Files {
  return new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
}

test('the same bytes are no difference, in whatever order they come', () => {
  expect(differences(files({ a: '1\n', b: '2\n' }), files({ b: '2\n', a: '1\n' }))).toEqual([]);
});

test('each file that differs is told, with its first line', () => {
  expect(differences(files({ a: 'x\ny\n', b: '', c: 'z' }), files({ a: 'x\nY\n', c: 'z\n', d: '' }))).toEqual([
    "a differs: line 2 is 'Y' instead of 'y'",
    'b is missing',
    'c differs: 1 lines more',
    'd is there, which TypeScript does not write',
  ]);
});

test('what a program reads is not what it wrote', () => inTemporaryFolder(folder => {
  for (const path of ['dist', 'examples/go-microservice/services', 'examples/go-microservice/artifacts/images/web']) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  writeFileSync(join(folder, 'dist/shop.k8s.yaml'), 'kind: Service\n');
  writeFileSync(join(folder, 'examples/go-microservice/services/go.mod'), 'module web\n');
  writeFileSync(join(folder, 'examples/go-microservice/artifacts/images/web/Dockerfile'), 'FROM scratch\n');
  const found = filesBelow(folder);
  expect([...found.keys()]).toEqual(['dist/shop.k8s.yaml', 'examples/go-microservice/artifacts/images/web/Dockerfile']);
  expect(summary(found)).toBe('2 files, 27 bytes, among them 1 manifests and 1 Dockerfiles; shop.k8s.yaml');
}));
