import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { routeServiceAnnotations } from './ingress/backend-uses';
import { toRouteBackend } from './route-backends';
import { addressesOutside, Service, type ServiceOptions, ServiceType } from './service';
import { connectionTarget } from './service-connection';
import type { ConnectionTarget, IConnectable } from '../definition/connection';
import type { ExposedPods, IExposable } from '../definition/exposable';
import { NameRule } from '../definition/naming';
import { findContainerPort, listPorts, type Port, Protocol } from '../definition/port';
import type { IRoutable, RouteBackend } from '../definition/route-backend';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report } from '../diagnostics/report';
import { Model } from '../model/model';
import { Environment } from '../platform/environment';
import { type Owner } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';

/** What a further Service over workloads says. */
export interface ExtraServiceProps {
  /** The workloads whose pods it leads to. */
  readonly targets: IExposable[];
  /**
   * The ports that it offers, by the names or numbers that the containers of every target give them, the main one first.
   *
   * @default - those of the first target's own Service, or else of its containers; never that for monitoring
   */
  readonly ports?: string[];
  /**
   * The port of this Service that leads to each of them, by its name or number.
   *
   * @default - what the port itself says
   */
  readonly servicePorts?: { [port: string]: number };
  /**
   * How it offers them.
   *
   * @default - inside the cluster alone
   */
  readonly service?: ServiceOptions;
  /**
   * The name, which is its host name in the namespace.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * Labels of the Service.
   *
   * @default - none beside those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the Service.
   *
   * @default - none beside those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
}

/**
 * A further Service over one workload, for who comes from outside for example, or one over several: their pods then carry a label for it.
 * Services connect to it and routes lead to it as to any other; the network policies of all its targets open.
 *
 * Diagnostics: `invalid-value`, `unknown-port`, `conflicting-options`, `invalid-name`, `duplicate-name`, and those of the Service's options.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 * @example
 * const web = new GoStyleMicroservice(chart, 'web', { image: GoImage.fromModule('services/web') });
 * new ExtraService(chart, 'web-external', { targets: [web], ports: ['http'], service: { type: ServiceType.LOAD_BALANCER } });
 */
export class ExtraService extends Construct implements IConnectable, IRoutable {
  /** The Service. */
  public readonly service: Service;
  /** Its name. */
  public readonly name: string;
  private readonly targets: readonly IExposable[];
  private readonly podLabel?: string;

  public constructor(scope: Construct, id: string, private readonly props: ExtraServiceProps) {
    super(scope, id);
    this.name = nameOf(this, props.name);
    this.targets = [...new Set(props.targets)];
    if (this.targets.length > 1) {
      this.podLabel = `behind.cdk8s-golden-path/${this.name}`;
    }
    const owner: Owner = {
      name: this.name,
      component: 'service',
      construct: this,
      nameRule: NameRule.SERVICE,
      ...props.labels && { labels: props.labels },
      ...props.annotations && { annotations: props.annotations },
    };
    this.service = Service._create(this, 'service', {
      name: this.name,
      owner,
      selector: () => this.selector(),
      ports: () => this.ports(),
      // They are the targets' own, which say what is wrong with them.
      portProperty: index => props.ports ? `ports[${index}]` : 'ports',
      options: () => this.options,
      annotations: () => routeServiceAnnotations(this),
    });
    Model.of(this)._addFront({
      service: this,
      workloads: this.targets,
      ...this.podLabel !== undefined && { podLabel: this.podLabel },
      ports: () => this.service._ports,
      openTo: () => addressesOutside(this.options),
    });
    Diagnostics._check(this, report => this.check(report));
  }

  /** What a route leads to. */
  public get routedConstruct(): IConstruct | undefined {
    return this;
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    const { namespace } = Chart.of(this);
    return connectionTarget({
      name: this.name,
      service: this.service,
      headless: this.options.type === ServiceType.HEADLESS,
      pods: { labels: this.selector(), ...namespace !== undefined && { namespace } },
    }, client);
  }

  public toRouteBackend(port?: string): RouteBackend {
    return toRouteBackend(this.name, this.service._ports, port);
  }

  private get options(): ServiceOptions {
    return this.props.service ?? {};
  }

  private selector(): { [label: string]: string } {
    return this.podLabel === undefined ? { ...this.targets[0]?.toExposedPods().labels } : { [this.podLabel]: 'true' };
  }

  /** The ports as the first target has them; the others have the same, or it is a diagnostic. */
  private ports(): Port[] {
    const { ports: wanted, servicePorts = {} } = this.props;
    const [first] = this.targets;
    if (!first) {
      return [];
    }
    const pods = first.toExposedPods();
    const named = wanted?.map(port => findOffered(pods, port)).filter(port => port !== undefined);
    return (named ?? portsByDefault(pods)).map(({ exposed, ...port }) => {
      const servicePort = (port.name === undefined ? undefined : servicePorts[port.name]) ?? servicePorts[String(port.number)];
      return { ...port, ...servicePort !== undefined && { servicePort } };
    });
  }

  private check(report: Report): void {
    const { ports: wanted, servicePorts = {} } = this.props;
    if (this.targets.length === 0) {
      report({ code: 'invalid-value', property: 'targets', message: 'The Service leads to nobody.', remedy: 'Name a workload; addresses outside the cluster are for ExternalService.' });
    }
    this.targets.forEach((target, index) => {
      this.checkPlace(target, `targets[${index}]`, report);
      const pods = target.toExposedPods();
      wanted?.filter(port => !findOffered(pods, port)).forEach(port => reportPort(target, port, `ports[${wanted.indexOf(port)}]`, report));
    });
    const ports = this.ports();
    this.targets.slice(1).forEach((target, index) => checkSame(ports, this.targets[0], target, `targets[${index + 1}]`, wanted !== undefined, report));
    for (const key of Object.keys(servicePorts).filter(port => !findContainerPort(ports, port))) {
      report({ code: 'unknown-port', property: `servicePorts['${key}']`, message: `The Service offers no port '${key}'.`, remedy: `Name one of ${listPorts(ports)}.` });
    }
  }

  private checkPlace(target: IExposable, property: string, report: Report): void {
    const [own, its] = [Chart.of(this).namespace, Chart.of(target).namespace];
    if (own !== its || Environment.of(this) !== Environment.of(target)) {
      report({
        code: 'invalid-value',
        property,
        message: own === its ? `'${target.node.path}' belongs to another environment.`
          : `'${target.node.path}' lives in the namespace '${its ?? ''}', and a Service selects pods of its own alone, '${own ?? ''}'.`,
        remedy: `Make the Service in the chart '${Chart.of(target).node.path}'.`,
      });
    }
  }
}

/** The port of a workload by its name or number, as its Service shows it where it does. */
function findOffered({ ports, service }: ExposedPods, wanted: string): Port | undefined {
  return findContainerPort(service?.ports ?? [], wanted) ?? findContainerPort(ports, wanted);
}

function portsByDefault({ ports, metricsPort, service }: ExposedPods): Port[] {
  const offered = service?.ports ?? ports.filter(port => port.exposed !== false);
  return offered.filter((port, index) => index === 0 || port.number !== metricsPort?.number);
}

/** A Service leads to all its pods by one name, and a policy knows one number. */
function checkSame(ports: readonly Port[], first: IExposable, other: IExposable, property: string, named: boolean, report: Report): void {
  const pods = other.toExposedPods();
  for (const port of ports) {
    const key = port.name ?? String(port.number);
    const its = findOffered(pods, key);
    if (!its && !named) {
      reportPort(other, key, property, report);
    } else if (its && (its.number !== port.number || (its.protocol ?? Protocol.TCP) !== (port.protocol ?? Protocol.TCP))) {
      report({
        code: 'conflicting-options',
        property,
        message: `The port '${key}' is ${port.number}/${port.protocol ?? Protocol.TCP} in '${first.node.path}' and ${its.number}/${its.protocol ?? Protocol.TCP} in '${other.node.path}'.`,
        remedy: 'Let all of them listen on the same port.',
      });
    }
  }
}

function reportPort(target: IExposable, wanted: string, property: string, report: Report): void {
  const declared = listPorts(target.toExposedPods().ports);
  report({ code: 'unknown-port', property, message: `'${target.name}' has no port '${wanted}'.`, remedy: declared ? `Declare it, or name one of ${declared}.` : 'Declare it.' });
}
