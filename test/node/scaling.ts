import type { RealCluster } from './cluster';
import { API, type Demo } from './demo';
import { describeLoad, underLoad } from './load';
import { demandEqual } from '../image-builds/demands';
import { until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const LIMITS = { rate: 500, seconds: 110 };
/** How much longer than its window an autoscaler may take. */
const PATIENCE_SECONDS = 180;

/** The autoscaler of the demo, as its manifest has it. */
export class Scaling {
  private calm = 0;
  private readonly spec: any;

  public constructor(private readonly suite: Suite, private readonly cluster: RealCluster, private readonly demo: Demo) {
    this.spec = demo.objects.find(({ kind }) => kind === 'HorizontalPodAutoscaler')!.spec;
  }

  /** More pods under load. */
  public async checkUp(): Promise<void> {
    const { cluster, demo } = this;
    await this.suite.check(`${API.name}: scales up from ${this.spec.minReplicas} under load`, async () => {
      demandEqual('the number of pods', await demo.replicasOf(cluster, API), this.spec.minReplicas);
      const url = await demo.urlOf(cluster, API);
      const begun = Date.now();
      let remark = '';
      const load = await underLoad(cluster, url, API, LIMITS, async () => {
        const count = await this.untilReplicas('it has more pods', LIMITS.seconds - 20, more => more > this.spec.minReplicas);
        remark = `${this.spec.minReplicas} → ${count} after ${Math.round((Date.now() - begun) / 1000)} s`;
        await demo.settle(cluster, API);
      });
      this.calm = Date.now();
      demandEqual(`what was lost, ${describeLoad(load)},`, load.lost, 0);
      return `${remark}; ${describeLoad(load)}`;
    });
  }

  /** As few pods as before, once the load is over. */
  public async checkDown(): Promise<void> {
    if (this.calm === 0) {
      this.suite.skip(`${API.name}: scales down`, 'it did not scale up');
      return;
    }
    await this.suite.check(`${API.name}: scales down to ${this.spec.minReplicas} again`, async () => {
      const window = this.spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? 300;
      await this.untilReplicas('it has as few pods as before', window + PATIENCE_SECONDS, count => count === this.spec.minReplicas);
      await this.demo.settle(this.cluster, API);
      return `${Math.round((Date.now() - this.calm) / 1000)} s after the load, with a window of ${window} s`;
    });
  }

  private async untilReplicas(what: string, seconds: number, condition: (count: number) => boolean): Promise<number> {
    let count = 0;
    await until(what, seconds, async () => {
      count = await this.demo.replicasOf(this.cluster, API);
      return condition(count);
    });
    return count;
  }
}
