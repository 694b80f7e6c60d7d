import { compact, type Json } from '../definition/json';
import type { Placement } from '../definition/placement';

const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** What the renderer knows about how many pods there are and how they are told apart. */
export interface SpreadContext {
  readonly selector: { readonly [label: string]: string };
  /** Whether more than one pod may run at a time: one alone has nothing to keep away from. */
  readonly several: boolean;
  /** A label that differs between revisions, so that a rollout spreads the new pods by themselves. */
  readonly revisionLabel?: string;
}

/** Pods of one service prefer different nodes and, as far as there are any, different zones. */
export function renderPlacement(placement: Placement, context: SpreadContext): Json {
  const spreads = placement._spread && context.several;
  return compact({
    ...placement._render(),
    affinity: compact({ ...spreads && { podAntiAffinity: antiAffinity(context) }, ...placement._affinity }),
    topologySpreadConstraints: spreads ? [zoneSpread(context)] : [],
  });
}

function antiAffinity({ selector }: SpreadContext): Json {
  return {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 100, podAffinityTerm: { labelSelector: { matchLabels: { ...selector } }, topologyKey: HOST } },
    ],
  };
}

function zoneSpread({ selector, revisionLabel }: SpreadContext): Json {
  return compact({
    maxSkew: 1,
    topologyKey: ZONE,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
    matchLabelKeys: revisionLabel === undefined ? [] : [revisionLabel],
  });
}
