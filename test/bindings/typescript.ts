import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dependencies, origins } from './dependencies';
import { type Installed, sourcesOf } from './programs';
import { installPacked } from '../package/packed';
import type { Suite } from '../support/real-runs/suite';
import { TYPESCRIPT } from '../support/real-runs/typescript';

/** The tarball, as npm installs it. */
export async function installTypeScript(suite: Suite): Promise<Installed> {
  const all = dependencies();
  const { folder } = installPacked(all.map(({ name }) => name));
  suite.atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  cpSync(sourcesOf('typescript'), folder, { recursive: true });
  return {
    remark: origins(new Map(all.map(each => [each, 'as npm installed them']))),
    command: program => [process.execPath, ...TYPESCRIPT, join(folder, `${program}.ts`)],
  };
}
