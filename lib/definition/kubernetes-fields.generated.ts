// Made by tools/kubernetes/generate-fields.ts from the OpenAPI documents of Kubernetes 1.27.16 to 1.36.4; do not edit.

/**
 * Fields of Affinity.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#affinity-v1-core
 */
export interface AffinityFields {
  /**
   * `nodeAffinity` of Affinity.
   *
   * @default - left out
   */
  readonly nodeAffinity?: NodeAffinityFields;
  /**
   * `podAffinity` of Affinity.
   *
   * @default - left out
   */
  readonly podAffinity?: PodAffinityFields;
  /**
   * `podAntiAffinity` of Affinity.
   *
   * @default - left out
   */
  readonly podAntiAffinity?: PodAntiAffinityFields;
}

/**
 * Fields of AppArmorProfile; known from Kubernetes 1.30.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#apparmorprofile-v1-core
 */
export interface AppArmorProfileFields {
  /**
   * `localhostProfile` of AppArmorProfile; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly localhostProfile?: string;
  /**
   * `type` of AppArmorProfile: drops the fields that do not go with it; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of CSIVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#csivolumesource-v1-core
 */
export interface CsiVolumeSourceFields {
  /**
   * `driver` of CSIVolumeSource.
   *
   * @default - left out
   */
  readonly driver?: string;
  /**
   * `fsType` of CSIVolumeSource.
   *
   * @default - left out
   */
  readonly fsType?: string;
  /**
   * `nodePublishSecretRef` of CSIVolumeSource.
   *
   * @default - left out
   */
  readonly nodePublishSecretRef?: LocalObjectReferenceFields;
  /**
   * `readOnly` of CSIVolumeSource.
   *
   * @default - left out
   */
  readonly readOnly?: boolean;
  /**
   * `volumeAttributes` of CSIVolumeSource.
   *
   * @default - left out
   */
  readonly volumeAttributes?: { readonly [key: string]: string };
}

/**
 * Fields of Capabilities.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#capabilities-v1-core
 */
export interface CapabilitiesFields {
  /**
   * `add` of Capabilities: replaces what is there.
   *
   * @default - left out
   */
  readonly add?: string[];
  /**
   * `drop` of Capabilities: replaces what is there.
   *
   * @default - left out
   */
  readonly drop?: string[];
}

/**
 * Fields of ClaimSource; known up to Kubernetes 1.30.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#claimsource-v1-core
 */
export interface ClaimSourceFields {
  /**
   * `resourceClaimName` of ClaimSource; known up to Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly resourceClaimName?: string;
  /**
   * `resourceClaimTemplateName` of ClaimSource; known up to Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly resourceClaimTemplateName?: string;
}

/**
 * Fields of ClientIPConfig.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#clientipconfig-v1-core
 */
export interface ClientIpConfigFields {
  /**
   * `timeoutSeconds` of ClientIPConfig.
   *
   * @default - left out
   */
  readonly timeoutSeconds?: number;
}

/**
 * Fields of ClusterTrustBundleProjection; known from Kubernetes 1.29.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#clustertrustbundleprojection-v1-core
 */
export interface ClusterTrustBundleProjectionFields {
  /**
   * `labelSelector` of ClusterTrustBundleProjection; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly labelSelector?: LabelSelectorFields;
  /**
   * `name` of ClusterTrustBundleProjection; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of ClusterTrustBundleProjection; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly optional?: boolean;
  /**
   * `path` of ClusterTrustBundleProjection; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `signerName` of ClusterTrustBundleProjection; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly signerName?: string;
}

/**
 * Fields of ConfigMapEnvSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#configmapenvsource-v1-core
 */
export interface ConfigMapEnvSourceFields {
  /**
   * `name` of ConfigMapEnvSource.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of ConfigMapEnvSource.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/**
 * Fields of ConfigMapKeySelector.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#configmapkeyselector-v1-core
 */
export interface ConfigMapKeySelectorFields {
  /**
   * `key` of ConfigMapKeySelector.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `name` of ConfigMapKeySelector.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of ConfigMapKeySelector.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/**
 * Fields of ConfigMapProjection.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#configmapprojection-v1-core
 */
export interface ConfigMapProjectionFields {
  /**
   * `items` of ConfigMapProjection: replaces what is there.
   *
   * @default - left out
   */
  readonly items?: KeyToPathFields[];
  /**
   * `name` of ConfigMapProjection.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of ConfigMapProjection.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/**
 * Fields of ConfigMapVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#configmapvolumesource-v1-core
 */
export interface ConfigMapVolumeSourceFields {
  /**
   * `defaultMode` of ConfigMapVolumeSource.
   *
   * @default - left out
   */
  readonly defaultMode?: number;
  /**
   * `items` of ConfigMapVolumeSource: replaces what is there.
   *
   * @default - left out
   */
  readonly items?: KeyToPathFields[];
  /**
   * `name` of ConfigMapVolumeSource.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of ConfigMapVolumeSource.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/**
 * Fields of Container.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#container-v1-core
 */
export interface ContainerFields {
  /**
   * `args` of Container: replaces what is there.
   *
   * @default - left out
   */
  readonly args?: string[];
  /**
   * `command` of Container: replaces what is there.
   *
   * @default - left out
   */
  readonly command?: string[];
  /**
   * `env` of Container: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly env?: EnvVarFields[];
  /**
   * `envFrom` of Container: replaces what is there.
   *
   * @default - left out
   */
  readonly envFrom?: EnvFromSourceFields[];
  /**
   * `image` of Container.
   *
   * @default - left out
   */
  readonly image?: string;
  /**
   * `imagePullPolicy` of Container.
   *
   * @default - left out
   */
  readonly imagePullPolicy?: string;
  /**
   * `lifecycle` of Container.
   *
   * @default - left out
   */
  readonly lifecycle?: LifecycleFields;
  /**
   * `livenessProbe` of Container.
   *
   * @default - left out
   */
  readonly livenessProbe?: ProbeFields;
  /**
   * `name` of Container.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `ports` of Container: merged with what is there by `containerPort` and `protocol`.
   *
   * @default - left out
   */
  readonly ports?: ContainerPortFields[];
  /**
   * `readinessProbe` of Container.
   *
   * @default - left out
   */
  readonly readinessProbe?: ProbeFields;
  /**
   * `resizePolicy` of Container: replaces what is there.
   *
   * @default - left out
   */
  readonly resizePolicy?: ContainerResizePolicyFields[];
  /**
   * `resources` of Container.
   *
   * @default - left out
   */
  readonly resources?: ResourceRequirementsFields;
  /**
   * `restartPolicy` of Container; known from Kubernetes 1.28.
   *
   * @default - left out
   */
  readonly restartPolicy?: string;
  /**
   * `restartPolicyRules` of Container: replaces what is there; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly restartPolicyRules?: ContainerRestartRuleFields[];
  /**
   * `securityContext` of Container.
   *
   * @default - left out
   */
  readonly securityContext?: SecurityContextFields;
  /**
   * `startupProbe` of Container.
   *
   * @default - left out
   */
  readonly startupProbe?: ProbeFields;
  /**
   * `stdin` of Container.
   *
   * @default - left out
   */
  readonly stdin?: boolean;
  /**
   * `stdinOnce` of Container.
   *
   * @default - left out
   */
  readonly stdinOnce?: boolean;
  /**
   * `terminationMessagePath` of Container.
   *
   * @default - left out
   */
  readonly terminationMessagePath?: string;
  /**
   * `terminationMessagePolicy` of Container.
   *
   * @default - left out
   */
  readonly terminationMessagePolicy?: string;
  /**
   * `tty` of Container.
   *
   * @default - left out
   */
  readonly tty?: boolean;
  /**
   * `volumeDevices` of Container: merged with what is there by `devicePath`.
   *
   * @default - left out
   */
  readonly volumeDevices?: VolumeDeviceFields[];
  /**
   * `volumeMounts` of Container: merged with what is there by `mountPath`.
   *
   * @default - left out
   */
  readonly volumeMounts?: VolumeMountFields[];
  /**
   * `workingDir` of Container.
   *
   * @default - left out
   */
  readonly workingDir?: string;
}

/**
 * Fields of ContainerPort.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#containerport-v1-core
 */
export interface ContainerPortFields {
  /**
   * `containerPort` of ContainerPort.
   *
   * @default - left out
   */
  readonly containerPort?: number;
  /**
   * `hostIP` of ContainerPort.
   *
   * @default - left out
   */
  readonly hostIp?: string;
  /**
   * `hostPort` of ContainerPort.
   *
   * @default - left out
   */
  readonly hostPort?: number;
  /**
   * `name` of ContainerPort.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `protocol` of ContainerPort.
   *
   * @default - left out
   */
  readonly protocol?: string;
}

/**
 * Fields of ContainerResizePolicy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#containerresizepolicy-v1-core
 */
export interface ContainerResizePolicyFields {
  /**
   * `resourceName` of ContainerResizePolicy.
   *
   * @default - left out
   */
  readonly resourceName?: string;
  /**
   * `restartPolicy` of ContainerResizePolicy.
   *
   * @default - left out
   */
  readonly restartPolicy?: string;
}

/**
 * Fields of ContainerResourceMetricSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#containerresourcemetricsource-v2-autoscaling
 */
export interface ContainerResourceMetricSourceFields {
  /**
   * `container` of ContainerResourceMetricSource.
   *
   * @default - left out
   */
  readonly container?: string;
  /**
   * `name` of ContainerResourceMetricSource.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `target` of ContainerResourceMetricSource.
   *
   * @default - left out
   */
  readonly target?: MetricTargetFields;
}

/**
 * Fields of ContainerRestartRule; known from Kubernetes 1.34.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#containerrestartrule-v1-core
 */
export interface ContainerRestartRuleFields {
  /**
   * `action` of ContainerRestartRule; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly action?: string;
  /**
   * `exitCodes` of ContainerRestartRule; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly exitCodes?: ContainerRestartRuleOnExitCodesFields;
}

/**
 * Fields of ContainerRestartRuleOnExitCodes; known from Kubernetes 1.34.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#containerrestartruleonexitcodes-v1-core
 */
export interface ContainerRestartRuleOnExitCodesFields {
  /**
   * `operator` of ContainerRestartRuleOnExitCodes; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly operator?: string;
  /**
   * `values` of ContainerRestartRuleOnExitCodes: replaces what is there; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly values?: number[];
}

/**
 * Fields of CronJobSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#cronjobspec-v1-batch
 */
export interface CronJobSpecFields {
  /**
   * `concurrencyPolicy` of CronJobSpec.
   *
   * @default - left out
   */
  readonly concurrencyPolicy?: string;
  /**
   * `failedJobsHistoryLimit` of CronJobSpec.
   *
   * @default - left out
   */
  readonly failedJobsHistoryLimit?: number;
  /**
   * `jobTemplate` of CronJobSpec.
   *
   * @default - left out
   */
  readonly jobTemplate?: JobTemplateSpecFields;
  /**
   * `schedule` of CronJobSpec.
   *
   * @default - left out
   */
  readonly schedule?: string;
  /**
   * `startingDeadlineSeconds` of CronJobSpec.
   *
   * @default - left out
   */
  readonly startingDeadlineSeconds?: number;
  /**
   * `successfulJobsHistoryLimit` of CronJobSpec.
   *
   * @default - left out
   */
  readonly successfulJobsHistoryLimit?: number;
  /**
   * `suspend` of CronJobSpec.
   *
   * @default - left out
   */
  readonly suspend?: boolean;
  /**
   * `timeZone` of CronJobSpec.
   *
   * @default - left out
   */
  readonly timeZone?: string;
}

/**
 * Fields of CrossVersionObjectReference.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#crossversionobjectreference-v2-autoscaling
 */
export interface CrossVersionObjectReferenceFields {
  /**
   * `apiVersion` of CrossVersionObjectReference.
   *
   * @default - left out
   */
  readonly apiVersion?: string;
  /**
   * `kind` of CrossVersionObjectReference.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of CrossVersionObjectReference.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of DaemonSetSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#daemonsetspec-v1-apps
 */
export interface DaemonSetSpecFields {
  /**
   * `minReadySeconds` of DaemonSetSpec.
   *
   * @default - left out
   */
  readonly minReadySeconds?: number;
  /**
   * `revisionHistoryLimit` of DaemonSetSpec.
   *
   * @default - left out
   */
  readonly revisionHistoryLimit?: number;
  /**
   * `selector` of DaemonSetSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `template` of DaemonSetSpec.
   *
   * @default - left out
   */
  readonly template?: PodTemplateSpecFields;
  /**
   * `updateStrategy` of DaemonSetSpec.
   *
   * @default - left out
   */
  readonly updateStrategy?: DaemonSetUpdateStrategyFields;
}

/**
 * Fields of DaemonSetUpdateStrategy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#daemonsetupdatestrategy-v1-apps
 */
export interface DaemonSetUpdateStrategyFields {
  /**
   * `rollingUpdate` of DaemonSetUpdateStrategy.
   *
   * @default - left out
   */
  readonly rollingUpdate?: RollingUpdateDaemonSetFields;
  /**
   * `type` of DaemonSetUpdateStrategy: drops the fields that do not go with it.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of DeploymentSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#deploymentspec-v1-apps
 */
export interface DeploymentSpecFields {
  /**
   * `minReadySeconds` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly minReadySeconds?: number;
  /**
   * `paused` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly paused?: boolean;
  /**
   * `progressDeadlineSeconds` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly progressDeadlineSeconds?: number;
  /**
   * `replicas` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly replicas?: number;
  /**
   * `revisionHistoryLimit` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly revisionHistoryLimit?: number;
  /**
   * `selector` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `strategy` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly strategy?: DeploymentStrategyFields;
  /**
   * `template` of DeploymentSpec.
   *
   * @default - left out
   */
  readonly template?: PodTemplateSpecFields;
}

/**
 * Fields of DeploymentStrategy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#deploymentstrategy-v1-apps
 */
export interface DeploymentStrategyFields {
  /**
   * `rollingUpdate` of DeploymentStrategy.
   *
   * @default - left out
   */
  readonly rollingUpdate?: RollingUpdateDeploymentFields;
  /**
   * `type` of DeploymentStrategy: drops the fields that do not go with it.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of DownwardAPIProjection.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#downwardapiprojection-v1-core
 */
export interface DownwardApiProjectionFields {
  /**
   * `items` of DownwardAPIProjection: replaces what is there.
   *
   * @default - left out
   */
  readonly items?: DownwardApiVolumeFileFields[];
}

/**
 * Fields of DownwardAPIVolumeFile.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#downwardapivolumefile-v1-core
 */
export interface DownwardApiVolumeFileFields {
  /**
   * `fieldRef` of DownwardAPIVolumeFile.
   *
   * @default - left out
   */
  readonly fieldRef?: ObjectFieldSelectorFields;
  /**
   * `mode` of DownwardAPIVolumeFile.
   *
   * @default - left out
   */
  readonly mode?: number;
  /**
   * `path` of DownwardAPIVolumeFile.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `resourceFieldRef` of DownwardAPIVolumeFile.
   *
   * @default - left out
   */
  readonly resourceFieldRef?: ResourceFieldSelectorFields;
}

/**
 * Fields of DownwardAPIVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#downwardapivolumesource-v1-core
 */
export interface DownwardApiVolumeSourceFields {
  /**
   * `defaultMode` of DownwardAPIVolumeSource.
   *
   * @default - left out
   */
  readonly defaultMode?: number;
  /**
   * `items` of DownwardAPIVolumeSource: replaces what is there.
   *
   * @default - left out
   */
  readonly items?: DownwardApiVolumeFileFields[];
}

/**
 * Fields of EmptyDirVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#emptydirvolumesource-v1-core
 */
export interface EmptyDirVolumeSourceFields {
  /**
   * `medium` of EmptyDirVolumeSource.
   *
   * @default - left out
   */
  readonly medium?: string;
  /**
   * `sizeLimit` of EmptyDirVolumeSource: a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly sizeLimit?: string;
}

/**
 * Fields of EnvFromSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#envfromsource-v1-core
 */
export interface EnvFromSourceFields {
  /**
   * `configMapRef` of EnvFromSource.
   *
   * @default - left out
   */
  readonly configMapRef?: ConfigMapEnvSourceFields;
  /**
   * `prefix` of EnvFromSource.
   *
   * @default - left out
   */
  readonly prefix?: string;
  /**
   * `secretRef` of EnvFromSource.
   *
   * @default - left out
   */
  readonly secretRef?: SecretEnvSourceFields;
}

/**
 * Fields of EnvVar.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#envvar-v1-core
 */
export interface EnvVarFields {
  /**
   * `name` of EnvVar.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `value` of EnvVar: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly value?: string;
  /**
   * `valueFrom` of EnvVar: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly valueFrom?: EnvVarSourceFields;
}

/**
 * Fields of EnvVarSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#envvarsource-v1-core
 */
export interface EnvVarSourceFields {
  /**
   * `configMapKeyRef` of EnvVarSource: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly configMapKeyRef?: ConfigMapKeySelectorFields;
  /**
   * `fieldRef` of EnvVarSource: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly fieldRef?: ObjectFieldSelectorFields;
  /**
   * `fileKeyRef` of EnvVarSource: takes the place of its alternatives; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly fileKeyRef?: FileKeySelectorFields;
  /**
   * `resourceFieldRef` of EnvVarSource: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly resourceFieldRef?: ResourceFieldSelectorFields;
  /**
   * `secretKeyRef` of EnvVarSource: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly secretKeyRef?: SecretKeySelectorFields;
}

/**
 * Fields of EphemeralVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ephemeralvolumesource-v1-core
 */
export interface EphemeralVolumeSourceFields {
  /**
   * `volumeClaimTemplate` of EphemeralVolumeSource.
   *
   * @default - left out
   */
  readonly volumeClaimTemplate?: PersistentVolumeClaimTemplateFields;
}

/**
 * Fields of ExecAction.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#execaction-v1-core
 */
export interface ExecActionFields {
  /**
   * `command` of ExecAction: replaces what is there.
   *
   * @default - left out
   */
  readonly command?: string[];
}

/**
 * Fields of ExternalMetricSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#externalmetricsource-v2-autoscaling
 */
export interface ExternalMetricSourceFields {
  /**
   * `metric` of ExternalMetricSource.
   *
   * @default - left out
   */
  readonly metric?: MetricIdentifierFields;
  /**
   * `target` of ExternalMetricSource.
   *
   * @default - left out
   */
  readonly target?: MetricTargetFields;
}

/**
 * Fields of FCVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#fcvolumesource-v1-core
 */
export interface FcVolumeSourceFields {
  /**
   * `fsType` of FCVolumeSource.
   *
   * @default - left out
   */
  readonly fsType?: string;
  /**
   * `lun` of FCVolumeSource.
   *
   * @default - left out
   */
  readonly lun?: number;
  /**
   * `readOnly` of FCVolumeSource.
   *
   * @default - left out
   */
  readonly readOnly?: boolean;
  /**
   * `targetWWNs` of FCVolumeSource: replaces what is there.
   *
   * @default - left out
   */
  readonly targetWwns?: string[];
  /**
   * `wwids` of FCVolumeSource: replaces what is there.
   *
   * @default - left out
   */
  readonly wwids?: string[];
}

/**
 * Fields of FileKeySelector; known from Kubernetes 1.34.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#filekeyselector-v1-core
 */
export interface FileKeySelectorFields {
  /**
   * `key` of FileKeySelector; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `optional` of FileKeySelector; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly optional?: boolean;
  /**
   * `path` of FileKeySelector; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `volumeName` of FileKeySelector; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly volumeName?: string;
}

/**
 * Fields of GRPCAction.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#grpcaction-v1-core
 */
export interface GrpcActionFields {
  /**
   * `port` of GRPCAction.
   *
   * @default - left out
   */
  readonly port?: number;
  /**
   * `service` of GRPCAction.
   *
   * @default - left out
   */
  readonly service?: string;
}

/**
 * Fields of HPAScalingPolicy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#hpascalingpolicy-v2-autoscaling
 */
export interface HpaScalingPolicyFields {
  /**
   * `periodSeconds` of HPAScalingPolicy.
   *
   * @default - left out
   */
  readonly periodSeconds?: number;
  /**
   * `type` of HPAScalingPolicy.
   *
   * @default - left out
   */
  readonly type?: string;
  /**
   * `value` of HPAScalingPolicy.
   *
   * @default - left out
   */
  readonly value?: number;
}

/**
 * Fields of HPAScalingRules.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#hpascalingrules-v2-autoscaling
 */
export interface HpaScalingRulesFields {
  /**
   * `policies` of HPAScalingRules: replaces what is there.
   *
   * @default - left out
   */
  readonly policies?: HpaScalingPolicyFields[];
  /**
   * `selectPolicy` of HPAScalingRules.
   *
   * @default - left out
   */
  readonly selectPolicy?: string;
  /**
   * `stabilizationWindowSeconds` of HPAScalingRules.
   *
   * @default - left out
   */
  readonly stabilizationWindowSeconds?: number;
  /**
   * `tolerance` of HPAScalingRules: a quantity, such as `100m` or `1Gi`; known from Kubernetes 1.33.
   *
   * @default - left out
   */
  readonly tolerance?: string;
}

/**
 * Fields of HTTPGetAction.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#httpgetaction-v1-core
 */
export interface HttpGetActionFields {
  /**
   * `host` of HTTPGetAction.
   *
   * @default - left out
   */
  readonly host?: string;
  /**
   * `httpHeaders` of HTTPGetAction: replaces what is there.
   *
   * @default - left out
   */
  readonly httpHeaders?: HttpHeaderFields[];
  /**
   * `path` of HTTPGetAction.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `port` of HTTPGetAction: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly port?: any;
  /**
   * `scheme` of HTTPGetAction.
   *
   * @default - left out
   */
  readonly scheme?: string;
}

/**
 * Fields of HTTPHeader.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#httpheader-v1-core
 */
export interface HttpHeaderFields {
  /**
   * `name` of HTTPHeader.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `value` of HTTPHeader.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of HTTPIngressPath.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#httpingresspath-v1-networking-k8s-io
 */
export interface HttpIngressPathFields {
  /**
   * `backend` of HTTPIngressPath.
   *
   * @default - left out
   */
  readonly backend?: IngressBackendFields;
  /**
   * `path` of HTTPIngressPath.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `pathType` of HTTPIngressPath.
   *
   * @default - left out
   */
  readonly pathType?: string;
}

/**
 * Fields of HTTPIngressRuleValue.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#httpingressrulevalue-v1-networking-k8s-io
 */
export interface HttpIngressRuleValueFields {
  /**
   * `paths` of HTTPIngressRuleValue: replaces what is there.
   *
   * @default - left out
   */
  readonly paths?: HttpIngressPathFields[];
}

/**
 * Fields of HorizontalPodAutoscalerBehavior.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#horizontalpodautoscalerbehavior-v2-autoscaling
 */
export interface HorizontalPodAutoscalerBehaviorFields {
  /**
   * `scaleDown` of HorizontalPodAutoscalerBehavior.
   *
   * @default - left out
   */
  readonly scaleDown?: HpaScalingRulesFields;
  /**
   * `scaleUp` of HorizontalPodAutoscalerBehavior.
   *
   * @default - left out
   */
  readonly scaleUp?: HpaScalingRulesFields;
}

/**
 * Fields of HorizontalPodAutoscalerSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#horizontalpodautoscalerspec-v2-autoscaling
 */
export interface HorizontalPodAutoscalerSpecFields {
  /**
   * `behavior` of HorizontalPodAutoscalerSpec.
   *
   * @default - left out
   */
  readonly behavior?: HorizontalPodAutoscalerBehaviorFields;
  /**
   * `maxReplicas` of HorizontalPodAutoscalerSpec.
   *
   * @default - left out
   */
  readonly maxReplicas?: number;
  /**
   * `metrics` of HorizontalPodAutoscalerSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly metrics?: MetricSpecFields[];
  /**
   * `minReplicas` of HorizontalPodAutoscalerSpec.
   *
   * @default - left out
   */
  readonly minReplicas?: number;
  /**
   * `scaleTargetRef` of HorizontalPodAutoscalerSpec.
   *
   * @default - left out
   */
  readonly scaleTargetRef?: CrossVersionObjectReferenceFields;
}

/**
 * Fields of HostAlias.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#hostalias-v1-core
 */
export interface HostAliasFields {
  /**
   * `hostnames` of HostAlias: replaces what is there.
   *
   * @default - left out
   */
  readonly hostnames?: string[];
  /**
   * `ip` of HostAlias.
   *
   * @default - left out
   */
  readonly ip?: string;
}

/**
 * Fields of HostPathVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#hostpathvolumesource-v1-core
 */
export interface HostPathVolumeSourceFields {
  /**
   * `path` of HostPathVolumeSource.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `type` of HostPathVolumeSource.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of IPBlock.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ipblock-v1-networking-k8s-io
 */
export interface IpBlockFields {
  /**
   * `cidr` of IPBlock.
   *
   * @default - left out
   */
  readonly cidr?: string;
  /**
   * `except` of IPBlock: replaces what is there.
   *
   * @default - left out
   */
  readonly except?: string[];
}

/**
 * Fields of ISCSIVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#iscsivolumesource-v1-core
 */
export interface IscsiVolumeSourceFields {
  /**
   * `chapAuthDiscovery` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly chapAuthDiscovery?: boolean;
  /**
   * `chapAuthSession` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly chapAuthSession?: boolean;
  /**
   * `fsType` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly fsType?: string;
  /**
   * `initiatorName` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly initiatorName?: string;
  /**
   * `iqn` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly iqn?: string;
  /**
   * `iscsiInterface` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly iscsiInterface?: string;
  /**
   * `lun` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly lun?: number;
  /**
   * `portals` of ISCSIVolumeSource: replaces what is there.
   *
   * @default - left out
   */
  readonly portals?: string[];
  /**
   * `readOnly` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly readOnly?: boolean;
  /**
   * `secretRef` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly secretRef?: LocalObjectReferenceFields;
  /**
   * `targetPortal` of ISCSIVolumeSource.
   *
   * @default - left out
   */
  readonly targetPortal?: string;
}

/**
 * Fields of ImageVolumeSource; known from Kubernetes 1.31.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#imagevolumesource-v1-core
 */
export interface ImageVolumeSourceFields {
  /**
   * `pullPolicy` of ImageVolumeSource; known from Kubernetes 1.31.
   *
   * @default - left out
   */
  readonly pullPolicy?: string;
  /**
   * `reference` of ImageVolumeSource; known from Kubernetes 1.31.
   *
   * @default - left out
   */
  readonly reference?: string;
}

/**
 * Fields of IngressBackend.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ingressbackend-v1-networking-k8s-io
 */
export interface IngressBackendFields {
  /**
   * `resource` of IngressBackend: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly resource?: TypedLocalObjectReferenceFields;
  /**
   * `service` of IngressBackend: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly service?: IngressServiceBackendFields;
}

/**
 * Fields of IngressRule.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ingressrule-v1-networking-k8s-io
 */
export interface IngressRuleFields {
  /**
   * `host` of IngressRule.
   *
   * @default - left out
   */
  readonly host?: string;
  /**
   * `http` of IngressRule.
   *
   * @default - left out
   */
  readonly http?: HttpIngressRuleValueFields;
}

/**
 * Fields of IngressServiceBackend.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ingressservicebackend-v1-networking-k8s-io
 */
export interface IngressServiceBackendFields {
  /**
   * `name` of IngressServiceBackend.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `port` of IngressServiceBackend.
   *
   * @default - left out
   */
  readonly port?: ServiceBackendPortFields;
}

/**
 * Fields of IngressSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ingressspec-v1-networking-k8s-io
 */
export interface IngressSpecFields {
  /**
   * `defaultBackend` of IngressSpec.
   *
   * @default - left out
   */
  readonly defaultBackend?: IngressBackendFields;
  /**
   * `ingressClassName` of IngressSpec.
   *
   * @default - left out
   */
  readonly ingressClassName?: string;
  /**
   * `rules` of IngressSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly rules?: IngressRuleFields[];
  /**
   * `tls` of IngressSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly tls?: IngressTlsFields[];
}

/**
 * Fields of IngressTLS.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#ingresstls-v1-networking-k8s-io
 */
export interface IngressTlsFields {
  /**
   * `hosts` of IngressTLS: replaces what is there.
   *
   * @default - left out
   */
  readonly hosts?: string[];
  /**
   * `secretName` of IngressTLS.
   *
   * @default - left out
   */
  readonly secretName?: string;
}

/**
 * Fields of JobSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#jobspec-v1-batch
 */
export interface JobSpecFields {
  /**
   * `activeDeadlineSeconds` of JobSpec.
   *
   * @default - left out
   */
  readonly activeDeadlineSeconds?: number;
  /**
   * `backoffLimit` of JobSpec.
   *
   * @default - left out
   */
  readonly backoffLimit?: number;
  /**
   * `backoffLimitPerIndex` of JobSpec; known from Kubernetes 1.28.
   *
   * @default - left out
   */
  readonly backoffLimitPerIndex?: number;
  /**
   * `completionMode` of JobSpec.
   *
   * @default - left out
   */
  readonly completionMode?: string;
  /**
   * `completions` of JobSpec.
   *
   * @default - left out
   */
  readonly completions?: number;
  /**
   * `managedBy` of JobSpec; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly managedBy?: string;
  /**
   * `manualSelector` of JobSpec.
   *
   * @default - left out
   */
  readonly manualSelector?: boolean;
  /**
   * `maxFailedIndexes` of JobSpec; known from Kubernetes 1.28.
   *
   * @default - left out
   */
  readonly maxFailedIndexes?: number;
  /**
   * `parallelism` of JobSpec.
   *
   * @default - left out
   */
  readonly parallelism?: number;
  /**
   * `podFailurePolicy` of JobSpec.
   *
   * @default - left out
   */
  readonly podFailurePolicy?: PodFailurePolicyFields;
  /**
   * `podReplacementPolicy` of JobSpec; known from Kubernetes 1.28.
   *
   * @default - left out
   */
  readonly podReplacementPolicy?: string;
  /**
   * `selector` of JobSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `successPolicy` of JobSpec; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly successPolicy?: SuccessPolicyFields;
  /**
   * `suspend` of JobSpec.
   *
   * @default - left out
   */
  readonly suspend?: boolean;
  /**
   * `template` of JobSpec.
   *
   * @default - left out
   */
  readonly template?: PodTemplateSpecFields;
  /**
   * `ttlSecondsAfterFinished` of JobSpec.
   *
   * @default - left out
   */
  readonly ttlSecondsAfterFinished?: number;
}

/**
 * Fields of JobTemplateSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#jobtemplatespec-v1-batch
 */
export interface JobTemplateSpecFields {
  /**
   * `metadata` of JobTemplateSpec.
   *
   * @default - left out
   */
  readonly metadata?: ObjectMetaFields;
  /**
   * `spec` of JobTemplateSpec.
   *
   * @default - left out
   */
  readonly spec?: JobSpecFields;
}

/**
 * Fields of KeyToPath.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#keytopath-v1-core
 */
export interface KeyToPathFields {
  /**
   * `key` of KeyToPath.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `mode` of KeyToPath.
   *
   * @default - left out
   */
  readonly mode?: number;
  /**
   * `path` of KeyToPath.
   *
   * @default - left out
   */
  readonly path?: string;
}

/**
 * Fields of LabelSelector.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#labelselector-v1-meta
 */
export interface LabelSelectorFields {
  /**
   * `matchExpressions` of LabelSelector: replaces what is there.
   *
   * @default - left out
   */
  readonly matchExpressions?: LabelSelectorRequirementFields[];
  /**
   * `matchLabels` of LabelSelector.
   *
   * @default - left out
   */
  readonly matchLabels?: { readonly [key: string]: string };
}

/**
 * Fields of LabelSelectorRequirement.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#labelselectorrequirement-v1-meta
 */
export interface LabelSelectorRequirementFields {
  /**
   * `key` of LabelSelectorRequirement.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `operator` of LabelSelectorRequirement.
   *
   * @default - left out
   */
  readonly operator?: string;
  /**
   * `values` of LabelSelectorRequirement: replaces what is there.
   *
   * @default - left out
   */
  readonly values?: string[];
}

/**
 * Fields of Lifecycle.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#lifecycle-v1-core
 */
export interface LifecycleFields {
  /**
   * `postStart` of Lifecycle.
   *
   * @default - left out
   */
  readonly postStart?: LifecycleHandlerFields;
  /**
   * `preStop` of Lifecycle.
   *
   * @default - left out
   */
  readonly preStop?: LifecycleHandlerFields;
  /**
   * `stopSignal` of Lifecycle; known from Kubernetes 1.33.
   *
   * @default - left out
   */
  readonly stopSignal?: string;
}

/**
 * Fields of LifecycleHandler.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#lifecyclehandler-v1-core
 */
export interface LifecycleHandlerFields {
  /**
   * `exec` of LifecycleHandler: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly exec?: ExecActionFields;
  /**
   * `httpGet` of LifecycleHandler: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly httpGet?: HttpGetActionFields;
  /**
   * `sleep` of LifecycleHandler: takes the place of its alternatives; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly sleep?: SleepActionFields;
  /**
   * `tcpSocket` of LifecycleHandler: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly tcpSocket?: TcpSocketActionFields;
}

/**
 * Fields of LimitRangeItem.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#limitrangeitem-v1-core
 */
export interface LimitRangeItemFields {
  /**
   * `default` of LimitRangeItem: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly default?: { readonly [key: string]: string };
  /**
   * `defaultRequest` of LimitRangeItem: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly defaultRequest?: { readonly [key: string]: string };
  /**
   * `max` of LimitRangeItem: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly max?: { readonly [key: string]: string };
  /**
   * `maxLimitRequestRatio` of LimitRangeItem: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly maxLimitRequestRatio?: { readonly [key: string]: string };
  /**
   * `min` of LimitRangeItem: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly min?: { readonly [key: string]: string };
  /**
   * `type` of LimitRangeItem.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of LimitRangeSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#limitrangespec-v1-core
 */
export interface LimitRangeSpecFields {
  /**
   * `limits` of LimitRangeSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly limits?: LimitRangeItemFields[];
}

/**
 * Fields of LocalObjectReference.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#localobjectreference-v1-core
 */
export interface LocalObjectReferenceFields {
  /**
   * `name` of LocalObjectReference.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of MetricIdentifier.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#metricidentifier-v2-autoscaling
 */
export interface MetricIdentifierFields {
  /**
   * `name` of MetricIdentifier.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `selector` of MetricIdentifier.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
}

/**
 * Fields of MetricSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#metricspec-v2-autoscaling
 */
export interface MetricSpecFields {
  /**
   * `containerResource` of MetricSpec.
   *
   * @default - left out
   */
  readonly containerResource?: ContainerResourceMetricSourceFields;
  /**
   * `external` of MetricSpec.
   *
   * @default - left out
   */
  readonly external?: ExternalMetricSourceFields;
  /**
   * `object` of MetricSpec.
   *
   * @default - left out
   */
  readonly object?: ObjectMetricSourceFields;
  /**
   * `pods` of MetricSpec.
   *
   * @default - left out
   */
  readonly pods?: PodsMetricSourceFields;
  /**
   * `resource` of MetricSpec.
   *
   * @default - left out
   */
  readonly resource?: ResourceMetricSourceFields;
  /**
   * `type` of MetricSpec.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of MetricTarget.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#metrictarget-v2-autoscaling
 */
export interface MetricTargetFields {
  /**
   * `averageUtilization` of MetricTarget.
   *
   * @default - left out
   */
  readonly averageUtilization?: number;
  /**
   * `averageValue` of MetricTarget: a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly averageValue?: string;
  /**
   * `type` of MetricTarget.
   *
   * @default - left out
   */
  readonly type?: string;
  /**
   * `value` of MetricTarget: a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of NFSVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#nfsvolumesource-v1-core
 */
export interface NfsVolumeSourceFields {
  /**
   * `path` of NFSVolumeSource.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `readOnly` of NFSVolumeSource.
   *
   * @default - left out
   */
  readonly readOnly?: boolean;
  /**
   * `server` of NFSVolumeSource.
   *
   * @default - left out
   */
  readonly server?: string;
}

/**
 * Fields of NetworkPolicyEgressRule.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#networkpolicyegressrule-v1-networking-k8s-io
 */
export interface NetworkPolicyEgressRuleFields {
  /**
   * `ports` of NetworkPolicyEgressRule: replaces what is there.
   *
   * @default - left out
   */
  readonly ports?: NetworkPolicyPortFields[];
  /**
   * `to` of NetworkPolicyEgressRule: replaces what is there.
   *
   * @default - left out
   */
  readonly to?: NetworkPolicyPeerFields[];
}

/**
 * Fields of NetworkPolicyIngressRule.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#networkpolicyingressrule-v1-networking-k8s-io
 */
export interface NetworkPolicyIngressRuleFields {
  /**
   * `from` of NetworkPolicyIngressRule: replaces what is there.
   *
   * @default - left out
   */
  readonly from?: NetworkPolicyPeerFields[];
  /**
   * `ports` of NetworkPolicyIngressRule: replaces what is there.
   *
   * @default - left out
   */
  readonly ports?: NetworkPolicyPortFields[];
}

/**
 * Fields of NetworkPolicyPeer.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#networkpolicypeer-v1-networking-k8s-io
 */
export interface NetworkPolicyPeerFields {
  /**
   * `ipBlock` of NetworkPolicyPeer.
   *
   * @default - left out
   */
  readonly ipBlock?: IpBlockFields;
  /**
   * `namespaceSelector` of NetworkPolicyPeer.
   *
   * @default - left out
   */
  readonly namespaceSelector?: LabelSelectorFields;
  /**
   * `podSelector` of NetworkPolicyPeer.
   *
   * @default - left out
   */
  readonly podSelector?: LabelSelectorFields;
}

/**
 * Fields of NetworkPolicyPort.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#networkpolicyport-v1-networking-k8s-io
 */
export interface NetworkPolicyPortFields {
  /**
   * `endPort` of NetworkPolicyPort.
   *
   * @default - left out
   */
  readonly endPort?: number;
  /**
   * `port` of NetworkPolicyPort: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly port?: any;
  /**
   * `protocol` of NetworkPolicyPort.
   *
   * @default - left out
   */
  readonly protocol?: string;
}

/**
 * Fields of NetworkPolicySpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#networkpolicyspec-v1-networking-k8s-io
 */
export interface NetworkPolicySpecFields {
  /**
   * `egress` of NetworkPolicySpec: replaces what is there.
   *
   * @default - left out
   */
  readonly egress?: NetworkPolicyEgressRuleFields[];
  /**
   * `ingress` of NetworkPolicySpec: replaces what is there.
   *
   * @default - left out
   */
  readonly ingress?: NetworkPolicyIngressRuleFields[];
  /**
   * `podSelector` of NetworkPolicySpec.
   *
   * @default - left out
   */
  readonly podSelector?: LabelSelectorFields;
  /**
   * `policyTypes` of NetworkPolicySpec: replaces what is there.
   *
   * @default - left out
   */
  readonly policyTypes?: string[];
}

/**
 * Fields of NodeAffinity.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#nodeaffinity-v1-core
 */
export interface NodeAffinityFields {
  /**
   * `preferredDuringSchedulingIgnoredDuringExecution` of NodeAffinity: replaces what is there.
   *
   * @default - left out
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTermFields[];
  /**
   * `requiredDuringSchedulingIgnoredDuringExecution` of NodeAffinity.
   *
   * @default - left out
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelectorFields;
}

/**
 * Fields of NodeSelector.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#nodeselector-v1-core
 */
export interface NodeSelectorFields {
  /**
   * `nodeSelectorTerms` of NodeSelector: replaces what is there.
   *
   * @default - left out
   */
  readonly nodeSelectorTerms?: NodeSelectorTermFields[];
}

/**
 * Fields of NodeSelectorRequirement.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#nodeselectorrequirement-v1-core
 */
export interface NodeSelectorRequirementFields {
  /**
   * `key` of NodeSelectorRequirement.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `operator` of NodeSelectorRequirement.
   *
   * @default - left out
   */
  readonly operator?: string;
  /**
   * `values` of NodeSelectorRequirement: replaces what is there.
   *
   * @default - left out
   */
  readonly values?: string[];
}

/**
 * Fields of NodeSelectorTerm.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#nodeselectorterm-v1-core
 */
export interface NodeSelectorTermFields {
  /**
   * `matchExpressions` of NodeSelectorTerm: replaces what is there.
   *
   * @default - left out
   */
  readonly matchExpressions?: NodeSelectorRequirementFields[];
  /**
   * `matchFields` of NodeSelectorTerm: replaces what is there.
   *
   * @default - left out
   */
  readonly matchFields?: NodeSelectorRequirementFields[];
}

/**
 * Fields of ObjectFieldSelector.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#objectfieldselector-v1-core
 */
export interface ObjectFieldSelectorFields {
  /**
   * `apiVersion` of ObjectFieldSelector.
   *
   * @default - left out
   */
  readonly apiVersion?: string;
  /**
   * `fieldPath` of ObjectFieldSelector.
   *
   * @default - left out
   */
  readonly fieldPath?: string;
}

/**
 * Fields of ObjectMeta.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#objectmeta-v1-meta
 */
export interface ObjectMetaFields {
  /**
   * `annotations` of ObjectMeta.
   *
   * @default - left out
   */
  readonly annotations?: { readonly [key: string]: string };
  /**
   * `finalizers` of ObjectMeta: replaces what is there.
   *
   * @default - left out
   */
  readonly finalizers?: string[];
  /**
   * `labels` of ObjectMeta.
   *
   * @default - left out
   */
  readonly labels?: { readonly [key: string]: string };
  /**
   * `name` of ObjectMeta.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of ObjectMetricSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#objectmetricsource-v2-autoscaling
 */
export interface ObjectMetricSourceFields {
  /**
   * `describedObject` of ObjectMetricSource.
   *
   * @default - left out
   */
  readonly describedObject?: CrossVersionObjectReferenceFields;
  /**
   * `metric` of ObjectMetricSource.
   *
   * @default - left out
   */
  readonly metric?: MetricIdentifierFields;
  /**
   * `target` of ObjectMetricSource.
   *
   * @default - left out
   */
  readonly target?: MetricTargetFields;
}

/**
 * Fields of PersistentVolumeClaim.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#persistentvolumeclaim-v1-core
 */
export interface PersistentVolumeClaimFields {
  /**
   * `metadata` of PersistentVolumeClaim.
   *
   * @default - left out
   */
  readonly metadata?: ObjectMetaFields;
  /**
   * `spec` of PersistentVolumeClaim.
   *
   * @default - left out
   */
  readonly spec?: PersistentVolumeClaimSpecFields;
}

/**
 * Fields of PersistentVolumeClaimSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#persistentvolumeclaimspec-v1-core
 */
export interface PersistentVolumeClaimSpecFields {
  /**
   * `accessModes` of PersistentVolumeClaimSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly accessModes?: string[];
  /**
   * `dataSource` of PersistentVolumeClaimSpec.
   *
   * @default - left out
   */
  readonly dataSource?: TypedLocalObjectReferenceFields;
  /**
   * `dataSourceRef` of PersistentVolumeClaimSpec.
   *
   * @default - left out
   */
  readonly dataSourceRef?: TypedObjectReferenceFields;
  /**
   * `resources` of PersistentVolumeClaimSpec.
   *
   * @default - left out
   */
  readonly resources?: VolumeResourceRequirementsFields;
  /**
   * `selector` of PersistentVolumeClaimSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `storageClassName` of PersistentVolumeClaimSpec.
   *
   * @default - left out
   */
  readonly storageClassName?: string;
  /**
   * `volumeAttributesClassName` of PersistentVolumeClaimSpec; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly volumeAttributesClassName?: string;
  /**
   * `volumeMode` of PersistentVolumeClaimSpec.
   *
   * @default - left out
   */
  readonly volumeMode?: string;
  /**
   * `volumeName` of PersistentVolumeClaimSpec.
   *
   * @default - left out
   */
  readonly volumeName?: string;
}

/**
 * Fields of PersistentVolumeClaimTemplate.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#persistentvolumeclaimtemplate-v1-core
 */
export interface PersistentVolumeClaimTemplateFields {
  /**
   * `metadata` of PersistentVolumeClaimTemplate.
   *
   * @default - left out
   */
  readonly metadata?: ObjectMetaFields;
  /**
   * `spec` of PersistentVolumeClaimTemplate.
   *
   * @default - left out
   */
  readonly spec?: PersistentVolumeClaimSpecFields;
}

/**
 * Fields of PersistentVolumeClaimVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#persistentvolumeclaimvolumesource-v1-core
 */
export interface PersistentVolumeClaimVolumeSourceFields {
  /**
   * `claimName` of PersistentVolumeClaimVolumeSource.
   *
   * @default - left out
   */
  readonly claimName?: string;
  /**
   * `readOnly` of PersistentVolumeClaimVolumeSource.
   *
   * @default - left out
   */
  readonly readOnly?: boolean;
}

/**
 * Fields of PodAffinity.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podaffinity-v1-core
 */
export interface PodAffinityFields {
  /**
   * `preferredDuringSchedulingIgnoredDuringExecution` of PodAffinity: replaces what is there.
   *
   * @default - left out
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTermFields[];
  /**
   * `requiredDuringSchedulingIgnoredDuringExecution` of PodAffinity: replaces what is there.
   *
   * @default - left out
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTermFields[];
}

/**
 * Fields of PodAffinityTerm.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podaffinityterm-v1-core
 */
export interface PodAffinityTermFields {
  /**
   * `labelSelector` of PodAffinityTerm.
   *
   * @default - left out
   */
  readonly labelSelector?: LabelSelectorFields;
  /**
   * `matchLabelKeys` of PodAffinityTerm: replaces what is there; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly matchLabelKeys?: string[];
  /**
   * `mismatchLabelKeys` of PodAffinityTerm: replaces what is there; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly mismatchLabelKeys?: string[];
  /**
   * `namespaceSelector` of PodAffinityTerm.
   *
   * @default - left out
   */
  readonly namespaceSelector?: LabelSelectorFields;
  /**
   * `namespaces` of PodAffinityTerm: replaces what is there.
   *
   * @default - left out
   */
  readonly namespaces?: string[];
  /**
   * `topologyKey` of PodAffinityTerm.
   *
   * @default - left out
   */
  readonly topologyKey?: string;
}

/**
 * Fields of PodAntiAffinity.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podantiaffinity-v1-core
 */
export interface PodAntiAffinityFields {
  /**
   * `preferredDuringSchedulingIgnoredDuringExecution` of PodAntiAffinity: replaces what is there.
   *
   * @default - left out
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTermFields[];
  /**
   * `requiredDuringSchedulingIgnoredDuringExecution` of PodAntiAffinity: replaces what is there.
   *
   * @default - left out
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTermFields[];
}

/**
 * Fields of PodCertificateProjection; known from Kubernetes 1.34.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podcertificateprojection-v1-core
 */
export interface PodCertificateProjectionFields {
  /**
   * `certificateChainPath` of PodCertificateProjection; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly certificateChainPath?: string;
  /**
   * `credentialBundlePath` of PodCertificateProjection; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly credentialBundlePath?: string;
  /**
   * `keyPath` of PodCertificateProjection; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly keyPath?: string;
  /**
   * `keyType` of PodCertificateProjection; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly keyType?: string;
  /**
   * `maxExpirationSeconds` of PodCertificateProjection; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly maxExpirationSeconds?: number;
  /**
   * `signerName` of PodCertificateProjection; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly signerName?: string;
  /**
   * `userAnnotations` of PodCertificateProjection; known from Kubernetes 1.35.
   *
   * @default - left out
   */
  readonly userAnnotations?: { readonly [key: string]: string };
}

/**
 * Fields of PodDNSConfig.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#poddnsconfig-v1-core
 */
export interface PodDnsConfigFields {
  /**
   * `nameservers` of PodDNSConfig: replaces what is there.
   *
   * @default - left out
   */
  readonly nameservers?: string[];
  /**
   * `options` of PodDNSConfig: replaces what is there.
   *
   * @default - left out
   */
  readonly options?: PodDnsConfigOptionFields[];
  /**
   * `searches` of PodDNSConfig: replaces what is there.
   *
   * @default - left out
   */
  readonly searches?: string[];
}

/**
 * Fields of PodDNSConfigOption.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#poddnsconfigoption-v1-core
 */
export interface PodDnsConfigOptionFields {
  /**
   * `name` of PodDNSConfigOption.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `value` of PodDNSConfigOption.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of PodDisruptionBudgetSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#poddisruptionbudgetspec-v1-policy
 */
export interface PodDisruptionBudgetSpecFields {
  /**
   * `maxUnavailable` of PodDisruptionBudgetSpec: a whole number or a string, which jsii has no type for, takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly maxUnavailable?: any;
  /**
   * `minAvailable` of PodDisruptionBudgetSpec: a whole number or a string, which jsii has no type for, takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly minAvailable?: any;
  /**
   * `selector` of PodDisruptionBudgetSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `unhealthyPodEvictionPolicy` of PodDisruptionBudgetSpec.
   *
   * @default - left out
   */
  readonly unhealthyPodEvictionPolicy?: string;
}

/**
 * Fields of PodFailurePolicy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podfailurepolicy-v1-batch
 */
export interface PodFailurePolicyFields {
  /**
   * `rules` of PodFailurePolicy: replaces what is there.
   *
   * @default - left out
   */
  readonly rules?: PodFailurePolicyRuleFields[];
}

/**
 * Fields of PodFailurePolicyOnExitCodesRequirement.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podfailurepolicyonexitcodesrequirement-v1-batch
 */
export interface PodFailurePolicyOnExitCodesRequirementFields {
  /**
   * `containerName` of PodFailurePolicyOnExitCodesRequirement.
   *
   * @default - left out
   */
  readonly containerName?: string;
  /**
   * `operator` of PodFailurePolicyOnExitCodesRequirement.
   *
   * @default - left out
   */
  readonly operator?: string;
  /**
   * `values` of PodFailurePolicyOnExitCodesRequirement: replaces what is there.
   *
   * @default - left out
   */
  readonly values?: number[];
}

/**
 * Fields of PodFailurePolicyOnPodConditionsPattern.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podfailurepolicyonpodconditionspattern-v1-batch
 */
export interface PodFailurePolicyOnPodConditionsPatternFields {
  /**
   * `status` of PodFailurePolicyOnPodConditionsPattern.
   *
   * @default - left out
   */
  readonly status?: string;
  /**
   * `type` of PodFailurePolicyOnPodConditionsPattern.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of PodFailurePolicyRule.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podfailurepolicyrule-v1-batch
 */
export interface PodFailurePolicyRuleFields {
  /**
   * `action` of PodFailurePolicyRule.
   *
   * @default - left out
   */
  readonly action?: string;
  /**
   * `onExitCodes` of PodFailurePolicyRule.
   *
   * @default - left out
   */
  readonly onExitCodes?: PodFailurePolicyOnExitCodesRequirementFields;
  /**
   * `onPodConditions` of PodFailurePolicyRule: replaces what is there.
   *
   * @default - left out
   */
  readonly onPodConditions?: PodFailurePolicyOnPodConditionsPatternFields[];
}

/**
 * Fields of PodOS.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podos-v1-core
 */
export interface PodOsFields {
  /**
   * `name` of PodOS.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of PodReadinessGate.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podreadinessgate-v1-core
 */
export interface PodReadinessGateFields {
  /**
   * `conditionType` of PodReadinessGate.
   *
   * @default - left out
   */
  readonly conditionType?: string;
}

/**
 * Fields of PodResourceClaim.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podresourceclaim-v1-core
 */
export interface PodResourceClaimFields {
  /**
   * `name` of PodResourceClaim.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `resourceClaimName` of PodResourceClaim: takes the place of its alternatives; known from Kubernetes 1.31.
   *
   * @default - left out
   */
  readonly resourceClaimName?: string;
  /**
   * `resourceClaimTemplateName` of PodResourceClaim: takes the place of its alternatives; known from Kubernetes 1.31.
   *
   * @default - left out
   */
  readonly resourceClaimTemplateName?: string;
  /**
   * `source` of PodResourceClaim: takes the place of its alternatives; known up to Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly source?: ClaimSourceFields;
}

/**
 * Fields of PodSchedulingGate.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podschedulinggate-v1-core
 */
export interface PodSchedulingGateFields {
  /**
   * `name` of PodSchedulingGate.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of PodSchedulingGroup; known from Kubernetes 1.36.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podschedulinggroup-v1-core
 */
export interface PodSchedulingGroupFields {
  /**
   * `podGroupName` of PodSchedulingGroup; known from Kubernetes 1.36.
   *
   * @default - left out
   */
  readonly podGroupName?: string;
}

/**
 * Fields of PodSecurityContext.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podsecuritycontext-v1-core
 */
export interface PodSecurityContextFields {
  /**
   * `appArmorProfile` of PodSecurityContext; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly appArmorProfile?: AppArmorProfileFields;
  /**
   * `fsGroup` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly fsGroup?: number;
  /**
   * `fsGroupChangePolicy` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly fsGroupChangePolicy?: string;
  /**
   * `runAsGroup` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly runAsGroup?: number;
  /**
   * `runAsNonRoot` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly runAsNonRoot?: boolean;
  /**
   * `runAsUser` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly runAsUser?: number;
  /**
   * `seLinuxChangePolicy` of PodSecurityContext; known from Kubernetes 1.32.
   *
   * @default - left out
   */
  readonly seLinuxChangePolicy?: string;
  /**
   * `seLinuxOptions` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly seLinuxOptions?: SeLinuxOptionsFields;
  /**
   * `seccompProfile` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly seccompProfile?: SeccompProfileFields;
  /**
   * `supplementalGroups` of PodSecurityContext: replaces what is there.
   *
   * @default - left out
   */
  readonly supplementalGroups?: number[];
  /**
   * `supplementalGroupsPolicy` of PodSecurityContext; known from Kubernetes 1.31.
   *
   * @default - left out
   */
  readonly supplementalGroupsPolicy?: string;
  /**
   * `sysctls` of PodSecurityContext: replaces what is there.
   *
   * @default - left out
   */
  readonly sysctls?: SysctlFields[];
  /**
   * `windowsOptions` of PodSecurityContext.
   *
   * @default - left out
   */
  readonly windowsOptions?: WindowsSecurityContextOptionsFields;
}

/**
 * Fields of PodSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podspec-v1-core
 */
export interface PodSpecFields {
  /**
   * `activeDeadlineSeconds` of PodSpec.
   *
   * @default - left out
   */
  readonly activeDeadlineSeconds?: number;
  /**
   * `affinity` of PodSpec.
   *
   * @default - left out
   */
  readonly affinity?: AffinityFields;
  /**
   * `automountServiceAccountToken` of PodSpec.
   *
   * @default - left out
   */
  readonly automountServiceAccountToken?: boolean;
  /**
   * `containers` of PodSpec: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly containers?: ContainerFields[];
  /**
   * `dnsConfig` of PodSpec.
   *
   * @default - left out
   */
  readonly dnsConfig?: PodDnsConfigFields;
  /**
   * `dnsPolicy` of PodSpec.
   *
   * @default - left out
   */
  readonly dnsPolicy?: string;
  /**
   * `enableServiceLinks` of PodSpec.
   *
   * @default - left out
   */
  readonly enableServiceLinks?: boolean;
  /**
   * `hostAliases` of PodSpec: merged with what is there by `ip`.
   *
   * @default - left out
   */
  readonly hostAliases?: HostAliasFields[];
  /**
   * `hostIPC` of PodSpec.
   *
   * @default - left out
   */
  readonly hostIpc?: boolean;
  /**
   * `hostNetwork` of PodSpec.
   *
   * @default - left out
   */
  readonly hostNetwork?: boolean;
  /**
   * `hostPID` of PodSpec.
   *
   * @default - left out
   */
  readonly hostPid?: boolean;
  /**
   * `hostUsers` of PodSpec.
   *
   * @default - left out
   */
  readonly hostUsers?: boolean;
  /**
   * `hostname` of PodSpec.
   *
   * @default - left out
   */
  readonly hostname?: string;
  /**
   * `hostnameOverride` of PodSpec; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly hostnameOverride?: string;
  /**
   * `imagePullSecrets` of PodSpec: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly imagePullSecrets?: LocalObjectReferenceFields[];
  /**
   * `initContainers` of PodSpec: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly initContainers?: ContainerFields[];
  /**
   * `nodeName` of PodSpec.
   *
   * @default - left out
   */
  readonly nodeName?: string;
  /**
   * `nodeSelector` of PodSpec.
   *
   * @default - left out
   */
  readonly nodeSelector?: { readonly [key: string]: string };
  /**
   * `os` of PodSpec.
   *
   * @default - left out
   */
  readonly os?: PodOsFields;
  /**
   * `overhead` of PodSpec: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly overhead?: { readonly [key: string]: string };
  /**
   * `preemptionPolicy` of PodSpec.
   *
   * @default - left out
   */
  readonly preemptionPolicy?: string;
  /**
   * `priority` of PodSpec.
   *
   * @default - left out
   */
  readonly priority?: number;
  /**
   * `priorityClassName` of PodSpec.
   *
   * @default - left out
   */
  readonly priorityClassName?: string;
  /**
   * `readinessGates` of PodSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly readinessGates?: PodReadinessGateFields[];
  /**
   * `resourceClaims` of PodSpec: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly resourceClaims?: PodResourceClaimFields[];
  /**
   * `resources` of PodSpec; known from Kubernetes 1.32.
   *
   * @default - left out
   */
  readonly resources?: ResourceRequirementsFields;
  /**
   * `restartPolicy` of PodSpec.
   *
   * @default - left out
   */
  readonly restartPolicy?: string;
  /**
   * `runtimeClassName` of PodSpec.
   *
   * @default - left out
   */
  readonly runtimeClassName?: string;
  /**
   * `schedulerName` of PodSpec.
   *
   * @default - left out
   */
  readonly schedulerName?: string;
  /**
   * `schedulingGates` of PodSpec: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly schedulingGates?: PodSchedulingGateFields[];
  /**
   * `schedulingGroup` of PodSpec; known from Kubernetes 1.36.
   *
   * @default - left out
   */
  readonly schedulingGroup?: PodSchedulingGroupFields;
  /**
   * `securityContext` of PodSpec.
   *
   * @default - left out
   */
  readonly securityContext?: PodSecurityContextFields;
  /**
   * `serviceAccount` of PodSpec.
   *
   * @default - left out
   */
  readonly serviceAccount?: string;
  /**
   * `serviceAccountName` of PodSpec.
   *
   * @default - left out
   */
  readonly serviceAccountName?: string;
  /**
   * `setHostnameAsFQDN` of PodSpec.
   *
   * @default - left out
   */
  readonly setHostnameAsFqdn?: boolean;
  /**
   * `shareProcessNamespace` of PodSpec.
   *
   * @default - left out
   */
  readonly shareProcessNamespace?: boolean;
  /**
   * `subdomain` of PodSpec.
   *
   * @default - left out
   */
  readonly subdomain?: string;
  /**
   * `terminationGracePeriodSeconds` of PodSpec.
   *
   * @default - left out
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * `tolerations` of PodSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly tolerations?: TolerationFields[];
  /**
   * `topologySpreadConstraints` of PodSpec: merged with what is there by `topologyKey` and `whenUnsatisfiable`.
   *
   * @default - left out
   */
  readonly topologySpreadConstraints?: TopologySpreadConstraintFields[];
  /**
   * `volumes` of PodSpec: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly volumes?: VolumeFields[];
  /**
   * `workloadRef` of PodSpec; known from Kubernetes 1.35 up to Kubernetes 1.35.
   *
   * @default - left out
   */
  readonly workloadRef?: WorkloadReferenceFields;
}

/**
 * Fields of PodTemplateSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podtemplatespec-v1-core
 */
export interface PodTemplateSpecFields {
  /**
   * `metadata` of PodTemplateSpec.
   *
   * @default - left out
   */
  readonly metadata?: ObjectMetaFields;
  /**
   * `spec` of PodTemplateSpec.
   *
   * @default - left out
   */
  readonly spec?: PodSpecFields;
}

/**
 * Fields of PodsMetricSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#podsmetricsource-v2-autoscaling
 */
export interface PodsMetricSourceFields {
  /**
   * `metric` of PodsMetricSource.
   *
   * @default - left out
   */
  readonly metric?: MetricIdentifierFields;
  /**
   * `target` of PodsMetricSource.
   *
   * @default - left out
   */
  readonly target?: MetricTargetFields;
}

/**
 * Fields of PreferredSchedulingTerm.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#preferredschedulingterm-v1-core
 */
export interface PreferredSchedulingTermFields {
  /**
   * `preference` of PreferredSchedulingTerm.
   *
   * @default - left out
   */
  readonly preference?: NodeSelectorTermFields;
  /**
   * `weight` of PreferredSchedulingTerm.
   *
   * @default - left out
   */
  readonly weight?: number;
}

/**
 * Fields of Probe.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#probe-v1-core
 */
export interface ProbeFields {
  /**
   * `exec` of Probe: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly exec?: ExecActionFields;
  /**
   * `failureThreshold` of Probe.
   *
   * @default - left out
   */
  readonly failureThreshold?: number;
  /**
   * `grpc` of Probe: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly grpc?: GrpcActionFields;
  /**
   * `httpGet` of Probe: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly httpGet?: HttpGetActionFields;
  /**
   * `initialDelaySeconds` of Probe.
   *
   * @default - left out
   */
  readonly initialDelaySeconds?: number;
  /**
   * `periodSeconds` of Probe.
   *
   * @default - left out
   */
  readonly periodSeconds?: number;
  /**
   * `successThreshold` of Probe.
   *
   * @default - left out
   */
  readonly successThreshold?: number;
  /**
   * `tcpSocket` of Probe: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly tcpSocket?: TcpSocketActionFields;
  /**
   * `terminationGracePeriodSeconds` of Probe.
   *
   * @default - left out
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * `timeoutSeconds` of Probe.
   *
   * @default - left out
   */
  readonly timeoutSeconds?: number;
}

/**
 * Fields of ProjectedVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#projectedvolumesource-v1-core
 */
export interface ProjectedVolumeSourceFields {
  /**
   * `defaultMode` of ProjectedVolumeSource.
   *
   * @default - left out
   */
  readonly defaultMode?: number;
  /**
   * `sources` of ProjectedVolumeSource: replaces what is there.
   *
   * @default - left out
   */
  readonly sources?: VolumeProjectionFields[];
}

/**
 * Fields of ResourceClaim.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#resourceclaim-v1-core
 */
export interface ResourceClaimFields {
  /**
   * `name` of ResourceClaim.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `request` of ResourceClaim; known from Kubernetes 1.31.
   *
   * @default - left out
   */
  readonly request?: string;
}

/**
 * Fields of ResourceFieldSelector.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#resourcefieldselector-v1-core
 */
export interface ResourceFieldSelectorFields {
  /**
   * `containerName` of ResourceFieldSelector.
   *
   * @default - left out
   */
  readonly containerName?: string;
  /**
   * `divisor` of ResourceFieldSelector: a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly divisor?: string;
  /**
   * `resource` of ResourceFieldSelector.
   *
   * @default - left out
   */
  readonly resource?: string;
}

/**
 * Fields of ResourceMetricSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#resourcemetricsource-v2-autoscaling
 */
export interface ResourceMetricSourceFields {
  /**
   * `name` of ResourceMetricSource.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `target` of ResourceMetricSource.
   *
   * @default - left out
   */
  readonly target?: MetricTargetFields;
}

/**
 * Fields of ResourceQuotaSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#resourcequotaspec-v1-core
 */
export interface ResourceQuotaSpecFields {
  /**
   * `hard` of ResourceQuotaSpec: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly hard?: { readonly [key: string]: string };
  /**
   * `scopeSelector` of ResourceQuotaSpec.
   *
   * @default - left out
   */
  readonly scopeSelector?: ScopeSelectorFields;
  /**
   * `scopes` of ResourceQuotaSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly scopes?: string[];
}

/**
 * Fields of ResourceRequirements.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#resourcerequirements-v1-core
 */
export interface ResourceRequirementsFields {
  /**
   * `claims` of ResourceRequirements: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly claims?: ResourceClaimFields[];
  /**
   * `limits` of ResourceRequirements: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly limits?: { readonly [key: string]: string };
  /**
   * `requests` of ResourceRequirements: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly requests?: { readonly [key: string]: string };
}

/**
 * Fields of RollingUpdateDaemonSet.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#rollingupdatedaemonset-v1-apps
 */
export interface RollingUpdateDaemonSetFields {
  /**
   * `maxSurge` of RollingUpdateDaemonSet: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly maxSurge?: any;
  /**
   * `maxUnavailable` of RollingUpdateDaemonSet: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly maxUnavailable?: any;
}

/**
 * Fields of RollingUpdateDeployment.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#rollingupdatedeployment-v1-apps
 */
export interface RollingUpdateDeploymentFields {
  /**
   * `maxSurge` of RollingUpdateDeployment: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly maxSurge?: any;
  /**
   * `maxUnavailable` of RollingUpdateDeployment: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly maxUnavailable?: any;
}

/**
 * Fields of RollingUpdateStatefulSetStrategy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#rollingupdatestatefulsetstrategy-v1-apps
 */
export interface RollingUpdateStatefulSetStrategyFields {
  /**
   * `maxUnavailable` of RollingUpdateStatefulSetStrategy: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly maxUnavailable?: any;
  /**
   * `partition` of RollingUpdateStatefulSetStrategy.
   *
   * @default - left out
   */
  readonly partition?: number;
}

/**
 * Fields of SELinuxOptions.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#selinuxoptions-v1-core
 */
export interface SeLinuxOptionsFields {
  /**
   * `level` of SELinuxOptions.
   *
   * @default - left out
   */
  readonly level?: string;
  /**
   * `role` of SELinuxOptions.
   *
   * @default - left out
   */
  readonly role?: string;
  /**
   * `type` of SELinuxOptions.
   *
   * @default - left out
   */
  readonly type?: string;
  /**
   * `user` of SELinuxOptions.
   *
   * @default - left out
   */
  readonly user?: string;
}

/**
 * Fields of ScopeSelector.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#scopeselector-v1-core
 */
export interface ScopeSelectorFields {
  /**
   * `matchExpressions` of ScopeSelector: replaces what is there.
   *
   * @default - left out
   */
  readonly matchExpressions?: ScopedResourceSelectorRequirementFields[];
}

/**
 * Fields of ScopedResourceSelectorRequirement.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#scopedresourceselectorrequirement-v1-core
 */
export interface ScopedResourceSelectorRequirementFields {
  /**
   * `operator` of ScopedResourceSelectorRequirement.
   *
   * @default - left out
   */
  readonly operator?: string;
  /**
   * `scopeName` of ScopedResourceSelectorRequirement.
   *
   * @default - left out
   */
  readonly scopeName?: string;
  /**
   * `values` of ScopedResourceSelectorRequirement: replaces what is there.
   *
   * @default - left out
   */
  readonly values?: string[];
}

/**
 * Fields of SeccompProfile.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#seccompprofile-v1-core
 */
export interface SeccompProfileFields {
  /**
   * `localhostProfile` of SeccompProfile.
   *
   * @default - left out
   */
  readonly localhostProfile?: string;
  /**
   * `type` of SeccompProfile: drops the fields that do not go with it.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of SecretEnvSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#secretenvsource-v1-core
 */
export interface SecretEnvSourceFields {
  /**
   * `name` of SecretEnvSource.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of SecretEnvSource.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/**
 * Fields of SecretKeySelector.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#secretkeyselector-v1-core
 */
export interface SecretKeySelectorFields {
  /**
   * `key` of SecretKeySelector.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `name` of SecretKeySelector.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of SecretKeySelector.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/**
 * Fields of SecretProjection.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#secretprojection-v1-core
 */
export interface SecretProjectionFields {
  /**
   * `items` of SecretProjection: replaces what is there.
   *
   * @default - left out
   */
  readonly items?: KeyToPathFields[];
  /**
   * `name` of SecretProjection.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `optional` of SecretProjection.
   *
   * @default - left out
   */
  readonly optional?: boolean;
}

/**
 * Fields of SecretVolumeSource.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#secretvolumesource-v1-core
 */
export interface SecretVolumeSourceFields {
  /**
   * `defaultMode` of SecretVolumeSource.
   *
   * @default - left out
   */
  readonly defaultMode?: number;
  /**
   * `items` of SecretVolumeSource: replaces what is there.
   *
   * @default - left out
   */
  readonly items?: KeyToPathFields[];
  /**
   * `optional` of SecretVolumeSource.
   *
   * @default - left out
   */
  readonly optional?: boolean;
  /**
   * `secretName` of SecretVolumeSource.
   *
   * @default - left out
   */
  readonly secretName?: string;
}

/**
 * Fields of SecurityContext.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#securitycontext-v1-core
 */
export interface SecurityContextFields {
  /**
   * `allowPrivilegeEscalation` of SecurityContext.
   *
   * @default - left out
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * `appArmorProfile` of SecurityContext; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly appArmorProfile?: AppArmorProfileFields;
  /**
   * `capabilities` of SecurityContext.
   *
   * @default - left out
   */
  readonly capabilities?: CapabilitiesFields;
  /**
   * `privileged` of SecurityContext.
   *
   * @default - left out
   */
  readonly privileged?: boolean;
  /**
   * `procMount` of SecurityContext.
   *
   * @default - left out
   */
  readonly procMount?: string;
  /**
   * `readOnlyRootFilesystem` of SecurityContext.
   *
   * @default - left out
   */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * `runAsGroup` of SecurityContext.
   *
   * @default - left out
   */
  readonly runAsGroup?: number;
  /**
   * `runAsNonRoot` of SecurityContext.
   *
   * @default - left out
   */
  readonly runAsNonRoot?: boolean;
  /**
   * `runAsUser` of SecurityContext.
   *
   * @default - left out
   */
  readonly runAsUser?: number;
  /**
   * `seLinuxOptions` of SecurityContext.
   *
   * @default - left out
   */
  readonly seLinuxOptions?: SeLinuxOptionsFields;
  /**
   * `seccompProfile` of SecurityContext.
   *
   * @default - left out
   */
  readonly seccompProfile?: SeccompProfileFields;
  /**
   * `windowsOptions` of SecurityContext.
   *
   * @default - left out
   */
  readonly windowsOptions?: WindowsSecurityContextOptionsFields;
}

/**
 * Fields of ServiceAccountTokenProjection.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#serviceaccounttokenprojection-v1-core
 */
export interface ServiceAccountTokenProjectionFields {
  /**
   * `audience` of ServiceAccountTokenProjection.
   *
   * @default - left out
   */
  readonly audience?: string;
  /**
   * `expirationSeconds` of ServiceAccountTokenProjection.
   *
   * @default - left out
   */
  readonly expirationSeconds?: number;
  /**
   * `path` of ServiceAccountTokenProjection.
   *
   * @default - left out
   */
  readonly path?: string;
}

/**
 * Fields of ServiceBackendPort.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#servicebackendport-v1-networking-k8s-io
 */
export interface ServiceBackendPortFields {
  /**
   * `name` of ServiceBackendPort: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `number` of ServiceBackendPort: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly number?: number;
}

/**
 * Fields of ServicePort.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#serviceport-v1-core
 */
export interface ServicePortFields {
  /**
   * `appProtocol` of ServicePort.
   *
   * @default - left out
   */
  readonly appProtocol?: string;
  /**
   * `name` of ServicePort.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `nodePort` of ServicePort.
   *
   * @default - left out
   */
  readonly nodePort?: number;
  /**
   * `port` of ServicePort.
   *
   * @default - left out
   */
  readonly port?: number;
  /**
   * `protocol` of ServicePort.
   *
   * @default - left out
   */
  readonly protocol?: string;
  /**
   * `targetPort` of ServicePort: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly targetPort?: any;
}

/**
 * Fields of ServiceSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#servicespec-v1-core
 */
export interface ServiceSpecFields {
  /**
   * `allocateLoadBalancerNodePorts` of ServiceSpec.
   *
   * @default - left out
   */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /**
   * `clusterIP` of ServiceSpec.
   *
   * @default - left out
   */
  readonly clusterIp?: string;
  /**
   * `clusterIPs` of ServiceSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly clusterIps?: string[];
  /**
   * `externalIPs` of ServiceSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly externalIps?: string[];
  /**
   * `externalName` of ServiceSpec.
   *
   * @default - left out
   */
  readonly externalName?: string;
  /**
   * `externalTrafficPolicy` of ServiceSpec.
   *
   * @default - left out
   */
  readonly externalTrafficPolicy?: string;
  /**
   * `healthCheckNodePort` of ServiceSpec.
   *
   * @default - left out
   */
  readonly healthCheckNodePort?: number;
  /**
   * `internalTrafficPolicy` of ServiceSpec.
   *
   * @default - left out
   */
  readonly internalTrafficPolicy?: string;
  /**
   * `ipFamilies` of ServiceSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly ipFamilies?: string[];
  /**
   * `ipFamilyPolicy` of ServiceSpec.
   *
   * @default - left out
   */
  readonly ipFamilyPolicy?: string;
  /**
   * `loadBalancerClass` of ServiceSpec.
   *
   * @default - left out
   */
  readonly loadBalancerClass?: string;
  /**
   * `loadBalancerIP` of ServiceSpec.
   *
   * @default - left out
   */
  readonly loadBalancerIp?: string;
  /**
   * `loadBalancerSourceRanges` of ServiceSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly loadBalancerSourceRanges?: string[];
  /**
   * `ports` of ServiceSpec: merged with what is there by `port` and `protocol`.
   *
   * @default - left out
   */
  readonly ports?: ServicePortFields[];
  /**
   * `publishNotReadyAddresses` of ServiceSpec.
   *
   * @default - left out
   */
  readonly publishNotReadyAddresses?: boolean;
  /**
   * `selector` of ServiceSpec.
   *
   * @default - left out
   */
  readonly selector?: { readonly [key: string]: string };
  /**
   * `sessionAffinity` of ServiceSpec.
   *
   * @default - left out
   */
  readonly sessionAffinity?: string;
  /**
   * `sessionAffinityConfig` of ServiceSpec.
   *
   * @default - left out
   */
  readonly sessionAffinityConfig?: SessionAffinityConfigFields;
  /**
   * `trafficDistribution` of ServiceSpec; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly trafficDistribution?: string;
  /**
   * `type` of ServiceSpec.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of SessionAffinityConfig.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#sessionaffinityconfig-v1-core
 */
export interface SessionAffinityConfigFields {
  /**
   * `clientIP` of SessionAffinityConfig.
   *
   * @default - left out
   */
  readonly clientIp?: ClientIpConfigFields;
}

/**
 * Fields of SleepAction; known from Kubernetes 1.29.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#sleepaction-v1-core
 */
export interface SleepActionFields {
  /**
   * `seconds` of SleepAction; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly seconds?: number;
}

/**
 * Fields of StatefulSetOrdinals.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#statefulsetordinals-v1-apps
 */
export interface StatefulSetOrdinalsFields {
  /**
   * `start` of StatefulSetOrdinals.
   *
   * @default - left out
   */
  readonly start?: number;
}

/**
 * Fields of StatefulSetPersistentVolumeClaimRetentionPolicy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#statefulsetpersistentvolumeclaimretentionpolicy-v1-apps
 */
export interface StatefulSetPersistentVolumeClaimRetentionPolicyFields {
  /**
   * `whenDeleted` of StatefulSetPersistentVolumeClaimRetentionPolicy.
   *
   * @default - left out
   */
  readonly whenDeleted?: string;
  /**
   * `whenScaled` of StatefulSetPersistentVolumeClaimRetentionPolicy.
   *
   * @default - left out
   */
  readonly whenScaled?: string;
}

/**
 * Fields of StatefulSetSpec.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#statefulsetspec-v1-apps
 */
export interface StatefulSetSpecFields {
  /**
   * `minReadySeconds` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly minReadySeconds?: number;
  /**
   * `ordinals` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly ordinals?: StatefulSetOrdinalsFields;
  /**
   * `persistentVolumeClaimRetentionPolicy` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly persistentVolumeClaimRetentionPolicy?: StatefulSetPersistentVolumeClaimRetentionPolicyFields;
  /**
   * `podManagementPolicy` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly podManagementPolicy?: string;
  /**
   * `replicas` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly replicas?: number;
  /**
   * `revisionHistoryLimit` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly revisionHistoryLimit?: number;
  /**
   * `selector` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `serviceName` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly serviceName?: string;
  /**
   * `template` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly template?: PodTemplateSpecFields;
  /**
   * `updateStrategy` of StatefulSetSpec.
   *
   * @default - left out
   */
  readonly updateStrategy?: StatefulSetUpdateStrategyFields;
  /**
   * `volumeClaimTemplates` of StatefulSetSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly volumeClaimTemplates?: PersistentVolumeClaimFields[];
}

/**
 * Fields of StatefulSetUpdateStrategy.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#statefulsetupdatestrategy-v1-apps
 */
export interface StatefulSetUpdateStrategyFields {
  /**
   * `rollingUpdate` of StatefulSetUpdateStrategy.
   *
   * @default - left out
   */
  readonly rollingUpdate?: RollingUpdateStatefulSetStrategyFields;
  /**
   * `type` of StatefulSetUpdateStrategy: drops the fields that do not go with it.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of SuccessPolicy; known from Kubernetes 1.30.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#successpolicy-v1-batch
 */
export interface SuccessPolicyFields {
  /**
   * `rules` of SuccessPolicy: replaces what is there; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly rules?: SuccessPolicyRuleFields[];
}

/**
 * Fields of SuccessPolicyRule; known from Kubernetes 1.30.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#successpolicyrule-v1-batch
 */
export interface SuccessPolicyRuleFields {
  /**
   * `succeededCount` of SuccessPolicyRule; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly succeededCount?: number;
  /**
   * `succeededIndexes` of SuccessPolicyRule; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly succeededIndexes?: string;
}

/**
 * Fields of Sysctl.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#sysctl-v1-core
 */
export interface SysctlFields {
  /**
   * `name` of Sysctl.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `value` of Sysctl.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of TCPSocketAction.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#tcpsocketaction-v1-core
 */
export interface TcpSocketActionFields {
  /**
   * `host` of TCPSocketAction.
   *
   * @default - left out
   */
  readonly host?: string;
  /**
   * `port` of TCPSocketAction: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly port?: any;
}

/**
 * Fields of Toleration.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#toleration-v1-core
 */
export interface TolerationFields {
  /**
   * `effect` of Toleration.
   *
   * @default - left out
   */
  readonly effect?: string;
  /**
   * `key` of Toleration.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `operator` of Toleration.
   *
   * @default - left out
   */
  readonly operator?: string;
  /**
   * `tolerationSeconds` of Toleration.
   *
   * @default - left out
   */
  readonly tolerationSeconds?: number;
  /**
   * `value` of Toleration.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of TopologySpreadConstraint.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#topologyspreadconstraint-v1-core
 */
export interface TopologySpreadConstraintFields {
  /**
   * `labelSelector` of TopologySpreadConstraint.
   *
   * @default - left out
   */
  readonly labelSelector?: LabelSelectorFields;
  /**
   * `matchLabelKeys` of TopologySpreadConstraint: replaces what is there.
   *
   * @default - left out
   */
  readonly matchLabelKeys?: string[];
  /**
   * `maxSkew` of TopologySpreadConstraint.
   *
   * @default - left out
   */
  readonly maxSkew?: number;
  /**
   * `minDomains` of TopologySpreadConstraint.
   *
   * @default - left out
   */
  readonly minDomains?: number;
  /**
   * `nodeAffinityPolicy` of TopologySpreadConstraint.
   *
   * @default - left out
   */
  readonly nodeAffinityPolicy?: string;
  /**
   * `nodeTaintsPolicy` of TopologySpreadConstraint.
   *
   * @default - left out
   */
  readonly nodeTaintsPolicy?: string;
  /**
   * `topologyKey` of TopologySpreadConstraint.
   *
   * @default - left out
   */
  readonly topologyKey?: string;
  /**
   * `whenUnsatisfiable` of TopologySpreadConstraint.
   *
   * @default - left out
   */
  readonly whenUnsatisfiable?: string;
}

/**
 * Fields of TypedLocalObjectReference.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#typedlocalobjectreference-v1-core
 */
export interface TypedLocalObjectReferenceFields {
  /**
   * `apiGroup` of TypedLocalObjectReference.
   *
   * @default - left out
   */
  readonly apiGroup?: string;
  /**
   * `kind` of TypedLocalObjectReference.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of TypedLocalObjectReference.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of TypedObjectReference.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#typedobjectreference-v1-core
 */
export interface TypedObjectReferenceFields {
  /**
   * `apiGroup` of TypedObjectReference.
   *
   * @default - left out
   */
  readonly apiGroup?: string;
  /**
   * `kind` of TypedObjectReference.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of TypedObjectReference.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `namespace` of TypedObjectReference.
   *
   * @default - left out
   */
  readonly namespace?: string;
}

/**
 * Fields of Volume.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#volume-v1-core
 */
export interface VolumeFields {
  /**
   * `configMap` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly configMap?: ConfigMapVolumeSourceFields;
  /**
   * `csi` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly csi?: CsiVolumeSourceFields;
  /**
   * `downwardAPI` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly downwardApi?: DownwardApiVolumeSourceFields;
  /**
   * `emptyDir` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly emptyDir?: EmptyDirVolumeSourceFields;
  /**
   * `ephemeral` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly ephemeral?: EphemeralVolumeSourceFields;
  /**
   * `fc` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly fc?: FcVolumeSourceFields;
  /**
   * `hostPath` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly hostPath?: HostPathVolumeSourceFields;
  /**
   * `image` of Volume: takes the place of its alternatives; known from Kubernetes 1.31.
   *
   * @default - left out
   */
  readonly image?: ImageVolumeSourceFields;
  /**
   * `iscsi` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly iscsi?: IscsiVolumeSourceFields;
  /**
   * `name` of Volume.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `nfs` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly nfs?: NfsVolumeSourceFields;
  /**
   * `persistentVolumeClaim` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly persistentVolumeClaim?: PersistentVolumeClaimVolumeSourceFields;
  /**
   * `projected` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly projected?: ProjectedVolumeSourceFields;
  /**
   * `secret` of Volume: takes the place of its alternatives.
   *
   * @default - left out
   */
  readonly secret?: SecretVolumeSourceFields;
}

/**
 * Fields of VolumeDevice.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#volumedevice-v1-core
 */
export interface VolumeDeviceFields {
  /**
   * `devicePath` of VolumeDevice.
   *
   * @default - left out
   */
  readonly devicePath?: string;
  /**
   * `name` of VolumeDevice.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of VolumeMount.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#volumemount-v1-core
 */
export interface VolumeMountFields {
  /**
   * `mountPath` of VolumeMount.
   *
   * @default - left out
   */
  readonly mountPath?: string;
  /**
   * `mountPropagation` of VolumeMount.
   *
   * @default - left out
   */
  readonly mountPropagation?: string;
  /**
   * `name` of VolumeMount.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `readOnly` of VolumeMount.
   *
   * @default - left out
   */
  readonly readOnly?: boolean;
  /**
   * `recursiveReadOnly` of VolumeMount; known from Kubernetes 1.30.
   *
   * @default - left out
   */
  readonly recursiveReadOnly?: string;
  /**
   * `subPath` of VolumeMount.
   *
   * @default - left out
   */
  readonly subPath?: string;
  /**
   * `subPathExpr` of VolumeMount.
   *
   * @default - left out
   */
  readonly subPathExpr?: string;
}

/**
 * Fields of VolumeProjection.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#volumeprojection-v1-core
 */
export interface VolumeProjectionFields {
  /**
   * `clusterTrustBundle` of VolumeProjection; known from Kubernetes 1.29.
   *
   * @default - left out
   */
  readonly clusterTrustBundle?: ClusterTrustBundleProjectionFields;
  /**
   * `configMap` of VolumeProjection.
   *
   * @default - left out
   */
  readonly configMap?: ConfigMapProjectionFields;
  /**
   * `downwardAPI` of VolumeProjection.
   *
   * @default - left out
   */
  readonly downwardApi?: DownwardApiProjectionFields;
  /**
   * `podCertificate` of VolumeProjection; known from Kubernetes 1.34.
   *
   * @default - left out
   */
  readonly podCertificate?: PodCertificateProjectionFields;
  /**
   * `secret` of VolumeProjection.
   *
   * @default - left out
   */
  readonly secret?: SecretProjectionFields;
  /**
   * `serviceAccountToken` of VolumeProjection.
   *
   * @default - left out
   */
  readonly serviceAccountToken?: ServiceAccountTokenProjectionFields;
}

/**
 * Fields of VolumeResourceRequirements.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#volumeresourcerequirements-v1-core
 */
export interface VolumeResourceRequirementsFields {
  /**
   * `limits` of VolumeResourceRequirements: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly limits?: { readonly [key: string]: string };
  /**
   * `requests` of VolumeResourceRequirements: each a quantity, such as `100m` or `1Gi`.
   *
   * @default - left out
   */
  readonly requests?: { readonly [key: string]: string };
}

/**
 * Fields of WeightedPodAffinityTerm.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#weightedpodaffinityterm-v1-core
 */
export interface WeightedPodAffinityTermFields {
  /**
   * `podAffinityTerm` of WeightedPodAffinityTerm.
   *
   * @default - left out
   */
  readonly podAffinityTerm?: PodAffinityTermFields;
  /**
   * `weight` of WeightedPodAffinityTerm.
   *
   * @default - left out
   */
  readonly weight?: number;
}

/**
 * Fields of WindowsSecurityContextOptions.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#windowssecuritycontextoptions-v1-core
 */
export interface WindowsSecurityContextOptionsFields {
  /**
   * `gmsaCredentialSpec` of WindowsSecurityContextOptions.
   *
   * @default - left out
   */
  readonly gmsaCredentialSpec?: string;
  /**
   * `gmsaCredentialSpecName` of WindowsSecurityContextOptions.
   *
   * @default - left out
   */
  readonly gmsaCredentialSpecName?: string;
  /**
   * `hostProcess` of WindowsSecurityContextOptions.
   *
   * @default - left out
   */
  readonly hostProcess?: boolean;
  /**
   * `runAsUserName` of WindowsSecurityContextOptions.
   *
   * @default - left out
   */
  readonly runAsUserName?: string;
}

/**
 * Fields of WorkloadReference; known from Kubernetes 1.35 up to Kubernetes 1.35.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#workloadreference-v1-core
 */
export interface WorkloadReferenceFields {
  /**
   * `name` of WorkloadReference; known from Kubernetes 1.35 up to Kubernetes 1.35.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `podGroup` of WorkloadReference; known from Kubernetes 1.35 up to Kubernetes 1.35.
   *
   * @default - left out
   */
  readonly podGroup?: string;
  /**
   * `podGroupReplicaKey` of WorkloadReference; known from Kubernetes 1.35 up to Kubernetes 1.35.
   *
   * @default - left out
   */
  readonly podGroupReplicaKey?: string;
}
