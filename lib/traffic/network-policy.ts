import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { namespacePeer, podPeer, policyPort, renderClients, renderTargets } from './network-peers';
import { type NetworkPolicyOptions, Traffic } from './network-policy-options';
import { findServicePort } from './route-backends';
import { addressesOutside, type ServiceOptions } from './service';
import { dnsEgress } from '../access/dns-egress';
import type { PodPeer } from '../definition/connection';
import { ANYWHERE } from '../definition/external';
import { compact, compareStrings, type Json } from '../definition/json';
import { mergeFields } from '../definition/pass-through';
import { type Port } from '../definition/port';
import { type Report, within } from '../diagnostics/report';
import { Model, type ServiceFront, usedPorts } from '../model/model';
import type { Decisions } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

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
  /** The ports of all long-running containers. */
  readonly containerPorts: () => readonly Port[];
  /** What the user admits beside that. */
  readonly options: NetworkPolicyOptions;
  /** All ports of pods that talk to each other; nothing where they do not. */
  readonly peerPorts: () => readonly Port[];
  readonly ingress: Traffic;
  readonly egress: Traffic;
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
        spec: (report, decisions) => this.renderSpec(decisions, within(report, 'networkPolicy')),
      },
    });
  }

  private renderSpec(decisions: Decisions, report: Report): Json {
    const { selector, options, ingress, egress } = this.definition;
    if (ingress === Traffic.UNGOVERNED && egress === Traffic.UNGOVERNED) {
      report({
        code: 'conflicting-options',
        property: 'egress',
        message: 'The network policy of the workload says nothing in either direction.',
        remedy: "Leave one of 'ingress' and 'egress' out, or write Traffic.UNRESTRICTED.",
      });
    }
    return mergeFields('NetworkPolicySpec', compact({
      podSelector: { matchLabels: { ...selector } },
      policyTypes: [...ingress === Traffic.UNGOVERNED ? [] : ['Ingress'], ...egress === Traffic.UNGOVERNED ? [] : ['Egress']],
      ingress: this.renderDirection(ingress, 'allowFrom', report, () => this.renderIngress(decisions, report)),
      egress: this.renderDirection(egress, 'allowTo', report, () => this.renderEgress(decisions, report)),
    }), options.fields, decisions.kubernetesVersion._minor, within(report, 'fields'));
  }

  /** The rules of one direction: those that are declared, one that admits everything, or none. */
  private renderDirection(traffic: Traffic, option: 'allowFrom' | 'allowTo', report: Report, declared: () => Json[]): Json[] {
    if (traffic === Traffic.DECLARED) {
      return declared();
    }
    if ((this.definition.options[option] ?? []).length > 0) {
      const direction = option === 'allowFrom' ? 'ingress' : 'egress';
      report({
        code: 'conflicting-options',
        property: option,
        message: traffic === Traffic.UNRESTRICTED ? 'The policy admits everything in this direction already.' : 'The policy says nothing in this direction.',
        remedy: `Leave it out, or drop '${direction}'.`,
      });
    }
    return traffic === Traffic.UNRESTRICTED ? [{}] : [];
  }

  private renderIngress(decisions: Decisions, report: Report): Json[] {
    const { subject, metricsPort, options, containerPorts } = this.definition;
    const metrics = metricsPort();
    const scraped = [
      ...metrics === undefined ? [] : [policyPort(metrics)],
      ...Model.of(this)._scrapesOf(subject).flatMap(({ port }) => port() ?? []).map(port => policyPort(port.number, port.protocol)),
    ];
    return sortRules([
      ...this.fronts().flatMap(front => this.renderFront(front, decisions)),
      { from: [namespacePeer(decisions.monitoringNamespace)], ports: scraped },
      this.renderPeers('from'),
      ...(options.allowFrom ?? []).map((clients, index) => renderClients(clients, containerPorts(), within(report, `allowFrom[${index}]`))),
    ], 'from');
  }

  /** The Service of the workload itself, and those beside it. */
  private fronts(): ServiceFront[] {
    const { subject, ports, metricsPort, service } = this.definition;
    const offered = () => ports().filter(port => port.exposed !== false);
    const own: ServiceFront = {
      service: subject,
      workloads: [subject],
      ports: offered,
      openTo: () => addressesOutside(service() ?? {}),
      // Metrics are for the monitoring alone, whatever else the Service offers.
      openPorts: () => offered().filter((port, index) => index === 0 || port.number !== metricsPort()),
    };
    return [own, ...Model.of(this)._frontsOf(subject)];
  }

  /** Who comes in by one Service. */
  private renderFront({ service, ports, openTo, openPorts = ports }: ServiceFront, decisions: Decisions): Json[] {
    const model = Model.of(this);
    return [
      ...model._connectionsTo(service).map(({ client, clientPods, target, options }) => ({
        from: [this.peer(clientPods())],
        ports: usedPorts(target.toConnectionTarget(client), options).map(port => policyPort(port.podPort ?? port.port, port.protocol)),
      })),
      ...model._routesTo(service).map(({ port: wanted, ingressNamespace }) => {
        const port = findServicePort(ports(), wanted);
        const namespace = ingressNamespace ? ingressNamespace() : decisions.ingressNamespace;
        return {
          from: namespace === undefined ? [] : [namespacePeer(namespace)],
          ports: port ? [policyPort(port.number, port.protocol)] : [],
        };
      }),
      {
        from: openTo().map(cidr => ({ ipBlock: { cidr } })),
        ports: openPorts().map(port => policyPort(port.number, port.protocol)),
      },
    ];
  }

  private renderEgress(decisions: Decisions, report: Report): Json[] {
    const { subject, options: { allowTo = [] } } = this.definition;
    const allowed = allowTo.map((targets, index) => renderTargets(targets, within(report, `allowTo[${index}]`)));
    const rules: Json[] = Model.of(this)._connectionsFrom(subject).map(({ target, options }) => {
      const resolved = target.toConnectionTarget(subject);
      const { pods, cidrs } = resolved;
      return {
        to: pods ? [this.peer(pods)] : (cidrs ?? ANYWHERE).map(cidr => ({ ipBlock: { cidr } })),
        ports: usedPorts(resolved, options).map(port => policyPort(port.podPort ?? port.port, port.protocol)),
      };
    });
    return [...dnsEgress(decisions), ...sortRules([...rules, this.renderPeers('to'), ...this.renderApiServer(decisions), ...allowed], 'to')];
  }

  private peer({ labels, namespace }: PodPeer): Json {
    return podPeer(labels, namespace, Chart.of(this).namespace);
  }

  private renderApiServer({ apiServer }: Decisions): Json[] {
    return apiServer && this.definition.apiServer()
      ? [{ to: apiServer.cidrs.map(cidr => ({ ipBlock: { cidr } })), ports: [policyPort(apiServer.port)] }] : [];
  }

  private renderPeers(side: 'from' | 'to'): Json {
    const { selector, peerPorts } = this.definition;
    return { [side]: [this.peer({ labels: { ...selector } })], ports: peerPorts().map(port => policyPort(port.number, port.protocol)) };
  }
}

/** One rule for each group of peers, its ports merged, in an order that does not depend on the order of the user's calls. */
function sortRules(rules: readonly Json[], side: 'from' | 'to'): Json[] {
  const byPeers = new Map<string, { peers: Json[]; ports: Map<string, Json>; every: boolean }>();
  // An empty list would admit everybody, or every port; what has one is a diagnostic of its own. Rules for every port have no list.
  for (const rule of rules.filter(({ [side]: peers, ports }) => peers.length > 0 && ports?.length !== 0)) {
    const key = JSON.stringify(rule[side]);
    const merged = byPeers.get(key) ?? { peers: rule[side] as Json[], ports: new Map<string, Json>(), every: false };
    ((rule.ports ?? []) as Json[]).forEach(port => merged.ports.set(JSON.stringify(port), port));
    byPeers.set(key, { ...merged, every: merged.every || rule.ports === undefined });
  }
  return [...byPeers.entries()].sort(([a], [b]) => compareStrings(a, b)).map(([, { peers, ports, every }]) => ({
    [side]: peers,
    ...!every && { ports: [...ports.values()].sort((a, b) => a.port - b.port || compareStrings(a.protocol, b.protocol)) },
  }));
}
