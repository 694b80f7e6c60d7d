import { execFile } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { homedir } from 'os';
import { join } from 'path';

/** Who asks a registry: somebody with a password, or with a token that stands for a login elsewhere. */
export type Login =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string };

/** Logins that exist and cannot be used, and why. */
export class CredentialsError extends Error {}

/** As much of Docker's configuration as tells of logins. */
interface DockerConfig {
  readonly auths?: { readonly [server: string]: Auth | null };
  readonly credsStore?: string;
  readonly credHelpers?: { readonly [server: string]: string };
}

interface Auth {
  /** `username:password` in base64. */
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/** What Docker writes for a login to Docker Hub, whose registry has another name. */
const DOCKER_HUB = { host: 'registry-1.docker.io', server: 'https://index.docker.io/v1/' };
/** What a helper says as the user where it gives a token. */
const TOKEN_USER = '<token>';
const HELPER_MILLIS = 30_000;

/**
 * The login of `docker login` for a registry, if there is one.
 *
 * @param host such as `ghcr.io`
 * @param environment says by `DOCKER_CONFIG` where Docker's configuration lies; otherwise it lies in the home
 * @see https://docs.docker.com/reference/cli/docker/login/
 * @throws CredentialsError where the configuration cannot be read, or its helper fails
 */
export async function findLogin(host: string, environment: NodeJS.ProcessEnv = process.env): Promise<Login | undefined> {
  const file = join(environment.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json');
  if (!existsSync(file)) {
    return undefined;
  }
  const config = readConfig(file);
  const server = host === DOCKER_HUB.host ? DOCKER_HUB.server : host;
  const helper = valueFor(config.credHelpers, server) ?? config.credsStore;
  if (helper) {
    const stored = await askHelper(helper, server, environment);
    if (stored) {
      return stored;
    }
  }
  const auth = valueFor(config.auths, server);
  return auth ? fromAuth(auth, server, file) : undefined;
}

function readConfig(file: string): DockerConfig {
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(file, 'utf8'));
  } catch (problem) {
    throw new CredentialsError(`the logins in ${file} cannot be read: ${(problem as Error).message}`);
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new CredentialsError(`the logins in ${file} cannot be read: it holds no object`);
  }
  return config;
}

/** Servers are written with and without a scheme and a path. */
function valueFor<T>(entries: { readonly [server: string]: T } | undefined, server: string): T | undefined {
  return Object.entries(entries ?? {}).find(([name]) => hostOf(name) === hostOf(server))?.[1];
}

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function fromAuth({ auth, username, password, identitytoken }: Auth, server: string, file: string): Login | undefined {
  if (identitytoken) {
    return { identityToken: identitytoken };
  }
  if (username !== undefined && password !== undefined) {
    return { username, password };
  }
  if (!auth) {
    return undefined;
  }
  const [, name, secret] = /^([^:]+):(.*)$/s.exec(Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '')) ?? [];
  if (name === undefined) {
    throw new CredentialsError(`the login for ${server} in ${file} is no 'user:password' in base64: docker login ${hostOf(server)}`);
  }
  return { username: name, password: secret };
}

/**
 * What the program of a credentials store has for a server.
 *
 * @see https://github.com/docker/docker-credential-helpers
 */
async function askHelper(name: string, server: string, environment: NodeJS.ProcessEnv): Promise<Login | undefined> {
  const program = `docker-credential-${name}`;
  const { status, output } = await new Promise<{ status: number | string; output: string }>((resolve, reject) => {
    const child = execFile(program, ['get'], { env: environment, timeout: HELPER_MILLIS }, (problem, stdout) => {
      if (problem?.code === 'ENOENT') {
        reject(new CredentialsError(`the credentials store cannot be asked: there is no ${program}`));
      } else {
        resolve({ status: problem ? problem.code ?? `signal ${problem.signal}` : 0, output: stdout });
      }
    });
    // A helper that ends without reading has said what it has to say.
    child.stdin?.on('error', () => undefined).end(server);
  });
  if (status !== 0) {
    // By this text a helper says that it has nothing; there is no other sign.
    if (/credentials not found/i.test(output)) {
      return undefined;
    }
    throw new CredentialsError(`${program} fails: ${output.trim() || `exit status ${status}`}`);
  }
  const { Username: username, Secret: password } = parseAnswer(program, output);
  return username === TOKEN_USER ? { identityToken: password } : { username, password };
}

function parseAnswer(program: string, output: string): { readonly Username: string; readonly Secret: string } {
  try {
    const answer = JSON.parse(output);
    if (typeof answer?.Username === 'string' && typeof answer.Secret === 'string') {
      return answer;
    }
  } catch {
    // Said below.
  }
  throw new CredentialsError(`${program} answers with something that is no login`);
}
