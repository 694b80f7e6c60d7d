import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { type PlacedShare, renderBackend } from './gateway/gateway-backend';
import type { GatewayRouteOptions } from './gateway/gateway-route-props';
import type { GatewayRule } from './gateway/gateway-rule';
import type { GrpcRouteProps } from './gateway/grpc-route-props';
import { grpcRule } from './gateway/grpc-rule';
import type { HttpRouteProps } from './gateway/http-route-props';
import { httpRule } from './gateway/http-rule';
import { checkBackend } from './routing/backend-checks';
import { RouteClaims } from './routing/route-claims';
import { ANY_HOST, checkHosts, completeHost } from './routing/route-hosts';
import { checkGateway, type GatewayReference } from '../definition/gateway-reference';
import { compact, type Json } from '../definition/json';
import { NameRule } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import { Model } from '../model/model';
import { type Decisions, Platform } from '../platform/platform';
import { defineManifest } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';

/** What the two kinds of routes differ in. */
interface RouteKind {
  readonly kind: 'HTTPRoute' | 'GRPCRoute';
  readonly rules: readonly GatewayRule[];
  readonly fields: object | undefined;
}

/** Bounds of the Gateway API. */
const MAX_RULES = 16;
const MAX_MATCHES_OF_RULE = 64;
const MAX_MATCHES = 128;
const MAX_HOSTS = 16;

/**
 * Leads requests from outside the cluster to services by the Gateway API: an HTTPRoute or a GRPCRoute, attached to the Gateway of the
 * platform or to others. What a rule asks is the same for every implementation. TLS ends at the listener, which belongs to the Gateway.
 * The network policies of the services open for the Gateway.
 *
 * Diagnostics: `gateway-missing`, `invalid-host`, `invalid-path`, `duplicate-route`, `unknown-port`, `unsupported-option`,
 * `conflicting-options`, `invalid-value`, `invalid-name`, `duplicate-name`, `unknown-field`.
 *
 * @see https://gateway-api.sigs.k8s.io/
 * @example
 * GatewayRoute.http(chart, 'public', {
 *   host: 'shop.example.com',
 *   gateways: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
 *   rules: [
 *     { path: '/web', to: RouteTarget.service('web', 80) },
 *     { path: '/api', backends: [{ to: RouteTarget.service('orders', 80), weight: 9 }, { to: RouteTarget.service('orders-next', 80) }] },
 *   ],
 * });
 */
export class GatewayRoute extends Construct {
  /**
   * Requests by host, path, method, headers and query: an HTTPRoute.
   *
   * @param scope where the construct stands
   * @param id its id
   * @param props which requests go where
   */
  public static http(scope: Construct, id: string, props: HttpRouteProps): GatewayRoute {
    const rules = props.rules.map((rule, index) => httpRule(rule, `rules[${index}]`));
    return new GatewayRoute(scope, id, props, { kind: 'HTTPRoute', rules, fields: props.fields });
  }

  /**
   * Calls by host, service, method and metadata: a GRPCRoute. Its services get HTTP/2.
   *
   * @param scope where the construct stands
   * @param id its id
   * @param props which calls go where
   */
  public static grpc(scope: Construct, id: string, props: GrpcRouteProps): GatewayRoute {
    const rules = props.rules.map((rule, index) => grpcRule(rule, `rules[${index}]`));
    return new GatewayRoute(scope, id, props, { kind: 'GRPCRoute', rules, fields: props.fields });
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the route. */
  public readonly name: string;
  private readonly hosts: readonly string[];

  private constructor(scope: Construct, id: string, private readonly options: GatewayRouteOptions, private readonly route: RouteKind) {
    super(scope, id);
    const { name, host, hosts = [], labels, annotations } = options;
    this.name = nameOf(this, name);
    this.hosts = host === undefined ? hosts : [host, ...hosts];
    this.apiObject = defineManifest(this, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: route.kind,
      name: this.name,
      nameRule: NameRule.SUBDOMAIN,
      owner: { name: this.name, component: 'route', ...labels && { labels }, ...annotations && { annotations } },
      fields: { spec: (report, decisions) => this.renderSpec(decisions, report) },
    });
    this.backends().forEach(backend => this.connect(backend));
    const claims = this.claimRequests();
    Diagnostics._check(this, report => {
      this.checkRoute(report);
      claims.check(report);
    });
  }

  private renderSpec(decisions: Decisions, report: Report): Json {
    const hostnames = this.hosts.map(host => completeHost(host, decisions.domain));
    const minor = decisions.kubernetesVersion._minor;
    return mergeFields(`${this.route.kind}Spec`, compact({
      parentRefs: this.gateways(decisions).map(({ name, namespace, sectionName, port }) => compact({ name, namespace, sectionName, port })),
      hostnames: hostnames.includes(ANY_HOST) ? undefined : hostnames,
      rules: this.route.rules.map(rule => rule.render(minor, within(report, rule.property))),
    }), this.route.fields, minor, within(report, 'fields'));
  }

  private gateways(decisions: Decisions = Platform._decisions(this)): readonly GatewayReference[] {
    const { gateways, sectionName } = this.options;
    const { gateway } = decisions;
    return gateways ?? (gateway ? [{ ...gateway, ...sectionName !== undefined && { sectionName } }] : []);
  }

  private backends(): PlacedShare[] {
    return this.route.rules.flatMap(({ backends, mirrors }) => [...backends, ...mirrors]);
  }

  /** How many Gateways there are may be said later: one edge a place in the list, which may turn out to be empty. */
  private connect({ to, port }: PlacedShare): void {
    const target = to.routedConstruct;
    for (let index = 0; target && index < (this.options.gateways?.length ?? 1); index++) {
      Model.of(this)._addRoute({
        route: this,
        target,
        ...port !== undefined && { port },
        ingressNamespace: () => {
          const gateway = this.gateways()[index];
          return gateway && (gateway.podNamespace ?? gateway.namespace ?? Chart.of(this).namespace);
        },
      });
    }
  }

  private claimRequests(): RouteClaims {
    const { kind, rules } = this.route;
    const claims = new RouteClaims(this, {
      kind,
      hosts: this.hosts,
      meets: other => other instanceof GatewayRoute && this.meets(other),
      remedy: 'Drop one of the two, or choose another host, match or listener.',
    });
    for (const { property, matches } of rules) {
      for (const { key, text } of matches) {
        this.hosts.forEach(host => claims.add(host, { key, property, describe: complete => `'${complete}${text}'` }));
      }
    }
    return claims;
  }

  /** Whether a listener may serve both. */
  private meets(other: GatewayRoute): boolean {
    const place = (route: GatewayRoute, { namespace = Chart.of(route).namespace }: GatewayReference) => namespace;
    const either = <T>(one: T | undefined, two: T | undefined) => one === undefined || two === undefined || one === two;
    return this.gateways().some(mine => other.gateways().some(its => mine.name === its.name && place(this, mine) === place(other, its)
      && either(mine.sectionName, its.sectionName) && either(mine.port, its.port)));
  }

  private checkRoute(report: Report): void {
    const { host, hosts, gateways, sectionName } = this.options;
    const { rules } = this.route;
    const decisions = Platform._decisions(this);
    checkHosts(host, hosts, decisions.domain, report);
    gateways?.forEach((gateway, index) => checkGateway(gateway, within(report, `gateways[${index}]`)));
    if (gateways && sectionName !== undefined) {
      report({ code: 'conflicting-options', property: 'sectionName', message: "The listener belongs to the platform's Gateway, and 'gateways' names others.", remedy: "Write it as gateways: [{ name: '…', sectionName: '…' }]." });
    }
    if (this.gateways(decisions).length === 0) {
      report({
        code: 'gateway-missing',
        property: 'gateways',
        message: 'Neither the route nor the platform names a Gateway.',
        remedy: "Set Platform.gateway, for example { name: 'public', namespace: 'gateways' }; nothing is chosen for you.",
      });
    }
    if (rules.length === 0) {
      report({ code: 'invalid-path', property: 'rules', message: 'The route leads nowhere.', remedy: "Give it a rule, for example { path: '/', to: service }." });
    }
    const matches = rules.reduce((sum, rule) => sum + rule.matches.length, 0);
    const widest = rules.find(rule => rule.matches.length > MAX_MATCHES_OF_RULE);
    if (this.hosts.length > MAX_HOSTS || rules.length > MAX_RULES || matches > MAX_MATCHES || widest) {
      report({
        code: 'invalid-value',
        property: this.hosts.length > MAX_HOSTS ? 'hosts' : widest?.property ?? 'rules',
        message: `A route has at most ${MAX_HOSTS} hosts, ${MAX_RULES} rules, ${MAX_MATCHES_OF_RULE} matches in a rule and ${MAX_MATCHES} in all; this one has ${this.hosts.length} hosts and ${rules.length} rules with ${matches} matches.`,
        remedy: 'Make several routes; they may share a host.',
      });
    }
    for (const backend of this.backends()) {
      checkBackend(this, 'a route', backend, report);
      renderBackend(backend, report);
    }
  }
}
