import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { IRoutable } from '../../definition/route-backend';
import { type Report } from '../../diagnostics/report';
import { Environment } from '../../platform/environment';

/** A Service that a route leads to, as the user wrote it. */
export interface PlacedBackend {
  readonly to: IRoutable;
  readonly port?: string;
  /** Where the service stands. */
  readonly property: string;
  /** Where the port stands. */
  readonly portProperty: string;
}

/** Reports a backend without the port that is meant, and one that the route cannot reach. */
export function checkBackend(route: IConstruct, kind: string, backend: PlacedBackend, report: Report): void {
  const { to, port, property, portProperty } = backend;
  const { serviceName, portName, portNumber } = to.toRouteBackend(port);
  if (portName === undefined && portNumber === undefined) {
    report({
      code: 'unknown-port',
      property: portProperty,
      message: port === undefined ? `'${serviceName}' offers no port.` : `'${serviceName}' offers no port '${port}'.`,
      remedy: port === undefined ? 'Declare a port of the service.' : 'Name a port that the Service offers, or leave it out for the main one.',
    });
  }
  const target = to.routedConstruct;
  if (!target) {
    return;
  }
  const [here, there] = [Environment.of(route)?.name, Environment.of(target)?.name];
  const [own, other] = [Chart.of(route).namespace, Chart.of(target).namespace];
  if (here !== there) {
    report({
      code: 'invalid-value',
      property,
      message: `'${target.node.path}' belongs to ${there === undefined ? 'no environment' : `the environment '${there}'`}, the route to ${here === undefined ? 'none' : `'${here}'`}.`,
      remedy: 'Make the route and the service in the same environment.',
    });
  } else if (other !== own) {
    report({
      code: 'invalid-value',
      property,
      message: `'${serviceName}' lives in the namespace '${other ?? ''}', and ${kind} reaches only Services of its own, '${own ?? ''}'.`,
      remedy: `Make the route in the chart '${Chart.of(target).node.path}'; several routes may share a host.`,
    });
  }
}
