import type { Duration } from 'cdk8s';
import { wholeSeconds } from './duration';
import { compact, compactOrNone, type Json, sortedEntries } from './json';
import { findContainerPort, listPorts, type Port } from './port';
import { type Report, within } from '../diagnostics/report';

/** How a hook asks over HTTP. */
export interface HttpHookOptions {
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
}

type Handler = (ports: readonly Port[], report: Report) => Json;

/**
 * What the kubelet does when a container starts or stops.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
 */
export class LifecycleHook {
  /** Runs a command in the container. Diagnostics: `invalid-value`. */
  public static command(command: string[]): LifecycleHook {
    return new LifecycleHook((_, report) => {
      if (command.length === 0) {
        report({ code: 'invalid-value', property: 'command', message: 'The hook has an empty command.', remedy: 'Write the program and its arguments as a list.' });
      }
      return { exec: { command: [...command] } };
    });
  }

  /** Asks a path over HTTP. Diagnostics: `invalid-path`, `unknown-port`. */
  public static http(path: string, options: HttpHookOptions = {}): LifecycleHook {
    return new LifecycleHook((ports, report) => {
      if (!path.startsWith('/')) {
        report({ code: 'invalid-path', property: 'path', message: `The path '${path}' of the hook does not begin with '/'.`, remedy: `Write '/${path}'.` });
      }
      const port = findContainerPort(ports, options.port);
      if (!port) {
        report({
          code: 'unknown-port',
          property: 'port',
          message: options.port === undefined ? 'The hook has no port to ask: the container declares none.' : `The hook asks port '${options.port}', which the container does not declare.`,
          remedy: ports.length === 0 ? 'Declare the port, or use LifecycleHook.command().' : `Ask one of ${listPorts(ports)}, or declare the port.`,
        });
      }
      return {
        httpGet: compact({
          path,
          port: port?.name ?? port?.number,
          httpHeaders: sortedEntries(options.headers).map(([name, value]) => ({ name, value })),
        }),
      };
    });
  }

  /** Waits; from Kubernetes 1.30. Diagnostics: `invalid-value`. */
  public static sleep(duration: Duration): LifecycleHook {
    return new LifecycleHook((_, report) => {
      const seconds = wholeSeconds(duration, 'duration', report);
      if (seconds === 0) {
        report({ code: 'invalid-value', property: 'duration', message: 'The hook does not sleep.', remedy: 'Write at least one second, or leave the hook out.' });
      }
      return { sleep: { seconds } };
    }, duration);
  }

  private constructor(
    private readonly handler: Handler,
    /** @internal */
    public readonly _sleep?: Duration,
  ) {}

  /** @internal */
  public _render(ports: readonly Port[], report: Report): Json {
    return this.handler(ports, report);
  }
}

/** What happens around the life of a container. */
export interface Lifecycle {
  /**
   * Right after the container was made, beside its entrypoint.
   *
   * @default - nothing
   */
  readonly postStart?: LifecycleHook;
  /**
   * Before the container gets SIGTERM; it counts against the grace period. The hook takes the place of the wait that `drain.delay` makes;
   * beside one that does not sleep, `drain.delay` says how long it may take.
   *
   * @default - `drain.delay` for the main container
   */
  readonly preStop?: LifecycleHook;
}

/** The hooks of a container; `byDefault` is what happens where the user says nothing. */
export function renderLifecycle({ postStart, preStop }: Lifecycle, byDefault: Json, ports: readonly Port[], report: Report): Json | undefined {
  return compactOrNone({
    ...byDefault,
    ...postStart && { postStart: postStart._render(ports, within(report, 'postStart')) },
    ...preStop && { preStop: preStop._render(ports, within(report, 'preStop')) },
  });
}
