import { place, type PlacedShare, renderBackend } from './gateway-backend';
import { isHttpToken } from './gateway-values';
import { compact, compactOrNone, type Json, sortedEntries } from '../../definition/json';
import type { IRoutable } from '../../definition/route-backend';
import { type Report, silent, within } from '../../diagnostics/report';

/** What is done to the headers of requests or answers. */
export interface HeaderChanges {
  /**
   * Headers that take the place of those of the same name.
   *
   * @default - none
   */
  readonly set?: { [header: string]: string };
  /**
   * Headers that come beside those of the same name.
   *
   * @default - none
   */
  readonly add?: { [header: string]: string };
  /**
   * Headers that are taken away.
   *
   * @default - none
   */
  readonly remove?: string[];
}

/** A service that gets a copy of each request; its answers are thrown away. */
export interface MirrorTarget {
  /** The service. */
  readonly to: IRoutable;
  /**
   * The name or number of the Service's port.
   *
   * @default - its main port
   */
  readonly port?: string;
  /**
   * The share of the requests that is copied, in percent.
   *
   * @default 100
   */
  readonly percent?: number;
}

/** A filter of the Gateway's implementation. */
export interface FilterReference {
  /** The API group of the object, for example `traefik.io`. */
  readonly group: string;
  /** Its kind, for example `Middleware`. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
}

/** The filters that routes of both kinds have. */
export interface CommonFilters {
  readonly mirrors?: readonly MirrorTarget[];
  readonly requestHeaders?: HeaderChanges;
  readonly responseHeaders?: HeaderChanges;
  readonly extensions?: readonly FilterReference[];
}

/** A mirror, and where the user wrote it. */
export interface PlacedMirror extends PlacedShare {
  readonly percent?: number;
}

/** The mirrors of a rule. */
export function placeMirrors({ mirrors = [] }: CommonFilters, property: string): PlacedMirror[] {
  return mirrors.map((mirror, index) => place(mirror, `${property}.mirrors[${index}]`));
}

/** Renders the filters that HTTP and gRPC share, with those of one kind alone between them. */
export function renderFilters(filters: CommonFilters, own: readonly (Json | undefined)[], mirrors: readonly PlacedMirror[], report: Report): Json[] {
  const { requestHeaders, responseHeaders, extensions = [] } = filters;
  const requestHeaderModifier = requestHeaders && renderHeaders(requestHeaders, within(report, 'requestHeaders'));
  const responseHeaderModifier = responseHeaders && renderHeaders(responseHeaders, within(report, 'responseHeaders'));
  return [
    requestHeaderModifier && { type: 'RequestHeaderModifier', requestHeaderModifier },
    ...own,
    ...mirrors.map((mirror, index) => ({ type: 'RequestMirror', requestMirror: renderMirror(mirror, within(report, `mirrors[${index}]`)) })),
    responseHeaderModifier && { type: 'ResponseHeaderModifier', responseHeaderModifier },
    ...extensions.map(({ group, kind, name }) => ({ type: 'ExtensionRef', extensionRef: { group, kind, name } })),
  ].filter(filter => filter !== undefined);
}

function renderMirror(mirror: PlacedMirror, report: Report): Json {
  const { percent } = mirror;
  if (percent !== undefined && !(Number.isInteger(percent) && percent >= 1 && percent <= 100)) {
    report({ code: 'invalid-value', property: 'percent', message: `${percent} is not a share of the requests.`, remedy: 'Write a whole number from 1 to 100.' });
  }
  return compact({ backendRef: renderBackend(mirror, silent), percent });
}

function renderHeaders({ set, add, remove = [] }: HeaderChanges, report: Report): Json | undefined {
  const list = (headers: HeaderChanges['set'], property: string) => sortedEntries(headers).map(([name, value]) => {
    checkHeader(name, value, `${property}['${name}']`, report);
    return { name, value };
  });
  remove.forEach((name, index) => checkHeader(name, 'x', `remove[${index}]`, report));
  const changed = [...Object.keys(set ?? {}), ...Object.keys(add ?? {}), ...remove].map(name => name.toLowerCase());
  const twice = changed.find((name, index) => changed.indexOf(name) !== index);
  if (twice !== undefined) {
    report({ code: 'conflicting-options', message: `The header '${twice}' is changed twice.`, remedy: 'Set it, add to it or remove it; names are the same in capitals and small letters.' });
  }
  const changes = compactOrNone({ set: list(set, 'set'), add: list(add, 'add'), remove });
  if (!changes) {
    report({ code: 'invalid-value', message: 'No header is changed.', remedy: "Write 'set', 'add' or 'remove', or leave it out." });
  }
  return changes;
}

function checkHeader(name: string, value: string, property: string, report: Report): void {
  if (!isHttpToken(name) || value === '' || /[\r\n\0]/.test(value)) {
    report({ code: 'invalid-value', property, message: 'It is not a header.', remedy: 'Use letters, digits and dashes for the name, and a value of one line.' });
  }
}

/** A path in place of another: the whole of it, or the part that a prefix takes. */
export function renderPathChange(
  path: string | undefined, prefix: string | undefined, names: readonly [path: string, prefix: string], report: Report,
): Json | undefined {
  const [pathName, prefixName] = names;
  if (path !== undefined && prefix !== undefined) {
    report({ code: 'conflicting-options', property: prefixName, message: `${pathName} replaces the whole path, so ${prefixName} says nothing.`, remedy: 'Keep one of them.' });
  }
  for (const [name, text] of [[pathName, path], [prefixName, prefix]] as const) {
    if (text !== undefined && !/^\/[^\s?#]*$/.test(text)) {
      report({ code: 'invalid-value', property: name, message: `'${text}' cannot take the place of a path.`, remedy: "Write a path that begins with a slash, for example '/v2', without query." });
    }
  }
  if (path !== undefined) {
    return { type: 'ReplaceFullPath', replaceFullPath: path };
  }
  return prefix === undefined ? undefined : { type: 'ReplacePrefixMatch', replacePrefixMatch: prefix };
}
