import type { Duration } from 'cdk8s';
import { wholeSeconds } from './duration';
import { compact, type Json, sortedEntries } from './json';
import { findContainerPort, listPorts, type Port } from './port';
import type { Report } from '../diagnostics/report';

/** When a probe asks, and how often it may fail. */
export interface ProbeTimings {
  /**
   * Wait before the first question.
   *
   * @default - none
   */
  readonly initialDelay?: Duration;
  /**
   * Time between questions.
   *
   * @default - 10 seconds for readiness and liveness, 2 seconds for startup
   */
  readonly period?: Duration;
  /**
   * Time to answer.
   *
   * @default - 1 second, as Kubernetes has it
   */
  readonly timeout?: Duration;
  /**
   * Failures in a row that count.
   *
   * @default - 3 for readiness and liveness, 30 for startup
   */
  readonly failureThreshold?: number;
  /**
   * Successes in a row that count after a failure; always 1 for liveness and startup.
   *
   * @default 1
   */
  readonly successThreshold?: number;
  /**
   * The grace period after a failed liveness or startup probe.
   *
   * @default - that of the pod
   */
  readonly terminationGracePeriod?: Duration;
}

/** How a probe asks over HTTP. */
export interface HttpProbeOptions extends ProbeTimings {
  /**
   * The name or number of the port.
   *
   * @default - the first port of the container
   */
  readonly port?: string;
  /**
   * Headers to send.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: string };
  /**
   * Whether to ask by HTTPS; the certificate is not checked.
   *
   * @default false
   */
  readonly https?: boolean;
}

/** How a probe asks over TCP. */
export interface TcpProbeOptions extends ProbeTimings {
  /**
   * The name or number of the port.
   *
   * @default - the first port of the container
   */
  readonly port?: string;
}

/** How a probe asks the gRPC health service. */
export interface GrpcProbeOptions extends ProbeTimings {
  /**
   * The name or number of the port.
   *
   * @default - the port named `grpc`, else the first port of the container
   */
  readonly port?: string;
  /**
   * The service name of the question.
   *
   * @default - the server as a whole
   */
  readonly service?: string;
}

type Handler = (ports: readonly Port[], report: Report) => Json | undefined;

/**
 * A question that the kubelet asks a container.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class Probe {
  /**
   * Asks a path over HTTP; 2xx and 3xx are good answers.
   *
   * Diagnostics: `invalid-path`, `probe-on-undeclared-port`, `invalid-value`.
   */
  public static http(path: string, options: HttpProbeOptions = {}): Probe {
    return new Probe('httpGet', (ports, report) => {
      if (!path.startsWith('/')) {
        report({ code: 'invalid-path', property: 'path', message: `The probe path '${path}' does not begin with '/'.`, remedy: `Write '/${path}'.` });
      }
      return compact({
        path,
        port: portReference(options.port, ports, report),
        scheme: options.https ? 'HTTPS' : undefined,
        httpHeaders: sortedEntries(options.headers).map(([name, value]) => ({ name, value })),
      });
    }, options);
  }

  /** Opens a TCP connection. */
  public static tcp(options: TcpProbeOptions = {}): Probe {
    return new Probe('tcpSocket', (ports, report) => ({ port: portReference(options.port, ports, report) }), options);
  }

  /** Asks the gRPC health service (`grpc.health.v1.Health`). */
  public static grpc(options: GrpcProbeOptions = {}): Probe {
    return new Probe('grpc', (ports, report) => {
      const named = options.port ?? (ports.some(port => port.name === 'grpc') ? 'grpc' : undefined);
      const reference = portReference(named, ports, report);
      // The API takes only numbers here.
      const port = typeof reference === 'number' ? reference : ports.find(candidate => candidate.name === reference)?.number;
      return compact({ port, service: options.service });
    }, options);
  }

  /** Runs a command in the container; exit status 0 is a good answer. */
  public static command(command: string[], timings: ProbeTimings = {}): Probe {
    return new Probe('exec', (_, report) => {
      if (command.length === 0) {
        report({ code: 'invalid-value', property: 'command', message: 'The probe has an empty command.', remedy: 'Write the program and its arguments as a list.' });
      }
      return { command: [...command] };
    }, timings);
  }

  /** No probe, where the default would set one. */
  public static none(): Probe {
    return new Probe(undefined, () => undefined, {});
  }

  private constructor(
    private readonly kind: string | undefined,
    private readonly handler: Handler,
    private readonly timings: ProbeTimings,
  ) {}

  /**
   * The probe as Kubernetes JSON, with what the role of the probe prefers.
   *
   * @internal
   */
  public _render(role: ProbeRole, ports: readonly Port[], report: Report): Json | undefined {
    if (this.kind === undefined) {
      return undefined;
    }
    const { initialDelay, period, timeout, failureThreshold, successThreshold, terminationGracePeriod } = this.timings;
    checkAnswers(failureThreshold, 'failureThreshold', report);
    checkAnswers(successThreshold, 'successThreshold', report);
    if (role !== ProbeRole.READINESS && (successThreshold ?? 1) !== 1) {
      report({
        code: 'invalid-value',
        property: 'successThreshold',
        message: `A ${role} probe counts one success; ${successThreshold} is refused by Kubernetes.`,
        remedy: 'Leave successThreshold out, or give it to the readiness probe.',
      });
    }
    if (role === ProbeRole.READINESS && terminationGracePeriod) {
      report({
        code: 'invalid-value',
        property: 'terminationGracePeriod',
        message: 'A readiness probe never ends a container, so it has no grace period.',
        remedy: 'Give terminationGracePeriod to the liveness or startup probe.',
      });
    }
    const startup = role === ProbeRole.STARTUP;
    const seconds = (duration: Duration | undefined, property: string) => duration && wholeSeconds(duration, property, report);
    return compact({
      [this.kind]: this.handler(ports, report),
      initialDelaySeconds: seconds(initialDelay, 'initialDelay'),
      periodSeconds: seconds(period, 'period') ?? (startup ? 2 : undefined),
      timeoutSeconds: seconds(timeout, 'timeout'),
      failureThreshold: failureThreshold ?? (startup ? 30 : undefined),
      successThreshold,
      terminationGracePeriodSeconds: seconds(terminationGracePeriod, 'terminationGracePeriod'),
    });
  }
}

function checkAnswers(count: number | undefined, property: string, report: Report): void {
  if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
    report({ code: 'invalid-value', property, message: `${count} is not a number of answers.`, remedy: 'Write a whole number of at least 1.' });
  }
}

/** What a probe decides. */
export enum ProbeRole {
  READINESS = 'readiness',
  LIVENESS = 'liveness',
  STARTUP = 'startup',
}

/** The probes of a container. */
export interface Health {
  /**
   * Whether the container gets traffic.
   *
   * @default - what the kind of service says
   */
  readonly readiness?: Probe;
  /**
   * Whether the container is restarted.
   *
   * @default - what the kind of service says
   */
  readonly liveness?: Probe;
  /**
   * How long the container may take to start; the other probes wait for it.
   *
   * @default - what the kind of service says
   */
  readonly startup?: Probe;
}

/** The name where the container gives one, so that a changed number changes one place. */
function portReference(wanted: string | undefined, ports: readonly Port[], report: Report): string | number | undefined {
  const found = findContainerPort(ports, wanted);
  if (!found) {
    report({
      code: 'probe-on-undeclared-port',
      property: 'port',
      message: wanted === undefined ? 'The probe has no port to ask: the container declares none.' : `The probe asks port '${wanted}', which the container does not declare.`,
      remedy: ports.length === 0 ? 'Declare the port, or use Probe.command().' : `Ask one of ${listPorts(ports)}, or declare the port.`,
    });
    return wanted !== undefined && /^\d+$/.test(wanted) ? Number(wanted) : wanted;
  }
  return found.name ?? found.number;
}
