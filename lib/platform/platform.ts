import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ImageBuildOptions } from './image-build-options';
import { INGRESS_NAMESPACES, IngressController } from './ingress-controller';
import { KubernetesVersion } from './kubernetes-version';
import { isOwn } from './own-objects';
import { checkPlatform } from './platform-checks';
import { type ApiServerOptions, type DnsOptions, type PlatformProps, PodSecurityPreset } from './platform-props';
import { judge, type PolicyLevel } from './policy';
import type { IBackingProvider } from '../definition/backing';
import type { CertificateIssuer } from '../definition/certificate-issuer';
import { ImagePullPolicy } from '../definition/container';
import type { ImageContext } from '../definition/container-image';
import type { GatewayReference } from '../definition/gateway-reference';
import { ImageTag } from '../definition/image-tag';
import { defined, type Json } from '../definition/json';
import { Resources } from '../definition/resources';
import { Diagnostics } from '../diagnostics/diagnostics';
import type { Report } from '../diagnostics/report';

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
  /** Nothing where nobody said it. */
  readonly backing?: readonly IBackingProvider[];
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
      (scope as { [PLATFORM]?: Platform })[PLATFORM] = this;
    }
    Diagnostics._check(this, report => checkPlatform(props, report));
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

const DNS = {
  [PodSecurityPreset.RESTRICTED]: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53 },
  [PodSecurityPreset.OPENSHIFT]: { namespace: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353 },
};

/** What holds where nobody decided anything. */
const DEFAULTS = decide([]);

function controllerOf({ ingressController, ingressClass }: PlatformProps): IngressController | undefined {
  return ingressController ?? Object.values(IngressController).find(controller => controller === ingressClass);
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
