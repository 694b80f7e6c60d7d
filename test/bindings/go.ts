import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dependencies, type Dependency, origins } from './dependencies';
import { generated } from './generator';
import { type Installed, sourcesOf } from './programs';
import { build, demand } from './toolchain';
import { run } from '../support/real-runs/processes';

// Paths are no part of what is built, so that the cache of Go knows the code of one run in the next.
const ENVIRONMENT = { GOFLAGS: '-mod=mod -trimpath', GOWORK: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };

/** The module of generated code, and where it is. */
interface Module {
  readonly path: string;
  readonly folder: string;
}

/** Builds the programs against the generated module; a dependency that no proxy has is generated as well, and replaced by that. */
export async function installGo(own: string, folder: string): Promise<Installed> {
  const version = await demand('go', ['env', 'GOVERSION'], /go(\d+\.\d+(?:\.\d+)?)/, [1, 25]);
  cpSync(sourcesOf('go'), folder, { recursive: true });
  const go = async (...args: string[]) => build('go', args, { cwd: folder, env: ENVIRONMENT });
  const found = new Map<Dependency, string>();
  await replace(go, moduleOf(own));
  for (const dependency of dependencies()) {
    const module = moduleOf(await generated(dependency));
    const published = await isPublished(module, dependency, folder);
    found.set(dependency, published ? 'as Go modules' : 'generated from the npm packages, and replaced in go.mod');
    if (!published) {
      await replace(go, module);
    }
  }
  const unformatted = await build('gofmt', ['-l', folder]);
  if (unformatted.trim()) {
    throw new Error(`gofmt would change ${unformatted}`);
  }
  await go('vet', './...');
  await go('build', '-o', join(folder, 'bin/'), './...');
  return {
    remark: `Go ${version}, vetted and built; ${origins(found)}`,
    command: program => [join(folder, 'bin', program)],
  };
}

function moduleOf(code: string): Module {
  const [name] = readdirSync(join(code, 'go'));
  const folder = join(code, 'go', name);
  return { folder, path: /^module (\S+)$/m.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))![1] };
}

async function replace(go: (...args: string[]) => Promise<string>, { path, folder }: Module): Promise<void> {
  await go('mod', 'edit', `-replace=${path}=${folder}`);
}

async function isPublished({ path }: Module, { version }: Dependency, folder: string): Promise<boolean> {
  // Outside of the project, whose go.mod would be extended by what is asked for.
  const { status } = await run('go', ['mod', 'download', `${path}@v${version}`], {
    cwd: join(folder, '..'), env: { ...ENVIRONMENT, GOFLAGS: '' }, timeoutSeconds: 120,
  });
  return status === 0;
}
