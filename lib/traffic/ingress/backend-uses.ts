import type { IConstruct } from 'constructs';
import type { StringMap } from './resolved-options';
import { compareStrings } from '../../definition/json';
import { type RouteEdge, Model } from '../../model/model';

/** What a path asks of a Service as a whole. */
export interface BackendUse {
  /** The property of the path. */
  readonly property: string;
  /** The Service, or one port of it, where the controller tells ports apart. */
  readonly backend: string;
  /** Annotations that hold for all of it. */
  readonly settings: StringMap;
  /** Those of them that the Service itself has to carry. */
  readonly onService: StringMap;
}

/** The edge of a path that leads to a service of this library. */
export interface IngressEdge extends RouteEdge {
  readonly use: () => BackendUse;
}

/** The edges of Ingresses that lead to a service, in the order in which they were declared. */
export function ingressEdgesTo(target: IConstruct): readonly IngressEdge[] {
  return Model.of(target)._routesTo(target).filter((edge): edge is IngressEdge => 'use' in edge);
}

/**
 * The annotations that routes need on the Service of a construct, since Traefik reads from there how to talk to it. Where two routes
 * contradict each other, which is a diagnostic of the later one, the first wins.
 */
export function routeServiceAnnotations(target: IConstruct): { [annotation: string]: string } {
  return Object.assign({}, ...ingressEdgesTo(target).map(edge => edge.use().onService).reverse());
}

/** What two uses ask differently of the same backend, as the keys of the settings; nothing where they agree. */
export function disagreement(one: BackendUse, other: BackendUse): string[] {
  if (one.backend !== other.backend) {
    return [];
  }
  const keys = [...new Set([...Object.keys(one.settings), ...Object.keys(other.settings)])];
  return keys.filter(key => one.settings[key] !== other.settings[key]).sort(compareStrings);
}
