import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart } from 'cdk8s';
import type { DockerEngine } from './docker';
import { fromSpec, toSpec } from './swarm-api';
import { compareStrings } from '../../lib/definition/json';
import {
  Artifacts, ContainerImage, local, PlatformApp, Probe, Replicas, Resources, Rollout, ServiceConfig, ServiceSecret, StatefulService, Volume, Worker,
} from '../../lib/index';
import { CACHE } from '../image-builds/builders';
import { DataImages } from '../image-builds/data-images';
import { demandEqual } from '../image-builds/demands';
import { output, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const REDIS = 'redis:8.2.1';
const RUNNING_SECONDS = 120;
const OWNER = 'shop-cache_volumes';
/** Its name does not depend on its content here, for nothing evaluates expressions. */
const HASH = '0123456789ab';

/** Lists of the provider that are sets. */
const SETS = ['aliases', 'configs', 'constraints', 'labels', 'mounts', 'networks_advanced', 'secrets'];

/** The services of a stack, made and read back as the provider does it: it cannot be had here, but the engine can. */
export async function checkSwarm(suite: Suite, engine: DockerEngine): Promise<void> {
  const folder = join(suite.folder, 'swarm');
  const stack = writeStack(folder);
  const made = new Map<string, { readonly id: string; readonly name: string }>();
  const resolved = (value: unknown): any => JSON.parse(JSON.stringify(value), (_, text) => typeof text === 'string' ? evaluate(text, join(folder, 'swarm'), made) : text);
  const api = async (method: string, path: string, body?: object) => callEngine(engine, method, path, body);
  const services = Object.values<any>(stack.docker_service);
  const ready = await suite.check('swarm: the engine takes its networks, secrets, configs and services as they are', async () => {
    await output('/bin/sh', [join(folder, 'swarm/docker-secrets.sh')]);
    const images = new DataImages(CACHE, join(suite.folder, 'swarm-images'), text => suite.note(text));
    for (const image of [REDIS, 'busybox:1.37.0']) {
      await engine.load(image, await images.for(image));
    }
    await engine.output(['swarm', 'init', '--advertise-addr=127.0.0.1']);
    suite.atEnd(async () => void await engine.run(['swarm', 'leave', '--force']));
    for (const [id, { name, driver, internal = false, ipam_config: ranges = [] }] of Object.entries<any>(stack.docker_network)) {
      const { Id } = await api('POST', '/networks/create', {
        Name: name,
        Driver: driver,
        Internal: internal,
        CheckDuplicate: true,
        IPAM: { Driver: 'default', Config: ranges.map(({ subnet, gateway }: any) => ({ Subnet: subnet, Gateway: gateway })) },
      });
      made.set(`docker_network.${id}`, { id: Id, name });
    }
    for (const kind of ['secret', 'config'] as const) {
      for (const [id, resource] of Object.entries<any>(stack[`docker_${kind}`])) {
        const { name, data } = resolved(resource);
        const { ID } = await api('POST', `/${kind}s/create`, { Name: name, Data: data });
        made.set(`docker_${kind}.${id}`, { id: ID, name });
      }
    }
    for (const service of services) {
      await api('POST', '/services/create', toSpec(resolved(service)));
    }
    return services.map(({ name }) => name).join(', ');
  });
  if (!ready) {
    return;
  }
  await suite.check('swarm: what is read back is what was asked for, so a second apply finds nothing to do', async () => {
    for (const service of services) {
      const { Spec } = await api('GET', `/services/${service.name}`);
      const { converge_config: converge, depends_on: depends, '//': metadata, ...asked } = resolved(service);
      demandEqual(service.name, ordered(fromSpec(Spec)), ordered(asked));
    }
    for (const network of Object.values<any>(stack.docker_network)) {
      const { Driver: driver, Internal: internal, IPAM: { Config: ranges } } = await api('GET', `/networks/${network.name}`);
      demandEqual(network.name, [driver, internal], [network.driver, network.internal ?? false]);
      if (network.ipam_config) {
        demandEqual(`the range of ${network.name}`, ranges, network.ipam_config.map(({ subnet, gateway }: any) => ({ Subnet: subnet, Gateway: gateway })));
      }
    }
  });
  await suite.check('swarm: control: what is not written as it is read back is noticed', async () => {
    const loner = resolved(stack.docker_service['service-loner']);
    const { task_spec: { container_spec: container, networks_advanced: [network] } } = loner;
    const careless = {
      ...loner,
      name: 'careless',
      task_spec: {
        ...loner.task_spec,
        container_spec: { ...container, stop_grace_period: '60s', mounts: [{ type: 'tmpfs', target: '/tmp', tmpfs_options: { mode: 0o1777 } }] },
        networks_advanced: [{ ...network, name: 'shop-loner_alone' }],
      },
      mode: { replicated: { replicas: 0 } },
    };
    await api('POST', '/services/create', toSpec(careless));
    const { Spec } = await api('GET', '/services/careless');
    const { container_spec: read, networks_advanced: networks } = fromSpec(Spec).task_spec;
    demandEqual('the time to stop', read.stop_grace_period, '1m');
    demandEqual('the mode', read.mounts[0].tmpfs_options.mode, 0o777);
    demandEqual('the network', networks[0].name, network.name);
    await engine.output(['service', 'rm', 'careless']);
  });
  const running = await suite.check('swarm: all replicas get healthy, and what ends has ended well', async () => {
    const wanted = services.filter(({ name }) => name !== OWNER).reduce((sum, { mode }) => sum + Number(mode.replicated.replicas), 0);
    await until('all replicas run', RUNNING_SECONDS, async () => {
      const tasks: any[] = await api('GET', '/tasks');
      const states = tasks.map(({ Status: { State } }) => State);
      return states.filter(state => state === 'running').length === wanted && states.includes('complete');
    });
    return `${wanted} replicas`;
  });
  if (!running) {
    const logs = await engine.run(['service', 'ps', '--no-trunc', '--format={{.Name}} {{.CurrentState}} {{.Error}}', ...services.map(({ name }) => name)]);
    suite.note(logs.stdout);
    return;
  }
  await suite.check('swarm: files have the owner and the mode of the definition, scratch space and volumes can be written to, the root cannot', async () => {
    const [id] = (await engine.output(['ps', '--quiet', '--filter=label=com.docker.swarm.service.name=shop-cache'])).trim().split('\n');
    const inside = async (script: string) => (await engine.output(['exec', id, '/bin/sh', '-c', script])).trim();
    demandEqual('the secret', await inside('stat -c "%u:%g %a" /etc/key/token'), '65532:65532 440');
    demandEqual('the config', await inside('stat -c "%u:%g %a" /etc/app/app.ini && cat /etc/app/app.ini'), '65532:65532 444\na=1');
    demandEqual('the volume', await inside('stat -c "%u:%g %a" /data'), '0:65532 2775');
    demandEqual('what can be written to', await inside('for each in /data /tmp /; do touch $each/x 2>/dev/null && echo $each; done; true'), '/data\n/tmp');
    demandEqual('the variable', await inside('echo "$TEMPLATE"'), '${x} {{.Node.Hostname}}');
    demandEqual('the user', await inside('id -u && id -g'), '65532\n65532');
  });
  await suite.check('swarm: who talks to nobody has a network that leads nowhere', async () => {
    const [id] = (await engine.output(['ps', '--quiet', '--filter=label=com.docker.swarm.service.name=shop-loner'])).trim().split('\n');
    const networks = JSON.parse(await engine.output(['inspect', '--format={{json .NetworkSettings.Networks}}', id]));
    demandEqual('its networks', Object.keys(networks), ['shop-loner_alone']);
    demandEqual('its routes', (await engine.output(['exec', id, 'cat', '/proc/net/route'])).trim().split('\n').filter(line => /\t00000000\t/.test(line.slice(0, 20))), []);
  });
}

function writeStack(folder: string): any {
  const app = new PlatformApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const secret = ServiceSecret.managed(chart, 'key', { keys: ['token'] });
  const settings = new ServiceConfig(chart, 'settings', { data: { 'app.ini': 'a=1\n' } });
  const image = ContainerImage.reference(REDIS);
  const command = ['redis-server', '--save', ''];
  const cache = new StatefulService(chart, 'cache', {
    image,
    command,
    ports: [{ name: 'redis', number: 6379 }],
    env: { TEMPLATE: '${x} {{.Node.Hostname}}' },
    volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }), '/etc/key': secret.asFiles(), '/etc/app': settings.asFiles() },
    health: { readiness: Probe.command(['redis-cli', 'ping']), startup: Probe.command(['redis-cli', 'ping']) },
    resources: Resources.of({ cpu: '10m', cpuLimit: '500m', memory: '32Mi', memoryLimit: '64Mi' }),
    replicas: Replicas.fixed(1),
  });
  const worker = (id: string) => new Worker(chart, id, {
    image,
    command,
    health: { liveness: Probe.command(['redis-cli', 'ping']) },
    rollout: Rollout.rolling({ maxSurge: '1', minReadySeconds: 60 }),
    resources: Resources.of({ cpu: '10m', memory: '32Mi' }),
  });
  worker('client').connectTo(cache);
  worker('loner');
  const target = local.DockerTarget.swarm({ constraints: { cache: ['node.role==manager'] } });
  const stack = new local.DockerStack(app, 'swarm', { target, ports: { cache: 16379 }, subnets: { cache: '172.28.9.0/24' } });
  for (const artifact of Artifacts.of(app).list().filter(({ path }) => path.startsWith('swarm/'))) {
    const file = join(folder, artifact.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, artifact.render());
  }
  return stack.toTerraform().resource;
}

/** The expressions that stacks have, of which Terraform knows more. */
function evaluate(text: string, folder: string, made: ReadonlyMap<string, { readonly id: string; readonly name: string }>): string {
  const data = /^\$\{filebase64\("\$\{path\.module\}\/(.*)"\)\}$/.exec(text);
  if (data) {
    return readFileSync(join(folder, data[1])).toString('base64');
  }
  return text.replace(/\$\{substr\(.*, 12\)\}/, HASH)
    // Images are not in a registry here.
    .replace(/@\$\{data\.docker_registry_image\.[^}]*\}/, '')
    .replace(/^\$\{(docker_\w+\.[^.}]+)\.(id|name)\}$/, (_, address: string, attribute: 'id' | 'name') => made.get(address)![attribute])
    .replace(/\$\$\{/g, '${').replace(/%%\{/g, '%{');
}

/** Of two orders of what has none, the same one. */
function ordered(value: any, key = ''): any {
  if (Array.isArray(value)) {
    const all = value.map(each => ordered(each));
    return SETS.includes(key) ? all.sort((one, other) => compareStrings(JSON.stringify(one), JSON.stringify(other))) : all;
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.keys(value).sort().map(each => [each, ordered(value[each], each)])) : value;
}

async function callEngine(engine: DockerEngine, method: string, path: string, body?: object): Promise<any> {
  const answer = await output('curl', [
    '--silent', '--show-error', '--unix-socket', engine.host.replace('unix://', ''), '--request', method, '--write-out', '\n%{http_code}', `http://docker/v1.41${path}`,
    ...body === undefined ? [] : ['--header', 'Content-Type: application/json', '--data', JSON.stringify(body)],
  ]);
  const [, text, status] = /^([\s\S]*)\n(\d+)$/.exec(answer)!;
  if (Number(status) >= 300) {
    throw new Error(`${method} ${path}: ${status} ${text}`);
  }
  return JSON.parse(text);
}
