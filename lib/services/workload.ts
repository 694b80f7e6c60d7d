import { Chart } from 'cdk8s';
import type { INetworkPolicyPeer, IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { resolveConnections } from './connection-env';
import { goRuntimeEnv } from './go-runtime';
import { allPorts, findMetricsPort, type Listening, offeredBySidecars } from './listening';
import { checkApiAccess, checkWorkload } from './workload-checks';
import type { WorkloadOptions } from './workload-options';
import { definePods } from './workload-pods';
import type { IAccessRole } from '../access/access-role';
import type { Role } from '../access/role';
import type { RoleBinding } from '../access/role-binding';
import { type AccessGrant, type GrantOptions, WorkloadAccess } from '../access/workload-access';
import type { ConnectionOptions, IConnectable, PodPeer } from '../definition/connection';
import type { ResolvedImage } from '../definition/container-image';
import type { ExposedPods, ExposedService, IExposable } from '../definition/exposable';
import { NameRule } from '../definition/naming';
import type { PodDefinition } from '../definition/pod-definition';
import type { Port } from '../definition/port';
import type { ContainerSecurity } from '../definition/security';
import type { VolumeUser } from '../definition/volume';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent } from '../diagnostics/report';
import { Model } from '../model/model';
import { monitorWorkload } from '../observability/workload-monitor';
import { type Decisions, Platform } from '../platform/platform';
import { containerIdentityOf } from '../pods/security-context';
import { RolloutOrder } from '../rollouts/rollout-order';
import { type Owner, selectorLabels } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';
import { NetworkPolicy } from '../traffic/network-policy';
import { type AllowedTargets, Traffic } from '../traffic/network-policy-options';
import { addressesOutside, type ServiceOptions } from '../traffic/service';
import type { ControllerDefinition } from '../workloads/controller';
import { ServiceAccount } from '../workloads/service-account';

/**
 * What everything has in common that runs pods: an identity, the policy of who may talk to them, connections, an image.
 *
 * It can stand wherever cdk8s-plus takes a pod selector or a network policy peer.
 */
export abstract class Workload extends Construct implements IExposable, IPodSelector, INetworkPolicyPeer {
  /** The name of everything that was made. */
  public readonly name: string;
  /** The identity of the pods; nothing where an existing one is used. */
  public readonly serviceAccount?: ServiceAccount;
  /** Who may talk to the pods, and to whom they may talk. */
  public readonly networkPolicy: NetworkPolicy;

  /** @internal */
  protected readonly _owner: Owner;
  /** @internal */
  protected readonly _listening: Listening;

  private readonly access: WorkloadAccess;

  /** Each kind then makes the object that runs the pods. */
  protected constructor(scope: Construct, id: string, props: WorkloadOptions) {
    super(scope, id);
    this._listening = props;
    this.name = nameOf(this, props.name);
    this._owner = {
      name: this.name,
      construct: this,
      nameRule: this._nameRule,
      component: props.component ?? 'service',
      version: () => this._resolvedImage().tag,
      ...props.labels && { labels: props.labels },
      ...props.annotations && { annotations: props.annotations },
    };
    if (props.serviceAccountName === undefined) {
      this.serviceAccount = ServiceAccount._create(this, 'service-account', this.name, this._owner, props.serviceAccountAnnotations);
    }
    this.access = new WorkloadAccess({
      construct: this, name: this.name, owner: this._owner, serviceAccountName: props.serviceAccountName ?? this.name,
    });
    this.networkPolicy = NetworkPolicy._create(this, 'network-policy', {
      name: this.name,
      owner: this._owner,
      selector: this.matchLabels,
      subject: this,
      ports: () => this._offered(),
      metricsPort: () => findMetricsPort(this._listening)?.number,
      service: () => this._serviceOptions(),
      peerPorts: () => this._peerPorts(),
      containerPorts: () => allPorts(this._listening),
      options: props.networkPolicy ?? {},
      ingress: props.ingress ?? Traffic.DECLARED,
      egress: props.egress ?? Traffic.DECLARED,
      apiServer: () => this.talksToApiServer,
    });
    this.register();
    const { monitoring } = this._listening;
    if (monitoring) {
      monitorWorkload(this, monitoring);
    }
  }

  /** The labels that select the pods. */
  public get matchLabels(): { [label: string]: string } {
    return selectorLabels(this._owner);
  }

  /**
   * Connects the pods to a service or to something outside: environment variables with its host and port, the network policy of
   * both ends, and an edge in the model.
   *
   * Diagnostics: `connection-without-port`, `duplicate-connection`, `duplicate-env`, `unknown-port`, `invalid-host`.
   */
  public connectTo(target: IConnectable, options: ConnectionOptions = {}): void {
    Model.of(this)._connect({ client: this, clientPods: () => this._podPeer, target, options });
  }

  public toExposedPods(): ExposedPods {
    const metricsPort = findMetricsPort(this._listening);
    const service = this._exposedService();
    return {
      labels: this.matchLabels,
      ports: allPorts(this._listening),
      ...metricsPort && { metricsPort },
      ...service && { service },
    };
  }

  /** The roles that were made for what was granted. */
  public get roles(): Role[] {
    return this.access.roles;
  }

  /** The bindings of what was granted. */
  public get roleBindings(): RoleBinding[] {
    return [...this.access.bindings];
  }

  /**
   * Lets the pods ask something of the API server: a Role and a RoleBinding for all that is granted in one namespace, the token of the
   * ServiceAccount in the pods, and the way to the API server, whose address the platform says (`apiServer`).
   *
   * Diagnostics: `invalid-value`, `conflicting-options`, `invalid-name`, `broad-access`, `api-server-unknown`.
   *
   * @example
   * orders.grantAccess({ resources: ['configmaps'], resourceNames: ['flags'], verbs: ['get', 'watch'] });
   */
  public grantAccess(grant: AccessGrant): void {
    this.access.grant(grant);
  }

  /**
   * Gives the pods a role that several workloads share, or that somebody else makes; like `grantAccess` else.
   *
   * Diagnostics: `invalid-name`, `conflicting-options`, `broad-access`, `api-server-unknown`.
   */
  public grantRole(role: IAccessRole, options: GrantOptions = {}): void {
    this.access.grantRole(role, options);
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

  /**
   * The kind of the object that runs the pods.
   *
   * @internal
   */
  protected abstract get _kind(): string;

  /**
   * The rule that the names of all objects follow.
   *
   * @internal
   */
  protected get _nameRule(): NameRule {
    return NameRule.LABEL;
  }

  /**
   * The ports on which the pods reach each other.
   *
   * @internal
   */
  protected _peerPorts(): readonly Port[] {
    return [];
  }

  /**
   * How a Service offers the ports; nothing where there is none.
   *
   * @internal
   */
  protected _serviceOptions(): ServiceOptions | undefined {
    return undefined;
  }

  /**
   * The Service of its own, as monitors see it; nothing where there is none.
   *
   * @internal
   */
  protected _exposedService(): ExposedService | undefined {
    return undefined;
  }

  /**
   * Variables that the runtime of the language wants; the user's own take precedence.
   *
   * @internal
   */
  protected _runtimeEnv(decisions: Decisions): { [name: string]: string } {
    const { resources = decisions.resources, image } = this._listening;
    const goVersion = image._goVersion();
    return goVersion === undefined ? {} : goRuntimeEnv(resources, goVersion);
  }

  /**
   * The property where the user wrote a port.
   *
   * @internal
   */
  protected _portProperty(index: number): string {
    return `ports[${index}]`;
  }

  /**
   * The ports that a Service may offer: those of the main container, and those of sidecars that say so.
   *
   * @internal
   */
  public _offered(): readonly Port[] {
    return [...this._listening.ports ?? [], ...offeredBySidecars(this._listening).map(({ port }) => port)];
  }

  /**
   * Where the user wrote each of them.
   *
   * @internal
   */
  public _offeredProperties(): readonly string[] {
    const { ports = [] } = this._listening;
    return [...ports.map((_, index) => this._portProperty(index)), ...offeredBySidecars(this._listening).map(({ property }) => property)];
  }

  /**
   * The pods, as the network policies of others select them.
   *
   * @internal
   */
  public get _podPeer(): PodPeer {
    const { namespace } = Chart.of(this);
    return { labels: this.matchLabels, ...namespace !== undefined && { namespace } };
  }

  /**
   * Whether more than one pod may run at a time.
   *
   * @internal
   */
  protected _runsSeveral(): boolean {
    return false;
  }

  /**
   * Whether a new pod comes before the old one goes.
   *
   * @internal
   */
  protected _overlaps(): boolean {
    return false;
  }

  /** @internal */
  protected _resolvedImage(): ResolvedImage {
    return this._listening.image._resolve(Platform._imageContext(Platform._decisions(this), this.name), silent);
  }

  /**
   * What the object that runs the pods is made from, whatever its kind.
   *
   * @internal
   */
  protected get _controller(): ControllerDefinition {
    const order = RolloutOrder.of(this);
    return {
      name: this.name,
      owner: this._owner,
      labels: () => order.labelsOf(this),
      annotations: () => order.annotationsOf(this),
      pod: (decisions, report) => this.definePods(decisions, report),
    };
  }

  private definePods(decisions: Decisions, report: Report): PodDefinition {
    const { name, _listening: listening } = this;
    const { namespace } = Chart.of(this);
    const serviceAccountName = listening.serviceAccountName ?? this.serviceAccount?.name;
    return definePods({
      name,
      props: listening,
      portProperty: index => this._portProperty(index),
      ...serviceAccountName !== undefined && { serviceAccountName },
      automountServiceAccountToken: this.talksToApiServer,
      connections: resolveConnections(Model.of(this)._connectionsFrom(this)),
      runtimeEnv: this._runtimeEnv(decisions),
      // Pods that talk to each other may do so by their Service.
      admittedHosts: this._peerPorts().length > 0 ? [this.name, ...namespace === undefined ? [] : [`${this.name}.${namespace}`]] : [],
      labels: Object.fromEntries(Model.of(this)._frontsOf(this).flatMap(({ podLabel }) => podLabel === undefined ? [] : [[podLabel, 'true']])),
    }, report);
  }

  /** Metrics are for the monitoring alone, whatever else the Service offers. */
  private openPorts(): readonly Port[] {
    const metricsPort = findMetricsPort(this._listening)?.number;
    return addressesOutside(this._serviceOptions() ?? {}).length === 0 ? []
      : this._offered().filter(port => port.exposed !== false).filter((port, index) => index === 0 || port.number !== metricsPort);
  }

  private get talksToApiServer(): boolean {
    return this._listening.serviceAccountToken ?? !this.access.isEmpty;
  }

  private register(): void {
    const { _listening: listening, name } = this;
    const ports = () => listening.ports ?? [];
    Model.of(this)._addService({
      construct: this,
      name,
      kind: this._kind,
      image: () => this._resolvedImage().reference,
      ports,
      talksToAnyone: () => (listening.egress ?? Traffic.DECLARED) !== Traffic.DECLARED
        || allowedTargets(listening).some(target => !namesPods(target)),
      openPorts: () => this.openPorts(),
      talksToPods: () => allowedTargets(listening).some(namesPods),
      pod: (decisions, report) => this.definePods(decisions, report),
    });
    const identity = (security: ContainerSecurity = {}) => containerIdentityOf(security, listening.security ?? {}, Platform._decisions(this));
    listening.image._usedBy({ construct: this, name, ports, identity: () => identity() });
    for (const { image, name: container, ports: own = [], security } of [...listening.sidecars ?? [], ...listening.initContainers ?? []]) {
      image._usedBy({ construct: this, name: container, ports: () => own, identity: () => identity(security) });
    }
    const user: VolumeUser = { construct: this, several: () => this._runsSeveral(), overlaps: () => this._overlaps() };
    for (const { volumes = {} } of [listening, ...listening.sidecars ?? [], ...listening.initContainers ?? []]) {
      Object.values(volumes).forEach(volume => volume._usedBy(user));
    }
    Diagnostics._check(this, report => {
      checkWorkload(listening, report);
      checkApiAccess(listening, { granted: !this.access.isEmpty, talks: this.talksToApiServer }, Platform._decisions(this), report);
    });
  }
}

function allowedTargets({ networkPolicy }: WorkloadOptions): readonly AllowedTargets[] {
  return networkPolicy?.allowTo ?? [];
}

/** What names neither pods nor addresses is everybody. */
function namesPods({ namespace, namespaceLabels, podLabels }: AllowedTargets): boolean {
  return namespace !== undefined || namespaceLabels !== undefined || podLabels !== undefined;
}
