import type { Chart } from 'cdk8s';
import { findings, IMAGE, manifestOf, shop } from './services';
import type { PlatformProps } from '../../lib/platform';
import {
  NodeAgent, type NodeAgentProps, OneOffTask, type OneOffTaskProps, ScheduledTask, type ScheduledTaskProps, StatefulService, type StatefulServiceProps,
  Worker, type WorkerProps,
} from '../../lib/services';

/** One of each kind beside services, with no more than it must say. */
export function mailer(chart: Chart, props: Partial<WorkerProps> = {}): Worker {
  return new Worker(chart, 'mailer', { image: IMAGE, ...props });
}

export function ledger(chart: Chart, props: Partial<StatefulServiceProps> = {}): StatefulService {
  return new StatefulService(chart, 'ledger', { image: IMAGE, ports: [{ name: 'http', number: 7000, servicePort: 80 }], ...props });
}

export function collector(chart: Chart, props: Partial<NodeAgentProps> = {}): NodeAgent {
  return new NodeAgent(chart, 'collector', { image: IMAGE, ...props });
}

export function migration(chart: Chart, props: Partial<OneOffTaskProps> = {}): OneOffTask {
  return new OneOffTask(chart, 'migrate', { image: IMAGE, ...props });
}

export function invoices(chart: Chart, props: Partial<ScheduledTaskProps> = {}): ScheduledTask {
  return new ScheduledTask(chart, 'invoices', { image: IMAGE, schedule: '0 3 1 * *', ...props });
}

/** Makes one of them, by the functions above. */
export type Maker<P> = (chart: Chart, props: Partial<P>) => unknown;

/** What is found about one of them. */
export function foundWith<P>(make: Maker<P>, props: Partial<P>, platform?: PlatformProps): string[] {
  const chart = shop(platform);
  make(chart, props);
  return findings(chart);
}

/** The spec of a manifest of one of them, about which nothing is found. */
export function specWith<P>(make: Maker<P>, props: Partial<P>, kind: string, name?: string): any {
  const chart = shop();
  make(chart, props);
  expect(findings(chart)).toEqual([]);
  return manifestOf(chart, kind, name).spec;
}
