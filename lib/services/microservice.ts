import { Chart } from 'cdk8s';
import type { INetworkPolicyPeer, IPodSelector, IScalable, NetworkPolicyPeerConfig, PodSelectorConfig, ScalingTarget } from 'cdk8s-plus-27';
import { Construct, type IConstruct } from 'constructs';
import { resolveConnections } from './connection-env';
import type { MicroserviceProps } from './microservice-props';
import { checkService } from './service-checks';
import { definePods } from './service-pods';
import { findPort, offeredBySidecars } from './service-ports';
import { Egress } from './workload-options';
import type { ConnectionOptions, ConnectionTarget, IConnectable, PodPeer } from '../definition/connection';
import type { ResolvedImage } from '../definition/container-image';
import type { HorizontalPodAutoscalerSpecFields } from '../definition/kubernetes-fields.generated';
import { NameRule } from '../definition/naming';
import type { PodDefinition } from '../definition/pod-definition';
import type { Port } from '../definition/port';
import { type AutoscalingOptions, Replicas } from '../definition/replicas';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import type { ContainerSecurity } from '../definition/security';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent, within } from '../diagnostics/report';
import { Model } from '../model/model';
import { type Decisions, Platform } from '../platform/platform';
import { containerIdentityOf } from '../pods/security-context';
import { HorizontalPodAutoscaler, type ScalingSettings } from '../scaling/horizontal-pod-autoscaler';
import { PodDisruptionBudget } from '../scaling/pod-disruption-budget';
import { markScalableService } from '../scaling/scalable-service';
import { autoscalerKey, reportSecondAutoscaler, reportSeveralAutoscalers, type ScaleTarget } from '../scaling/scale-target';
import { claim } from '../synthesis/claims';
import { type Owner, selectorLabels } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';
import { routeServiceAnnotations } from '../traffic/ingress/backend-uses';
import { NetworkPolicy } from '../traffic/network-policy';
import { toRouteBackend } from '../traffic/route-backends';
import { Service, type ServiceOptions, ServiceType } from '../traffic/service';
import { Deployment } from '../workloads/deployment';
import { ServiceAccount } from '../workloads/service-account';

const DEFAULT_REPLICAS = 2;

/** An autoscaler's settings, and who gave them beside the definition. */
interface AddedScaling {
  readonly scaler: IConstruct;
  readonly options: AutoscalingOptions;
  readonly fields?: HorizontalPodAutoscalerSpecFields;
}

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
  private readonly addedScalings: AddedScaling[] = [];
  private readonly laidOver: ServiceOptions[] = [];
  private foreignAutoscalers = 0;
  private autoscalerClaims: readonly IConstruct[] = [];
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
      pod: (decisions, report) => this.definePods(decisions, report),
    });
    this.service = Service._create(this, 'service', {
      name,
      owner,
      selector: () => selector,
      ports: () => this.offered(),
      portProperty: index => this.offeredProperties()[index],
      options: () => this.serviceOptions(),
      annotations: () => routeServiceAnnotations(this),
      givenElsewhere: option => this.laidOver.some(options => option in options),
    });
    this.networkPolicy = NetworkPolicy._create(this, 'network-policy', {
      name,
      owner,
      selector,
      subject: this,
      ports: () => this.offered(),
      metricsPort: () => this.metricsPort()?.number,
      service: () => this.serviceOptions(),
      unrestrictedEgress: props.egress === Egress.UNRESTRICTED,
    });
    if (!this.replicas._isSingle) {
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
    return this._scaleBy(this, options);
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    const namespace = Chart.of(this).namespace;
    const near = namespace === undefined || Chart.of(client).namespace === namespace;
    // Without an address of its own a Service translates no ports: clients reach the pods themselves.
    const headless = this.serviceOptions().type === ServiceType.HEADLESS;
    const metrics = this.metricsPort();
    return {
      name: this.name,
      host: near ? this.name : `${this.name}.${namespace}`,
      ports: this.service._ports.map((port, index) => {
        const scheme = port.appProtocol ?? port.name;
        return {
          ...port.name !== undefined && { name: port.name },
          port: headless ? port.number : port.servicePort ?? port.number,
          podPort: port.number,
          ...port.protocol && { protocol: port.protocol },
          ...(scheme === 'http' || scheme === 'https') && { scheme },
          ...index > 0 && port === metrics && { optIn: true },
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
    this.foreignAutoscalers++;
    this.hasAutoscaler = true;
    this.makeBudget();
  }

  public toScalingTarget(): ScalingTarget {
    return { ...this.scaleTarget(), containers: [] };
  }

  /** @internal */
  public _scaleBy(scaler: IConstruct, options: AutoscalingOptions, fields?: HorizontalPodAutoscalerSpecFields): HorizontalPodAutoscaler {
    const [earlier] = this.addedScalings;
    this.addedScalings.push({ scaler, options, ...fields && { fields } });
    this.hasAutoscaler = true;
    this.makeBudget();
    const autoscaler = this.makeAutoscaler();
    if (earlier) {
      Diagnostics._check(scaler, report => reportSecondAutoscaler(
        earlier.scaler.node.path, this.scaleTarget(), within(report, scaler === this ? 'addScaling' : 'target')));
    } else if (scaler !== this) {
      Diagnostics._check(scaler, report => autoscaler._checkSettings(within(report, 'scaling'), within(report, 'autoscalerFields')));
    }
    return autoscaler;
  }

  /** @internal */
  public _offerWith(options: ServiceOptions): void {
    this.laidOver.push(options);
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

  private metricsPort(): Port | undefined {
    const { metricsPort } = this.props;
    return metricsPort === undefined ? undefined : findPort(this.props, metricsPort);
  }

  /** The ports that the Service may offer: those of the main container, and those of sidecars that say so. */
  private offered(): readonly Port[] {
    return [...this.props.ports, ...offeredBySidecars(this.props).map(({ port }) => port)];
  }

  private offeredProperties(): string[] {
    return [...this.props.ports.map((_, index) => this._portProperty(index)), ...offeredBySidecars(this.props).map(({ property }) => property)];
  }

  private serviceOptions(): ServiceOptions {
    return Object.assign({}, this.props.service, ...this.laidOver);
  }

  private podPeer(): PodPeer {
    const { namespace } = Chart.of(this);
    return { labels: this.matchLabels, ...namespace !== undefined && { namespace } };
  }

  private resolvedImage(): ResolvedImage {
    return this.props.image._resolve(Platform._imageContext(Platform._decisions(this), this.name), silent);
  }

  /** An autoscaler of whatever origin owns the number of pods. */
  private effectiveReplicas(): Replicas {
    const [added] = this.addedScalings;
    return added ? Replicas.autoscaled(added.options) : this.hasAutoscaler && !this.replicas.isAutoscaled ? Replicas.unmanaged() : this.replicas;
  }

  private scaleTarget(): ScaleTarget {
    return { apiVersion: 'apps/v1', kind: 'Deployment', name: this.deployment.name };
  }

  private scalingSettings(): ScalingSettings {
    const [added] = this.addedScalings;
    return added
      ? { ...added, ...added.scaler === this && { property: 'addScaling' } }
      : { options: this.replicas._autoscaling!, property: 'replicas' };
  }

  private makeAutoscaler(): HorizontalPodAutoscaler {
    if (!this.autoscalerConstruct) {
      this.autoscalerClaims = claim(this, autoscalerKey(this, this.scaleTarget()));
      this.autoscalerConstruct = HorizontalPodAutoscaler._create(this, 'autoscaler', {
        name: this.name,
        owner: this.owner,
        target: this.scaleTarget(),
        settings: () => this.scalingSettings(),
        containers: ({ resources: byDefault }) => [
          { name: this.name, resources: this.props.resources ?? byDefault, memoryFollowsLimit: this._memoryFollowsLimit },
          ...(this.props.sidecars ?? []).map(({ name, resources = byDefault }) => ({ name, resources })),
        ],
      });
    }
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
    const ports = () => props.ports;
    markScalableService(this);
    Model.of(this)._addService({ construct: this, name, image: () => this.resolvedImage().reference, ports });
    const identity = (security: ContainerSecurity = {}) => containerIdentityOf(security, props.security ?? {}, Platform._decisions(this));
    props.image._usedBy({ construct: this, name, ports, identity: () => identity() });
    for (const { image, name: container, ports: own = [], security } of [...props.sidecars ?? [], ...props.initContainers ?? []]) {
      image._usedBy({ construct: this, name: container, ports: () => own, identity: () => identity(security) });
    }
    Diagnostics._check(this, report => {
      checkService(props, report);
      const [first] = this.autoscalerClaims;
      reportSecondAutoscaler(first === this ? undefined : first?.node.path, this.scaleTarget(), report);
      reportSeveralAutoscalers(this.foreignAutoscalers + (this.autoscalerConstruct ? 1 : 0), this.scaleTarget(), report);
    });
  }

  private definePods(decisions: Decisions, report: Report): PodDefinition {
    const { name, props } = this;
    const serviceAccountName = props.serviceAccountName ?? this.serviceAccount?.name;
    return definePods({
      name,
      props,
      portProperty: index => this._portProperty(index),
      ...serviceAccountName !== undefined && { serviceAccountName },
      connections: resolveConnections(Model.of(this)._connectionsFrom(this)),
      runtimeEnv: this._runtimeEnv(decisions),
    }, report);
  }
}
