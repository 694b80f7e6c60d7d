import { Construct } from 'constructs';
import type { MonitorOptions } from './monitor-options';
import { PodMonitor } from './pod-monitor';
import { ServiceMonitor } from './service-monitor';
import type { IExposable } from '../definition/exposable';
import { presentWhile } from '../synthesis/presence';

/**
 * Makes the monitor of a workload: of its Service where that offers the port, else of its pods. Both are made and one of them is part of
 * the app, since what a Service offers may be said later.
 */
export function monitorWorkload(target: IExposable & Construct, options: MonitorOptions): void {
  const byService = () => {
    const { service, metricsPort } = target.toExposedPods();
    return service?.ports.some(({ number }) => number === metricsPort?.number) ?? false;
  };
  const { name } = target;
  const ofService = new Construct(target, 'service-monitor');
  presentWhile(ofService, byService);
  new ServiceMonitor(ofService, 'monitor', { ...options, target, name });
  const ofPods = new Construct(target, 'pod-monitor');
  presentWhile(ofPods, () => !byService());
  new PodMonitor(ofPods, 'monitor', { ...options, target, name });
}
