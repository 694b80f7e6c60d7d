import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Service } from './service';
import type { ConnectionTarget, PodPeer } from '../definition/connection';
import { offeredName, type Port } from '../definition/port';

/** A Service in front of pods, as a client connects to it. */
export interface ServiceConnection {
  /** The name, which gives the prefix of variables. */
  readonly name: string;
  readonly service: Service;
  /** Without an address of its own a Service translates no ports: clients reach the pods themselves. */
  readonly headless: boolean;
  readonly metricsPort?: Port;
  readonly pods: PodPeer;
}

/** What a client needs to reach a Service. */
export function connectionTarget({ name, service, headless, metricsPort, pods }: ServiceConnection, client: IConstruct): ConnectionTarget {
  return {
    name,
    host: hostFor(service, service.name, client),
    ports: service._ports.map((port, index) => {
      const offered = offeredName(port);
      const scheme = port.appProtocol ?? offered;
      return {
        ...offered !== undefined && { name: offered },
        port: headless ? port.number : port.servicePort ?? port.number,
        podPort: port.number,
        ...port.protocol && { protocol: port.protocol },
        ...(scheme === 'http' || scheme === 'https') && { scheme },
        ...index > 0 && port === metricsPort && { optIn: true },
      };
    }),
    pods,
  };
}

/** The host name of a Service, as a client has to write it: with its namespace where that is another. */
export function hostFor(service: IConstruct, name: string, client: IConstruct): string {
  const { namespace } = Chart.of(service);
  return namespace === undefined || Chart.of(client).namespace === namespace ? name : `${name}.${namespace}`;
}
