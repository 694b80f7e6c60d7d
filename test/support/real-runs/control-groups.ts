import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './processes';

const ROOT = '/sys/fs/cgroup';

/** Makes a control group, in which others can be made: one for each controller, or one for all where they are unified. */
export function makeGroup(name: string): void {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) {
    const controllers = readFileSync(join(ROOT, 'cgroup.controllers'), 'utf8').trim().split(' ').map(each => `+${each}`).join(' ');
    writeFileSync(join(ROOT, 'cgroup.subtree_control'), controllers);
    mkdirSync(join(ROOT, name));
    writeFileSync(join(ROOT, name, 'cgroup.subtree_control'), controllers);
  } else {
    hierarchies().forEach(hierarchy => mkdirSync(join(hierarchy, name), { recursive: true }));
  }
}

/** Removes a control group, which outlives what was in it, as soon as that is gone. */
export async function removeGroup(name: string): Promise<void> {
  await until(`the control group ${name} is empty`, 20, async () => {
    try {
      [ROOT, ...hierarchies()].forEach(hierarchy => removeInmostFirst(join(hierarchy, name)));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EBUSY') {
        return false;
      }
      throw error;
    }
  });
}

function hierarchies(): string[] {
  return subfolders(ROOT);
}

function removeInmostFirst(folder: string): void {
  if (existsSync(folder)) {
    subfolders(folder).forEach(removeInmostFirst);
    rmdirSync(folder);
  }
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => join(folder, name));
}
