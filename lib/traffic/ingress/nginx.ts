import { type ControllerRenderer, escapeRegex, formatSize, type IngressContext, prefixed, type RenderedIngress, unsupported } from './controller-renderer';
import type { ResolvedOptions } from './resolved-options';
import { BackendProtocol } from './route-options';
import type { RoutePath } from './route-path';
import { type Report } from '../../diagnostics/report';
import { PathType, withoutTrailingSlash } from '../routing/path-type';

const TITLE = 'ingress-nginx';
const MINUTE = 60_000;
/** What its annotation parser lets through. */
const URL_CHARACTERS = /^[-._~a-zA-Z0-9/:?&=]*$/;

type Values = { [name: string]: string | undefined };

/**
 * ingress-nginx, by annotations.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export const NGINX: ControllerRenderer = {
  title: TITLE,
  backendScope: 'none',

  render(context: IngressContext, report: Report): RenderedIngress {
    const { options, usesRegex } = context;
    if (options.requestHeaders) {
      unsupported(report, TITLE, 'requestHeaders', 'has no annotation for request headers', 'Set the headers in the service, or leave them out.');
    }
    if (options.responseHeaders) {
      unsupported(report, TITLE, 'responseHeaders', 'sets response headers only from a ConfigMap that its operator has allowed', 'Set the headers in the service, or leave them out.');
    }
    const annotations = prefixed('nginx.ingress.kubernetes.io', {
      ...timeouts(options, report),
      'proxy-body-size': options.maxBodyBytes === undefined ? undefined : formatSize(options.maxBodyBytes),
      'use-regex': usesRegex ? 'true' : undefined,
      'rewrite-target': rewriteTarget(context),
      ...rateLimit(options, report),
      ...cors(options),
      ...httpsRedirect(context),
      ...redirect(options, report),
      ...stickySession(context),
      'backend-protocol': protocol(context, report),
      'whitelist-source-range': options.allowedCidrs?.join(','),
    });
    return { annotations, backendWide: {}, onServices: {}, objects: [] };
  },

  /**
   * One regular expression on a host turns every path of that host into one, compared from its start, without regard to case, the
   * longest text first. So each is written out: a prefix ends with an element, and an exact path is the longer text of the two.
   *
   * @see https://kubernetes.github.io/ingress-nginx/user-guide/ingress-path-matching/
   */
  renderPath({ path }: RoutePath, pathType: PathType, usesRegex: boolean) {
    if (!usesRegex || pathType === PathType.REGULAR_EXPRESSION || pathType === PathType.IMPLEMENTATION_SPECIFIC) {
      return { path, pathType: pathType === PathType.REGULAR_EXPRESSION ? PathType.IMPLEMENTATION_SPECIFIC : pathType };
    }
    const plain = escapeRegex(withoutTrailingSlash(path));
    const regex = pathType === PathType.EXACT ? `${escapeRegex(path)}(?:$)(?:$)` : plain === '/' ? '/()(.*)' : `${plain}(/|$)(.*)`;
    return { path: regex, pathType: PathType.IMPLEMENTATION_SPECIFIC };
  },
};

function timeouts({ connectTimeout, responseTimeout }: ResolvedOptions, report: Report): Values {
  const seconds = (milliseconds: number | undefined, property: string) => {
    if (milliseconds !== undefined && milliseconds % 1000 !== 0) {
      unsupported(report, TITLE, property, `counts whole seconds, and this is ${milliseconds} milliseconds`, 'Write for example Duration.seconds(30).');
      return undefined;
    }
    return milliseconds === undefined ? undefined : String(milliseconds / 1000);
  };
  const response = seconds(responseTimeout, 'timeouts.response');
  return { 'proxy-connect-timeout': seconds(connectTimeout, 'timeouts.connect'), 'proxy-read-timeout': response, 'proxy-send-timeout': response };
}

/** The groups of the expressions that `renderPath` writes: the slash, then the rest. */
function rewriteTarget({ options: { rewritePrefix }, group: { paths: [{ path, pathType }] } }: IngressContext): string | undefined {
  if (rewritePrefix === undefined || pathType === PathType.EXACT) {
    return rewritePrefix;
  }
  return rewritePrefix === '/' ? '/$2' : path === '/' ? `${rewritePrefix}/$2` : `${rewritePrefix}$1$2`;
}

function rateLimit({ rateLimit: limit }: ResolvedOptions, report: Report): Values {
  if (!limit) {
    return {};
  }
  const { requests, period, burst = requests } = limit;
  if (period !== 1000 && period !== MINUTE) {
    unsupported(report, TITLE, 'rateLimit.period', 'counts requests by the second or by the minute', 'Write Duration.seconds(1) or Duration.minutes(1).');
  }
  if (burst % requests !== 0) {
    unsupported(report, TITLE, 'rateLimit.burst', 'takes a burst as a multiple of the rate', `Write ${requests}, ${2 * requests} or another multiple of ${requests}.`);
  }
  return { [period === MINUTE ? 'limit-rpm' : 'limit-rps']: String(requests), 'limit-burst-multiplier': String(Math.ceil(burst / requests)) };
}

function cors({ cors: rules }: ResolvedOptions): Values {
  return !rules ? {} : {
    'enable-cors': 'true',
    'cors-allow-origin': rules.origins.join(','),
    'cors-allow-methods': rules.methods.join(', '),
    'cors-allow-headers': rules.headers.join(','),
    'cors-expose-headers': rules.exposeHeaders.length > 0 ? rules.exposeHeaders.join(',') : undefined,
    'cors-allow-credentials': String(rules.credentials),
    'cors-max-age': String(rules.maxAge),
  };
}

/** With a certificate of its own it redirects unless told otherwise. */
function httpsRedirect({ options: { redirectToHttps }, tls }: IngressContext): Values {
  return tls?._terminatedBefore
    ? { 'force-ssl-redirect': redirectToHttps ? 'true' : undefined }
    : { 'ssl-redirect': redirectToHttps === undefined ? undefined : String(redirectToHttps) };
}

function redirect({ redirect: target }: ResolvedOptions, report: Report): Values {
  if (!target) {
    return {};
  }
  if (target._url === undefined || !URL_CHARACTERS.test(target._url)) {
    unsupported(report, TITLE, 'redirect', 'redirects only to a fixed URL of plain characters', "Write RouteRedirect.toUrl('https://…') with letters, digits and '-._~/:?&='.");
    return {};
  }
  return { [target._permanent ? 'permanent-redirect' : 'temporal-redirect']: target._url };
}

function stickySession({ options: { stickySession: session }, tls, usesRegex }: IngressContext): Values {
  return !session ? {} : {
    'affinity': 'cookie',
    'session-cookie-name': session.cookieName,
    'session-cookie-max-age': session.maxAge === undefined ? undefined : String(session.maxAge),
    'session-cookie-samesite': 'Lax',
    'session-cookie-secure': tls ? 'true' : undefined,
    // Otherwise the cookie would get the regular expression for its path.
    'session-cookie-path': usesRegex ? '/' : undefined,
  };
}

function protocol({ protocol: spoken }: IngressContext, report: Report): string | undefined {
  if (spoken === BackendProtocol.H2C) {
    unsupported(report, TITLE, 'backendProtocol', 'speaks HTTP/2 to a service only for gRPC', 'Write BackendProtocol.GRPC for a gRPC service, or let the service speak HTTP/1.1.');
    return undefined;
  }
  return spoken === BackendProtocol.HTTP ? undefined : spoken;
}
