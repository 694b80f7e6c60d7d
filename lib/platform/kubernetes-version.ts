import { type Report } from '../diagnostics/report';

/** The oldest and the newest minor version that the output is proved against. */
export const OLDEST_MINOR = 27;
export const NEWEST_MINOR = 36;

const DEFAULT_MINOR = 31;
const VERSION = /^v?1\.(\d+)(?:\.\d+)?$/;

/**
 * The first minor version where a feature is on by default: everything that this package makes, and that not every version of the range has.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/
 */
export const FEATURES = {
  /** Init containers with `restartPolicy: Always`. */
  nativeSidecars: 29,
  /** Failures of a Job that are counted by index. */
  backoffLimitPerIndex: 29,
  /** `lifecycle.preStop.sleep`. */
  preStopSleep: 30,
  /** `matchLabelKeys` of a pod affinity term. */
  affinityMatchLabelKeys: 31,
} as const;

/** A feature that depends on the version. */
export type Feature = keyof typeof FEATURES;

/** The version of Kubernetes that the output is for. */
export class KubernetesVersion {
  /** 1.31, which every supported managed cluster understands. */
  public static readonly DEFAULT = new KubernetesVersion(`1.${DEFAULT_MINOR}`);

  /** A version from 1.27 to 1.36, for example `1.33`. Diagnostics: `invalid-version`. */
  public static of(version: string): KubernetesVersion {
    return new KubernetesVersion(version);
  }

  /**
   * The minor version; the default's where the text is none.
   *
   * @internal
   */
  public readonly _minor: number;

  private constructor(
    /** The version as it was written. */
    public readonly version: string,
  ) {
    const match = VERSION.exec(version);
    this._minor = match ? Number(match[1]) : DEFAULT_MINOR;
  }

  /** @internal */
  public _supports(feature: Feature): boolean {
    return this._minor >= FEATURES[feature];
  }

  /** @internal */
  public _check(report: Report): void {
    const minor = VERSION.test(this.version) ? this._minor : undefined;
    if (minor === undefined || minor < OLDEST_MINOR || minor > NEWEST_MINOR) {
      report({
        code: 'invalid-version',
        property: 'kubernetesVersion',
        message: `'${this.version}' is not a version that the output is proved against.`,
        remedy: `Write a version from 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}.`,
      });
    }
  }
}
