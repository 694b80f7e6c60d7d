import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectCompiled, ROOT } from './compiled';

/** tsx would take a compiled index.js before the source beside it, and then run on what an older compilation left there. */
test('examples run on the sources, whatever is compiled', () => {
  expectCompiled();
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.cache/source-'));
  try {
    const script = join(folder, 'main.ts');
    writeFileSync(script, `
      import * as all from 'cdk8s-golden-path';
      const names = Object.keys(all);
      const loaded = Object.keys(require.cache).filter(file => file.startsWith(${JSON.stringify(join(ROOT, 'lib'))}));
      process.stdout.write(JSON.stringify({ names, loaded }));`);
    const { names, loaded } = JSON.parse(execFileSync(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', join(ROOT, 'examples/tsconfig.json'), script], {
      cwd: ROOT, encoding: 'utf8',
    })) as { names: string[]; loaded: string[] };
    expect(names).toContain('PlatformApp');
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter(file => !file.endsWith('.ts'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
