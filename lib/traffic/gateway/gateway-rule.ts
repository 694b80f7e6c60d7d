import type { PlacedShare } from './gateway-backend';
import type { Json } from '../../definition/json';
import { type Report } from '../../diagnostics/report';

/** Requests that a rule takes, as a claim on them. */
export interface ClaimedMatch {
  /** The same for matches that take the same requests. */
  readonly key: string;
  /** What is taken beside the host: `/api`. */
  readonly text: string;
}

/** A rule of either kind of route, as the construct sees it. */
export interface GatewayRule {
  /** Where the user wrote it. */
  readonly property: string;
  readonly matches: readonly ClaimedMatch[];
  /** The services that answer, and those that get copies. */
  readonly backends: readonly PlacedShare[];
  readonly mirrors: readonly PlacedShare[];
  /** Renders it; what is reported names its property within the rule. */
  readonly render: (minor: number, report: Report) => Json;
}
