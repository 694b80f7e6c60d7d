import type { Construct } from 'constructs';
import { goRuntimeEnv } from './go-runtime';
import { Microservice } from './microservice';
import type { DeployedServiceOptions } from './replicated-options';
import { variablesOfUser } from './workload-pods';
import type { Port } from '../definition/port';
import { type Health, Probe } from '../definition/probe';
import type { Decisions } from '../platform/platform';

/** A Go service. The probes that it does not name itself are `/readyz`, and `/healthz` for liveness and startup; or the gRPC health service. */
export interface GoStyleMicroserviceProps extends DeployedServiceOptions {
  /**
   * The HTTP port, named `http`. The Service offers it as port 80.
   *
   * @default - 8080; none for a service that has a `grpcPort` and does not say otherwise
   */
  readonly port?: number;
  /**
   * The gRPC port, named `grpc`. Without an HTTP port the probes ask the gRPC health service on it.
   *
   * @default - none
   */
  readonly grpcPort?: number;
  /**
   * The port where monitoring scrapes metrics, named `metrics` unless it is another port of this service or of a sidecar.
   *
   * @default - none
   */
  readonly metricsPort?: number;
  /**
   * Further ports.
   *
   * @default - none
   */
  readonly extraPorts?: Port[];
}

const DEFAULT_PORT = 8080;
const HTTP_SERVICE_PORT = 80;

/**
 * A service in Go, or one that behaves like one: a single static binary that listens on one port, answers `/healthz` and `/readyz`, logs to
 * standard output and drains on SIGTERM.
 *
 * Makes what a `Microservice` makes, with `GOMEMLIMIT` at 90 % of the memory limit, and `GOMAXPROCS` from the CPU limit for Go before 1.25.
 *
 * @see https://pkg.go.dev/runtime
 * @example
 * new GoStyleMicroservice(chart, 'orders', {
 *   image: GoImage.fromModule('services/orders', { main: './cmd/orders' }),
 *   replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 50 }),
 * });
 */
export class GoStyleMicroservice extends Microservice {
  private readonly goProps: GoStyleMicroserviceProps;
  private readonly declaredPorts: readonly DeclaredPort[];

  public constructor(scope: Construct, id: string, props: GoStyleMicroserviceProps) {
    const { port, grpcPort, metricsPort, extraPorts, health, ...common } = props;
    const declaredPorts = goPorts(props);
    const ports = declaredPorts.map(declared => declared.port);
    super(scope, id, {
      ...common,
      ports,
      health: { ...goHealth(ports), ...health },
      ...metricsPort !== undefined && { metricsPort: String(metricsPort) },
    });
    this.goProps = props;
    this.declaredPorts = declaredPorts;
  }

  /** @internal */
  protected override _runtimeEnv(decisions: Decisions): { [name: string]: string } {
    const { resources = decisions.resources, image } = this.goProps;
    return goRuntimeEnv(resources, image._goVersion());
  }

  /** @internal */
  protected override _portProperty(index: number): string {
    return this.declaredPorts[index]?.property ?? super._portProperty(index);
  }

  /** @internal */
  protected override _memoryFollowsLimit(): boolean {
    return !variablesOfUser(this.goProps).has('GOMEMLIMIT');
  }
}

/** A port, and the property where the user wrote it. */
interface DeclaredPort {
  readonly property: string;
  readonly port: Port;
}

function goPorts({ port, grpcPort, metricsPort, extraPorts = [], sidecars = [] }: GoStyleMicroserviceProps): DeclaredPort[] {
  const http = port ?? (grpcPort === undefined ? DEFAULT_PORT : undefined);
  const known = [http, grpcPort, ...[...extraPorts, ...sidecars.flatMap(sidecar => sidecar.ports ?? [])].map(({ number }) => number)];
  return [
    ...http === undefined ? [] : [{ property: 'port', port: { name: 'http', number: http, servicePort: HTTP_SERVICE_PORT } }],
    ...grpcPort === undefined ? [] : [{ property: 'grpcPort', port: { name: 'grpc', number: grpcPort, appProtocol: 'grpc' } }],
    ...metricsPort === undefined || known.includes(metricsPort) ? [] : [{ property: 'metricsPort', port: { name: 'metrics', number: metricsPort } }],
    ...extraPorts.map((extra, index) => ({ property: `extraPorts[${index}]`, port: extra })),
  ];
}

function goHealth([main]: readonly Port[]): Health {
  if (main?.name === 'grpc') {
    // The health service gives one answer for both; a restart costs more than a pause, so it waits longer.
    return { readiness: Probe.grpc(), liveness: Probe.grpc({ failureThreshold: 6 }), startup: Probe.grpc() };
  }
  return { readiness: Probe.http('/readyz'), liveness: Probe.http('/healthz'), startup: Probe.http('/healthz') };
}
