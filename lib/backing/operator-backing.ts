import type { Construct } from 'constructs';
import { reportOmission } from './checks';
import type { BackingOutputs, BackingRequest, IBackingProvider } from '../definition/backing';
import type { ConnectionLogin } from '../definition/connection';
import type { Port } from '../definition/port';
import { renderClaim, type VolumeClaimOptions } from '../definition/volume-claim';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report } from '../diagnostics/report';
import { Platform } from '../platform/platform';
import { reportUnknownApiServer } from '../services/workload-checks';
import type { Owner } from '../synthesis/manifest';
import { NetworkPolicy } from '../traffic/network-policy';
import { Traffic } from '../traffic/network-policy-options';

/** What an operator makes of its objects. */
export interface OperatedServers {
  /** The Service of clients. */
  readonly host: string;
  /** The port of clients first. */
  readonly ports: readonly Port[];
  /** The labels that the operator gives the pods. */
  readonly labels: { readonly [label: string]: string };
  /**
   * The labels of those pods that clients talk to.
   *
   * @default - all of them
   */
  readonly clientLabels?: { readonly [label: string]: string };
  /** The ports on which the pods reach each other. */
  readonly peerPorts: readonly Port[];
  readonly metricsPort: number;
  /** The namespace of the operator, and the ports that it uses. */
  readonly operatorNamespace: string;
  readonly operatorPorts: readonly Port[];
  /** Who clients are, by a Secret in the namespace of whoever asked; nothing where nobody is asked. */
  readonly login?: ConnectionLogin;
}

/** Provides one kind by the operator of it: its objects, and the network policy of the pods that come of them. */
export abstract class OperatorBacking implements IBackingProvider {
  protected constructor(private readonly kind: string, private readonly component: string) {}

  public provide(scope: Construct, request: BackingRequest): BackingOutputs | undefined {
    if (request.kind !== this.kind) {
      return undefined;
    }
    const { name, namespace, labels: own, annotations } = request;
    const owner: Owner = { name, component: this.component, construct: scope, ...own && { labels: own }, ...annotations && { annotations } };
    const servers = this.make(scope, request, owner);
    admitToPods(scope, owner, servers);
    const { host, ports, labels, clientLabels = labels, login } = servers;
    return {
      host,
      port: ports[0].number,
      podLabels: clientLabels,
      ...login && { login: { ...namespace !== undefined && { namespace }, ...login } },
    };
  }

  /** Makes the objects that the operator reads. */
  protected abstract make(scope: Construct, request: BackingRequest, owner: Owner): OperatedServers;
}

/** The size and the class of claims that an operator makes itself; what else there is to say of a claim, it has no words for. */
export function sizeAndClass(storage: VolumeClaimOptions, product: string, report: Report): Pick<VolumeClaimOptions, 'size' | 'storageClassName'> {
  renderClaim(storage, report);
  const { size, storageClassName, ...others } = storage;
  for (const [property, value] of Object.entries(others)) {
    if (value !== undefined) {
      reportOmission(property, `The operator of ${product} makes the claims, and knows their size and class alone.`, 'Leave it out', report);
    }
  }
  return { size, ...storageClassName !== undefined && { storageClassName } };
}

/** Who may talk to the pods of an operator: clients, each other, monitoring, the operator; they themselves talk to the API server. */
function admitToPods(scope: Construct, owner: Owner, servers: OperatedServers): void {
  const { labels, ports, peerPorts, metricsPort, operatorNamespace, operatorPorts } = servers;
  NetworkPolicy._create(scope, 'network-policy', {
    name: owner.name,
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
