import { Forbidden } from './forbidden';
import { checkNamespaceName } from '../definition/naming';
import { checkAmounts, type ResourceAmounts } from '../definition/resource-amounts';
import { type Report, within } from '../diagnostics/report';

/** What an exemption grants, and why. */
export interface ExemptionOptions {
  /** Why it is right there; for whoever reads the platform's definition next. */
  readonly reason: string;
  /**
   * What is not forbidden there.
   *
   * @default - nothing
   */
  readonly allow?: Forbidden[];
  /**
   * Further registries that images may come from there.
   *
   * @default - none
   */
  readonly registries?: string[];
  /**
   * Further domains that routes may serve there.
   *
   * @default - none
   */
  readonly domains?: string[];
  /**
   * The most replicas there.
   *
   * @default - that of the policy
   */
  readonly maxReplicas?: number;
  /**
   * The most resources of a container there, in place of those of the policy.
   *
   * @default - those of the policy
   */
  readonly maxResources?: ResourceAmounts;
}

/** Whom a policy is asked about. */
export interface PolicySubject {
  /** The path of the construct. */
  readonly path: string;
  readonly namespace?: string;
}

/** A justified exception from the policy that it is part of, and from no other. */
export class Exemption {
  /**
   * An exemption of a construct and of everything below it.
   *
   * Diagnostics: `reason-missing`, `invalid-value`.
   *
   * @param path the path of the construct, as diagnostics print it, for example `shop/log-collector`
   */
  public static ofConstruct(path: string, options: ExemptionOptions): Exemption {
    return new Exemption(options, subject => subject.path === path || subject.path.startsWith(`${path}/`), report => {
      if (!/^[^/]+(\/[^/]+)*$/.test(path)) {
        report({ code: 'invalid-value', message: `'${path}' is not the path of a construct.`, remedy: "Write it as diagnostics print it, for example 'shop/log-collector'." });
      }
    });
  }

  /**
   * An exemption of everything in a namespace.
   *
   * Diagnostics: `reason-missing`, `invalid-name`, `invalid-value`.
   */
  public static ofNamespace(namespace: string, options: ExemptionOptions): Exemption {
    return new Exemption(options, subject => subject.namespace === namespace, report => checkNamespaceName(namespace, undefined, report));
  }

  private constructor(
    /** @internal */
    public readonly _options: ExemptionOptions,
    private readonly matches: (subject: PolicySubject) => boolean,
    private readonly checkPlace: (report: Report) => void,
  ) {}

  /** @internal */
  public _covers(subject: PolicySubject): boolean {
    return this.matches(subject);
  }

  /** @internal */
  public _check(report: Report): void {
    const { reason, allow = [], registries = [], domains = [], maxReplicas, maxResources } = this._options;
    this.checkPlace(report);
    checkAmounts(maxResources, within(report, 'maxResources'));
    if (reason.trim() === '') {
      report({ code: 'reason-missing', message: 'The exemption gives no reason.', remedy: 'Say in a few words why it is right there.' });
    }
    if (allow.length + registries.length + domains.length === 0 && maxReplicas === undefined && maxResources === undefined) {
      report({ code: 'invalid-value', message: 'The exemption grants nothing.', remedy: 'Write what is not forbidden there, for example allow: [Forbidden.HOST_ACCESS], or drop it.' });
    }
  }
}
