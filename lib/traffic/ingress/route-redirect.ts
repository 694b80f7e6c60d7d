import { isHostName } from '../../definition/naming';
import { type Report } from '../../diagnostics/report';

/** How a client is sent elsewhere. */
export interface RouteRedirectOptions {
  /**
   * Whether clients may remember it for good (301 instead of 302); not on haproxy-ingress, where the status is a setting of the controller.
   *
   * @default false
   */
  readonly permanent?: boolean;
}

/** Where a client is sent instead of getting an answer. */
export class RouteRedirect {
  /** Another host; scheme, path and query stay. On Traefik alone. Diagnostics: `invalid-host`. */
  public static toHost(host: string, options: RouteRedirectOptions = {}): RouteRedirect {
    return new RouteRedirect(host, undefined, options.permanent ?? false);
  }

  /** One URL, for example `https://example.com/moved`, whatever was asked for. Diagnostics: `invalid-value`. */
  public static toUrl(url: string, options: RouteRedirectOptions = {}): RouteRedirect {
    return new RouteRedirect(undefined, url, options.permanent ?? false);
  }

  private constructor(
    /** @internal */
    public readonly _host: string | undefined,
    /** @internal */
    public readonly _url: string | undefined,
    /** @internal */
    public readonly _permanent: boolean,
  ) {}

  /**
   * Whether it can be used.
   *
   * @internal
   */
  public _check(property: string, report: Report): boolean {
    if (this._host !== undefined && !isHostName(this._host)) {
      report({ code: 'invalid-host', property, message: `'${this._host}' is not a host name.`, remedy: "Write it in lower case without scheme and port, for example 'www.example.com'." });
      return false;
    }
    if (this._url !== undefined && !isUrl(this._url)) {
      report({ code: 'invalid-value', property, message: `'${this._url}' is not a URL to send clients to.`, remedy: "Write it with its scheme, for example 'https://example.com/moved'." });
      return false;
    }
    return true;
  }
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s"'`\\^{}|<>$]+$/.test(text) && URL.canParse(text);
}
