import type { WorkloadOptions } from './workload-options';
import { findContainerPort, type Port } from '../definition/port';
import type { MonitorOptions } from '../observability/monitor-options';

/** What a workload listens on, as far as its kind has such properties. */
export interface Listening extends WorkloadOptions {
  readonly ports?: Port[];
  readonly metricsPort?: string;
  readonly monitoring?: MonitorOptions;
}

/** A port, and where the user wrote it. */
interface PlacedPort {
  readonly port: Port;
  readonly property: string;
}

/** The ports of sidecars that the Service offers. */
export function offeredBySidecars({ sidecars = [] }: WorkloadOptions): PlacedPort[] {
  return sidecars.flatMap(({ ports = [] }, sidecar) => ports
    .map((port, index) => ({ port, property: `sidecars[${sidecar}].ports[${index}]` }))
    .filter(({ port }) => port.exposed === true));
}

/** The ports of all long-running containers. */
export function allPorts({ ports = [], sidecars = [] }: Listening): Port[] {
  return [...ports, ...sidecars.flatMap(sidecar => sidecar.ports ?? [])];
}

/** The port that monitoring scrapes. */
export function findMetricsPort(listening: Listening): Port | undefined {
  return listening.metricsPort === undefined ? undefined : findContainerPort(allPorts(listening), listening.metricsPort);
}
