import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hear } from './hear';

const run = async (...args: string[]) => hear(args, '/nowhere');

const LIST = `Usage: cdk8s-golden-path COMMAND

Commands:
  init                    Writes a project into this folder
  images lock [IMAGE...]  Asks registries for the digests of base images, and writes them down
  diff OLD NEW            Says what differs between two folders of manifests, or two files, by object and field

cdk8s-golden-path COMMAND --help says more.`;

const INIT = `Usage: cdk8s-golden-path init [options]

Writes a project into this folder.
It has one service for each program of the Go modules here, with the ports that their Dockerfiles expose, and what a compose file says of
their variables. Nothing is asked and nothing overwritten.

Options:
  --ci github|gitlab  adds a pipeline
  -h, --help          this text`;

const DIFF = `Usage: cdk8s-golden-path diff [options] OLD NEW

Says what differs between two folders of manifests, or two files, by object and field.
The folders on their first level are environments and kept apart. The order of keys does not count, that of named items such as containers and
variables neither. Values of Secrets are never shown. The exit status is 0 where both say the same, 1 where not, 2 where one cannot be read.

Options:
  --format text|markdown|json  markdown is for the comment of a pull request (default: text)
  --exit-zero                  the status is 0 also where they differ
  -h, --help                   this text`;

test.each([['--help'], ['-h']])('%s says which commands there are', async option => {
  expect(await run(option)).toEqual({ status: 0, said: [LIST], complained: [] });
});

test.each([
  [['init', '--help'], INIT],
  [['diff', '-h'], DIFF],
  [['diff', '--format', 'xml', 'a', '--help'], `There is no --format 'xml': write text, markdown or json.\n\n${DIFF}`],
  [['images', 'lock', '--help'], `Usage: cdk8s-golden-path images lock [options] [IMAGE...]

Asks registries for the digests of base images, and writes them down.
They are the images that the Dockerfiles of the app begin with, as the last synth listed them; others can be named. The next synth pins
them by the lock file. Commit that file.

Options:
  --file FILE      the lock file (default: images.lock.json)
  --artifacts DIR  the artefacts of the app (default: artifacts)
  --check          write nothing; fail where the file does not say what the registries say
  --prune          take out what the app does not use any more
  -h, --help       this text`],
])('%j says how a command is used', async (args, text) => {
  const { status, said, complained } = await run(...args);
  expect([...said, ...complained]).toEqual([text]);
  expect(status).toBe(text.startsWith('Usage') ? 0 : 2);
});

test.each([
  [[], `There is no command.\n\n${LIST}`],
  [['--check', 'images', 'lock'], `There is no command.\n\n${LIST}`],
  [['images'], `'images' is no command.\n\n${LIST}`],
  [['images', 'unlock', 'a:1'], `'images unlock' is no command.\n\n${LIST}`],
  [['images', '--check'], `'images' is no command.\n\n${LIST}`],
  [['init', 'here'], `'init' takes no 'here'.\n\n${INIT}`],
  [['init', '--force'], `'init' has no option '--force'.\n\n${INIT}`],
  [['init', '--check'], `'init' has no option '--check'.\n\n${INIT}`],
  [['diff', '-x'], `'diff' has no option '-x'.\n\n${DIFF}`],
  [['diff'], `'diff' takes OLD NEW; none is given.\n\n${DIFF}`],
  [['diff', 'dist'], `'diff' takes OLD NEW; given: dist.\n\n${DIFF}`],
  [['diff', 'a', 'b', '--exit-zero=yes'], `Option '--exit-zero' does not take an argument\n\n${DIFF}`],
  [['diff', 'a', 'b', '--format', 'yaml'], `There is no --format 'yaml': write text, markdown or json.\n\n${DIFF}`],
  [['diff', 'a', 'b', '--format'], `Option '--format <value>' argument missing\n\n${DIFF}`],
])('%j is not understood, and what there is is said', async (args, complaint) => {
  expect(await run(...args)).toEqual({ status: 2, said: [], complained: [complaint] });
});

test('a fault of the program itself is one line and status 2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  try {
    mkdirSync(join(folder, 'artifacts'));
    writeFileSync(join(folder, 'artifacts/base-images.json'), '{"images": 1}');
    const main = join(__dirname, '../../lib/cli/main.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', require.resolve('tsx'), main, 'images', 'lock'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(/^cdk8s-golden-path has failed: .*not iterable.*\n$/) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
