import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ImageBuildOptions } from './image-build-options';
import { INGRESS_NAMESPACES, IngressController } from './ingress-controller';
import { KubernetesVersion } from './kubernetes-version';
import { isOwn } from './own-objects';
import { checkPolicy, judge, type PlatformPolicy, type PolicyLevel } from './policy';
import { isCidr, isIpAddress } from '../definition/address';
import type { CertificateIssuer } from '../definition/certificate-issuer';
import { ImagePullPolicy } from '../definition/container';
import { type ImageContext, isReference, isRepository } from '../definition/container-image';
import { checkGateway, type GatewayReference } from '../definition/gateway-reference';
import { ImageTag } from '../definition/image-tag';
import type { Json } from '../definition/json';
import { checkAnnotations, checkLabels, checkNamespaceName, checkReference, isHostName } from '../definition/naming';
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

/** Where the API server answers. */
export interface ApiServerOptions {
  /** Its addresses as pods reach it, as CIDRs: what `kubectl get endpointslices kubernetes` shows, or the range they come from. */
  readonly cidrs: string[];
  /**
   * The port that it listens on; policies see this one, behind the Service `kubernetes`.
   *
   * @default 6443
   */
  readonly port?: number;
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
   * The Gateway that serves routes of the Gateway API.
   *
   * @default - none: a route must say it
   */
  readonly gateway?: GatewayReference;
  /**
   * Who signs certificates.
   *
   * @default - none: a certificate must say it
   */
  readonly certificateIssuer?: CertificateIssuer;
  /**
   * The namespace where the monitoring runs; network policies admit it to the metrics port.
   *
   * @default monitoring
   */
  readonly monitoringNamespace?: string;
  /**
   * The labels by which Prometheus finds monitors, for example `{ release: 'prometheus' }`.
   *
   * @default - none: it takes all monitors
   */
  readonly monitorLabels?: { [label: string]: string };
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
   * Where the API server answers; network policies let pods go there that may talk to it.
   *
   * @default - not known: a pod that may talk to it is the warning `api-server-unknown`
   */
  readonly apiServer?: ApiServerOptions;
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
   * When nodes ask the registry for the images of containers that say nothing.
   *
   * @default ImagePullPolicy.ALWAYS
   */
  readonly imagePullPolicy?: ImagePullPolicy;
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
  /**
   * How the images of the app are built, beside their recipes.
   *
   * @default - by `docker buildx bake`, with a cache in the registry, SBOM and provenance
   */
  readonly imageBuilds?: ImageBuildOptions;
  /**
   * What nobody below may do. Policies of several levels all hold: a platform further down can add one, and lift nothing.
   *
   * @default - nothing is forbidden
   */
  readonly policy?: PlatformPolicy;
}

const PLATFORM = Symbol.for('cdk8s-golden-path.Platform');
/** How many were made, in whatever app. */
let platforms = 0;
const DEFAULT_RESOURCES = Resources.of({ cpu: '100m', memory: '128Mi' });
/** What kube-apiserver listens on where nobody says it. */
const DEFAULT_API_SERVER_PORT = 6443;
const DEFAULT_TAG = ImageTag.fromEnv('IMAGE_TAG');

/** Every decision, made once. */
export interface Decisions {
  readonly registry?: string;
  readonly imageTag: ImageTag;
  readonly kubernetesVersion: KubernetesVersion;
  readonly ingressClass?: string;
  readonly ingressController?: IngressController;
  readonly ingressNamespace?: string;
  readonly gateway?: GatewayReference;
  readonly certificateIssuer?: CertificateIssuer;
  readonly monitoringNamespace: string;
  readonly monitorLabels: { readonly [label: string]: string };
  readonly domain?: string;
  readonly dns: Required<Omit<DnsOptions, 'nodeLocalAddress'>> & Pick<DnsOptions, 'nodeLocalAddress'>;
  readonly apiServer?: Required<ApiServerOptions>;
  readonly podSecurity: PodSecurityPreset;
  readonly resources: Resources;
  readonly imagePullPolicy: ImagePullPolicy;
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  readonly partOf?: string;
  readonly dockerfileFrontend: string;
  readonly imageBuilds: ImageBuildOptions;
  /** What is forbidden, by every platform above, the outermost first. */
  readonly policies: readonly PolicyLevel[];
}

/**
 * What the organisation has decided, for its scope and everything below it. The nearest one up the tree wins, decision by decision;
 * labels and annotations add up. It is read when the app renders, so it may be made after the services.
 *
 * Diagnostics: `duplicate-platform`, `invalid-version`, `invalid-label`, `invalid-image`, `invalid-name`, `invalid-host`, `invalid-port`,
 * `invalid-value`, `invalid-quantity`, `request-above-limit`, `invalid-replicas`, `reason-missing`; and `forbidden-by-platform` at every
 * object that asks for what its policy forbids.
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

  /**
   * What an image that a service runs must know of the decisions.
   *
   * @internal
   */
  public static _imageContext({ registry, imageTag }: Decisions, serviceName: string): ImageContext {
    return { serviceName, tag: imageTag, ...registry !== undefined && { registry } };
  }

  /** @internal */
  public readonly _props: PlatformProps;
  private decided?: { readonly decisions: Decisions; readonly platforms: number };

  public constructor(scope: Construct, props: PlatformProps = {}) {
    const earlier = platformAt(scope);
    super(scope, earlier ? `Platform${scope.node.children.length}` : 'Platform');
    this._props = props;
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
    if (props.policy && !earlier) {
      Diagnostics._check(this, report => checkForeignObjects(scope, { platform: this.node.path, policy: props.policy! }, report));
    }
  }

  /** Folded once: only a platform that is made afterwards, further up, can change them. */
  private decisions(): Decisions {
    if (this.decided?.platforms !== platforms) {
      const levels = this.node.scopes.map(platformAt).filter(platform => platform !== undefined);
      this.decided = { decisions: decide(levels), platforms };
    }
    return this.decided.decisions;
  }
}

function platformAt(scope: IConstruct): Platform | undefined {
  return (scope as { [PLATFORM]?: Platform })[PLATFORM];
}

/** What the platforms of a path say together, the outermost first. */
function decide(levels: readonly Platform[]): Decisions {
  return {
    ...withDefaults(levels.map(({ _props: props }) => props)),
    policies: levels.flatMap(({ _props: { policy }, node }) => policy ? [{ platform: node.path, policy }] : []),
  };
}

/** Folds the platforms of a path, the outermost first. */
function withDefaults(levels: readonly PlatformProps[]): Omit<Decisions, 'policies'> {
  const { apiServer, ...merged } = levels.reduce<Omit<PlatformProps, 'policy'>>((above, { policy: _policy, ...props }) => ({
    ...above,
    ...forNewClass(above, props),
    ...defined(props),
    labels: { ...above.labels, ...props.labels },
    annotations: { ...above.annotations, ...props.annotations },
    dns: { ...above.dns, ...defined(props.dns ?? {}) },
    imageBuilds: { ...above.imageBuilds, ...defined(props.imageBuilds ?? {}) },
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
    monitorLabels: merged.monitorLabels ?? {},
    dns: { ...DNS[podSecurity], ...merged.dns },
    ...apiServer && { apiServer: { port: DEFAULT_API_SERVER_PORT, ...defined(apiServer) } },
    podSecurity,
    resources: merged.resources ?? DEFAULT_RESOURCES,
    imagePullPolicy: merged.imagePullPolicy ?? ImagePullPolicy.ALWAYS,
    labels: merged.labels ?? {},
    annotations: merged.annotations ?? {},
    dockerfileFrontend: merged.dockerfileFrontend ?? 'docker/dockerfile:1',
    imageBuilds: merged.imageBuilds ?? {},
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
const DEFAULTS = decide([]);

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
    checkNamespaceName(namespace, property, report);
  }
  checkDns(dns, within(report, 'dns'));
  if (props.gateway) {
    checkGateway(props.gateway, within(report, 'gateway'));
  }
  props.certificateIssuer?._check('certificateIssuer', report);
  checkLabels(props.monitorLabels, 'monitorLabels', report);
  const { lockFile } = props.imageBuilds ?? {};
  if (lockFile !== undefined && !/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\]+\.json$/.test(lockFile)) {
    report({
      code: 'invalid-value',
      property: 'imageBuilds.lockFile',
      message: `'${lockFile}' is not a lock file below the working directory.`,
      remedy: "Write a relative path that ends in '.json', for example 'images.lock.json'.",
    });
  }
  if (props.apiServer) {
    checkApiServer(props.apiServer, within(report, 'apiServer'));
  }
  if (props.policy) {
    checkPolicy(props.policy, within(report, 'policy'));
  }
}

/** Holds the objects of others to a policy; those of this package are checked where they are made. */
function checkForeignObjects(scope: IConstruct, level: PolicyLevel, report: Report): void {
  for (const object of scope.node.findAll().filter(construct => ApiObject.isApiObject(construct) && !isOwn(construct)) as ApiObject[]) {
    const { path } = object.node;
    const manifest = renderForeign(object);
    const namespace = manifest.metadata?.namespace ?? object.chart.namespace;
    const { _minor: minor } = Platform._decisions(object).kubernetesVersion;
    judge(manifest, { path, ...namespace !== undefined && { namespace } }, [level], minor, fault => report({ ...fault, path }));
  }
}

/** What cannot be rendered is never written, and whoever writes it says why. */
function renderForeign(object: ApiObject): Json {
  try {
    return object.toJson() ?? {};
  } catch {
    return {};
  }
}

function checkApiServer({ cidrs, port }: ApiServerOptions, report: Report): void {
  if (cidrs.length === 0) {
    report({ code: 'invalid-value', property: 'cidrs', message: 'An empty list admits no address.', remedy: "Name the addresses, or leave 'apiServer' out." });
  }
  cidrs.filter(cidr => !isCidr(cidr)).forEach(cidr =>
    report({ code: 'invalid-value', property: 'cidrs', message: `'${cidr}' is not a range of addresses.`, remedy: "Write for example '10.0.0.0/28', or '10.0.0.7/32' for one address." }));
  if (port !== undefined) {
    checkPortNumber(port, 'port', report);
  }
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
