import { isPortName } from './naming';
import { type Report, within } from '../diagnostics/report';

/** The transport of a port. */
export enum Protocol {
  /** Connections: HTTP, gRPC and most else. */
  TCP = 'TCP',
  /** Datagrams. */
  UDP = 'UDP',
  /** SCTP associations. */
  SCTP = 'SCTP',
}

/** A port that a container listens on. */
export interface Port {
  /** The number, 1 to 65535; over 1024 for a process that is not root. */
  readonly number: number;
  /**
   * The name that probes, Services and routes use, at most 15 lower-case letters, digits and dashes.
   *
   * @default - no name; a Service with several ports needs them
   */
  readonly name?: string;
  /**
   * The transport.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
  /**
   * The application protocol that meshes and gateways read from the Service, for example `kubernetes.io/h2c` or `grpc`.
   *
   * @default - not stated
   */
  readonly appProtocol?: string;
  /**
   * The port of the Service that leads here.
   *
   * @default - the same number
   */
  readonly servicePort?: number;
  /**
   * Whether the Service offers this port.
   *
   * @default true
   */
  readonly exposed?: boolean;
}

/** How a list of ports is named where the user wrote it as a list. */
export function inList(property: string): (index: number) => string {
  return index => `${property}[${index}]`;
}

/** Reports a number that is no port. */
export function checkPortNumber(port: number, property: string | undefined, report: Report): boolean {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) {
    return true;
  }
  report({
    code: 'invalid-port',
    ...property !== undefined && { property },
    message: `${port} is not a port number.`,
    remedy: 'Write a whole number from 1 to 65535.',
  });
  return false;
}

/**
 * Reports ports that are invalid by themselves or clash with each other.
 *
 * @param propertyOf the property where the user wrote a port of the list
 */
export function checkPorts(ports: readonly Port[], propertyOf: (index: number) => string, report: Report): void {
  const numbers = new Map<string, number>();
  const servicePorts = new Map<string, number>();
  const names = new Map<string, number>();
  ports.forEach((port, index) => {
    const here = within(report, propertyOf(index));
    const protocol = port.protocol ?? Protocol.TCP;
    checkPortNumber(port.number, undefined, here);
    if (port.servicePort !== undefined) {
      checkPortNumber(port.servicePort, 'servicePort', here);
    }
    if (port.name !== undefined && !isPortName(port.name)) {
      here({
        code: 'invalid-name',
        property: 'name',
        message: `'${port.name}' is not a port name.`,
        remedy: 'Use at most 15 lower-case letters, digits and single dashes, with at least one letter.',
      });
    }
    reportTwice(numbers, `${port.number}/${protocol}`, index, undefined, here);
    if (port.exposed !== false) {
      reportTwice(servicePorts, `${port.servicePort ?? port.number}/${protocol}`, index, 'servicePort', here);
    }
    if (port.name !== undefined) {
      reportTwice(names, port.name, index, 'name', here);
    }
  });
  const exposed = ports.filter(port => port.exposed !== false);
  if (exposed.length > 1) {
    exposed.filter(port => port.name === undefined).forEach(port => report({
      code: 'invalid-name',
      property: `${propertyOf(ports.indexOf(port))}.name`,
      message: `Port ${port.number} has no name, but the Service offers ${exposed.length} ports.`,
      remedy: "Give each port a 'name'; Kubernetes requires it as soon as a Service has two.",
    }));
  }
}

function reportTwice(seen: Map<string, number>, key: string, index: number, property: string | undefined, report: Report): void {
  const first = seen.get(key);
  if (first !== undefined) {
    report({
      code: 'duplicate-port',
      ...property !== undefined && { property },
      message: `'${key}' is declared twice (first by port ${first + 1} of the list).`,
      remedy: 'Declare each port once and refer to it by its name.',
    });
  } else {
    seen.set(key, index);
  }
}
