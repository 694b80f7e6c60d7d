import { Chart } from 'cdk8s';
import type { INetworkPolicyPeer, IPodSelector, IScalable, NetworkPolicyPeerConfig, PodSelectorConfig, ScalingTarget } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { connectionEnv, resolveConnections } from './connection-env';
import { checkHosts } from './unconnected-hosts';
import { Egress, type WorkloadOptions } from './workload-options';
import type { ConnectionOptions, ConnectionTarget, IConnectable, PodPeer } from '../definition/connection';
import type { Container } from '../definition/container';
import type { ResolvedImage } from '../definition/container-image';
import type { DeploymentSpecFields } from '../definition/kubernetes-fields.generated';
import { NameRule } from '../definition/naming';
import { Placement } from '../definition/placement';
import type { PodDefinition } from '../definition/pod-definition';
import type { Port } from '../definition/port';
import { type AutoscalingOptions, Replicas } from '../definition/replicas';
import type { RollingUpdate } from '../definition/rolling-update';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent, within } from '../diagnostics/report';
import { Model } from '../model/model';
import { type Decisions, Platform } from '../platform/platform';
import { identityOf } from '../pods/security-context';
import { HorizontalPodAutoscaler, type ScaleTarget } from '../scaling/horizontal-pod-autoscaler';
import { autoscalerKey, reportSecondAutoscaler } from '../scaling/hpa-service';
import { type DisruptionOptions, PodDisruptionBudget } from '../scaling/pod-disruption-budget';
import { markScalableService } from '../scaling/scalable-service';
import { claim } from '../synthesis/claims';
import { type Owner, selectorLabels } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';
import { NetworkPolicy } from '../traffic/network-policy';
import { toRouteBackend } from '../traffic/route-backends';
import { Service, type ServiceOptions } from '../traffic/service';
import { Deployment } from '../workloads/deployment';
import { ServiceAccount } from '../workloads/service-account';

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
   * The name of the port that monitoring scrapes.
   *
   * @default - none
   */
  readonly metricsPort?: string;
}

const DEFAULT_REPLICAS = 2;

/**
 * A service of any runtime: Deployment, Service, ServiceAccount, PodDisruptionBudget, NetworkPolicy, and a HorizontalPodAutoscaler when it
 * is autoscaled. It meets the restricted Pod Security Standard; what is weaker is reported.
 *
 * It can stand wherever cdk8s-plus takes a pod selector, a network policy peer or a scalable workload.
 *
 * @example
 * new Microservice(chart, 'reports', {
 *   image: ContainerImage.reference('ghcr.io/acme/reports:2.1.0'),
 *   ports: [{ name: 'http', number: 3000, servicePort: 80 }],
 *   health: { readiness: Probe.http('/ready'), liveness: Probe.http('/live') },
 * });
 */
export class Microservice extends Construct implements IConnectable, IRoutable, IPodSelector, INetworkPolicyPeer, IScalable {
  /** The name of everything that was made. */
  public readonly name: string;
  /** The pods. */
  public readonly deployment: Deployment;
  /** The stable address. */
  public readonly service: Service;
  /** Who may talk to the pods, and to whom they may talk. */
  public readonly networkPolicy: NetworkPolicy;
  /** The identity of the pods; nothing where an existing one is used. */
  public readonly serviceAccount?: ServiceAccount;
  /** Whether an autoscaler decides how many pods there are. */
  public hasAutoscaler: boolean;

  private readonly props: MicroserviceProps;
  private readonly owner: Owner;
  private readonly replicas: Replicas;
  private readonly addedScaling: AutoscalingOptions[] = [];
  private readonly serviceAdjustments: ServiceOptions[] = [];
  private readonly addedPorts: Port[] = [];
  private autoscalerConstruct?: HorizontalPodAutoscaler;
  private budgetConstruct?: PodDisruptionBudget;

  public constructor(scope: Construct, id: string, props: MicroserviceProps) {
    super(scope, id);
    this.props = props;
    this.name = nameOf(this, props.name);
    this.replicas = props.replicas ?? Replicas.fixed(DEFAULT_REPLICAS);
    this.hasAutoscaler = this.replicas.isAutoscaled;
    this.owner = {
      name: this.name,
      construct: this,
      nameRule: NameRule.SERVICE,
      component: props.component ?? 'service',
      version: () => this.resolvedImage().tag,
      ...props.labels && { labels: props.labels },
      ...props.annotations && { annotations: props.annotations },
    };
    const { name, owner } = this;
    const selector = selectorLabels(owner);

    if (props.serviceAccountName === undefined) {
      this.serviceAccount = ServiceAccount._create(this, 'service-account', name, owner);
    }
    this.deployment = Deployment._create(this, 'deployment', {
      name,
      owner,
      replicas: () => this.effectiveReplicas(),
      rollingUpdate: props.rollingUpdate ?? {},
      ...props.deploymentFields && { fields: props.deploymentFields },
      pod: (decisions, report) => this.podDefinition(decisions, report),
    });
    this.service = Service._create(this, 'service', {
      name,
      owner,
      selector,
      ports: () => this.ports(),
      portsChecked: true,
      options: () => this.serviceOptions(),
    });
    this.networkPolicy = NetworkPolicy._create(this, 'network-policy', {
      name,
      owner,
      selector,
      subject: this,
      ports: () => this.ports(),
      metricsPort: () => this.ports().find(port => port.name === props.metricsPort)?.number,
      service: () => this.serviceOptions(),
      unrestrictedEgress: props.egress === Egress.UNRESTRICTED,
    });
    const minimum = this.replicas._minimum;
    if (minimum === undefined || minimum > 1) {
      this.makeBudget();
    }
    if (this.replicas.isAutoscaled) {
      this.makeAutoscaler();
    }
    this.register();
  }

  /** The autoscaler; nothing where the number of pods is fixed. */
  public get autoscaler(): HorizontalPodAutoscaler | undefined {
    return this.autoscalerConstruct;
  }

  /** The disruption budget; nothing for a single pod. */
  public get disruptionBudget(): PodDisruptionBudget | undefined {
    return this.budgetConstruct;
  }

  /** The construct whose network policy a route opens. */
  public get routedConstruct(): IConstruct | undefined {
    return this;
  }

  /** The labels that select the pods. */
  public get matchLabels(): { [label: string]: string } {
    return selectorLabels(this.owner);
  }

  /**
   * Connects the service to another one or to something outside: environment variables with its host and port, the network policy of
   * both ends, and an edge in the model.
   *
   * Diagnostics: `connection-without-port`, `duplicate-connection`, `duplicate-env`, `unknown-port`, `invalid-host`.
   */
  public connectTo(target: IConnectable, options: ConnectionOptions = {}): void {
    Model.of(this)._connect({ client: this, clientPods: () => this.podPeer(), target, options });
  }

  /**
   * Lets an autoscaler decide how many pods there are; it replaces what `replicas` says.
   *
   * Diagnostics: `duplicate-autoscaler` for a second call, `min-above-max`, `invalid-replicas`, `metric-without-request`.
   */
  public addScaling(options: AutoscalingOptions): HorizontalPodAutoscaler {
    this.addedScaling.push(options);
    this.hasAutoscaler = true;
    this.makeBudget();
    return this.makeAutoscaler();
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    const namespace = Chart.of(this).namespace;
    const near = namespace === undefined || Chart.of(client).namespace === namespace;
    return {
      name: this.name,
      host: near ? this.name : `${this.name}.${namespace}`,
      ports: this.ports().filter(port => port.exposed !== false).map(port => {
        const scheme = port.appProtocol ?? port.name;
        return {
          ...port.name !== undefined && { name: port.name },
          port: port.servicePort ?? port.number,
          podPort: port.number,
          ...port.protocol && { protocol: port.protocol },
          ...(scheme === 'http' || scheme === 'https') && { scheme },
        };
      }),
      pods: this.podPeer(),
    };
  }

  public toRouteBackend(port?: string): RouteBackend {
    return toRouteBackend(this.service.name, this.service._ports, port);
  }

  public toPodSelectorConfig(): PodSelectorConfig {
    // Only who uses cdk8s-plus-27 loads it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { LabelSelector } = require('cdk8s-plus-27') as typeof import('cdk8s-plus-27');
    const { namespace } = Chart.of(this);
    return {
      labelSelector: LabelSelector.of({ labels: this.matchLabels }),
      ...namespace !== undefined && { namespaces: { names: [namespace] } },
    };
  }

  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  public markHasAutoscaler(): void {
    this.hasAutoscaler = true;
  }

  public toScalingTarget(): ScalingTarget {
    return { ...this.scaleTarget(), containers: [] };
  }

  /** @internal */
  public _adjustService(options: ServiceOptions, ports: readonly Port[]): void {
    this.serviceAdjustments.push(options);
    this.addedPorts.push(...ports);
  }

  /**
   * Variables that the runtime of the language wants; the user's own take precedence.
   *
   * @internal
   */
  protected _runtimeEnv(_decisions: Decisions): { [name: string]: string } {
    return {};
  }

  /**
   * The property where the user wrote a port.
   *
   * @internal
   */
  protected _portProperty(index: number): string {
    return `ports[${index}]`;
  }

  private ports(): readonly Port[] {
    return this.addedPorts.length > 0 ? [...this.props.ports, ...this.addedPorts] : this.props.ports;
  }

  private serviceOptions(): ServiceOptions {
    return Object.assign({}, this.props.service, ...this.serviceAdjustments);
  }

  private podPeer(): PodPeer {
    const { namespace } = Chart.of(this);
    return { labels: this.matchLabels, ...namespace !== undefined && { namespace } };
  }

  private resolvedImage(): ResolvedImage {
    const { imageTag, registry } = Platform._decisions(this);
    return this.props.image._resolve({ serviceName: this.name, tag: imageTag, ...registry !== undefined && { registry } }, silent);
  }

  /** An autoscaler of whatever origin owns the number of pods. */
  private effectiveReplicas(): Replicas {
    const [scaling] = this.addedScaling;
    return scaling ? Replicas.autoscaled(scaling) : this.hasAutoscaler && !this.replicas.isAutoscaled ? Replicas.unmanaged() : this.replicas;
  }

  private scaleTarget(): ScaleTarget {
    return { apiVersion: 'apps/v1', kind: 'Deployment', name: this.deployment.name };
  }

  private makeAutoscaler(): HorizontalPodAutoscaler {
    if (this.autoscalerConstruct) {
      return this.autoscalerConstruct;
    }
    const target = this.scaleTarget();
    const claims = claim(this, autoscalerKey(this, target));
    this.autoscalerConstruct = HorizontalPodAutoscaler._create(this, 'autoscaler', {
      name: this.name,
      owner: this.owner,
      target,
      scaling: () => this.addedScaling[0] ?? this.replicas._autoscaling!,
      property: () => this.addedScaling.length > 0 ? 'scaling' : 'replicas',
      containers: decisions => [this.mainContainer({}), ...this.props.sidecars ?? []]
        .map(({ name, resources }) => ({ name, resources: resources ?? decisions.resources })),
      memoryFollowsLimit: this._memoryFollowsLimit,
      check: report => reportSecondAutoscaler(
        this.addedScaling.length > 1 ? `${this.node.path} addScaling` : claims[0] === this ? undefined : claims[0].node.path, target, report),
    });
    return this.autoscalerConstruct;
  }

  /**
   * Whether the runtime fills memory up to the container's limit before it collects.
   *
   * @internal
   */
  protected get _memoryFollowsLimit(): boolean {
    return false;
  }

  private makeBudget(): void {
    this.budgetConstruct ??= PodDisruptionBudget._create(this, 'disruption-budget', {
      name: this.name,
      owner: this.owner,
      selector: this.matchLabels,
      options: this.props.disruption ?? {},
      minimum: () => this.effectiveReplicas()._minimum,
    });
  }

  private register(): void {
    const { props, name } = this;
    markScalableService(this);
    Model.of(this)._addService({
      construct: this,
      name,
      image: () => this.resolvedImage().reference,
      ports: () => this.ports(),
    });
    const identity = () => identityOf(props.security ?? {}, Platform._decisions(this));
    props.image._usedBy({ construct: this, name, ports: () => this.ports(), identity });
    for (const container of [...props.sidecars ?? [], ...props.initContainers ?? []]) {
      container.image._usedBy({ construct: this, name: container.name, ports: () => container.ports ?? [], identity });
    }
    Diagnostics._check(this, report => this.checkMetricsPort(report));
  }

  private mainContainer(env: { [name: string]: string }): Container {
    const { image, command, args, workingDir, envValueFrom, envFrom, volumes, resources, health, security, containerFields } = this.props;
    return {
      name: this.name,
      image,
      ports: [...this.ports()],
      env,
      ...command && { command },
      ...args && { args },
      ...workingDir !== undefined && { workingDir },
      ...envValueFrom && { envValueFrom },
      ...envFrom && { envFrom },
      ...volumes && { volumes },
      ...resources && { resources },
      ...health && { health },
      ...security && { security },
      ...containerFields && { containerFields },
    };
  }

  private podDefinition(decisions: Decisions, report: Report): PodDefinition {
    const { props } = this;
    const connections = resolveConnections(Model.of(this)._connectionsFrom(this));
    const declared = connectionEnv(connections, report);
    const own = { ...props.env };
    for (const name of Object.keys(declared).filter(key => key in own || key in (props.envValueFrom ?? {}))) {
      within(report, 'env')({
        code: 'duplicate-env',
        property: name,
        message: `A connection gives the variable ${name} already.`,
        remedy: "Drop it, or connect with another 'envPrefix' or with env: false.",
      });
    }
    if (props.egress !== Egress.UNRESTRICTED) {
      checkHosts(Object.assign({}, ...(props.envFrom ?? []).map(source => source._variables()), own), connections, report);
    }
    const runtime = Object.entries(this._runtimeEnv(decisions)).filter(([name]) => !(name in own) && !(name in (props.envValueFrom ?? {})));
    const serviceAccountName = props.serviceAccountName ?? this.serviceAccount?.name;
    return {
      containers: [this.mainContainer({ ...Object.fromEntries(runtime), ...declared, ...own })],
      portProperty: index => this._portProperty(index),
      initContainers: props.initContainers ?? [],
      sidecars: props.sidecars ?? [],
      ...serviceAccountName !== undefined && { serviceAccountName },
      automountServiceAccountToken: props.serviceAccountToken ?? false,
      security: props.security ?? {},
      placement: props.placement ?? Placement.of({}),
      drain: props.drain ?? {},
      imagePullSecrets: props.imagePullSecrets ?? [],
      labels: props.podLabels ?? {},
      annotations: { ...props.annotations, ...props.podAnnotations },
      ...props.podFields && { podFields: props.podFields },
      ...props.overrides && { overrides: props.overrides },
    };
  }

  private checkMetricsPort(report: Report): void {
    const { metricsPort } = this.props;
    if (metricsPort !== undefined && !this.ports().some(port => port.name === metricsPort)) {
      report({
        code: 'unknown-port',
        property: 'metricsPort',
        message: `There is no port '${metricsPort}' to scrape.`,
        remedy: `Declare it, or name one of ${this.ports().map(port => `'${port.name ?? port.number}'`).join(', ')}.`,
      });
    }
  }
}
