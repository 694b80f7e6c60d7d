/** How a stack for a Swarm is written. */
export interface SwarmOptions {
  /**
   * The nodes that a service may run on, by its name and as Swarm writes them: `node.labels.disk==ssd`. A service with a volume needs one, for a
   * volume of Docker belongs to its node.
   *
   * @default - those that the definition says (`placement`), else any
   */
  readonly constraints?: { [service: string]: string[] };
  /**
   * Whether containers that are no services may join the networks, such as one that somebody looks around with.
   *
   * @default false
   */
  readonly attachable?: boolean;
  /**
   * The hosts of registries that ask who it is, beside those that images of this app are pushed to; the login is that of `docker login`.
   *
   * @default - none
   */
  readonly registries?: string[];
}

/**
 * What a Docker stack is written for.
 *
 * @example
 * new local.DockerStack(app, 'swarm', { target: local.DockerTarget.swarm({ constraints: { db: ['node.hostname==worker-1'] } }) });
 */
export class DockerTarget {
  /** One host: networks are bridges, and each service is a container. */
  public static host(): DockerTarget {
    return new DockerTarget(undefined);
  }

  /** A Swarm: networks are overlays, and each service has its replicas, on any node. */
  public static swarm(options: SwarmOptions = {}): DockerTarget {
    return new DockerTarget(options);
  }

  private constructor(
    /**
     * Nothing where it is one host.
     *
     * @internal
     */
    public readonly _swarm: SwarmOptions | undefined,
  ) {}
}
