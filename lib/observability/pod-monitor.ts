import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { defineMonitor, type MonitorKind } from './monitor';
import type { MonitorOptions } from './monitor-options';
import type { MonitorPodMetricsEndpointFields, PodMonitorSpecFields } from '../definition/custom-fields.generated';
import type { IExposable } from '../definition/exposable';
import { listPorts } from '../definition/port';
import { nameOf } from '../synthesis/naming';

/** What a monitor of pods says. */
export interface PodMonitorProps extends MonitorOptions {
  /** The workload. */
  readonly target: IExposable;
  /**
   * The name or number of a port of its containers.
   *
   * @default - the port for monitoring of the workload
   */
  readonly port?: string;
  /**
   * The name of the monitor.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * Annotations of the monitor.
   *
   * @default - none beside those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Any field of the endpoint that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly endpointFields?: MonitorPodMetricsEndpointFields;
  /**
   * Any field of the spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: PodMonitorSpecFields;
}

const KIND: MonitorKind = {
  kind: 'PodMonitor',
  endpointsField: 'podMetricsEndpoints',
  endpointType: 'MonitorPodMetricsEndpoint',
  portsOf: ({ ports }) => ports,
  renderPort: port => port.name === undefined ? { portNumber: port.number } : { port: port.name },
  renderSelector: ({ labels }) => ({ matchLabels: { ...labels } }),
  checkTarget: () => undefined,
  missingPort: ({ name }, { ports }, wanted) => ({
    message: `'${name}' has no port '${wanted}'.`,
    remedy: ports.length > 0 ? `Declare it, or name one of ${listPorts(ports)}.` : 'Declare it.',
  }),
};

/**
 * Lets Prometheus scrape the pods of a workload without a Service, by way of the Prometheus operator. The network policy of the workload
 * opens for the monitoring namespace on that port.
 *
 * Most workloads need none of their own: their property `monitoring` makes the right kind.
 *
 * Diagnostics: `unknown-port`, `invalid-value`, `conflicting-options`, `invalid-name`, `duplicate-name`, `invalid-label`, `unknown-field`.
 *
 * @see https://prometheus-operator.dev/docs/developer/getting-started/
 * @example
 * const mailer = new Worker(chart, 'mailer', {
 *   image: ContainerImage.reference('ghcr.io/acme/mailer:2.1.0'),
 *   ports: [{ name: 'metrics', number: 9090 }],
 *   metricsPort: 'metrics',
 * });
 * new PodMonitor(chart, 'mailer-metrics', { target: mailer, interval: Duration.seconds(30) });
 */
export class PodMonitor extends Construct {
  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the monitor. */
  public readonly name: string;

  public constructor(scope: Construct, id: string, props: PodMonitorProps) {
    super(scope, id);
    this.name = nameOf(this, props.name);
    this.apiObject = defineMonitor(this, KIND, { ...props, name: this.name });
  }
}
