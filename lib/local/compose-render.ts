import {
  type LocalApp, type LocalService, type LocalText, secretFile, secretName, secretsInTexts, secretVariable,
} from './local-app';
import { compact, type Json } from '../definition/json';
import { contextFrom, relativeTo } from '../images/bake/planned-build';
import { stringifyDocuments } from '../synthesis/yaml';

const DEPENDS = { healthy: 'service_healthy', started: 'service_started', completed: 'service_completed_successfully' } as const;

/**
 * An app as a compose file.
 *
 * @param folder where the file lies, relative to the working directory
 * @see https://github.com/compose-spec/compose-spec/blob/main/spec.md
 */
export function renderCompose(app: LocalApp, folder: string): string {
  const mounted = new Set(app.services.flatMap(({ files }) => files.flatMap(({ content }) => typeof content === 'string' ? [] : [secretFile(content)])));
  const secrets = app.secrets.filter(key => mounted.has(secretFile(key)));
  const document = compact({
    name: app.name,
    services: Object.fromEntries(app.services.map(service => [service.name, renderService(service, folder)])),
    networks: Object.fromEntries(app.networks.map(({ name, internal }) => [name, internal ? { internal } : {}])),
    volumes: Object.fromEntries(app.volumes.map(name => [name, {}])),
    configs: Object.fromEntries(app.services.flatMap(configsOf).map(({ name, path }) => [name, { file: `./${path}` }])),
    secrets: Object.fromEntries([
      ...secrets.map(key => [secretName(key), { file: `./${secretFile(key)}` }]),
      ...buildSecrets(app).map(({ id, source }) => [id, { file: source.startsWith('~/') ? `\${HOME}/${source.slice(2)}` : source }]),
    ]),
  });
  return `# Written by cdk8s-golden-path: change the definition, not this file.\n${stringifyDocuments([document])}`;
}

function renderService(service: LocalService, folder: string): Json {
  const { name, health, limits, sharesNetworkOf, hostNetwork } = service;
  const networked = sharesNetworkOf === undefined && !hostNetwork;
  return compact({
    image: escaped(service.image),
    build: service.build && renderBuild(service, folder),
    pull_policy: service.build ? 'build' : undefined,
    profiles: service.profile === undefined ? undefined : [service.profile],
    entrypoint: service.entrypoint?.map(interpolated),
    command: service.command?.map(interpolated),
    working_dir: service.workingDir,
    environment: Object.fromEntries([...service.env].map(([key, value]) => [key, interpolated(value)])),
    user: service.user,
    group_add: [...service.groups],
    read_only: service.readOnly || undefined,
    privileged: service.privileged || undefined,
    cap_drop: service.privileged ? undefined : ['ALL'],
    cap_add: [...service.capabilities],
    security_opt: service.newPrivileges ? undefined : ['no-new-privileges:true'],
    sysctls: service.sysctls,
    tmpfs: service.scratch.map(({ path, bytes }) => `${path}:${bytes === undefined ? '' : `size=${bytes},`}mode=1777`),
    volumes: service.mounts.map(({ kind, source, path, readOnly, empty }) => compact({
      type: kind, source: kind === 'bind' && !source.startsWith('/') ? dotted(relativeTo(folder, source)) : source, target: path, read_only: readOnly || undefined, volume: empty ? { nocopy: true } : undefined,
    })),
    configs: configsOf(service).map(({ name: source, target }) => ({ source, target })),
    secrets: service.files.flatMap(({ path, content }) => typeof content === 'string' ? [] : [{ source: secretName(content), target: path }]),
    network_mode: sharesNetworkOf !== undefined ? `service:${sharesNetworkOf}` : hostNetwork ? 'host' : service.attachments.length === 0 ? 'none' : undefined,
    networks: networked && service.attachments.length > 0
      ? Object.fromEntries(service.attachments.map(({ network, aliases }) => [network, compact({ aliases: [...aliases] })])) : undefined,
    ports: service.ports.map(({ host, container, protocol }) => ({ host_ip: '127.0.0.1', published: String(host), target: container, protocol })),
    depends_on: Object.fromEntries([...service.dependsOn].map(([target, condition]) => [target, { condition: DEPENDS[condition] }])),
    healthcheck: health && {
      test: ['CMD', ...health.command.map(escaped)],
      interval: `${health.intervalSeconds}s`,
      timeout: `${health.timeoutSeconds}s`,
      retries: health.retries,
      ...health.startSeconds > 0 && { start_period: `${health.startSeconds}s` },
      ...health.startIntervalSeconds !== undefined && { start_interval: `${health.startIntervalSeconds}s` },
    },
    deploy: compact({
      resources: compact({
        limits: compact({ cpus: limits.cpus === undefined ? undefined : String(limits.cpus), memory: inBytes(limits.memoryBytes) }),
        reservations: compact({ memory: inBytes(limits.reservedBytes) }),
      }),
    }),
    restart: service.restart,
    stop_grace_period: service.stopSeconds === undefined ? undefined : `${service.stopSeconds}s`,
    labels: name === 'prometheus' && service.origin === '' ? undefined : { 'cdk8s-golden-path/construct': escaped(service.origin) },
  });
}

function renderBuild({ build }: LocalService, folder: string): Json {
  const { plan, dockerfile } = build!;
  return compact({
    context: dotted(contextFrom(folder, plan)),
    dockerfile: relativeTo(plan.context, dockerfile),
    ssh: plan.access.ssh ? ['default'] : undefined,
    secrets: plan.access.secrets.map(({ id }) => id),
  });
}

/** The credentials of whoever builds, each once. */
function buildSecrets({ services }: LocalApp): { readonly id: string; readonly source: string }[] {
  const all = services.flatMap(({ build }) => build?.plan.access.secrets ?? []);
  return [...new Map(all.map(secret => [secret.id, secret])).values()].sort((a, b) => a.id < b.id ? -1 : 1);
}

/** A path that compose does not take for a name. */
function dotted(path: string): string {
  return path === '' ? '.' : path.startsWith('.') ? path : `./${path}`;
}

function inBytes(amount: number | undefined): string | undefined {
  return amount === undefined ? undefined : `${Math.ceil(amount)}b`;
}

function interpolated(text: LocalText): string {
  return text.map(part => typeof part === 'string' ? escaped(part) : `\${${secretVariable(part)}:?run compose-secrets.sh}`).join('');
}

/** Compose reads variables of the machine where a dollar stands. */
function escaped(text: string): string {
  return text.replace(/\$/g, '$$$$');
}

/** A file of a service that holds no secret. */
export interface ComposeConfig {
  readonly name: string;
  /** Where it is written, below the folder of the compose file. */
  readonly path: string;
  /** Where the container finds it. */
  readonly target: string;
  readonly text: string;
  readonly mode?: number;
}

/** The files of a service beside the compose file: texts inside it would be copied into the container, which a read-only root refuses. */
export function configsOf({ name, files }: LocalService): ComposeConfig[] {
  return files.flatMap(({ path: target, content: text, mode }, index) => typeof text === 'string'
    ? [{ name: `${name}-${index}`, path: `local-configs/${name}/${target.replace(/^\/+/, '')}`, target, text, ...mode !== undefined && { mode } }] : []);
}


/** The variables that the machine has to set, without their values. */
export function renderEnvExample(app: LocalApp): string {
  const names = [...new Set(secretsInTexts(app.services).map(secretVariable))].sort();
  return ['# Copy it to .env and fill it in, or run compose-secrets.sh, which does both. Version control ignores .env.', ...names.map(name => `${name}=`), ''].join('\n');
}
