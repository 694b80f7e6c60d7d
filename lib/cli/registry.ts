import { createHash } from 'crypto';
import type { Location } from './reference';

/** As much of `fetch` as is used here. */
export type Fetch = (url: string, options: { readonly headers: Headers; readonly signal: AbortSignal }) => Promise<Response>;

type Headers = { readonly [name: string]: string };

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
export async function digestOf({ url, repository, version }: Location, fetcher: Fetch): Promise<string> {
  const address = `${url}/v2/${repository}/manifests/${version}`;
  let response = await ask(address, { Accept: MANIFESTS }, fetcher);
  if (response.status === 401) {
    const token = await anonymousToken(response.headers.get('www-authenticate') ?? '', repository, fetcher);
    response = await ask(address, { Accept: MANIFESTS, Authorization: `Bearer ${token}` }, fetcher);
  }
  if (response.status !== 200) {
    throw new RegistryError(response.status === 404 ? `there is no such image at ${url}` : `${url} answers ${response.status}`);
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

/**
 * The token of somebody without a name.
 *
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
async function anonymousToken(challenge: string, repository: string, fetcher: Fetch): Promise<string> {
  const fields = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  if (!/^bearer /i.test(challenge) || fields.realm === undefined) {
    throw new RegistryError('the registry asks for a login, which this command has not');
  }
  const address = new URL(fields.realm);
  if (address.protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)) {
    throw new RegistryError(`the registry gives tokens at ${address.origin}, where everybody can read along`);
  }
  if (fields.service !== undefined) {
    address.searchParams.set('service', fields.service);
  }
  address.searchParams.set('scope', fields.scope ?? `repository:${repository}:pull`);
  const response = await ask(address.href, { Accept: 'application/json' }, fetcher);
  const answer = response.status === 200 ? await response.json() as { readonly [field in 'token' | 'access_token']?: string } : {};
  const found = answer.token ?? answer.access_token;
  if (found === undefined) {
    throw new RegistryError(`${address.origin} gives no token to somebody without a name (${response.status})`);
  }
  return found;
}

async function ask(address: string, headers: Headers, fetcher: Fetch): Promise<Response> {
  try {
    return await fetcher(address, { headers, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
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
