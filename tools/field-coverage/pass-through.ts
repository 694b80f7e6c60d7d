import type { Chart } from 'cdk8s';
import {
  ContainerImage, HpaService, Microservice, NodeAgent, OneOffTask, ScheduledTask, StatefulService,
} from '../../lib';
import { FIELD_TABLE } from '../../lib/definition/kubernetes-field-table.generated';

type Table = { readonly [type: string]: string };

/** A property that takes fields of Kubernetes, and the field of an object that they are laid over. */
interface PassThrough {
  readonly property: string;
  readonly prefix: string;
  readonly type: string;
  readonly build: (chart: Chart, fields: any) => void;
}

const image = ContainerImage.reference('ghcr.io/acme/orders:1.4.2');
const ports = [{ number: 8080 }];
const micro = (chart: Chart, props: object) => void new Microservice(chart, 'orders', { image, ports, ...props });
const sidecar = (containerFields: object) => ({ initContainers: [{ name: 'first', image, containerFields }] });

const ALL: readonly PassThrough[] = [
  { property: 'containerFields', prefix: 'PodTemplate.spec.containers[]', type: 'Container', build: (chart, containerFields) => micro(chart, { containerFields }) },
  { property: 'initContainers[].containerFields', prefix: 'PodTemplate.spec.initContainers[]', type: 'Container', build: (chart, fields) => micro(chart, sidecar(fields)) },
  { property: 'podFields', prefix: 'PodTemplate.spec', type: 'PodSpec', build: (chart, podFields) => micro(chart, { podFields }) },
  { property: 'deploymentFields', prefix: 'Deployment.spec', type: 'DeploymentSpec', build: (chart, deploymentFields) => micro(chart, { deploymentFields }) },
  { property: 'service.fields', prefix: 'Service.spec', type: 'ServiceSpec', build: (chart, fields) => micro(chart, { service: { fields } }) },
  { property: 'networkPolicy.fields', prefix: 'NetworkPolicy.spec', type: 'NetworkPolicySpec', build: (chart, fields) => micro(chart, { networkPolicy: { fields } }) },
  { property: 'disruption.fields', prefix: 'PodDisruptionBudget.spec', type: 'PodDisruptionBudgetSpec', build: (chart, fields) => micro(chart, { disruption: { fields } }) },
  {
    property: 'statefulSetFields',
    prefix: 'StatefulSet.spec',
    type: 'StatefulSetSpec',
    build: (chart, statefulSetFields) => void new StatefulService(chart, 'ledger', { image, ports, statefulSetFields }),
  },
  { property: 'daemonSetFields', prefix: 'DaemonSet.spec', type: 'DaemonSetSpec', build: (chart, daemonSetFields) => void new NodeAgent(chart, 'agent', { image, daemonSetFields }) },
  { property: 'jobFields', prefix: 'Job.spec', type: 'JobSpec', build: (chart, jobFields) => void new OneOffTask(chart, 'task', { image, jobFields }) },
  {
    property: 'cronJobFields',
    prefix: 'CronJob.spec',
    type: 'CronJobSpec',
    build: (chart, cronJobFields) => void new ScheduledTask(chart, 'task', { image, schedule: '@daily', cronJobFields }),
  },
  {
    property: 'fields of AutoscalingOptions',
    prefix: 'HorizontalPodAutoscaler.spec',
    type: 'HorizontalPodAutoscalerSpec',
    build: (chart, fields) => void new HpaService(chart, 'scaled', {
      existing: { name: 'scaled' }, selector: { app: 'scaled' }, ports, scaling: { max: 3, fields },
    }),
  },
];

/** Values of fields that only a pass-through sets: the API server judges them in the tests. */
const SAMPLES: { readonly [field: string]: unknown } = { shareProcessNamespace: true, terminationMessagePolicy: 'FallbackToLogsOnError' };

/** A way to write a field by a typed pass-through. */
export interface PassedThrough {
  readonly property: string;
  readonly build: (chart: Chart) => void;
}

/** How a field is passed through; nothing where no pass-through knows it. */
export function passThrough(path: string): PassedThrough | undefined {
  for (const { property, prefix, type, build } of ALL) {
    const rest = path.startsWith(`${prefix}.`) ? path.slice(prefix.length + 1).split('.') : undefined;
    const fields = rest && sample(type, rest);
    if (rest && fields !== undefined) {
      return { property: `\`${property}\`: ${rest.map(key => key.replace('[]', '')).join('.')}`, build: chart => build(chart, fields) };
    }
  }
  return undefined;
}

/** Fields that hold a value at the path; nothing where a type does not know a key. */
function sample(type: string | undefined, [key, ...rest]: readonly string[]): any {
  const isList = key.endsWith('[]');
  const name = key.replace('[]', '');
  const field = type === undefined ? undefined : fieldOf(type, name);
  if (type !== undefined && !field) {
    return undefined;
  }
  const inner = rest.length === 0 ? SAMPLES[name] : sample(field?.type, rest);
  return inner === undefined ? undefined : { [name]: isList ? [typeof inner === 'object' ? { name: 'x', ...inner } : inner] : inner };
}

function fieldOf(type: string, name: string): { readonly type?: string } | undefined {
  const token = (FIELD_TABLE as Table)[type]?.split(' ').map(text => /^[!?]?(\w+)(?:=(\w+))?(?::(\w+))?/.exec(text)!)
    .find(([, jsii, json = jsii]) => name === jsii || name === json);
  return token && { ...token[3] !== undefined && { type: token[3] } };
}
