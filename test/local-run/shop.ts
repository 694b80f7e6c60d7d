import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ComposeApp } from './compose';
import type { DockerEngine } from './docker';
import { inspect, LOCAL_DEMANDS } from './inside';
import { provideAppImages } from '../image-builds/app-images';
import type { ImageBuilder } from '../image-builds/builder';
import { demandEqual } from '../image-builds/demands';
import { type Workload, workloadOf } from '../image-builds/workload';
import { synthesise } from '../support/real-runs/applications';
import { readManifests } from '../support/real-runs/manifests';
import { output, until } from '../support/real-runs/processes';
import { type Answer, Customer, type Order, SHOP } from '../support/real-runs/shop';
import type { Suite } from '../support/real-runs/suite';

/** The first engine that asks more often while a container starts. */
const START_INTERVAL_SINCE = 25;

/** The shop from its compose file, as it is on a laptop. */
export async function checkShop(suite: Suite, engine: DockerEngine, program: string, builder: ImageBuilder): Promise<void> {
  const into = join(suite.folder, 'shop');
  mkdirSync(into);
  const application = await synthesise(SHOP, into);
  const [artifacts] = application.artifacts;
  const file = join(artifacts, 'compose.yaml');
  const workloadsOf = readManifests(application.manifests[0]);
  let app = new ComposeApp(program, engine, artifacts, [file]);
  let services: { readonly [name: string]: any } = {};
  let project = '';
  const ready = await suite.check('shop: compose reads its file without a word, and its images are there', async () => {
    await output('/bin/sh', [join(artifacts, 'compose-secrets.sh')]);
    ({ services, name: project } = await app.config());
    app = await forEngine(engine, program, artifacts, file, services);
    const images = Object.values(services).map(({ image }) => image);
    await provideAppImages(suite, builder, application, images, async (image, layout) => engine.load(image, layout));
    return [...new Set(images)].join(', ');
  });
  if (!ready || !await suite.check('shop: it is brought up, and everything in it is healthy', async () => {
    await app.up();
    const states = (await app.containers()).map(({ Service, State, Health }) => [Service, State, Health]).sort();
    demandEqual('the containers', states, Object.keys(services).sort().map(name => isOwner(name) ? [name, 'exited', ''] : [name, 'running', 'healthy']));
    return `${states.length} containers`;
  })) {
    return;
  }
  await suite.check('shop: what keeps data has its volume from the container before it: its group, and a mode by which new files get it', async () => {
    const owners = Object.entries(services).filter(([name]) => isOwner(name));
    for (const [name, { command: [group, ...volumes], volumes: mounts }] of owners) {
      demandEqual(`the volumes of ${name}`, volumes, mounts.map(({ target }: any) => target));
      for (const { source } of mounts) {
        const seen = await engine.output([
          'run', '--rm', '--network=none', '--entrypoint=stat', `--volume=${project}_${source}:/volume:ro`, services[name].image, '--format=%u:%g %a', '/volume',
        ]);
        demandEqual(`the volume ${source}`, seen.trim(), `0:${group} 2775`);
      }
    }
    return owners.map(([name]) => name).join(', ') || Promise.reject(new Error('there is none'));
  });
  let order: Order | undefined;
  const customer = new Customer(async (path, post) => ask(engine, await app.published('gateway', 8080), path, post));
  await suite.check('shop: an order through the published port goes by the gateway, gRPC and Postgres to the bus, and by the worker to Redis', async () => {
    order = await customer.buy('tea', 3);
    return `${JSON.stringify(order)} by ${await app.published('gateway', 8080)}`;
  });
  for (const { ID, Service } of (await app.containers()).filter(container => !isOwner(container.Service))) {
    await suite.check(`shop: ${Service} is seen from inside as its pod would be: ${Object.keys(LOCAL_DEMANDS).join(', ')}`, async () => {
      const workload = workloadIn(workloadsOf, services[Service].image, Service);
      const seen = await inspect(engine, ID, workload);
      Object.values(LOCAL_DEMANDS).forEach(demand => demand(seen, workload));
      return `user ${seen.status.Uid.split('\t')[0]}`;
    });
  }
  await suite.check('shop: taken down and brought up again, it knows its orders', async () => {
    if (!order) {
      throw new Error('there is no order');
    }
    const { id } = order;
    await app.down();
    await app.up();
    await until('the shop knows the order', 90, async () => customer.isFulfilled(id).catch(() => false));
    demandEqual('the figures', await customer.sold('tea'), 3);
    await customer.buy('mug', 1);
  });
  await suite.check('shop: it is taken down, and nothing of it is left', async () => {
    await app.down('--volumes');
    const lists = [['ps', '--all', '--quiet'], ['volume', 'ls', '--quiet'], ['network', 'ls', '--quiet', '--filter=type=custom']];
    const left = await Promise.all(lists.map(async args => engine.output(args)));
    demandEqual('containers, volumes and networks', left, ['', '', '']);
  });
}

/** What ends before others start. */
function isOwner(service: string): boolean {
  return service.endsWith('_volumes');
}

/** What the manifests say of the container of a service; several may run one image. */
function workloadIn(objects: ReturnType<typeof readManifests>, image: string, service: string): Workload {
  const repository = image.replace(/:[^/]*$/, '').split('/').pop()!;
  return workloadOf(objects.filter(({ kind, metadata }) => kind === 'ConfigMap' || metadata.name === service), repository);
}

/** Engines before 25 refuse one field of health checks, which is taken away and nothing else. */
async function forEngine(
  engine: DockerEngine,
  program: string,
  folder: string,
  file: string,
  services: { readonly [name: string]: any },
): Promise<ComposeApp> {
  if (Number(engine.version.split('.')[0]) >= START_INTERVAL_SINCE) {
    return new ComposeApp(program, engine, folder, [file]);
  }
  const names = Object.keys(services).filter(name => services[name].healthcheck?.start_interval !== undefined);
  const text = stringify({ services: Object.fromEntries(names.map(name => [name, { healthcheck: { start_interval: 'RESET' } }])) });
  const without = join(folder, 'without-start-interval.yaml');
  writeFileSync(without, text.replace(/RESET/g, '!reset null'));
  return new ComposeApp(program, engine, folder, [file, without]);
}

/** Asks by curl, on the machine whose port it is. */
async function ask(engine: DockerEngine, address: string, path: string, post?: string): Promise<Answer> {
  const { status, stdout, stderr } = await engine.onHost('curl', [
    '--silent', '--show-error', '--max-time', '15', '--write-out', '\n%{http_code}', `http://${address}${path}`,
    ...post === undefined ? [] : ['--header', 'Content-Type: application/json', '--data', post],
  ]);
  if (status !== 0) {
    throw new Error(`${path}: ${stderr.trim()}`);
  }
  const [, body, code] = /^([\s\S]*)\n(\d+)$/.exec(stdout)!;
  return { status: Number(code), body };
}
