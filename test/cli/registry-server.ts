import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a registry behaves. */
export interface Behaviour {
  /** Whether everybody needs a token, which everybody gets. */
  readonly tokens?: boolean;
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
    this.server = createServer((request, response) => this.answer(request, response));
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

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url!, `http://${this.host}`);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (url.pathname === '/token') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token: `for ${url.searchParams.get('scope')}` }));
      return;
    }
    const [, repository, tag] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname) ?? [];
    const scope = `repository:${repository}:pull`;
    if (this.behaviour.tokens && request.headers.authorization !== `Bearer for ${scope}`) {
      response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="http://${this.host}/token",service="test",scope="${scope}"` }).end();
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

export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
