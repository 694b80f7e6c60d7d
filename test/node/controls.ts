import type { RealCluster } from './cluster';
import { CAREFUL, demandAllBroken, DEMANDS, inspectArguments, type Inspection } from './inside';
import { systemImage } from './system';
import { until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const NAMESPACE = 'node-test-controls';

/** A pod that is all that ours are not. */
const CARELESS = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'careless', namespace: NAMESPACE },
  spec: {
    containers: [{
      name: 'careless',
      image: systemImage('visitor'),
      securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'Unconfined' } },
      volumeMounts: [{ name: 'scratch', mountPath: '/tmp', readOnly: true }],
      env: [{ name: 'LEVEL', value: 'debug' }],
    }],
    restartPolicy: 'Never',
    volumes: [{ name: 'scratch', emptyDir: {} }],
  },
};

/** Shows that each demand can fail, by a pod that meets none. */
export async function checkControls(suite: Suite, cluster: RealCluster): Promise<void> {
  const { kubectl } = cluster;
  await suite.check('control: of a careless pod, everything is noticed', async () => {
    await kubectl.output(['create', 'namespace', NAMESPACE]);
    cluster.remember(`namespace/${NAMESPACE}`);
    const [container] = CARELESS.spec.containers;
    const pod = { ...CARELESS, spec: { ...CARELESS.spec, containers: [{ ...container, args: inspectArguments(CAREFUL) }] } };
    await until('the careless pod is accepted', 30, async () => (await kubectl.apply('-', [pod])).complaints === '');
    await until('the careless pod has looked at itself', 60, async () => (await cluster.json('get', 'pod', 'careless', '-n', NAMESPACE)).status.phase === 'Succeeded');
    const seen: Inspection = JSON.parse(await kubectl.output(['logs', 'careless', '-n', NAMESPACE]));
    demandAllBroken(seen);
    return `${Object.keys(DEMANDS).length} demands`;
  });
}
