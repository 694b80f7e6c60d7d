import type { RealCluster } from './cluster';
import { systemImage } from './system';
import { demandEqual } from '../image-builds/demands';
import type { Workload } from '../image-builds/workload';
import { until } from '../support/real-runs/processes';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const READ_ONLY = 'read-only file system';

/** What the visitor sees of a process (test/node/visitor/inspect.go). */
export interface Inspection {
  readonly status: { readonly [field: string]: string };
  readonly env: readonly string[];
  readonly writes: { readonly [folder: string]: string };
  readonly files: readonly string[];
}

/** What is to be seen from inside a container, and how it must look. */
export const DEMANDS: { readonly [what: string]: (seen: Inspection, workload: Workload) => void } = {
  'user and group': ({ status }, { identity }) => {
    const [user, group] = identity.split(':');
    demandEqual('users and groups of the process', [status.Uid, status.Gid], [user, group].map(id => Array(4).fill(id).join('\t')));
  },
  'no capabilities': ({ status }) => {
    const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];
    demandEqual(sets.join(', '), sets.map(set => Number(`0x${status[set]}`)), sets.map(() => 0));
  },
  'no new privileges': ({ status }) => demandEqual('NoNewPrivs', status.NoNewPrivs, '1'),
  'seccomp filter': ({ status }) => demandEqual('the mode of seccomp', status.Seccomp, '2'),
  'read-only root': ({ writes }, { volumes }) => {
    const folders = Object.keys(writes).filter(folder => !volumes.some(({ path }) => path === folder));
    demandEqual(`writing into ${folders.join(' and ')}`, folders.map(folder => writes[folder]), folders.map(() => READ_ONLY));
  },
  'volumes': ({ writes }, { volumes }) => {
    demandEqual('that /tmp can be written to', volumes.some(({ path, readOnly }) => path === '/tmp' && !readOnly), true);
    volumes.forEach(({ path, readOnly }) => demandEqual(`writing into ${path}`, writes[path], readOnly ? READ_ONLY : ''));
  },
  'no service account token': ({ files }) => demandEqual('the token', files, []),
  'environment': ({ env }, workload) => {
    const wanted = Object.entries(workload.env).map(([name, value]) => `${name}=${value}`).sort();
    demandEqual('the environment', env.filter(variable => variable.split('=')[0] in workload.env).sort(), wanted);
    demandEqual('links to services', env.filter(variable => /^(?!KUBERNETES_)\w+_SERVICE_HOST=/.test(variable)), []);
  },
};

/** The names of the demands that a container does not meet. */
export function brokenDemands(seen: Inspection, workload: Workload, demands = DEMANDS): string[] {
  return Object.entries(demands).filter(([, demand]) => {
    try {
      demand(seen, workload);
      return false;
    } catch {
      return true;
    }
  }).map(([what]) => what);
}

/** What a careless container of the controls should have been. */
export const CAREFUL: Workload = {
  name: 'careless',
  identity: '65532:65532',
  ports: [],
  probes: [],
  env: { LEVEL: 'info' },
  args: [],
  volumes: [{ path: '/tmp', readOnly: false }],
  readOnlyRoot: true,
  graceSeconds: 1,
};

/**
 * Throws where the careless container is taken for a careful one.
 *
 * @param cannotFail demands that no such container can break
 */
export function demandAllBroken(seen: Inspection, demands = DEMANDS, cannotFail: readonly string[] = []): void {
  const broken = brokenDemands(seen, CAREFUL, demands);
  const unnoticed = Object.keys(demands).filter(what => !broken.includes(what) && !cannotFail.includes(what));
  if (unnoticed.length > 0) {
    throw new Error(`not noticed: ${unnoticed.join(', ')}\n${JSON.stringify(seen)}`);
  }
}

/** Looks at the first process of a container, as its user, by a container beside it: there is no shell in it. */
export async function inspect(cluster: RealCluster, namespace: string, pod: string, workload: Workload): Promise<Inspection> {
  const { kubectl } = cluster;
  const eye = `eye-${Date.now()}`;
  await kubectl.output([
    'debug', `pod/${pod}`, '-n', namespace, `--container=${eye}`, `--target=${workload.name}`, `--image=${systemImage('visitor')}`,
    '--profile=restricted', '--attach=false', '--', '/visitor', ...inspectArguments(workload),
  ]);
  await until('the container has been looked at', 60, async () => {
    const { status } = await cluster.json('get', 'pod', pod, '-n', namespace);
    const state = status.ephemeralContainerStatuses?.find(({ name }: any) => name === eye)?.state;
    if (state?.waiting?.message || state?.terminated && state.terminated.exitCode !== 0) {
      throw new Error(`${JSON.stringify(state)} ${await kubectl.output(['logs', pod, '-n', namespace, '-c', eye]).catch(() => '')}`);
    }
    return state?.terminated !== undefined;
  });
  return JSON.parse(await kubectl.output(['logs', pod, '-n', namespace, '-c', eye]));
}

export function inspectArguments({ volumes }: Workload): string[] {
  return ['inspect', `--write=${['/', '/home/nonroot', '/etc', ...volumes.map(({ path }) => path)].join(',')}`, `--files=${TOKEN}`];
}
