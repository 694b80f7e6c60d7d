import { Construct, type IConstruct } from 'constructs';
import { INGRESS_NAMESPACES, IngressController } from './ingress-controller';
import { KubernetesVersion } from './kubernetes-version';
import { isIpAddress } from '../definition/address';
import { isReference, isRepository } from '../definition/container-image';
import { ImageTag } from '../definition/image-tag';
import { checkAnnotations, checkLabels, checkReference, isDnsLabel, isHostName } from '../definition/naming';
import { checkPortNumber } from '../definition/port';
import { Resources } from '../definition/resources';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';

/** Who decides under which user containers run. */
export enum PodSecurityPreset {
  /** The restricted Pod Security Standard with a numeric user in the manifest. */
  RESTRICTED = 'restricted',
  /** The same, but users and groups are left to the cluster, which assigns them by namespace (OpenShift). */
  OPENSHIFT = 'openshift',
}

/** Where the cluster's DNS answers. */
export interface DnsOptions {
  /**
   * The namespace of the DNS pods.
   *
   * @default - kube-system; openshift-dns with the OpenShift preset
   */
  readonly namespace?: string;
  /**
   * The labels of the DNS pods.
   *
   * @default - `k8s-app: kube-dns`; `dns.operator.openshift.io/daemonset-dns: default` with the OpenShift preset
   */
  readonly podLabels?: { [label: string]: string };
  /**
   * The port that the DNS pods listen on.
   *
   * @default - 53; 5353 with the OpenShift preset
   */
  readonly port?: number;
  /**
   * The address of NodeLocal DNSCache, where the cluster has one, for example `169.254.20.10`.
   *
   * @default - none
   */
  readonly nodeLocalAddress?: string;
}

/** What the organisation has decided. A platform further down the tree overrides single decisions of those above. */
export interface PlatformProps {
  /**
   * The registry and its path, for images that are built here, for example `ghcr.io/acme`.
   *
   * @default - none: images are named after their service alone
   */
  readonly registry?: string;
  /**
   * Where the tags of images that are built here come from.
   *
   * @default - the environment variable IMAGE_TAG
   */
  readonly imageTag?: ImageTag;
  /**
   * The version of Kubernetes that the output is for.
   *
   * @default KubernetesVersion.DEFAULT
   */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * The class of Ingresses.
   *
   * @default - none: a route must say it
   */
  readonly ingressClass?: string;
  /**
   * The program behind the ingress class.
   *
   * @default - told from the name of the class
   */
  readonly ingressController?: IngressController;
  /**
   * The namespace where the ingress controller runs; network policies admit it to routed services.
   *
   * @default - where the controller's installation guide puts it
   */
  readonly ingressNamespace?: string;
  /**
   * The namespace where the monitoring runs; network policies admit it to the metrics port.
   *
   * @default monitoring
   */
  readonly monitoringNamespace?: string;
  /**
   * The DNS domain of the organisation: a host of a route that has no dot is put before it.
   *
   * @default - hosts are complete
   */
  readonly domain?: string;
  /**
   * Where the cluster's DNS answers.
   *
   * @default - the usual place
   */
  readonly dns?: DnsOptions;
  /**
   * Who decides under which user containers run.
   *
   * @default PodSecurityPreset.RESTRICTED
   */
  readonly podSecurity?: PodSecurityPreset;
  /**
   * The resources of containers that say nothing.
   *
   * @default - 100m CPU and 128Mi memory requested, 128Mi memory limit
   */
  readonly resources?: Resources;
  /**
   * Labels on everything.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations on everything.
   *
   * @default - none
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * The name of the application that all services are part of (`app.kubernetes.io/part-of`).
   *
   * @default - the id of the chart
   */
  readonly partOf?: string;
  /**
   * The image that holds BuildKit's Dockerfile frontend, for organisations that mirror it, for example `registry.acme.com/docker/dockerfile:1`.
   * With the empty text the builder's own frontend is used, for builders that reach no registry for it.
   *
   * @default docker/dockerfile:1
   */
  readonly dockerfileFrontend?: string;
}

const PLATFORM = Symbol.for('cdk8s-golden-path.Platform');
/** How many were made, in whatever app. */
let platforms = 0;
const DEFAULT_RESOURCES = Resources.of({ cpu: '100m', memory: '128Mi' });
const DEFAULT_TAG = ImageTag.fromEnv('IMAGE_TAG');

/** Every decision, made once. */
export interface Decisions {
  readonly registry?: string;
  readonly imageTag: ImageTag;
  readonly kubernetesVersion: KubernetesVersion;
  readonly ingressClass?: string;
  readonly ingressController?: IngressController;
  readonly ingressNamespace?: string;
  readonly monitoringNamespace: string;
  readonly domain?: string;
  readonly dns: Required<Omit<DnsOptions, 'nodeLocalAddress'>> & Pick<DnsOptions, 'nodeLocalAddress'>;
  readonly podSecurity: PodSecurityPreset;
  readonly resources: Resources;
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  readonly partOf?: string;
  readonly dockerfileFrontend: string;
}

/**
 * What the organisation has decided, for its scope and everything below it. The nearest one up the tree wins, decision by decision;
 * labels and annotations add up. It is read when the app renders, so it may be made after the services.
 *
 * Diagnostics: `duplicate-platform`, `invalid-version`, `invalid-label`, `invalid-image`, `invalid-name`, `invalid-host`, `invalid-port`,
 * `invalid-value`, `invalid-quantity`, `request-above-limit`.
 *
 * @example
 * new Platform(app, { registry: 'ghcr.io/acme', ingressClass: 'traefik', domain: 'example.com' });
 */
export class Platform extends Construct {
  /**
   * The nearest platform at or above a construct.
   *
   * @returns nothing where there is none: then every decision has its default
   */
  public static of(scope: IConstruct): Platform | undefined {
    for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
      const platform = platformAt(at);
      if (platform) {
        return platform;
      }
    }
    return undefined;
  }

  /**
   * Every decision that holds at a construct.
   *
   * @internal
   */
  public static _decisions(scope: IConstruct): Decisions {
    return Platform.of(scope)?.decisions() ?? DEFAULTS;
  }

  private readonly props: PlatformProps;
  private decided?: { readonly decisions: Decisions; readonly platforms: number };

  public constructor(scope: Construct, props: PlatformProps = {}) {
    const earlier = platformAt(scope);
    super(scope, earlier ? `Platform${scope.node.children.length}` : 'Platform');
    this.props = props;
    platforms++;
    if (earlier) {
      Diagnostics._check(this, report => report({
        code: 'duplicate-platform',
        message: `'${scope.node.path || 'app'}' has a platform already.`,
        remedy: 'Put all decisions of one level into one Platform.',
      }));
    } else {
      Object.defineProperty(scope, PLATFORM, { value: this });
    }
    Diagnostics._check(this, report => check(props, report));
  }

  /** Folded once: only a platform that is made afterwards, further up, can change them. */
  private decisions(): Decisions {
    if (this.decided?.platforms !== platforms) {
      const levels = this.node.scopes.map(platformAt).filter(platform => platform !== undefined).map(platform => platform.props);
      this.decided = { decisions: withDefaults(levels), platforms };
    }
    return this.decided.decisions;
  }
}

function platformAt(scope: IConstruct): Platform | undefined {
  return (scope as { [PLATFORM]?: Platform })[PLATFORM];
}

/** Folds the platforms of a path, the outermost first. */
function withDefaults(levels: readonly PlatformProps[]): Decisions {
  const merged = levels.reduce<PlatformProps>((above, props) => ({
    ...above,
    ...forNewClass(above, props),
    ...defined(props),
    labels: { ...above.labels, ...props.labels },
    annotations: { ...above.annotations, ...props.annotations },
    dns: { ...above.dns, ...defined(props.dns ?? {}) },
  }), {});
  const controller = controllerOf(merged);
  const podSecurity = merged.podSecurity ?? PodSecurityPreset.RESTRICTED;
  const ingressNamespace = merged.ingressNamespace ?? (controller && INGRESS_NAMESPACES[controller]);
  return {
    ...merged,
    imageTag: merged.imageTag ?? DEFAULT_TAG,
    kubernetesVersion: merged.kubernetesVersion ?? KubernetesVersion.DEFAULT,
    ...controller && { ingressController: controller },
    ...ingressNamespace !== undefined && { ingressNamespace },
    monitoringNamespace: merged.monitoringNamespace ?? 'monitoring',
    dns: { ...DNS[podSecurity], ...merged.dns },
    podSecurity,
    resources: merged.resources ?? DEFAULT_RESOURCES,
    labels: merged.labels ?? {},
    annotations: merged.annotations ?? {},
    dockerfileFrontend: merged.dockerfileFrontend ?? 'docker/dockerfile:1',
  };
}

/** A class that names another controller than the one above leaves that one's settings behind. */
function forNewClass(above: PlatformProps, { ingressClass }: PlatformProps): PlatformProps {
  const named = controllerOf({ ...ingressClass !== undefined && { ingressClass } });
  return named === undefined || named === controllerOf(above) ? {} : { ingressController: undefined, ingressNamespace: undefined };
}

function defined<T extends object>(props: T): T {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as T;
}

const DNS = {
  [PodSecurityPreset.RESTRICTED]: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53 },
  [PodSecurityPreset.OPENSHIFT]: { namespace: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353 },
};

/** What holds where nobody decided anything. */
const DEFAULTS = withDefaults([]);

function controllerOf({ ingressController, ingressClass }: PlatformProps): IngressController | undefined {
  return ingressController ?? Object.values(IngressController).find(controller => controller === ingressClass);
}

function check(props: PlatformProps, report: Report): void {
  const { registry, ingressClass, domain, dns = {}, partOf, dockerfileFrontend } = props;
  props.kubernetesVersion?._check(report);
  props.resources?._render(within(report, 'resources'));
  checkLabels(props.labels, 'labels', report);
  checkAnnotations(props.annotations, 'annotations', report);
  if (registry !== undefined && !isRepository(`${registry}/image`)) {
    report({
      code: 'invalid-image',
      property: 'registry',
      message: `'${registry}' is not a registry.`,
      remedy: "Write its host and path in lower case, without scheme and without a slash at the end, for example 'ghcr.io/acme'.",
    });
  }
  if (dockerfileFrontend && !isReference(dockerfileFrontend)) {
    report({
      code: 'invalid-image',
      property: 'dockerfileFrontend',
      message: `'${dockerfileFrontend}' is not an image reference.`,
      remedy: "Write the image of the frontend, for example 'registry.acme.com/docker/dockerfile:1', or '' for the builder's own.",
    });
  }
  if (domain !== undefined && !isHostName(domain)) {
    report({
      code: 'invalid-host',
      property: 'domain',
      message: `'${domain}' is not a domain.`,
      remedy: "Write it in lower case without dots at the ends, for example 'example.com'.",
    });
  }
  if (ingressClass !== undefined) {
    checkReference(ingressClass, 'IngressClass', 'ingressClass', report);
  }
  if (partOf !== undefined) {
    checkLabels({ 'app.kubernetes.io/part-of': partOf }, 'partOf', fault => report({ ...fault, property: 'partOf' }));
  }
  const { ingressNamespace, monitoringNamespace } = props;
  for (const [property, namespace] of Object.entries({ ingressNamespace, monitoringNamespace, 'dns.namespace': dns.namespace })) {
    if (namespace !== undefined && !isDnsLabel(namespace)) {
      report({
        code: 'invalid-name',
        property,
        message: `'${namespace}' is not the name of a namespace.`,
        remedy: 'Use at most 63 lower-case letters, digits and dashes.',
      });
    }
  }
  checkDns(dns, within(report, 'dns'));
}

function checkDns({ podLabels, port, nodeLocalAddress }: DnsOptions, report: Report): void {
  checkLabels(podLabels, 'podLabels', report);
  if (port !== undefined) {
    checkPortNumber(port, 'port', report);
  }
  if (nodeLocalAddress !== undefined && !isIpAddress(nodeLocalAddress)) {
    report({
      code: 'invalid-value',
      property: 'nodeLocalAddress',
      message: `'${nodeLocalAddress}' is not an IP address.`,
      remedy: "Write the address that NodeLocal DNSCache listens on, for example '169.254.20.10'.",
    });
  }
}
