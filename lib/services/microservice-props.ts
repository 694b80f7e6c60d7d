import type { WorkloadOptions } from './workload-options';
import type { DeploymentSpecFields } from '../definition/kubernetes-fields.generated';
import type { Port } from '../definition/port';
import type { Replicas } from '../definition/replicas';
import type { RollingUpdate } from '../definition/rolling-update';
import type { DisruptionOptions } from '../scaling/pod-disruption-budget';
import type { ServiceOptions } from '../traffic/service';

/** What every long-running service with a port takes. */
export interface DeployedServiceOptions extends WorkloadOptions {
  /**
   * How many pods there are.
   *
   * @default Replicas.fixed(2)
   */
  readonly replicas?: Replicas;
  /**
   * How pods are replaced when the definition changes.
   *
   * @default - one by one, never fewer than wanted
   */
  readonly rollingUpdate?: RollingUpdate;
  /**
   * How the Service offers the ports.
   *
   * @default - inside the cluster alone
   */
  readonly service?: ServiceOptions;
  /**
   * How many pods may be missing while nodes are drained.
   *
   * @default - one; there is no budget for a single pod
   */
  readonly disruption?: DisruptionOptions;
  /**
   * Any field of the Deployment's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly deploymentFields?: DeploymentSpecFields;
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
