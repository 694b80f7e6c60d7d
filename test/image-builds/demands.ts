import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Container } from './container';
import { differences, executables, programFacts, type Tree, treeOf } from './files';
import type { ContainerConfig, Image } from './oci-layout';
import type { Workload } from './workload';

/** The parts of a toolchain or of the sources, by path. */
const LEFTOVERS = new RegExp([
  '\\.(go|rs)$',
  '^/app/.*\\.(java|ts)$',
  '(^|/)(go\\.(mod|sum|work)|Cargo\\.(toml|lock)|pom\\.xml|package-lock\\.json|Dockerfile|\\.git|\\.netrc|\\.env)$',
  '^/(usr/local/(go|cargo)|go|src|out|target|root/\\.(cache|npm|m2))/',
].join('|'));

/** The image says of itself what the pod says of it. */
export function demandAgreement({ config }: Image, workload: Workload, version: string): void {
  demandEqual('USER', config.User, workload.identity);
  demandEqual('EXPOSE', Object.keys(config.ExposedPorts ?? {}).sort(), workload.ports);
  demandEqual('STOPSIGNAL', config.StopSignal, 'SIGTERM');
  demandEqual('the label version', config.Labels?.['org.opencontainers.image.version'], version);
  if (!config.Entrypoint?.[0]?.startsWith('/')) {
    throw new Error(`ENTRYPOINT is ${JSON.stringify(config.Entrypoint)}, not the path of the program`);
  }
}

/** The program is static, alone, and nothing of its making came along. */
export function demandContents(root: string, config: ContainerConfig, programs: readonly string[], hasShell: boolean): void {
  const program = config.Entrypoint![0];
  if (!programFacts(join(root, program)).isStatic) {
    throw new Error(`${program} needs a loader`);
  }
  demandNoLeftovers(root);
  if (!hasShell) {
    demandEqual('what can be executed', executables(root), programs);
  }
}

/** Neither sources nor tools nor credentials came along. */
export function demandNoLeftovers(root: string): void {
  demandEqual('what was left over from the build', [...treeOf(root).keys()].filter(path => LEFTOVERS.test(path)), []);
}

/** What a program needs of its system to speak to others and to know their time. */
export function demandSystem(root: string): void {
  const missing = ['/etc/ssl/certs/ca-certificates.crt', '/usr/share/zoneinfo/Europe/Berlin', '/etc/passwd'].filter(path => !existsSync(join(root, path)));
  demandEqual('what is missing', missing, []);
}

/** The process is nobody in particular and can become nobody else. */
export function demandIdentity(container: Container, identity: string): void {
  const { Uid, Gid, CapEff, CapPrm, NoNewPrivs } = container.status();
  const [user, group] = identity.split(':');
  demandEqual('the users of the process', Uid, Array(4).fill(user).join('\t'));
  demandEqual('the groups of the process', Gid, Array(4).fill(group).join('\t'));
  demandEqual('its capabilities', [Number(CapEff), Number(CapPrm), NoNewPrivs], [0, 0, '1']);
}

/** Everything that the kubelet asks is answered by 200, or by SERVING. */
export async function demandProbes(container: Container, { probes, grpcProbes = [] }: Workload): Promise<void> {
  if (probes.length + grpcProbes.length === 0) {
    throw new Error('there is nothing to ask');
  }
  for (const { port, path } of probes) {
    const { status, body } = await container.get(port, path);
    demandEqual(`the answer to ${path} on ${port}, ${body.trim()},`, status, 200);
  }
  for (const { port, service } of grpcProbes) {
    demandEqual(`that '${service}' serves on ${port}`, await container.isServing(port, service), true);
  }
}

/** The program ends by itself, in time, and calls that a success. */
export async function demandTermination(container: Container, graceSeconds: number): Promise<number> {
  const { status, seconds } = await container.terminate(graceSeconds);
  demandEqual(`the exit status after SIGTERM, having said\n${container.output()},`, status, 0);
  return seconds;
}

/** Nothing but what lies below the folders that were left out has changed. */
export function demandUntouched(before: Tree, after: Tree): void {
  demandEqual('what the program wrote', differences(before, after), []);
}

export function demandEqual(what: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }
}
