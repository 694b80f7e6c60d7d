import type { MicroserviceProps } from './microservice-props';
import type { Port } from '../definition/port';

/** A port, and where the user wrote it. */
interface PlacedPort {
  readonly port: Port;
  readonly property: string;
}

/** The ports of sidecars that the Service offers. */
export function offeredBySidecars({ sidecars = [] }: MicroserviceProps): PlacedPort[] {
  return sidecars.flatMap(({ ports = [] }, sidecar) => ports
    .map((port, index) => ({ port, property: `sidecars[${sidecar}].ports[${index}]` }))
    .filter(({ port }) => port.exposed === true));
}

/** The port of any long-running container that has a name or number. */
export function findPort({ ports, sidecars = [] }: MicroserviceProps, wanted: string): Port | undefined {
  return [...ports, ...sidecars.flatMap(sidecar => sidecar.ports ?? [])].find(port => port.name === wanted || String(port.number) === wanted);
}
