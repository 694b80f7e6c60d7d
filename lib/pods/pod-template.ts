import { type ContainerContext, renderContainer } from './container';
import { renderPlacement, type SpreadContext } from './placement';
import { checkScratchSpace } from './scratch-space';
import { renderPodSecurity } from './security-context';
import { PodVolumes } from './volumes';
import type { Container } from '../definition/container';
import type { Drain } from '../definition/drain';
import { wholeSeconds } from '../definition/duration';
import { asMap, compact, type Json } from '../definition/json';
import { checkAnnotations, checkLabels, checkReference } from '../definition/naming';
import { mergeFields, mergeOverrides } from '../definition/pass-through';
import type { PodDefinition } from '../definition/pod-definition';
import { Protocol } from '../definition/port';
import { type Report, silent, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { reportWeakened, reviewPod } from '../platform/pod-review';

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
  /** Whether two pods may run at a time for whatever reason, a rollout included. */
  readonly overlapping: boolean;
  /** Whether the workload makes claims for each of its pods. */
  readonly claimTemplates?: boolean;
}

/** Pods as a workload writes them. */
export interface RenderedPods {
  readonly template: Json;
  /** The claims to make for each pod. */
  readonly claims: readonly Json[];
}

const DEFAULT_DELAY_SECONDS = 5;
const DEFAULT_TIMEOUT_SECONDS = 20;
/** What Kubernetes gives a pod that says nothing. */
const DEFAULT_GRACE_PERIOD_SECONDS = 30;
/** Time to write the last log lines after the drain. */
const MARGIN_SECONDS = 5;
const DIGEST_ANNOTATION = 'checksum/config';

/** A pod template, and the claims that its pods mount; every kind of workload has this one. */
export function renderPods(pod: PodDefinition, context: PodContext, report: Report): RenderedPods {
  const { decisions } = context;
  const { _minor: minor } = decisions.kubernetesVersion;
  const volumes = new PodVolumes({ claimTemplates: context.claimTemplates ?? false, overlapping: context.overlapping });
  const drain = drainOf(pod, decisions, report);
  const containerContext: ContainerContext = {
    serviceName: context.serviceName,
    decisions,
    podSecurity: pod.security,
    volumes,
    gracePeriodSeconds: pod.podFields?.terminationGracePeriodSeconds ?? drain.gracePeriodSeconds ?? DEFAULT_GRACE_PERIOD_SECONDS,
  };
  const renderAll = (containers: readonly Container[], property: string) =>
    containers.map((container, index) => renderContainer(container, containerContext, within(report, `${property}[${index}]`)));

  // The properties of the main container are those of the service; the others stand in lists.
  const main = renderContainer(pod.container, { ...containerContext, portProperty: pod.portProperty, lifecycle: drain.lifecycle }, report);
  const sidecars = renderAll(pod.sidecars, 'sidecars');
  const initContainers = renderAll(pod.initContainers, 'initContainers');
  checkContainers(pod, report);
  pod.imagePullSecrets.forEach((name, index) => checkReference(name, 'Secret', `imagePullSecrets[${index}]`, report));
  const nativeSidecars = decisions.kubernetesVersion._supports('nativeSidecars');
  if (!nativeSidecars && context.restartPolicy !== undefined && sidecars.length > 0) {
    report({
      code: 'conflicting-options',
      property: 'sidecars',
      message: `On Kubernetes ${decisions.kubernetesVersion.version} a sidecar keeps its pod from ending, so the task never completes; sidecars that end with it come with 1.29.`,
      remedy: 'Leave the sidecars out, or raise the Kubernetes version of the platform.',
    });
  }

  const rendered = compact({
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
    containers: [main, ...nativeSidecars ? [] : sidecars],
    volumes: volumes.render(),
    ...renderPlacement(pod.placement, context.spread, decisions.kubernetesVersion, report),
  });
  const spec = mergeFields('PodSpec', rendered, pod.podFields, minor, within(report, 'podFields'));
  if (pod.podFields) {
    reportWeakened(reviewPod(rendered, minor), reviewPod(spec, minor), within(report, 'podFields'));
  }

  checkScratchSpace(spec, report);
  checkLabels(pod.labels, 'podLabels', report);
  checkAnnotations(pod.ownAnnotations, 'podAnnotations', report);
  // A pod that ends is not rolled: the next one reads what is there, and a Job refuses a changed template.
  const digest = context.restartPolicy === undefined ? contentDigest(pod, volumes) : undefined;
  const template = mergeOverrides({
    metadata: compact({
      labels: { ...context.labels, ...pod.labels, ...context.spread.selector },
      annotations: {
        ...decisions.annotations,
        ...pod.annotations,
        ...pod.ownAnnotations,
        ...digest !== undefined && { [DIGEST_ANNOTATION]: digest },
      },
    }),
    spec,
  }, pod.overrides);
  if (pod.overrides) {
    reportWeakened(reviewPod(spec, minor), reviewPod(asMap(template.spec), minor), within(report, 'overrides.spec'));
  }
  return { template, claims: volumes.renderClaims() };
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
  const ofDrain = within(report, 'drain');
  const own = pod.container.lifecycle?.preStop;
  const stated = drain.delay ? wholeSeconds(drain.delay, 'delay', ofDrain) : own ? 0 : DEFAULT_DELAY_SECONDS;
  const delay = own?._sleep ? wholeSeconds(own._sleep, 'delay', silent) : stated;
  const timeout = drain.timeout ? wholeSeconds(drain.timeout, 'timeout', ofDrain) : DEFAULT_TIMEOUT_SECONDS;
  const needsSleep = delay > 0 && !own && !drain.ownDelay;
  const sleeps = needsSleep && decisions.kubernetesVersion._supports('preStopSleep');
  if (needsSleep && !sleeps) {
    report({
      code: 'graceful-drain',
      property: 'drain',
      message: `Kubernetes ${decisions.kubernetesVersion.version} cannot hold SIGTERM back (preStop.sleep comes with 1.30), so requests meet a closed port during a rollout unless the program waits by itself.`,
      remedy: 'Let the program keep serving for some seconds after SIGTERM and write drain: { ownDelay: true }.',
    });
  }
  const gracePeriodSeconds = drain.gracePeriod ? wholeSeconds(drain.gracePeriod, 'gracePeriod', ofDrain) : delay + timeout + MARGIN_SECONDS;
  if (gracePeriodSeconds < delay + (drain.timeout ? timeout : 0) || (gracePeriodSeconds === delay && delay > 0)) {
    ofDrain({
      code: 'conflicting-options',
      property: 'gracePeriod',
      message: `The pod is killed after ${gracePeriodSeconds} seconds, of which it waits ${delay} before the program is told to stop.`,
      remedy: "Lengthen 'gracePeriod', or shorten 'delay' and 'timeout'.",
    });
  }
  return {
    ...sleeps && { lifecycle: { preStop: { sleep: { seconds: delay } } } },
    gracePeriodSeconds,
  };
}

/** Changes with what the containers read from configuration, so that a change rolls the pods. */
function contentDigest(pod: PodDefinition, volumes: PodVolumes): string | undefined {
  const fromEnv = [pod.container, ...pod.initContainers, ...pod.sidecars]
    .flatMap(container => [...container.envFrom ?? [], ...Object.values(container.envValueFrom ?? {})])
    .map(source => source._digest())
    .filter(digest => digest !== undefined);
  const digests = [...new Set([...fromEnv, ...volumes.contentDigests])].sort();
  if (digests.length === 0) {
    return undefined;
  }
  // Loading the package loads none of node's own modules.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createHash } = require('crypto') as typeof import('crypto');
  return createHash('sha256').update(digests.join('\n')).digest('hex');
}

/** Containers of a pod share their names and, but for those that end before the others start, their ports. */
function checkContainers(pod: PodDefinition, report: Report): void {
  const names = new Map([[pod.container.name, 'the main container']]);
  const holders = new Map<string, string>();
  claimPorts(pod.container, holders);
  for (const list of ['sidecars', 'initContainers'] as const) {
    pod[list].forEach((container, index) => {
      const here = within(report, `${list}[${index}]`);
      const earlier = names.get(container.name);
      if (earlier !== undefined) {
        here({ code: 'duplicate-name', property: 'name', message: `The pod has a container '${container.name}' already: ${earlier}.`, remedy: 'Give each container of a pod its own name.' });
      } else {
        names.set(container.name, `${list}[${index}]`);
      }
      if (list === 'sidecars') {
        claimPorts(container, holders, here);
      } else {
        checkInitContainer(container, here);
      }
    });
  }
}

function claimPorts(container: Container, holders: Map<string, string>, report?: Report): void {
  container.ports?.forEach((port, index) => {
    const protocol = port.protocol ?? Protocol.TCP;
    const keys = [
      `port ${port.number}/${protocol}`,
      ...port.name === undefined ? [] : [`a port '${port.name}'`],
      ...port.hostPort === undefined ? [] : [`port ${port.hostPort}/${protocol} of the node`],
    ];
    const key = keys.find(candidate => holders.has(candidate));
    if (report && key !== undefined && holders.get(key) !== container.name) {
      report({
        code: 'duplicate-port',
        property: `ports[${index}]`,
        message: `The containers of a pod share its ports, and '${holders.get(key)}' has ${key} already.`,
        remedy: `Let '${container.name}' listen on another port, under another name.`,
      });
    }
    keys.filter(candidate => !holders.has(candidate)).forEach(candidate => holders.set(candidate, container.name));
  });
}

/** The kubelet waits for its end and asks it nothing; Kubernetes refuses probes and hooks here. */
function checkInitContainer({ health = {}, lifecycle = {} }: Container, report: Report): void {
  for (const hook of ['postStart', 'preStop'] as const) {
    if (lifecycle[hook]) {
      report({
        code: 'conflicting-options',
        property: `lifecycle.${hook}`,
        message: 'A container that runs to completion before the others start has no hooks.',
        remedy: "Leave it out, or move the container to 'sidecars'.",
      });
    }
  }
  for (const role of ['readiness', 'liveness', 'startup'] as const) {
    if (health[role]) {
      report({
        code: 'conflicting-options',
        property: `health.${role}`,
        message: 'A container that runs to completion before the others start has no probes.',
        remedy: "Leave it out, or move the container to 'sidecars'.",
      });
    }
  }
}
