import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How a registry behaves. */
export interface Behaviour {
  /** Whether everybody needs a token, which everybody gets. */
  readonly tokens?: boolean;
  /** What everybody must say; with `tokens`, to get one. */
  readonly authorization?: string;
  /** The refresh token that gives a token, where `tokens` is set. */
  readonly identityToken?: string;
  /** What it says instead of the digest that it sends. */
  readonly lies?: string;
}

/** A registry in this process: the part of the distribution API that gives manifests to whoever asks. */
export class RegistryServer {
  public static async start(manifests: { readonly [repositoryAndTag: string]: string }, behaviour: Behaviour = {}): Promise<RegistryServer> {
    const server = new RegistryServer(manifests, behaviour);
    await new Promise<void>(resolve => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** What it was asked, in order. */
  public readonly requests: string[] = [];
  private readonly server: Server;

  private constructor(private readonly manifests: { readonly [repositoryAndTag: string]: string }, private readonly behaviour: Behaviour) {
    this.server = createServer((request, response) => void text(request).then(body => this.answer(request, body, response)));
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    await new Promise(resolve => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  private giveToken(request: IncomingMessage, url: URL, form: URLSearchParams, response: ServerResponse): void {
    const { authorization, identityToken } = this.behaviour;
    const known = identityToken !== undefined
      ? request.method === 'POST' && form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === identityToken
      : authorization === undefined || request.headers.authorization === authorization;
    const scope = form.get('scope') ?? url.searchParams.get('scope');
    response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' }).end(known ? JSON.stringify({ token: `for ${scope}` }) : '{}');
  }

  private answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const url = new URL(request.url!, `http://${this.host}`);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (url.pathname === '/token') {
      this.giveToken(request, url, new URLSearchParams(body), response);
      return;
    }
    const [, repository, tag] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname) ?? [];
    const scope = `repository:${repository}:pull`;
    if (this.behaviour.tokens && request.headers.authorization !== `Bearer for ${scope}`) {
      response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="http://${this.host}/token",service="test",scope="${scope}"` }).end();
      return;
    }
    const { tokens, authorization } = this.behaviour;
    if (!tokens && authorization !== undefined && request.headers.authorization !== authorization) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="test"' }).end();
      return;
    }
    const manifest = this.manifests[`${repository}:${tag}`];
    if (manifest === undefined) {
      response.writeHead(404).end('{}');
      return;
    }
    const digest = this.behaviour.lies ?? sha256(manifest);
    response.writeHead(200, { 'Content-Type': 'application/vnd.oci.image.index.v1+json', 'Docker-Content-Digest': digest }).end(manifest);
  }
}

export function sha256(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
