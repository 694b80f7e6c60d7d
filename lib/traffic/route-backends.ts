import { offeredName, type Port } from '../definition/port';
import type { RouteBackend } from '../definition/route-backend';

/** The port of a Service that a route means: by its name, by the Service's number, or the first. */
export function findServicePort(ports: readonly Port[], wanted: string | undefined): Port | undefined {
  return wanted === undefined
    ? ports[0]
    : ports.find(port => offeredName(port) === wanted || String(port.servicePort ?? port.number) === wanted);
}

/** A Service as a route leads to it. */
export function toRouteBackend(serviceName: string, ports: readonly Port[], wanted: string | undefined): RouteBackend {
  const port = findServicePort(ports, wanted);
  const name = port && offeredName(port);
  return {
    serviceName,
    ...port && { portNumber: port.servicePort ?? port.number, ...name !== undefined && { portName: name } },
    ...port?.appProtocol !== undefined && { appProtocol: port.appProtocol },
  };
}
