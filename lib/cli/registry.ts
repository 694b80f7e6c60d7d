import { createHash } from 'crypto';
import { CredentialsError, type Login } from './credentials';
import type { Location } from './reference';

/** As much of `fetch` as is used here. */
export type Fetch = (url: string, options: Request & { readonly signal: AbortSignal }) => Promise<Response>;

interface Request {
  readonly headers: Headers;
  /** Sent by POST; without it the method is GET. */
  readonly body?: string;
  readonly method?: 'POST';
}

type Headers = { readonly [name: string]: string };

/** How registries are asked, and as whom. */
export interface RegistryAccess {
  readonly fetch: Fetch;
  /** The login for a registry by its host, asked for only where the registry wants one. */
  login(host: string): Promise<Login | undefined>;
}

/** A question that a registry did not answer, and why. */
export class RegistryError extends Error {}

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const TIMEOUT_MILLIS = 30_000;
/** No manifest is larger, says the specification. */
const MAX_BYTES = 4 * 2 ** 20;

/**
 * The digest of what a registry has under a name, for all its platforms together. It is computed from what the registry sent.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * @throws RegistryError where the registry does not answer, or answers something else
 */
export async function digestOf({ url, repository, version }: Location, access: RegistryAccess): Promise<string> {
  const address = `${url}/v2/${repository}/manifests/${version}`;
  let response = await ask(address, { headers: { Accept: MANIFESTS } }, access.fetch);
  if (response.status === 401) {
    const authorization = await authorize(response.headers.get('www-authenticate') ?? '', { url, repository }, access);
    response = await ask(address, { headers: { Accept: MANIFESTS, Authorization: authorization } }, access.fetch);
  }
  if (response.status !== 200) {
    throw new RegistryError(refusal(url, response.status));
  }
  const body = Buffer.from(await response.arrayBuffer());
  if (body.length === 0 || body.length > MAX_BYTES) {
    throw new RegistryError(`${url} sends ${body.length} bytes, which is no manifest`);
  }
  if (!isManifest(body)) {
    throw new RegistryError(`${url} sends something that is no manifest`);
  }
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const said = response.headers.get('docker-content-digest') ?? digest;
  if (said !== digest) {
    throw new RegistryError(`${url} says that it sends ${said}, but sends ${digest}`);
  }
  return digest;
}

/** What a registry wants to be told, by what it answers to somebody who told nothing. */
async function authorize(challenge: string, { url, repository }: Pick<Location, 'url' | 'repository'>, access: RegistryAccess): Promise<string> {
  const login = await loginFor(new URL(url).host, access);
  const fields = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  if (/^bearer /i.test(challenge) && fields.realm !== undefined) {
    return `Bearer ${await token({ realm: fields.realm, service: fields.service, scope: fields.scope ?? `repository:${repository}:pull` }, login, access.fetch)}`;
  }
  if (login === undefined || !('password' in login)) {
    throw new RegistryError(`${url} asks for a login: docker login ${new URL(url).host}`);
  }
  return basic(login);
}

async function loginFor(host: string, access: RegistryAccess): Promise<Login | undefined> {
  try {
    return await access.login(host);
  } catch (problem) {
    throw problem instanceof CredentialsError ? new RegistryError(problem.message) : problem;
  }
}

interface TokenRequest {
  readonly realm: string;
  readonly service?: string;
  readonly scope: string;
}

/**
 * The token that a registry's own authority gives: to whom the login names, or to somebody without a name.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
async function token({ realm, service, scope }: TokenRequest, login: Login | undefined, fetcher: Fetch): Promise<string> {
  const address = new URL(realm);
  if (address.protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)) {
    throw new RegistryError(`the registry gives tokens at ${address.origin}, where everybody can read along`);
  }
  const wanted = new URLSearchParams({ ...service !== undefined && { service }, scope });
  const response = login && 'identityToken' in login
    ? await ask(address.href, refresh(wanted, login.identityToken), fetcher)
    : await ask(withQuery(address, wanted), { headers: { Accept: 'application/json', ...login && { Authorization: basic(login) } } }, fetcher);
  const answer = response.status === 200 ? await response.json() as { readonly [field in 'token' | 'access_token']?: string } : {};
  const found = answer.token ?? answer.access_token;
  if (found === undefined) {
    throw new RegistryError(`${address.origin} gives no token to ${login ? 'the login that Docker has' : 'somebody without a name'} (${response.status})`);
  }
  return found;
}

function withQuery(address: URL, query: URLSearchParams): string {
  const url = new URL(address);
  query.forEach((value, name) => url.searchParams.set(name, value));
  return url.href;
}

/** @see https://distribution.github.io/distribution/spec/auth/oauth/ */
function refresh(wanted: URLSearchParams, identityToken: string): Request {
  return {
    method: 'POST',
    headers: { 'Accept': 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([...wanted, ['grant_type', 'refresh_token'], ['client_id', 'cdk8s-golden-path'], ['refresh_token', identityToken]]).toString(),
  };
}

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function refusal(url: string, status: number): string {
  switch (status) {
    case 404: return `there is no such image at ${url}`;
    case 401:
    case 403: return `${url} does not show the image to who asks (${status}): docker login ${new URL(url).host}`;
    default: return `${url} answers ${status}`;
  }
}

async function ask(address: string, request: Request, fetcher: Fetch): Promise<Response> {
  try {
    return await fetcher(address, { ...request, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
  } catch (problem) {
    const { cause, message } = problem as Error & { readonly cause?: { readonly code?: string; readonly message?: string } };
    throw new RegistryError(`${new URL(address).origin} does not answer: ${cause?.code ?? cause?.message ?? message}`);
  }
}

function isManifest(body: Buffer): boolean {
  try {
    const content = JSON.parse(body.toString('utf8')) as { readonly schemaVersion?: unknown };
    return content?.schemaVersion === 2;
  } catch {
    return false;
  }
}
