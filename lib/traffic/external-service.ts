import { type ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { EndpointSlice } from './endpoint-slice';
import { routeServiceAnnotations } from './ingress/backend-uses';
import { hostFor } from './service-connection';
import { isIpAddress, isIpv6, toCidr } from '../definition/address';
import type { ConnectionPort, ConnectionTarget, IConnectable } from '../definition/connection';
import type { External } from '../definition/external';
import { compact, type Json } from '../definition/json';
import type { ServiceSpecFields } from '../definition/kubernetes-fields.generated';
import { isHostName, isPortName, NameRule } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { checkPortNumber, Protocol } from '../definition/port';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';

/** A name in the cluster for something outside. */
export interface ExternalServiceProps {
  /** What lies outside: `External.host(…)`. */
  readonly external: External;
  /**
   * The addresses that answer.
   *
   * @default - the host where it is an address; for a name the cluster's DNS answers with that name (`ExternalName`)
   */
  readonly addresses?: string[];
  /**
   * The port of the Service; a name alone (`ExternalName`) has that of the host.
   *
   * @default - the port of the host
   */
  readonly servicePort?: number;
  /**
   * The name of the port, which routes can use.
   *
   * @default - the scheme of the host, else no name
   */
  readonly portName?: string;
  /**
   * The name, which is its host name in the namespace.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * Labels of everything that is made.
   *
   * @default - none beside those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of everything that is made.
   *
   * @default - none beside those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Any field of the Service's spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: ServiceSpecFields;
}

/** https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go refuses them as endpoints. */
const NO_ENDPOINT = /^(0\.0\.0\.0|127\.|169\.254\.|22[4-9]\.|23\d\.|::$|::1$|fe[89ab][0-9a-f]:|ff)/i;

/**
 * A Service for something outside the cluster, so that programs find it under a name of their namespace and what stands behind can move: an
 * `ExternalName` for a host name, a Service without selector and its EndpointSlice for addresses. What lies outside is said once, by
 * `External.host`; without a name in the cluster that is all that a connection needs. Services connect to it, and routes lead to it.
 *
 * A program that speaks HTTP or TLS to an `ExternalName` still names this Service as its host, which the other side has to accept.
 *
 * Diagnostics: `invalid-host`, `invalid-port`, `invalid-value`, `conflicting-options`, `invalid-name`, `duplicate-name`, `unknown-field`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 * @example
 * const orders = new GoStyleMicroservice(chart, 'orders', { image: GoImage.fromModule('services/orders') });
 * orders.connectTo(new ExternalService(chart, 'ledger', { external: External.host('ledger.example.com', 5432) }));
 * orders.connectTo(new ExternalService(chart, 'mainframe', { external: External.host('10.0.0.5', 992), addresses: ['10.0.0.5', '10.0.0.6'] }));
 */
export class ExternalService extends Construct implements IConnectable, IRoutable {
  /** The Service as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** Its name. */
  public readonly name: string;
  private readonly slices: readonly EndpointSlice[];
  private readonly addresses: readonly string[];

  public constructor(scope: Construct, id: string, private readonly props: ExternalServiceProps) {
    super(scope, id);
    const { external, labels, annotations } = props;
    this.name = nameOf(this, props.name);
    this.addresses = props.addresses ?? (isIpAddress(external.hostName) ? [external.hostName] : []);
    const owner: Owner = {
      name: this.name,
      component: 'external',
      construct: this,
      nameRule: NameRule.SERVICE,
      ...labels && { labels },
      ...annotations && { annotations },
    };
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'Service',
      name: this.name,
      owner,
      annotations: () => routeServiceAnnotations(this),
      annotationsChecked: true,
      fields: { spec: (report, decisions) => this.renderSpec(decisions, report) },
    });
    this.slices = this.makeSlices(owner);
    Diagnostics._check(this, report => this.check(report));
  }

  /** The addresses behind the Service, a slice for each family; none for a host name. */
  public get endpointSlices(): EndpointSlice[] {
    return [...this.slices];
  }

  /** What a route leads to. */
  public get routedConstruct(): IConstruct | undefined {
    return this;
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    const outside = this.props.external.toConnectionTarget(client);
    const { port, ...rest } = outside.ports[0];
    return {
      ...outside,
      name: this.name,
      host: hostFor(this, this.name, client),
      ports: [{ ...rest, port: this.servicePort, ...port !== this.servicePort && { podPort: port } }],
      ...this.addresses.length > 0 && { cidrs: this.addresses.map(toCidr) },
    };
  }

  /**
   * The host outside, as those reach it that know no Service.
   *
   * @internal
   */
  public _outside(client: IConstruct): ConnectionTarget {
    return this.props.external.toConnectionTarget(client);
  }

  public toRouteBackend(port?: string): RouteBackend {
    const { portName, servicePort } = this;
    const known = port === undefined || port === portName || port === String(servicePort);
    return { serviceName: this.name, ...known && { portNumber: servicePort, ...portName !== undefined && { portName } } };
  }

  private get servicePort(): number {
    return this.props.servicePort ?? this.props.external.port;
  }

  private get outsidePort(): ConnectionPort {
    return this.props.external.toConnectionTarget(this).ports[0];
  }

  private get portName(): string | undefined {
    return this.props.portName ?? this.outsidePort.scheme;
  }

  private get protocol(): Protocol | undefined {
    const { protocol } = this.outsidePort;
    return protocol === Protocol.TCP ? undefined : protocol;
  }

  private renderSpec(decisions: Decisions, report: Report): Json {
    const { external, fields } = this.props;
    const named = this.addresses.length === 0;
    return mergeFields('ServiceSpec', compact({
      type: named ? 'ExternalName' : 'ClusterIP',
      externalName: named ? external.hostName : undefined,
      ports: [compact({
        name: this.portName,
        port: this.servicePort,
        targetPort: this.servicePort === external.port ? undefined : external.port,
        protocol: this.protocol,
      })],
    }), fields, decisions.kubernetesVersion._minor, within(report, 'fields'));
  }

  private makeSlices(owner: Owner): EndpointSlice[] {
    const families = [
      { addressType: 'IPv4', addresses: this.addresses.filter(address => !isIpv6(address)) },
      { addressType: 'IPv6', addresses: this.addresses.filter(isIpv6) },
    ];
    return families.filter(({ addresses }) => addresses.length > 0).map(({ addressType, addresses }) => EndpointSlice._create(
      this, addressType.toLowerCase(), {
        name: `${this.name}-${addressType.toLowerCase()}`,
        serviceName: this.name,
        owner,
        addressType,
        addresses,
        port: () => compact({ name: this.portName ?? '', port: this.props.external.port, protocol: this.protocol ?? Protocol.TCP }),
      }));
  }

  private check(report: Report): void {
    const { external, addresses, servicePort } = this.props;
    checkPortNumber(external.port, 'external', report);
    if (servicePort !== undefined && checkPortNumber(servicePort, 'servicePort', report) && this.addresses.length === 0 && servicePort !== external.port) {
      report({ code: 'conflicting-options', property: 'servicePort', message: 'The Service is a name alone and translates no ports.', remedy: "Leave it out, or state the 'addresses' behind the name." });
    }
    if (!isHostName(external.hostName) && !isIpAddress(external.hostName)) {
      report({ code: 'invalid-host', property: 'external', message: `'${external.hostName}' is not a host.`, remedy: "Write its name or address alone, in lower case, without scheme, port and path, for example 'db.example.com'." });
    }
    if (addresses?.length === 0) {
      report({ code: 'invalid-value', property: 'addresses', message: 'An empty list leads nowhere.', remedy: "Name the addresses, or leave 'addresses' out." });
    }
    this.addresses.forEach((address, index) => {
      if (!isIpAddress(address) || NO_ENDPOINT.test(address)) {
        report({
          code: 'invalid-value',
          property: addresses ? `addresses[${index}]` : 'external',
          message: isIpAddress(address) ? `Kubernetes lets no Service lead to '${address}'.` : `'${address}' is not an address.`,
          remedy: 'Write an address that every node reaches; none of the node itself, of a link or of many receivers.',
        });
      }
    });
    if (this.props.portName !== undefined && !isPortName(this.props.portName)) {
      report({ code: 'invalid-name', property: 'portName', message: `'${this.props.portName}' is not a port name.`, remedy: 'Use at most 15 lower-case letters, digits and single dashes, with at least one letter.' });
    }
  }
}
