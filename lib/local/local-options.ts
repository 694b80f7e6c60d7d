/** How an app runs on one machine. */
export interface LocalOptions {
  /**
   * The name of the app, which comes before the names of its containers, networks and volumes.
   *
   * @default - the id of the chart of its first service, with the name of the environment
   */
  readonly appName?: string;
  /**
   * Services that are left out, by name.
   *
   * @default - none
   */
  readonly without?: string[];
  /**
   * The flag by which a program that is built here asks itself whether it is well, for example `-healthcheck`. It stands for questions over the
   * network, which Docker does not ask: an image without a shell has no program for them.
   *
   * @default - such services have no health check, and a warning says so
   */
  readonly probeFlag?: string;
  /**
   * The commands that ask a service, by its name, where neither the flag nor its own probe will do.
   *
   * @default - none
   */
  readonly probes?: { [service: string]: string[] };
  /**
   * The port of the machine that leads to the main port of a service, by its name.
   *
   * @default - services that a route leads to, or that are open to the outside, get the number of their own port, or the next that is free
   */
  readonly ports?: { [service: string]: number };
  /**
   * Folders of the machine that are mounted into a service, by its name and the path in the container: code that changes while it runs.
   * They are relative to the working directory.
   *
   * @default - none
   */
  readonly liveCode?: { [service: string]: { [path: string]: string } };
  /**
   * The major version of the engine of Docker that runs it. Before 25 a health check has no `start_interval`, and an engine that does not know it
   * refuses the whole file; so it is left out, and who waits for a service that starts waits a whole interval longer at most.
   *
   * @default - 25 or newer
   */
  readonly engineVersion?: number;
  /**
   * The image whose shell gives new volumes to the group of a service (`fsGroup`), as the kubelet does in a cluster.
   *
   * @default busybox:1.37.0
   */
  readonly volumeImage?: string;
  /**
   * The image of the Prometheus that scrapes what is monitored, in the profile `observability`.
   *
   * @default prom/prometheus:v3.5.0
   */
  readonly prometheusImage?: string;
}
