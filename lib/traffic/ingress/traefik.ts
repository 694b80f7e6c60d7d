import { type ControllerObject, type ControllerRenderer, escapeRegex, formatDuration, type IngressContext, prefixed, type RenderedIngress } from './controller-renderer';
import type { ResolvedOptions } from './resolved-options';
import { BackendProtocol, type RouteOptions } from './route-options';
import type { RoutePath } from './route-path';
import { compact, type Json, sortedEntries } from '../../definition/json';
import { type Report } from '../../diagnostics/report';
import { PathType, withoutTrailingSlash } from '../routing/path-type';

const TITLE = 'Traefik';
const PREFIX = 'traefik.ingress.kubernetes.io';
const API_VERSION = 'traefik.io/v1alpha1';

const SCHEMES: { readonly [protocol in BackendProtocol]: string | undefined } = {
  [BackendProtocol.HTTP]: undefined,
  [BackendProtocol.HTTPS]: 'https',
  [BackendProtocol.H2C]: 'h2c',
  [BackendProtocol.GRPC]: 'h2c',
  [BackendProtocol.GRPCS]: 'https',
};

/** A Middleware, and the option that asks for it. */
interface Middleware {
  readonly option: keyof RouteOptions;
  readonly suffix: string;
  readonly spec: Json;
  /** Whether it depends on the paths of the Ingress as well. */
  readonly byPath?: boolean;
}

/**
 * Traefik's Ingress provider: Middlewares that the Ingress refers to; what concerns the way to a Service it reads from the Service.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/
 */
export const TRAEFIK: ControllerRenderer = {
  title: TITLE,
  backendScope: 'service',

  render(context: IngressContext, report: Report): RenderedIngress {
    const { options, group, namespace, ownerOf } = context;
    for (const { path, property } of group.paths.filter(({ pathType }) => pathType === PathType.REGULAR_EXPRESSION)) {
      report({
        code: 'unsupported-option',
        property: `${property}.pathType`,
        message: `${TITLE} would find '${path}' anywhere in a path, since an Ingress cannot hold an expression that begins with '^'.`,
        remedy: 'Write PathType.PREFIX or PathType.EXACT, and one path for each case.',
      });
    }
    const objects = middlewares(context).map(({ option, suffix, spec, byPath }): ControllerObject => (
      { apiVersion: API_VERSION, kind: 'Middleware', name: `${byPath ? group.name : ownerOf(option)}-${suffix}`, spec }));
    const references = objects.map(({ name }) => reference(namespace, name));
    const transport = serversTransport(options, `${ownerOf('timeouts')}-timeouts`);
    return {
      annotations: prefixed(PREFIX, { 'router.middlewares': references.length > 0 ? references.join(',') : undefined }),
      backendWide: {},
      onServices: prefixed(PREFIX, {
        'service.serversscheme': SCHEMES[context.protocol],
        'service.serverstransport': transport && reference(namespace, transport.name),
        ...stickySession(context),
      }),
      objects: [...objects, ...transport ? [transport] : []],
    };
  },

  renderPath({ path }: RoutePath, pathType: PathType) {
    return { path, pathType: pathType === PathType.REGULAR_EXPRESSION ? PathType.IMPLEMENTATION_SPECIFIC : pathType };
  },
};

/** Traefik finds an object of the CRD provider by its namespace and name, with single dashes for whatever is neither letter nor digit. */
function reference(namespace: string, name: string): string {
  return `${`${namespace}-${name}`.replace(/[^A-Za-z0-9]+/g, '-')}@kubernetescrd`;
}

/** In the order in which a request meets them: who may come in stands first, what the Service sees last. */
function middlewares({ options, group, tls }: IngressContext): Middleware[] {
  const { redirectToHttps, allowedCidrs, rateLimit, cors, requestHeaders, responseHeaders, redirect, maxBodyBytes, rewritePrefix } = options;
  const toHttps = redirectToHttps ?? (tls !== undefined && !tls._terminatedBefore);
  const made: (Middleware | false | undefined)[] = [
    allowedCidrs && { option: 'allowedCidrs', suffix: 'allowed-cidrs', spec: { ipAllowList: { sourceRange: [...allowedCidrs] } } },
    toHttps && tls !== undefined && { option: 'redirectToHttps', suffix: 'redirect-to-https', spec: { redirectScheme: { scheme: 'https', permanent: true } } },
    rateLimit && {
      option: 'rateLimit',
      suffix: 'rate-limit',
      spec: { rateLimit: { average: rateLimit.requests, period: formatDuration(rateLimit.period), burst: rateLimit.burst ?? rateLimit.requests } },
    },
    cors && { option: 'cors', suffix: 'cors', spec: { headers: corsHeaders(cors) } },
    requestHeaders && { option: 'requestHeaders', suffix: 'request-headers', spec: { headers: { customRequestHeaders: Object.fromEntries(sortedEntries(requestHeaders)) } } },
    responseHeaders && { option: 'responseHeaders', suffix: 'response-headers', spec: { headers: { customResponseHeaders: Object.fromEntries(sortedEntries(responseHeaders)) } } },
    redirect && { option: 'redirect', suffix: 'redirect', spec: { redirectRegex: redirectRegex(redirect) } },
    maxBodyBytes !== undefined && { option: 'maxBodySize', suffix: 'max-body-size', spec: { buffering: { maxRequestBodyBytes: maxBodyBytes } } },
    rewritePrefix !== undefined && { option: 'rewritePrefix', suffix: 'rewrite', spec: rewrite(rewritePrefix, group.paths), byPath: true },
  ];
  return made.filter(middleware => !!middleware);
}

function corsHeaders({ origins, methods, headers, exposeHeaders, credentials, maxAge }: NonNullable<ResolvedOptions['cors']>): Json {
  const wildcards = origins.filter(origin => origin.includes('*.'));
  return compact({
    accessControlAllowOriginList: origins.filter(origin => !origin.includes('*.')),
    accessControlAllowOriginListRegex: wildcards.map(origin => `^${escapeRegex(origin).replace('\\*', '[A-Za-z0-9-]+')}$`),
    accessControlAllowMethods: [...methods],
    accessControlAllowHeaders: [...headers],
    accessControlExposeHeaders: [...exposeHeaders],
    accessControlAllowCredentials: credentials || undefined,
    accessControlMaxAge: maxAge,
    // The answer differs by origin, which caches must know.
    addVaryHeader: true,
  });
}

function redirectRegex({ _host, _url, _permanent }: NonNullable<ResolvedOptions['redirect']>): Json {
  return {
    regex: _host === undefined ? '^.+$' : '^(https?)://[^/]+(.*)$',
    replacement: _host === undefined ? _url : `\${1}://${_host}\${2}`,
    permanent: _permanent,
  };
}

/** All paths of an Ingress that rewrites are prefixes, all exact, or all the root. */
function rewrite(target: string, paths: readonly RoutePath[]): Json {
  if (paths.some(({ path }) => path === '/') && paths[0].pathType !== PathType.EXACT) {
    return { addPrefix: { prefix: target } };
  }
  const exact = paths[0].pathType === PathType.EXACT;
  const longestFirst = paths.map(({ path }) => exact ? path : withoutTrailingSlash(path)).sort((a, b) => b.length - a.length);
  if (target === '/' && !exact) {
    return { stripPrefix: { prefixes: longestFirst } };
  }
  const choice = longestFirst.length === 1 ? escapeRegex(longestFirst[0]) : `(?:${longestFirst.map(escapeRegex).join('|')})`;
  return { replacePathRegex: exact ? { regex: `^${choice}$`, replacement: target } : { regex: `^${choice}(/.*)?$`, replacement: `${target}\${1}` } };
}

/** How long Traefik waits is a matter of the way to the Service. */
function serversTransport({ connectTimeout, responseTimeout }: ResolvedOptions, name: string): ControllerObject | undefined {
  return connectTimeout === undefined && responseTimeout === undefined ? undefined : {
    apiVersion: API_VERSION,
    kind: 'ServersTransport',
    name,
    spec: {
      forwardingTimeouts: compact({
        dialTimeout: connectTimeout === undefined ? undefined : formatDuration(connectTimeout),
        responseHeaderTimeout: responseTimeout === undefined ? undefined : formatDuration(responseTimeout),
      }),
    },
  };
}

function stickySession({ options: { stickySession: session }, tls }: IngressContext): { [name: string]: string | undefined } {
  return !session ? {} : {
    'service.sticky.cookie': 'true',
    'service.sticky.cookie.name': session.cookieName,
    'service.sticky.cookie.maxage': session.maxAge === undefined ? undefined : String(session.maxAge),
    'service.sticky.cookie.httponly': 'true',
    'service.sticky.cookie.samesite': 'lax',
    'service.sticky.cookie.secure': tls ? 'true' : undefined,
  };
}
