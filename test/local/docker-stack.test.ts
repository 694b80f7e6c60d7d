import { execFileSync } from 'node:child_process';
import { Chart } from 'cdk8s';
import { Testing } from 'cdktf';
import { cache, WEB, wholeApp } from './example-app';
import {
  Artifacts, External, GoImage, GoStyleMicroservice, IngressRoute, local, Microservice, OneOffTask, Probe, RouteTls, Worker,
} from '../../lib/index';
import { duration } from '../../lib/local/terraform';
import { finding, findings, IMAGE, orders, shop } from '../support/services';


/** The resources of a kind by their ids. */
function resources(chart: Chart, kind: string, props: local.DockerStackProps = {}): any {
  return new local.DockerStack(chart, 'docker', props).toTerraform().resource[kind];
}

function container(chart: Chart, name: string, props?: local.DockerStackProps): any {
  return resources(chart, 'docker_container', props)[`container-${name}`];
}

test('an app as a whole', () => {
  const app = wholeApp();
  new local.DockerStack(app, 'docker', { probeFlag: '-healthcheck', ports: { orders: 8080 }, subnets: { cache: '172.28.1.0/24' } });
  for (const file of ['main.tf.json', '.gitignore', 'docker-secrets.sh', 'local-configs/orders/etc/app/app.ini']) {
    expect(Artifacts.of(app).render(`docker/${file}`)).toMatchSnapshot(file);
  }
});

test('it stands in a stack of somebody else, below an app of cdktf', () => {
  const chart = shop();
  orders(chart).connectTo(cache(chart));
  const stack = new local.DockerStack(chart, 'docker');
  const text = Testing.synthScope(scope => stack.defineIn(scope as any));
  expect(Testing.toHaveResourceWithProperties(text, 'docker_container', { name: 'shop-cache', read_only: true })).toBe(true);
  expect(Testing.toHaveResourceWithProperties(text, 'docker_network', { name: 'shop-cache', internal: true })).toBe(true);
});

describe('a second apply is empty', () => {
  test('no list is empty and nothing is null', () => {
    const chart = shop();
    orders(chart).connectTo(cache(chart));
    const empty: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (value === null || (Array.isArray(value) && value.length === 0)) {
        empty.push(path);
      } else if (typeof value === 'object') {
        Object.entries(value!).forEach(([key, item]) => look(item, `${path}.${key}`));
      }
    };
    look(resources(chart, 'docker_container'), '');
    expect(empty).toEqual([]);
  });

  test('what the image says is not undone', () => {
    const chart = shop();
    orders(chart);
    expect(container(chart, 'orders').lifecycle).toEqual({ ignore_changes: ['working_dir'] });
    const other = shop();
    orders(other, { workingDir: '/srv' });
    expect(container(other, 'orders')).toMatchObject({ working_dir: '/srv' });
    expect(container(shop2(), 'orders').lifecycle).toBeUndefined();
  });

  test('variables, capabilities and aliases have one order', () => {
    const build = (env: { [name: string]: string }, addCapabilities: string[]) => {
      const chart = shop();
      orders(chart, { env, security: { addCapabilities } });
      return JSON.stringify(resources(chart, 'docker_container'));
    };
    expect(build({ B: '1', A: '2' }, ['SYS_TIME', 'CHOWN'])).toBe(build({ A: '2', B: '1' }, ['CHOWN', 'SYS_TIME']));
  });

  test('capabilities and durations are written as Docker gives them back', () => {
    const chart = shop();
    orders(chart, { security: { addCapabilities: ['NET_BIND_SERVICE'] } });
    expect(container(chart, 'orders').capabilities).toEqual({ add: ['CAP_NET_BIND_SERVICE'], drop: ['ALL'] });
    expect([1, 60, 90, 3600, 3725].map(duration)).toEqual(['1s', '1m0s', '1m30s', '1h0m0s', '1h2m5s']);
  });

  test('memory has no swap beside it, which Docker would choose', () => {
    const chart = shop();
    orders(chart);
    expect(container(chart, 'orders')).toMatchObject({ memory: 128, memory_swap: 128 });
  });

  test('an image is built anew when what it reads changes, and for nothing else', () => {
    const chart = shop();
    orders(chart, { image: GoImage.fromModule(WEB, { main: './cmd/web' }) });
    const { triggers, build } = resources(chart, 'docker_image')['image-orders'];
    expect(triggers.dockerfile).toBe('${filesha256("${path.module}/../images/orders/Dockerfile")}');
    expect(triggers.inputs).toContain(`tolist(fileset("\${path.module}/../../${WEB}", pattern))`);
    expect(triggers.inputs).toContain('"go.mod"');
    expect(triggers.inputs).toMatch(/setsubtract\(.*"\*\*\/\*_test\.go"/);
    expect(build).toEqual({ builder: 'default', context: `\${path.module}/../../${WEB}`, dockerfile: '../../../../artifacts/images/orders/Dockerfile' });
  });
});

/** A service that says all that its image could. */
function shop2(): Chart {
  const chart = shop();
  orders(chart, { workingDir: '/srv' });
  return chart;
}

test('who keeps data waits until the volume is its group\'s, and finds it empty', () => {
  const chart = shop();
  cache(chart);
  const all = resources(chart, 'docker_container');
  expect(all['container-cache']).toMatchObject({
    depends_on: ['docker_container.container-cache_volumes'],
    mounts: [{ type: 'volume', source: '${docker_volume.volume-cache-data.name}', target: '/data', volume_options: { no_copy: true } }],
  });
  expect(all['container-cache_volumes']).toMatchObject({
    network_mode: 'none',
    must_run: false,
    attach: true,
    restart: 'no',
    user: '0:65532',
    read_only: true,
    capabilities: { drop: ['ALL'], add: ['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FOWNER'] },
  });
});

test('each port that is open has an output', () => {
  const chart = shop({ ingressClass: 'traefik' });
  const ports = [{ name: 'http', number: 8080 }, { name: 'grpc', number: 9090 }];
  const service = new Microservice(chart, 'web', { image: IMAGE, ports });
  new IngressRoute(chart, 'public', {
    host: 'shop.example.com', tls: RouteTls.secret('tls'), paths: ports.map(({ name }) => ({ path: `/${name}`, to: service, port: name })),
  });
  const outputs = (id: string, target: local.DockerTarget) => new local.DockerStack(chart, id, { target }).toTerraform().output;
  expect(outputs('host', local.DockerTarget.host())).toEqual({
    'web-address': { value: '127.0.0.1:8080' }, 'web-9090-address': { value: '127.0.0.1:9090' },
  });
  expect(outputs('swarm', local.DockerTarget.swarm())).toEqual({ 'web-port': { value: 8080 }, 'web-9090-port': { value: 9090 } });
});

test('literals are no expressions', () => {
  const chart = shop();
  orders(chart, { env: { TEMPLATE: '${x} %{y} $z' } });
  expect(container(chart, 'orders').env).toContain('TEMPLATE=$${x} %%{y} $z');
});

test('who connects waits until the other is healthy, a task until it has ended', () => {
  const chart = shop();
  orders(chart, { initContainers: [{ name: 'migrate', image: IMAGE }] }).connectTo(cache(chart));
  const all = resources(chart, 'docker_container');
  expect(all['container-orders'].depends_on).toEqual(['docker_container.container-cache', 'docker_container.container-orders-migrate']);
  expect(all['container-cache']).toMatchObject({ wait: true, wait_timeout: 60 });
  expect(all['container-orders-migrate']).toMatchObject({ must_run: false, attach: true, restart: 'no' });
});

test('what is asked for alone is left out', () => {
  const chart = shop();
  new OneOffTask(chart, 'migrate', { image: IMAGE });
  orders(chart, { metricsPort: 8080, monitoring: {} });
  const names = (props: local.DockerStackProps) => {
    const holder = new Chart(chart, `c${chart.node.children.length}`);
    return Object.keys(new local.DockerStack(holder, 'docker', props).toTerraform().resource.docker_container);
  };
  expect(names({})).toEqual(['container-orders']);
  expect(names({ observability: true, tasks: true })).toEqual(['container-migrate', 'container-orders', 'container-prometheus']);
  expect(container(chart, 'orders')).toMatchObject({ network_mode: 'none' });
  expect(resources(new Chart(chart, 'other'), 'docker_network', { observability: true })).toMatchObject({
    'network-orders_metrics': { internal: true }, 'network-prometheus_outside': { driver: 'bridge' },
  });
});

test('subnets of networks that are not there, or that are none', () => {
  const chart = shop();
  new GoStyleMicroservice(chart, 'web', { image: IMAGE, health: { readiness: Probe.command(['/check']) } }).connectTo(cache(chart));
  expect(findings(new local.DockerStack(chart, 'docker', { subnets: { cache: '10.0.0.0', web: '10.0.0.0/24' } }))).toEqual([
    finding('error', 'invalid-value', 'shop/docker subnets.cache', "'10.0.0.0' is not a range of IPv4 addresses.", "Write for example '172.28.1.0/24'."),
    finding('error', 'invalid-value', 'shop/docker subnets.web', "There is no network 'web'.", "Name one of 'cache'."),
  ]);
});

test('more networks than a machine has addresses for, on one machine', () => {
  const chart = shop();
  for (let index = 0; index < 32; index++) {
    new Worker(chart, `w${index}`, { image: IMAGE }).connectTo(External.host('db.example.com', 5432));
  }
  const told = (where: string, count: number) => finding('warning', 'many-networks', `shop/${where}`,
    `Docker finds addresses for 30 networks by itself, and this takes ${count}.`,
    "Give its daemon more (default-address-pools), or leave services out (without), and acknowledge 'many-networks' with that reason.");
  expect(findings(new local.ComposeFile(chart, 'compose', { without: ['w0'] }))).toEqual([told('compose', 31)]);
  expect(findings(new local.ComposeFile(chart, 'fewer', { without: ['w0', 'w1'] }))).toEqual([]);
  expect(findings(new local.DockerStack(chart, 'docker', { subnets: { w3_outside: '10.1.0.0/24' } }))).toEqual([told('docker', 31)]);
  expect(findings(new local.DockerStack(chart, 'swarm', { target: local.DockerTarget.swarm() })).join()).not.toContain('many-networks');
});

test('cdktf is loaded by who renders a stack, and by nobody else', () => {
  const script = `
    const { local, PlatformApp } = require('./lib/index.ts');
    new local.DockerStack(new PlatformApp(), 'docker');
    process.stdout.write(String(Object.keys(require.cache).filter(file => /node_modules.(@?cdktf)/.test(file)).length));`;
  expect(execFileSync(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '-e', script], { encoding: 'utf8' })).toBe('0');
});
