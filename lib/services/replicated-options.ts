import type { WorkloadOptions } from './workload-options';
import type { DeploymentSpecFields } from '../definition/kubernetes-fields.generated';
import type { Port } from '../definition/port';
import type { Replicas } from '../definition/replicas';
import type { Rollout } from '../definition/rollout';
import type { MonitorOptions } from '../observability/monitor-options';
import type { DisruptionOptions } from '../scaling/pod-disruption-budget';
import type { ServiceOptions } from '../traffic/service';

/** What everything takes that runs several pods which are alike. */
export interface ReplicatedOptions extends WorkloadOptions {
  /**
   * How many pods there are.
   *
   * @default Replicas.fixed(2)
   */
  readonly replicas?: Replicas;
  /**
   * How pods are replaced when the definition changes.
   *
   * @default - one by one, never fewer than wanted; with a StatefulService the last one first
   */
  readonly rollout?: Rollout;
  /**
   * How many pods may be missing while nodes are drained.
   *
   * @default - one; there is no budget for a single pod
   */
  readonly disruption?: DisruptionOptions;
  /**
   * How monitoring scrapes the metrics port, by way of the Prometheus operator: a ServiceMonitor where the Service offers the port, else a
   * PodMonitor.
   *
   * @default - no monitor is made; the network policy admits the monitoring anyway
   */
  readonly monitoring?: MonitorOptions;
}

/** What everything takes that runs as a Deployment. */
export interface DeployedOptions extends ReplicatedOptions {
  /**
   * Any field of the Deployment's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly deploymentFields?: DeploymentSpecFields;
}

/** What every long-running service with a port takes. */
export interface DeployedServiceOptions extends DeployedOptions {
  /**
   * How the Service offers the ports.
   *
   * @default - inside the cluster alone
   */
  readonly service?: ServiceOptions;
}

/** A service of any runtime. */
export interface MicroserviceProps extends DeployedServiceOptions {
  /** The ports that it listens on, the main one first. */
  readonly ports: Port[];
  /**
   * The name or number of the port that monitoring scrapes.
   *
   * @default - none
   */
  readonly metricsPort?: string;
}
