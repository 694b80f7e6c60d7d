import { createHash } from 'crypto';
import { Config } from '@cdktf/provider-docker/lib/config';
import { DataDockerRegistryImage } from '@cdktf/provider-docker/lib/data-docker-registry-image';
import { RegistryImage } from '@cdktf/provider-docker/lib/registry-image';
import { Secret } from '@cdktf/provider-docker/lib/secret';
import { Service, type ServiceConfig, type ServiceRollbackConfig, type ServiceTaskSpecContainerSpecMounts } from '@cdktf/provider-docker/lib/service';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import { configsOf } from './compose-render';
import { type LocalHealth, SALT, secretFile, type SecretKey, secretName } from './local-app';
import type { LocalScheduling } from './local-scheduling';
import type { SwarmApp, SwarmService } from './swarm-app';
import { defineImage, defineInOrder, defineNetworks, outputName, waitSeconds } from './terraform';
import { expression, literal, templateExpression, type TerraformContext } from './terraform-values';
import { asMap } from '../definition/json';

const NANO = 1e9;
/** The least share of a processor that Docker counts. */
const LEAST_NANO_CPUS = 1e6;
const READABLE = 0o444;
/** The provider reads back what everybody may do, and not that each may delete his own alone. */
const WRITABLE = 0o777;
/** What a name may have before its hash; with it, 64. */
const LONGEST_NAME = 51;
const NAME_DIGITS = 8;
const LEAST_WAIT_SECONDS = 180;
const MONITOR_SECONDS = 5;
const MINUTE = 60;

/** Makes the resources of an app in a Swarm; whoever owns the stack brings the provider. */
export function defineSwarm(stack: TerraformStack, app: SwarmApp, context: TerraformContext): void {
  const parts: SwarmParts = {
    stack,
    app,
    networks: defineNetworks(stack, app, context, { driver: 'overlay', ...app.swarm.attachable && { attachable: true } }),
    secrets: new Map(app.secrets.filter(key => isMounted(app, key)).map(key => [secretFile(key), defineSecret(stack, app.name, key)])),
    images: new Map(),
    context,
  };
  defineInOrder(app.services, (service, targets: ReadonlyMap<string, Service>) => defineService(service, [...targets.values()], parts));
  app.services.forEach(service => service.ports.forEach(({ host }, index) =>
    new TerraformOutput(stack, outputName(service, index, 'port'), { value: host, staticId: true })));
}

/** The hosts of the registries that ask who it is: those that are pushed to, and those that somebody names. */
export function registriesOf({ services, swarm }: SwarmApp): string[] {
  return [...new Set([...services.flatMap(({ build, image }) => build ? [registryOf(image)] : []), ...swarm.registries ?? []])].sort();
}

/** As the provider calls it, which has a name of its own for that which no name stands for. */
function registryOf(image: string): string {
  const [host, ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(host) && host !== 'docker.io' ? host : 'registry-1.docker.io';
}

interface SwarmParts {
  readonly stack: TerraformStack;
  readonly app: SwarmApp;
  readonly networks: ReturnType<typeof defineNetworks>;
  readonly secrets: ReadonlyMap<string, Secret>;
  /** The expressions of images, by their references. */
  readonly images: Map<string, string>;
  readonly context: TerraformContext;
}

function isMounted({ services }: SwarmApp, key: SecretKey): boolean {
  return services.some(({ files }) => files.some(({ content }) => typeof content !== 'string' && secretFile(content) === secretFile(key)));
}

/** Secrets never change in a Swarm, so what has another value has another name, and comes before the old one goes. */
function defineSecret(stack: TerraformStack, app: string, key: SecretKey): Secret {
  const file = `\${path.module}/${secretFile(key)}`;
  return new Secret(stack, `secret-${secretName(key)}`, {
    name: `${shortened(`${app}-${secretName(key)}`)}-\${substr(sha256("\${file("\${path.module}/${secretFile(SALT)}")}\${filesha256("${file}")}"), 0, 12)}`,
    data: `\${filebase64("${file}")}`,
    lifecycle: { createBeforeDestroy: true },
  });
}

function defineConfig({ stack, app }: SwarmParts, name: string, path: string): Config {
  const file = `\${path.module}/${path}`;
  return new Config(stack, `config-${name}`, {
    name: `${shortened(`${app.name}-${name}`)}-\${substr(filesha256("${file}"), 0, 12)}`,
    data: `\${filebase64("${file}")}`,
    lifecycle: { createBeforeDestroy: true },
  });
}

/** What is too long for a name, told from others by a hash. */
function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - NAME_DIGITS - 1)}-${createHash('sha256').update(name).digest('hex').slice(0, NAME_DIGITS)}`;
}

/** By digest: a Swarm looks the tag up and keeps the digest, which would be a difference at every apply. */
function imageOf({ stack, images, context }: SwarmParts, service: SwarmService): string {
  const { name, image, build } = service;
  const known = images.get(image);
  if (known !== undefined) {
    return known;
  }
  const made = build ? pushed(stack, service, context) : image.includes('@') ? familiar(image)
    : `${familiar(image)}@${new DataDockerRegistryImage(stack, `image-${name}`, { name: image }).sha256Digest}`;
  images.set(image, made);
  return made;
}

/** Nodes pull what is built here from the registry. */
function pushed(stack: TerraformStack, service: SwarmService, context: TerraformContext): string {
  const built = defineImage(stack, service, context);
  const registry = new RegistryImage(stack, `registry-image-${service.name}`, { name: built.name, keepRemotely: true, triggers: { image: built.imageId } });
  return `${familiar(service.image)}@${registry.sha256Digest}`;
}

/** As Docker gives names back. */
function familiar(image: string): string {
  return image.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '');
}

function defineService(service: SwarmService, targets: readonly Service[], parts: SwarmParts): Service {
  const { name, scaling, health, ports, origin } = service;
  const { stack, app, networks } = parts;
  const ends = service.restart === 'no';
  const converges = !ends && !scaling.everywhere && scaling.replicas > 0;
  // What ends does so once, or once for each replica that has storage of its own.
  const replicas = ends && !service.mounts.some(({ ofReplica }) => ofReplica) ? 1 : scaling.replicas;
  const rolled = rollout(scaling);
  // A list that is empty is read back as none, which is a difference at every apply: no list is written that holds nothing.
  return new Service(stack, `service-${name}`, {
    name: `${app.name}-${name}`,
    taskSpec: {
      containerSpec: containerSpec(service, parts),
      ...resources(service),
      // What is not said is read back as nothing at all of it.
      restartPolicy: { condition: !ends ? 'any' : service.profile === undefined ? 'on-failure' : 'none', delay: '5s', maxAttempts: 0, window: '0s' },
      ...service.constraints.length > 0 && { placement: { constraints: [...service.constraints] } },
      networksAdvanced: service.attachments.map(({ network, aliases }) => ({ name: networks.get(network)!.id, aliases: [name, ...aliases].sort() })),
    },
    mode: scaling.everywhere ? { global: true } : { replicated: { replicas } },
    updateConfig: rolled,
    rollbackConfig: rolled,
    ...ports.length > 0 && {
      endpointSpec: {
        mode: 'vip',
        ports: ports.map(({ host, container, protocol }) => ({ protocol, targetPort: container, publishedPort: host, publishMode: 'ingress' })),
      },
    },
    ...converges && { convergeConfig: { timeout: duration(convergeSeconds(scaling, health)) } },
    ...origin !== '' && { labels: [{ label: 'cdk8s-golden-path/construct', value: origin }] },
    ...targets.length > 0 && { dependsOn: [...targets] },
  });
}

function containerSpec(service: SwarmService, parts: SwarmParts): ServiceConfig['taskSpec']['containerSpec'] {
  const { entrypoint, command, workingDir, user, groups, env, capabilities, health, stopSeconds } = service;
  const mounts = mountsOf(service, parts.app.name);
  const configs = configsOf(service).map(({ name, path, target, mode }) => {
    const config = defineConfig(parts, name, path);
    return { configId: config.id, configName: config.name, ...fileOf(service, target, mode) };
  });
  const secrets = service.files.flatMap(({ path, content, mode }) => {
    const secret = typeof content === 'string' ? undefined : parts.secrets.get(secretFile(content))!;
    return secret ? [{ secretId: secret.id, secretName: secret.name, ...fileOf(service, path, mode) }] : [];
  });
  return {
    image: imageOf(parts, service),
    ...entrypoint && { command: entrypoint.map(expression) },
    ...command && { args: command.map(expression) },
    ...workingDir !== undefined && { dir: workingDir },
    ...env.size > 0 && { env: Object.fromEntries([...env].map(([key, value]) => [key, templateExpression(value)])) },
    ...user !== undefined && { user },
    ...groups.length > 0 && { groups: [...groups] },
    readOnly: service.readOnly,
    capDrop: ['ALL'],
    ...capabilities.length > 0 && { capAdd: capabilities.map(each => `CAP_${each}`).sort() },
    ...Object.keys(service.sysctls).length > 0 && { sysctl: { ...service.sysctls } },
    ...mounts.length > 0 && { mounts },
    ...configs.length > 0 && { configs },
    ...secrets.length > 0 && { secrets },
    ...health && { healthcheck: healthcheck(health) },
    ...stopSeconds !== undefined && { stopGracePeriod: duration(stopSeconds) },
  };
}

/** Volumes are made on the node where a container comes to run, so nothing makes them before. */
function mountsOf({ mounts, scratch }: SwarmService, app: string): ServiceTaskSpecContainerSpecMounts[] {
  return [
    ...mounts.map(({ kind, source, path, readOnly, ofReplica, empty }) => ({
      type: kind,
      source: kind === 'bind' ? source : `${app}-${source}${ofReplica ? '-{{.Task.Slot}}' : ''}`,
      target: path,
      ...readOnly && { readOnly },
      ...empty && { volumeOptions: { noCopy: true } },
    })),
    ...scratch.map(({ path, bytes }) => ({
      type: 'tmpfs', target: path, tmpfsOptions: { mode: WRITABLE, ...bytes !== undefined && { sizeBytes: Math.ceil(bytes) } },
    })),
  ];
}

/** A file belongs to whom the container runs as, so that its mode can be as closed as the definition has it. */
function fileOf({ user = '0' }: SwarmService, fileName: string, mode = READABLE): { fileName: string; fileUid: string; fileGid: string; fileMode: number } {
  const [fileUid, fileGid = fileUid] = user.split(':');
  return { fileName, fileUid, fileGid, fileMode: mode };
}

function resources({ limits: { cpus, memoryBytes, reservedBytes, reservedCpus } }: SwarmService): Pick<ServiceConfig['taskSpec'], 'resources'> {
  const amounts = (ofCpus: number | undefined, ofMemory: number | undefined) => ({
    ...ofCpus !== undefined && { nanoCpus: Math.max(LEAST_NANO_CPUS, Math.round(ofCpus * NANO)) },
    ...ofMemory !== undefined && { memoryBytes: Math.ceil(ofMemory) },
  });
  const [limits, reservation] = [amounts(cpus, memoryBytes), amounts(reservedCpus, reservedBytes)];
  const given = { ...Object.keys(limits).length > 0 && { limits }, ...Object.keys(reservation).length > 0 && { reservation } };
  return Object.keys(asMap(given)).length > 0 ? { resources: given } : {};
}

/** As the rollout has it, in both directions. A Swarm that is not told otherwise stops where an update fails, as Kubernetes does. */
function rollout({ everywhere, replicas, strategy, surge, unavailable, readySeconds }: LocalScheduling): ServiceRollbackConfig {
  const beside = !everywhere && strategy === 'RollingUpdate' && surge > 0;
  return {
    // None stands for all at once.
    parallelism: strategy === 'Recreate' ? 0 : Math.max(1, Math.min(beside ? surge : unavailable, Math.max(1, replicas))),
    order: beside ? 'start-first' : 'stop-first',
    delay: duration(readySeconds),
    monitor: duration(Math.max(MONITOR_SECONDS, readySeconds)),
    failureAction: 'pause',
  };
}

function healthcheck({ command, intervalSeconds, timeoutSeconds, retries, startSeconds }: LocalHealth) {
  return {
    test: ['CMD', ...command.map(each => literal(each))],
    interval: duration(intervalSeconds),
    timeout: duration(timeoutSeconds),
    retries,
    startPeriod: duration(startSeconds),
  };
}

/** Replicas start all at once, and are replaced one after the other at worst. */
function convergeSeconds({ replicas, readySeconds }: LocalScheduling, health: LocalHealth | undefined): number {
  return Math.max(LEAST_WAIT_SECONDS, replicas * ((health ? waitSeconds(health) : 0) + readySeconds));
}

/** As the provider writes the durations of services: shorter than Go does. */
export function duration(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / MINUTE ** 2), Math.floor(seconds / MINUTE) % MINUTE, seconds % MINUTE];
  const parts = [hours > 0 ? `${hours}h` : '', hours > 0 && minutes === 0 && rest === 0 ? '' : minutes > 0 || hours > 0 ? `${minutes}m` : ''];
  return `${parts.join('')}${rest > 0 || (hours === 0 && minutes === 0) ? `${rest}s` : ''}`;
}
