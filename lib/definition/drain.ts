import type { Duration } from 'cdk8s';

/** How a pod leaves: out of the load balancers first, then the program's own drain, then the end. */
export interface Drain {
  /**
   * Time between the pod being taken out of the Service and SIGTERM, so that no new request meets a closed port
   * (`preStop.sleep`, from Kubernetes 1.30). Beside a `lifecycle.preStop` of your own, the time that it takes.
   *
   * @default - 5 seconds where a Service leads to the pods, else none
   */
  readonly delay?: Duration;
  /**
   * Time that the program may take after SIGTERM.
   *
   * @default - 20 seconds; for tasks 30 seconds in all, as Kubernetes has it
   */
  readonly timeout?: Duration;
  /**
   * The whole time between the end of a pod and its being killed, where it is not the sum of the other two and 5 seconds to spare.
   *
   * @default - `delay`, `timeout` and 5 seconds; for tasks 30 seconds, as Kubernetes has it
   */
  readonly gracePeriod?: Duration;
  /**
   * Whether the program itself waits after SIGTERM before it closes its port; then nothing is needed before Kubernetes 1.30.
   *
   * @default false
   */
  readonly ownDelay?: boolean;
}
