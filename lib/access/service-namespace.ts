import { type ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { LimitRange, type LimitRangeOptions } from './limit-range';
import { NamespacePolicy } from './namespace-policy';
import { ResourceQuota, type ResourceQuotaOptions } from './resource-quota';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report } from '../diagnostics/report';
import { Platform } from '../platform/platform';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** A level of the Pod Security Standards. */
export enum PodSecurityLevel {
  /** What every pod should keep to. */
  RESTRICTED = 'restricted',
  /** Only known ways out of a container are shut. */
  BASELINE = 'baseline',
  /** Everything is allowed. */
  PRIVILEGED = 'privileged',
}

/** What a namespace is like. */
export interface ServiceNamespaceProps {
  /**
   * The name of the namespace.
   *
   * @default - the namespace of the chart
   */
  readonly name?: string;
  /**
   * The level that pods must keep to, as it stood in the platform's version of Kubernetes. A weaker one is reported as `hardening-off`.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * The level below which pods leave a trace in the audit log and a warning for who applies them, as the cluster's version has it.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly reportedPodSecurity?: PodSecurityLevel;
  /**
   * Whether no traffic reaches or leaves a pod unless another network policy admits it. Services bring policies of their own.
   *
   * @default true
   */
  readonly defaultDeny?: boolean;
  /**
   * Whether every pod may ask the cluster's DNS. Services may anyway; this is for pods that others bring into the namespace.
   *
   * @default false
   */
  readonly allowDns?: boolean;
  /**
   * Bounds and defaults for single containers and claims; `{}` gives containers that state no resources those of the platform.
   *
   * @default - no LimitRange
   */
  readonly limits?: LimitRangeOptions;
  /**
   * A bound on everything in the namespace together.
   *
   * @default - no ResourceQuota
   */
  readonly quota?: ResourceQuotaOptions;
  /**
   * Labels of the Namespace.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the Namespace.
   *
   * @default - those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
}

const LABEL = 'pod-security.kubernetes.io';

/**
 * The namespace of a chart, closed unless opened: Pod Security labels at the restricted level, no traffic without a policy that admits
 * it, and by option a LimitRange and a ResourceQuota. Make it before the services of the chart, so that it is applied first.
 *
 * Diagnostics: `invalid-name`, `duplicate-name`, `invalid-label`, `conflicting-options`, `hardening-off`, `invalid-quantity`,
 * `invalid-value`, `request-above-limit`, `quota-without-default`.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 *
 * @example
 * new ServiceNamespace(shop, 'namespace', {
 *   limits: { max: { memory: '2Gi' } },
 *   quota: { requests: { cpu: '20', memory: '64Gi' }, pods: 100 },
 * });
 */
export class ServiceNamespace extends Construct {
  /** The Namespace as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the namespace. */
  public readonly name: string;
  /** The policy that shuts all traffic out; nothing where it is switched off. */
  public readonly defaultDeny?: NamespacePolicy;
  /** The policy that lets every pod resolve names; nothing unless it is switched on. */
  public readonly dnsPolicy?: NamespacePolicy;
  /** Bounds and defaults for containers and claims; nothing without `limits`. */
  public readonly limitRange?: LimitRange;
  /** The bound on everything together; nothing without `quota`. */
  public readonly quota?: ResourceQuota;

  public constructor(scope: Construct, id: string, props: ServiceNamespaceProps = {}) {
    super(scope, id);
    const { podSecurity = PodSecurityLevel.RESTRICTED, reportedPodSecurity = PodSecurityLevel.RESTRICTED, limits, quota } = props;
    const name = props.name ?? Chart.of(this).namespace;
    this.name = name ?? id;
    const owner: Owner = { name: this.name, component: 'namespace', construct: this };
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'Namespace',
      name: this.name,
      clusterScoped: true,
      owner,
      ...props.labels && { labels: () => props.labels! },
      ...props.annotations && { annotations: () => props.annotations! },
      fields: {},
    });
    this.addPodSecurityLabels(podSecurity, reportedPodSecurity);
    Diagnostics._check(this, report => {
      if (name === undefined) {
        reportNoName(this, report);
      }
      checkPodSecurity(podSecurity, props.labels, report);
    });
    if (props.defaultDeny ?? true) {
      this.defaultDeny = NamespacePolicy._denyAll(this, 'default-deny', this.name, owner);
    }
    if (props.allowDns) {
      this.dnsPolicy = NamespacePolicy._allowDns(this, 'allow-dns', this.name, owner);
    }
    if (limits) {
      this.limitRange = LimitRange._create(this, 'limits', this.name, owner, limits);
    }
    if (quota) {
      this.quota = ResourceQuota._create(this, 'quota', this.name, owner, quota, limits);
    }
  }

  /**
   * What is enforced is pinned, so that an upgrade of the cluster refuses no pod that ran before; what is only reported follows the
   * cluster, so that a coming refusal shows early.
   */
  private addPodSecurityLabels(enforced: PodSecurityLevel, reported: PodSecurityLevel): void {
    const { metadata } = this.apiObject;
    metadata.addLabel(`${LABEL}/enforce`, enforced);
    metadata.addLabel(`${LABEL}/enforce-version`, Lazy.any({ produce: () => `v1.${Platform._decisions(this).kubernetesVersion._minor}` }));
    for (const mode of ['audit', 'warn']) {
      metadata.addLabel(`${LABEL}/${mode}`, reported);
      metadata.addLabel(`${LABEL}/${mode}-version`, 'latest');
    }
  }
}

function reportNoName(construct: Construct, report: Report): void {
  report({
    code: 'invalid-name',
    property: 'name',
    message: 'The namespace has no name: neither it nor its chart says one.',
    remedy: `Write new Chart(scope, '${Chart.of(construct).node.id}', { namespace: '…' }), or give a 'name'.`,
  });
}

function checkPodSecurity(level: PodSecurityLevel, labels: { readonly [label: string]: string } = {}, report: Report): void {
  if (level !== PodSecurityLevel.RESTRICTED) {
    report({
      code: 'hardening-off',
      property: 'podSecurity',
      message: `The namespace admits pods that the restricted Pod Security Standard forbids: it enforces '${level}'.`,
      remedy: "Leave podSecurity out, or acknowledge 'hardening-off' with the reason.",
    });
  }
  for (const label of Object.keys(labels).filter(key => key.startsWith(`${LABEL}/`)).sort()) {
    report({
      code: 'conflicting-options',
      property: `labels['${label}']`,
      message: `The label '${label}' follows from 'podSecurity' and 'reportedPodSecurity'.`,
      remedy: 'Write the level there and drop the label.',
    });
  }
}
