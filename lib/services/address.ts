import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { findMetricsPort, type Listening } from './listening';
import type { Workload } from './workload';
import type { ConnectionTarget } from '../definition/connection';
import type { RouteBackend } from '../definition/route-backend';
import type { Owner } from '../synthesis/manifest';
import { routeServiceAnnotations } from '../traffic/ingress/backend-uses';
import { toRouteBackend } from '../traffic/route-backends';
import { Service, type ServiceOptions, ServiceType } from '../traffic/service';

/** What the Service of a workload is made from. */
export interface AddressDefinition {
  readonly owner: Owner;
  readonly listening: Listening;
  readonly options?: ServiceOptions;
}

/** The stable address of a workload: its Service, and what connections and routes read of it. */
export class Address {
  public readonly service: Service;
  private readonly laidOver: ServiceOptions[] = [];

  public constructor(private readonly workload: Workload, private readonly definition: AddressDefinition) {
    const { owner } = definition;
    const selector = workload.matchLabels;
    this.service = Service._create(workload, 'service', {
      name: workload.name,
      owner,
      selector: () => selector,
      ports: () => workload._offered(),
      portProperty: index => workload._offeredProperties()[index],
      options: () => this.options,
      annotations: () => routeServiceAnnotations(workload),
      givenElsewhere: option => this.laidOver.some(options => option in options),
    });
  }

  /** How the Service offers its ports: what the definition says, and what was laid over it. */
  public get options(): ServiceOptions {
    return Object.assign({}, this.definition.options, ...this.laidOver);
  }

  public offerWith(options: ServiceOptions): void {
    this.laidOver.push(options);
  }

  public toConnectionTarget(client: IConstruct): ConnectionTarget {
    const { workload, service } = this;
    const { namespace } = Chart.of(workload);
    const near = namespace === undefined || Chart.of(client).namespace === namespace;
    // Without an address of its own a Service translates no ports: clients reach the pods themselves.
    const headless = this.options.type === ServiceType.HEADLESS;
    const metrics = findMetricsPort(this.definition.listening);
    return {
      name: workload.name,
      host: near ? service.name : `${service.name}.${namespace}`,
      ports: service._ports.map((port, index) => {
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
      pods: workload._podPeer,
    };
  }

  public toRouteBackend(port?: string): RouteBackend {
    return toRouteBackend(this.service.name, this.service._ports, port);
  }
}
