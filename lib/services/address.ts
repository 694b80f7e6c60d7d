import type { IConstruct } from 'constructs';
import { findMetricsPort, type Listening } from './listening';
import type { Workload } from './workload';
import type { ConnectionTarget } from '../definition/connection';
import type { ExposedService } from '../definition/exposable';
import type { Port } from '../definition/port';
import type { RouteBackend } from '../definition/route-backend';
import { type Owner, selectorLabels } from '../synthesis/manifest';
import { routeServiceAnnotations } from '../traffic/ingress/backend-uses';
import { toRouteBackend } from '../traffic/route-backends';
import { isReachedFromOutside, Service, type ServiceOptions, ServiceType } from '../traffic/service';
import { connectionTarget } from '../traffic/service-connection';

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
      ports: () => this.ports(),
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
    const metricsPort = findMetricsPort(this.definition.listening);
    return connectionTarget({
      name: workload.name,
      service,
      headless: this.options.type === ServiceType.HEADLESS,
      ...metricsPort && { metricsPort },
      pods: workload._podPeer,
    }, client);
  }

  /** @param lacksLabel a label that tells the Service apart from another one of the workload */
  public toExposedService(lacksLabel?: string): ExposedService {
    return {
      name: this.service.name,
      labels: selectorLabels(this.definition.owner),
      ports: [...this.service._ports],
      ...lacksLabel !== undefined && { lacksLabel },
    };
  }

  public toRouteBackend(port?: string): RouteBackend {
    return toRouteBackend(this.service.name, this.service._ports, port);
  }

  /** Metrics are not for who comes from outside the cluster, unless they are all that there is. */
  private ports(): readonly Port[] {
    const ports = this.workload._offered();
    const metrics = isReachedFromOutside(this.options) ? findMetricsPort(this.definition.listening) : undefined;
    return ports.map((port, index) => index > 0 && port === metrics ? { ...port, exposed: false } : port);
  }
}
