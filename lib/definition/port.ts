import { isDnsLabel, isPortName } from './naming';
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
   * The name of the Service's port, where it differs from the container's. It may be longer: meshes read a protocol at its beginning.
   *
   * @default - the name of the container's port
   */
  readonly servicePortName?: string;
  /**
   * Whether the Service offers this port.
   *
   * @default - true for the main container, false for sidecars
   */
  readonly exposed?: boolean;
  /**
   * The port of the node that leads to this one, past every Service. Reported as `host-access`.
   *
   * @default - none
   */
  readonly hostPort?: number;
}

/** The port of a container that something names: by its name or number, or the first. */
export function findContainerPort(ports: readonly Port[], wanted: string | undefined): Port | undefined {
  return wanted === undefined ? ports[0] : ports.find(port => port.name === wanted || String(port.number) === wanted);
}

/** Ports as a remedy lists them. */
export function listPorts(ports: readonly Port[]): string {
  return ports.map(port => `'${port.name ?? port.number}'`).join(', ');
}

/** The name under which a Service offers a port. */
export function offeredName({ name, servicePortName = name }: Port): string | undefined {
  return servicePortName;
}

/** How a list of ports is named where the user wrote it as a list. */
export function inList(property: string): PortProperty {
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

/** Says where the user wrote a port of a list. */
export type PortProperty = (index: number) => string;

/** Reports ports of a container that are invalid by themselves or clash with each other. */
export function checkPorts(ports: readonly Port[], propertyOf: PortProperty, report: Report): void {
  const numbers = new FirstOnes(propertyOf);
  const names = new FirstOnes(propertyOf);
  const hostPorts = new FirstOnes(propertyOf);
  ports.forEach((port, index) => {
    const here = within(report, propertyOf(index));
    checkPortNumber(port.number, undefined, here);
    checkHostPort(port, here);
    if (port.name !== undefined && !isPortName(port.name)) {
      here({
        code: 'invalid-name',
        property: 'name',
        message: `'${port.name}' is not a port name.`,
        remedy: 'Use at most 15 lower-case letters, digits and single dashes, with at least one letter.',
      });
    }
    numbers.add(`Port ${numberOf(port, port.number)}`, index, here);
    if (port.hostPort !== undefined) {
      hostPorts.add(`Port ${numberOf(port, port.hostPort)} of the node`, index, within(here, 'hostPort'));
    }
    if (port.name !== undefined) {
      names.add(`The port name '${port.name}'`, index, within(here, 'name'));
    }
  });
}

function checkHostPort({ hostPort }: Port, report: Report): void {
  if (hostPort !== undefined && checkPortNumber(hostPort, 'hostPort', report)) {
    report({
      code: 'host-access',
      property: 'hostPort',
      message: `The pod takes port ${hostPort} of its node, which the Pod Security Standards forbid, and of which each node has one.`,
      remedy: "Leave hostPort out and use a Service, or acknowledge 'host-access' with the reason.",
    });
  }
}

/** Reports ports that a Service cannot offer beside each other; what is wrong with them as ports of their containers is reported there. */
export function checkServicePorts(ports: readonly Port[], propertyOf: PortProperty, report: Report): void {
  const numbers = new FirstOnes(propertyOf);
  const names = new FirstOnes(propertyOf);
  const exposed = ports.filter(port => port.exposed !== false);
  ports.forEach((port, index) => {
    const here = within(report, propertyOf(index));
    if (port.servicePort !== undefined) {
      checkPortNumber(port.servicePort, 'servicePort', here);
    }
    if (port.exposed === false) {
      return;
    }
    const repeats = ports.findIndex(other => numberOf(other, other.number) === numberOf(port, port.number)) < index;
    if (!repeats) {
      numbers.add(`Port ${numberOf(port, port.servicePort ?? port.number)} of the Service`, index, within(here, 'servicePort'));
    }
    const { servicePortName } = port;
    if (servicePortName !== undefined && !isDnsLabel(servicePortName)) {
      here({
        code: 'invalid-name',
        property: 'servicePortName',
        message: `'${servicePortName}' is not a name for a port of a Service.`,
        remedy: 'Use at most 63 lower-case letters, digits and dashes.',
      });
    }
    // Names of the containers' own are compared there.
    if (offeredName(port) !== undefined && !exposed.some(other => other !== port && other.name === port.name && port.name !== undefined)) {
      names.add(`The port name '${offeredName(port)}' of the Service`, index, within(here, servicePortName === undefined ? 'name' : 'servicePortName'));
    }
    if (exposed.length > 1 && offeredName(port) === undefined) {
      here({
        code: 'invalid-name',
        property: 'name',
        message: `Port ${port.number} has no name, but the Service offers ${exposed.length} ports.`,
        remedy: "Give each port a 'name'; Kubernetes requires it as soon as a Service has two.",
      });
    }
  });
}

function numberOf(port: Port, number: number): string {
  return `${number}/${port.protocol ?? Protocol.TCP}`;
}

/** Remembers what was said first, and reports it when it is said again. */
class FirstOnes {
  private readonly indexes = new Map<string, number>();

  public constructor(private readonly propertyOf: PortProperty) {}

  public add(what: string, index: number, report: Report): void {
    const first = this.indexes.get(what);
    if (first === undefined) {
      this.indexes.set(what, index);
    } else {
      report({
        code: 'duplicate-port',
        message: `${what} is declared twice, first by '${this.propertyOf(first)}'.`,
        remedy: 'Declare each port once and refer to it by its name.',
      });
    }
  }
}
