import { spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { App, Chart, Duration, Testing } from 'cdk8s';
import { Artifacts, Environment, GoStyleMicroservice, OneOffTask, Worker } from '../../lib';
import { IMAGE } from '../support/services';

/** Records what it is asked; a Job has the state of its file, of which each look takes a line, but for the last. */
const KUBECTL = `#!/bin/sh
printf '%s\\n' "$*" >>"$RECORD/calls"
[ "$1" = --context ] && shift 2
if [ "$1 $2" = 'get job' ]; then
  state="$RECORD/$3"
  [ -f "$state" ] || { echo "Error from server (NotFound): jobs.batch \\"$3\\" not found" >&2; exit 1; }
  head -n 1 "$state"
  [ "$(wc -l <"$state")" -gt 1 ] && { tail -n +2 "$state" >"$state.rest"; mv "$state.rest" "$state"; }
fi
exit 0
`;
/** Nobody waits in a test. */
const SLEEP = '#!/bin/sh\nprintf "sleep %s\\n" "$1" >>"$RECORD/calls"\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
  mkdirSync(join(folder, 'manifests'));
  for (const [name, text] of [['kubectl', KUBECTL], ['sleep', SLEEP]]) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function scripts(chart: Chart | App): { [path: string]: string } {
  return Object.fromEntries(Artifacts.of(chart).list().filter(({ path }) => path.endsWith('rollout.sh')).map(artifact => [artifact.path, artifact.render()]));
}

/** A task before a service, and one before that task. */
function chain(namespace?: string): string {
  const chart = new Chart(Testing.app(), 'shop', namespace === undefined ? {} : { namespace });
  const service = new GoStyleMicroservice(chart, 'orders', { image: IMAGE });
  const migrate = new OneOffTask(chart, 'migrate', { image: IMAGE, deadline: Duration.seconds(5), before: [service] });
  new OneOffTask(chart, 'backup', { image: IMAGE, before: [migrate] });
  return scripts(chart)['rollout.sh'];
}

interface Run { readonly status: number | null; readonly calls: string[]; readonly stderr: string }

function run(script: string, states: { [job: string]: string[] }, args = ['manifests'], env: { [name: string]: string } = {}): Run {
  writeFileSync(join(folder, 'rollout.sh'), script);
  Object.entries(states).forEach(([job, lines]) => writeFileSync(join(folder, job), lines.map(line => `${line}\n`).join('')));
  const { status, stderr } = spawnSync('sh', ['rollout.sh', ...args], {
    cwd: folder, encoding: 'utf8', env: { PATH: `${folder}${delimiter}${process.env.PATH}`, RECORD: folder, ...env },
  });
  const calls = join(folder, 'calls');
  return { status, stderr, calls: existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [] };
}

const apply = (selector: string) => `apply --filename manifests --selector ${selector}`;
const look = (job: string, where = ' --namespace shop') => `get job ${job}${where} --output jsonpath={.status.conditions[?(@.status=="True")].type}`;
const [FIRST, SECOND, THIRD] = [apply('!cdk8s-golden-path/wave'), apply('cdk8s-golden-path/wave=1'), apply('cdk8s-golden-path/wave=2')];

test('as a whole', () => {
  expect(chain('shop')).toMatchSnapshot();
});

test('each environment has one of its own', () => {
  const app = new App();
  for (const name of ['dev', 'prod', 'empty']) {
    const chart = new Chart(new Environment(app, name), 'shop', { namespace: 'shop' });
    const worker = new Worker(chart, 'mailer', { image: IMAGE });
    if (name !== 'empty') {
      new OneOffTask(chart, `migrate-${name}`, { image: IMAGE, before: [worker] });
    }
  }
  const all = scripts(app);
  expect(Object.keys(all).sort()).toEqual(['dev/rollout.sh', 'prod/rollout.sh']);
  expect(all['dev/rollout.sh']).toContain("wait_for 'migrate-dev-1-4-2' 3600 --namespace 'shop'\n");
  expect(all['dev/rollout.sh']).not.toContain('migrate-prod');
});

test('tasks of one wave come by their paths, whatever the order of the calls', () => {
  const script = (ids: string[]) => {
    const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
    const service = new GoStyleMicroservice(chart, 'orders', { image: IMAGE });
    ids.forEach(id => new OneOffTask(chart, id, { image: IMAGE, before: [service] }));
    return scripts(chart)['rollout.sh'];
  };
  expect(script(['b', 'a'])).toBe(script(['a', 'b']));
});

// What follows needs a POSIX shell.
const posix = process.platform === 'win32' ? describe.skip : describe;

posix('the script', () => {
  test('applies each wave when the tasks before it have completed', () => {
    const result = run(chain('shop'), { 'backup-1-4-2': ['', 'Complete'], 'migrate-1-4-2': ['SuccessCriteriaMet Complete'] });
    expect(result).toEqual({
      status: 0, stderr: '', calls: [FIRST, look('backup-1-4-2'), 'sleep 2', look('backup-1-4-2'), SECOND, look('migrate-1-4-2'), THIRD],
    });
  });

  test('in the context that is named, and in the namespace of kubectl where the chart names none', () => {
    const result = run(chain(), { 'backup-1-4-2': ['Complete'], 'migrate-1-4-2': ['Complete'] }, ['manifests'], { KUBE_CONTEXT: 'my kind' });
    expect(result.calls).toEqual([FIRST, look('backup-1-4-2', ''), SECOND, look('migrate-1-4-2', ''), THIRD].map(call => `--context my kind ${call}`));
  });

  test('stops at a task that has failed, and says what to do', () => {
    const result = run(chain('shop'), { 'backup-1-4-2': ['Complete'], 'migrate-1-4-2': ['FailureTarget', 'FailureTarget Failed'] });
    expect(result).toMatchObject({ status: 1, stderr: 'The task migrate-1-4-2 has failed; what waits for it was not applied. Delete the Job to try again.\n' });
    expect(result.calls).not.toContain(THIRD);
  });

  test('stops at a task that takes longer than it may', () => {
    const result = run(chain('shop'), { 'backup-1-4-2': ['Complete'], 'migrate-1-4-2': [''] });
    expect(result).toMatchObject({ status: 1, stderr: 'The task migrate-1-4-2 has not completed in time; what waits for it was not applied.\n' });
    expect(result.calls.filter(call => call === 'sleep 2')).toHaveLength(3);
  });

  test('stops where kubectl fails', () => {
    const result = run(chain('shop'), {});
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('jobs.batch "backup-1-4-2" not found');
    expect(result.calls).toEqual([FIRST, look('backup-1-4-2')]);
  });

  test.each([[[]], [['nowhere']], [['manifests', 'more']]])('wants one folder, not %j', args => {
    expect(run(chain('shop'), {}, args)).toEqual({ status: 2, calls: [], stderr: 'usage: sh rollout.sh FOLDER\n' });
  });
});
