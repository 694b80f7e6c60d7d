import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBuilder } from './builder';
import { dockerfilesBelow, type WrittenDockerfile } from './dockerfiles';
import { writeNaiveDockerfile } from './naive';
import { readImage } from './oci-layout';
import { synthesise } from '../support/real-runs/applications';
import type { Suite } from '../support/real-runs/suite';

/** The same program on each base, written by the library. */
const SOURCE = join(__dirname, 'fixtures/comparison/main.ts');
const MAIN = 'cmd/server/main.go';
const LIMIT = 20e6;

interface Row {
  readonly base: string;
  readonly bytes: number;
  /** Seconds: with nothing there, after a change of the sources, after one of go.mod. */
  readonly seconds: readonly number[];
}

/** Prints how large the image of the example is on each base and how long it takes to build, beside what one writes without thinking. */
export async function compareBases(suite: Suite, builder: ImageBuilder): Promise<void> {
  const rows: Row[] = [];
  await suite.check('comparison: each base is built and measured', async () => {
    const { folder, artifacts } = await synthesise(SOURCE, suite.folder);
    const [first, ...others] = artifacts.flatMap(each => dockerfilesBelow(each, folder)).filter(({ name }) => name.startsWith('api-on-'));
    const naive: WrittenDockerfile = { ...first, name: 'api-naive', folder: join(suite.folder, 'comparison-naive') };
    writeNaiveDockerfile(first, naive.folder);
    for (const dockerfile of [naive, first, ...others]) {
      rows.push(await measure(suite, builder, dockerfile));
    }
    return `${rows.length} of them`;
  });
  table(rows, builder.remembers).forEach(line => console.log(line));
  const naive = rows.find(({ base }) => base === 'naive');
  for (const { base, bytes } of rows.filter(row => ['scratch', 'distroless'].includes(row.base))) {
    await suite.check(`comparison: the image on ${base} is under 20 MB`, async () => {
      if (bytes >= LIMIT) {
        throw new Error(`it has ${megabytes(bytes)}`);
      }
      return `${megabytes(bytes)}, and the naive one is ${Math.round(naive!.bytes / bytes)} times as large`;
    });
  }
}

async function measure(suite: Suite, builder: ImageBuilder, { name, folder, context }: WrittenDockerfile): Promise<Row> {
  const work = join(suite.folder, 'comparison', name);
  const [copy, files, into] = [join(work, 'context'), join(work, 'files'), join(work, 'built')];
  mkdirSync(work, { recursive: true });
  cpSync(context, copy, { recursive: true });
  cpSync(folder, files, { recursive: true });
  // Nothing is there in caches of their own; that is the only edit.
  writeFileSync(join(files, 'Dockerfile'), readFileSync(join(files, 'Dockerfile'), 'utf8')
    .replace(/--mount=type=cache,target=(\S+)/g, `--mount=type=cache,id=${name}-${Date.now()}-$1,target=$1`));
  const seconds: number[] = [];
  const build = async (fromScratch = false): Promise<number> => {
    rmSync(into, { recursive: true, force: true });
    const begun = Date.now();
    await builder.build({ folder: files, context: copy, fromScratch }, into);
    seconds.push((Date.now() - begun) / 1000);
    return readImage(into).bytes;
  };
  const bytes = await build(true);
  if (builder.remembers) {
    appendFileSync(join(copy, MAIN), '\nfunc init() { _ = "changed" }\n');
    await build();
    appendFileSync(join(copy, 'go.mod'), '\n// changed\n');
    await build();
  }
  rmSync(into, { recursive: true, force: true });
  return { base: name.replace(/^api-(on-)?/, ''), bytes, seconds };
}

function table(rows: readonly Row[], remembers: boolean): string[] {
  const head = ['base', 'size', 'cold', ...remembers ? ['source changed', 'go.mod changed'] : []];
  const cells = [head, ...rows.map(({ base, bytes, seconds }) => [base, megabytes(bytes), ...seconds.map(each => `${each.toFixed(1)} s`)])];
  return cells.map(row => `  ${row.map((cell, column) => cell.padStart(column === 0 ? 0 : 16).padEnd(column === 0 ? 12 : 0)).join('')}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
