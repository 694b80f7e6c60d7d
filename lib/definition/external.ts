import type { IConstruct } from 'constructs';
import { isIpAddress, toCidr } from './address';
import type { ConnectionTarget, IConnectable } from './connection';
import { type Protocol } from './port';

/** What is known about a host outside the cluster. */
export interface ExternalHostOptions {
  /**
   * The name, which gives the prefix of the environment variables.
   *
   * @default - the first label of the host; the whole of an address
   */
  readonly name?: string;
  /**
   * The addresses that the network policy admits.
   *
   * @default - the address itself where the host is one, else any address on this port
   */
  readonly cidrs?: string[];
  /**
   * The scheme of the URL variable.
   *
   * @default - no URL variable
   */
  readonly scheme?: string;
  /**
   * The transport.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/** A system outside the cluster. */
export class External implements IConnectable {
  /**
   * A host and a port.
   *
   * Network policies know addresses, not names: without `cidrs` a named host admits any address on its port.
   * Diagnostics, where a service connects to it: `invalid-host`, `invalid-port`, `invalid-value`.
   */
  public static host(host: string, port: number, options: ExternalHostOptions = {}): External {
    return new External(host, port, options);
  }

  private constructor(
    /** The host. */
    public readonly hostName: string,
    /** The port. */
    public readonly port: number,
    private readonly options: ExternalHostOptions,
  ) {}

  public toConnectionTarget(_client: IConstruct): ConnectionTarget {
    const { name, cidrs, scheme, protocol } = this.options;
    const isAddress = isIpAddress(this.hostName);
    return {
      name: name ?? (isAddress ? this.hostName : this.hostName.split('.')[0]),
      host: this.hostName,
      ports: [{ port: this.port, ...scheme !== undefined && { scheme }, ...protocol && { protocol } }],
      cidrs: cidrs ?? (isAddress ? [toCidr(this.hostName)] : [...ANYWHERE]),
    };
  }
}

/** Every address; a policy that means the outside says so for both families. */
export const ANYWHERE: readonly string[] = ['0.0.0.0/0', '::/0'];
