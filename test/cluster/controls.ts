import { changes, restrictedNamespace } from './application-checks';
import type { Cluster } from './cluster';
import type { Answer } from './kubectl';
import type { Suite } from '../support/real-runs/suite';

const NAMESPACE = 'cluster-test-controls';

/** What a restricted namespace demands of a container. */
const RESTRICTED = {
  allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' },
};

function podTemplate(securityContext: object): object {
  return { metadata: { labels: { app: 'control' } }, spec: { containers: [{ name: 'control', image: 'example.com/control:1', securityContext }] } };
}

function pod(securityContext: object): object {
  const { spec } = podTemplate(securityContext) as { spec: object };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'control', namespace: NAMESPACE }, spec };
}

function deployment(spec: object, securityContext: object = RESTRICTED): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'control', namespace: NAMESPACE },
    spec: { selector: { matchLabels: { app: 'control' } }, template: podTemplate(securityContext), ...spec },
  };
}

/** Shows that the cluster and these checks can say no; without that, their yes is worth nothing. */
export async function checkControls(suite: Suite, cluster: Cluster): Promise<void> {
  const { kubectl } = cluster;
  const prepared = await suite.check('control: a restricted pod and a Deployment are accepted', async () => {
    await cluster.claimNamespaces([NAMESPACE]);
    demandNothing(await kubectl.apply('-', [restrictedNamespace(NAMESPACE)]));
    await cluster.provideDefaultAccount(NAMESPACE);
    demandNothing(await kubectl.judge(pod(RESTRICTED)));
    demandNothing(await kubectl.apply('-', [deployment({})]));
  });
  if (!prepared) {
    return;
  }
  await suite.check('control: an unknown field is refused', async () =>
    demand(await kubectl.apply('-', [deployment({ replica: 2 })]), /^Error from server\b.*\.spec\.replica: field not declared in schema/));
  await suite.check('control: a value of a wrong type is refused', async () =>
    demand(await kubectl.apply('-', [deployment({ replicas: 'two' })]), /spec\.replicas/));
  await suite.check('control: a privileged pod is refused', async () =>
    demand(await kubectl.judge(pod({ ...RESTRICTED, allowPrivilegeEscalation: true, privileged: true })), /forbidden: violates PodSecurity "restricted/));
  await suite.check('control: a pod that may run as root is refused', async () =>
    demand(await kubectl.judge(pod({ ...RESTRICTED, runAsNonRoot: undefined })), /forbidden: violates PodSecurity "restricted/));
  await suite.check('control: a warning counts', async () =>
    demand(await kubectl.judge(deployment({}, {})), /^Warning: would violate PodSecurity "restricted/));
  await suite.check('control: a change counts', async () => {
    const before = await kubectl.apply('-', [deployment({})]);
    const after = await kubectl.apply('-', [deployment({ minReadySeconds: 1 })]);
    if (changes(before.objects, after.objects, cluster.isOurs).join() !== `Deployment ${NAMESPACE}/control`) {
      throw new Error('the Deployment was changed, and nobody saw it');
    }
  });
}

function demand({ complaints }: Answer, expected: RegExp): void {
  if (!expected.test(complaints)) {
    throw new Error(`expected ${expected}, and the answer was: ${complaints || 'yes'}`);
  }
}

function demandNothing({ complaints, objects }: Answer): void {
  if (complaints || objects.length === 0) {
    throw new Error(complaints || 'the server did not answer');
  }
}
