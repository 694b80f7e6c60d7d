import type { Construct } from 'constructs';
import type { BackingRequest } from '../definition/backing';
import type { Port } from '../definition/port';
import { Diagnostics } from '../diagnostics/diagnostics';
import { Platform } from '../platform/platform';
import { reportUnknownApiServer } from '../services/workload-checks';
import type { Owner } from '../synthesis/manifest';
import { NetworkPolicy } from '../traffic/network-policy';
import { Traffic } from '../traffic/network-policy-options';

/** The pods that an operator makes. */
export interface OperatorPods {
  readonly name: string;
  readonly owner: Owner;
  /** The labels that the operator gives them. */
  readonly labels: { readonly [label: string]: string };
  readonly ports: readonly Port[];
  /** The ports on which the pods reach each other. */
  readonly peerPorts: readonly Port[];
  readonly metricsPort: number;
  /** The namespace of the operator, and the ports that it uses. */
  readonly operatorNamespace: string;
  readonly operatorPorts: readonly Port[];
}

/** Who the objects of a request belong to. */
export function ownerOf(scope: Construct, { name, labels, annotations }: BackingRequest, component: string): Owner {
  return { name, component, construct: scope, ...labels && { labels }, ...annotations && { annotations } };
}

/** Who may talk to the pods of an operator: clients, each other, monitoring, the operator; they themselves talk to the API server. */
export function admitToPods(scope: Construct, pods: OperatorPods): void {
  const { name, owner, labels, ports, peerPorts, metricsPort, operatorNamespace, operatorPorts } = pods;
  NetworkPolicy._create(scope, 'network-policy', {
    name,
    owner,
    selector: labels,
    subject: scope,
    ports: () => ports,
    metricsPort: () => metricsPort,
    service: () => undefined,
    containerPorts: () => operatorPorts,
    options: { allowFrom: [{ namespace: operatorNamespace }] },
    peerPorts: () => peerPorts,
    ingress: Traffic.DECLARED,
    egress: Traffic.DECLARED,
    apiServer: () => true,
  });
  Diagnostics._check(scope, report => {
    if (!Platform._decisions(scope).apiServer) {
      reportUnknownApiServer('The pods of the operator', report);
    }
  });
}
