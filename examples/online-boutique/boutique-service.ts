import { Duration } from 'cdk8s';
import {
  ContainerImage, Diagnostics, type Drain, Traffic, Microservice, type PodSecurity, Probe, type ProbeTimings, Replicas, Resources,
} from 'cdk8s-golden-path';
import type { Construct } from 'constructs';

const REGISTRY = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo';
const VERSION = 'v0.10.6';

/** The user of the boutique's images. */
export const SECURITY: PodSecurity = { user: 1000, group: 1000, fsGroup: 1000 };
/** The services keep nothing that a slow stop could save. */
export const SHORT_STOP: Drain = { delay: Duration.seconds(0), gracePeriod: Duration.seconds(5) };

/** CPU and memory, each as request and limit. */
export interface Amounts {
  readonly cpu?: readonly [string, string];
  readonly memory?: readonly [string, string];
}

export function resources({ cpu = ['100m', '200m'], memory = ['64Mi', '128Mi'] }: Amounts = {}): Resources {
  return Resources.of({ cpu: cpu[0], cpuLimit: cpu[1], memory: memory[0], memoryLimit: memory[1] });
}

export function image(name: string): ContainerImage {
  return ContainerImage.reference(`${REGISTRY}/${name}:${VERSION}`);
}

/** What the services of the boutique differ in. */
export interface BoutiqueServiceProps extends Amounts {
  /** The port that the program listens on; it reads it from PORT. */
  readonly port: number;
  /** The name of the container's port, where the image gives one. */
  readonly portName?: string;
  /** The port that clients dial, where it is another one. */
  readonly servicePort?: number;
  readonly env?: { [name: string]: string };
  readonly readiness?: ProbeTimings;
  readonly liveness?: ProbeTimings;
  readonly drain?: Drain;
}

/** A gRPC service of the boutique: what all of them have in common is said here once. */
export class BoutiqueService extends Microservice {
  public constructor(scope: Construct, id: string, props: BoutiqueServiceProps) {
    const { port, portName, servicePort, env, readiness, liveness, drain = SHORT_STOP } = props;
    super(scope, id, {
      image: image(id),
      ports: [{ number: port, name: portName, servicePort, servicePortName: 'grpc' }],
      env: { PORT: String(port), ...env },
      health: { readiness: Probe.grpc(readiness), liveness: Probe.grpc(liveness) },
      resources: resources(props),
      replicas: Replicas.fixed(1),
      security: SECURITY,
      egress: Traffic.UNRESTRICTED,
      drain,
    });
    Diagnostics.of(this).acknowledge('identical-probes', 'the health service of these programs gives one answer');
  }

  /** Calls other services; the program reads the address of each from `<NAME>_ADDR`. */
  public calls(targets: { readonly [name: string]: Microservice }): void {
    Object.entries(targets).forEach(([name, target]) => this.connectTo(target, { variables: { address: `${name}_ADDR` } }));
  }
}
