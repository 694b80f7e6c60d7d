import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart } from 'cdk8s';
import { Artifacts, ContainerImage, GoImage, local, Microservice, PlatformApp, Probe } from '../../lib/index';
import { output, run } from '../support/real-runs/processes';
import { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

const PROGRAM = 'examples/go-microservice/services/web';
const TOOLS = ['tofu', 'terraform'];
/** What `plan -detailed-exitcode` ends with where something would change. */
const CHANGES = 2;

Suite.run('docker', async suite => {
  const tool = await findTool();
  suite.note(tool);
  await suite.check('an image is built anew for what its build reads, and for nothing else', async () => checkTriggers(tool, suite.folder));
  await applyStack(suite, tool);
});

async function findTool(): Promise<string> {
  for (const tool of TOOLS) {
    try {
      await output(tool, ['version']);
      return tool;
    } catch {
      // The next one may be there.
    }
  }
  throw new Unavailable(`none of ${TOOLS.join(' and ')} is on the PATH`);
}

/** The triggers stand alone in an output, which takes no provider. */
async function checkTriggers(tool: string, folder: string): Promise<void> {
  const app = new PlatformApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new Microservice(chart, 'web', { image: GoImage.fromModule(PROGRAM, { main: './cmd/web' }), ports: [{ number: 8080 }] });
  const { resource } = new local.DockerStack(app, 'docker').toTerraform();
  const { inputs } = resource.docker_image['image-web'].triggers;
  const here = join(folder, 'artifacts', 'docker');
  const sources = join(folder, PROGRAM);
  cpSync(PROGRAM, sources, { recursive: true });
  mkdirSync(here, { recursive: true });
  writeFileSync(join(here, 'main.tf.json'), JSON.stringify({ output: { inputs: { value: inputs } } }));
  await output(tool, ['init', '-input=false', '-no-color'], { cwd: here });
  const evaluate = async () => {
    await output(tool, ['apply', '-auto-approve', '-input=false', '-no-color'], { cwd: here });
    return (await output(tool, ['output', '-raw', 'inputs'], { cwd: here })).trim();
  };
  const first = await evaluate();
  if (!/^[0-9a-f]{64}$/.test(first)) {
    throw new Error(`'${first}' is no digest`);
  }
  writeFileSync(join(sources, 'NOTES.md'), 'notes\n');
  writeFileSync(join(sources, 'more_test.go'), 'package web\n');
  if (await evaluate() !== first) {
    throw new Error('a note and a test, which the build does not read, change the triggers');
  }
  appendFileSync(join(sources, 'go.mod'), '\n// changed\n');
  if (await evaluate() === first) {
    throw new Error('a changed go.mod does not change the triggers');
  }
}

async function applyStack(suite: Suite, tool: string): Promise<void> {
  const here = join(suite.folder, 'stack', 'docker');
  writeStack(join(suite.folder, 'stack'));
  const on = async (...args: string[]) => output(tool, [...args, '-no-color'], { cwd: here, timeoutSeconds: 600 });
  const initialised = await suite.check('init', async () => {
    const { status, stderr, stdout } = await run(tool, ['init', '-input=false', '-no-color'], { cwd: here, timeoutSeconds: 300 });
    if (status !== 0) {
      const lines = `${stdout}${stderr}`.split('\n').map(line => line.replace(/[│╷╵]/g, '').trim()).filter(line => line !== '');
      const reason = lines.slice(Math.max(0, lines.findIndex(line => line.startsWith('Error')))).slice(0, 6).join(' ');
      if (/registry|provider/i.test(reason)) {
        throw new Unavailable(`${tool} cannot install the provider kreuzwerker/docker here: ${reason}`);
      }
      throw new Error(reason);
    }
  });
  if (!initialised || !await suite.check('validate', async () => void await on('validate'))) {
    return;
  }
  if (!await suite.check('a Docker daemon answers', needDaemon)) {
    return;
  }
  await suite.check('plan', async () => void await on('plan', '-input=false'));
  suite.atEnd(async () => void await run(tool, ['destroy', '-auto-approve', '-no-color'], { cwd: here, timeoutSeconds: 300 }));
  if (await suite.check('apply', async () => void await on('apply', '-auto-approve', '-input=false'))) {
    await suite.check('a second apply would change nothing', async () => {
      const { status, stdout, stderr } = await run(tool, ['plan', '-detailed-exitcode', '-input=false', '-no-color'], { cwd: here, timeoutSeconds: 300 });
      if (status !== 0) {
        throw new Error(`${status === CHANGES ? 'it would change something' : 'it fails'}:\n${stdout}${stderr}`);
      }
    });
  }
  await suite.check('destroy', async () => void await on('destroy', '-auto-approve', '-input=false'));
}

async function needDaemon(): Promise<void> {
  const outcome = await run('docker', ['version']).catch(() => undefined);
  if (outcome?.status !== 0) {
    throw new Unavailable('no Docker daemon answers');
  }
}

function writeStack(folder: string): void {
  const app = new PlatformApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const redis = (id: string) => new Microservice(chart, id, {
    image: ContainerImage.reference('redis:8.2.1'),
    ports: [{ name: 'redis', number: 6379 }],
    command: ['redis-server', '--save', ''],
    health: { readiness: Probe.command(['redis-cli', 'ping']) },
  });
  redis('client').connectTo(redis('cache'));
  new local.DockerStack(app, 'docker', { ports: { cache: 16379 } });
  for (const artifact of Artifacts.of(app).list().filter(({ path }) => path.startsWith('docker/'))) {
    const file = join(folder, artifact.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, artifact.render());
  }
}
