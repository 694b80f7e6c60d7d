import type { Construct } from 'constructs';
import { BackingCredentials } from './backing-credentials';
import { isIpAddress } from '../definition/address';
import type { BackingOutputs, BackingRequest, IBackingProvider } from '../definition/backing';
import type { ConnectionLogin } from '../definition/connection';
import { External } from '../definition/external';
import { isHostName } from '../definition/naming';
import { checkPortNumber } from '../definition/port';
import { Diagnostics } from '../diagnostics/diagnostics';
import { within } from '../diagnostics/report';
import { ExternalService } from '../traffic/external-service';

/** A server that somebody else runs. */
export interface ManagedBackingOptions {
  /**
   * The kind that it is, for example `Postgres`.
   *
   * @default - every kind, which only makes sense beside `id`
   */
  readonly kind?: string;
  /**
   * The id that it is for: the `sharedId` of a backing service, else its name.
   *
   * @default - every id of the kind
   */
  readonly id?: string;
  /** Its host name or address. */
  readonly host: string;
  /**
   * Its port.
   *
   * @default - that of the kind
   */
  readonly port?: number;
  /**
   * The addresses that network policies admit.
   *
   * @default - the host where it is an address, else any address on the port
   */
  readonly cidrs?: string[];
  /**
   * Whether clients know it by the name of the backing service: an `ExternalName`, or a Service with endpoints for an address. A certificate
   * of the server does not name that Service, so clients that verify it take the host itself.
   *
   * @default false
   */
  readonly alias?: boolean;
  /**
   * The Secret of the login: `BackingCredentials.existing(…)`.
   *
   * @default - that which the definition names; without one it asks nobody who they are
   */
  readonly credentials?: BackingCredentials;
  /**
   * The database.
   *
   * @default - that which the definition names
   */
  readonly database?: string;
}

/** Provides what lies outside the cluster. */
export class ManagedBacking implements IBackingProvider {
  public constructor(private readonly options: ManagedBackingOptions) {}

  public provide(scope: Construct, request: BackingRequest): BackingOutputs | undefined {
    const { kind, id, host, port = request.port, alias = false, cidrs } = this.options;
    if ((kind !== undefined && kind !== request.kind) || (id !== undefined && id !== request.id)) {
      return undefined;
    }
    const login = this.login(request);
    this.check(scope, port);
    const external = External.host(host, port, { ...cidrs && { cidrs } });
    if (alias) {
      new ExternalService(scope, 'alias', { name: request.name, external });
    }
    return {
      host: alias ? request.name : host,
      port,
      cidrs: external.toConnectionTarget(scope).cidrs!,
      ...login && { login },
    };
  }

  private login({ login, namespace, parameters }: BackingRequest): ConnectionLogin | undefined {
    const { credentials } = this.options;
    if (!credentials) {
      return login;
    }
    const { database = parameters.database } = this.options;
    return credentials._toLogin({ secretName: '', namespace, userName: parameters.userName, database });
  }

  private check(scope: Construct, port: number): void {
    const { host, credentials } = this.options;
    Diagnostics._check(scope, report => {
      const here = within(report, 'provider');
      if (!isHostName(host) && !isIpAddress(host)) {
        here({ code: 'invalid-host', property: 'host', message: `'${host}' is not a host.`, remedy: "Write its name or address alone, in lower case, without scheme, port and path, for example 'db.example.com'." });
      }
      checkPortNumber(port, 'port', here);
      if (credentials?._secretName === undefined && credentials) {
        here({ code: 'invalid-value', property: 'credentials', message: 'Nobody makes up the password of a server that somebody else runs.', remedy: 'Write BackingCredentials.existing() with the Secret that holds it.' });
      }
      credentials?._check(within(here, 'credentials'));
    });
  }
}
