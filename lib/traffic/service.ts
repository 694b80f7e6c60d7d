import { type ApiObject, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { findServicePort } from './route-backends';
import { isCidr } from '../definition/address';
import { wholeSeconds } from '../definition/duration';
import { ANYWHERE } from '../definition/external';
import { compact, type Json } from '../definition/json';
import type { ServiceSpecFields } from '../definition/kubernetes-fields.generated';
import { checkAnnotations, NameRule } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { checkPortNumber, checkPorts, checkServicePorts, inList, offeredName, type Port, type PortProperty, Protocol } from '../definition/port';
import { type Report, silent, within } from '../diagnostics/report';
import { type Decisions, Platform } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';
import { onceInSynthesis } from '../synthesis/rendered-objects';

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
   * The addresses outside the cluster that a NodePort or LoadBalancer admits, as CIDRs. The network policy admits the same, and to see
   * them it needs the clients' own addresses: `externalTrafficPolicy` is then `LOCAL` unless it is given.
   *
   * @default - every address, for those two types; none for the others
   */
  readonly allowedCidrs?: string[];
  /**
   * The port of every node that leads to each port of the Service, by its name or number.
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
   * @default - TrafficPolicy.LOCAL where `allowedCidrs` is given, else TrafficPolicy.CLUSTER
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
  readonly selector: () => { readonly [label: string]: string };
  readonly ports: () => readonly Port[];
  /** Where the user wrote each port, where a workload has them; it checks them as ports of its containers. */
  readonly portProperty?: PortProperty;
  readonly options: () => ServiceOptions;
  /** Whether another construct gave an option, and answers for it. */
  readonly givenElsewhere?: (option: string) => boolean;
  /** Labels of it alone. */
  readonly labels?: { readonly [label: string]: string };
  /** Annotations that others need on it. */
  readonly annotations?: () => { readonly [annotation: string]: string };
}

const MAX_AFFINITY_SECONDS = 86400;
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
      ...definition.labels && { labels: () => definition.labels! },
      annotations: () => ({ ...definition.annotations?.(), ...definition.options().annotations }),
      annotationsChecked: true,
      fields: {
        spec: (report, decisions) =>
          this.renderSpec(decisions, report, within(onlyOptions(report, option => !definition.givenElsewhere?.(option)), 'service')),
      },
    });
  }

  /**
   * The ports that it offers.
   *
   * @internal
   */
  public get _ports(): readonly Port[] {
    return onceInSynthesis(this.definition, () => this.definition.ports().filter(port => port.exposed !== false));
  }

  /**
   * Reports what is wrong with options that another construct gave.
   *
   * @internal
   */
  public _checkOptions(given: ServiceOptions, report: Report): void {
    this.renderSpec(Platform._decisions(this), silent, within(onlyOptions(report, option => option in given), 'service'));
  }

  private renderSpec(decisions: Decisions, report: Report, ofOptions: Report): Json {
    const { selector, portProperty } = this.definition;
    const options = this.definition.options();
    const type = options.type ?? ServiceType.CLUSTER_IP;
    if (!portProperty) {
      checkPorts(this.definition.ports(), inList('ports'), report);
    }
    checkServicePorts(this.definition.ports(), portProperty ?? inList('ports'), report);
    if (this._ports.length === 0 && type !== ServiceType.HEADLESS) {
      report({ code: 'unknown-port', property: 'ports', message: 'The Service has no port to offer.', remedy: 'Declare a port, or let one be exposed.' });
    }
    checkOptions(options, type, this._ports, ofOptions);
    const affinity = renderAffinity(options.sessionAffinity, ofOptions);
    // Past another node, a client comes by that node's address, which no policy for clients admits.
    const seesClients = isReachedFromOutside(options) && options.allowedCidrs !== undefined;
    const nodePorts = new Map(Object.entries(options.nodePorts ?? {}).map(([port, nodePort]) => [findServicePort(this._ports, port), nodePort]));
    return mergeFields('ServiceSpec', compact({
      type: type === ServiceType.HEADLESS ? ServiceType.CLUSTER_IP : type,
      clusterIP: type === ServiceType.HEADLESS ? 'None' : undefined,
      selector: { ...selector() },
      ports: this._ports.map(port => compact({
        name: offeredName(port),
        port: port.servicePort ?? port.number,
        targetPort: port.name ?? port.number,
        protocol: port.protocol === Protocol.TCP ? undefined : port.protocol,
        appProtocol: port.appProtocol,
        nodePort: nodePorts.get(port),
      })),
      sessionAffinity: affinity === undefined ? undefined : 'ClientIP',
      sessionAffinityConfig: affinity === undefined ? undefined : { clientIP: { timeoutSeconds: affinity } },
      externalTrafficPolicy: options.externalTrafficPolicy ?? (seesClients ? TrafficPolicy.LOCAL : undefined),
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

/** The addresses outside the cluster that a Service admits. */
export function addressesOutside(options: ServiceOptions): readonly string[] {
  return isReachedFromOutside(options) ? options.allowedCidrs ?? ANYWHERE : [];
}

/** Lets through what concerns some of the options. */
function onlyOptions(report: Report, isMeant: (option: string) => boolean): Report {
  return fault => {
    // `service.nodePorts['http']` is about the option `nodePorts`.
    const [, option] = /^service\.(\w+)/.exec(fault.property ?? '') ?? [];
    if (option !== undefined && isMeant(option)) {
      report(fault);
    }
  };
}

function renderAffinity(duration: Duration | undefined, report: Report): number | undefined {
  const seconds = duration && wholeSeconds(duration, 'sessionAffinity', report);
  if (seconds !== undefined && (seconds < 1 || seconds > MAX_AFFINITY_SECONDS)) {
    report({ code: 'invalid-value', property: 'sessionAffinity', message: `${seconds} seconds are refused by Kubernetes.`, remedy: 'Write 1 second to 24 hours.' });
  }
  return seconds;
}

function checkOptions(options: ServiceOptions, type: ServiceType, ports: readonly Port[], report: Report): void {
  const needsOutside = { allowedCidrs: options.allowedCidrs, externalTrafficPolicy: options.externalTrafficPolicy, nodePorts: options.nodePorts };
  for (const [property, value] of Object.entries(needsOutside)) {
    if (value !== undefined && !isReachedFromOutside(options)) {
      report({ code: 'conflicting-options', property, message: `A ${type} Service is not reached from outside the cluster, so ${property} says nothing.`, remedy: 'Leave it out, or choose ServiceType.NODE_PORT or LOAD_BALANCER.' });
    }
  }
  if (options.loadBalancerClass !== undefined && type !== ServiceType.LOAD_BALANCER) {
    report({ code: 'conflicting-options', property: 'loadBalancerClass', message: `A ${type} Service has no load balancer.`, remedy: 'Leave it out, or choose ServiceType.LOAD_BALANCER.' });
  }
  checkCidrs(options.allowedCidrs, report);
  checkNodePorts(options.nodePorts ?? {}, ports, report);
  checkAnnotations(options.annotations, 'annotations', report);
}

function checkCidrs(cidrs: readonly string[] | undefined, report: Report): void {
  if (cidrs?.length === 0) {
    report({ code: 'invalid-value', property: 'allowedCidrs', message: 'An empty list admits nobody.', remedy: 'Name the addresses, or choose ServiceType.CLUSTER_IP.' });
  }
  cidrs?.filter(cidr => !isCidr(cidr)).forEach(cidr =>
    report({ code: 'invalid-value', property: 'allowedCidrs', message: `'${cidr}' is not a range of addresses.`, remedy: "Write for example '203.0.113.0/24', or '203.0.113.7/32' for one address." }));
}

function checkNodePorts(nodePorts: { readonly [port: string]: number }, ports: readonly Port[], report: Report): void {
  const [least, greatest] = NODE_PORT_RANGE;
  const taken = new Map<number, string>();
  for (const [name, nodePort] of Object.entries(nodePorts)) {
    const property = `nodePorts['${name}']`;
    const earlier = taken.get(nodePort);
    if (!findServicePort(ports, name)) {
      report({ code: 'unknown-port', property, message: `The Service has no port '${name}'.`, remedy: `Name one of ${ports.map(port => `'${offeredName(port) ?? port.servicePort ?? port.number}'`).join(', ')}.` });
    }
    if (checkPortNumber(nodePort, property, report) && (nodePort < least || nodePort > greatest)) {
      report({ code: 'invalid-port', property, message: `${nodePort} lies outside the range of node ports.`, remedy: `Write a number from ${least} to ${greatest}, or leave it to the cluster.` });
    } else if (earlier !== undefined) {
      report({ code: 'duplicate-port', property, message: `Node port ${nodePort} leads to '${earlier}' already.`, remedy: 'Give each port its own, or leave it to the cluster.' });
    }
    taken.set(nodePort, name);
  }
}
