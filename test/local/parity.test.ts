import { Chart, Testing as Cdk8sTesting } from 'cdk8s';
import { parse } from 'yaml';
import {
  ContainerImage, GoStyleMicroservice, local, Probe, Replicas, Resources, ServiceConfig, ServiceSecret, StatefulService, Volume, Worker,
} from '../../lib/index';
import { IMAGE, shop } from '../support/services';

/** What the outputs have to agree on. */
interface Facts {
  readonly environment: { readonly [name: string]: string };
  readonly ports: readonly number[];
  readonly user: string;
  readonly health: unknown;
  readonly memory: number | undefined;
  readonly cpus: number | undefined;
  readonly readOnly: boolean;
  readonly capabilities: readonly string[];
  readonly connections: readonly string[];
}

/** What a Swarm has to agree on beside that, for it runs replicas. */
interface SwarmFacts extends Omit<Facts, 'ports'> {
  readonly replicas: number;
  readonly reservedCpus: number | undefined;
  readonly reservedMemory: number | undefined;
  /** The modes of files by their paths. */
  readonly files: { readonly [path: string]: number };
  readonly stopSeconds: number;
}

const MEBIBYTE = 2 ** 20;

function app(): Chart {
  const chart = shop();
  const settings = new ServiceConfig(chart, 'settings', { data: { MODE: 'fast' } });
  const check = { readiness: Probe.command(['/bin/check'], {}), liveness: Probe.tcp() };
  const password = ServiceSecret.managed(chart, 'password', { keys: ['value'] });
  const cache = new StatefulService(chart, 'cache', {
    image: ContainerImage.reference('redis:8.2.1'),
    ports: [{ name: 'redis', number: 6379 }],
    volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }) },
    health: check,
    replicas: Replicas.fixed(1),
    security: { user: 999, group: 999 },
  });
  const orders = new GoStyleMicroservice(chart, 'orders', {
    image: IMAGE,
    health: check,
    env: { LEVEL: 'info', GREETING: '$(LEVEL) $5 ${x}' },
    envValueFrom: { MODE: settings.env('MODE') },
    volumes: { '/etc/password': password.asFiles(), '/etc/settings': settings.asFiles({ mode: 0o640 }) },
    replicas: Replicas.fixed(3),
    resources: Resources.of({ cpu: '100m', cpuLimit: '500m', memory: '64Mi', memoryLimit: '256Mi' }),
    security: { addCapabilities: ['NET_BIND_SERVICE'] },
  });
  orders.connectTo(cache);
  const mailer = new Worker(chart, 'mailer', { image: IMAGE, ports: [{ name: 'http', number: 8081 }], health: check, security: { writableRootFilesystem: true } });
  mailer.connectTo(orders);
  mailer.connectTo(cache);
  return chart;
}

/** The differences that docs/local.md lists: the port of a connection is that of the container, since no Service stands between. */
const DOCUMENTED: { readonly [service: string]: { readonly [variable: string]: string } } = {
  mailer: { ORDERS_PORT: '8080', ORDERS_URL: 'http://orders:8080' },
};

function ofKubernetes(chart: Chart): { readonly [service: string]: Facts } {
  const manifests = Cdk8sTesting.synth(chart);
  const config = (name: string) => manifests.find(each => each.kind === 'ConfigMap' && each.metadata.name === name).data;
  return Object.fromEntries(manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet').map(({ metadata: { name }, spec }) => {
    const { containers: [main], securityContext } = spec.template.spec;
    const policy = manifests.find(each => each.kind === 'NetworkPolicy' && each.metadata.name === name);
    const values: { [name: string]: string } = {};
    for (const { name: variable, value, valueFrom } of main.env ?? []) {
      const text = value ?? config(valueFrom.configMapKeyRef.name)[valueFrom.configMapKeyRef.key];
      values[variable] = text.replace(/\$\((\w+)\)/g, (_: string, other: string) => values[other]);
    }
    return [name, {
      environment: { ...values, ...DOCUMENTED[name] },
      ports: (main.ports ?? []).map(({ containerPort }: any) => containerPort),
      user: `${main.securityContext.runAsUser ?? securityContext.runAsUser}:${main.securityContext.runAsGroup ?? securityContext.runAsGroup}`,
      health: main.readinessProbe.exec.command,
      memory: main.resources.limits.memory && parseInt(main.resources.limits.memory, 10) * MEBIBYTE,
      cpus: main.resources.limits.cpu && parseInt(main.resources.limits.cpu, 10) / 1000,
      readOnly: main.securityContext.readOnlyRootFilesystem,
      capabilities: main.securityContext.capabilities.add ?? [],
      connections: policy.spec.egress.flatMap(({ to = [] }: any) => to)
        .flatMap(({ podSelector }: any) => podSelector?.matchLabels?.['app.kubernetes.io/name'] ?? [])
        // The pods of a StatefulSet talk to each other; on one machine there is one.
        .filter((called: string) => called !== name).sort(),
    }];
  }));
}

/** What the manifests say beside that. */
function scalingOfKubernetes(chart: Chart): { readonly [service: string]: Omit<SwarmFacts, keyof Facts> } {
  const manifests = Cdk8sTesting.synth(chart);
  return Object.fromEntries(manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet').map(({ metadata: { name }, spec }) => {
    const { containers: [main], volumes = [], terminationGracePeriodSeconds } = spec.template.spec;
    const { cpu, memory } = main.resources.requests;
    return [name, {
      replicas: spec.replicas,
      reservedCpus: parseInt(cpu, 10) / 1000,
      reservedMemory: parseInt(memory, 10) * MEBIBYTE,
      files: Object.fromEntries(((main.volumeMounts ?? []) as any[]).flatMap(({ name: volume, mountPath }) => {
        const { secret, configMap } = volumes.find((each: any) => each.name === volume) ?? {};
        return secret ? [[`${mountPath}/value`, secret.defaultMode]] : configMap ? [[`${mountPath}/MODE`, configMap.defaultMode]] : [];
      })),
      stopSeconds: terminationGracePeriodSeconds,
    }];
  }));
}

/** What gives volumes to their group: the kubelet does it. */
function isOwner(name: string): boolean {
  return name.endsWith('_volumes');
}

/** Whom a service calls: the networks that it is in and that are not its own. */
function callsOf(name: string, networks: readonly string[]): string[] {
  return networks.filter(network => network !== name).sort();
}

function ofCompose(chart: Chart): { readonly [service: string]: Omit<Facts, 'ports'> } {
  const { services } = parse(new local.ComposeFile(chart, 'compose').render());
  return Object.fromEntries(Object.entries<any>(services).filter(([name]) => !isOwner(name)).map(([name, service]) => [name, {
    environment: Object.fromEntries(Object.entries<string>(service.environment ?? {}).map(([key, value]) => [key, value.replace(/\$\$/g, '$')])),
    user: service.user,
    health: service.healthcheck.test.slice(1),
    memory: parseInt(service.deploy.resources.limits.memory, 10),
    cpus: service.deploy.resources.limits.cpus && Number(service.deploy.resources.limits.cpus),
    readOnly: service.read_only ?? false,
    capabilities: service.cap_add ?? [],
    connections: callsOf(name, Object.keys(service.networks ?? {})),
  }]));
}

function ofDocker(chart: Chart): { readonly [service: string]: Omit<Facts, 'ports'> } {
  const { resource } = new local.DockerStack(chart, 'docker').toTerraform();
  return Object.fromEntries(Object.values<any>(resource.docker_container).filter(({ name }) => !isOwner(name)).map(container => {
    const name = container.name.replace(/^shop-/, '');
    return [name, {
      environment: Object.fromEntries((container.env ?? []).map((line: string) => {
        const [key, ...rest] = line.split('=');
        return [key, rest.join('=').replace(/\$\$\{/g, '${')];
      })),
      user: container.user,
      health: container.healthcheck.test.slice(1),
      memory: container.memory * MEBIBYTE,
      cpus: container.cpus && Number(container.cpus),
      readOnly: container.read_only,
      capabilities: (container.capabilities.add ?? []).map((capability: string) => capability.replace(/^CAP_/, '')),
      connections: callsOf(name, (container.networks_advanced ?? []).map(({ name: network }: any) => /network-([^.]+)\.name/.exec(network)![1])),
    }];
  }));
}

function ofSwarm(chart: Chart): { readonly [service: string]: SwarmFacts } {
  const { resource } = new local.DockerStack(chart, 'swarm', { target: local.DockerTarget.swarm() }).toTerraform();
  return Object.fromEntries(Object.values<any>(resource.docker_service).filter(({ name }) => !isOwner(name)).map(service => {
    const { name: full, mode, task_spec: task } = service;
    const name = full.replace(/^shop-/, '');
    const { container_spec: container, resources: { limits, reservation }, networks_advanced: networks } = task;
    return [name, {
      environment: Object.fromEntries(Object.entries<string>(container.env ?? {}).map(([key, value]) => [key, value.replace(/\$\$\{/g, '${')])),
      user: container.user,
      health: container.healthcheck.test.slice(1),
      memory: limits.memory_bytes,
      cpus: limits.nano_cpus && limits.nano_cpus / 1e9,
      readOnly: container.read_only,
      capabilities: (container.cap_add ?? []).map((capability: string) => capability.replace(/^CAP_/, '')),
      connections: callsOf(name, networks.map(({ name: network }: any) => /network-([^.]+)\.id/.exec(network)![1])),
      replicas: mode.replicated.replicas,
      reservedCpus: reservation.nano_cpus / 1e9,
      reservedMemory: reservation.memory_bytes,
      files: Object.fromEntries([...container.configs ?? [], ...container.secrets ?? []].map((file: any) => [file.file_name, file.file_mode])),
      stopSeconds: parseInt(container.stop_grace_period, 10),
    }];
  }));
}

test('Kubernetes, compose, Docker and a Swarm agree on every service, but for what docs/local.md lists', () => {
  const cluster = ofKubernetes(app());
  const withoutPorts = Object.fromEntries(Object.entries(cluster).map(([name, { ports, ...facts }]) => [name, facts]));
  expect(Object.keys(cluster).sort()).toEqual(['cache', 'mailer', 'orders']);
  expect(ofCompose(app())).toEqual(withoutPorts);
  expect(ofDocker(app())).toEqual(withoutPorts);
  const scaling = scalingOfKubernetes(app());
  expect(scaling.orders).toMatchObject({ replicas: 3, files: { '/etc/password/value': 0o440, '/etc/settings/MODE': 0o640 } });
  expect(ofSwarm(app())).toEqual(Object.fromEntries(Object.entries(withoutPorts).map(([name, facts]) => [name, { ...facts, ...scaling[name] }])));
});

test('whom the cluster gives volumes to gets them everywhere', () => {
  const group = String(Cdk8sTesting.synth(app()).find(({ kind }) => kind === 'StatefulSet').spec.template.spec.securityContext.fsGroup);
  const { services } = parse(new local.ComposeFile(app(), 'compose').render());
  const { resource: { docker_container: containers } } = new local.DockerStack(app(), 'docker').toTerraform();
  const { resource: { docker_service: swarm } } = new local.DockerStack(app(), 'swarm', { target: local.DockerTarget.swarm() }).toTerraform();
  expect(group).toBe('999');
  expect(services.cache_volumes.command).toEqual([group, '/volumes/cache-data']);
  expect(containers['container-cache_volumes'].command).toEqual([group, '/volumes/cache-data']);
  expect(swarm['service-cache_volumes'].task_spec.container_spec.args).toEqual([group, '/volumes/cache-data']);
});

test('they publish the ports on which the containers of the cluster listen', () => {
  const cluster = ofKubernetes(app());
  const ports = { cache: 16379, orders: 18080, mailer: 18081 };
  const { services } = parse(new local.ComposeFile(app(), 'compose', { ports }).render());
  const { resource } = new local.DockerStack(app(), 'docker', { ports }).toTerraform();
  const { resource: { docker_service: swarm } } = new local.DockerStack(app(), 'swarm', { ports, target: local.DockerTarget.swarm() }).toTerraform();
  for (const name of Object.keys(ports)) {
    expect(services[name].ports.map(({ target }: any) => target)).toEqual(cluster[name].ports.slice(0, 1));
    expect(resource.docker_container[`container-${name}`].ports.map(({ internal }: any) => internal)).toEqual(cluster[name].ports.slice(0, 1));
    expect(swarm[`service-${name}`].endpoint_spec.ports.map(({ target_port: port }: any) => port)).toEqual(cluster[name].ports.slice(0, 1));
  }
});
