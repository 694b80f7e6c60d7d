import { renderEnv } from './env';
import { renderContainerSecurity, renderPodSecurity } from './security-context';
import type { PodVolumes } from './volumes';
import { type Container, ImagePullPolicy } from '../definition/container';
import { compact, type Json } from '../definition/json';
import { renderLifecycle } from '../definition/lifecycle';
import { isDnsLabel } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { checkPorts, inList, type Port, Protocol } from '../definition/port';
import { type Health, ProbeRole } from '../definition/probe';
import type { PodSecurity } from '../definition/security';
import { type Report, silent, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { reportWeakened, reviewContainer } from '../platform/pod-review';

/** What a container gets from its pod. */
export interface ContainerContext {
  readonly serviceName: string;
  readonly decisions: Decisions;
  readonly podSecurity: PodSecurity;
  readonly volumes: PodVolumes;
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
  checkPorts(ports, context.portProperty ?? inList('ports'), report);
  const { reference } = image._resolve({ serviceName, tag: decisions.imageTag, ...decisions.registry !== undefined && { registry: decisions.registry } }, within(report, 'image'));
  const rendered = compact({
    name: container.name,
    image: reference,
    // A tag can be pushed again, and only the registry knows whether the pod may have the image at all.
    imagePullPolicy: container.imagePullPolicy ?? ImagePullPolicy.ALWAYS,
    command: container.command,
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
    lifecycle: renderHooks(container, byDefault, decisions, report),
    securityContext: renderContainerSecurity(security, podSecurity, within(report, 'security')),
    ...volumes.mount(container.volumes ?? {}, security.writableRootFilesystem ? undefined : isMain ? 'tmp' : `tmp-${container.name}`, report),
  });
  const ofFields = within(report, 'containerFields');
  const merged = mergeFields('Container', rendered, container.containerFields, decisions.kubernetesVersion._minor, ofFields);
  if (container.containerFields) {
    const ofPod = renderPodSecurity(podSecurity, false, decisions, silent);
    reportWeakened(reviewContainer(rendered, ofPod), reviewContainer(merged, ofPod), ofFields);
  }
  return merged;
}

function renderHooks({ lifecycle = {}, ports = [] }: Container, byDefault: Json, decisions: Decisions, report: Report): Json | undefined {
  const here = within(report, 'lifecycle');
  for (const property of ['postStart', 'preStop'] as const) {
    const seconds = lifecycle[property]?._sleep?.toSeconds({ integral: false });
    if (seconds !== undefined && !decisions.kubernetesVersion._supports('preStopSleep')) {
      here({
        code: 'unknown-field',
        property,
        message: `Kubernetes ${decisions.kubernetesVersion.version} does not know hooks that sleep; they come with 1.30.`,
        remedy: "Leave it out, use LifecycleHook.command(['sleep', '…']) where the image has such a program, or raise the Kubernetes version of the platform.",
      });
    } else if (seconds === 0 && !decisions.kubernetesVersion._supports('zeroSleep')) {
      here({
        code: 'invalid-value',
        property,
        message: `Kubernetes ${decisions.kubernetesVersion.version} takes no hook that sleeps for no time; that comes with 1.33.`,
        remedy: 'Write at least one second; a service that needs no time before SIGTERM says so by drain: { ownDelay: true }.',
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
