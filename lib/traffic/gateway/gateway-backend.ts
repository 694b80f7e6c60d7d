import { compact, type Json } from '../../definition/json';
import type { IRoutable } from '../../definition/route-backend';
import { type Report, within } from '../../diagnostics/report';
import type { PlacedBackend } from '../routing/backend-checks';

/** One of several services that share the requests of a rule. */
export interface WeightedBackend {
  /** The service. */
  readonly to: IRoutable;
  /**
   * The name or number of the Service's port.
   *
   * @default - its main port
   */
  readonly port?: string;
  /**
   * The share of the requests, in proportion to the sum of all weights.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** The services that answer: one, or several by weight. */
export interface RuleBackends {
  readonly to?: IRoutable;
  readonly port?: string;
  readonly backends?: readonly WeightedBackend[];
}

/** A service with its weight, and where the user wrote it. */
export interface PlacedShare extends PlacedBackend {
  readonly weight?: number;
}

const MAX_WEIGHT = 1_000_000;
const MAX_BACKENDS = 16;

/** The services of a rule, those of the short form and those of the long one. */
export function placeBackends({ to, port, backends = [] }: RuleBackends, property: string): PlacedShare[] {
  return [
    ...to ? [place({ to, ...port !== undefined && { port } }, property)] : [],
    ...backends.map((backend, index) => place(backend, `${property}.backends[${index}]`)),
  ];
}

export function place<T extends { readonly port?: string }>(backend: T, property: string): T & PlacedBackendProperties {
  return { ...backend, property: `${property}.to`, portProperty: backend.port === undefined ? `${property}.to` : `${property}.port` };
}

type PlacedBackendProperties = Pick<PlacedBackend, 'property' | 'portProperty'>;

/** Reports services that contradict each other. */
export function checkShares({ to, port, backends }: RuleBackends, redirected: boolean, report: Report): void {
  if (to && backends) {
    report({ code: 'conflicting-options', property: 'backends', message: "Both 'to' and 'backends' say who answers.", remedy: "Keep 'to' for one service, 'backends' for several." });
  }
  if (!to && port !== undefined) {
    report({ code: 'conflicting-options', property: 'port', message: "The port belongs to the service of 'to', and there is none.", remedy: "Write 'to' beside it, or name the port in 'backends'." });
  }
  const answering = to !== undefined || (backends ?? []).length > 0;
  if (redirected && answering) {
    report({ code: 'conflicting-options', property: 'redirect', message: 'The rule redirects, so no service ever answers.', remedy: 'Drop redirect, or the services of the rule.' });
  } else if (!redirected && !answering) {
    report({ code: 'invalid-value', property: 'to', message: 'The rule leads nowhere.', remedy: 'Write to: service, or backends with several.' });
  }
  if ((backends ?? []).length > MAX_BACKENDS) {
    report({ code: 'invalid-value', property: 'backends', message: `A rule takes ${MAX_BACKENDS} services, not ${backends!.length}.`, remedy: 'Put a Service over several workloads in their place.' });
  }
  checkWeights(backends ?? [], report);
}

function checkWeights(backends: readonly WeightedBackend[], report: Report): void {
  backends.forEach(({ weight }, index) => {
    if (weight !== undefined && !(Number.isInteger(weight) && weight >= 0 && weight <= MAX_WEIGHT)) {
      report({ code: 'invalid-value', property: `backends[${index}].weight`, message: `${weight} is not a weight.`, remedy: `Write a whole number from 0 to ${MAX_WEIGHT}.` });
    }
  });
  if (backends.length > 0 && backends.every(({ weight }) => weight === 0)) {
    report({ code: 'invalid-value', property: 'backends', message: 'Every weight is 0, so no service answers.', remedy: 'Give one of them a weight.' });
  }
}

/** A Service as a route of the Gateway API refers to it: by the number of its port. */
export function renderBackend({ to, port, weight, portProperty }: PlacedShare, report: Report): Json {
  const { serviceName, portName, portNumber } = to.toRouteBackend(port);
  if (portNumber === undefined && portName !== undefined) {
    within(report, portProperty)({
      code: 'unknown-port',
      message: `The Gateway API takes ports by number, and of '${serviceName}' only the name '${portName}' is known.`,
      remedy: "Write the number of the Service's port.",
    });
  }
  return compact({ name: serviceName, port: portNumber, weight });
}
