import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';

/** The folder of an image below that of a registry. */
export function layoutOf(folder: string, image: string): string {
  return join(folder, encodeURIComponent(image));
}

/**
 * A registry that images can be pulled from, as the distribution specification has it. It holds the OCI layouts of a folder, and stands in
 * for every registry: the name of the one that is meant comes in the parameter `ns`, which containerd gives to mirrors.
 */
export function createRegistry(folder: string): Server {
  return createServer((request, response) => {
    const found = find(folder, request);
    if (!found) {
      respond(response, 404, 'application/json', '{"errors":[{"code":"NAME_UNKNOWN"}]}', request);
    } else if ('file' in found) {
      response.writeHead(200, headers('application/octet-stream', statSync(found.file).size, found.digest));
      request.method === 'HEAD' ? response.end() : createReadStream(found.file).pipe(response);
    } else {
      respond(response, 200, found.mediaType, found.text, request, found.digest);
    }
  });
}

type Found =
  | { readonly mediaType: string; readonly text: string; readonly digest?: string }
  | { readonly file: string; readonly digest: string };

function find(folder: string, request: IncomingMessage): Found | undefined {
  const url = new URL(request.url!, 'http://registry');
  if (url.pathname === '/v2/') {
    return { mediaType: 'application/json', text: '{}' };
  }
  const [, repository, kind, reference] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
  if (!repository || !existsSync(folder)) {
    return undefined;
  }
  const isDigest = /^sha256:[0-9a-f]{64}$/.test(reference);
  if (kind === 'manifests' && !isDigest) {
    const digest = digestOf(layoutOf(folder, `${url.searchParams.get('ns')}/${repository}:${reference}`));
    return digest === undefined ? undefined : manifest(folder, digest);
  }
  return !isDigest ? undefined : kind === 'manifests' ? manifest(folder, reference) : blob(folder, reference);
}

/** What the index of a layout says of its only image. */
function digestOf(layout: string): string | undefined {
  const index = join(layout, 'index.json');
  return existsSync(index) ? JSON.parse(readFileSync(index, 'utf8')).manifests[0].digest : undefined;
}

function manifest(folder: string, digest: string): Found | undefined {
  const found = blob(folder, digest);
  if (!found) {
    return undefined;
  }
  const text = readFileSync(found.file, 'utf8');
  return { mediaType: JSON.parse(text).mediaType, text, digest };
}

/** A blob of any image: its digest says what it is. */
function blob(folder: string, digest: string): { readonly file: string; readonly digest: string } | undefined {
  const file = readdirSync(folder).map(layout => join(folder, layout, 'blobs', digest.replace(':', '/'))).find(existsSync);
  return file === undefined ? undefined : { file, digest };
}

function respond(response: ServerResponse, status: number, mediaType: string, text: string, { method }: IncomingMessage, digest?: string): void {
  response.writeHead(status, headers(mediaType, Buffer.byteLength(text), digest));
  response.end(method === 'HEAD' ? undefined : text);
}

function headers(mediaType: string, length: number, digest?: string): { [name: string]: string | number } {
  return { 'Content-Type': mediaType, 'Content-Length': length, ...digest !== undefined && { 'Docker-Content-Digest': digest } };
}

if (require.main === module) {
  const [folder, address, port] = process.argv.slice(2);
  createRegistry(folder).listen(Number(port), address);
}
