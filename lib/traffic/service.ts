import { type ApiObject, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { compact, type Json } from '../definition/json';
import type { ServiceSpecFields } from '../definition/kubernetes-fields.generated';
import { checkAnnotations, NameRule } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { checkPortNumber, checkPorts, inList, type Port, Protocol } from '../definition/port';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** Who reaches a Service. */
export enum ServiceType {
  /** The cluster alone. */
  CLUSTER_IP = 'ClusterIP',
  /** Everybody who reaches a node. */
  NODE_PORT = 'NodePort',
  /** Everybody who reaches the load balancer. */
  LOAD_BALANCER = 'LoadBalancer',
  /** The cluster alone; the name answers with the pods' own addresses. */
  HEADLESS = 'Headless',
}

/** Whether traffic from a node goes to pods of the same node alone. */
export enum TrafficPolicy {
  /** To all pods. */
  CLUSTER = 'Cluster',
  /** To pods of the same node; from outside this keeps the client's address. */
  LOCAL = 'Local',
}

/** How a Service offers its ports. */
export interface ServiceOptions {
  /**
   * Who reaches it.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;
  /**
   * The addresses outside the cluster that a NodePort or LoadBalancer admits, as CIDRs; the network policy admits the same.
   *
   * @default - every address, for those two types; none for the others
   */
  readonly allowedCidrs?: string[];
  /**
   * The port of every node that leads to each port of the Service, by its name.
   *
   * @default - the cluster chooses
   */
  readonly nodePorts?: { [port: string]: number };
  /**
   * How long a client keeps its pod; 24 hours at most.
   *
   * @default - every connection may go to another pod
   */
  readonly sessionAffinity?: Duration;
  /**
   * Where traffic from outside goes.
   *
   * @default TrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: TrafficPolicy;
  /**
   * Where traffic from inside goes.
   *
   * @default TrafficPolicy.CLUSTER
   */
  readonly internalTrafficPolicy?: TrafficPolicy;
  /**
   * The implementation of the load balancer.
   *
   * @default - that of the cluster
   */
  readonly loadBalancerClass?: string;
  /**
   * Whether pods count before they are ready, as the members of a cluster need it to find each other.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;
  /**
   * Annotations of the Service alone, for load balancers for example.
   *
   * @default - none
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Any field of the spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: ServiceSpecFields;
}

/** What a Service is made from; read when it renders. */
export interface ServiceDefinition {
  readonly name: string;
  readonly owner: Owner;
  readonly selector: { readonly [label: string]: string };
  readonly ports: () => readonly Port[];
  /** Whether a workload checks the ports already. */
  readonly portsChecked?: boolean;
  readonly options: () => ServiceOptions;
}

const MAX_AFFINITY_SECONDS = 86400;
const CIDR = /^([\d.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)\/\d{1,3}$/;
const NODE_PORT_RANGE = [30000, 32767] as const;

/** A stable name and address in front of pods. */
export class Service extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: ServiceDefinition): Service {
    return new Service(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the Service, which is its host name in the namespace. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: ServiceDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'Service',
      name: definition.name,
      nameRule: NameRule.SERVICE,
      owner: definition.owner,
      annotations: () => definition.options().annotations ?? {},
      fields: { spec: (report, decisions) => this.renderSpec(report, decisions) },
    });
  }

  /**
   * The ports that it offers.
   *
   * @internal
   */
  public get _ports(): readonly Port[] {
    return this.definition.ports().filter(port => port.exposed !== false);
  }

  private renderSpec(report: Report, decisions: Decisions): Json {
    const { selector, portsChecked } = this.definition;
    const options = this.definition.options();
    const type = options.type ?? ServiceType.CLUSTER_IP;
    const fromOutside = isReachedFromOutside(options);
    if (!portsChecked) {
      checkPorts(this.definition.ports(), inList('ports'), report);
    }
    if (this._ports.length === 0 && type !== ServiceType.HEADLESS) {
      report({ code: 'unknown-port', property: 'ports', message: 'The Service has no port to offer.', remedy: 'Declare a port, or let one be exposed.' });
    }
    const ofOptions = within(report, 'service');
    checkOptions(options, fromOutside, this._ports, ofOptions);
    checkAnnotations(options.annotations, 'annotations', ofOptions);
    const affinity = options.sessionAffinity?.toSeconds();
    return mergeFields('ServiceSpec', compact({
      type: type === ServiceType.HEADLESS ? ServiceType.CLUSTER_IP : type,
      clusterIP: type === ServiceType.HEADLESS ? 'None' : undefined,
      selector: { ...selector },
      ports: this._ports.map(port => compact({
        name: port.name,
        port: port.servicePort ?? port.number,
        targetPort: port.name ?? port.number,
        protocol: port.protocol === Protocol.TCP ? undefined : port.protocol,
        appProtocol: port.appProtocol,
        nodePort: port.name === undefined ? undefined : options.nodePorts?.[port.name],
      })),
      sessionAffinity: affinity === undefined ? undefined : 'ClientIP',
      sessionAffinityConfig: affinity === undefined ? undefined : { clientIP: { timeoutSeconds: affinity } },
      externalTrafficPolicy: options.externalTrafficPolicy,
      internalTrafficPolicy: options.internalTrafficPolicy,
      loadBalancerClass: options.loadBalancerClass,
      loadBalancerSourceRanges: type === ServiceType.LOAD_BALANCER ? options.allowedCidrs : undefined,
      publishNotReadyAddresses: options.publishNotReadyAddresses || undefined,
    }), options.fields, decisions.kubernetesVersion._minor, within(ofOptions, 'fields'));
  }
}

/** Whether clients outside the cluster come in by the Service itself. */
export function isReachedFromOutside(options: ServiceOptions): boolean {
  return options.type === ServiceType.NODE_PORT || options.type === ServiceType.LOAD_BALANCER;
}

function checkOptions(options: ServiceOptions, fromOutside: boolean, ports: readonly Port[], report: Report): void {
  const type = options.type ?? ServiceType.CLUSTER_IP;
  const needsOutside = { allowedCidrs: options.allowedCidrs, externalTrafficPolicy: options.externalTrafficPolicy, nodePorts: options.nodePorts };
  for (const [property, value] of Object.entries(needsOutside)) {
    if (value !== undefined && !fromOutside) {
      report({ code: 'conflicting-options', property, message: `A ${type} Service is not reached from outside the cluster, so ${property} says nothing.`, remedy: 'Leave it out, or choose ServiceType.NODE_PORT or LOAD_BALANCER.' });
    }
  }
  if (options.loadBalancerClass !== undefined && type !== ServiceType.LOAD_BALANCER) {
    report({ code: 'conflicting-options', property: 'loadBalancerClass', message: `A ${type} Service has no load balancer.`, remedy: 'Leave it out, or choose ServiceType.LOAD_BALANCER.' });
  }
  for (const cidr of options.allowedCidrs ?? []) {
    if (!CIDR.test(cidr)) {
      report({ code: 'invalid-value', property: 'allowedCidrs', message: `'${cidr}' is not a range of addresses.`, remedy: "Write for example '203.0.113.0/24'." });
    }
  }
  const seconds = options.sessionAffinity?.toSeconds();
  if (seconds !== undefined && (seconds < 1 || seconds > MAX_AFFINITY_SECONDS)) {
    report({ code: 'invalid-value', property: 'sessionAffinity', message: `${seconds} seconds are refused by Kubernetes.`, remedy: 'Write 1 second to 24 hours.' });
  }
  for (const [name, nodePort] of Object.entries(options.nodePorts ?? {})) {
    const property = `nodePorts['${name}']`;
    if (!ports.some(port => port.name === name)) {
      report({ code: 'unknown-port', property, message: `The Service has no port '${name}'.`, remedy: `Name one of ${ports.map(port => `'${port.name ?? port.number}'`).join(', ')}.` });
    }
    if (checkPortNumber(nodePort, property, report) && (nodePort < NODE_PORT_RANGE[0] || nodePort > NODE_PORT_RANGE[1])) {
      report({ code: 'invalid-port', property, message: `${nodePort} lies outside the range of node ports.`, remedy: `Write a number from ${NODE_PORT_RANGE[0]} to ${NODE_PORT_RANGE[1]}, or leave it to the cluster.` });
    }
  }
}
