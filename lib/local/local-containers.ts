import { type LocalCondition, type LocalLimits, type LocalService, TASKS_PROFILE } from './local-app';
import { type EnvContext, expand, localEnv } from './local-env';
import { decisiveProbe, localHealth } from './local-health';
import type { LocalOptions } from './local-options';
import { localScheduling } from './local-scheduling';
import type { LocalTraffic, Subject } from './local-traffic';
import { localFolders, sharedVolumes } from './local-volumes';
import { volumeOwner, withOwnedVolumes } from './volume-owner';
import { asMap, asMaps, type Json, sortedEntries } from '../definition/json';
import { parseQuantity } from '../definition/quantity';
import { type Report, silent, within } from '../diagnostics/report';
import type { PlannedBuild } from '../images/bake/planned-build';
import { Model } from '../model/model';
import { Platform } from '../platform/platform';
import { renderPods } from '../pods/pod-template';
import { selectorLabels } from '../synthesis/manifest';

/** What all containers of an app are made from. */
export interface ContainerSurroundings {
  readonly options: LocalOptions;
  readonly traffic: LocalTraffic;
  readonly objects: EnvContext['objects'];
  readonly buildOf: (subject: Subject, container: string) => PlannedBuild | undefined;
  /** A name that is unique in the app, of something that belongs to a namespace. */
  readonly uniqueName: (namespace: string | undefined, name: string) => string;
  readonly namespaceOf: (subject: Subject) => string | undefined;
}

/** What a service becomes, before it is known what it waits for and what reaches it. */
export type Draft = Omit<LocalService, 'dependsOn' | 'attachments' | 'ports'> & {
  readonly dependsOn: Map<string, LocalCondition>;
  /** Whether the cluster asks for its health, and Docker cannot. */
  readonly unasked: boolean;
  /** Whether it talks to nobody, and waits for nobody. */
  readonly isolated?: boolean;
};

/** The containers of one pod, that of the service first. */
export function localContainers(subject: Subject, surroundings: ContainerSurroundings, report: Report): Draft[] {
  const { name, modeled } = subject;
  const task = modeled.kind === 'Job' || modeled.kind === 'CronJob';
  const decisions = Platform._decisions(modeled.construct);
  const pod = modeled.pod(decisions, silent);
  const { args, env } = Model.of(modeled.construct)._alone(modeled.construct);
  const { template, claims } = renderPods({
    ...pod,
    container: { ...pod.container, ...args && { args: [...args] }, ...env && { env: { ...env } } },
  }, {
    serviceName: modeled.name,
    decisions,
    labels: selectorLabels(modeled),
    spread: { selector: {}, several: false },
    overlapping: false,
    claimTemplates: true,
    ...task && { restartPolicy: 'Never' },
  }, silent);
  const { spec } = template;
  const all = [...asMaps(spec.containers), ...asMaps(spec.initContainers)];
  const shared = sharedVolumes(all);
  const nameOf = (container: Json) => container === spec.containers[0] ? name : `${name}-${container.name}`;
  if (modeled.kind === 'CronJob') {
    omission('schedule', 'Docker runs nothing by a schedule.',
      `Run it by hand with the profile '${TASKS_PROFILE}', and acknowledge 'local-omission' with that reason.`, report);
  }
  const before: string[] = [];
  const drafts = all.sort((a, b) => order(spec, a) - order(spec, b)).map((container): Draft => {
    const isMain = container === spec.containers[0];
    const ends = asMaps(spec.initContainers).includes(container) && container.restartPolicy !== 'Always';
    const here = isMain ? report : within(report, container.name);
    const draft = localContainer({
      subject, container, template, claims, shared, name: nameOf(container), isMain, ends: ends || task,
    }, surroundings, here);
    const dependsOn = new Map<string, LocalCondition>(ends || isMain ? before.map(each => [each, 'completed']) : []);
    if (ends) {
      before.push(draft.name);
    }
    return { ...draft, ...task && { profile: TASKS_PROFILE }, dependsOn };
  });
  const owner = volumeOwner(drafts, spec.securityContext?.fsGroup, surroundings.options.volumeImage);
  const owned = owner ? [...drafts.map(draft => withOwnedVolumes(draft, owner)), owner] : drafts;
  return [owned.find(draft => draft.name === name)!, ...owned.filter(draft => draft.name !== name)];
}

/** Those that end come before the main container, those beside it after it. */
function order({ containers, initContainers }: Json, container: Json): number {
  return container === containers[0] ? 1 : asMaps(initContainers).includes(container) && container.restartPolicy !== 'Always' ? 0 : 2;
}

interface ContainerParts {
  readonly subject: Subject;
  readonly container: Json;
  readonly template: Json;
  readonly claims: readonly Json[];
  readonly shared: ReadonlySet<string>;
  readonly name: string;
  readonly isMain: boolean;
  readonly ends: boolean;
}

function localContainer(parts: ContainerParts, surroundings: ContainerSurroundings, report: Report): Omit<Draft, 'dependsOn'> {
  const { subject, container, template, claims, shared, name, isMain, ends } = parts;
  const { options, traffic, uniqueName } = surroundings;
  const { spec } = template;
  const namespace = surroundings.namespaceOf(subject);
  const build = surroundings.buildOf(subject, container.name);
  const context = {
    ...namespace !== undefined && { namespace },
    service: subject.name,
    template,
    objects: surroundings.objects,
    secretKey: (secret: string, key: string) => {
      const composed = surroundings.objects.composedKey(namespace, secret, key);
      return { secret: uniqueName(namespace, secret), key, ...composed !== undefined && { composed } };
    },
    claimName: (claim: string) => uniqueName(namespace, claim),
    localized: (variable: string, value: string) => traffic.localized(subject, variable, value),
    shared,
  };
  const env = localEnv(container, context, report);
  const texts = (list: string[] | undefined) => list?.map(text => expand(context.localized('', text), env));
  const folders = localFolders(container, claims, context, report);
  const security = { ...asMap(spec.securityContext), ...asMap(container.securityContext) };
  checkOmitted(container, security, report);
  const { runAsUser: user, runAsGroup: group, fsGroup, sysctls } = security;
  const ownCommand = probeCommand(options, name, build && (container.command ?? build.plan.entrypoint));
  const health = ends ? undefined : localHealth(container, ownCommand, options.engineVersion);
  const live = isMain ? sortedEntries(options.liveCode?.[name]) : [];
  return {
    name,
    pod: subject.name,
    origin: subject.modeled.construct.node.path,
    image: container.image,
    ...build && { build },
    ...container.command && { entrypoint: texts(container.command)! },
    ...container.args && { command: texts(container.args)! },
    ...container.workingDir !== undefined && { workingDir: container.workingDir },
    env,
    ...!isMain && !ends && !spec.hostNetwork && { sharesNetworkOf: subject.name },
    hostNetwork: spec.hostNetwork ?? false,
    ...folders,
    mounts: [...folders.mounts, ...live.map(([path, source]) => ({ kind: 'bind', source, path, readOnly: false } as const))],
    ...health && { health },
    unasked: !ends && !health && decisiveProbe(container) !== undefined,
    ...user !== undefined && { user: group === undefined ? String(user) : `${user}:${group}` },
    groups: fsGroup === undefined || fsGroup === group ? [] : [String(fsGroup)],
    readOnly: security.readOnlyRootFilesystem ?? false,
    privileged: security.privileged ?? false,
    newPrivileges: security.privileged || (security.allowPrivilegeEscalation ?? true),
    capabilities: security.capabilities?.add ?? [],
    sysctls: isMain ? Object.fromEntries(asMaps(sysctls).map(entry => [entry.name, entry.value])) : {},
    limits: localLimits(asMap(container.resources)),
    restart: ends ? 'no' : 'unless-stopped',
    scheduling: () => localScheduling(subject.modeled, spec),
    ...spec.terminationGracePeriodSeconds !== undefined && !ends && { stopSeconds: spec.terminationGracePeriodSeconds },
  };
}

function probeCommand({ probes = {}, probeFlag }: LocalOptions, name: string, builtProgram: readonly string[] = []): readonly string[] | undefined {
  if (Object.hasOwn(probes, name)) {
    return probes[name];
  }
  const [program, ...rest] = builtProgram;
  return probeFlag !== undefined && program !== undefined && rest.length === 0 ? [program, probeFlag] : undefined;
}

function localLimits({ limits = {}, requests = {} }: Json): LocalLimits {
  const amount = (value: unknown) => value === undefined ? undefined : parseQuantity(String(value));
  const [cpus, memoryBytes, reservedBytes, reservedCpus] = [limits.cpu, limits.memory, requests.memory, requests.cpu].map(amount);
  return {
    ...cpus !== undefined && { cpus },
    ...memoryBytes !== undefined && { memoryBytes },
    ...reservedBytes !== undefined && { reservedBytes },
    ...reservedCpus !== undefined && { reservedCpus },
  };
}

function checkOmitted({ lifecycle }: Json, { seccompProfile }: Json, report: Report): void {
  for (const hook of ['postStart', 'preStop'].filter(each => lifecycle?.[each] && !lifecycle[each].sleep)) {
    omission(`lifecycle.${hook}`, 'Docker runs nothing after a container starts or before it stops.', "Let the program do it, or acknowledge 'local-omission' with the reason.", report);
  }
  if (seccompProfile && seccompProfile.type !== 'RuntimeDefault') {
    omission('security.seccompProfile', `Docker runs the container with its own seccomp profile in place of '${seccompProfile.localhostProfile ?? seccompProfile.type}'.`, "Acknowledge 'local-omission' with the reason.", report);
  }
}

function omission(property: string, message: string, remedy: string, report: Report): void {
  report({ code: 'local-omission', property, message, remedy });
}
