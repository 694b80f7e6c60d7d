import { Container } from '@cdktf/provider-docker/lib/container';
import { Image } from '@cdktf/provider-docker/lib/image';
import { Network, type NetworkConfig } from '@cdktf/provider-docker/lib/network';
import { Volume } from '@cdktf/provider-docker/lib/volume';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import { configsOf } from './compose-render';
import { inputsExpression } from './image-triggers';
import { type LocalApp, type LocalHealth, type LocalService, secretFile } from './local-app';
import { type BuiltImage, expression, literal, type TerraformContext } from './terraform-values';
import { firstHostOf } from '../definition/address';
import { contextFrom, relativeTo } from '../images/bake/planned-build';

/** Docker takes mounts by absolute paths alone. */
const HERE = '${abspath(path.module)}';
const MEBIBYTE = 2 ** 20;
const MINUTE = 60;

/** Makes the resources of an app; whoever owns the stack brings the provider. */
export function defineDocker(stack: TerraformStack, app: LocalApp, context: TerraformContext): void {
  const networks = defineNetworks(stack, app, context, { driver: 'bridge' });
  const volumes = new Map(app.volumes.map(name => [name, new Volume(stack, `volume-${name}`, { name: `${app.name}-${name}` })]));
  const images = new Map<string, Image>();
  defineInOrder(app.services, (service, targets: ReadonlyMap<string, Container>) => {
    const image = images.get(service.image) ?? defineImage(stack, service, context);
    images.set(service.image, image);
    return defineContainer(stack, { app, service, image, networks, volumes, targets, folder: context.folder });
  });
  app.services.forEach(service => service.ports.forEach(({ host }, index) =>
    new TerraformOutput(stack, outputName(service, index, 'address'), { value: `127.0.0.1:${host}`, staticId: true })));
}

/** Makes something of each service, after what it waits for; each gets what was made of those, by name. */
export function defineInOrder<S extends LocalService, R>(services: readonly S[], make: (service: S, targets: ReadonlyMap<string, R>) => R): void {
  const byName = new Map(services.map(service => [service.name, service]));
  const made = new Map<string, R>();
  const define = (service: S): R => {
    const known = made.get(service.name);
    if (known !== undefined) {
      return known;
    }
    const targets = new Map([...service.dependsOn.keys()].flatMap(name => {
      const target = byName.get(name);
      return target ? [[name, define(target)] as const] : [];
    }));
    const result = make(service, targets);
    made.set(service.name, result);
    return result;
  };
  services.forEach(define);
}

/** The name of the output of a port: that of the main one has no number. */
export function outputName({ name, ports }: LocalService, index: number, what: string): string {
  return index === 0 ? `${name}-${what}` : `${name}-${ports[index].container}-${what}`;
}

/** The networks of an app, by name. */
export function defineNetworks(
  stack: TerraformStack, app: LocalApp, { subnets }: TerraformContext, config: Partial<NetworkConfig>,
): ReadonlyMap<string, Network> {
  return new Map(app.networks.map(({ name, internal }) => {
    const subnet = subnets[name];
    return [name, new Network(stack, `network-${name}`, {
      ...config,
      name: `${app.name}-${name}`,
      ...internal && { internal },
      // The gateway is read back where somebody chose the range.
      ...subnet !== undefined && { ipamConfig: [{ subnet, gateway: firstHostOf(subnet) }] },
    })];
  }));
}

export function defineImage(stack: TerraformStack, { name, image, build }: BuiltImage, { folder }: TerraformContext): Image {
  if (!build) {
    return new Image(stack, `image-${name}`, { name: image, keepLocally: true });
  }
  const { plan, dockerfile } = build;
  const context = `\${path.module}/${contextFrom(folder, plan)}`;
  return new Image(stack, `image-${name}`, {
    name: image,
    keepLocally: true,
    buildAttribute: {
      context,
      dockerfile: relativeTo(plan.context, dockerfile),
      // The Dockerfiles need BuildKit.
      builder: 'default',
      ...plan.access.secrets.length > 0 && {
        secrets: plan.access.secrets.map(({ id, source }) => ({ id, src: source.startsWith('~/') ? `\${pathexpand("${source}")}` : source })),
      },
    },
    // Without them a changed source would build nothing; a hash of the folder would build for whatever lies in it.
    triggers: {
      inputs: inputsExpression(build, context),
      dockerfile: `\${filesha256("\${path.module}/${relativeTo(folder, dockerfile)}")}`,
    },
  });
}

interface ContainerParts {
  readonly app: LocalApp;
  readonly service: LocalService;
  readonly image: Image;
  readonly networks: ReadonlyMap<string, Network>;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly targets: ReadonlyMap<string, Container>;
  readonly folder: string;
}

function defineContainer(stack: TerraformStack, { app, service, image, networks, volumes, targets, folder }: ContainerParts): Container {
  const { name, entrypoint, command, workingDir, user, health, limits, attachments, capabilities, privileged, restart } = service;
  const ends = restart === 'no';
  const memory = limits.memoryBytes === undefined ? undefined : Math.ceil(limits.memoryBytes / MEBIBYTE);
  // What the image says is read back as if somebody had asked for it, and would replace the container at every apply.
  const ofImage = [...workingDir === undefined ? ['working_dir'] : [], ...user === undefined ? ['user'] : []];
  const mounts = mountsOf(service, volumes, folder);
  // A list that is empty is read back as none, which is a difference at every apply: no list is written that holds nothing.
  return new Container(stack, `container-${name}`, {
    name: `${app.name}-${name}`,
    image: image.imageId,
    ...entrypoint && { entrypoint: entrypoint.map(expression) },
    ...command && { command: command.map(expression) },
    ...workingDir !== undefined && { workingDir },
    ...service.env.size > 0 && { env: [...service.env].map(([key, value]) => `${key}=${expression(value)}`).sort() },
    ...user !== undefined && { user },
    ...service.groups.length > 0 && { groupAdd: [...service.groups] },
    readOnly: service.readOnly,
    ...privileged ? { privileged } : { capabilities: { drop: ['ALL'], ...capabilities.length > 0 && { add: capabilities.map(each => `CAP_${each}`).sort() } } },
    ...!service.newPrivileges && { securityOpts: ['no-new-privileges:true'] },
    ...Object.keys(service.sysctls).length > 0 && { sysctls: { ...service.sysctls } },
    ...service.scratch.length > 0 && {
      tmpfs: Object.fromEntries(service.scratch.map(({ path, bytes }) => [path, `${bytes === undefined ? '' : `size=${bytes},`}mode=1777`])),
    },
    ...mounts.length > 0 && { mounts },
    networkMode: networkMode(service, targets),
    ...attachments.length > 0 && {
      networksAdvanced: attachments.map(({ network, aliases }) => ({ name: networks.get(network)!.name, aliases: [name, ...aliases].sort() })),
    },
    ...service.ports.length > 0 && {
      ports: service.ports.map(({ host, container, protocol }) => ({ internal: container, external: host, ip: '127.0.0.1', protocol })),
    },
    ...health && { healthcheck: healthcheck(health), wait: true, waitTimeout: waitSeconds(health) },
    ...memory !== undefined && { memory, memorySwap: memory },
    ...limits.cpus !== undefined && { cpus: String(limits.cpus) },
    restart,
    mustRun: !ends,
    ...ends && { attach: true, logs: true },
    ...service.stopSeconds !== undefined && { stopTimeout: service.stopSeconds, destroyGraceSeconds: service.stopSeconds },
    ...service.origin !== '' && { labels: [{ label: 'cdk8s-golden-path/construct', value: service.origin }] },
    ...targets.size > 0 && { dependsOn: [...targets.values()] },
    ...ofImage.length > 0 && { lifecycle: { ignoreChanges: ofImage } },
  });
}

/** Folders of the machine and volumes, then the files; in one order whatever happens. */
function mountsOf(service: LocalService, volumes: ReadonlyMap<string, Volume>, folder: string) {
  const bind = (source: string, target: string, readOnly: boolean) => ({ type: 'bind', source, target, ...readOnly && { readOnly } });
  return [
    ...service.mounts.map(({ kind, source, path, readOnly, empty }) => kind === 'volume'
      ? { type: kind, source: volumes.get(source)!.name, target: path, ...readOnly && { readOnly }, ...empty && { volumeOptions: { noCopy: true } } }
      : bind(source.startsWith('/') ? source : `\${abspath("\${path.module}/${relativeTo(folder, source)}")}`, path, readOnly)),
    ...configsOf(service).map(({ path, target }) => bind(`${HERE}/${path}`, target, true)),
    ...service.files.flatMap(({ path, content }) => typeof content === 'string' ? [] : [bind(`${HERE}/${secretFile(content)}`, path, true)]),
  ];
}

function networkMode({ sharesNetworkOf, hostNetwork, attachments }: LocalService, targets: ReadonlyMap<string, Container>): string {
  if (sharesNetworkOf !== undefined) {
    return `container:${targets.get(sharesNetworkOf)!.id}`;
  }
  return hostNetwork ? 'host' : attachments.length === 0 ? 'none' : 'bridge';
}

function healthcheck({ command, intervalSeconds, timeoutSeconds, retries, startSeconds, startIntervalSeconds }: LocalHealth) {
  return {
    test: ['CMD', ...command.map(each => literal(each))],
    interval: duration(intervalSeconds),
    timeout: duration(timeoutSeconds),
    retries,
    ...startSeconds > 0 && { startPeriod: duration(startSeconds) },
    ...startIntervalSeconds !== undefined && { startInterval: duration(startIntervalSeconds) },
  };
}

export function waitSeconds({ intervalSeconds, timeoutSeconds, retries, startSeconds }: LocalHealth): number {
  return startSeconds + (intervalSeconds + timeoutSeconds) * (retries + 1);
}

/** As Go writes durations, for that is how they are read back. */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / MINUTE);
  const hours = Math.floor(minutes / MINUTE);
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes % MINUTE}m` : ''}${seconds % MINUTE}s`;
}
