interface Traits {
  /** The keys that every Secret of the type has. */
  readonly keys?: readonly string[];
  /** Whether one of the keys is enough. */
  readonly oneSuffices?: boolean;
  /** Whether the values are files of their own rather than something to type. */
  readonly files?: boolean;
}

/** A type that the API server knows by name, but this class by no constant. */
const LEGACY_DOCKER_CONFIG = 'kubernetes.io/dockercfg';

/** What a Secret is for: the API server and others expect certain keys of each type. */
export class SecretType {
  /** Any keys. */
  public static readonly OPAQUE = new SecretType('Opaque', {});

  /** A certificate and its key: `tls.crt` and `tls.key`, both PEM. */
  public static readonly TLS = new SecretType('kubernetes.io/tls', { keys: ['tls.crt', 'tls.key'], files: true });

  /** The credentials of image registries: `.dockerconfigjson`. */
  public static readonly DOCKER_CONFIG = new SecretType('kubernetes.io/dockerconfigjson', { keys: ['.dockerconfigjson'], files: true });

  /** `username` and `password`. */
  public static readonly BASIC_AUTH = new SecretType('kubernetes.io/basic-auth', { keys: ['username', 'password'], oneSuffices: true });

  /** An SSH key: `ssh-privatekey`. */
  public static readonly SSH_AUTH = new SecretType('kubernetes.io/ssh-auth', { keys: ['ssh-privatekey'], files: true });

  /**
   * Any other type, for example `servicebinding.io/postgresql`.
   *
   * @param type as Kubernetes writes it
   */
  public static of(type: string): SecretType {
    const { OPAQUE, TLS, DOCKER_CONFIG, BASIC_AUTH, SSH_AUTH } = SecretType;
    const known = [OPAQUE, TLS, DOCKER_CONFIG, BASIC_AUTH, SSH_AUTH].find(one => one.type === type);
    return known ?? new SecretType(type, type === LEGACY_DOCKER_CONFIG ? { keys: ['.dockercfg'], files: true } : {});
  }

  private constructor(
    /** The type as Kubernetes writes it. */
    public readonly type: string,
    private readonly traits: Traits,
  ) {}

  /** The keys that every Secret of this type has. */
  public get keys(): string[] {
    return [...this.traits.keys ?? []];
  }

  /**
   * The keys of the type that a Secret lacks.
   *
   * @internal
   */
  public _missing(keys: readonly string[]): string[] {
    const missing = this.keys.filter(key => !keys.includes(key));
    return this.traits.oneSuffices && missing.length < this.keys.length ? [] : missing;
  }

  /** @internal */
  public _isFile(key: string): boolean {
    return (this.traits.files ?? false) && this.keys.includes(key);
  }

  /**
   * Whether the API server takes a Secret without any key: not where the type says which ones it has.
   *
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
   * @internal
   */
  public get _mayBeEmpty(): boolean {
    return this.keys.length === 0;
  }
}
