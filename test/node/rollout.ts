import type { RealCluster } from './cluster';
import type { Demo, Service } from './demo';
import { describeLoad, type Load, underLoad } from './load';
import { demandEqual } from '../image-builds/demands';
import type { Suite } from '../support/real-runs/suite';

const LIMITS = { rate: 200, seconds: 240 };
const CONTROL_TRIES = 3;

/** Rolls out another version and takes it back, under load: every request is answered. */
export async function checkRollout(suite: Suite, cluster: RealCluster, service: Service, first: Demo, second: Demo): Promise<void> {
  await suite.check(`${service.name}: a rolling update and an undo under ${LIMITS.rate} requests a second lose none`, async () => {
    const load = await underLoad(cluster, await first.urlOf(cluster, service), service, LIMITS, async () => {
      await second.apply(cluster, service);
      await second.settle(cluster, service);
      await cluster.kubectl.output(['rollout', 'undo', `deployment/${service.name}`, '-n', first.namespace]);
      await first.settle(cluster, service);
    });
    demandEqual(`what was lost, ${describeLoad(load)},`, load.lost, 0);
    demandEqual(`what answered, ${describeLoad(load)},`, Object.keys(load.answers).sort(), [first.version, second.version]);
    return describeLoad(load);
  });
}

/** The same program without the wait before it ends: the check above can fail. */
export async function checkWithoutDrain(suite: Suite, cluster: RealCluster, service: Service, demo: Demo): Promise<void> {
  await suite.check(`control: ${service.name} without the wait before it ends loses some`, async () => {
    const target = [`deployment/${service.name}`, '-n', demo.namespace];
    const withoutWait = [{ op: 'remove', path: '/spec/template/spec/containers/0/lifecycle' }];
    await cluster.kubectl.output(['patch', ...target, '--type=json', `--patch=${JSON.stringify(withoutWait)}`]);
    await demo.settle(cluster, service);
    const url = await demo.urlOf(cluster, service);
    const loads: Load[] = [];
    while (loads.length < CONTROL_TRIES && loads.every(({ lost }) => lost === 0)) {
      loads.push(await underLoad(cluster, url, service, LIMITS, async () => {
        await cluster.kubectl.output(['rollout', 'restart', ...target]);
        await demo.settle(cluster, service);
      }));
    }
    await demo.apply(cluster, service);
    await demo.settle(cluster, service);
    const said = loads.map(describeLoad).join('\n');
    if (loads.every(({ lost }) => lost === 0)) {
      throw new Error(`nothing was lost:\n${said}`);
    }
    return said;
  });
}
