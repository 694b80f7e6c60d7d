import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { renderObject } from './local-objects';
import { asMap, type Json } from '../definition/json';
import { type PodCount, podsOf } from '../definition/pod-count';
import type { ModeledService } from '../model/model';

/** How many of a service there are, where, and how they are replaced; one machine runs one of each. */
export interface LocalScheduling {
  /** Whether there is one on every node. */
  readonly everywhere: boolean;
  /** How many there are; where an autoscaler decides, the least. */
  readonly replicas: number;
  /** Whether somebody else decides how many. */
  readonly autoscaled: boolean;
  /** Whether each has a name and storage of its own. */
  readonly ordered: boolean;
  readonly strategy: 'RollingUpdate' | 'Recreate' | 'OnDelete';
  /** How many there may be beyond the wanted number while they are replaced. */
  readonly surge: number;
  /** How many may be missing meanwhile. */
  readonly unavailable: number;
  /** Whether some are not replaced. */
  readonly partitioned: boolean;
  /** How long a new one has to be ready before the next is replaced. */
  readonly readySeconds: number;
  /** The node that it must run on, as the pod says it. */
  readonly nodes: { readonly nodeSelector: { readonly [label: string]: string }; readonly nodeName?: string; readonly affinity: Json };
}

/** What runs once, anywhere. */
export const ALONE: LocalScheduling = {
  everywhere: false,
  replicas: 1,
  autoscaled: false,
  ordered: false,
  strategy: 'RollingUpdate',
  surge: 0,
  unavailable: 1,
  partitioned: false,
  readySeconds: 0,
  nodes: { nodeSelector: {}, affinity: {} },
};

/**
 * How a cluster runs a service, as its manifests say it.
 *
 * @param pod the spec of its pods
 */
export function localScheduling({ construct, kind }: ModeledService, pod: Json): LocalScheduling {
  const { nodeSelector = {}, nodeName, affinity = {} } = pod;
  const nodes = { nodeSelector, ...nodeName !== undefined && { nodeName }, affinity };
  if (kind === 'Job' || kind === 'CronJob') {
    return { ...ALONE, nodes };
  }
  const spec = specOf(construct, kind);
  const everywhere = kind === 'DaemonSet';
  const replicas = spec.replicas ?? specOf(construct, 'HorizontalPodAutoscaler').minReplicas ?? 1;
  const { type = 'RollingUpdate', rollingUpdate = {} } = spec.strategy ?? spec.updateStrategy ?? {};
  return {
    everywhere,
    replicas,
    autoscaled: !everywhere && spec.replicas === undefined,
    ordered: kind === 'StatefulSet',
    strategy: type,
    surge: podsOf(rollingUpdate.maxSurge ?? 0, replicas),
    unavailable: missing(rollingUpdate.maxUnavailable ?? 1, replicas),
    partitioned: (rollingUpdate.partition ?? 0) > 0,
    readySeconds: spec.minReadySeconds ?? 0,
    nodes,
  };
}

/** Pods that may be missing are rounded down, as Kubernetes does. */
function missing(count: PodCount, replicas: number): number {
  return typeof count === 'number' ? count : Math.floor(parseInt(count, 10) * replicas / 100);
}

function specOf(construct: IConstruct, kind: string): Json {
  const object = construct.node.findAll().find(each => ApiObject.isApiObject(each) && each.kind === kind);
  return object ? asMap(renderObject(object as ApiObject).spec) : {};
}
