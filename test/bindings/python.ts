import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { dependencies, origins } from './dependencies';
import { CACHE } from './generator';
import { type Installed, sourcesOf } from './programs';
import { build, demand } from './toolchain';
import { run } from '../support/real-runs/processes';
import { Unavailable } from '../support/real-runs/unavailable';

/** Builds the wheel and installs it in a virtual environment, beside the wheels of its dependencies. */
export async function installPython(own: string, folder: string): Promise<Installed> {
  const version = await demand('python3', ['--version'], /(\d+\.\d+\.\d+)/, [3, 10]);
  if ((await run('python3', ['-c', 'import ensurepip, venv'])).status !== 0) {
    throw new Unavailable('python3 has no venv');
  }
  await build('python3', ['-m', 'venv', join(folder, 'venv')]);
  const python = join(folder, 'venv/bin/python');
  const env = { PIP_CACHE_DIR: join(CACHE, 'pip'), PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' };
  const pip = async (...args: string[]) => build(python, ['-m', 'pip', ...args], { env });
  await pip('wheel', '--quiet', '--no-deps', '--wheel-dir', join(folder, 'wheels'), join(own, 'python'));
  const all = dependencies();
  const wanted = all.map(each => `${each.targets.python.distName}==${each.version}`);
  await pip('install', '--quiet', '--find-links', join(folder, 'wheels'), 'cdk8s-golden-path', ...wanted);
  // Without what is built here nothing has the name, and an index might.
  const { stdout } = await run(python, ['-m', 'pip', 'show', 'cdk8s-golden-path']);
  if (!/^Version: 0\.0\.0$/m.test(stdout)) {
    throw new Error(`this is not the wheel that was built:\n${stdout}`);
  }
  await pip('check');
  cpSync(sourcesOf('python'), folder, { recursive: true });
  return {
    remark: `Python ${version}, the wheel installed; ${origins(new Map(all.map(each => [each, 'as wheels from the index of pip'])))}`,
    command: program => [python, join(folder, `${program.replace(/-/g, '_')}.py`)],
  };
}
