import type { SwarmOptions } from './docker-target';
import { aloneNetwork, type LocalApp, type LocalService } from './local-app';
import type { LocalOptions } from './local-options';
import type { LocalScheduling } from './local-scheduling';
import { chooseNode, isConstraint, swarmPlacement } from './swarm-placement';
import { volumeOwnerName } from './volume-owner';
import { compareStrings, sortedEntries } from '../definition/json';
import { type Report, within } from '../diagnostics/report';

/** The name of a service of Swarm is that of a host. */
const LONGEST_NAME = 63;

/** A service of a Swarm, every value decided. */
export interface SwarmService extends LocalService {
  readonly scaling: LocalScheduling;
  readonly constraints: readonly string[];
}

/** The services of one environment as a Swarm runs them. */
export interface SwarmApp extends LocalApp {
  readonly swarm: SwarmOptions;
  readonly services: readonly SwarmService[];
}

/** What a Swarm runs of an app; what it cannot is reported. */
export function swarmApp(app: LocalApp, swarm: SwarmOptions, options: LocalOptions, report: Report): SwarmApp {
  const services = app.services.map((service): SwarmService => {
    const scaling = service.scheduling();
    const here = within(report, service.name);
    const { constraints, omitted } = swarmPlacement(scaling.nodes);
    const isMain = service.name === service.pod;
    (isMain ? omitted : []).forEach(property => omission(`placement.${property}`, 'Swarm cannot say this of a node.',
      `Write what it can (DockerTarget.swarm({ constraints: { ${quoted(service.name)}: ['node.labels.disk==ssd'] } })), or acknowledge 'local-omission' with the reason.`, here));
    const own = swarm.constraints?.[service.pod] ?? [];
    const all = [...new Set([...constraints, ...own])].sort();
    checkService(service, app.name, here);
    if (isMain) {
      checkScaling(service, scaling, here);
    }
    checkVolumes(service, all, here);
    const live = Object.keys(options.liveCode?.[service.name] ?? {});
    live.forEach(path => omission(`liveCode['${path}']`, 'A Swarm runs the service on any node, and the folder is on this machine alone; nothing is mounted there.',
      "Work on the code with a ComposeFile, or acknowledge 'local-omission' with the reason.", here));
    return {
      ...service,
      scaling,
      constraints: all,
      mounts: service.mounts.filter(({ kind, path }) => kind !== 'bind' || !live.includes(path)),
      // Without a network it would have that of its node, by which it reaches everybody.
      attachments: service.attachments.length > 0 || service.hostNetwork || service.sharesNetworkOf !== undefined
        ? service.attachments : [{ network: aloneNetwork(service.name), aliases: [] }],
    };
  });
  checkAll(services, report);
  checkConstraints(swarm, app, report);
  const known = new Set(app.networks.map(({ name }) => name));
  const alone = services.flatMap(({ attachments }) => attachments).filter(({ network }) => !known.has(network))
    .map(({ network }) => ({ name: network, internal: true }));
  return { ...app, swarm, services, networks: [...app.networks, ...alone].sort((a, b) => compareStrings(a.name, b.name)), volumes: [] };
}

function checkService(service: LocalService, appName: string, report: Report): void {
  const { name, build, image, sharesNetworkOf, hostNetwork, privileged, dependsOn } = service;
  const full = `${appName}-${name}`;
  if (full.length > LONGEST_NAME) {
    unsupported(undefined, `The name '${full}' has ${full.length} characters, and a service of Swarm may have ${LONGEST_NAME}.`, 'Give the app a shorter name (appName).', report);
  }
  if (sharesNetworkOf !== undefined) {
    unsupported(undefined, `A Swarm has no pods: this container would not share the network of '${sharesNetworkOf}'.`,
      'Leave the service out of the Swarm (without), or run it on one host (DockerTarget.host()).', report);
  }
  if (hostNetwork) {
    unsupported('security.hostNetwork', 'A service of Swarm has networks of its own.', 'Leave the service out of the Swarm (without), and run it by other means.', report);
  }
  if (privileged) {
    unsupported('security.privileged', 'A service of Swarm cannot be privileged.', 'Leave the service out of the Swarm (without), and run it by other means.', report);
  }
  if (build && !build.hasRegistry) {
    unsupported('image', `The nodes of a Swarm pull images, and '${image}' names no registry.`, "Say where images are pushed to (Platform's registry).", report);
  }
  const awaited = [...dependsOn].filter(([, condition]) => condition === 'completed').map(([other]) => `'${other}'`);
  if (awaited.length > 0) {
    omission(awaited.join() === `'${volumeOwnerName(service.pod)}'` ? 'volumes' : 'initContainers', `A Swarm starts it beside ${awaited.join(', ')}, which it tries again until it succeeds, and does not wait.`,
      "Let the program end or try again until that is done, and acknowledge 'local-omission' with that reason.", report);
  }
}

function checkScaling({ name }: LocalService, scaling: LocalScheduling, report: Report): void {
  const { everywhere, replicas, autoscaled, ordered, strategy, surge, partitioned } = scaling;
  if (autoscaled) {
    omission('replicas', `Swarm has no autoscaler: ${replicas} ${replicas === 1 ? 'replica runs' : 'replicas run'} all the time.`,
      "Scale it by hand ('docker service scale'), or acknowledge 'local-omission' with the reason.", report);
  }
  if (ordered && replicas > 1) {
    omission('replicas', `Swarm gives the replicas of '${name}' no names, so they do not find each other.`,
      "Run one of them (Replicas.fixed(1)) where it is for a Swarm, or acknowledge 'local-omission' with the reason.", report);
  }
  const faults = [
    ...strategy === 'OnDelete' ? ['Swarm replaces containers when the definition changes, and not when somebody deletes them.'] : [],
    ...strategy === 'Recreate' && replicas > 1 ? ['Swarm replaces all containers at once, and does not wait until the last old one is gone.'] : [],
    ...partitioned ? ['Swarm replaces all containers of a service.'] : [],
    ...everywhere && surge > 0 ? ['Swarm replaces the container of a node after the old one has gone.'] : [],
  ];
  faults.forEach(message => omission('rollout', message, "Acknowledge 'local-omission' with the reason.", report));
}

function checkVolumes({ name, pod, mounts }: LocalService, constraints: readonly string[], report: Report): void {
  const kept = mounts.filter(({ kind }) => kind === 'volume').map(({ path }) => `'${path}'`);
  if (kept.length > 0 && name !== volumeOwnerName(pod) && !chooseNode(constraints)) {
    omission('volumes', `A volume of Docker belongs to one node, and Swarm may run the service on another, where ${kept.join(', ')} ${kept.length === 1 ? 'is' : 'are'} empty.`,
      `Choose the node: DockerTarget.swarm({ constraints: { ${quoted(pod)}: ['node.hostname==…'] } }), or acknowledge 'local-omission' where there is one node, or all share the storage.`, report);
  }
}

/** What is so for all services is said once. */
function checkAll(services: readonly SwarmService[], report: Report): void {
  const careful = [...new Set(services.filter(({ newPrivileges }) => !newPrivileges).map(({ pod }) => `'${pod}'`))];
  if (careful.length > 0) {
    omission('security', `A stack cannot tell a Swarm that processes gain no privileges; it is for the daemons to say of ${careful.join(', ')}.`,
      "Write \"no-new-privileges\": true into the daemon.json of all nodes, and acknowledge 'local-omission' with that reason.", report);
  }
  const open = services.flatMap(({ name, ports }) => ports.map(({ host }) => `${host} of '${name}'`));
  if (open.length > 0) {
    omission('ports', `A Swarm opens ports on all addresses of all nodes: ${open.join(', ')}.`,
      "Keep the nodes behind a firewall or a load balancer, and acknowledge 'local-omission' with that reason.", report);
  }
  const everywhere = new Set(services.filter(({ scaling }) => scaling.everywhere).map(({ name }) => name));
  for (const { name, dependsOn } of services) {
    [...dependsOn.keys()].filter(target => everywhere.has(target)).forEach(target => omission(name,
      `It does not wait for '${target}', of which there is one on every node.`,
      "Let the program try again until the other answers, and acknowledge 'local-omission' with that reason.", report));
  }
}

function checkConstraints({ constraints }: SwarmOptions, { services }: LocalApp, report: Report): void {
  const pods = [...new Set(services.map(({ pod }) => pod))];
  for (const [name, list] of sortedEntries(constraints)) {
    const property = `target.constraints.${name}`;
    if (!pods.includes(name)) {
      report({ code: 'invalid-value', property, message: `There is no service '${name}'.`, remedy: `Name one of ${pods.map(pod => `'${pod}'`).join(', ')}.` });
    }
    list.filter(constraint => !isConstraint(constraint)).forEach(constraint => report({
      code: 'invalid-value',
      property,
      message: `'${constraint}' chooses no node of a Swarm.`,
      remedy: "Write for example 'node.hostname==worker-1' or 'node.labels.disk!=hdd'.",
    }));
  }
}

function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}

function omission(property: string, message: string, remedy: string, report: Report): void {
  report({ code: 'local-omission', property, message, remedy });
}

function unsupported(property: string | undefined, message: string, remedy: string, report: Report): void {
  report({ code: 'local-unsupported', ...property !== undefined && { property }, message, remedy });
}
