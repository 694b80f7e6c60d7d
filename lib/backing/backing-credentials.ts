import { checkKeyName } from '../configuration/keys';
import type { ConnectionLogin } from '../definition/connection';
import { checkReference } from '../definition/naming';
import { type Report } from '../diagnostics/report';

/** Credentials that stand in a Secret already. */
export interface ExistingCredentials {
  /** The Secret, in the namespace of the backing service. */
  readonly secretName: string;
  /**
   * The key of the password.
   *
   * @default password
   */
  readonly passwordKey?: string;
  /**
   * The key of the URL, the password within it.
   *
   * @default - there is none, and clients get no URL
   */
  readonly urlKey?: string;
  /**
   * The name of the user.
   *
   * @default - what the kind of backing service says
   */
  readonly userName?: string;
}

/** Credentials that somebody makes up once the Secret is in the cluster. */
export interface GeneratedCredentials {
  /**
   * The name of the Secret.
   *
   * @default - the name of the backing service and `-login`
   */
  readonly secretName?: string;
  /**
   * The name of the user.
   *
   * @default - what the kind of backing service says
   */
  readonly userName?: string;
}

/** What a login is by itself. */
export interface LoginDefaults {
  readonly secretName: string;
  readonly namespace: string | undefined;
  readonly userName: string | undefined;
  readonly database: string | undefined;
}

/** Who makes a Secret of a login. */
export enum LoginSource {
  EXISTING,
  SCRIPT,
  EXTERNAL_SECRETS,
}

/** The key of a password where nobody says another one. */
export const PASSWORD_KEY = 'password';
/** The key of a URL in a Secret of ours. */
export const URL_KEY = 'url';

/** Where the password of a backing service comes from. It never stands in the definition, nor in what is synthesised. */
export class BackingCredentials {
  /**
   * A Secret that exists already, because an operator or somebody else makes it. Diagnostics: `invalid-name`, `invalid-value`.
   *
   * @param credentials which Secret, and its keys
   */
  public static existing(credentials: ExistingCredentials): BackingCredentials {
    const { secretName, passwordKey = PASSWORD_KEY, urlKey, userName } = credentials;
    return new BackingCredentials(LoginSource.EXISTING, secretName, passwordKey, urlKey, userName);
  }

  /**
   * A Secret without values in the manifest, and a script among the artefacts that makes up the password and the URL with it:
   * `secrets/<namespace>-<name>.sh`. The server and its clients wait until it has run. Diagnostics: `invalid-name`, `invalid-value`.
   *
   * @param credentials its name, and that of the user
   */
  public static generated(credentials: GeneratedCredentials = {}): BackingCredentials {
    return new BackingCredentials(LoginSource.SCRIPT, credentials.secretName, PASSWORD_KEY, URL_KEY, credentials.userName);
  }

  /**
   * A Secret that the operator of External Secrets makes with a random password, once: a generator and an ExternalSecret. The Secret stays
   * when those go, since the server goes on asking for its password. Diagnostics: `invalid-name`.
   *
   * @param credentials its name, and that of the user
   * @see https://external-secrets.io/latest/api/generator/password/
   */
  public static externalSecrets(credentials: GeneratedCredentials = {}): BackingCredentials {
    return new BackingCredentials(LoginSource.EXTERNAL_SECRETS, credentials.secretName, PASSWORD_KEY, URL_KEY, credentials.userName);
  }

  private constructor(
    /** @internal */
    public readonly _source: LoginSource,
    /** @internal */
    public readonly _secretName: string | undefined,
    /** @internal */
    public readonly _passwordKey: string,
    /** @internal */
    public readonly _urlKey: string | undefined,
    /** @internal */
    public readonly _userName: string | undefined,
  ) {}

  /**
   * The login by these credentials.
   *
   * @param otherwise what holds where they do not say it
   * @internal
   */
  public _toLogin(otherwise: LoginDefaults): ConnectionLogin {
    const { namespace, database } = otherwise;
    const userName = this._userName ?? otherwise.userName;
    return {
      secretName: this._secretName ?? otherwise.secretName,
      ...namespace !== undefined && { namespace },
      passwordKey: this._passwordKey,
      ...this._urlKey !== undefined && { urlKey: this._urlKey },
      ...userName !== undefined && { userName },
      ...database !== undefined && { database },
    };
  }

  /** @internal */
  public _check(report: Report): void {
    if (this._source === LoginSource.EXISTING) {
      checkReference(this._secretName!, 'Secret', 'secretName', report);
      checkKeyName(this._passwordKey, 'passwordKey', report);
      if (this._urlKey !== undefined) {
        checkKeyName(this._urlKey, 'urlKey', report);
      }
    }
  }
}
