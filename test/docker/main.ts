import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart } from 'cdk8s';
import {
  Artifacts, ContainerImage, GoImage, local, Microservice, PlatformApp, Probe, Replicas, ServiceConfig, ServiceSecret, StatefulService, Volume,
  Worker,
} from '../../lib/index';
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
  await suite.check('a secret and a config of a Swarm have another name where they have another content, and no other', async () => checkNames(tool, suite.folder));
  await suite.check('an image is built anew for what its build reads, and for nothing else', async () => checkTriggers(tool, suite.folder));
  await applyStack(suite, tool);
  await checkSwarm(suite, tool);
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

/** The names stand alone in outputs, which take no provider. */
async function checkNames(tool: string, folder: string): Promise<void> {
  const here = join(folder, 'names', 'swarm');
  const { resource } = writeSwarm(join(folder, 'names'));
  const outputs = Object.fromEntries(['docker_secret', 'docker_config'].flatMap(kind => Object.values<any>(resource[kind])
    .flatMap(({ name, data }) => [[`${kind}_name`, { value: name }], [`${kind}_data`, { value: data }]])));
  await output('/bin/sh', [join(here, 'docker-secrets.sh')]);
  writeFileSync(join(here, 'main.tf.json'), JSON.stringify({ output: outputs }));
  await output(tool, ['init', '-input=false', '-no-color'], { cwd: here });
  const evaluate = async () => {
    await output(tool, ['apply', '-auto-approve', '-input=false', '-no-color'], { cwd: here });
    const all = JSON.parse(await output(tool, ['output', '-json', '-no-color'], { cwd: here }));
    return Object.fromEntries(Object.entries<any>(all).map(([name, { value }]) => [name, String(value)]));
  };
  const first = await evaluate();
  const secret = join(here, 'local-secrets/key/token');
  const bytes = readFileSync(secret);
  if (!/^shop-key_token-[0-9a-f]{12}$/.test(first.docker_secret_name) || !/^shop-cache-0-[0-9a-f]{12}$/.test(first.docker_config_name)) {
    throw new Error(`these are no names: ${first.docker_secret_name}, ${first.docker_config_name}`);
  }
  if (first.docker_secret_data !== bytes.toString('base64') || first.docker_config_data !== Buffer.from('a=1\n').toString('base64')) {
    throw new Error('the data is not that of the files');
  }
  if (first.docker_secret_name.endsWith(createHash('sha256').update(bytes).digest('hex').slice(0, 12))) {
    throw new Error('the name is the hash of the value alone');
  }
  rmSync(secret);
  await output('/bin/sh', [join(here, 'docker-secrets.sh')]);
  appendFileSync(join(here, 'local-configs/cache/etc/app/app.ini'), 'b=2\n');
  const second = await evaluate();
  if (second.docker_secret_name === first.docker_secret_name || second.docker_config_name === first.docker_config_name) {
    throw new Error('another content has the same name');
  }
  writeFileSync(join(here, 'local-configs/cache/etc/app/app.ini'), 'a=1\n');
  const third = await evaluate();
  if (third.docker_config_name !== first.docker_config_name || third.docker_secret_name !== second.docker_secret_name) {
    throw new Error('the same content has another name');
  }
}

/** Where a provider is installed, it judges the services; a Swarm to run them is not made for it. */
async function checkSwarm(suite: Suite, tool: string): Promise<void> {
  const here = join(suite.folder, 'swarm', 'swarm');
  writeSwarm(join(suite.folder, 'swarm'));
  await output('/bin/sh', [join(here, 'docker-secrets.sh')]);
  if (await suite.check('swarm: init', async () => initialise(tool, here))) {
    await suite.check('swarm: validate', async () => void await output(tool, ['validate', '-no-color'], { cwd: here }));
  }
}

function writeSwarm(folder: string): any {
  const app = new PlatformApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const secret = ServiceSecret.managed(chart, 'key', { keys: ['token'] });
  const settings = new ServiceConfig(chart, 'settings', { data: { 'app.ini': 'a=1\n' } });
  const client = new Worker(chart, 'client', { image: ContainerImage.reference('redis:8.2.1'), env: { TEMPLATE: '${x} {{y}}' } });
  client.connectTo(new StatefulService(chart, 'cache', {
    image: ContainerImage.reference('redis:8.2.1'),
    ports: [{ name: 'redis', number: 6379 }],
    volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }), '/etc/key': secret.asFiles(), '/etc/app': settings.asFiles() },
    health: { readiness: Probe.command(['redis-cli', 'ping']) },
    replicas: Replicas.fixed(1),
  }));
  const target = local.DockerTarget.swarm({ constraints: { cache: ['node.role==manager'] } });
  const stack = new local.DockerStack(app, 'swarm', { target, ports: { cache: 16379 }, subnets: { cache: '172.28.9.0/24' } });
  writeArtifacts(app, 'swarm/', folder);
  return stack.toTerraform();
}

async function initialise(tool: string, folder: string): Promise<void> {
  const { status, stderr, stdout } = await run(tool, ['init', '-input=false', '-no-color'], { cwd: folder, timeoutSeconds: 300 });
  if (status !== 0) {
    const lines = `${stdout}${stderr}`.split('\n').map(line => line.replace(/[│╷╵]/g, '').trim()).filter(line => line !== '');
    const reason = lines.slice(Math.max(0, lines.findIndex(line => line.startsWith('Error')))).slice(0, 6).join(' ');
    if (/registry|provider/i.test(reason)) {
      throw new Unavailable(`${tool} cannot install the provider kreuzwerker/docker here: ${reason}`);
    }
    throw new Error(reason);
  }
}

async function applyStack(suite: Suite, tool: string): Promise<void> {
  const here = join(suite.folder, 'stack', 'docker');
  writeStack(join(suite.folder, 'stack'));
  const on = async (...args: string[]) => output(tool, [...args, '-no-color'], { cwd: here, timeoutSeconds: 600 });
  const initialised = await suite.check('init', async () => initialise(tool, here));
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
  writeArtifacts(app, 'docker/', folder);
}

function writeArtifacts(app: PlatformApp, below: string, folder: string): void {
  for (const artifact of Artifacts.of(app).list().filter(({ path }) => path.startsWith(below))) {
    const file = join(folder, artifact.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, artifact.render());
  }
}
