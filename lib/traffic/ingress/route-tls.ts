import { Chart } from 'cdk8s';
import { checkName, NameRule } from '../../definition/naming';
import { type Report } from '../../diagnostics/report';
import type { Certificate } from '../certificate';

/** How cert-manager fills a certificate. */
export interface RouteCertificateOptions {
  /**
   * The Secret that cert-manager writes.
   *
   * @default - the name of the route, then `-tls`
   */
  readonly secretName?: string;
}

/** Where TLS of a route ends, and where its certificate comes from. */
export class RouteTls {
  /** A Secret of type kubernetes.io/tls in the namespace of the route. Diagnostics: `invalid-name`. */
  public static secret(name: string): RouteTls {
    return new RouteTls(name);
  }

  /**
   * A certificate of cert-manager in the namespace of the route.
   * Diagnostics: `conflicting-options` where it does not cover a host of the route, or lies in another namespace.
   */
  public static certificate(certificate: Certificate): RouteTls {
    return new RouteTls(certificate.secretName, undefined, false, certificate);
  }

  /**
   * A cert-manager Issuer in the namespace of the route. Diagnostics: `invalid-name`.
   *
   * @see https://cert-manager.io/docs/usage/ingress/
   */
  public static issuer(name: string, options: RouteCertificateOptions = {}): RouteTls {
    return new RouteTls(options.secretName, ['cert-manager.io/issuer', name]);
  }

  /**
   * A cert-manager ClusterIssuer. Diagnostics: `invalid-name`.
   *
   * @see https://cert-manager.io/docs/usage/ingress/
   */
  public static clusterIssuer(name: string, options: RouteCertificateOptions = {}): RouteTls {
    return new RouteTls(options.secretName, ['cert-manager.io/cluster-issuer', name]);
  }

  /** The default certificate of the controller, a wildcard for example. */
  public static controllerDefault(): RouteTls {
    return new RouteTls();
  }

  /** TLS ends in front of the controller, at the load balancer of a cloud for example. */
  public static terminatedBefore(): RouteTls {
    return new RouteTls(undefined, undefined, true);
  }

  private constructor(
    private readonly secretName?: string,
    private readonly issuedBy?: readonly [annotation: string, name: string],
    /** @internal */
    public readonly _terminatedBefore = false,
    private readonly certificateConstruct?: Certificate,
  ) {}

  /** @internal */
  public get _annotations(): { [annotation: string]: string } {
    return this.issuedBy ? { [this.issuedBy[0]]: this.issuedBy[1] } : {};
  }

  /**
   * The Secret that holds the certificate; nothing for the controller's default.
   *
   * @internal
   */
  public _secretName(routeName: string): string | undefined {
    return this.secretName ?? (this.issuedBy && `${routeName}-tls`);
  }

  /** @internal */
  public _check(routeName: string, namespace: string | undefined, hosts: readonly string[], report: Report): void {
    if (this.certificateConstruct) {
      checkCertificate(this.certificateConstruct, namespace, hosts, report);
      return;
    }
    const secret = this._secretName(routeName);
    if (secret !== undefined) {
      checkName(secret, NameRule.SUBDOMAIN, 'tls', report);
    }
    if (this.issuedBy) {
      checkName(this.issuedBy[1], NameRule.SUBDOMAIN, 'tls', report);
    }
  }
}

function checkCertificate(certificate: Certificate, namespace: string | undefined, hosts: readonly string[], report: Report): void {
  const at = certificate.node.path;
  const { namespace: its } = Chart.of(certificate);
  const stranger = hosts.find(host => !certificate._covers(host));
  if (its !== namespace) {
    report({
      code: 'conflicting-options',
      property: 'tls',
      message: `The certificate '${at}' lies in the namespace '${its ?? ''}', and an Ingress reads Secrets of its own alone, '${namespace ?? ''}'.`,
      remedy: 'Make the certificate in the chart of the route.',
    });
  } else if (stranger !== undefined) {
    report({
      code: 'conflicting-options',
      property: 'tls',
      message: `The certificate '${at}' is not for the host '${stranger}'.`,
      remedy: `Add '${stranger}' to its dnsNames.`,
    });
  }
}
