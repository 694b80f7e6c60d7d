import * as fs from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { addChart, errorOf, files, folder, LIST, newApp, read, TextArtifact } from './output-folder';
import { Artifacts, Environment } from '../../lib';

// The library's own `fs` is this object as well, so that a test can let it fail.
jest.mock('fs', () => ({ __esModule: true, ...jest.requireActual('fs') }));
const disk = jest.requireMock<typeof fs>('fs');

function full(): NodeJS.ErrnoException {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
}

/** Lets the nth call fail. */
function failAt(method: 'writeFileSync' | 'renameSync' | 'mkdirSync', at: number, error: Error): void {
  const real = disk[method] as (...args: unknown[]) => unknown;
  let calls = 0;
  jest.spyOn(disk, method).mockImplementation(((...args: unknown[]) => {
    calls++;
    if (calls === at) {
      if (method === 'writeFileSync') {
        // What fits is there.
        real(args[0], String(args[1]).slice(0, 10));
      }
      throw error;
    }
    return real(...args);
  }) as never);
}

function synthesise(version: string): void {
  const app = newApp();
  ['a', 'b', 'c'].forEach(id => addChart(app, id, { version }));
  Artifacts.of(app).add(new TextArtifact('images/shop/Dockerfile', version));
  app.synth();
}

describe('a disk that is full', () => {
  test.each([1, 2, 3, 4])('at file %s of an output that is there already: it stays as it was', at => {
    synthesise('old');
    const before = files();
    failAt('writeFileSync', at, full());
    const { message, stack } = errorOf(() => synthesise('new'));
    expect(message).toBe('The output cannot be written: ENOSPC: no space left on device, write. What was there before is unchanged.');
    expect(stack).toBeUndefined();
    expect(files()).toEqual(before);
    expect(['a', 'b', 'c'].map(id => read(`dist/${id}.k8s.yaml`).includes('version: old'))).toEqual([true, true, true]);
    expect(read('artifacts/images/shop/Dockerfile')).toBe('old');
  });

  test('before anything was there: not even a folder is left', () => {
    failAt('writeFileSync', 5, full());
    expect(() => synthesise('new')).toThrow(/ENOSPC/);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

test('a folder that cannot be written', () => {
  failAt('mkdirSync', 1, Object.assign(new Error(`EACCES: permission denied, mkdir '${join(folder, 'dist')}'`), { code: 'EACCES' }));
  expect(errorOf(() => synthesise('new')).message).toBe(
    `The output cannot be written: EACCES: permission denied, mkdir '${join(folder, 'dist')}'. What was there before is unchanged.`);
});

test('a folder that is a file', () => {
  fs.writeFileSync(join(folder, 'dist'), 'kept');
  expect(errorOf(() => synthesise('new')).message).toMatch(/^The output cannot be written: EEXIST: .*dist'\. What was there before is unchanged\.$/);
  expect(read('dist')).toBe('kept');
});

test('a file that cannot be put in its place: the error says that the output is incomplete, and nothing temporary is left', () => {
  synthesise('old');
  failAt('renameSync', 2, new Error("EPERM: operation not permitted, rename 'b'"));
  expect(errorOf(() => synthesise('new')).message).toBe("The output is written in part only: EPERM: operation not permitted, rename 'b'.");
  expect(files().filter(file => file.includes('tmp'))).toEqual([]);
});

test('what a run left that was killed is taken away by the next', () => {
  synthesise('old');
  fs.writeFileSync(join(folder, 'dist/b.k8s.yaml.cdk8s-golden-path-tmp'), 'half');
  synthesise('new');
  expect(files()).toEqual([
    `artifacts/${LIST}`, 'artifacts/images/shop/Dockerfile', `dist/${LIST}`, 'dist/a.k8s.yaml', 'dist/b.k8s.yaml', 'dist/c.k8s.yaml',
  ]);
});

test('ten thousand charts of one name are one finding', () => {
  const app = newApp();
  const environment = new Environment(app, 'prod');
  Array.from({ length: 10_000 }, (_, index) => new Chart(environment, `shop${'!'.repeat(index % 100)}${'?'.repeat(index / 100)}`, { namespace: 'shop' }));
  expect(errorOf(() => app.synth()).message).toBe(`1 error, nothing was written

error output-path [prod/shop!] 'prod/shop.k8s.yaml' would be written 10000 times, first by 'prod/shop'.
    Give one of them another id or name, or choose another yamlOutputType.
`);
  expect(files()).toEqual([]);
}, 20_000);

test('a circle of ten thousand charts is told by its beginning and its end', () => {
  const app = newApp();
  const charts = Array.from({ length: 10_000 }, (_, index) => new Chart(app, `c${index}`));
  charts.forEach((chart, index) => chart.addDependency(charts[(index + 1) % charts.length]));
  expect(errorOf(() => app.synth()).message).toContain('c8 → c9 → c10 → … (9988 more) → c9999 → c0.\n');
}, 20_000);
