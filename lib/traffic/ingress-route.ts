import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Diagnostics } from '../diagnostics/diagnostics';
import { silent } from '../diagnostics/report';
import { Model } from '../model/model';
import { IngressController } from '../platform/ingress-controller';
import { type Owner } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';
import { presentWhile } from '../synthesis/presence';
import { type IngressEdge, ingressEdgesTo } from './ingress/backend-uses';
import { Ingress } from './ingress/ingress';
import { IngressExtension } from './ingress/ingress-extension';
import { type GroupedPath, type PathGroup } from './ingress/path-groups';
import { checkRoute, checkUses, type OtherUse } from './ingress/route-checks';
import { RouteModel } from './ingress/route-model';
import type { IngressRouteProps } from './ingress/route-props';
import { TRAEFIK } from './ingress/traefik';
import { PathType, withoutTrailingSlash } from './routing/path-type';
import { RouteClaims } from './routing/route-claims';

/** Stands for the requests that no rule of the cluster takes; no host has capitals. */
const REST = 'spec.defaultBackend';

/**
 * Leads requests from outside the cluster to services, by host and path: one Ingress, and one more for each set of paths whose options
 * differ. The options are written for the controller behind the ingress class: Middlewares for Traefik, annotations for haproxy-ingress
 * and ingress-nginx. The network policies of the services open for the controller.
 *
 * Diagnostics: `ingress-class-missing`, `invalid-host`, `invalid-path`, `duplicate-route`, `unknown-port`, `unsupported-option`,
 * `conflicting-options`, `route-without-tls`, `invalid-value`, `invalid-quantity`, `invalid-name`, `duplicate-name`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 * @example
 * new IngressRoute(chart, 'public', {
 *   host: 'shop.example.com',
 *   tls: RouteTls.clusterIssuer('letsencrypt'),
 *   paths: [
 *     { path: '/web', to: RouteTarget.service('web', 80) },
 *     { path: '/api', to: RouteTarget.service('orders', 8080), options: { rewritePrefix: '/', maxBodySize: '10Mi' } },
 *   ],
 * });
 */
export class IngressRoute extends Construct {
  /** The name of the main Ingress. */
  public readonly name: string;
  private readonly made: readonly Ingress[];
  private readonly traefik: Construct;
  private readonly route: RouteModel;
  private readonly edges = new Map<GroupedPath, IngressEdge>();
  private readonly claims: RouteClaims;

  public constructor(scope: Construct, id: string, props: IngressRouteProps) {
    super(scope, id);
    this.name = nameOf(this, props.name);
    this.route = new RouteModel(this, this.name, props);
    const owner: Owner = {
      name: this.name,
      component: 'route',
      ...props.labels && { labels: props.labels },
      ...props.annotations && { annotations: props.annotations },
    };
    this.traefik = new Construct(this, 'traefik');
    presentWhile(this.traefik, () => this.isForTraefik(), () => this.makeExtensions(owner));
    // What is wrong with objects that are there for one controller alone must not be said for the others.
    this.made = this.route.groups.map((group, index) => this.makeIngress(group, index, { ...owner, construct: this }));
    this.claims = this.claimPaths();
    this.route.paths.forEach(path => this.connect(path));
    Diagnostics._check(this, report => {
      checkRoute(this.route, report);
      this.route.paths.forEach((path, index) => checkUses(this.route, path, this.earlierUses(path, index), report));
      this.claims.check(report);
    });
  }

  /** The Ingresses, that with the name of the route first. */
  public get ingresses(): Ingress[] {
    return [...this.made];
  }

  /** The Middlewares and ServersTransports that stand beside the Ingresses; none unless the controller is Traefik. */
  public get traefikObjects(): ApiObject[] {
    return this.traefik.node.children.map(extension => (extension as IngressExtension).apiObject);
  }

  /** What an option becomes depends on the controller, which a platform may name later: so the objects are there for Traefik alone. */
  private makeExtensions(owner: Owner): void {
    const rendered = (group: PathGroup) => TRAEFIK.render(this.route.context(group), silent).objects;
    const byName = new Map(this.route.groups.flatMap(group => rendered(group).map(object => [`${object.kind} ${object.name}`, { object, group }])));
    for (const { object, group } of byName.values()) {
      const spec = () => rendered(group).find(({ kind, name }) => kind === object.kind && name === object.name)?.spec;
      new IngressExtension(this.traefik, object, owner, spec);
    }
  }

  private isForTraefik(): boolean {
    return this.route.controller() === IngressController.TRAEFIK;
  }

  private makeIngress(group: PathGroup, index: number, owner: Owner): Ingress {
    return Ingress._create(this, group.main ? 'ingress' : `ingress-${index}`, {
      name: group.name,
      owner,
      annotations: () => this.route.annotations(group),
      spec: (report, decisions) => this.route.spec(group, decisions, report),
    });
  }

  private connect(path: GroupedPath): void {
    const target = path.to.routedConstruct;
    if (target) {
      const edge: IngressEdge = {
        route: this,
        target,
        ...path.port !== undefined && { port: path.port },
        use: () => this.route.use(path),
        ingressNamespace: () => this.route.ingressNamespace(),
      };
      this.edges.set(path, edge);
      Model.of(this)._addRoute(edge);
    }
  }

  /** Declared before this one, anywhere in the app for a service of this library, in the route for any other. */
  private earlierUses(path: GroupedPath, index: number): OtherUse[] {
    const edge = this.edges.get(path);
    if (!edge) {
      return this.route.paths.slice(0, index).map(other => ({ route: this.node.path, use: this.route.use(other) }));
    }
    const all = ingressEdgesTo(edge.target);
    return all.slice(0, all.indexOf(edge)).map(({ route, use }) => ({ route: route.node.path, use: use() }));
  }

  private claimPaths(): RouteClaims {
    const { hosts, paths, catchesRest } = this.route;
    const claims = new RouteClaims(this, {
      kind: 'ingress',
      hosts,
      meets: other => other instanceof IngressRoute && other.route.ingressClass() === this.route.ingressClass(),
      remedy: 'Drop one of the two, or choose another host, path or class.',
    });
    for (const { path, pathType, property } of paths) {
      const key = `${pathType}\n${pathType === PathType.PREFIX ? withoutTrailingSlash(path) : path}`;
      for (const host of catchesRest ? [REST] : hosts) {
        claims.add(host, { key, property, describe: complete => host === REST ? 'What no Ingress of the class takes' : `'${complete}${path}'` });
      }
    }
    return claims;
  }
}
