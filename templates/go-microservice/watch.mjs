// Writes the manifests anew whenever a file of the project is saved, in one process: cdk8s and the library stay loaded, and only the
// project's own files are read again. `node watch.mjs main.ts`; Ctrl-C ends it.
import { readdirSync, statSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { context } from 'esbuild';

const entry = process.argv[2] ?? 'main.ts';
const bundle = resolve('.build/watch.cjs');
const written = ['dist', 'artifacts'];
const ignored = new Set([...written, 'node_modules', '.build', '.git']);
/** File times are those of the last tick of the kernel, in milliseconds. */
const CLOCK = 5;
const require = createRequire(import.meta.url);

const builder = await context({
  entryPoints: [entry], outfile: bundle, bundle: true, platform: 'node', format: 'cjs', packages: 'external', sourcemap: 'inline', logLevel: 'warning',
});

/** The files below a folder that were written since a moment. */
function changedSince(moment, folder) {
  try {
    const files = readdirSync(folder, { recursive: true }).map(file => join(folder, file));
    return files.filter(file => !file.includes('.written-by') && statSync(file).isFile() && statSync(file).mtimeMs >= moment - CLOCK);
  } catch {
    return [];
  }
}

async function synthesise() {
  const begun = Date.now();
  const cpu = process.cpuUsage();
  try {
    await builder.rebuild();
  } catch {
    return; // esbuild has said what is wrong.
  }
  try {
    delete require.cache[bundle];
    require(bundle);
  } catch (problem) {
    console.error(problem.stack ?? String(problem));
    return;
  }
  const { user, system } = process.cpuUsage(cpu);
  const changed = written.flatMap(folder => changedSince(begun, folder));
  console.log(`${changed.length > 0 ? changed.join(', ') : 'nothing changed'} (${Math.round((user + system) / 1000)} ms CPU)`);
}

let running = false;
let again = false;
let timer;

/** Editors save in several steps; what comes together is one change. */
function onChange() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await synthesise();
    } while (again);
    running = false;
  }, 20);
}

const folders = readdirSync('.', { withFileTypes: true }).filter(file => file.isDirectory() && !ignored.has(file.name)).map(({ name }) => name);
watch('.', (_, file) => ignored.has(String(file)) || onChange());
folders.forEach(folder => watch(folder, { recursive: true }, onChange));
await synthesise();
console.log('Watching; save a file to write the manifests anew.');
