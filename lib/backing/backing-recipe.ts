import type { BackingCredentials } from './backing-credentials';
import type { ContainerImage } from '../definition/container-image';
import type { EnvReference } from '../definition/env-reference';
import type { Port } from '../definition/port';
import type { Health } from '../definition/probe';
import type { Resources } from '../definition/resources';
import type { Volume } from '../definition/volume';
import type { VolumeClaimOptions } from '../definition/volume-claim';
import type { AloneDefinition } from '../model/model';

/** Where a server that has a password finds it. */
export const LOGIN_FOLDER = '/etc/secrets/login';
/** The file with the password there. */
export const PASSWORD_FILE = `${LOGIN_FOLDER}/password`;
/** The command of a shell that prints it as it stands between double quotes. */
export const PRINT_QUOTED_PASSWORD = `sed 's/[\\\\"]/\\\\&/g' ${PASSWORD_FILE}`;

/** Where a dump of all data goes. */
export const DUMP_FILE = '/backup/dump';

/** The server that a dump is made of. */
export interface DumpedServer {
  readonly host: string;
  readonly port: number;
  /** The database that clients are at home in, where whoever provides the server says another one than the definition. */
  readonly database?: string;
}

/** How a dump is made; the password lies in PASSWORD_FILE. */
export interface Dump {
  readonly command: readonly string[];
  readonly env?: { readonly [name: string]: string };
  /** The variable that gets the name of the user, where there is one. */
  readonly userVariable?: string;
}

/** What is done before a server starts. */
export interface Preparation {
  readonly command: readonly string[];
  readonly volumes: { readonly [path: string]: Volume };
}

/** Who the clients of a backing service are. */
export interface LoginRecipe {
  readonly credentials?: BackingCredentials;
  readonly userName: string;
  readonly database?: string;
  /** The URL, in which `{password}` stands for the password. */
  readonly url: (user: string, host: string) => string;
}

/** What the kinds of backing services differ in: how the official image is run as it wants to be, under a read-only root and no root user. */
export interface BackingRecipe {
  readonly kind: string;
  readonly component: string;
  /** The official image; nothing where only others can provide the kind. */
  readonly image?: ContainerImage;
  /** The port of clients first. */
  readonly ports: readonly Port[];
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** What is otherwise where one server runs alone, as on a laptop. */
  readonly alone?: AloneDefinition;
  readonly env?: { readonly [name: string]: string };
  readonly envValueFrom?: { readonly [name: string]: EnvReference };
  /** Where the data lies; nothing where none is kept. */
  readonly data?: { readonly path: string; readonly storage: VolumeClaimOptions };
  readonly volumes?: { readonly [path: string]: Volume };
  /** What each server asks for. */
  readonly resources: Resources;
  /** What the image of the server does before it, into volumes that both have. */
  readonly prepare?: Preparation;
  readonly health: Health;
  readonly members: number;
  /** What else providers have to know. */
  readonly parameters?: { readonly [name: string]: string };
  /** Writes everything into DUMP_FILE, by the image of the server; nothing where a kind has no such tool. */
  readonly dump?: (server: DumpedServer) => Dump;
  readonly login?: LoginRecipe;
}
