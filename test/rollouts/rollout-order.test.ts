import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { RolloutOrder } from '../../lib/rollouts/rollout-order';

function constructs(count: number): Construct[] {
  const app = new App();
  return Array.from({ length: count }, (_, index) => new Construct(app, `c${index}`));
}

/** Lets the second of each pair wait for the first. */
function ordered(all: readonly Construct[], waits: readonly (readonly [number, number])[]): RolloutOrder {
  const order = RolloutOrder.of(all[0]);
  const tasks = all.map(construct => ({ construct, jobName: () => construct.node.id }));
  waits.forEach(([task, workload]) => order.hold(all[workload], tasks[task]));
  return order;
}

test('there is one for an app', () => {
  const [a, b] = constructs(2);
  expect(RolloutOrder.of(a)).toBe(RolloutOrder.of(b));
  expect(RolloutOrder.of(a).isEmpty).toBe(true);
  expect(RolloutOrder.of(constructs(1)[0])).not.toBe(RolloutOrder.of(a));
});

test('a wave is one more than the last that is waited for, however the calls are ordered', () => {
  const all = constructs(5);
  const order = ordered(all, [[2, 3], [0, 1], [1, 2], [0, 3]]);
  expect(all.map(each => order.waveOf(each))).toEqual([0, 1, 2, 3, 0]);
  expect(order.labelsOf(all[3])).toEqual({ 'cdk8s-golden-path/wave': '3' });
  expect(order.annotationsOf(all[3])).toEqual({ 'argocd.argoproj.io/sync-wave': '3' });
  expect([order.labelsOf(all[0]), order.annotationsOf(all[4])]).toEqual([{}, {}]);
  expect(order.tasks.map(({ construct }) => construct.node.id).sort()).toEqual(['c0', 'c1', 'c2']);
});

test('what was asked before does not go stale', () => {
  const all = constructs(3);
  const order = ordered(all, [[0, 1]]);
  expect(order.waveOf(all[2])).toBe(0);
  ordered(all, [[1, 2]]);
  expect(order.waveOf(all[2])).toBe(2);
});

test('circles end', () => {
  const all = constructs(5);
  const order = ordered(all, [[0, 1], [1, 2], [2, 0], [2, 3]]);
  expect(order.circleOf(all[0])).toEqual([all[0], all[2], all[1]]);
  expect(order.circleOf(all[3])).toBeUndefined();
  expect(order.circleOf(all[4])).toBeUndefined();
  expect(all.map(each => order.waveOf(each)).every(Number.isInteger)).toBe(true);
});

test('many ways through the same tasks take no more time than there are tasks', () => {
  const layers = 60;
  const all = constructs(2 * layers);
  const pairs = Array.from({ length: layers - 1 }, (_, layer) => [0, 1].flatMap(from => [0, 1].map(to => [2 * layer + from, 2 * layer + 2 + to] as const))).flat();
  const order = ordered(all, pairs);
  expect(order.waveOf(all[2 * layers - 1])).toBe(layers - 1);
  expect(order.circleOf(all[2 * layers - 1])).toBeUndefined();
});
