import type { Duration } from 'cdk8s';
import type { MonitorMetricRelabelingFields } from '../definition/custom-fields.generated';

/** How monitoring scrapes a port. */
export interface MonitorOptions {
  /**
   * The time between two scrapes.
   *
   * @default - as Prometheus is configured
   */
  readonly interval?: Duration;
  /**
   * How long a scrape may take; not longer than `interval`.
   *
   * @default - as Prometheus is configured
   */
  readonly timeout?: Duration;
  /**
   * The path of the metrics.
   *
   * @default - /metrics, as Prometheus decides
   */
  readonly path?: string;
  /**
   * `http` or `https`.
   *
   * @default - http
   */
  readonly scheme?: string;
  /**
   * Parameters of the query.
   *
   * @default - none
   */
  readonly params?: { [parameter: string]: string[] };
  /**
   * Whether labels of the metrics win over those that Prometheus would give them.
   *
   * @default false
   */
  readonly honorLabels?: boolean;
  /**
   * What is done to the labels of a target before it is scraped.
   *
   * @default - nothing
   */
  readonly relabelings?: MonitorMetricRelabelingFields[];
  /**
   * What is done to metrics before they are stored.
   *
   * @default - nothing
   */
  readonly metricRelabelings?: MonitorMetricRelabelingFields[];
  /**
   * Labels of the monitor, by which Prometheus finds it.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
}
