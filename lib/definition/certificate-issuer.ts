import { compact, type Json } from './json';
import { checkReference, isHostName } from './naming';
import { type Report } from '../diagnostics/report';

/**
 * Who signs certificates: an issuer of cert-manager, or of a controller that works with it.
 *
 * @see https://cert-manager.io/docs/concepts/issuer/
 */
export class CertificateIssuer {
  /** An Issuer in the namespace of the certificate. Diagnostics: `invalid-name`. */
  public static issuer(name: string): CertificateIssuer {
    return new CertificateIssuer(name, 'Issuer');
  }

  /** A ClusterIssuer. Diagnostics: `invalid-name`. */
  public static clusterIssuer(name: string): CertificateIssuer {
    return new CertificateIssuer(name, 'ClusterIssuer');
  }

  /** An issuer of another API group, for example `awspca.cert-manager.io`. Diagnostics: `invalid-name`. */
  public static external(group: string, kind: string, name: string): CertificateIssuer {
    return new CertificateIssuer(name, kind, group);
  }

  private constructor(
    /** The name of the issuer. */
    public readonly name: string,
    /** Its kind. */
    public readonly kind: string,
    /** Its API group; nothing for cert-manager's own. */
    public readonly group?: string,
  ) {}

  /** @internal */
  public get _reference(): Json {
    return compact({ group: this.group, kind: this.kind, name: this.name });
  }

  /** @internal */
  public _check(property: string, report: Report): void {
    checkReference(this.name, this.kind, property, report);
    if (this.group !== undefined && !isHostName(this.group)) {
      report({ code: 'invalid-name', property, message: `'${this.group}' is not an API group.`, remedy: "Write it as in its apiVersion, for example 'awspca.cert-manager.io'." });
    }
  }
}
