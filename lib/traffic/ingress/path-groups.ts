import { mergeOptions } from './resolved-options';
import { BackendProtocol, type RouteOptions } from './route-options';
import type { RoutePath } from './route-path';
import { sortedEntries } from '../../definition/json';
import { PathType } from '../routing/path-type';

/** A path of a route with what the user left out. */
export interface GroupedPath extends RoutePath {
  /** Where the user wrote it. */
  readonly property: string;
  readonly pathType: PathType;
}

/** The paths that share an Ingress, because one set of annotations holds for all of them. */
export interface PathGroup {
  /** The name of the Ingress. */
  readonly name: string;
  /** Whether the Ingress carries the name of the route. */
  readonly main: boolean;
  readonly paths: readonly GroupedPath[];
  /** Those of the route and, over them, of the paths. */
  readonly options: RouteOptions;
}

const PROTOCOLS: { readonly [appProtocol: string]: BackendProtocol } = {
  'https': BackendProtocol.HTTPS,
  'h2c': BackendProtocol.H2C,
  'kubernetes.io/h2c': BackendProtocol.H2C,
  'grpc': BackendProtocol.GRPC,
  'grpcs': BackendProtocol.GRPCS,
};

/** The protocol behind a path: what the options say, else the port of the Service. */
export function protocolOf(path: RoutePath, options: RouteOptions): BackendProtocol {
  return options.backendProtocol ?? PROTOCOLS[path.to.toRouteBackend(path.port).appProtocol ?? ''] ?? BackendProtocol.HTTP;
}

/** Divides the paths of a route among Ingresses. The first group is that of the route itself; all keep the order of the user. */
export function groupPaths(routeName: string, paths: readonly GroupedPath[], routeOptions: RouteOptions): PathGroup[] {
  const optionsOf = (path: GroupedPath) => withoutIdleRewrite(path, mergeOptions(routeOptions, path.options));
  if (paths.length === 1) {
    // As most routes are, and there is nothing to divide.
    return [{ name: routeName, main: true, paths, options: optionsOf(paths[0]) }];
  }
  const keyed = paths.map(path => {
    const options = optionsOf(path);
    const protocol = protocolOf(path, options);
    const plain = Object.keys(path.options ?? {}).length === 0;
    return { path, options, key: groupKey(path, options, protocol), plain, plainHttp: plain && protocol === BackendProtocol.HTTP };
  });
  const main = keyed.find(({ plainHttp }) => plainHttp) ?? keyed.find(({ plain }) => plain) ?? keyed[0];
  const groups = new Map<string, typeof keyed>(main ? [[main.key, []]] : []);
  keyed.forEach(entry => groups.set(entry.key, [...groups.get(entry.key) ?? [], entry]));
  return [...groups].map(([key, [first, ...others]]) => ({
    name: key === main.key ? routeName : first.path.name ?? `${routeName}-${slugOf(first.path)}`,
    main: key === main.key,
    paths: [first, ...others].map(({ path }) => path),
    options: first.options,
  }));
}

/** What decides whether two paths can share an Ingress. */
function groupKey(path: GroupedPath, options: RouteOptions, protocol: BackendProtocol): string {
  const shape = options.rewritePrefix !== undefined ? [path.pathType, path.path === '/'] : path.pathType === PathType.REGULAR_EXPRESSION;
  return JSON.stringify([canonical(options), protocol, shape]);
}

/** Nothing is taken away from `/` by putting `/` in its place. */
function withoutIdleRewrite(path: GroupedPath, options: RouteOptions): RouteOptions {
  if (path.path !== '/' || options.rewritePrefix !== '/') {
    return options;
  }
  const { rewritePrefix, ...rest } = options;
  return rest;
}

/** The same value for equal options, whatever the order of their keys and the units of their durations. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if ('toMilliseconds' in value && typeof value.toMilliseconds === 'function') {
    return value.toMilliseconds();
  }
  const entries = sortedEntries<unknown>(value as { [key: string]: unknown });
  return entries.filter(([, item]) => item !== undefined).map(([key, item]) => [key, canonical(item)]);
}

/** A path as a part of a name. */
function slugOf({ path, pathType }: GroupedPath): string {
  const slug = path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'root';
  return pathType === PathType.EXACT ? `${slug}-exact` : slug;
}
