import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_KUBERNETES, NODE_PROGRAMS } from './programs';
import { pinnedVersion } from '../support/real-runs/go-programs';

test.each([NODE_KUBERNETES, ...NODE_PROGRAMS].map(programs => [programs.module, programs] as const))('%s and the programs of it are pinned', (_, programs) => {
  expect(pinnedVersion(programs)).toMatch(/^v\d+\.\d+\.\d+$/);
  const text = readFileSync(join(programs.folder, 'go.mod'), 'utf8');
  Object.values(programs.packages).filter(path => path !== '.').forEach(path => expect(text.split(/\n\t?(?:tool )?/)).toContain(path));
  expect(readFileSync(join(programs.folder, 'go.sum'), 'utf8')).toContain(`${programs.module} ${pinnedVersion(programs)} `);
});
