import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { findServicePort } from './route-backends';
import { isReachedFromOutside, type ServiceOptions } from './service';
import { dnsEgress } from '../access/dns-egress';
import type { PodPeer } from '../definition/connection';
import { ANYWHERE } from '../definition/external';
import { compact, compareStrings, type Json } from '../definition/json';
import { type Port, Protocol } from '../definition/port';
import { Model, usedPorts } from '../model/model';
import type { Decisions } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** What a policy is made from; read when it renders. */
export interface NetworkPolicyDefinition {
  readonly name: string;
  readonly owner: Owner;
  readonly selector: { readonly [label: string]: string };
  /** The workload, as connections and routes know it. */
  readonly subject: Construct;
  readonly ports: () => readonly Port[];
  /** The number of the port that monitoring scrapes. */
  readonly metricsPort: () => number | undefined;
  readonly service: () => ServiceOptions | undefined;
  /** All ports of pods that talk to each other; nothing where they do not. */
  readonly peerPorts: () => readonly Port[];
  /** Whether the pods may go anywhere. */
  readonly unrestrictedEgress: boolean;
  /** Whether the pods talk to the API server. */
  readonly apiServer: () => boolean;
}

/** Who may talk to a service, and to whom it may talk: what its connections, its routes and the platform say, and nothing else. */
export class NetworkPolicy extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: NetworkPolicyDefinition): NetworkPolicy {
    return new NetworkPolicy(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the NetworkPolicy. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, private readonly definition: NetworkPolicyDefinition) {
    super(scope, id);
    this.name = definition.name;
    this.apiObject = defineManifest(this, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: definition.name,
      owner: definition.owner,
      fields: {
        spec: (_report, decisions) => compact({
          podSelector: { matchLabels: { ...definition.selector } },
          policyTypes: ['Ingress', 'Egress'],
          ingress: this.renderIngress(decisions),
          egress: this.renderEgress(decisions),
        }),
      },
    });
  }

  private renderIngress(decisions: Decisions): Json[] {
    const { subject, ports, metricsPort, service } = this.definition;
    const model = Model.of(this);
    const rules: Json[] = model._connectionsTo(subject).map(({ client, clientPods, target, options }) => ({
      from: [this.podPeer(clientPods())],
      ports: usedPorts(target.toConnectionTarget(client), options).map(port => policyPort(port.podPort ?? port.port, port.protocol)),
    }));
    const offered = ports().filter(port => port.exposed !== false);
    for (const { port: wanted, ingressNamespace } of model._routesTo(subject)) {
      const port = findServicePort(offered, wanted);
      const namespace = ingressNamespace ? ingressNamespace() : decisions.ingressNamespace;
      if (port && namespace !== undefined) {
        rules.push({ from: [namespacePeer(namespace)], ports: [policyPort(port.number, port.protocol)] });
      }
    }
    const metrics = metricsPort();
    if (metrics !== undefined) {
      rules.push({ from: [namespacePeer(decisions.monitoringNamespace)], ports: [policyPort(metrics)] });
    }
    rules.push(this.renderPeers('from'));
    const options = service();
    if (options && isReachedFromOutside(options)) {
      // Metrics are for the monitoring alone, whatever else the Service offers.
      const open = offered.filter((port, index) => index === 0 || port.number !== metrics);
      rules.push({
        from: (options.allowedCidrs ?? ANYWHERE).map(cidr => ({ ipBlock: { cidr } })),
        ports: open.map(port => policyPort(port.number, port.protocol)),
      });
    }
    return sortRules(rules, 'from');
  }

  private renderEgress(decisions: Decisions): Json[] {
    const { subject, unrestrictedEgress } = this.definition;
    if (unrestrictedEgress) {
      return [{}];
    }
    const rules: Json[] = Model.of(this)._connectionsFrom(subject).map(({ target, options }) => {
      const resolved = target.toConnectionTarget(subject);
      const { pods, cidrs } = resolved;
      return {
        to: pods ? [this.podPeer(pods)] : (cidrs ?? ANYWHERE).map(cidr => ({ ipBlock: { cidr } })),
        ports: usedPorts(resolved, options).map(port => policyPort(pods ? port.podPort ?? port.port : port.port, port.protocol)),
      };
    });
    return [...dnsEgress(decisions), ...sortRules([...rules, this.renderPeers('to'), ...this.renderApiServer(decisions)], 'to')];
  }

  private renderApiServer({ apiServer }: Decisions): Json[] {
    return apiServer && this.definition.apiServer()
      ? [{ to: apiServer.cidrs.map(cidr => ({ ipBlock: { cidr } })), ports: [policyPort(apiServer.port)] }] : [];
  }

  private renderPeers(side: 'from' | 'to'): Json {
    const { selector, peerPorts } = this.definition;
    return { [side]: [this.podPeer({ labels: { ...selector } })], ports: peerPorts().map(port => policyPort(port.number, port.protocol)) };
  }

  /** Pods of the policy's own namespace need no namespace selector. */
  private podPeer({ labels, namespace }: PodPeer): Json {
    const own = Chart.of(this).namespace;
    return compact({
      namespaceSelector: namespace !== undefined && namespace !== own ? { matchLabels: { [NAMESPACE_LABEL]: namespace } } : undefined,
      podSelector: { matchLabels: { ...labels } },
    });
  }
}

function namespacePeer(namespace: string): Json {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } } };
}

/** Policies see the pods' ports, behind any Service. */
function policyPort(port: number, protocol: Protocol = Protocol.TCP): Json {
  return { port, protocol };
}

/** One rule for each group of peers, its ports merged, in an order that does not depend on the order of the user's calls. */
function sortRules(rules: readonly Json[], side: 'from' | 'to'): Json[] {
  const portsByPeers = new Map<string, { peers: Json[]; ports: Map<string, Json> }>();
  // A rule without ports or peers would admit all of them; what has none is a diagnostic of its own.
  for (const rule of rules.filter(({ [side]: peers, ports }) => peers.length > 0 && ports.length > 0)) {
    const key = JSON.stringify(rule[side]);
    const merged = portsByPeers.get(key) ?? { peers: rule[side] as Json[], ports: new Map<string, Json>() };
    (rule.ports as Json[]).forEach(port => merged.ports.set(JSON.stringify(port), port));
    portsByPeers.set(key, merged);
  }
  return [...portsByPeers.entries()].sort(([a], [b]) => compareStrings(a, b)).map(([, { peers, ports }]) => ({
    [side]: peers,
    ports: [...ports.values()].sort((a, b) => a.port - b.port || compareStrings(a.protocol, b.protocol)),
  }));
}
