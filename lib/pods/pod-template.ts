import { createHash } from 'crypto';
import { type ContainerContext, renderContainer } from './container';
import { renderPlacement, type SpreadContext } from './placement';
import { renderPodSecurity } from './security-context';
import { PodVolumes } from './volumes';
import type { Container } from '../definition/container';
import type { Drain } from '../definition/drain';
import { compact, type Json } from '../definition/json';
import { checkAnnotations, checkLabels } from '../definition/naming';
import { mergeFields, mergeOverrides } from '../definition/pass-through';
import type { PodDefinition } from '../definition/pod-definition';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';

/** What the workload knows about its pods. */
export interface PodContext {
  /** The name of the service, for images that are named after it. */
  readonly serviceName: string;
  readonly decisions: Decisions;
  /** All labels of the pods, those of the selector included. */
  readonly labels: { readonly [label: string]: string };
  readonly spread: SpreadContext;
  /** `Never` or `OnFailure`, for pods that end. */
  readonly restartPolicy?: string;
}

const DEFAULT_DELAY_SECONDS = 5;
const DEFAULT_TIMEOUT_SECONDS = 20;
/** Time to write the last log lines after the drain. */
const MARGIN_SECONDS = 5;
const DIGEST_ANNOTATION = 'checksum/config';

/** A pod template; every kind of workload has this one. */
export function renderPodTemplate(pod: PodDefinition, context: PodContext, report: Report): Json {
  const { decisions } = context;
  const volumes = new PodVolumes();
  const containerContext: ContainerContext = { serviceName: context.serviceName, decisions, podSecurity: pod.security, volumes };
  const [main, ...others] = pod.containers;
  const drain = drainOf(pod, decisions, report);
  const render = (container: Container, here: Report) => renderContainer(container, containerContext, here);

  // The properties of the main container are those of the service; the others stand in lists.
  const mainContainer = renderContainer(main, { ...containerContext, portProperty: pod.portProperty }, report);
  const containers = [withLifecycle(mainContainer, drain.lifecycle), ...others.map((container, index) => render(container, within(report, `containers[${index + 1}]`)))];
  const sidecars = pod.sidecars.map((container, index) => render(container, within(report, `sidecars[${index}]`)));
  const initContainers = pod.initContainers.map((container, index) => render(container, within(report, `initContainers[${index}]`)));
  checkContainers(pod, report);
  const nativeSidecars = decisions.kubernetesVersion._supports('nativeSidecars');

  const spec = mergeFields('PodSpec', compact({
    serviceAccountName: pod.serviceAccountName,
    automountServiceAccountToken: pod.automountServiceAccountToken,
    // Variables for every Service of the namespace help nobody and can clash with the program's own.
    enableServiceLinks: false,
    securityContext: renderPodSecurity(pod.security, volumes.needsGroup, decisions, within(report, 'security')),
    hostNetwork: pod.security.hostNetwork || undefined,
    dnsPolicy: pod.security.hostNetwork ? 'ClusterFirstWithHostNet' : undefined,
    hostPID: pod.security.hostPid || undefined,
    hostIPC: pod.security.hostIpc || undefined,
    restartPolicy: context.restartPolicy,
    terminationGracePeriodSeconds: drain.gracePeriodSeconds,
    imagePullSecrets: pod.imagePullSecrets.map(name => ({ name })),
    initContainers: [...initContainers, ...nativeSidecars ? sidecars.map(sidecar => ({ ...sidecar, restartPolicy: 'Always' })) : []],
    containers: [...containers, ...nativeSidecars ? [] : sidecars],
    volumes: volumes.render(),
    ...renderPlacement(pod.placement, context.spread),
  }), pod.podFields, decisions.kubernetesVersion._minor, within(report, 'podFields'));

  checkLabels(pod.labels, 'podLabels', report);
  checkAnnotations(pod.annotations, 'podAnnotations', report);
  const digest = contentDigest(pod, volumes);
  return mergeOverrides({
    metadata: compact({
      labels: { ...pod.labels, ...context.labels },
      annotations: { ...decisions.annotations, ...pod.annotations, ...digest !== undefined && { [DIGEST_ANNOTATION]: digest } },
    }),
    spec,
  }, pod.overrides);
}

interface RenderedDrain {
  readonly lifecycle?: Json;
  readonly gracePeriodSeconds?: number;
}

/** Out of the load balancers first, then SIGTERM, then the program's own drain. */
function drainOf(pod: PodDefinition, decisions: Decisions, report: Report): RenderedDrain {
  const drain: Drain | undefined = pod.drain;
  if (!drain) {
    return {};
  }
  const delay = drain.delay?.toSeconds() ?? DEFAULT_DELAY_SECONDS;
  const timeout = drain.timeout?.toSeconds() ?? DEFAULT_TIMEOUT_SECONDS;
  const sleeps = delay > 0 && !drain.ownDelay && decisions.kubernetesVersion._supports('preStopSleep');
  if (delay > 0 && !drain.ownDelay && !sleeps) {
    report({
      code: 'graceful-drain',
      property: 'drain',
      message: `Kubernetes ${decisions.kubernetesVersion.version} cannot hold SIGTERM back (preStop.sleep comes with 1.30), so requests meet a closed port during a rollout unless the program waits by itself.`,
      remedy: 'Let the program keep serving for some seconds after SIGTERM and write drain: { ownDelay: true }.',
    });
  }
  return {
    ...sleeps && { lifecycle: { preStop: { sleep: { seconds: delay } } } },
    gracePeriodSeconds: delay + timeout + MARGIN_SECONDS,
  };
}

function withLifecycle(container: Json, lifecycle: Json | undefined): Json {
  return lifecycle ? { ...container, lifecycle: { ...lifecycle, ...container.lifecycle } } : container;
}

/** Changes with what the containers read from configuration, so that a change rolls the pods. */
function contentDigest(pod: PodDefinition, volumes: PodVolumes): string | undefined {
  const fromEnv = [...pod.containers, ...pod.initContainers, ...pod.sidecars]
    .flatMap(container => [...container.envFrom ?? [], ...Object.values(container.envValueFrom ?? {})])
    .map(source => source._digest())
    .filter(digest => digest !== undefined);
  const digests = [...new Set([...fromEnv, ...volumes.contentDigests])].sort();
  if (digests.length === 0) {
    return undefined;
  }
  return createHash('sha256').update(digests.join('\n')).digest('hex');
}

function checkContainers(pod: PodDefinition, report: Report): void {
  const names = new Map<string, string>();
  const ports = new Map<string, string>();
  const groups = [['containers', pod.containers], ['sidecars', pod.sidecars], ['initContainers', pod.initContainers]] as const;
  for (const [list, containers] of groups) {
    containers.forEach((container, index) => {
      const earlier = names.get(container.name);
      if (earlier !== undefined) {
        report({ code: 'duplicate-name', property: `${list}[${index}].name`, message: `The pod has a container '${container.name}' already (${earlier}).`, remedy: 'Give each container of a pod its own name.' });
      }
      names.set(container.name, `${list}[${index}]`);
      if (list === 'initContainers') {
        return;
      }
      for (const port of container.ports ?? []) {
        for (const key of [`${port.number}/${port.protocol ?? 'TCP'}`, ...port.name === undefined ? [] : [`'${port.name}'`]]) {
          const holder = ports.get(key);
          if (holder !== undefined && holder !== container.name) {
            report({ code: 'duplicate-port', property: `${list}[${index}].ports`, message: `The containers of a pod share its ports, and '${holder}' has port ${key} already.`, remedy: `Let '${container.name}' listen on another port.` });
          }
          ports.set(key, container.name);
        }
      }
    });
  }
}
