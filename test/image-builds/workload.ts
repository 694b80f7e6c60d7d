import { type KubernetesObject, podOf } from '../support/real-runs/manifests';

/** What the manifests say of the container that runs an image. */
export interface Workload {
  /** The name of the container. */
  readonly name: string;
  /** The user and group that it runs as. */
  readonly identity: string;
  /** The ports that it listens on, as images write them. */
  readonly ports: readonly string[];
  /** What the kubelet asks by HTTP. */
  readonly probes: readonly { readonly port: number; readonly path: string }[];
  /** What the kubelet asks the gRPC health service. @default - nothing */
  readonly grpcProbes?: readonly { readonly port: number; readonly service: string }[];
  readonly env: { readonly [name: string]: string };
  readonly args: readonly string[];
  readonly volumes: readonly { readonly path: string; readonly readOnly: boolean }[];
  readonly readOnlyRoot: boolean;
  readonly graceSeconds: number;
}

/** The first container that runs an image; `repository` is the end of what comes before its tag. */
export function workloadOf(objects: readonly KubernetesObject[], repository: string): Workload {
  for (const pod of objects.map(podOf)) {
    const container = pod?.spec.containers.find(({ image }: { image: string }) => image.replace(/[:@][^/]*$/, '').split('/').pop() === repository);
    if (container) {
      return describe(objects, pod!.spec, container);
    }
  }
  throw new Error(`no pod runs the image '${repository}'`);
}

function describe(objects: readonly KubernetesObject[], pod: any, container: any): Workload {
  const security = { ...pod.securityContext, ...container.securityContext };
  const ports: { name: string; containerPort: number; protocol?: string }[] = container.ports ?? [];
  const probes = [container.startupProbe, container.livenessProbe, ...isConnected(container) ? [] : [container.readinessProbe]];
  const grpcProbes = probes.filter(probe => probe?.grpc).map(({ grpc: { port, service = '' } }) => ({ port, service }));
  const emptyDirs = new Set(pod.volumes?.filter((volume: any) => volume.emptyDir).map((volume: any) => volume.name));
  return {
    name: container.name,
    identity: `${security.runAsUser}:${security.runAsGroup}`,
    ports: ports.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol.toLowerCase()}`).sort(),
    probes: probes.filter(probe => probe?.httpGet)
      .map(({ httpGet: { port, path } }) => ({ path, port: ports.find(({ name }) => name === port)?.containerPort ?? port })),
    ...grpcProbes.length > 0 && { grpcProbes },
    env: { ...fromConfigMaps(objects, container), ...literals(container) },
    args: container.args ?? [],
    volumes: (container.volumeMounts ?? []).map((mount: any) => ({
      path: mount.mountPath,
      readOnly: mount.readOnly === true || !emptyDirs.has(mount.name),
    })),
    readOnlyRoot: security.readOnlyRootFilesystem === true,
    graceSeconds: pod.terminationGracePeriodSeconds ?? 30,
  };
}

/** Whether it is told where something else is: without that, which does not run beside it here, it may not get ready. */
function isConnected(container: any): boolean {
  return Object.keys(literals(container)).some(name => name.endsWith('_HOST'));
}

function literals(container: any): { [name: string]: string } {
  return Object.fromEntries((container.env ?? []).filter(({ value }: any) => value !== undefined).map(({ name, value }: any) => [name, value]));
}

function fromConfigMaps(objects: readonly KubernetesObject[], container: any): { [name: string]: string } {
  const names = (container.envFrom ?? []).map((source: any) => source.configMapRef?.name);
  return Object.assign({}, ...objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && names.includes(metadata.name)).map(({ data }) => data));
}
