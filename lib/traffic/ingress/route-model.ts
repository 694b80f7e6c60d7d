import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { BackendUse } from './backend-uses';
import type { ControllerRenderer, IngressContext, RenderedIngress } from './controller-renderer';
import { HAPROXY } from './haproxy';
import { NGINX } from './nginx';
import { type GroupedPath, groupPaths, type PathGroup, protocolOf } from './path-groups';
import { type ResolvedOptions, resolveOptions } from './resolved-options';
import type { IngressRouteProps } from './route-props';
import { TRAEFIK } from './traefik';
import { compact, compactOrNone, type Json } from '../../definition/json';
import { mergeFields } from '../../definition/pass-through';
import { ofApp } from '../../definition/root';
import { finding, type Found, type Report, within } from '../../diagnostics/report';
import { Environment } from '../../platform/environment';
import { INGRESS_NAMESPACES, IngressController } from '../../platform/ingress-controller';
import { type Decisions, Platform } from '../../platform/platform';
import { onceInSynthesis } from '../../synthesis/rendered-objects';
import { PathType } from '../routing/path-type';
import { ANY_HOST, completeHost, firstLabel } from '../routing/route-hosts';

const RENDERERS: { readonly [controller in IngressController]: ControllerRenderer } = {
  [IngressController.TRAEFIK]: TRAEFIK,
  [IngressController.HAPROXY]: HAPROXY,
  [IngressController.NGINX]: NGINX,
};

const NOTHING: RenderedIngress = { annotations: {}, backendWide: {}, onServices: {}, objects: [] };
const FALLBACK_NAMESPACE = 'default';

const ROUTES = Symbol.for('cdk8s-golden-path.IngressRoutes');

/**
 * Routes of an environment by the first label of their hosts, since a host may be completed later. Only those count that carry regular
 * expressions to others: by a path of their own, or from one host to another.
 */
function carriersWithLabel(construct: Construct, label: string): RouteModel[] {
  const all = ofApp(construct, ROUTES, () => new Map<string, RouteModel[]>());
  const key = `${Environment.of(construct)?.name ?? ''}\n${label}`;
  const routes = all.get(key) ?? [];
  all.set(key, routes);
  return routes;
}

/** What a route says. The division into Ingresses is settled when it is made, everything else is read when it renders. */
export class RouteModel {
  public readonly hosts: readonly string[];
  public readonly paths: readonly GroupedPath[];
  public readonly groups: readonly PathGroup[];
  /** Whether the route has neither host nor path: then it takes what no other rule of the cluster does. */
  public readonly catchesRest: boolean;
  /** Whether ingress-nginx needs regular expressions for it. */
  private readonly hasRegex: boolean;

  public constructor(public readonly construct: Construct, public readonly name: string, public readonly props: IngressRouteProps) {
    const { host, hosts = [], paths = [], defaultBackend, options = {} } = props;
    this.hosts = host === undefined ? hosts : [host, ...hosts];
    this.catchesRest = defaultBackend !== undefined && this.hosts.length === 0 && paths.length === 0;
    this.paths = [
      ...paths.map((path, index) => ({ ...path, pathType: path.pathType ?? PathType.PREFIX, property: `paths[${index}]` })),
      ...defaultBackend ? [{ path: '/', to: defaultBackend, pathType: PathType.PREFIX, property: 'defaultBackend' }] : [],
    ];
    this.groups = groupPaths(name, this.paths, options);
    this.hasRegex = this.paths.some(({ pathType }) => pathType === PathType.REGULAR_EXPRESSION)
      || this.groups.some(group => group.options.rewritePrefix !== undefined);
    if (this.hasRegex || this.hosts.length > 1) {
      new Set(this.hosts.map(firstLabel)).forEach(label => carriersWithLabel(construct, label).push(this));
    }
  }

  public decisions(): Decisions {
    return Platform._decisions(this.construct);
  }

  public get namespace(): string | undefined {
    return Chart.of(this.construct).namespace;
  }

  public ingressClass(decisions: Decisions = this.decisions()): string | undefined {
    return this.props.ingressClass ?? decisions.ingressClass;
  }

  /** A class that the route names itself may belong to another controller than that of the platform. */
  public controller(decisions: Decisions = this.decisions()): IngressController | undefined {
    const { ingressClass } = this.props;
    return ingressClass === undefined || ingressClass === decisions.ingressClass
      ? decisions.ingressController
      : Object.values(IngressController).find(controller => controller === ingressClass);
  }

  public renderer(decisions?: Decisions): ControllerRenderer | undefined {
    const controller = this.controller(decisions);
    return controller && RENDERERS[controller];
  }

  /** Where the controller runs, which network policies admit. */
  public ingressNamespace(): string | undefined {
    const decisions = this.decisions();
    const controller = this.controller(decisions);
    return controller === decisions.ingressController ? decisions.ingressNamespace : controller && INGRESS_NAMESPACES[controller];
  }

  /** What the controller makes of an Ingress. */
  public render(group: PathGroup): RenderedIngress {
    return this.rendering(group).value;
  }

  /** Reports options that say nothing, whatever the controller. */
  public reportOptions(group: PathGroup, report: Report): void {
    this.resolving(group).faults.forEach(report);
  }

  /** Reports what the controller cannot make of them. */
  public reportRendering(group: PathGroup, report: Report): void {
    this.rendering(group).faults.forEach(report);
  }

  public annotations(group: PathGroup): { [annotation: string]: string } {
    return { ...group.main ? this.props.tls?._annotations : {}, ...this.render(group).annotations, ...group.options.annotations };
  }

  public spec(group: PathGroup, decisions: Decisions, report: Report): Json {
    const { tls, fields } = this.props;
    const paths = group.paths.map(path => this.renderPath(path, decisions));
    const hosts = this.hosts.length > 0 ? this.completeHosts(decisions) : [ANY_HOST];
    const rules = hosts.map(host => compact({ host: host === ANY_HOST ? undefined : host, http: { paths } }));
    return mergeFields('IngressSpec', compact({
      ingressClassName: this.ingressClass(decisions),
      defaultBackend: this.catchesRest ? paths[0].backend : undefined,
      tls: !tls || tls._terminatedBefore ? undefined : [compact({
        hosts: hosts.filter(host => host !== ANY_HOST),
        secretName: tls._secretName(this.name),
      })],
      rules: this.catchesRest ? undefined : rules,
    }), fields, decisions.kubernetesVersion._minor, within(report, 'fields'));
  }

  /** What a path asks of its Service as a whole. */
  public use(path: GroupedPath): BackendUse {
    return onceInSynthesis(path, () => this.findUse(path));
  }

  private findUse(path: GroupedPath): BackendUse {
    const { serviceName, portName, portNumber } = path.to.toRouteBackend(path.port);
    const renderer = this.renderer();
    const { backendWide, onServices } = this.render(this.groupOf(path));
    const port = renderer?.backendScope === 'port' ? `:${portName ?? portNumber}` : '';
    return {
      property: path.property,
      backend: `${renderer?.title} ${this.namespace}/${serviceName}${port}`,
      settings: { ...backendWide, ...onServices },
      onService: onServices,
    };
  }

  public groupOf(path: GroupedPath): PathGroup {
    return this.groups.find(({ paths }) => paths.includes(path))!;
  }

  public context(group: PathGroup): IngressContext {
    const { props, name } = this;
    return {
      group,
      options: this.resolving(group).value,
      protocol: protocolOf(group.paths[0], group.options),
      ...props.tls && { tls: props.tls },
      namespace: this.namespace ?? FALLBACK_NAMESPACE,
      usesRegex: this.usesRegex(),
      ownerOf: option => props.options?.[option] === group.options[option] ? name : group.name,
    };
  }

  private resolving(group: PathGroup): Found<ResolvedOptions> {
    return onceInSynthesis(group.options, () => finding(report => resolveOptions(group.options, report)));
  }

  private rendering(group: PathGroup): Found<RenderedIngress> {
    return onceInSynthesis(group, () => finding(report => this.renderer()?.render(this.context(group), report) ?? NOTHING));
  }

  private renderPath(path: GroupedPath, decisions: Decisions): Json {
    const { serviceName, portName, portNumber } = path.to.toRouteBackend(path.port);
    const rendered = this.renderer(decisions)?.renderPath(path, path.pathType, this.usesRegex())
      ?? { path: path.path, pathType: path.pathType === PathType.REGULAR_EXPRESSION ? PathType.IMPLEMENTATION_SPECIFIC : path.pathType };
    return {
      path: rendered.path,
      pathType: rendered.pathType,
      backend: { service: compact({ name: serviceName, port: portName === undefined ? compactOrNone({ number: portNumber }) : { name: portName } }) },
    };
  }

  /** One regular expression on a host of ingress-nginx makes all paths of that host ones, in whichever route they stand. */
  private usesRegex(): boolean {
    return this.hasRegex || this.controller() === IngressController.NGINX && onceInSynthesis(this, () => this.meetsRegex());
  }

  private meetsRegex(): boolean {
    const hosts = new Set(this.completeHosts());
    for (const host of hosts) {
      for (const other of carriersWithLabel(this.construct, firstLabel(host))) {
        const shared = other.ingressClass() === this.ingressClass() ? other.completeHosts() : [];
        if (shared.includes(host)) {
          if (other.hasRegex) {
            return true;
          }
          shared.forEach(one => hosts.add(one));
        }
      }
    }
    return false;
  }

  private completeHosts(decisions: Decisions = this.decisions()): string[] {
    return this.hosts.map(host => completeHost(host, decisions.domain));
  }
}
