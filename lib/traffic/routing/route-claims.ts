import type { IConstruct } from 'constructs';
import { completeHost, firstLabel } from './route-hosts';
import { type Report } from '../../diagnostics/report';
import { Environment } from '../../platform/environment';
import { Platform } from '../../platform/platform';
import { claim } from '../../synthesis/claims';

/** Routes that may get into each other's way. */
export interface ClaimScope {
  /** What serves them; routes of another kind are never rivals. */
  readonly kind: string;
  /** The hosts as the user wrote them. */
  readonly hosts: readonly string[];
  /** Whether requests that both claim come to the same door, an ingress class or a gateway. */
  readonly meets: (other: IConstruct) => boolean;
  /** What to do about a second claim. */
  readonly remedy: string;
}

/** What tells a request apart beside its host. */
export interface ClaimedRequest {
  readonly key: string;
  /** Where the user wrote it. */
  readonly property: string;
  /** What is routed, for messages. */
  readonly describe: (completeHost: string) => string;
}

interface Claim {
  readonly host: string;
  readonly request: ClaimedRequest;
  readonly claims: readonly IConstruct[];
  readonly position: number;
}

const CLAIMS = Symbol.for('cdk8s-golden-path.RouteClaims');

type ClaimingRoute = IConstruct & { [CLAIMS]?: RouteClaims };

/** The requests that a route claims, and where it stands among those that claim the same. */
export class RouteClaims {
  private readonly claims: Claim[] = [];

  public constructor(private readonly route: IConstruct, private readonly scope: ClaimScope) {
    (route as ClaimingRoute)[CLAIMS] = this;
  }

  /** A host without a dot is claimed among all whose first label is the same, since the domain is known later. */
  public add(host: string, request: ClaimedRequest): void {
    const { kind } = this.scope;
    const key = (what: string, name: string) => [what, kind, Environment.of(this.route)?.name ?? '', name, request.key].join('\n');
    const byLabel = claim(this.route, key('route-label', firstLabel(host)));
    const claims = host.includes('.') ? claim(this.route, key('route', host)) : byLabel;
    this.claims.push({ host, request, claims, position: claims.length - 1 });
  }

  /** Reports what an earlier route claims already. */
  public check(report: Report): void {
    this.claims.forEach(claimed => this.checkClaim(claimed, report));
  }

  private checkClaim({ host, request, claims, position }: Claim, report: Report): void {
    const complete = completeHost(host, this.domain());
    const rival = claims.find((other, index) => index !== position && this.scope.meets(other)
      && (host.includes('.') ? index < position : (other as ClaimingRoute)[CLAIMS]!.takesLabel(host, complete, index < position)));
    if (rival) {
      report({
        code: 'duplicate-route',
        property: request.property,
        message: `${request.describe(complete)} is routed already, by '${rival.node.path}'.`,
        remedy: this.scope.remedy,
      });
    }
  }

  /** Whether the route has a complete host, or at an earlier place one without a dot, that comes to the same. */
  private takesLabel(label: string, complete: string, earlier: boolean): boolean {
    const domain = this.domain();
    return this.scope.hosts.some(host => firstLabel(host) === label && completeHost(host, domain) === complete && (earlier || host.includes('.')));
  }

  private domain(): string | undefined {
    return Platform._decisions(this.route).domain;
  }
}
