import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { Testing } from 'cdktf';
import { cache, WEB, wholeApp } from './example-app';
import {
  Artifacts, ContainerImage, Environment, External, GoImage, GoStyleMicroservice, local, Microservice, NodeAgent, OneOffTask, Placement,
  PlatformApp, Probe, Replicas, Resources, Rollout, ServiceConfig, ServiceSecret, StatefulService, Worker,
} from '../../lib/index';
import { duration } from '../../lib/local/swarm';
import { finding, findings, IMAGE, orders, shop } from '../support/services';

const { DockerTarget } = local;
const READY = { readiness: Probe.command(['/check']) };
const ON_WORKER = { constraints: { cache: ['node.hostname==worker-1'] } };

/** What Terraform reads of a chart; several stacks of one stand below charts of their own. */
function stack(chart: Chart, swarm: local.SwarmOptions = {}, props: local.DockerStackProps = {}): any {
  const holder = chart.node.tryFindChild('swarm') ? new Chart(chart, `c${chart.node.children.length}`) : chart;
  return new local.DockerStack(holder, 'swarm', { target: DockerTarget.swarm(swarm), ...props }).toTerraform();
}

function service(chart: Chart, name: string, swarm?: local.SwarmOptions, props?: local.DockerStackProps): any {
  return stack(chart, swarm, props).resource.docker_service[`service-${name}`];
}

function containerSpec(chart: Chart, name: string): any {
  return service(chart, name).task_spec.container_spec;
}

test('an app as a whole', () => {
  const app = wholeApp({ resources: Resources.of({ cpu: '100m', cpuLimit: '500m', memory: '64Mi', memoryLimit: '256Mi' }) });
  new local.DockerStack(app, 'swarm', {
    target: DockerTarget.swarm(ON_WORKER), probeFlag: '-healthcheck', ports: { orders: 8080 }, subnets: { cache: '172.28.1.0/24' },
  });
  for (const file of ['main.tf.json', '.gitignore', 'docker-secrets.sh', 'local-configs/orders/etc/app/app.ini']) {
    expect(Artifacts.of(app).render(`swarm/${file}`)).toMatchSnapshot(file);
  }
});

test('it stands in a stack of somebody else, and beside that of one host', () => {
  const app = new PlatformApp();
  const dev = new Environment(app, 'dev');
  const chart = new Chart(dev, 'shop', { namespace: 'shop' });
  orders(chart).connectTo(cache(chart));
  const [host, swarm] = [DockerTarget.host(), DockerTarget.swarm()].map((target, index) => new local.DockerStack(chart, `stack-${index}`, { target }));
  expect([host.path, swarm.path]).toEqual(['dev/docker/main.tf.json', 'dev/swarm/main.tf.json']);
  const text = Testing.synthScope(scope => swarm.defineIn(scope as any));
  expect(Testing.toHaveResourceWithProperties(text, 'docker_service', { name: 'shop-dev-cache', mode: { replicated: { replicas: 1 } } })).toBe(true);
  expect(Testing.toHaveResourceWithProperties(text, 'docker_network', { name: 'shop-dev-cache', driver: 'overlay', internal: true })).toBe(true);
  expect(Testing.toHaveDataSourceWithProperties(text, 'docker_registry_image', { name: 'redis:8.2.1' })).toBe(true);
  expect(Testing.toHaveResource(text, 'docker_container')).toBe(false);
});

describe('networks', () => {
  test('are overlays, which other containers may join where somebody says so', () => {
    const build = (swarm: local.SwarmOptions) => {
      const chart = shop();
      orders(chart).connectTo(cache(chart));
      return stack(chart, swarm).resource.docker_network['network-cache'];
    };
    expect(build({})).toMatchObject({ name: 'shop-cache', driver: 'overlay', internal: true });
    expect([build({}).attachable, build({ attachable: true }).attachable]).toEqual([undefined, true]);
  });

  test('who talks to nobody has one that leads nowhere, for Docker would give it one that leads out', () => {
    const chart = shop();
    orders(chart);
    const { resource } = stack(chart);
    expect(resource.docker_network['network-orders_alone']).toMatchObject({ internal: true });
    expect(resource.docker_service['service-orders'].task_spec.networks_advanced).toEqual([
      { name: '${docker_network.network-orders_alone.id}', aliases: ['orders'] },
    ]);
  });
});

describe('secrets and configs', () => {
  function withFiles(mode?: number): any {
    const chart = shop();
    const secret = ServiceSecret.managed(chart, 'db', { keys: ['password'] });
    const settings = new ServiceConfig(chart, 'settings', { data: { 'app.ini': 'a' } });
    orders(chart, {
      volumes: { '/etc/db': secret.asFiles(mode === undefined ? {} : { mode }), '/etc/app': settings.asFiles() },
      security: { user: 1000, group: 2000 },
    });
    return stack(chart);
  }

  test('belong to whom the container runs as, with the mode of the definition', () => {
    const { secrets, configs } = withFiles().resource.docker_service['service-orders'].task_spec.container_spec;
    expect(secrets).toEqual([{
      secret_id: '${docker_secret.secret-db_password.id}',
      secret_name: '${docker_secret.secret-db_password.name}',
      file_name: '/etc/db/password',
      file_uid: '1000',
      file_gid: '2000',
      file_mode: 0o440,
    }]);
    expect(configs).toMatchObject([{ file_name: '/etc/app/app.ini', file_uid: '1000', file_gid: '2000', file_mode: 0o444 }]);
    expect(withFiles(0o400).resource.docker_service['service-orders'].task_spec.container_spec.secrets[0].file_mode).toBe(0o400);
  });

  test('have another name where they have another content, and come before the old ones go', () => {
    const { docker_secret: { 'secret-db_password': secret }, docker_config: { 'config-orders-0': config } } = withFiles().resource;
    expect(secret.lifecycle).toEqual({ create_before_destroy: true });
    expect(config.lifecycle).toEqual({ create_before_destroy: true });
    expect(config).toMatchObject({
      name: 'shop-orders-0-${substr(filesha256("${path.module}/local-configs/orders/etc/app/app.ini"), 0, 12)}',
      data: '${filebase64("${path.module}/local-configs/orders/etc/app/app.ini")}',
    });
  });

  test('no value of a secret is written, nor a hash that its value could be found by', () => {
    const { name, data } = withFiles().resource.docker_secret['secret-db_password'];
    expect(name).toBe('shop-db_password-${substr(sha256("${file("${path.module}/local-secrets/.names/salt")}${filesha256("${path.module}/local-secrets/db/password")}"), 0, 12)}');
    expect(data).toBe('${filebase64("${path.module}/local-secrets/db/password")}');
  });

  test('long names are told apart by a hash', () => {
    const chart = shop();
    const secret = ServiceSecret.managed(chart, 'x', { name: 'a'.repeat(60), keys: ['one', 'two'] });
    orders(chart, { volumes: { '/etc/x': secret.asFiles() } });
    const names = Object.values<any>(stack(chart).resource.docker_secret).map(({ name }) => name.replace(/-\$\{substr.*/, ''));
    expect(names.map(name => name.length)).toEqual([51, 51]);
    expect(new Set(names).size).toBe(2);
  });
});

describe('images', () => {
  test('are named by digest, which a Swarm would add', () => {
    const chart = shop();
    new Worker(chart, 'one', { image: ContainerImage.reference('docker.io/library/redis:8.2.1') });
    new Worker(chart, 'two', { image: ContainerImage.reference('docker.io/acme/two:1.0.0') });
    orders(chart);
    expect(['one', 'two', 'orders'].map(name => containerSpec(chart, name).image)).toEqual([
      'redis:8.2.1@${data.docker_registry_image.image-one.sha256_digest}',
      'acme/two:1.0.0@${data.docker_registry_image.image-two.sha256_digest}',
      `ghcr.io/acme/orders:1.4.2@sha256:${'0'.repeat(64)}`,
    ]);
  });

  test('that are built here are pushed, again where they were built again, and stay in the registry', () => {
    const chart = shop({ registry: 'registry.example.com:5000/acme' });
    orders(chart, { image: GoImage.fromModule(WEB, { main: './cmd/web' }) });
    const { resource, provider } = stack(chart, { registries: ['ghcr.io'] });
    expect(resource.docker_registry_image['registry-image-orders']).toMatchObject({
      name: '${docker_image.image-orders.name}', keep_remotely: true, triggers: { image: '${docker_image.image-orders.image_id}' },
    });
    expect(resource.docker_service['service-orders'].task_spec.container_spec.image)
      .toBe('registry.example.com:5000/acme/orders@${docker_registry_image.registry-image-orders.sha256_digest}');
    expect(provider).toEqual({ docker: [{ registry_auth: [{ address: 'ghcr.io' }, { address: 'registry.example.com:5000' }] }] });
  });

  test('of the hub are pushed to what the provider calls it', () => {
    const chart = shop({ registry: 'docker.io/acme' });
    orders(chart, { image: GoImage.fromModule(WEB, { main: './cmd/web' }) });
    expect(stack(chart).provider.docker).toEqual([{ registry_auth: [{ address: 'registry-1.docker.io' }] }]);
  });
});

describe('replicas and rollouts', () => {
  const ofRollout = (replicas: number, rollout: Rollout) => {
    const chart = shop();
    orders(chart, { replicas: Replicas.fixed(replicas), rollout });
    return service(chart, 'orders');
  };

  test('as many as there are at least', () => {
    const chart = shop();
    orders(chart, { replicas: Replicas.autoscaled({ min: 3, max: 9 }) });
    expect(service(chart, 'orders').mode).toEqual({ replicated: { replicas: 3 } });
  });

  test('new containers come first where the rollout has room for them', () => {
    const { update_config: update, rollback_config: rollback } = ofRollout(4, Rollout.rolling({ maxSurge: '50%', minReadySeconds: 90 }));
    expect(update).toEqual({ parallelism: 2, order: 'start-first', delay: '1m30s', monitor: '1m30s', failure_action: 'pause' });
    expect(rollback).toEqual(update);
  });

  test.each<[string, Rollout, object]>([
    ['old ones go first where it has none', Rollout.rolling({ maxSurge: '0', maxUnavailable: '75%' }), { parallelism: 3, order: 'stop-first' }],
    ['one at least', Rollout.rolling({ maxSurge: '0', maxUnavailable: '1%' }), { parallelism: 1, order: 'stop-first' }],
    ['all at once', Rollout.recreate(), { parallelism: 0, order: 'stop-first' }],
  ])('%s', (_, rollout, expected) => {
    expect(ofRollout(4, rollout).update_config).toMatchObject(expected);
  });

  test('one on every node, which nothing waits for', () => {
    const chart = shop();
    new NodeAgent(chart, 'agent', { image: IMAGE });
    const { mode, update_config: update, converge_config: converge } = service(chart, 'agent');
    expect({ mode, order: update.order, converge }).toEqual({ mode: { global: true }, order: 'stop-first', converge: undefined });
  });

  test('it is waited for until all replicas are well, with time for that', () => {
    const chart = shop();
    new Microservice(chart, 'slow', {
      image: IMAGE,
      ports: [{ number: 80 }],
      replicas: Replicas.fixed(3),
      health: { readiness: Probe.command(['/check']), startup: Probe.command(['/check'], { failureThreshold: 50 }) },
    });
    expect(service(chart, 'slow').converge_config).toEqual({ timeout: '8m' });
    expect(service(shopWithOrders(), 'orders').converge_config).toEqual({ timeout: '3m' });
  });

  test('what ends is tried again until it succeeds, a task once', () => {
    const chart = shop();
    new OneOffTask(chart, 'migrate', { image: IMAGE });
    orders(chart, { initContainers: [{ name: 'prepare', image: IMAGE }] });
    const { 'service-migrate': task, 'service-orders-prepare': init } = stack(chart, {}, { tasks: true }).resource.docker_service;
    const seen = [task, init].map(({ mode, converge_config: converge, task_spec: { restart_policy: policy } }) => [mode, converge, policy.condition]);
    expect(seen).toEqual([
      [{ replicated: { replicas: 1 } }, undefined, 'none'], [{ replicated: { replicas: 1 } }, undefined, 'on-failure'],
    ]);
  });

  test('each replica with storage of its own keeps it', () => {
    const chart = shop();
    cache(chart, 3);
    const { 'service-cache': main, 'service-cache_volumes': owner } = stack(chart).resource.docker_service;
    const [volume] = main.task_spec.container_spec.mounts;
    expect(volume).toEqual({ type: 'volume', source: 'shop-cache-data-{{.Task.Slot}}', target: '/data', volume_options: { no_copy: true } });
    expect([owner.mode, owner.task_spec.container_spec.mounts]).toEqual([main.mode, [{ ...volume, target: '/volumes/cache-data' }]]);
    expect(stack(shopWithOrders()).resource.docker_volume).toBeUndefined();
  });
});

function shopWithOrders(): Chart {
  const chart = shop();
  orders(chart);
  return chart;
}

describe('placement', () => {
  const constraints = (placement: Placement, own: string[] = []) => {
    const chart = shop();
    orders(chart, { placement });
    return service(chart, 'orders', own.length > 0 ? { constraints: { orders: own } } : {}).task_spec.placement?.constraints;
  };

  test('nodes as Swarm names them', () => {
    expect(constraints(Placement.of({ nodeSelector: { 'disk': 'ssd', 'kubernetes.io/os': 'linux' }, architecture: 'amd64' as any }))).toEqual([
      'node.labels.disk==ssd', 'node.platform.arch==x86_64', 'node.platform.os==linux',
    ]);
  });

  test('what belongs to a service runs on its node', () => {
    const chart = shop();
    cache(chart);
    const { 'service-cache': main, 'service-cache_volumes': owner } = stack(chart, ON_WORKER).resource.docker_service;
    expect([main, owner].map(each => each.task_spec.placement.constraints)).toEqual([ON_WORKER.constraints.cache, ON_WORKER.constraints.cache]);
  });

  test('those that the target says beside them, each once', () => {
    expect(constraints(Placement.of({ nodeSelector: { disk: 'ssd' } }), ['node.labels.disk==ssd', 'node.role!=manager'])).toEqual([
      'node.labels.disk==ssd', 'node.role!=manager',
    ]);
  });

  test('what affinity demands, where all of it holds at once', () => {
    const term = (...matchExpressions: object[]) => Placement.of({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } } as any,
    });
    expect(constraints(term({ key: 'disk', operator: 'In', values: ['ssd'] }, { key: 'kubernetes.io/hostname', operator: 'NotIn', values: ['a', 'b'] }))).toEqual([
      'node.hostname!=a', 'node.hostname!=b', 'node.labels.disk==ssd',
    ]);
    expect(constraints(term({ key: 'disk', operator: 'In', values: ['ssd', 'nvme'] }))).toBeUndefined();
  });
});

describe('a second apply is empty', () => {
  test('no list is empty and nothing is null', () => {
    const chart = shop();
    orders(chart).connectTo(cache(chart));
    const empty: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (value === null || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && Object.keys(value!).length === 0)) {
        empty.push(path);
      } else if (typeof value === 'object') {
        Object.entries(value!).forEach(([key, item]) => look(item, `${path}.${key}`));
      }
    };
    look(stack(chart).resource, '');
    expect(empty).toEqual([]);
  });

  test('what the image says is not read back, so nothing has to be ignored', () => {
    const chart = shopWithOrders();
    expect(containerSpec(chart, 'orders').dir).toBeUndefined();
    expect(service(shopWithOrders(), 'orders').lifecycle).toBeUndefined();
    const other = shop();
    orders(other, { workingDir: '/srv' });
    expect(containerSpec(other, 'orders').dir).toBe('/srv');
  });

  test('variables, capabilities, constraints and aliases have one order', () => {
    const build = (env: { [name: string]: string }, addCapabilities: string[], nodes: string[]) => {
      const chart = shop();
      orders(chart, { env, security: { addCapabilities } });
      return JSON.stringify(stack(chart, { constraints: { orders: nodes } }).resource);
    };
    const [a, b] = ['node.labels.a==1', 'node.labels.b==1'];
    expect(build({ B: '1', A: '2' }, ['SYS_TIME', 'CHOWN'], [b, a])).toBe(build({ A: '2', B: '1' }, ['CHOWN', 'SYS_TIME'], [a, b]));
  });

  test('durations are written as the provider gives those of services back, which is not as it gives those of containers', () => {
    expect([0, 1, 60, 90, 3600, 3605, 3660, 3725].map(duration)).toEqual(['0s', '1s', '1m', '1m30s', '1h', '1h0m5s', '1h1m', '1h2m5s']);
  });

  test('all of a restart policy and an endpoint is said, for all of it is read back', () => {
    const { task_spec: { restart_policy: policy }, endpoint_spec: endpoint } = service(shopWithOrders(), 'orders', {}, { ports: { orders: 8080 } });
    expect(policy).toEqual({ condition: 'any', delay: '5s', max_attempts: 0, window: '0s' });
    expect(endpoint).toEqual({ mode: 'vip', ports: [{ protocol: 'tcp', target_port: 8080, published_port: 8080, publish_mode: 'ingress' }] });
  });

  test('networks are named by id, and scratch space has no bit that is not read back', () => {
    const { task_spec: { networks_advanced: [network], container_spec: { mounts } } } = service(shopWithOrders(), 'orders');
    expect(network.name).toMatch(/\.id\}$/);
    expect(mounts).toEqual([{ type: 'tmpfs', target: '/tmp', tmpfs_options: { mode: 0o777, size_bytes: 64 * 2 ** 20 } }]);
  });

  test('a network whose range somebody chose has the gateway that Docker would choose', () => {
    const chart = shop();
    orders(chart).connectTo(cache(chart));
    expect(stack(chart, {}, { subnets: { cache: '10.9.8.128/25' } }).resource.docker_network['network-cache'].ipam_config)
      .toEqual([{ subnet: '10.9.8.128/25', gateway: '10.9.8.129' }]);
  });
});

test('values are no expressions of Terraform, and no templates of Swarm', () => {
  const chart = shop();
  const secret = ServiceSecret.managed(chart, 'db', { keys: ['password'] });
  orders(chart, { env: { TEMPLATE: '${x} %{y} {{.Node.Hostname}} $z' }, envValueFrom: { PASSWORD: secret.env('password') }, args: ['{{x}}'] });
  expect(containerSpec(chart, 'orders')).toMatchObject({
    env: {
      TEMPLATE: '$${x} %%{y} {{"{{"}}.Node.Hostname}} $z',
      PASSWORD: '${sensitive(replace(trimspace(file("${path.module}/local-secrets/db/password")), "{{", "{{\\"{{\\"}}"))}',
    },
    args: ['{{x}}'],
  });
});

test('the salt of names is made by the script, in a folder that is nobody\'s', () => {
  const chart = shop();
  orders(chart, { volumes: { '/etc/x': ServiceSecret.managed(chart, 'db', { keys: ['password'] }).asFiles() } });
  new local.DockerStack(chart, 'swarm', { target: DockerTarget.swarm() });
  const folder = mkdtempSync(join(tmpdir(), 'swarm-'));
  try {
    writeFileSync(join(folder, 'docker-secrets.sh'), Artifacts.of(chart).render('swarm/docker-secrets.sh')!);
    const make = () => {
      execFileSync('sh', [join(folder, 'docker-secrets.sh')]);
      return execFileSync('sh', ['-c', 'stat -c "%a %n" local-secrets local-secrets/.names/salt && cat local-secrets/.names/salt local-secrets/db/password'], { cwd: folder, encoding: 'utf8' });
    };
    const first = make();
    expect(first).toMatch(/^700 local-secrets\n444 local-secrets\/.names\/salt\n[\w-]{80,}/);
    expect(make()).toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('what a Swarm cannot do is said', () => {
  const WHERE = 'shop/swarm';
  const PRIVILEGES = finding('warning', 'local-omission', `${WHERE} security`,
    "A stack cannot tell a Swarm that processes gain no privileges; it is for the daemons to say of 'orders'.",
    "Write \"no-new-privileges\": true into the daemon.json of all nodes, and acknowledge 'local-omission' with that reason.");
  const faults = (chart: Chart, swarm: local.SwarmOptions = {}, props: local.DockerStackProps = {}) =>
    findings(new local.DockerStack(chart, 'swarm', { target: DockerTarget.swarm(swarm), ...props })).filter(fault => fault !== PRIVILEGES);
  const acknowledge = "or acknowledge 'local-omission' with the reason.";

  test('that processes gain no privileges', () => {
    const chart = shop();
    orders(chart, { health: READY });
    expect(findings(new local.DockerStack(chart, 'swarm', { target: DockerTarget.swarm() }))).toEqual([PRIVILEGES]);
  });

  test.each<[string, Parameters<typeof orders>[1], string[], local.DockerStackProps?]>([
    ['ports of this machine alone', {}, [finding('warning', 'local-omission', `${WHERE} ports`,
      "A Swarm opens ports on all addresses of all nodes: 8080 of 'orders'.",
      "Keep the nodes behind a firewall or a load balancer, and acknowledge 'local-omission' with that reason.")], { ports: { orders: 8080 } }],
    ['folders of this machine', {}, [finding('warning', 'local-omission', `${WHERE} orders.liveCode['/src']`,
      'A Swarm runs the service on any node, and the folder is on this machine alone; nothing is mounted there.',
      `Work on the code with a ComposeFile, ${acknowledge}`)], { liveCode: { orders: { '/src': 'src' } } }],
    ['autoscalers', { replicas: Replicas.autoscaled({ min: 2, max: 4 }) }, [finding('warning', 'local-omission', `${WHERE} orders.replicas`,
      'Swarm has no autoscaler: 2 replicas run all the time.', `Scale it by hand ('docker service scale'), ${acknowledge}`)]],
    ['the end of the last old container', { rollout: Rollout.recreate() }, [finding('warning', 'local-omission', `${WHERE} orders.rollout`,
      'Swarm replaces all containers at once, and does not wait until the last old one is gone.', "Acknowledge 'local-omission' with the reason.")]],
    ['labels with a slash, and wishes', {
      placement: Placement.of({
        nodeSelector: { 'example.com/disk': 'ssd' },
        affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: {} }] } } as any,
      }),
    }, ["nodeSelector['example.com/disk']", 'affinity.nodeAffinity'].map(property => finding('warning', 'local-omission', `${WHERE} orders.placement.${property}`,
      'Swarm cannot say this of a node.',
      `Write what it can (DockerTarget.swarm({ constraints: { orders: ['node.labels.disk==ssd'] } })), ${acknowledge}`))],
    ['containers that end first', { initContainers: [{ name: 'migrate', image: IMAGE, security: { allowPrivilegeEscalation: true } }] }, [
      finding('warning', 'local-omission', `${WHERE} orders.initContainers`,
        "A Swarm starts it beside 'orders-migrate', which it tries again until it succeeds, and does not wait.",
        "Let the program end or try again until that is done, and acknowledge 'local-omission' with that reason."),
    ]],
    ['containers in one network', { sidecars: [{ name: 'proxy', image: IMAGE, security: { allowPrivilegeEscalation: true } }] }, [
      finding('error', 'local-unsupported', `${WHERE} orders-proxy`, "A Swarm has no pods: this container would not share the network of 'orders'.",
        'Leave the service out of the Swarm (without), or run it on one host (DockerTarget.host()).'),
    ]],
    ['the network of the node', { security: { hostNetwork: true } }, [finding('error', 'local-unsupported', `${WHERE} orders.security.hostNetwork`,
      'A service of Swarm has networks of its own.', 'Leave the service out of the Swarm (without), and run it by other means.')]],
    ['images that no registry has', { image: GoImage.fromModule(WEB, { main: './cmd/web' }) }, [
      finding('error', 'local-unsupported', `${WHERE} orders.image`, "The nodes of a Swarm pull images, and 'orders' names no registry.",
        "Say where images are pushed to (Platform's registry)."),
    ]],
    ['long names', {}, [finding('error', 'local-unsupported', `${WHERE} orders`,
      `The name '${'a'.repeat(60)}-orders' has 67 characters, and a service of Swarm may have 63.`, 'Give the app a shorter name (appName).')],
    { appName: 'a'.repeat(60) }],
  ])('%s', (...[, props, expected, stackProps]) => {
    const chart = shop();
    orders(chart, { health: READY, ...props });
    expect(faults(chart, {}, stackProps)).toEqual(expected);
  });

  test('a privileged container', () => {
    const chart = shop();
    new NodeAgent(chart, 'agent', { image: IMAGE, security: { privileged: true } });
    expect(faults(chart)).toEqual([finding('error', 'local-unsupported', `${WHERE} agent.security.privileged`,
      'A service of Swarm cannot be privileged.', 'Leave the service out of the Swarm (without), and run it by other means.')]);
  });

  test('volumes, where no node is chosen, and replicas with names', () => {
    const chart = shop();
    cache(chart, 3);
    const volumes = finding('warning', 'local-omission', `${WHERE} cache.volumes`,
      "A volume of Docker belongs to one node, and Swarm may run the service on another, where '/data' is empty.",
      "Choose the node: DockerTarget.swarm({ constraints: { cache: ['node.hostname==…'] } }), or acknowledge 'local-omission' where there is one node, or all share the storage.");
    const names = finding('warning', 'local-omission', `${WHERE} cache.replicas`,
      "Swarm gives the replicas of 'cache' no names, so they do not find each other.",
      `Run one of them (Replicas.fixed(1)) where it is for a Swarm, ${acknowledge}`);
    const beside = finding('warning', 'local-omission', `${WHERE} cache.volumes`,
      "A Swarm starts it beside 'cache_volumes', which it tries again until it succeeds, and does not wait.",
      "Let the program end or try again until that is done, and acknowledge 'local-omission' with that reason.");
    const found = faults(chart).filter(fault => !fault.includes('gain no privileges'));
    expect(found).toEqual([beside, names, volumes]);
    chart.node.tryRemoveChild('swarm');
    expect(faults(chart, ON_WORKER)).not.toContain(volumes);
  });

  test('rollouts that leave some as they are', () => {
    const chart = shop();
    new StatefulService(chart, 'a', { image: IMAGE, ports: [{ number: 80 }], health: READY, replicas: Replicas.fixed(1), rollout: Rollout.onDelete() });
    new StatefulService(chart, 'b', { image: IMAGE, ports: [{ number: 80 }], health: READY, replicas: Replicas.fixed(1), rollout: Rollout.rolling({ partition: 1 }) });
    new NodeAgent(chart, 'c', { image: IMAGE, health: READY, rollout: Rollout.rolling({ maxSurge: '1', maxUnavailable: '0' }) });
    const told = (name: string, message: string) => finding('warning', 'local-omission', `${WHERE} ${name}.rollout`, message, "Acknowledge 'local-omission' with the reason.");
    expect(faults(chart).filter(fault => fault.includes('.rollout'))).toEqual([
      told('a', 'Swarm replaces containers when the definition changes, and not when somebody deletes them.'),
      told('b', 'Swarm replaces all containers of a service.'),
      told('c', 'Swarm replaces the container of a node after the old one has gone.'),
    ]);
  });

  test('that something runs on every node before others start', () => {
    const chart = shop();
    const agent = new NodeAgent(chart, 'agent', { image: IMAGE, ports: [{ number: 9000 }], health: READY });
    orders(chart, { health: READY }).connectTo(agent);
    expect(faults(chart).filter(fault => fault.includes('every node'))).toEqual([finding('warning', 'local-omission', `${WHERE} orders`,
      "It does not wait for 'agent', of which there is one on every node.",
      "Let the program try again until the other answers, and acknowledge 'local-omission' with that reason.")]);
  });

  test('constraints of services that are not there, or that are none', () => {
    const chart = shop();
    orders(chart, { health: READY });
    expect(faults(chart, { constraints: { order: [], orders: ['disk=ssd', 'node.labels.disk == ssd', 'engine.labels.os!=x'] } })).toEqual([
      finding('error', 'invalid-value', `${WHERE} target.constraints.order`, "There is no service 'order'.", "Name one of 'orders'."),
      finding('error', 'invalid-value', `${WHERE} target.constraints.orders`, "'disk=ssd' chooses no node of a Swarm.",
        "Write for example 'node.hostname==worker-1' or 'node.labels.disk!=hdd'."),
    ]);
  });
});

test('who connects to what lies outside has an overlay that leads there, for itself', () => {
  const chart = shop();
  new GoStyleMicroservice(chart, 'web', { image: IMAGE }).connectTo(External.host('db.example.com', 5432));
  expect(stack(chart).resource.docker_network['network-web_outside']).toEqual(expect.not.objectContaining({ internal: true }));
});
