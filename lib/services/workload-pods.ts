import { connectionInputs, type ResolvedConnection } from './connection-env';
import type { Listening } from './listening';
import { checkHosts } from './unconnected-hosts';
import type { Container, ContainerOptions } from '../definition/container';
import type { EnvReference } from '../definition/env-reference';
import { Placement } from '../definition/placement';
import type { PodDefinition } from '../definition/pod-definition';
import type { Volume } from '../definition/volume';
import { type Report, within } from '../diagnostics/report';
import { Traffic } from '../traffic/network-policy-options';

/** What the pods of a workload are made from. */
export interface WorkloadPods {
  readonly name: string;
  readonly props: Listening;
  readonly portProperty: (index: number) => string;
  readonly serviceAccountName?: string;
  /** Whether the pods may talk to the API server. */
  readonly automountServiceAccountToken: boolean;
  readonly connections: readonly ResolvedConnection[];
  /** Variables that the runtime of the language wants; the user's own take precedence. */
  readonly runtimeEnv: { readonly [name: string]: string };
  /** Labels by which Services over several workloads select them. */
  readonly labels: { readonly [label: string]: string };
  /** The hosts that the network policy admits without a connection. */
  readonly admittedHosts: readonly string[];
}

/** What connections and the runtime add to the main container. */
interface AddedInputs {
  readonly env: { [name: string]: string };
  readonly envValueFrom: { [name: string]: EnvReference };
  readonly volumes: { [path: string]: Volume };
}

/** The main container; its properties are those of the workload. */
function mainContainer({ name, props }: WorkloadPods, { env, envValueFrom, volumes }: AddedInputs): Container {
  const { image, ports, command, args, workingDir, envFrom, resources } = props;
  const { health, security, lifecycle, imagePullPolicy, containerFields } = props;
  return {
    name,
    image,
    env,
    ...ports && { ports: [...ports] },
    ...command && { command },
    ...args && { args },
    ...workingDir !== undefined && { workingDir },
    ...Object.keys(envValueFrom).length > 0 && { envValueFrom },
    ...envFrom && { envFrom },
    ...Object.keys(volumes).length > 0 && { volumes },
    ...resources && { resources },
    ...health && { health },
    ...security && { security },
    ...lifecycle && { lifecycle },
    ...imagePullPolicy && { imagePullPolicy },
    ...containerFields && { containerFields },
  };
}

/** The pods of a workload, with what its connections and its runtime add. */
export function definePods(pods: WorkloadPods, report: Report): PodDefinition {
  const { props, connections, serviceAccountName, portProperty } = pods;
  const declared = connectionInputs(connections, report);
  const ofUser = variablesOfUser(props);
  reportTwice({ ...declared.env, ...declared.references }, ofUser, report);
  reportMountedTwice(declared.volumes, props.volumes, report);
  if ((props.egress ?? Traffic.DECLARED) === Traffic.DECLARED) {
    checkHosts(props, connections, pods.admittedHosts, report);
  }
  const withoutOwn = <T>(variables: { readonly [name: string]: T }) =>
    Object.fromEntries(Object.entries(variables).filter(([name]) => !ofUser.has(name)));
  return {
    container: mainContainer(pods, {
      env: { ...withoutOwn({ ...pods.runtimeEnv, ...declared.env }), ...props.env },
      envValueFrom: { ...withoutOwn(declared.references), ...props.envValueFrom },
      volumes: { ...declared.volumes, ...props.volumes },
    }),
    portProperty,
    initContainers: props.initContainers ?? [],
    sidecars: props.sidecars ?? [],
    ...serviceAccountName !== undefined && { serviceAccountName },
    automountServiceAccountToken: pods.automountServiceAccountToken,
    security: props.security ?? {},
    placement: props.placement ?? Placement.of({}),
    ...props.drain && { drain: props.drain },
    imagePullSecrets: props.imagePullSecrets ?? [],
    labels: { ...props.podLabels, ...pods.labels },
    annotations: props.annotations ?? {},
    ownAnnotations: props.podAnnotations ?? {},
    ...props.podFields && { podFields: props.podFields },
    ...props.overrides && { overrides: props.overrides },
  };
}

/** The variables of the main container that the user gives, each with the property where it is written. */
export function variablesOfUser({ env = {}, envValueFrom = {}, envFrom = [] }: ContainerOptions): ReadonlyMap<string, string> {
  return new Map([
    ...envFrom.flatMap((source, index) => Object.keys(source._variables()).map(name => [name, `envFrom[${index}]`] as const)),
    ...Object.keys(envValueFrom).map(name => [name, `envValueFrom.${name}`] as const),
    ...Object.keys(env).map(name => [name, `env.${name}`] as const),
  ]);
}

function reportTwice(declared: { readonly [name: string]: unknown }, ofUser: ReadonlyMap<string, string>, report: Report): void {
  for (const name of Object.keys(declared).filter(candidate => ofUser.has(candidate))) {
    within(report, ofUser.get(name)!)({
      code: 'duplicate-env',
      message: `A connection gives the variable ${name} already.`,
      remedy: "Drop it, or connect with another 'envPrefix' or with env: false.",
    });
  }
}

/** Files cannot be put into a folder that somebody else fills and nobody may write to. */
function reportMountedTwice(declared: { readonly [path: string]: Volume }, ofUser: ContainerOptions['volumes'], report: Report): void {
  for (const [path, volume] of Object.entries(ofUser ?? {})) {
    const folder = path.replace(/\/+$/, '');
    const inTheWay = Object.keys(declared).some(login => login === folder || (login.startsWith(`${folder}/`) && volume._isReadOnly));
    if (inTheWay) {
      report({
        code: 'invalid-mount',
        property: `volumes['${path}']`,
        message: 'A connection puts the files of its login there.',
        remedy: 'Mount it somewhere else, or connect with LoginDelivery.VARIABLES or with env: false.',
      });
    }
  }
}
