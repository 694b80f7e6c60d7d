import type { LocalScheduling } from './local-scheduling';
import { keysIn } from '../configuration/composed-key';
import { toEnvPrefix } from '../definition/naming';
import type { PlannedBuild } from '../images/bake/planned-build';

/** A key of a secret, whose value no output knows. */
export interface SecretKey {
  /** The name of the secret, unique in the app. */
  readonly secret: string;
  readonly key: string;
  /** The template of a value that is made of other keys of the secret. */
  readonly composed?: string;
}

/** A value in pieces: what is known, and keys of secrets. */
export type LocalText = readonly (string | SecretKey)[];

/** A scratch folder in memory. */
export interface LocalScratch {
  readonly path: string;
  readonly bytes?: number;
}

/** What is mounted at a path of a container. */
export interface LocalMount {
  readonly kind: 'volume' | 'bind';
  /** The name of the volume, or the path on the host. */
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** Whether each replica has one for itself. */
  readonly ofReplica?: boolean;
  /** Whether it starts empty, whatever the image has there. */
  readonly empty?: boolean;
}

/** A file in a container. */
export interface LocalFile {
  readonly path: string;
  /** The text, or the key of a secret. */
  readonly content: string | SecretKey;
  /** As the definition says it; nothing where it says nothing. */
  readonly mode?: number;
}

/** How it is asked whether a container may get calls. */
export interface LocalHealth {
  readonly command: readonly string[];
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startSeconds: number;
  /** How often it is asked in that time; nothing where the engine does not know it. */
  readonly startIntervalSeconds?: number;
}

/** A port of the host that leads into a container. */
export interface LocalPort {
  readonly host: number;
  readonly container: number;
  readonly protocol: 'tcp' | 'udp';
}

/** What a container waits for before it starts. */
export type LocalCondition = 'healthy' | 'started' | 'completed';

/** A network, seen from a container. */
export interface LocalAttachment {
  readonly network: string;
  /** The names beside its own by which others call it there. */
  readonly aliases: readonly string[];
}

/** One container, every value decided. */
export interface LocalService {
  readonly name: string;
  /** The name of the service that it is a part of, its own for the main container. */
  readonly pod: string;
  /** The path of the construct that it comes from. */
  readonly origin: string;
  readonly image: string;
  readonly build?: PlannedBuild;
  /** In place of the entrypoint of the image. */
  readonly entrypoint?: readonly LocalText[];
  readonly command?: readonly LocalText[];
  readonly workingDir?: string;
  /** By name. */
  readonly env: ReadonlyMap<string, LocalText>;
  readonly ports: readonly LocalPort[];
  readonly attachments: readonly LocalAttachment[];
  /** The container whose network it shares. */
  readonly sharesNetworkOf?: string;
  readonly hostNetwork: boolean;
  readonly mounts: readonly LocalMount[];
  readonly scratch: readonly LocalScratch[];
  readonly files: readonly LocalFile[];
  readonly health?: LocalHealth;
  readonly user?: string;
  readonly groups: readonly string[];
  readonly readOnly: boolean;
  readonly privileged: boolean;
  readonly newPrivileges: boolean;
  readonly capabilities: readonly string[];
  readonly sysctls: { readonly [name: string]: string };
  readonly limits: LocalLimits;
  readonly restart: 'no' | 'unless-stopped';
  readonly dependsOn: ReadonlyMap<string, LocalCondition>;
  readonly stopSeconds?: number;
  readonly profile?: string;
  /** How a cluster runs it. */
  readonly scheduling: () => LocalScheduling;
}

/** What a container may use. */
export interface LocalLimits {
  readonly cpus?: number;
  readonly memoryBytes?: number;
  readonly reservedBytes?: number;
  readonly reservedCpus?: number;
}

/** A network between a service and those that call it. */
export interface LocalNetwork {
  readonly name: string;
  /** Whether nothing outside is reached by it. */
  readonly internal: boolean;
}

/** The services of one environment as Docker runs them; the compose file and the Docker stack only write it down. */
export interface LocalApp {
  readonly name: string;
  readonly services: readonly LocalService[];
  readonly networks: readonly LocalNetwork[];
  readonly volumes: readonly string[];
  readonly secrets: readonly SecretKey[];
}

/** What ends the names of networks that are nobody's own: no name of Kubernetes holds an underscore. */
const OUTSIDE = '_outside';
const METRICS = '_metrics';
/** What runs only where it is asked for. */
export const TASKS_PROFILE = 'tasks';
export const OBSERVABILITY_PROFILE = 'observability';

/** The network by which one container reaches what lies outside, and the host reaches it. */
export function outsideNetwork(container: string): string {
  return `${container}${OUTSIDE}`;
}

/** The network in which one container is scraped. */
export function metricsNetwork(container: string): string {
  return `${container}${METRICS}`;
}

/** The network of one container that talks to nobody. */
export function aloneNetwork(container: string): string {
  return `${container}_alone`;
}

/** Whether a network leads out. */
export function leadsOutside(network: string): boolean {
  return network.endsWith(OUTSIDE);
}

/** Whether a network is there for scraping alone. */
export function isForMetrics(network: string): boolean {
  return network.endsWith(METRICS);
}

/** A text without secrets. */
export function plainText(text: LocalText): string | undefined {
  return text.every(part => typeof part === 'string') ? text.join('') : undefined;
}

/** The name of the key of a secret among all of them; that of a Secret of Kubernetes holds no underscore. */
export function secretName({ secret, key }: SecretKey): string {
  return `${secret}_${key}`;
}

/** The variable that holds the key of a secret. */
export function secretVariable({ secret, key }: SecretKey): string {
  return toEnvPrefix(secretName({ secret, key }));
}

/** The file that holds it, below the folder of the compose file. */
export function secretFile({ secret, key }: SecretKey): string {
  return `local-secrets/${secret}/${key}`;
}

/** What the names of secrets are hashed with, for whoever sees a bare hash of a short value can find the value; no Secret of Kubernetes is called so. */
export const SALT: SecretKey = { secret: '.names', key: 'salt' };

/** The keys that a key is made of. */
export function sourcesOf({ secret, composed }: SecretKey): SecretKey[] {
  return composed === undefined ? [] : keysIn(composed).map(key => ({ secret, key }));
}

/** All keys of secrets that stand in variables or commands. */
export function secretsInTexts(services: readonly LocalService[]): SecretKey[] {
  const keys = services.flatMap(({ env, entrypoint = [], command = [] }) => [...env.values(), ...entrypoint, ...command])
    .flat().filter(part => typeof part !== 'string');
  return distinctKeys(keys);
}

/** Each key once, in the order of their names. */
export function distinctKeys(keys: readonly SecretKey[]): SecretKey[] {
  const byFile = new Map(keys.map(key => [secretFile(key), key]));
  return [...byFile.keys()].sort().map(file => byFile.get(file)!);
}
