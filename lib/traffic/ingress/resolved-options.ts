import type { Duration } from 'cdk8s';
import type { RouteCors, RouteOptions, RouteRateLimit, StickySession } from './route-options';
import type { RouteRedirect } from './route-redirect';
import { defined } from '../../definition/json';
import { checkAnnotations } from '../../definition/naming';
import { checkQuantity, QuantityKind } from '../../definition/quantity';
import { type Report, within } from '../../diagnostics/report';

export type StringMap = { readonly [key: string]: string };

/** CORS with every default filled in. */
export interface ResolvedCors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly credentials: boolean;
  /** In seconds. */
  readonly maxAge: number;
}

/** Options as plain numbers and lists, without the values that are no good; what is left can be rendered. */
export interface ResolvedOptions {
  /** In milliseconds. */
  readonly connectTimeout?: number;
  /** In milliseconds. */
  readonly responseTimeout?: number;
  readonly maxBodyBytes?: number;
  readonly rewritePrefix?: string;
  /** The period in milliseconds. */
  readonly rateLimit?: { readonly requests: number; readonly period: number; readonly burst?: number };
  readonly cors?: ResolvedCors;
  readonly redirectToHttps?: boolean;
  readonly redirect?: RouteRedirect;
  /** The age in seconds. */
  readonly stickySession?: { readonly cookieName?: string; readonly maxAge?: number };
  readonly allowedCidrs?: readonly string[];
  readonly requestHeaders?: StringMap;
  readonly responseHeaders?: StringMap;
}

const DEFAULT_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'];
const DEFAULT_HEADERS = ['Authorization', 'Content-Type', 'X-Requested-With'];
const DEFAULT_CORS_AGE = 3600;
const ORIGIN = /^https?:\/\/(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d+)?$/;
/** https://www.rfc-editor.org/rfc/rfc9110#name-tokens, as far as all controllers take it. */
const TOKEN = /^[A-Za-z0-9_-]+$/;
const REWRITE_TARGET = /^\/[A-Za-z0-9\-._~/]*$/;
const HEADER_VALUE = /^[^\r\n\0]*$/;

/** The options of a path over those of the route; annotations add up. */
export function mergeOptions(route: RouteOptions, path: RouteOptions | undefined): RouteOptions {
  const given: RouteOptions = defined(path ?? {});
  const annotations = { ...route.annotations, ...given.annotations };
  return { ...route, ...given, ...Object.keys(annotations).length > 0 && { annotations } };
}

/** Parses options and reports what is wrong with them, whatever the controller. */
export function resolveOptions(options: RouteOptions, report: Report): ResolvedOptions {
  const { timeouts, maxBodySize, rewritePrefix, rateLimit, cors, redirectToHttps, redirect, stickySession, allowedCidrs } = options;
  const resolved: { [option in keyof ResolvedOptions]: ResolvedOptions[option] | undefined } = {
    connectTimeout: milliseconds(timeouts?.connect, 'timeouts.connect', report),
    responseTimeout: milliseconds(timeouts?.response, 'timeouts.response', report),
    maxBodyBytes: maxBodySize === undefined ? undefined : resolveSize(maxBodySize, report),
    rewritePrefix: rewritePrefix === undefined ? undefined : resolveRewrite(rewritePrefix, report),
    rateLimit: rateLimit && resolveRateLimit(rateLimit, within(report, 'rateLimit')),
    cors: cors && resolveCors(cors, within(report, 'cors')),
    redirectToHttps,
    redirect: redirect?._check('redirect', report) ? redirect : undefined,
    stickySession: stickySession && resolveStickySession(stickySession, within(report, 'stickySession')),
    allowedCidrs: allowedCidrs && resolveCidrs(allowedCidrs, report),
    requestHeaders: resolveHeaders(options.requestHeaders, 'requestHeaders', report),
    responseHeaders: resolveHeaders(options.responseHeaders, 'responseHeaders', report),
  };
  checkAnnotations(options.annotations, 'annotations', report);
  return defined(resolved);
}

function milliseconds(duration: Duration | undefined, property: string, report: Report): number | undefined {
  const amount = duration?.toMilliseconds();
  if (amount !== undefined && amount <= 0) {
    report({ code: 'invalid-value', property, message: 'The time is zero.', remedy: 'Write a time above zero, for example Duration.seconds(30).' });
    return undefined;
  }
  return amount;
}

function wholeSeconds(duration: Duration | undefined, property: string, report: Report): number | undefined {
  const amount = milliseconds(duration, property, report);
  if (amount !== undefined && amount % 1000 !== 0) {
    report({ code: 'invalid-value', property, message: `${amount} milliseconds are not whole seconds.`, remedy: 'Browsers count in seconds; write for example Duration.seconds(30).' });
    return undefined;
  }
  return amount === undefined ? undefined : amount / 1000;
}

function resolveSize(text: string, report: Report): number | undefined {
  const bytes = checkQuantity(text, QuantityKind.BYTES, 'maxBodySize', report);
  if (bytes !== undefined && (bytes < 1 || !Number.isInteger(bytes))) {
    report({ code: 'invalid-quantity', property: 'maxBodySize', message: `'${text}' is not a whole number of bytes above zero.`, remedy: "Write for example '10Mi'." });
    return undefined;
  }
  return bytes;
}

function resolveRewrite(target: string, report: Report): string | undefined {
  if (!REWRITE_TARGET.test(target) || target.includes('//')) {
    report({
      code: 'invalid-path',
      property: 'rewritePrefix',
      message: `'${target}' cannot stand in place of a path.`,
      remedy: "Begin with a slash and use letters, digits and '-._~' after it; '/' takes the path away.",
    });
    return undefined;
  }
  return target.length > 1 ? target.replace(/\/$/, '') : target;
}

function resolveRateLimit(limit: RouteRateLimit, report: Report): ResolvedOptions['rateLimit'] {
  const period = limit.period === undefined ? 1000 : milliseconds(limit.period, 'period', report);
  const counts = { requests: limit.requests, ...limit.burst !== undefined && { burst: limit.burst } };
  let good = period !== undefined;
  for (const [property, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1) {
      report({ code: 'invalid-value', property, message: `${count} is not a number of requests.`, remedy: 'Write a whole number from 1 on.' });
      good = false;
    }
  }
  return good ? { ...counts, period: period! } : undefined;
}

function resolveCors(cors: RouteCors, report: Report): ResolvedCors | undefined {
  const { allowOrigins, allowMethods = DEFAULT_METHODS, allowHeaders = DEFAULT_HEADERS, exposeHeaders = [], allowCredentials = false } = cors;
  const maxAge = cors.maxAge === undefined ? DEFAULT_CORS_AGE : wholeSeconds(cors.maxAge, 'maxAge', report);
  const origins = allowOrigins.filter(origin => {
    if (origin === '*' || ORIGIN.test(origin)) {
      return true;
    }
    report({ code: 'invalid-value', property: 'allowOrigins', message: `'${origin}' is not an origin.`, remedy: "Write scheme, host and perhaps port, for example 'https://app.example.com', without a slash at the end; or '*'." });
    return false;
  });
  if (allowOrigins.length === 0) {
    report({ code: 'invalid-value', property: 'allowOrigins', message: 'No origin is allowed, so the option does nothing.', remedy: "Name an origin, for example 'https://app.example.com', or leave cors out." });
  }
  if (allowOrigins.includes('*') && allowOrigins.length > 1) {
    report({ code: 'conflicting-options', property: 'allowOrigins', message: "'*' admits every origin, so the others say nothing.", remedy: "Leave out '*' or the others." });
  }
  if (allowOrigins.includes('*') && allowCredentials) {
    report({ code: 'conflicting-options', property: 'allowCredentials', message: "Browsers refuse credentials together with the origin '*'.", remedy: 'Name the origins.' });
  }
  for (const [property, tokens] of Object.entries({ allowMethods, allowHeaders, exposeHeaders })) {
    tokens.filter(token => !TOKEN.test(token)).forEach(token => report({
      code: 'invalid-value', property, message: `'${token}' is not the name of a ${property === 'allowMethods' ? 'method' : 'header'}.`, remedy: 'Use letters, digits and dashes.',
    }));
  }
  return origins.length === 0 || maxAge === undefined
    ? undefined
    : { origins, methods: allowMethods, headers: allowHeaders, exposeHeaders, credentials: allowCredentials, maxAge };
}

function resolveStickySession(session: StickySession, report: Report): ResolvedOptions['stickySession'] {
  const { cookieName } = session;
  const maxAge = wholeSeconds(session.maxAge, 'maxAge', report);
  if (cookieName !== undefined && !TOKEN.test(cookieName)) {
    report({ code: 'invalid-value', property: 'cookieName', message: `'${cookieName}' cannot name a cookie.`, remedy: 'Use letters, digits, dashes and underscores.' });
  }
  return { ...cookieName !== undefined && { cookieName }, ...maxAge !== undefined && { maxAge } };
}

function resolveCidrs(cidrs: readonly string[], report: Report): readonly string[] | undefined {
  if (cidrs.length === 0) {
    report({ code: 'invalid-value', property: 'allowedCidrs', message: 'No address is allowed.', remedy: 'Name the addresses, or leave allowedCidrs out to admit everybody.' });
  }
  cidrs.filter(cidr => !isCidr(cidr)).forEach(cidr => report({
    code: 'invalid-value', property: 'allowedCidrs', message: `'${cidr}' is not a range of addresses.`, remedy: "Write for example '203.0.113.0/24' or '2001:db8::/32'.",
  }));
  return cidrs.length > 0 ? cidrs : undefined;
}

function isCidr(text: string): boolean {
  const [address, prefix, ...rest] = text.split('/');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const version = (require('net') as typeof import('net')).isIP(address);
  const goodPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
  return version !== 0 && rest.length === 0 && goodPrefix;
}

function resolveHeaders(headers: StringMap | undefined, property: string, report: Report): StringMap | undefined {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!TOKEN.test(name) || !HEADER_VALUE.test(value)) {
      report({ code: 'invalid-value', property: `${property}['${name}']`, message: 'It is not a header.', remedy: 'Use letters, digits and dashes for the name, and a value of one line.' });
    }
  }
  return headers && Object.keys(headers).length > 0 ? headers : undefined;
}
