import { Duration } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { Address } from './address';
import { Workload } from './workload';
import type { WorkloadOptions } from './workload-options';
import type { ConnectionTarget, IConnectable } from '../definition/connection';
import type { ExposedService } from '../definition/exposable';
import type { DaemonSetSpecFields } from '../definition/kubernetes-fields.generated';
import { NameRule } from '../definition/naming';
import { Placement } from '../definition/placement';
import type { Port } from '../definition/port';
import { Rollout } from '../definition/rollout';
import type { MonitorOptions } from '../observability/monitor-options';
import type { Service, ServiceOptions } from '../traffic/service';
import { DaemonSet } from '../workloads/daemon-set';

/** What runs once on every node. */
export interface NodeAgentProps extends WorkloadOptions {
  /**
   * The ports that it listens on, the main one first. A Service leads to them unless each says `exposed: false`.
   *
   * @default - none, and no Service
   */
  readonly ports?: Port[];
  /**
   * The name or number of the port that monitoring scrapes.
   *
   * @default - none
   */
  readonly metricsPort?: string;
  /**
   * How monitoring scrapes the metrics port, by way of the Prometheus operator: a ServiceMonitor where the Service offers the port, else a
   * PodMonitor.
   *
   * @default - no monitor is made; the network policy admits the monitoring anyway
   */
  readonly monitoring?: MonitorOptions;
  /**
   * How the Service offers the ports; with `internalTrafficPolicy: TrafficPolicy.LOCAL` each pod reaches the agent of its own node.
   *
   * @default - inside the cluster alone
   */
  readonly service?: ServiceOptions;
  /**
   * Whether it runs on every node, whatever taints keep other pods off.
   *
   * @default false
   */
  readonly everyNode?: boolean;
  /**
   * How pods are replaced when the definition changes.
   *
   * @default - node by node
   */
  readonly rollout?: Rollout;
  /**
   * Any field of the DaemonSet's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly daemonSetFields?: DaemonSetSpecFields;
}

/**
 * What runs once on every node: DaemonSet, ServiceAccount, NetworkPolicy, and a Service where it has ports to offer. It may reach into its
 * node only where its definition says so, each time with a warning to acknowledge: `security.hostNetwork`, `Volume.hostPath`, `hostPort`.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 * @example
 * const collector = new NodeAgent(chart, 'log-collector', {
 *   image: ContainerImage.reference('ghcr.io/acme/log-collector:1.8.0'),
 *   volumes: { '/var/log/pods': Volume.hostPath('/var/log/pods', 'Directory').mounted({ readOnly: true }) },
 *   everyNode: true,
 * });
 * Diagnostics.of(collector).acknowledge('host-access', 'the logs of the node are what it collects');
 */
export class NodeAgent extends Workload implements IConnectable {
  /** The pods. */
  public readonly daemonSet: DaemonSet;

  private readonly address?: Address;

  public constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id, {
      component: 'agent',
      ...props,
      ...props.everyNode && { placement: (props.placement ?? Placement.of({}))._onEveryNode() },
      drain: { ...!offers(props) && { delay: Duration.seconds(0) }, ...props.drain },
    });
    this.daemonSet = DaemonSet._create(this, 'daemon-set', {
      ...this._controller,
      rollout: props.rollout ?? Rollout.rolling(),
      ...props.daemonSetFields && { fields: props.daemonSetFields },
    });
    if (offers(props)) {
      this.address = new Address(this, { owner: this._owner, listening: props, ...props.service && { options: props.service } });
    }
  }

  /** The Service; nothing where no port is offered. */
  public get service(): Service | undefined {
    return this.address?.service;
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    return this.address?.toConnectionTarget(client) ?? { name: this.name, host: this.name, ports: [], pods: this._podPeer };
  }

  /** @internal */
  protected override _serviceOptions(): ServiceOptions | undefined {
    return this.address?.options;
  }

  /** @internal */
  protected override _exposedService(): ExposedService | undefined {
    return this.address?.toExposedService();
  }

  /** @internal */
  protected override _runsSeveral(): boolean {
    return true;
  }

  /** @internal */
  protected override get _kind(): string {
    return 'DaemonSet';
  }

  /** @internal */
  protected override get _nameRule(): NameRule {
    return NameRule.SERVICE;
  }
}

/** Whether there is something for a Service to offer. */
function offers({ ports = [] }: NodeAgentProps): boolean {
  return ports.some(port => port.exposed !== false);
}
