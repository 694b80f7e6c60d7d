import { findMetricsPort, type Listening } from './listening';
import { checkAnnotations, checkReference } from '../definition/naming';
import { listPorts } from '../definition/port';
import { type Report } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { Traffic } from '../traffic/network-policy-options';

/** Labels that say what other properties say, each with where it is said. */
const COMPUTED_LABELS: { readonly [label: string]: string } = {
  'app.kubernetes.io/name': "the property 'name'",
  'app.kubernetes.io/instance': "the property 'name'",
  'app.kubernetes.io/component': "the property 'component'",
  'app.kubernetes.io/part-of': "'partOf' of the Platform",
  'app.kubernetes.io/managed-by': 'nothing else: it is cdk8s',
  'app.kubernetes.io/version': 'the tag of the image',
};

/** What is wrong with a workload as a whole, beside what its objects find. */
export function checkWorkload(props: Listening, report: Report): void {
  checkComputedLabels(props, report);
  checkMetricsPort(props, report);
  if (props.serviceAccountName !== undefined) {
    checkReference(props.serviceAccountName, 'ServiceAccount', 'serviceAccountName', report);
    if (props.serviceAccountAnnotations) {
      report({
        code: 'conflicting-options',
        property: 'serviceAccountAnnotations',
        message: `The ServiceAccount '${props.serviceAccountName}' is made elsewhere, and annotated there.`,
        remedy: 'Annotate it there, or leave serviceAccountName out.',
      });
    }
  }
  checkAnnotations(props.serviceAccountAnnotations, 'serviceAccountAnnotations', report);
}

/** Whether the pods talk to the API server, and whether anything was granted to them. */
export interface ApiAccess {
  readonly granted: boolean;
  readonly talks: boolean;
}

/** What keeps the pods from the API server, where they need it. */
export function checkApiAccess(props: Listening, { granted, talks }: ApiAccess, { apiServer }: Decisions, report: Report): void {
  if (granted && props.serviceAccountToken === false) {
    report({
      code: 'conflicting-options',
      property: 'serviceAccountToken',
      message: 'Rights are granted to the pods, and without the token they cannot use them.',
      remedy: 'Leave serviceAccountToken out, or grant nothing.',
    });
  }
  // Pods on the network of their node go past every network policy.
  if (talks && !apiServer && (props.egress ?? Traffic.DECLARED) === Traffic.DECLARED && !props.security?.hostNetwork) {
    reportUnknownApiServer('The pods', report);
  }
}

/** Says that the network policy of pods cannot admit the API server, which they need. */
export function reportUnknownApiServer(pods: string, report: Report): void {
  report({
    code: 'api-server-unknown',
    message: `${pods} talk to the API server, and nothing says where it is, so their network policy does not let them.`,
    remedy: "Say it once for all: new Platform(app, { apiServer: { cidrs: ['…'] } }), with what kubectl get endpointslices kubernetes shows.",
  });
}

function checkComputedLabels(props: Listening, report: Report): void {
  for (const property of ['labels', 'podLabels'] as const) {
    for (const label of Object.keys(props[property] ?? {}).filter(key => Object.hasOwn(COMPUTED_LABELS, key))) {
      report({
        code: 'conflicting-options',
        property: `${property}['${label}']`,
        message: `What '${label}' says is decided by ${COMPUTED_LABELS[label]}.`,
        remedy: 'Leave the label out.',
      });
    }
  }
}

function checkMetricsPort(props: Listening, report: Report): void {
  const { metricsPort, ports = [] } = props;
  if (metricsPort !== undefined && !findMetricsPort(props)) {
    const declared = listPorts(ports);
    report({
      code: 'unknown-port',
      property: 'metricsPort',
      message: `There is no port '${metricsPort}' to scrape.`,
      remedy: declared ? `Declare it, or name one of ${declared}.` : 'Declare it.',
    });
  }
}
