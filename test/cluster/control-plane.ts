import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Binaries } from './installer';
import { Kubectl } from './kubectl';
import { Daemon, lastLines, until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const START_SECONDS = 90;

/**
 * An API server with its etcd on loopback, and nothing else: it stores and judges, but nothing acts on what it stores.
 * Admission is that of a default Kubernetes, Pod Security included.
 */
export async function startControlPlane(suite: Suite, binaries: Binaries): Promise<Kubectl> {
  const folder = join(suite.folder, 'control-plane');
  mkdirSync(folder, { mode: 0o700 });
  const [etcdPort, port] = await freePorts(2);

  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const etcd = Daemon.start(binaries.etcd, [
    `--data-dir=${folder}/etcd`, '--unsafe-no-fsync', '--log-level=warn',
    `--listen-client-urls=${etcdUrl}`, `--advertise-client-urls=${etcdUrl}`, '--listen-peer-urls=http://127.0.0.1:0',
  ], join(folder, 'etcd.log'));
  suite.atEnd(async () => etcd.stop());

  const token = randomBytes(32).toString('hex');
  const secret = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const key = generateKeyPairSync('rsa', {
    modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const server = Daemon.start(binaries.kubeApiserver, [
    '--bind-address=127.0.0.1', `--secure-port=${port}`, `--etcd-servers=${etcdUrl}`,
    // It makes its own certificate there. The address is one for documentation: a loopback address is refused, and nobody is to come.
    `--cert-dir=${folder}/certificates`, '--advertise-address=192.0.2.1', '--endpoint-reconciler-type=none',
    `--token-auth-file=${secret('tokens.csv', `${token},admin,admin,system:masters\n`)}`, '--anonymous-auth=false', '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc', '--service-cluster-ip-range=10.96.0.0/16',
    `--service-account-signing-key-file=${secret('service-accounts.key', key.privateKey)}`,
    `--service-account-key-file=${secret('service-accounts.pub', key.publicKey)}`,
    // Else a privileged pod would be refused for this, and not by Pod Security.
    '--allow-privileged=true', '--profiling=false',
  ], join(folder, 'kube-apiserver.log'));
  suite.atEnd(async () => server.stop());

  const kubectl = new Kubectl(binaries.kubectl, join(folder, 'kubeconfig'), folder);
  await until('kube-apiserver is ready', START_SECONDS, async () => {
    for (const daemon of [etcd, server]) {
      if (!daemon.running) {
        throw new Error(`${daemon.log} ends:\n${lastLines(readFileSync(daemon.log, 'utf8'))}`);
      }
    }
    return writeKubeconfig(folder, port, token) && (await kubectl.run(['get', '--raw', '/readyz'])).stdout.trim() === 'ok';
  });
  return kubectl;
}

/** Whether there was a certificate to write it with. */
function writeKubeconfig(folder: string, port: number, token: string): boolean {
  let certificate: string;
  try {
    certificate = readFileSync(join(folder, 'certificates/apiserver.crt')).toString('base64');
  } catch {
    return false;
  }
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'test', cluster: { 'server': `https://127.0.0.1:${port}`, 'certificate-authority-data': certificate } }],
    'users': [{ name: 'admin', user: { token } }],
    'contexts': [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  }), { mode: 0o600 });
  return true;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all([...Array(count)].map(async () => new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  })));
  return Promise.all(servers.map(async server => new Promise<number>(resolve => {
    const { port } = server.address() as { port: number };
    server.close(() => resolve(port));
  })));
}
