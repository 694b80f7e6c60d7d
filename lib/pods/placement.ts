import { compact, type Json } from '../definition/json';
import type { Placement } from '../definition/placement';
import { type Report, within } from '../diagnostics/report';
import type { KubernetesVersion } from '../platform/kubernetes-version';

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

/** The keys of labels that two pods must share to count as alike. */
type LabelKeys = readonly string[];

/** Pods of one service prefer different nodes and, as far as there are any, different zones. */
export function renderPlacement(placement: Placement, context: SpreadContext, version: KubernetesVersion, report: Report): Json {
  const spreads = placement._spread && context.several;
  const revision: LabelKeys = context.revisionLabel === undefined ? [] : [context.revisionLabel];
  const ofAffinity = version._supports('affinityMatchLabelKeys') ? revision : [];
  return compact({
    ...placement._render(within(report, 'placement')),
    affinity: compact({ ...spreads && { podAntiAffinity: antiAffinity(context, ofAffinity) }, ...placement._renderAffinity(version._minor, within(report, 'placement')) }),
    topologySpreadConstraints: spreads ? [zoneSpread(context, revision)] : [],
  });
}

function antiAffinity({ selector }: SpreadContext, matchLabelKeys: LabelKeys): Json {
  return {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 100, podAffinityTerm: compact({ labelSelector: { matchLabels: { ...selector } }, matchLabelKeys, topologyKey: HOST }) },
    ],
  };
}

function zoneSpread({ selector }: SpreadContext, matchLabelKeys: LabelKeys): Json {
  return compact({
    maxSkew: 1,
    topologyKey: ZONE,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
    matchLabelKeys,
  });
}
