import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { defineMonitor, type MonitorKind } from './monitor';
import type { MonitorOptions } from './monitor-options';
import type { MonitorEndpointFields, ServiceMonitorSpecFields } from '../definition/custom-fields.generated';
import type { IExposable } from '../definition/exposable';
import { findContainerPort, listPorts } from '../definition/port';
import { nameOf } from '../synthesis/naming';

/** What a monitor of a Service says. */
export interface ServiceMonitorProps extends MonitorOptions {
  /** The workload, which has a Service. */
  readonly target: IExposable;
  /**
   * The name or number of a port that the Service offers.
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
  readonly endpointFields?: MonitorEndpointFields;
  /**
   * Any field of the spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: ServiceMonitorSpecFields;
}

const KIND: MonitorKind = {
  kind: 'ServiceMonitor',
  endpointsField: 'endpoints',
  endpointType: 'MonitorEndpoint',
  portsOf: ({ service }) => service?.ports,
  renderPort: port => port.name === undefined ? { targetPort: port.number } : { port: port.name },
  renderSelector: ({ service }) => ({
    matchLabels: { ...service?.labels },
    ...service?.lacksLabel !== undefined && { matchExpressions: [{ key: service.lacksLabel, operator: 'DoesNotExist' }] },
  }),
  checkTarget: ({ name }, { service }, report) => {
    if (!service) {
      report({
        code: 'invalid-value',
        property: 'target',
        message: `'${name}' has no Service to scrape.`,
        remedy: 'Write new PodMonitor(…), which scrapes the pods themselves.',
      });
    }
  },
  missingPort: (_, { ports, service }, wanted) => ({
    message: `The Service '${service!.name}' does not offer the port '${wanted}'.`,
    remedy: findContainerPort(ports, wanted)
      ? 'Let the Service offer it, or write new PodMonitor(…), which scrapes the pods themselves.'
      : `Declare it, or name one of ${listPorts(service!.ports)}.`,
  }),
};

/**
 * Lets Prometheus scrape the pods behind the Service of a workload, by way of the Prometheus operator. The network policy of the workload
 * opens for the monitoring namespace on that port. What has no Service, or one that does not offer the port, has a `PodMonitor`.
 *
 * Most workloads need none of their own: their property `monitoring` makes the right kind.
 *
 * Diagnostics: `unknown-port`, `invalid-value`, `conflicting-options`, `invalid-name`, `duplicate-name`, `invalid-label`, `unknown-field`.
 *
 * @see https://prometheus-operator.dev/docs/developer/getting-started/
 * @example
 * const orders = new GoStyleMicroservice(chart, 'orders', { image: GoImage.fromModule('services/orders'), metricsPort: 9090 });
 * new ServiceMonitor(chart, 'orders-metrics', { target: orders, interval: Duration.seconds(15), labels: { release: 'prometheus' } });
 */
export class ServiceMonitor extends Construct {
  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the monitor. */
  public readonly name: string;

  public constructor(scope: Construct, id: string, props: ServiceMonitorProps) {
    super(scope, id);
    this.name = nameOf(this, props.name);
    this.apiObject = defineMonitor(this, KIND, { ...props, name: this.name });
  }
}
