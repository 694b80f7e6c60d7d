import { findMetricsPort, type Listening } from './listening';
import { checkReference } from '../definition/naming';
import { listPorts } from '../definition/port';
import { type Report } from '../diagnostics/report';

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
  }
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
