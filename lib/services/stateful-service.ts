import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { allPorts } from './listening';
import type { ReplicatedOptions } from './replicated-options';
import { ServedWorkload } from './served-workload';
import type { StatefulSetSpecFields } from '../definition/kubernetes-fields.generated';
import type { Port } from '../definition/port';
import { Rollout } from '../definition/rollout';
import { Service, type ServiceOptions, ServiceType } from '../traffic/service';
import { type ClaimRetentionOptions, StatefulSet } from '../workloads/stateful-set';

/** Tells the Service that names pods apart from that of clients, so that monitoring sees each pod once. */
const HEADLESS_LABEL = 'cdk8s-golden-path/headless';

/** A service whose pods keep their names and their storage. */
export interface StatefulServiceProps extends ReplicatedOptions {
  /** The ports that it listens on, the main one first. */
  readonly ports: Port[];
  /**
   * The name or number of the port that monitoring scrapes.
   *
   * @default - none
   */
  readonly metricsPort?: string;
  /**
   * How the Service offers the ports to clients. The pods among themselves use the headless one.
   *
   * @default - inside the cluster alone
   */
  readonly service?: ServiceOptions;
  /**
   * Whether pods start and stop all at once. Otherwise each waits for the one before it, as most clusters want it when they form.
   *
   * @default false
   */
  readonly parallel?: boolean;
  /**
   * What becomes of the claims of the pods (`Volume.claimTemplate`).
   *
   * @default - they stay, whatever happens
   */
  readonly claimRetention?: ClaimRetentionOptions;
  /**
   * Any field of the StatefulSet's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly statefulSetFields?: StatefulSetSpecFields;
}

/**
 * A service whose pods keep their names and their storage: StatefulSet, a Service for clients, a headless one that names each pod,
 * ServiceAccount, PodDisruptionBudget, NetworkPolicy, and a HorizontalPodAutoscaler when it is autoscaled. The pods may talk to each other.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 * @example
 * new StatefulService(chart, 'ledger', {
 *   image: ContainerImage.reference('ghcr.io/acme/ledger:3.0.1'),
 *   ports: [{ name: 'grpc', number: 7000, appProtocol: 'grpc' }],
 *   volumes: { '/var/lib/ledger': Volume.claimTemplate('data', { size: '20Gi' }) },
 *   replicas: Replicas.fixed(3),
 *   health: { readiness: Probe.grpc() },
 * });
 */
export class StatefulService extends ServedWorkload {
  /** The pods. */
  public readonly statefulSet: StatefulSet;
  /** The Service without an address of its own that names each pod; it knows pods before they are ready, so that they find each other. */
  public readonly headlessService: Service;

  public constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id, props);
    const selector = this.matchLabels;
    const headlessName = `${this.name}-headless`;
    this.headlessService = Service._create(this, 'headless-service', {
      name: headlessName,
      owner: this._owner,
      selector: () => selector,
      ports: () => this._offered(),
      portProperty: index => this._offeredProperties()[index],
      options: () => ({ type: ServiceType.HEADLESS, publishNotReadyAddresses: true }),
      labels: { [HEADLESS_LABEL]: 'true' },
    });
    this.statefulSet = StatefulSet._create(this, 'stateful-set', {
      ...this._controller,
      serviceName: headlessName,
      replicas: () => this._effectiveReplicas(),
      rollout: props.rollout ?? Rollout.rolling(),
      parallel: props.parallel ?? false,
      ...props.claimRetention && { claimRetention: props.claimRetention },
      ...props.statefulSetFields && { fields: props.statefulSetFields },
    });
    this._serve(props, props.service);
  }

  /**
   * The host name of one pod.
   *
   * @param ordinal its number, from 0
   */
  public podHost(ordinal: number): string {
    const { namespace } = Chart.of(this);
    return [`${this.name}-${ordinal}`, this.headlessService.name, ...namespace === undefined ? [] : [namespace]].join('.');
  }

  /** @internal */
  protected override _peerPorts(): readonly Port[] {
    return allPorts(this._listening);
  }

  /**
   * An old pod goes before the new one with its name comes.
   *
   * @internal
   */
  protected override _overlaps(): boolean {
    return false;
  }

  /** @internal */
  protected override get _lacksLabel(): string {
    return HEADLESS_LABEL;
  }

  /** @internal */
  protected override get _kind(): string {
    return 'StatefulSet';
  }
}
