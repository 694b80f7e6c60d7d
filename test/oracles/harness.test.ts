import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Checker, type Finding, locate } from './checker';
import { Exceptions } from './exceptions';
import { Installation } from './installation';
import { parseJson } from './json';
import { judge, type Judgement, Verdict, verdicts } from './judge';
import { parseOptions } from './options';
import { FileKind, type Output, writeOutput } from './output';
import { listFindings, Tally } from './report';
import { run } from '../support/real-runs/processes';

let directory: string;
let output: Output;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'harness-'));
  output = writeOutput('app', join(directory, 'app'), '1.31', { 'manifests/app.yaml': 'kind: Service\nmetadata:\n  name: web\n' });
});

afterEach(() => rmSync(directory, { recursive: true }));

/** A checker whose program is a script: it gets the paths, and prints the findings as `[{ rule, path }]`. */
class Scripted implements Checker {
  public readonly name = 'scripted';
  public program = process.execPath;
  public readonly control = { rule: 'bad', files: { 'manifests/control.yaml': 'bad: true\n' } };

  public constructor(private readonly script: string, private readonly source?: (installation: Installation) => Promise<string>) {}

  public judges({ kind }: { readonly kind: FileKind }): boolean {
    return kind === FileKind.MANIFEST;
  }

  public async install(installation: Installation): Promise<void> {
    await this.source?.(installation);
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const files = outputs.flatMap(each => each.ofKind(FileKind.MANIFEST).map(({ path }) => path));
    const outcome = await run(this.program, ['-e', this.script, ...files]);
    return parseJson<{ rule: string; path: string }[]>(this.name, outcome).map(({ rule, path }) => {
      const { output: owner, file } = locate(outputs, path);
      return { rule, output: owner.name, file: file.name, message: 'it is bad' };
    });
  }
}

const FINDS_BAD = `
  const bad = process.argv.slice(1).filter(path => require("fs").readFileSync(path, "utf8").includes("bad"));
  console.log(JSON.stringify(bad.map(path => ({ rule: "bad", path }))));`;

function judged(checker: Checker, exceptions: Exceptions = Exceptions.of([], ['scripted']), outputs = [output]): Promise<Judgement> {
  const installation = new Installation(join(directory, 'cache'), true, {});
  mkdirSync(join(directory, 'cache'), { recursive: true });
  return judge(checker, outputs, exceptions, installation, { directory: join(directory, 'controls'), kubernetesVersion: '1.31' });
}

describe('a checker', () => {
  test('that finds its control and nothing else passes', async () => {
    const judgement = await judged(new Scripted(FINDS_BAD));
    expect(judgement).toMatchObject({ findings: [], files: 1, skipped: false });
    expect(judgement.problem).toBeUndefined();
    expect(verdicts(judgement)).toEqual([Verdict.PASSED]);
  });

  test('that finds something else fails', async () => {
    const bad = writeOutput('bad', join(directory, 'bad'), '1.31', { 'manifests/app.yaml': 'bad: true\n' });
    const judgement = await judged(new Scripted(FINDS_BAD), undefined, [output, bad]);
    expect(listFindings('scripted', judgement.findings)).toEqual(['scripted bad: bad/manifests/app.yaml: it is bad']);
    expect(verdicts(judgement)).toEqual([Verdict.PASSED, Verdict.FAILED]);
  });

  test.each([
    ['crashes', 'process.kill(process.pid, "SIGKILL")', 'scripted printed no JSON (exit status null)\nit printed nothing'],
    ['fails', 'console.error("no schema"); process.exit(3)', 'scripted printed no JSON (exit status 3)\nno schema'],
    ['prints nothing', '', 'scripted printed no JSON (exit status 0)\nit printed nothing'],
    ['prints something else', 'console.log("all is well")', 'scripted printed no JSON (exit status 0)\nall is well'],
    ['says nothing of its control', 'console.log("[]")', "scripted did not find 'bad' in its control, but nothing"],
    ['finds another rule in its control', FINDS_BAD.replace('"bad", path', '"ugly", path'), "scripted did not find 'bad' in its control, but ugly"],
    ['names a file that was not given', 'console.log(JSON.stringify([{ rule: "bad", path: "/etc" }]))', 'the report names /etc, which was not given'],
  ])('that %s fails', async (_, script, problem) => {
    const judgement = await judged(new Scripted(script));
    expect(judgement.problem).toBe(problem);
    expect(verdicts(judgement)).toEqual([Verdict.FAILED]);
  });

  test('whose program is missing fails', async () => {
    const missing = new Scripted(FINDS_BAD);
    missing.program = join(directory, 'nothing');
    const judgement = await judged(missing);
    expect(judgement.problem).toMatch(/nothing.* ENOENT/);
    expect(verdicts(judgement)).toEqual([Verdict.FAILED]);
  });

  test('that may not be downloaded fails', async () => {
    const judgement = await judged(new Scripted(FINDS_BAD, installation => installation.goProgram('tool', 'example.com/tool@v1.2.3')));
    expect(judgement.problem).toBe(`tool-v1.2.3 is not in ${join(directory, 'cache')}; run once without --offline`);
    expect(verdicts(judgement)).toEqual([Verdict.FAILED]);
  });

  test('that cannot be installed here is skipped, and counted', async () => {
    const online = new Installation(join(directory, 'cache'), false, {});
    const judgement = await judged(new Scripted(FINDS_BAD, () => online.goProgram('tool', 'example.com/tool@v1.2.3')));
    expect(judgement).toMatchObject({ skipped: true, problem: 'Go is not installed (https://go.dev/doc/install)' });
    expect(verdicts(judgement)).toEqual([Verdict.SKIPPED]);
  });

  test('that cannot be installed on a machine with Go fails', async () => {
    const withGo = new Installation(join(directory, 'cache'), false, { go: '/usr/bin/go' });
    const judgement = await judged(new Scripted(FINDS_BAD, () => withGo.pythonTool('tool==1.2.3', __filename)));
    expect(judgement.problem).toBe('Python 3 is not installed (https://www.python.org/downloads/), and where Go is, nothing may be skipped');
    expect(verdicts(judgement)).toEqual([Verdict.FAILED]);
  });

  test('that has nothing to judge fails, unless it may idle', async () => {
    const judgement = await judged(new Scripted(FINDS_BAD), undefined, []);
    expect(judgement.problem).toBe('there is no file for it to judge');
    expect(verdicts(judgement)).toEqual([Verdict.FAILED]);
    expect(verdicts(await judged(Object.assign(new Scripted(FINDS_BAD), { mayIdle: true }), undefined, []))).toEqual([]);
  });
});

describe('an installation', () => {
  test('keeps what is complete and nothing else', async () => {
    const installation = new Installation(directory, true, {});
    const fill = jest.fn((folder: string) => writeFileSync(join(folder, 'a'), ''));
    const options = { needsNetwork: false };
    const first = await installation.made('entry', '1', fill, options);
    await installation.made('entry', '1', fill, options);
    expect(fill).toHaveBeenCalledTimes(1);
    expect(await installation.made('entry', '2', fill, options)).not.toBe(first);
    expect(existsSync(first)).toBe(false);
    const fail = () => {
      throw new Error('no');
    };
    await expect(installation.made('other', '1', fail, options)).rejects.toThrow('no');
    await installation.made('other', '1', fill, options);
    expect(fill).toHaveBeenCalledTimes(3);
  });
});

describe('exceptions', () => {
  const bad = () => writeOutput('bad', join(directory, 'bad'), '1.31', { 'manifests/app.yaml': 'bad: true\n' });
  const exception = { checker: 'scripted', rule: 'bad', reason: 'it must be' };

  test.each([
    ['*', true], ['bad/*', true], ['bad/manifests/app.yaml', true], ['good/*', false], ['bad', false], ['*.yml', false], ['b.d/*', false],
  ])('of the file %s: %s', async (file, accepted) => {
    const exceptions = Exceptions.of([{ ...exception, file }], ['scripted']);
    const judgement = await judged(new Scripted(FINDS_BAD), exceptions, [bad()]);
    expect(verdicts(judgement)).toEqual([accepted ? Verdict.PASSED : Verdict.FAILED]);
    expect(exceptions.unused('scripted')).toHaveLength(accepted ? 0 : 1);
  });

  test('of another rule or of an object accept nothing', async () => {
    const exceptions = Exceptions.of([{ ...exception, rule: 'ugly', file: '*' }, { ...exception, object: 'Deployment/*' }], ['scripted']);
    expect(verdicts(await judged(new Scripted(FINDS_BAD), exceptions, [bad()]))).toEqual([Verdict.FAILED]);
    expect(exceptions.unused('scripted')).toHaveLength(2);
  });

  test.each<[string, any, string]>([
    ['a checker that is not there', { ...exception, checker: 'scriptd', file: '*' }, "exception 1: 'scriptd' is none of the checkers scripted"],
    ['a word that is not known', { ...exception, files: '*' }, "exception 1: there is no 'files'; write checker, rule, object, file, reason"],
    ['no place', exception, 'exception 1 (scripted bad): a rule, a reason, and an object or a file are needed'],
    ['no reason', { ...exception, reason: ' ', file: '*' }, 'exception 1 (scripted bad): a rule, a reason, and an object or a file are needed'],
  ])('with %s are refused', (_, wrong, message) => {
    expect(() => Exceptions.of([wrong], ['scripted'])).toThrow(message);
  });
});

describe('the command line', () => {
  test('names checkers', () => {
    expect(parseOptions(['--only', 'a', '--only', 'b', '--offline'], ['a', 'b', 'c'])).toEqual({ only: ['a', 'b'], offline: true, keep: false });
    expect(parseOptions([], ['a'])).toEqual({ offline: false, keep: false });
  });

  test('refuses what it does not know', () => {
    expect(() => parseOptions(['--only', 'd'], ['a', 'b'])).toThrow('--only d: there is no such checker; write one of a, b');
    expect(() => parseOptions(['--onyl', 'a'], ['a'])).toThrow(/onyl/);
  });
});

test('the tally is the last line', () => {
  const tally = new Tally();
  expect(tally.isEmpty).toBe(true);
  tally.add(Verdict.PASSED, Verdict.PASSED, Verdict.SKIPPED);
  expect(`${tally}`).toBe('2 passed, 0 failed, 1 skipped');
  expect(tally.failed).toBe(false);
  tally.add(Verdict.FAILED);
  expect([tally.failed, tally.isEmpty]).toEqual([true, false]);
});
