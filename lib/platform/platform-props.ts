import type { ImageBuildOptions } from './image-build-options';
import type { IngressController } from './ingress-controller';
import type { KubernetesVersion } from './kubernetes-version';
import type { PlatformPolicy } from './policy';
import type { IBackingProvider } from '../definition/backing';
import type { CertificateIssuer } from '../definition/certificate-issuer';
import type { ImagePullPolicy } from '../definition/container';
import type { GatewayReference } from '../definition/gateway-reference';
import type { ImageTag } from '../definition/image-tag';
import type { Resources } from '../definition/resources';

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
   * Where backing services come from; the first that has an answer gives it. Backing services ask when they are made, so this is the one
   * decision that has to be there before them.
   *
   * @default - they run in the cluster: BackingProvider.inCluster()
   */
  readonly backing?: IBackingProvider[];
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
