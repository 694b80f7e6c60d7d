import type { PathGroup } from './path-groups';
import type { ResolvedOptions, StringMap } from './resolved-options';
import type { BackendProtocol, RouteOptions } from './route-options';
import type { RoutePath } from './route-path';
import type { RouteTls } from './route-tls';
import type { Json } from '../../definition/json';
import { type Report } from '../../diagnostics/report';
import type { PathType } from '../routing/path-type';

/** What a controller has to know of an Ingress. */
export interface IngressContext {
  readonly group: PathGroup;
  readonly options: ResolvedOptions;
  readonly protocol: BackendProtocol;
  readonly tls?: RouteTls;
  /** The namespace of the route. */
  readonly namespace: string;
  /** Whether any path of the route is a regular expression, or becomes one on ingress-nginx. */
  readonly usesRegex: boolean;
  /** The name for an object that an option makes: the route's, where all paths share the option. */
  ownerOf(option: keyof RouteOptions): string;
}

/** An object of the controller's own API beside the Ingress. */
export interface ControllerObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly spec: Json;
}

/** What a controller makes of an Ingress. */
export interface RenderedIngress {
  /** Annotations of the Ingress. */
  readonly annotations: StringMap;
  /** Those annotations that hold for the Services as a whole, whichever path asks. */
  readonly backendWide: StringMap;
  /** Annotations that the controller reads from the Services themselves. */
  readonly onServices: StringMap;
  readonly objects: readonly ControllerObject[];
}

/** One of the programs that serve Ingresses. */
export interface ControllerRenderer {
  /** What people call it. */
  readonly title: string;
  /** How far the settings of a Service reach that paths make. */
  readonly backendScope: 'none' | 'port' | 'service';
  render(context: IngressContext, report: Report): RenderedIngress;
  /** The path as it stands in the Ingress. */
  renderPath(path: RoutePath, pathType: PathType, usesRegex: boolean): { readonly path: string; readonly pathType: string };
}

/** Says that a controller lacks an option. */
export function unsupported(report: Report, title: string, property: string, lack: string, remedy: string): void {
  report({ code: 'unsupported-option', property, message: `${title} ${lack}.`, remedy });
}

/** Milliseconds as haproxy and Go read them. */
export function formatDuration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** Bytes as nginx and haproxy-ingress read them: their `m` is a mebibyte. */
export function formatSize(bytes: number): string {
  const unit = [['g', 2 ** 30], ['m', 2 ** 20], ['k', 2 ** 10]].find(([, size]) => bytes % (size as number) === 0);
  return unit ? `${bytes / (unit[1] as number)}${unit[0]}` : String(bytes);
}

/** Text without a meaning in a regular expression. */
export function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The annotations of one prefix, without those that say nothing. */
export function prefixed(prefix: string, values: { readonly [name: string]: string | undefined }): { [annotation: string]: string } {
  const annotations: { [annotation: string]: string } = {};
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value !== undefined) {
      annotations[`${prefix}/${name}`] = value;
    }
  }
  return annotations;
}
