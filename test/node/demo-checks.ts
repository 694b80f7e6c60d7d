import type { RealCluster } from './cluster';
import { type Demo, SERVICES, type Service } from './demo';
import { DEMANDS, inspect } from './inside';
import { demandEqual } from '../image-builds/demands';
import { until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const HOST = 'example.com';

/** Deploys the demo as its users do, and looks at it from inside and outside. */
export async function checkDemo(suite: Suite, cluster: RealCluster, demo: Demo): Promise<boolean> {
  let certificate = '';
  const deployed = await suite.check('the demo is applied as it says, and everything gets ready', async () => {
    await cluster.makeRoom(demo.objects, demo.namespace);
    const objects = await demo.apply(cluster);
    certificate = await demo.provideSecrets(cluster);
    for (const service of SERVICES) {
      await until(`${service.name} has two pods`, 60, async () => await demo.replicasOf(cluster, service) === 2);
      await demo.settle(cluster, service);
    }
    return objects;
  });
  if (!deployed) {
    return false;
  }
  for (const service of SERVICES) {
    await checkContainer(suite, cluster, demo, service);
  }
  await checkRoute(suite, cluster, demo, certificate);
  return true;
}

async function checkContainer(suite: Suite, cluster: RealCluster, demo: Demo, service: Service): Promise<void> {
  const workload = demo.workloadOf(service);
  await suite.check(`${service.name}: every pod is ready, answers its probes and is found by its name`, async () => {
    await demo.demandHealth(cluster, service);
    const pods = await demo.podsOf(cluster, service);
    for (const { port, path } of workload.probes) {
      for (const { status } of pods) {
        demandEqual(`the answer to ${path}`, (await cluster.visit(['get', `--url=http://${status.podIP}:${port}${path}`])).status, 200);
      }
    }
    const url = `http://${service.name}.${demo.namespace}.svc.cluster.local${service.path}`;
    demandEqual(`the version at ${url}`, new RegExp(service.version).exec((await cluster.visit(['get', `--url=${url}`])).body)?.[1], demo.version);
    return `${pods.length} pods`;
  });
  const [pod] = await demo.podsOf(cluster, service);
  const seen = inspect(cluster, demo.namespace, pod.metadata.name, workload);
  seen.catch(() => undefined);
  for (const [what, demand] of Object.entries(DEMANDS)) {
    await suite.check(`${service.name}: ${what}, seen from inside`, async () => demand(await seen, workload));
  }
}

/** The ways in, by the ingress controller. */
async function checkRoute(suite: Suite, cluster: RealCluster, demo: Demo, certificate: string): Promise<void> {
  const [ingress] = (await cluster.json('get', 'ingress', '-n', demo.namespace)).items;
  if (!cluster.isOurs && (await cluster.kubectl.run(['get', 'ingressclass', ingress.spec.ingressClassName])).status !== 0) {
    suite.skip('the route answers', `the cluster has no ingress class ${ingress.spec.ingressClassName}`);
    return;
  }
  let address = '';
  await suite.check('the route answers by HTTPS with its certificate, and by HTTP sends there', async () => {
    await until('the Ingress has an address', 60, async () => {
      const { status } = await cluster.json('get', 'ingress', ingress.metadata.name, '-n', demo.namespace);
      const [{ ip, hostname } = {} as any] = status.loadBalancer?.ingress ?? [];
      address = ip ?? hostname ?? '';
      return address !== '';
    });
    const get = async (url: string): Promise<any> =>
      cluster.visit(['get', `--url=${url}`, `--address=${address}:${url.startsWith('https') ? 443 : 80}`, '--ca=/dev/stdin'], 30, certificate);
    await until('the ingress controller knows the route', 30, async () => get(`https://${HOST}${SERVICES[0].path}`).then(({ status }) => status === 200, () => false));
    for (const { name, path, version } of SERVICES) {
      const { status, body } = await get(`https://${HOST}${path}`);
      demandEqual(`the status and version of ${name} at ${path}`, [status, new RegExp(version).exec(body)?.[1]], [200, demo.version]);
      const { status: redirected, location } = await get(`http://${HOST}${path}`);
      demandEqual(`where ${path} by HTTP leads`, [[301, 308].includes(redirected), location], [true, `https://${HOST}${path}`]);
    }
    demandEqual('the status of another path', (await get(`https://${HOST}/other`)).status, 404);
    demandEqual('the status of another host', (await get(`http://other.${HOST}/api`)).status, 404);
    return address;
  });
}
