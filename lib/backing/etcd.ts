import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackingServiceOptions } from './backing-options';
import { DUMP_FILE } from './backing-recipe';
import { BackingService } from './backing-service';
import { checkMembers, usableMembers } from './checks';
import { DEFAULT_RESOURCES, DEFAULT_STORAGE } from './defaults';
import { serverHealth } from './health';
import { ContainerImage } from '../definition/container-image';
import { EnvReference } from '../definition/env-reference';
import { Probe } from '../definition/probe';
import { Diagnostics } from '../diagnostics/diagnostics';

/** An etcd. */
export interface EtcdProps extends BackingServiceOptions {
  /**
   * How many members it has: 1, 3, 5 or 7. It is chosen once: members that come later have to be announced by `etcdctl member add`.
   *
   * @default 1
   */
  readonly members?: number;
}

const CLIENT_PORT = 2379;
const PEER_PORT = 2380;
const DATA = '/var/lib/etcd';
const MEMBERS = [1, 3, 5, 7];

/**
 * An etcd of the official image, with one member or several that form a cluster. It has no login: what guards it is the network policy, which
 * admits those who connect to it. Clients get `<NAME>_HOST`, `_PORT` and `_URL`.
 *
 * Diagnostics: `invalid-replicas`.
 *
 * @see https://etcd.io/docs/latest/op-guide/clustering/
 * @example
 * const registry = new Etcd(chart, 'registry', { version: '3.6.5', members: 3 });
 */
export class Etcd extends BackingService {
  public constructor(scope: Construct, id: string, props: EtcdProps) {
    super(scope, id, props);
    const { name } = this;
    const { version, members = 1, storage = DEFAULT_STORAGE, resources = DEFAULT_RESOURCES } = props;
    const clustered = members > 1;
    const peer = (pod: string) => `http://${pod}.${name}-headless:${PEER_PORT}`;
    const pods = Array.from({ length: usableMembers(members, MEMBERS) }, (_, ordinal) => `${name}-${ordinal}`);
    const common = [
      // A folder of its own: the top of a volume may be open to others, which etcd refuses.
      `--data-dir=${DATA}/data`,
      `--listen-client-urls=http://0.0.0.0:${CLIENT_PORT}`,
      `--advertise-client-urls=http://${name}:${CLIENT_PORT}`,
    ];
    const alone = [
      ...common,
      '--name=default',
      `--listen-peer-urls=http://127.0.0.1:${PEER_PORT}`,
      `--initial-advertise-peer-urls=http://127.0.0.1:${PEER_PORT}`,
      `--initial-cluster=default=http://127.0.0.1:${PEER_PORT}`,
    ];
    const together = [
      ...common,
      '--name=$(POD_NAME)',
      `--listen-peer-urls=http://0.0.0.0:${PEER_PORT}`,
      `--initial-advertise-peer-urls=${peer('$(POD_NAME)')}`,
      `--initial-cluster=${pods.map(pod => `${pod}=${peer(pod)}`).join(',')}`,
      `--initial-cluster-token=${name}`,
    ];
    // Without a majority it answers nothing.
    const ready = ['etcdctl', `--endpoints=http://127.0.0.1:${CLIENT_PORT}`, 'endpoint', 'health'];
    this._run({
      kind: 'Etcd',
      dump: ({ host, port }) => ({ command: ['etcdctl', `--endpoints=http://${host}:${port}`, 'snapshot', 'save', DUMP_FILE] }),
      component: 'database',
      image: ContainerImage.reference(`gcr.io/etcd-development/etcd:v${version}`),
      ports: [
        { name: 'client', number: CLIENT_PORT, appProtocol: 'http' },
        ...clustered ? [{ name: 'peer', number: PEER_PORT, exposed: false }] : [],
      ],
      // The image has a command and no entrypoint, so arguments alone would take the place of the program.
      command: ['etcd'],
      args: clustered ? together : alone,
      ...clustered && { alone: { args: alone }, envValueFrom: { POD_NAME: EnvReference.field('metadata.name') } },
      data: { path: DATA, storage },
      resources,
      health: serverHealth(Probe.command(ready, { timeout: Duration.seconds(6) })),
      members,
    });
    Diagnostics._check(this, report => {
      checkMembers(members, MEMBERS, report);
      if (/^v/.test(version)) {
        report({ code: 'invalid-version', property: 'version', message: `'${version}' begins with a letter.`, remedy: `Write '${version.slice(1)}'.` });
      }
    });
  }
}
