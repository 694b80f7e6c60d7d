import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Binaries } from './installer';
import { Kubectl } from './kubectl';
import { Daemon, lastLines, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const START_SECONDS = 90;
const LOOPBACK = '127.0.0.1';
const ADMIN = 'admin';
const SIGNING_KEY = 'service-accounts.key';

/** Where a control plane runs, and for whom. */
export interface ControlPlaneOptions {
  /** Starts a program where the control plane is to run. @default - here */
  readonly start?: typeof Daemon.start;
  /** Makes a program out of kubectl that runs where the control plane does. @default - kubectl as it is */
  readonly wrap?: (kubectl: string) => string;
  /** Where the API server listens, and is found by what runs in the cluster. @default - on loopback, for nobody else */
  readonly address?: string;
  /** The groups of each user beside the administrator. */
  readonly users?: { readonly [user: string]: string };
  /** More flags of the API server. */
  readonly flags?: readonly string[];
}

/** An API server with its etcd: they store and judge, but nothing acts on what they store. Admission is that of a default Kubernetes. */
export class ControlPlane {
  public static async start(suite: Suite, binaries: Binaries, options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const folder = join(suite.folder, 'control-plane');
    mkdirSync(folder, { mode: 0o700 });
    const { address = LOOPBACK, start = Daemon.start, users = {}, wrap = path => path } = options;
    const [etcdPort, port] = await freePorts(2);

    const etcdUrl = `http://${LOOPBACK}:${etcdPort}`;
    const etcd = start(binaries.etcd, [
      `--data-dir=${folder}/etcd`, '--unsafe-no-fsync', '--log-level=warn',
      `--listen-client-urls=${etcdUrl}`, `--advertise-client-urls=${etcdUrl}`, `--listen-peer-urls=http://${LOOPBACK}:0`,
    ], join(folder, 'etcd.log'));
    suite.atEnd(async () => etcd.stop());

    const tokens = new Map([[ADMIN, 'system:masters'], ...Object.entries(users)].map(([user, group]) => [user, { group, token: randomBytes(32).toString('hex') }]));
    const plane = new ControlPlane(folder, `https://${address}:${port}`, tokens, wrap(binaries.kubectl));
    const key = generateKeyPairSync('rsa', {
      modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const server = start(binaries.kubeApiserver, [
      `--bind-address=${address}`, `--secure-port=${port}`, `--etcd-servers=${etcdUrl}`,
      // It makes its own certificate there.
      `--cert-dir=${folder}/certificates`, ...advertise(address),
      `--token-auth-file=${plane.secret('tokens.csv', [...tokens].map(([user, { group, token }]) => `${token},${user},${user},${group}\n`).join(''))}`,
      '--anonymous-auth=false', '--authorization-mode=Node,RBAC', '--enable-admission-plugins=NodeRestriction',
      '--service-account-issuer=https://kubernetes.default.svc', '--service-cluster-ip-range=10.96.0.0/16',
      `--service-account-signing-key-file=${plane.secret(SIGNING_KEY, key.privateKey)}`,
      `--service-account-key-file=${plane.secret('service-accounts.pub', key.publicKey)}`,
      // Else a privileged pod would be refused for this, and not by Pod Security.
      '--allow-privileged=true', '--profiling=false', ...options.flags ?? [],
    ], join(folder, 'kube-apiserver.log'));
    suite.atEnd(async () => server.stop());

    await until('kube-apiserver is ready', START_SECONDS, async () => {
      demandRunning(etcd, server);
      return existsSync(plane.certificate) && (await plane.kubectl.run(['get', '--raw', '/readyz'])).stdout.trim() === 'ok';
    });
    return plane;
  }

  private constructor(
    public readonly folder: string,
    private readonly url: string,
    private readonly tokens: ReadonlyMap<string, { readonly token: string }>,
    private readonly program: string,
  ) {}

  /** kubectl of the administrator. */
  public get kubectl(): Kubectl {
    return new Kubectl(this.program, this.kubeconfig, this.folder);
  }

  /** The certificate of the API server, and of who signed it. */
  public get certificate(): string {
    return join(this.folder, 'certificates/apiserver.crt');
  }

  /** What service accounts' tokens are signed with. */
  public get signingKey(): string {
    return join(this.folder, SIGNING_KEY);
  }

  /** What the administrator finds and trusts the API server by. */
  public get kubeconfig(): string {
    return this.kubeconfigOf(ADMIN);
  }

  /** What a user finds and trusts the API server by. */
  public kubeconfigOf(user: string): string {
    return this.secret(`${user.replace(/\W/g, '-')}.kubeconfig`, JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [{ name: 'test', cluster: { 'server': this.url, 'certificate-authority-data': readFileSync(this.certificate).toString('base64') } }],
      'users': [{ name: user, user: { token: this.tokens.get(user)!.token } }],
      'contexts': [{ name: 'test', context: { cluster: 'test', user } }],
      'current-context': 'test',
    }));
  }

  private secret(name: string, content: string): string {
    writeFileSync(join(this.folder, name), content, { mode: 0o600 });
    return join(this.folder, name);
  }
}

/** What is to run must not have ended; what it said last tells why it has. */
export function demandRunning(...programs: readonly Daemon[]): void {
  for (const { log } of programs.filter(({ running }) => !running)) {
    throw new Error(`${log} ends:\n${lastLines(readFileSync(log, 'utf8'))}`);
  }
}

/** An API server on loopback cannot be found there by others, so it tells them an address for documentation, where nobody is to come. */
function advertise(address: string): string[] {
  return address === LOOPBACK ? ['--advertise-address=192.0.2.1', '--endpoint-reconciler-type=none'] : [`--advertise-address=${address}`];
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all([...Array(count)].map(async () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve(server));
  })));
  return Promise.all(servers.map(async server => new Promise<number>(resolve => {
    const { port } = server.address() as { port: number };
    server.close(() => resolve(port));
  })));
}
