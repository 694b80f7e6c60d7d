import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TYPESCRIPT } from './typescript';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'suite-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The arguments that run a suite with this body. */
function program(body: string): string[] {
  const file = join(folder, 'main.ts');
  writeFileSync(file, [
    `import { Daemon } from '${join(__dirname, 'processes')}';`,
    `import { Suite } from '${join(__dirname, 'suite')}';`,
    `import { Unavailable } from '${join(__dirname, 'unavailable')}';`,
    `const log = '${folder}/log';`,
    `Suite.run('test', async suite => { ${body} });`,
    'void [Daemon, Unavailable, log];',
  ].join('\n'));
  return [...TYPESCRIPT, file];
}

function runSuite(body: string): { readonly status: number | null; readonly last: string; readonly text: string } {
  const { status, stdout } = spawnSync(process.execPath, program(body), { encoding: 'utf8' });
  return { status, last: stdout.trimEnd().split('\n').pop()!, text: stdout };
}

/** Whether the process lives; it writes its id into the log. Before that, the log is empty, and 0 would mean this very process. */
function lives(): boolean {
  try {
    const [pid] = /^[1-9]\d*(?=\n)/.exec(readFileSync(join(folder, 'log'), 'utf8'))!;
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 300; tries += 1) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  expect(condition()).toBe(true);
}

test('counts what passed, failed and was skipped, and fails when something failed', () => {
  const { status, last, text } = runSuite(`
    await suite.check('good', async () => 'remark');
    await suite.check('bad', async () => { throw new Error('because\\nof this'); });
    suite.skip('other', 'no reason');
    await suite.check('third', async () => { throw new Unavailable('no root'); });
  `);
  expect(last).toBe('1 passed, 1 failed, 2 skipped');
  expect(status).toBe(1);
  expect(text).toMatch(/ok {4}good: remark \(\d\.\d s\)/);
  expect(text).toMatch(/FAIL {2}bad\n {4}because\n {4}of this\n/);
  expect(text).toMatch(/skip {2}other: no reason/);
  expect(text).toMatch(/skip {2}third: no root/);
});

test('a suite that checks nothing fails', () => {
  expect(runSuite('')).toMatchObject({ status: 1, last: '0 passed, 1 failed, 0 skipped' });
});

test('a skip alone is no failure', () => {
  expect(runSuite("suite.skip('everything', 'no Go');")).toMatchObject({ status: 0, last: '0 passed, 0 failed, 1 skipped' });
});

test('what stops the suite fails it, after cleaning up', () => {
  const { status, last, text } = runSuite("suite.atEnd(async () => console.log('cleaned')); console.log('<' + suite.folder + '>'); throw new Error('no way');");
  expect({ status, last }).toEqual({ status: 1, last: '0 passed, 1 failed, 0 skipped' });
  expect(text).toMatch(/no way\ncleaned\n/);
  expect(existsSync(/<(.*)>/.exec(text)![1])).toBe(false);
});

const START = "Daemon.start('sh', ['-c', 'echo $$; exec sleep 1000'], log);";
const START_DEAF = START.replace('echo', 'trap "" TERM; echo');
const WAIT = "await suite.check('waits', () => new Promise(() => setInterval(() => 0, 1000)));";

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s cleans up and ends what was started', async (signal, code) => {
  const suite = spawn(process.execPath, program(`console.log('<' + suite.folder + '>'); ${START} ${WAIT}`), { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  suite.stdout.on('data', data => { text += data; });
  await until(lives);
  suite.kill(signal);
  await new Promise(resolve => suite.once('close', resolve));
  expect(suite.exitCode).toBe(code);
  expect(lives()).toBe(false);
  expect(existsSync(/<(.*)>/.exec(text)![1])).toBe(false);
}, 60_000);

test.each([
  ['a process', START],
  ['a process that is deaf to SIGTERM', START_DEAF],
])('even SIGKILL does not leave %s behind', async (_, start) => {
  const suite = spawn(process.execPath, program(`${start} ${WAIT}`), { stdio: 'ignore' });
  await until(lives);
  suite.kill('SIGKILL');
  await until(() => !lives());
}, 60_000);

test('a suite ends although a process is deaf to SIGTERM', () => {
  const { last } = runSuite(`${START_DEAF} await suite.check('starts', () => new Promise(resolve => setTimeout(resolve, 1000)));`);
  expect(last).toBe('1 passed, 0 failed, 0 skipped');
  expect(readFileSync(join(folder, 'log'), 'utf8')).toMatch(/^\d+\n/);
  expect(lives()).toBe(false);
}, 60_000);
