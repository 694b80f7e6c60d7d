import { type ControllerRenderer, formatDuration, formatSize, type IngressContext, prefixed, type RenderedIngress, unsupported } from './controller-renderer';
import type { ResolvedOptions } from './resolved-options';
import { BackendProtocol } from './route-options';
import type { RoutePath } from './route-path';
import { sortedEntries } from '../../definition/json';
import { type Report } from '../../diagnostics/report';
import { PathType } from '../routing/path-type';

const TITLE = 'haproxy-ingress';
const PREFIX = 'haproxy-ingress.github.io';

type Values = { [name: string]: string | undefined };

const PROTOCOLS: { readonly [protocol in BackendProtocol]: string | undefined } = {
  [BackendProtocol.HTTP]: undefined,
  [BackendProtocol.HTTPS]: 'h1-ssl',
  [BackendProtocol.H2C]: 'h2',
  [BackendProtocol.GRPC]: 'h2',
  [BackendProtocol.GRPCS]: 'h2-ssl',
};

/**
 * haproxy-ingress (jcmoraisjr), by annotations. Those of its scope "Backend" hold for a port of a Service as a whole.
 *
 * @see https://haproxy-ingress.github.io/docs/configuration/keys/
 */
export const HAPROXY: ControllerRenderer = {
  title: TITLE,
  backendScope: 'port',

  render(context: IngressContext, report: Report): RenderedIngress {
    const { options } = context;
    reportLacks(context, report);
    const backendWide = prefixed(PREFIX, {
      'timeout-connect': options.connectTimeout === undefined ? undefined : formatDuration(options.connectTimeout),
      'timeout-server': options.responseTimeout === undefined ? undefined : formatDuration(options.responseTimeout),
      'limit-rps': options.rateLimit && String(options.rateLimit.requests),
      ...stickySession(context),
      'backend-protocol': PROTOCOLS[context.protocol],
      'headers': options.requestHeaders && sortedEntries(options.requestHeaders).map(([name, value]) => `${name}: ${value}`).join('\n'),
    });
    const byPath = prefixed(PREFIX, {
      'proxy-body-size': options.maxBodyBytes === undefined ? undefined : formatSize(options.maxBodyBytes),
      'rewrite-target': rewriteTarget(context),
      'path-type': context.group.paths[0].pathType === PathType.REGULAR_EXPRESSION ? 'regex' : undefined,
      ...cors(options),
      'ssl-redirect': options.redirectToHttps === undefined || context.tls?._terminatedBefore ? undefined : String(options.redirectToHttps),
      'redirect-to': options.redirect?._url,
      'allowlist-source-range': options.allowedCidrs?.join(','),
    });
    return { annotations: { ...backendWide, ...byPath }, backendWide, onServices: {}, objects: [] };
  },

  renderPath({ path }: RoutePath, pathType: PathType) {
    return { path, pathType: pathType === PathType.REGULAR_EXPRESSION ? PathType.IMPLEMENTATION_SPECIFIC : pathType };
  },
};

function reportLacks({ options, tls }: IngressContext, report: Report): void {
  const { rateLimit, redirect, stickySession: session } = options;
  if (rateLimit && rateLimit.period !== 1000) {
    unsupported(report, TITLE, 'rateLimit.period', 'counts requests by the second', 'Leave the period out.');
  }
  if (rateLimit?.burst !== undefined) {
    unsupported(report, TITLE, 'rateLimit.burst', 'has no bursts beyond the rate', 'Leave the burst out.');
  }
  if (options.cors?.origins.some(origin => origin.includes('*.'))) {
    unsupported(report, TITLE, 'cors.allowOrigins', 'compares whole origins', "Name each origin, or write '*'.");
  }
  if (session?.maxAge !== undefined) {
    unsupported(report, TITLE, 'stickySession.maxAge', 'gives its cookie no age', 'Leave the age out; the cookie lives as long as the browser is open.');
  }
  if (redirect && redirect._url === undefined) {
    unsupported(report, TITLE, 'redirect', 'redirects a path only to a fixed URL', "Write RouteRedirect.toUrl('https://…').");
  }
  if (redirect?._permanent) {
    unsupported(report, TITLE, 'redirect', 'has one redirect status for all routes', "Leave 'permanent' out; its operator sets redirect-to-code.");
  }
  if (options.redirectToHttps && tls?._terminatedBefore) {
    unsupported(report, TITLE, 'redirectToHttps', 'redirects only where it has a certificate itself', 'Let the load balancer redirect, or its operator set fronting-proxy-port, and leave the option out.');
  }
  if (options.responseHeaders) {
    unsupported(report, TITLE, 'responseHeaders', 'has no key for response headers', 'Set the headers in the service, or leave them out.');
  }
  for (const [name] of sortedEntries(options.requestHeaders).filter(([, value]) => value.includes('%'))) {
    unsupported(report, TITLE, `requestHeaders['${name}']`, "reads '%' as the beginning of a variable", "Leave '%' out of the value.");
  }
}

/** It puts the target before what follows the path, so the root needs a slash of its own. */
function rewriteTarget({ options: { rewritePrefix }, group: { paths: [{ path }] } }: IngressContext): string | undefined {
  return rewritePrefix !== undefined && path === '/' ? `${rewritePrefix}/` : rewritePrefix;
}

/** Its own defaults admit credentials from everywhere. */
function cors({ cors: rules }: ResolvedOptions): Values {
  return !rules ? {} : {
    'cors-enable': 'true',
    'cors-allow-origin': rules.origins.join(','),
    'cors-allow-methods': rules.methods.join(','),
    'cors-allow-headers': rules.headers.join(','),
    'cors-expose-headers': rules.exposeHeaders.length > 0 ? rules.exposeHeaders.join(',') : undefined,
    'cors-allow-credentials': String(rules.credentials),
    'cors-max-age': String(rules.maxAge),
  };
}

function stickySession({ options: { stickySession: session }, tls }: IngressContext): Values {
  return !session ? {} : {
    'affinity': 'cookie',
    'session-cookie-name': session.cookieName,
    // The first three are its default, which this annotation replaces.
    'session-cookie-keywords': tls ? 'indirect nocache httponly secure' : undefined,
  };
}
