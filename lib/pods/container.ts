import { renderEnv } from './env';
import { renderContainerSecurity } from './security-context';
import type { PodVolumes } from './volumes';
import type { Container } from '../definition/container';
import { compact, type Json } from '../definition/json';
import { isDnsLabel } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { checkPorts, inList, Protocol } from '../definition/port';
import { ProbeRole } from '../definition/probe';
import type { PodSecurity } from '../definition/security';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';

/** What a container gets from its pod. */
export interface ContainerContext {
  readonly serviceName: string;
  readonly decisions: Decisions;
  readonly podSecurity: PodSecurity;
  readonly volumes: PodVolumes;
  /** The property where the user wrote each port, where it is not the list `ports`. */
  readonly portProperty?: (index: number) => string;
}

/** One container of a pod. */
export function renderContainer(container: Container, context: ContainerContext, report: Report): Json {
  const { decisions, podSecurity, volumes, serviceName } = context;
  const { ports = [], health = {}, image } = container;
  const security = container.security ?? {};
  // The main container is named after its service, whose name is checked already.
  if (container.name !== serviceName && !isDnsLabel(container.name)) {
    report({ code: 'invalid-name', property: 'name', message: `'${container.name}' is not a name for a container.`, remedy: 'Use at most 63 lower-case letters, digits and dashes.' });
  }
  checkPorts(ports, context.portProperty ?? inList('ports'), report);
  const { reference } = image._resolve({ serviceName, tag: decisions.imageTag, ...decisions.registry !== undefined && { registry: decisions.registry } }, within(report, 'image'));
  const rendered = compact({
    name: container.name,
    image: reference,
    // A tag can be pushed again, and only the registry knows whether the pod may have the image at all.
    imagePullPolicy: 'Always',
    command: container.command,
    args: container.args,
    workingDir: container.workingDir,
    ports: ports.map(port => compact({
      name: port.name,
      containerPort: port.number,
      protocol: port.protocol === Protocol.TCP ? undefined : port.protocol,
    })),
    env: renderEnv(container, report),
    envFrom: (container.envFrom ?? []).map((source, index) => source._render(within(report, `envFrom[${index}]`))),
    resources: (container.resources ?? decisions.resources)._render(within(report, 'resources')),
    readinessProbe: health.readiness?._render(ProbeRole.READINESS, ports, within(report, 'health.readiness')),
    livenessProbe: health.liveness?._render(ProbeRole.LIVENESS, ports, within(report, 'health.liveness')),
    startupProbe: health.startup?._render(ProbeRole.STARTUP, ports, within(report, 'health.startup')),
    securityContext: renderContainerSecurity(security, podSecurity, within(report, 'security')),
    volumeMounts: volumes.mount(container.volumes ?? {}, !security.writableRootFilesystem, report),
  });
  return mergeFields('Container', rendered, container.containerFields, decisions.kubernetesVersion._minor, within(report, 'containerFields'));
}
