import { type ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { MonitorOptions } from './monitor-options';
import { durationText } from '../definition/duration';
import type { ExposedPods, IExposable } from '../definition/exposable';
import { compact, type Json } from '../definition/json';
import { NameRule } from '../definition/naming';
import { type KubernetesType, mergeFields } from '../definition/pass-through';
import { findContainerPort, listPorts, type Port } from '../definition/port';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, silent, within } from '../diagnostics/report';
import { Model } from '../model/model';
import { Environment } from '../platform/environment';
import { type Decisions, Platform } from '../platform/platform';
import { defineManifest } from '../synthesis/manifest';

const SCHEMES = ['http', 'https'];

/** What the kinds of monitors differ in. */
export interface MonitorKind {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** Where the endpoints stand in the spec, and what they are. */
  readonly endpointsField: string;
  readonly endpointType: KubernetesType;
  /** The ports that there are to scrape; nothing where the workload has nothing of the kind. */
  readonly portsOf: (pods: ExposedPods) => readonly Port[] | undefined;
  /** How an endpoint names its port. */
  readonly renderPort: (port: Port) => Json;
  readonly renderSelector: (pods: ExposedPods) => Json;
  /** Reports a workload that has nothing of the kind, and a port that it does not have. */
  readonly checkTarget: (target: IExposable, pods: ExposedPods, report: Report) => void;
  readonly missingPort: (target: IExposable, pods: ExposedPods, wanted: string) => { readonly message: string; readonly remedy: string };
}

/** What a monitor is made from. */
export interface MonitorDefinition extends MonitorOptions {
  readonly name: string;
  readonly target: IExposable;
  readonly port?: string;
  readonly annotations?: { readonly [annotation: string]: string };
  readonly endpointFields?: object;
  readonly fields?: object;
}

/** Makes the object of a monitor, for which the network policy of its target opens. */
export function defineMonitor(construct: Construct, kind: MonitorKind, definition: MonitorDefinition): ApiObject {
  const { name, target, annotations, labels } = definition;
  Model.of(construct)._addScrape({ target, port: () => findPort(kind, definition, silent) });
  Diagnostics._check(construct, report => check(construct, kind, definition, report));
  return defineManifest(construct, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: kind.kind,
    name,
    nameRule: NameRule.SUBDOMAIN,
    owner: { name: target.name, component: 'monitor', ...annotations && { annotations } },
    labels: () => ({ ...Platform._decisions(construct).monitorLabels, ...labels }),
    fields: { spec: (report, decisions) => renderSpec(kind, definition, decisions, report) },
  });
}

/** The port to scrape, as the Service or the pods have it. */
function findPort({ portsOf, missingPort }: MonitorKind, { target, port: wanted }: MonitorDefinition, report: Report): Port | undefined {
  const pods = target.toExposedPods();
  const { metricsPort } = pods;
  const offered = portsOf(pods);
  if (!offered) {
    return undefined;
  }
  if (wanted === undefined && !metricsPort) {
    report({
      code: 'unknown-port',
      property: 'port',
      message: `'${target.name}' says no port for monitoring.`,
      remedy: offered.length > 0 ? `Write it as its metricsPort, or as port: one of ${listPorts(offered)}.` : 'Declare one, and write it as its metricsPort.',
    });
    return undefined;
  }
  const port = wanted === undefined ? offered.find(({ number }) => number === metricsPort!.number) : findContainerPort(offered, wanted);
  if (!port) {
    report({ code: 'unknown-port', property: 'port', ...missingPort(target, pods, wanted ?? metricsPort!.name ?? String(metricsPort!.number)) });
  }
  return port;
}

function renderSpec(kind: MonitorKind, definition: MonitorDefinition, { kubernetesVersion }: Decisions, report: Report): Json {
  const { target, endpointFields, fields } = definition;
  const { namespace } = Chart.of(target);
  const minor = kubernetesVersion._minor;
  const endpoint = mergeFields(kind.endpointType, renderEndpoint(kind, definition, minor, report), endpointFields, minor, within(report, 'endpointFields'));
  return mergeFields(`${kind.kind}Spec`, compact({
    selector: kind.renderSelector(target.toExposedPods()),
    namespaceSelector: namespace === undefined ? undefined : { matchNames: [namespace] },
    [kind.endpointsField]: [endpoint],
  }), fields, minor, within(report, 'fields'));
}

function renderEndpoint(kind: MonitorKind, definition: MonitorDefinition, minor: number, report: Report): Json {
  const { interval, timeout, path, scheme, params, honorLabels, relabelings, metricRelabelings } = definition;
  const port = findPort(kind, definition, silent);
  const relabel = (rules: readonly object[] | undefined, property: string) => rules?.map((rule, index) =>
    mergeFields('MonitorMetricRelabeling', {}, rule, minor, within(report, `${property}[${index}]`)));
  return compact({
    ...port && kind.renderPort(port),
    path,
    scheme,
    params,
    interval: durationText(interval, 'interval', report),
    scrapeTimeout: durationText(timeout, 'timeout', report),
    honorLabels: honorLabels || undefined,
    relabelings: relabel(relabelings, 'relabelings'),
    metricRelabelings: relabel(metricRelabelings, 'metricRelabelings'),
  });
}

function check(construct: Construct, kind: MonitorKind, definition: MonitorDefinition, report: Report): void {
  const { target, path, scheme, interval, timeout } = definition;
  kind.checkTarget(target, target.toExposedPods(), report);
  findPort(kind, definition, report);
  if (Environment.of(construct) !== Environment.of(target)) {
    report({
      code: 'invalid-value',
      property: 'target',
      message: `'${target.node.path}' belongs to another environment.`,
      remedy: 'Make the monitor and the workload in the same environment.',
    });
  }
  if (path !== undefined && !/^\/[^\s?#]*$/.test(path)) {
    report({
      code: 'invalid-value',
      property: 'path',
      message: `'${path}' is not a path.`,
      remedy: "Write one that begins with a slash, for example '/metrics'; what follows a question mark goes into params.",
    });
  }
  if (scheme !== undefined && !SCHEMES.includes(scheme)) {
    report({ code: 'invalid-value', property: 'scheme', message: `'${scheme}' is not a scheme to scrape by.`, remedy: "Write 'http' or 'https'." });
  }
  if (interval && timeout && timeout.toMilliseconds({ integral: false }) > interval.toMilliseconds({ integral: false })) {
    report({
      code: 'conflicting-options',
      property: 'timeout',
      message: 'A scrape may take longer than the time to the next one.',
      remedy: "Write at most the time of 'interval'.",
    });
  }
}
