import { renderEnv } from './env';
import { renderContainerSecurity, renderPodSecurity } from './security-context';
import type { PodVolumes } from './volumes';
import type { Container } from '../definition/container';
import { wholeSeconds } from '../definition/duration';
import { compact, type Json } from '../definition/json';
import { renderLifecycle } from '../definition/lifecycle';
import { isDnsLabel } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { checkPorts, inList, type Port, Protocol } from '../definition/port';
import { type Health, ProbeRole } from '../definition/probe';
import type { PodSecurity } from '../definition/security';
import { MountPropagation } from '../definition/volume-options';
import { type Report, silent, within } from '../diagnostics/report';
import { type Decisions, Platform } from '../platform/platform';
import { reportWeakened, reviewContainer } from '../platform/pod-review';

/** What a container gets from its pod. */
export interface ContainerContext {
  readonly serviceName: string;
  readonly decisions: Decisions;
  readonly podSecurity: PodSecurity;
  readonly volumes: PodVolumes;
  /** How long the pod has to go. */
  readonly gracePeriodSeconds: number;
  /** What the pod does to the container when it starts and stops, unless the user says it. */
  readonly lifecycle?: Json;
  /** The property where the user wrote each port, where it is not the list `ports`. */
  readonly portProperty?: (index: number) => string;
}

/** One container of a pod. */
export function renderContainer(container: Container, context: ContainerContext, report: Report): Json {
  const { decisions, podSecurity, volumes, serviceName, lifecycle: byDefault = {} } = context;
  const { ports = [], health = {}, image } = container;
  const security = container.security ?? {};
  const isMain = container.name === serviceName;
  // The main container is named after its service, whose name is checked already.
  if (!isMain && !isDnsLabel(container.name)) {
    report({ code: 'invalid-name', property: 'name', message: `'${container.name}' is not a name for a container.`, remedy: 'Use at most 63 lower-case letters, digits and dashes.' });
  }
  const portProperty = context.portProperty ?? inList('ports');
  checkPorts(ports, portProperty, report);
  if (podSecurity.hostNetwork) {
    ports.forEach((port, index) => checkPortOfNode(port, within(report, portProperty(index))));
  }
  if (!security.privileged) {
    checkPropagation(container, report);
  }
  const { reference, command } = image._resolve(Platform._imageContext(decisions, serviceName), within(report, 'image'));
  const rendered = compact({
    name: container.name,
    image: reference,
    // A tag can be pushed again, and only the registry knows whether the pod may have the image at all.
    imagePullPolicy: container.imagePullPolicy ?? decisions.imagePullPolicy,
    command: container.command ?? command,
    args: container.args,
    workingDir: container.workingDir,
    ports: ports.map(port => compact({
      name: port.name,
      containerPort: port.number,
      hostPort: port.hostPort,
      protocol: port.protocol === Protocol.TCP ? undefined : port.protocol,
    })),
    env: renderEnv(container, report),
    envFrom: (container.envFrom ?? []).map((source, index) => source._render(within(report, `envFrom[${index}]`))),
    // The platform answers for its own.
    resources: container.resources ? container.resources._render(within(report, 'resources')) : decisions.resources._render(silent),
    ...renderProbes(health, ports, within(report, 'health')),
    lifecycle: renderHooks(container, byDefault, context, report),
    securityContext: renderContainerSecurity(security, podSecurity, within(report, 'security')),
    ...volumes.mount(container.volumes ?? {}, security.writableRootFilesystem ? undefined : isMain ? 'tmp' : `tmp-${container.name}`, report),
  });
  const ofFields = within(report, 'containerFields');
  const merged = mergeFields('Container', rendered, container.containerFields, decisions.kubernetesVersion._minor, ofFields);
  if (container.containerFields) {
    const ofPod = renderPodSecurity(podSecurity, false, decisions, silent);
    reportWeakened(reviewContainer(rendered, ofPod), reviewContainer(merged, ofPod), ofFields);
  }
  image._checkContainer(merged, report);
  return merged;
}

/** There a process has the ports of the node itself. */
function checkPortOfNode({ number, hostPort }: Port, report: Report): void {
  if (hostPort !== undefined && hostPort !== number) {
    report({
      code: 'conflicting-options',
      property: 'hostPort',
      message: `In the network of its node the container listens on ${number} itself, and nothing leads there from ${hostPort}.`,
      remedy: "Leave 'hostPort' out.",
    });
  }
}

function checkPropagation({ volumes = {} }: Container, report: Report): void {
  for (const [mountPath] of Object.entries(volumes).filter(([, volume]) => volume._propagation === MountPropagation.BIDIRECTIONAL)) {
    report({
      code: 'conflicting-options',
      property: `volumes['${mountPath}'].propagation`,
      message: 'Only a privileged container may mount something that its node sees.',
      remedy: 'Use MountPropagation.HOST_TO_CONTAINER, or security: { privileged: true } for this container.',
    });
  }
}

function renderHooks(container: Container, byDefault: Json, context: ContainerContext, report: Report): Json | undefined {
  const { lifecycle = {}, ports = [] } = container;
  const { decisions, gracePeriodSeconds } = context;
  const here = within(report, 'lifecycle');
  for (const property of ['postStart', 'preStop'] as const) {
    const sleep = lifecycle[property]?._sleep;
    const seconds = sleep && wholeSeconds(sleep, 'duration', silent);
    if (sleep && !decisions.kubernetesVersion._supports('preStopSleep')) {
      here({
        code: 'unknown-field',
        property,
        message: `Kubernetes ${decisions.kubernetesVersion.version} does not know hooks that sleep; they come with 1.30.`,
        remedy: "Leave it out, use LifecycleHook.command(['sleep', '…']) where the image has such a program, or raise the Kubernetes version of the platform.",
      });
    }
    if (seconds !== undefined && seconds > gracePeriodSeconds) {
      here({
        code: 'conflicting-options',
        property,
        message: `The hook sleeps for ${seconds} seconds, and the pod has ${gracePeriodSeconds} to go.`,
        remedy: "Let it sleep for less, or give the pod more time by 'drain'.",
      });
    }
  }
  return renderLifecycle(lifecycle, byDefault, ports, here);
}

function renderProbes(health: Health, ports: readonly Port[], report: Report): Json {
  const readinessProbe = health.readiness?._render(ProbeRole.READINESS, ports, within(report, 'readiness'));
  const livenessProbe = health.liveness?._render(ProbeRole.LIVENESS, ports, within(report, 'liveness'));
  if (readinessProbe && livenessProbe && JSON.stringify(readinessProbe) === JSON.stringify(livenessProbe)) {
    report({
      code: 'identical-probes',
      property: 'liveness',
      message: 'Readiness and liveness ask the same question, so a pod that is only busy, or waits for another service, is restarted.',
      remedy: "Let liveness ask only what a restart mends, give it a higher failureThreshold, or acknowledge 'identical-probes' with the reason.",
    });
  }
  return { readinessProbe, livenessProbe, startupProbe: health.startup?._render(ProbeRole.STARTUP, ports, within(report, 'startup')) };
}
