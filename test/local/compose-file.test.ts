import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import { cache, WEB } from './example-app';
import {
  Artifacts, Environment, EnvReference, External, ExternalService, GoImage, GoStyleMicroservice, IngressRoute, local, Microservice,
  OneOffTask, Platform, PlatformApp, Probe, Replicas, RouteTls, ScheduledTask, ServiceConfig, ServiceSecret, ServiceType, Volume, Worker,
} from '../../lib/index';
import { finding, findings, IMAGE, orders, shop } from '../support/services';

const READY = { readiness: Probe.command(['redis-cli', 'ping']) };

/** What the compose file of a chart says. */
function compose(chart: Chart, props: local.ComposeFileProps = {}): any {
  return parse(new local.ComposeFile(chart, 'compose', props).render());
}

function services(chart: Chart, props: local.ComposeFileProps = {}): any {
  return compose(chart, props).services;
}

/** What the compose file of a chart is warned of. */
function faults(chart: Chart, props: local.ComposeFileProps = {}): string[] {
  return findings(new local.ComposeFile(chart, 'compose', props));
}

test('an app as a whole', () => {
  const app = new PlatformApp();
  new Platform(app, { registry: 'ghcr.io/acme', ingressClass: 'traefik' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const secret = ServiceSecret.managed(chart, 'key', { name: 'orders', keys: ['token', 'certificate'] });
  const settings = new ServiceConfig(chart, 'settings', { data: { 'app.ini': 'price=$5\n' } });
  const service = orders(chart, {
    image: GoImage.fromModule(WEB, { main: './cmd/web' }),
    env: { GREETING: 'costs $(CACHE_HOST) $5' },
    envValueFrom: { TOKEN: secret.env('token') },
    volumes: { '/etc/tls': secret.asFiles({ items: { 'tls.crt': 'certificate' } }), '/etc/app': settings.asFiles() },
    metricsPort: 8080,
    monitoring: {},
  });
  service.connectTo(cache(chart));
  service.connectTo(External.host('db.example.com', 5432));
  new IngressRoute(chart, 'public', { host: 'shop.example.com', paths: [{ path: '/', to: service }], tls: RouteTls.secret('shop-tls') });
  new local.ComposeFile(app, 'compose', { probeFlag: '-healthcheck' });
  for (const file of ['compose.yaml', '.env.example', '.gitignore', 'compose-secrets.sh', 'local-configs/orders/etc/app/app.ini']) {
    expect(Artifacts.of(app).render(file)).toMatchSnapshot(file);
  }
});

describe('hardening is that of the pod', () => {
  test('by default', () => {
    const chart = shop();
    orders(chart);
    expect(services(chart).orders).toMatchObject({
      user: '65532:65532',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: ['/tmp:size=67108864,mode=1777'],
      restart: 'unless-stopped',
    });
  });

  test('and what is turned off', () => {
    const chart = shop();
    orders(chart, { security: { user: 1000, group: 2000, writableRootFilesystem: true, addCapabilities: ['NET_BIND_SERVICE'] } });
    const { user, cap_add: added, read_only: readOnly } = services(chart).orders;
    expect({ user, added, readOnly }).toEqual({ user: '1000:2000', added: ['NET_BIND_SERVICE'], readOnly: undefined });
  });
});

describe('networks', () => {
  test('one for a service and those that call it, closed to the outside', () => {
    const chart = shop();
    const store = cache(chart);
    [orders(chart), new GoStyleMicroservice(chart, 'web', { image: IMAGE })].forEach(client => client.connectTo(store));
    const { networks, services: { cache: target, orders: client } } = compose(chart);
    expect(networks).toEqual({ cache: { internal: true } });
    expect([target.networks, client.networks]).toEqual([{ cache: {} }, { cache: {} }]);
  });

  test('none for whom nobody calls', () => {
    const chart = shop();
    orders(chart);
    expect(services(chart).orders.network_mode).toBe('none');
  });

  test('one to the outside for external hosts and for who talks to anyone', () => {
    const chart = shop();
    orders(chart).connectTo(External.host('db.example.com', 5432));
    const { networks, services: { orders: client } } = compose(chart);
    expect([networks, client.networks]).toEqual([{ orders_outside: {} }, { orders_outside: {} }]);
  });

  test('nobody shares the one that leads out, or the one that is scraped', () => {
    const chart = shop();
    const settings = { image: IMAGE, metricsPort: 8080, monitoring: {} };
    ['a', 'b'].forEach(id => new GoStyleMicroservice(chart, id, settings).connectTo(External.host('db.example.com', 5432)));
    const { networks, services: all } = compose(chart, { ports: { a: 8080 } });
    expect(networks).toEqual({
      a_metrics: { internal: true }, a_outside: {}, b_metrics: { internal: true }, b_outside: {}, prometheus_outside: {},
    });
    expect(Object.entries<any>(all).map(([name, service]) => [name, Object.keys(service.networks)])).toEqual([
      ['a', ['a_metrics', 'a_outside']], ['b', ['b_metrics', 'b_outside']], ['prometheus', ['a_metrics', 'b_metrics', 'prometheus_outside']],
    ]);
  });

  test('the policy lets it out as well, to addresses and to everybody', () => {
    const chart = shop();
    orders(chart, { networkPolicy: { allowTo: [{ cidrs: ['192.0.2.0/24'] }] } });
    new Worker(chart, 'mailer', { image: IMAGE, networkPolicy: { allowTo: [{ ports: [{ port: 25 }] }] } });
    new Worker(chart, 'other', { image: IMAGE, networkPolicy: { allowTo: [{ podLabels: { app: 'x' } }] } });
    const { orders: client, mailer, other } = services(chart);
    expect([client.networks, mailer.networks, other.network_mode]).toEqual([{ orders_outside: {} }, { mailer_outside: {} }, 'none']);
  });

  test('with the name by which a client of another namespace calls', () => {
    const chart = shop();
    const other = new Chart(chart.node.root as any, 'other', { namespace: 'other' });
    new Worker(other, 'mailer', { image: IMAGE }).connectTo(orders(chart));
    const { orders: target, mailer } = services(chart);
    expect(target.networks).toEqual({ orders: { aliases: ['orders.shop'] } });
    expect(mailer.environment).toMatchObject({ ORDERS_HOST: 'orders.shop', ORDERS_PORT: '8080', ORDERS_URL: 'http://orders.shop:8080' });
  });
});

describe('environment', () => {
  test('names the ports of containers where the cluster has those of Services', () => {
    const chart = shop();
    const web = new GoStyleMicroservice(chart, 'web', { image: IMAGE, env: { WEB: 'http://orders:80/api', ELSEWHERE: 'http://orders:800' } });
    web.connectTo(orders(chart));
    expect(services(chart).web.environment).toEqual(expect.objectContaining({
      ORDERS_PORT: '8080', ORDERS_URL: 'http://orders:8080', WEB: 'http://orders:8080/api', ELSEWHERE: 'http://orders:800',
    }));
  });

  test('names the host outside where the cluster has a Service for it', () => {
    const chart = shop();
    const db = new ExternalService(chart, 'db', { external: External.host('db.example.com', 5432) });
    orders(chart).connectTo(db);
    expect(services(chart).orders.environment).toMatchObject({ DB_HOST: 'db.example.com', DB_PORT: '5432' });
  });

  test('from configs, fields and resources', () => {
    const chart = shop();
    const settings = new ServiceConfig(chart, 'settings', { data: { MODE: 'fast', SIZE: '3' } });
    orders(chart, {
      envFrom: [settings.asEnv({ prefix: 'APP_' })],
      envValueFrom: {
        ONE: settings.env('MODE'), NAMESPACE: EnvReference.field('metadata.namespace'), MEMORY: EnvReference.resource('limits.memory', '1Mi'),
      },
    });
    expect(services(chart).orders.environment).toMatchObject({ APP_MODE: 'fast', APP_SIZE: '3', ONE: 'fast', NAMESPACE: 'shop', MEMORY: '128' });
  });

  test('holds no secret', () => {
    const chart = shop();
    const secret = ServiceSecret.managed(chart, 'db', { keys: ['password'] });
    orders(chart, { envFrom: [secret.asEnv({ prefix: 'DB_' })], env: { DSN: 'postgres://app:$(DB_password)@db' } });
    const placeholder = '${DB_PASSWORD:?run compose-secrets.sh}';
    expect(services(chart).orders.environment).toMatchObject({ DB_password: placeholder });
    expect(Artifacts.of(chart).render('.env.example')).toContain('\nDB_PASSWORD=\n');
  });
});

describe('what is published', () => {
  test('goes to this machine alone, each port once', () => {
    const chart = shop({ ingressClass: 'traefik' });
    const [one, two] = ['a', 'b'].map(id => new GoStyleMicroservice(chart, id, { image: IMAGE }));
    new IngressRoute(chart, 'public', {
      host: 'shop.example.com', tls: RouteTls.secret('tls'), paths: [{ path: '/a', to: one }, { path: '/b', to: two }],
    });
    const { a, b } = services(chart);
    expect([a.ports, b.ports].flat().map(({ host_ip: host, published, target }) => [host, published, target])).toEqual([
      ['127.0.0.1', '8080', 8080], ['127.0.0.1', '8081', 8080],
    ]);
  });

  test('all that routes lead to and all that is open to addresses, but for metrics', () => {
    const chart = shop({ ingressClass: 'traefik' });
    const ports = [{ name: 'http', number: 8080, servicePort: 80 }, { name: 'grpc', number: 9090 }, { name: 'metrics', number: 9100 }];
    const settings = { image: IMAGE, ports, metricsPort: 'metrics', health: READY };
    const routed = new Microservice(chart, 'a', settings);
    new IngressRoute(chart, 'public', {
      host: 'shop.example.com', tls: RouteTls.secret('tls'), paths: [{ path: '/', to: routed }, { path: '/g', to: routed, port: 'grpc' }],
    });
    new Microservice(chart, 'b', { ...settings, service: { type: ServiceType.LOAD_BALANCER } });
    new Microservice(chart, 'c', settings);
    const published = (props?: local.ComposeFileProps) => Object.entries<any>(services(new Chart(chart, `x${chart.node.children.length}`), props))
      .map(([name, service]) => [name, (service.ports ?? []).map((port: any) => `${port.published}:${port.target}`)]);
    expect(published()).toEqual([['a', ['8080:8080', '9090:9090']], ['b', ['8081:8080', '9091:9090']], ['c', []]]);
    expect(published({ ports: { a: 18080 } })[0]).toEqual(['a', ['18080:8080', '9090:9090']]);
  });

  test('where the user says it', () => {
    const chart = shop();
    cache(chart);
    expect(services(chart, { ports: { cache: 16379 } }).cache.ports).toEqual([{ host_ip: '127.0.0.1', published: '16379', target: 6379, protocol: 'tcp' }]);
  });
});

describe('health', () => {
  test('a command of the service, with its timing', () => {
    const chart = shop();
    cache(chart);
    expect(services(chart).cache.healthcheck).toEqual({ test: ['CMD', 'redis-cli', 'ping'], interval: '10s', timeout: '5s', retries: 3 });
  });

  test('the flag of a program that is built here', () => {
    const chart = shop();
    orders(chart, { image: GoImage.fromModule(WEB, { main: './cmd/web' }) });
    expect(services(chart, { probeFlag: '-healthcheck' }).orders.healthcheck.test).toEqual(['CMD', '/app/web', '-healthcheck']);
  });

  test('the flag is that of the program that runs, where the image has several', () => {
    const chart = shop();
    const image = GoImage.fromModule('examples/shop/services', { main: './cmd/orders', programs: ['./cmd/worker'] });
    orders(chart, { image });
    new Worker(chart, 'worker', { image: image.program('worker'), ports: [{ number: 8081 }], health: { readiness: Probe.http('/readyz') } });
    const all = services(chart, { probeFlag: '-healthcheck' });
    expect([all.orders, all.worker].map(({ healthcheck }) => healthcheck.test)).toEqual([
      ['CMD', '/app/orders', '-healthcheck'], ['CMD', '/app/worker', '-healthcheck'],
    ]);
  });

  test('a question while it starts comes more often, where the engine can', () => {
    const asked = (engineVersion?: number) => {
      const chart = shop();
      orders(chart, { health: { ...READY, startup: Probe.command(['true'], { failureThreshold: 15 }) } });
      return services(chart, engineVersion === undefined ? {} : { engineVersion }).orders.healthcheck;
    };
    expect(asked()).toMatchObject({ start_period: '30s', start_interval: '1s' });
    expect(asked(25)).toEqual(asked());
    expect(asked(24)).toEqual({ test: ['CMD', 'redis-cli', 'ping'], interval: '10s', timeout: '5s', retries: 3, start_period: '30s' });
  });

  test('a command for the local app', () => {
    const chart = shop();
    orders(chart);
    expect(services(chart, { probes: { orders: ['/bin/check'] } }).orders.healthcheck.test).toEqual(['CMD', '/bin/check']);
  });
});

test('who calls waits until the other is healthy', () => {
  const chart = shop();
  orders(chart).connectTo(cache(chart));
  expect(services(chart).orders.depends_on).toEqual({ cache: { condition: 'service_healthy' } });
});

test('containers before the main one are waited for, those beside it share its network', () => {
  const chart = shop();
  orders(chart, {
    initContainers: [{ name: 'migrate', image: IMAGE, args: ['up'] }],
    sidecars: [{ name: 'proxy', image: IMAGE, volumes: { '/cache': Volume.persistentVolumeClaim('cache') } }],
  });
  const all = services(chart);
  expect(all['orders-migrate']).toMatchObject({ command: ['up'], restart: 'no' });
  const completed = { condition: 'service_completed_successfully' };
  expect(all.orders.depends_on).toEqual({ 'orders-migrate': completed, 'orders_volumes': completed });
  expect(all['orders-migrate'].depends_on).toEqual({ orders_volumes: completed });
  expect(all['orders-proxy']).toMatchObject({
    network_mode: 'service:orders',
    volumes: [{ type: 'volume', source: 'cache', target: '/cache', volume: { nocopy: true } }],
    depends_on: { orders: { condition: 'service_started' }, orders_volumes: completed },
  });
});

describe('new volumes are given to the group of the pod, as the kubelet does it', () => {
  function withVolumes(props: Partial<Parameters<typeof orders>[1]> = {}, options?: local.ComposeFileProps): any {
    const chart = shop();
    orders(chart, { volumes: { '/b': Volume.persistentVolumeClaim('b'), '/a': Volume.persistentVolumeClaim('a') }, replicas: Replicas.fixed(1), ...props });
    return services(chart, options);
  }

  test('by a container with no network and no more rights than that takes', () => {
    const { orders_volumes: owner } = withVolumes();
    expect(owner).toMatchObject({
      image: 'busybox:1.37.0',
      user: '0:65532',
      read_only: true,
      cap_drop: ['ALL'],
      cap_add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
      security_opt: ['no-new-privileges:true'],
      network_mode: 'none',
      restart: 'no',
      command: ['65532', '/volumes/a', '/volumes/b'],
      volumes: ['a', 'b'].map(source => ({ type: 'volume', source, target: `/volumes/${source}`, volume: { nocopy: true } })),
    });
    expect(withVolumes({}, { volumeImage: 'registry.example.com/busybox:1' }).orders_volumes.image).toBe('registry.example.com/busybox:1');
  });

  test('which changes what belongs to another group, with all that is in it, and nothing else', () => {
    const { orders_volumes: { entrypoint: [shell, flag, script] } } = withVolumes();
    const folder = mkdtempSync(join(tmpdir(), 'volumes-'));
    try {
      const volumes = ['new', 'kept', 'with space'].map(name => join(folder, name));
      volumes.forEach(each => mkdirSync(join(each, 'below'), { recursive: true, mode: 0o700 }));
      const own = String(statSync(folder).gid);
      const modes = () => volumes.map(each => [each, join(each, 'below')].map(path => statSync(path).mode.toString(8).slice(-4)));
      chmodSync(volumes[1], 0o711);
      const groups = own === '0' && process.getuid?.() === 0 ? [volumes[0], volumes[2]] : [];
      groups.forEach(each => chownSync(each, 0, 4242));
      execFileSync(shell, [flag, script.replace(/\$\$/g, '$'), own, ...volumes]);
      const changed = groups.length > 0 ? ['2770', '0770'] : ['0700', '0700'];
      expect(modes()).toEqual([changed, ['0711', '0700'], changed]);
      expect(volumes.map(each => String(statSync(each).gid))).toEqual([own, own, own]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each<[string, Partial<Parameters<typeof orders>[1]>]>([
    ['volumes that are read alone', { volumes: { '/a': Volume.persistentVolumeClaim('a').mounted({ readOnly: true }) } }],
    ['the group of root', { security: { user: 0, group: 0, allowRoot: true } }],
    ['scratch space', { volumes: { '/a': Volume.emptyDir() } }],
  ])('not for %s', (_, props) => {
    expect(Object.keys(withVolumes(props))).toEqual(['orders']);
  });
});

test('tasks run where they are asked for', () => {
  const chart = shop();
  new OneOffTask(chart, 'migrate', { image: IMAGE });
  expect(services(chart).migrate).toMatchObject({ profiles: ['tasks'], restart: 'no' });
});

test('live code is mounted from the machine, relative to the file', () => {
  const chart = shop();
  orders(chart);
  expect(services(chart, { liveCode: { orders: { '/src': 'services/orders' } } }).orders.volumes).toEqual([{ type: 'bind', source: '../services/orders', target: '/src' }]);
});

test('what is monitored is scraped by a Prometheus in a profile of its own', () => {
  const chart = shop();
  orders(chart, { metricsPort: 8080, monitoring: {} });
  const { services: { prometheus } } = compose(chart);
  expect(prometheus).toMatchObject({ profiles: ['observability'], read_only: true, user: '65534:65534' });
  expect(parse(Artifacts.of(chart).render('local-configs/prometheus/etc/prometheus/prometheus.yml')!)).toEqual({ scrape_configs: [{ job_name: 'orders-8080', static_configs: [{ targets: ['orders:8080'] }] }] });
});

test('an environment has a file of its own', () => {
  const app = new PlatformApp();
  for (const name of ['dev', 'prod']) {
    const environment = new Environment(app, name);
    orders(new Chart(environment, 'shop', { namespace: 'shop' }), { env: { STAGE: name } });
  }
  const file = new local.ComposeFile(Environment.of(app.node.findChild('dev'))!, 'compose');
  expect(file.path).toBe('dev/compose.yaml');
  expect(parse(file.render())).toMatchObject({ name: 'shop-dev', services: { orders: { environment: { STAGE: 'dev' } } } });
});

test('a connection is asked equally often however many there are', () => {
  const asked = (count: number) => {
    const chart = shop();
    const calls = { count: 0 };
    for (let index = 0; index < count; index++) {
      const target = new GoStyleMicroservice(chart, `s${index}`, { image: IMAGE, health: READY });
      const resolve = target.toConnectionTarget.bind(target);
      target.toConnectionTarget = client => {
        calls.count += 1;
        return resolve(client);
      };
      new Worker(chart, `w${index}`, { image: IMAGE }).connectTo(target);
    }
    new local.ComposeFile(chart, 'compose').render();
    return calls.count;
  };
  expect(asked(20)).toBe(2 * asked(10));
});

test('rendering twice gives the same', () => {
  const chart = shop();
  orders(chart).connectTo(cache(chart));
  const file = new local.ComposeFile(chart, 'compose');
  expect(file.render()).toBe(file.render());
});

describe('what Docker cannot do is said', () => {
  const WHERE = 'shop/compose';

  test.each<[string, (chart: Chart) => unknown, string]>([
    ['questions over the network', chart => orders(chart), finding('warning', 'local-omission', `${WHERE} probes`,
      "Docker asks a container by a command alone, and nothing says which program in 'orders' asks, so what connects to it does not wait until it is ready.",
      "Write the flag by which programs that are built here ask themselves (probeFlag: '-healthcheck'), or a command for each service (probes), or acknowledge 'local-omission' with the reason.")],
    ['fields of the node', chart => orders(chart, { health: READY, envValueFrom: { NODE: EnvReference.field('spec.nodeName') } }),
      finding('warning', 'local-omission', `${WHERE} orders.env NODE`, "Docker has nothing for 'spec.nodeName', so the variable is not set there.",
        "Let the program do without it, or acknowledge 'local-omission' with the reason.")],
    ['schedules', chart => new ScheduledTask(chart, 'clean', { image: IMAGE, schedule: '0 3 * * *' }), finding('warning', 'local-omission', `${WHERE} clean.schedule`,
      'Docker runs nothing by a schedule.', "Run it by hand with the profile 'tasks', and acknowledge 'local-omission' with that reason.")],
    ['parts of volumes', chart => new Worker(chart, 'mailer', { image: IMAGE, volumes: { '/d': Volume.persistentVolumeClaim('d').mounted({ subPath: 'x' }) } }),
      finding('warning', 'local-omission', `${WHERE} mailer.volumes['/d'].subPath`, "Docker mounts the whole volume and not 'x' of it.",
        "Give the part a volume of its own, or acknowledge 'local-omission' with the reason.")],
    ['volumes of a cluster', chart => new Worker(chart, 'mailer', { image: IMAGE, volumes: { '/d': Volume.of({ nfs: { server: 's', path: '/' } }) } }),
      finding('error', 'local-unsupported', `${WHERE} mailer.volumes['/d']`, "Docker cannot mount a volume of the kind 'nfs'.",
        'Use a claim, a scratch volume or files of a ServiceConfig, or leave the service out of the local app.')],
    ['a ConfigMap of the cluster', chart => new Worker(chart, 'mailer', { image: IMAGE, volumes: { '/d': Volume.configMap('d') } }),
      finding('error', 'local-unsupported', `${WHERE} mailer.volumes['/d']`, "The app does not know what the ConfigMap 'd' holds.",
        'Make it here by a ServiceConfig, or leave the service out of the local app.')],
    ['a Secret without known keys', chart => new Worker(chart, 'mailer', { image: IMAGE, volumes: { '/d': Volume.secret('d') } }),
      finding('error', 'local-unsupported', `${WHERE} mailer.volumes['/d']`, "The app does not know which keys the Secret 'd' has.",
        "Name its 'keys' by ServiceSecret.existing(), or which files it fills by 'items'.")],
    ['services that wait for each other', chart => {
      const [a, b] = ['a', 'b'].map(id => new Microservice(chart, id, { image: IMAGE, ports: [{ number: 8080 }], health: READY }));
      a.connectTo(b);
      b.connectTo(a);
    }, finding('warning', 'local-omission', `${WHERE} b`, "It does not wait for 'a', which waits for it.",
      "Let the program try again until the other answers, and acknowledge 'local-omission' with that reason.")],
    ['ways to pods by their labels', chart => orders(chart, { health: READY, networkPolicy: { allowTo: [{ podLabels: { app: 'x' } }] } }),
      finding('warning', 'local-omission', `${WHERE} orders.networkPolicy.allowTo`, 'Docker opens no way to pods that are named by labels.',
        "Connect the service to what it calls (connectTo), or acknowledge 'local-omission' with the reason.")],
    ['nothing to run', () => undefined, finding('error', 'local-unsupported', WHERE, 'No service stands outside an environment.',
      'Put the construct into the environment whose services it is to run.')],
  ])('%s', (_, build, expected) => {
    const chart = shop();
    build(chart);
    expect(faults(chart)).toEqual([expected]);
  });

  test('options for services that are not there, and ports that are none', () => {
    const chart = shop();
    orders(chart, { health: READY });
    expect(faults(chart, { without: ['order'], ports: { orders: 0 }, engineVersion: 1.2 })).toEqual([
      finding('error', 'invalid-value', `${WHERE} without`, "There is no service 'order'.", "Name one of 'orders'."),
      finding('error', 'invalid-port', `${WHERE} ports.orders`, '0 is not a port.', 'Write a whole number from 1 to 65535.'),
      finding('error', 'invalid-value', `${WHERE} engineVersion`, '1.2 is not a version of Docker that runs this.',
        "Write the first number of what 'docker version' says of the server, at least 20, or leave it out."),
    ]);
  });

  test('names, commands, paths and ports that Docker would refuse', () => {
    const chart = shop();
    orders(chart, { health: READY });
    new Worker(chart, 'mailer', { image: IMAGE, health: READY });
    const props = {
      appName: 'My shop', probes: { orders: [] }, liveCode: { orders: { src: 'services/orders' } }, ports: { mailer: 8080, orders: 8080 },
    };
    expect(faults(chart, props)).toEqual([
      finding('error', 'invalid-value', `${WHERE} appName`, "'My shop' cannot be the name of an app in Docker.",
        "Write lower-case letters, digits, '-' and '_', a letter or a digit first."),
      finding('error', 'invalid-value', `${WHERE} probes.orders`, 'The command is empty.',
        "Write the program and its arguments: ['/app/orders', '-healthcheck']."),
      finding('error', 'invalid-value', `${WHERE} liveCode.orders`, "'src' is no path in a container.", "Write '/src'."),
      finding('error', 'invalid-port', `${WHERE} ports.mailer`, 'The service listens on no port.', "Leave it out, or say the service's ports."),
      finding('error', 'invalid-port', `${WHERE} ports.orders`, "8080 is the port of 'mailer' already.", 'Give each service a port of its own.'),
    ]);
  });

  test('containers and variables that have one name', () => {
    const chart = shop();
    const [one, two] = [['a-b', 'c'], ['a', 'b-c']].map(([name, key]) => ServiceSecret.managed(chart, name, { name, keys: [key] }).env(key));
    orders(chart, { health: READY, initContainers: [{ name: 'migrate', image: IMAGE }], envValueFrom: { ONE: one, TWO: two } });
    new Worker(chart, 'orders-migrate', { image: IMAGE, health: READY });
    new Worker(chart, 'prometheus', { image: IMAGE, health: READY, ports: [{ name: 'http', number: 80 }], metricsPort: 'http', monitoring: {} });
    expect(faults(chart)).toEqual([
      finding('error', 'local-unsupported', `${WHERE} orders`, "Docker calls one of its containers 'orders-migrate', as a service is called.",
        'Give one of them another name.'),
      finding('warning', 'local-omission', `${WHERE} prometheusImage`,
        "A service is called 'prometheus', so none of that name is added that scrapes what is monitored.",
        "Give it another name, or acknowledge 'local-omission' where it scrapes the others itself."),
      finding('error', 'local-unsupported', WHERE, "Compose would read the key 'c' of 'a-b' and the key 'b-c' of 'a' from one variable, 'A_B_C'.",
        'Give one of the Secrets another name, or mount it as a file.'),
    ]);
  });

  test('files of two Secrets are told apart, however their names are cut', () => {
    const chart = shop();
    const [one, two] = [['a-b', 'c'], ['a', 'b-c']].map(([name, key]) => ServiceSecret.managed(chart, name, { name, keys: [key] }).asFiles());
    orders(chart, { health: READY, volumes: { '/one': one, '/two': two } });
    expect(compose(chart).secrets).toEqual({ 'a-b_c': { file: './local-secrets/a-b/c' }, 'a_b-c': { file: './local-secrets/a/b-c' } });
  });

  test('nothing of a service that is left out', () => {
    const chart = shop();
    orders(chart, { health: READY });
    new Worker(chart, 'mailer', { image: IMAGE, volumes: { '/d': Volume.secret('d') } });
    expect(faults(chart, { without: ['mailer'] })).toEqual([]);
  });
});
