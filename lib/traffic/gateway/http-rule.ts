import { checkShares, placeBackends, renderBackend } from './gateway-backend';
import { placeMirrors, renderFilters, renderPathChange } from './gateway-filters';
import type { ClaimedMatch, GatewayRule } from './gateway-rule';
import { renderValueMatches } from './gateway-values';
import type { GatewayRedirect, GatewayTimeouts, HttpRouteMatch, HttpRouteRule } from './http-route-props';
import { durationText } from '../../definition/duration';
import { compact, compactOrNone, type Json } from '../../definition/json';
import { isHostName } from '../../definition/naming';
import { mergeFields } from '../../definition/pass-through';
import { checkPortNumber } from '../../definition/port';
import { type Report, silent, within } from '../../diagnostics/report';
import { resolveOptions } from '../ingress/resolved-options';
import type { RouteCors } from '../ingress/route-options';
import { checkPath, PathType, withoutTrailingSlash } from '../routing/path-type';

const STATUS_CODES = [301, 302, 303, 307, 308];
const PATH_TYPES: { readonly [type: string]: string } = {
  [PathType.PREFIX]: 'PathPrefix',
  [PathType.EXACT]: 'Exact',
  [PathType.REGULAR_EXPRESSION]: 'RegularExpression',
};

/** A rule of an HTTPRoute. */
export function httpRule(rule: HttpRouteRule, property: string): GatewayRule {
  const matches = [rule, ...rule.alsoMatches ?? []];
  const backends = placeBackends(rule, property);
  const mirrors = placeMirrors(rule, property);
  return {
    property,
    matches: matches.map(claimOf),
    backends,
    mirrors,
    render: (minor, report) => {
      checkRule(rule, matches, report);
      const filters = renderFilters(rule, [
        rewriteFilter(rule, report),
        rule.redirect && { type: 'RequestRedirect', requestRedirect: renderRedirect(rule.redirect, within(report, 'redirect')) },
        rule.cors && corsFilter(rule.cors, report),
      ], mirrors, report);
      return mergeFields('GatewayRouteRule', compact({
        matches: matches.map((match, index) => renderMatch(match, index === 0 ? report : within(report, `alsoMatches[${index - 1}]`))),
        filters,
        backendRefs: backends.map(backend => renderBackend(backend, silent)),
        timeouts: rule.timeouts && renderTimeouts(rule.timeouts, within(report, 'timeouts')),
      }), rule.fields, minor, within(report, 'fields'));
    },
  };
}

function renderMatch(match: HttpRouteMatch, report: Report): Json {
  const { path = '/', pathType = PathType.PREFIX, method, headers, headerPatterns, queryParams, queryParamPatterns } = match;
  if (pathType === PathType.IMPLEMENTATION_SPECIFIC) {
    report({
      code: 'unsupported-option',
      property: 'pathType',
      message: 'The Gateway API compares paths as PREFIX, EXACT or REGULAR_EXPRESSION alone.',
      remedy: 'Write one of them.',
    });
  } else {
    checkPath(path, pathType, report);
  }
  return compact({
    path: { type: PATH_TYPES[pathType] ?? pathType, value: path },
    method,
    headers: renderValueMatches(headers, headerPatterns, ['headers', 'headerPatterns'], report),
    queryParams: renderValueMatches(queryParams, queryParamPatterns, ['queryParams', 'queryParamPatterns'], report),
  });
}

function claimOf(match: HttpRouteMatch): ClaimedMatch {
  const { path = '/', pathType = PathType.PREFIX } = match;
  const normal = { ...match, path: pathType === PathType.PREFIX ? withoutTrailingSlash(path) : path };
  return { key: JSON.stringify(renderMatch(normal, silent)), text: path };
}

function checkRule(rule: HttpRouteRule, matches: readonly HttpRouteMatch[], report: Report): void {
  const { redirect, rewritePrefix, rewritePath, rewriteHost } = rule;
  checkShares(rule, redirect !== undefined, report);
  if (redirect && [rewritePrefix, rewritePath, rewriteHost].some(value => value !== undefined)) {
    report({ code: 'conflicting-options', property: 'redirect', message: 'The rule redirects, so no service sees what is rewritten.', remedy: 'Drop redirect or the rewriting.' });
  }
  const replaced = rewritePrefix !== undefined ? 'rewritePrefix' : redirect?.prefix !== undefined ? 'redirect.prefix' : undefined;
  if (replaced && (matches.length > 1 || (rule.pathType ?? PathType.PREFIX) !== PathType.PREFIX)) {
    report({
      code: 'conflicting-options',
      property: replaced,
      message: 'The Gateway API replaces a prefix only where the rule takes one path, by its prefix.',
      remedy: 'Make a rule of its own for each path, or replace the whole path.',
    });
  }
}

function rewriteFilter({ rewriteHost, rewritePath, rewritePrefix }: HttpRouteRule, report: Report): Json | undefined {
  if (rewriteHost !== undefined && !isHostName(rewriteHost)) {
    reportHost(rewriteHost, 'rewriteHost', report);
  }
  const path = renderPathChange(rewritePath, rewritePrefix, ['rewritePath', 'rewritePrefix'], report);
  const urlRewrite = compactOrNone({ hostname: rewriteHost, path });
  return urlRewrite && { type: 'URLRewrite', urlRewrite };
}

function renderRedirect(redirect: GatewayRedirect, report: Report): Json {
  const { scheme, host, port, path, prefix, statusCode } = redirect;
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    report({ code: 'invalid-value', property: 'scheme', message: `'${scheme}' is not a scheme to send clients to.`, remedy: "Write 'http' or 'https'." });
  }
  if (host !== undefined && !isHostName(host)) {
    reportHost(host, 'host', report);
  }
  if (port !== undefined) {
    checkPortNumber(port, 'port', report);
  }
  if (statusCode !== undefined && !STATUS_CODES.includes(statusCode)) {
    report({ code: 'invalid-value', property: 'statusCode', message: `${statusCode} is not the status of a redirection.`, remedy: `Write one of ${STATUS_CODES.join(', ')}.` });
  }
  if (Object.values(redirect).every(value => value === undefined)) {
    report({ code: 'invalid-value', message: 'The client is sent to where it came from.', remedy: "Write what changes, for example { scheme: 'https' }." });
  }
  return compact({ scheme, hostname: host, port, path: renderPathChange(path, prefix, ['path', 'prefix'], report), statusCode });
}

function reportHost(host: string, property: string, report: Report): void {
  report({ code: 'invalid-host', property, message: `'${host}' is not a host name.`, remedy: "Write it in lower case without scheme and port, for example 'www.example.com'." });
}

function corsFilter(cors: RouteCors, report: Report): Json | undefined {
  const resolved = resolveOptions({ cors }, report).cors;
  return resolved && {
    type: 'CORS',
    cors: compact({
      allowOrigins: [...resolved.origins],
      allowMethods: [...resolved.methods],
      allowHeaders: [...resolved.headers],
      exposeHeaders: [...resolved.exposeHeaders],
      allowCredentials: resolved.credentials || undefined,
      maxAge: resolved.maxAge,
    }),
  };
}

function renderTimeouts({ request, backendRequest }: GatewayTimeouts, report: Report): Json {
  if (request && backendRequest && backendRequest.toMilliseconds({ integral: false }) > request.toMilliseconds({ integral: false })) {
    report({ code: 'conflicting-options', property: 'backendRequest', message: 'An attempt may take longer than all of them together.', remedy: "Write at most the time of 'request'." });
  }
  return compact({ request: durationText(request, 'request', report), backendRequest: durationText(backendRequest, 'backendRequest', report) });
}

