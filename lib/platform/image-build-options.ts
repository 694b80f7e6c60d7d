/** Where the layers of a build are kept for the next one, which may run on another machine. */
export enum BuildCache {
  /** Beside the image in its registry, under the tag `buildcache`. */
  REGISTRY = 'registry',
  /** In the cache of GitHub Actions. */
  GITHUB = 'gha',
  /** On the machine that builds, alone. */
  LOCAL = 'local',
}

/** How the images of the app are built, beside their recipes. */
export interface ImageBuildOptions {
  /**
   * The file with the digests of base images, relative to the working directory; `npx cdk8s-golden-path images lock` writes it.
   *
   * @default images.lock.json
   */
  readonly lockFile?: string;
  /**
   * Where the layers are kept.
   *
   * @default - in the registry; on the machine that builds where there is no registry
   */
  readonly cache?: BuildCache;
  /**
   * Whether each image carries what it was made from (SBOM) and how (provenance).
   *
   * @default true
   */
  readonly attestations?: boolean;
  /**
   * Whether there is a `skaffold.yaml` among the artefacts, for the edit loop of those who use Skaffold.
   *
   * @default false
   */
  readonly skaffold?: boolean;
  /**
   * Whether there is a `ko.yaml` among the artefacts, for those who build their Go images by ko.
   *
   * @default false
   */
  readonly ko?: boolean;
}
