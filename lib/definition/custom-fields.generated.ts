// Made by tools/kubernetes/generate-custom-fields.ts from sigs.k8s.io/gateway-api@v1.6.3, github.com/cert-manager/cert-manager@v1.21.2, github.com/prometheus-operator/prometheus-operator@v0.85.0; do not edit.
import type { ConfigMapKeySelectorFields, LabelSelectorFields, SecretKeySelectorFields } from './kubernetes-fields.generated';

/**
 * Fields of CertificateAdditionalOutputFormat.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateAdditionalOutputFormatFields {
  /**
   * `type` of CertificateAdditionalOutputFormat.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of CertificateExcluded.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateExcludedFields {
  /**
   * `dnsDomains` of CertificateExcluded: replaces what is there.
   *
   * @default - left out
   */
  readonly dnsDomains?: string[];
  /**
   * `emailAddresses` of CertificateExcluded: replaces what is there.
   *
   * @default - left out
   */
  readonly emailAddresses?: string[];
  /**
   * `ipRanges` of CertificateExcluded: replaces what is there.
   *
   * @default - left out
   */
  readonly ipRanges?: string[];
  /**
   * `uriDomains` of CertificateExcluded: replaces what is there.
   *
   * @default - left out
   */
  readonly uriDomains?: string[];
}

/**
 * Fields of CertificateIssuerRef.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateIssuerRefFields {
  /**
   * `group` of CertificateIssuerRef.
   *
   * @default - left out
   */
  readonly group?: string;
  /**
   * `kind` of CertificateIssuerRef.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of CertificateIssuerRef.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of CertificateJks.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateJksFields {
  /**
   * `alias` of CertificateJks.
   *
   * @default - left out
   */
  readonly alias?: string;
  /**
   * `create` of CertificateJks.
   *
   * @default - left out
   */
  readonly create?: boolean;
  /**
   * `password` of CertificateJks.
   *
   * @default - left out
   */
  readonly password?: string;
  /**
   * `passwordSecretRef` of CertificateJks.
   *
   * @default - left out
   */
  readonly passwordSecretRef?: CertificatePasswordSecretRefFields;
}

/**
 * Fields of CertificateKeystores.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateKeystoresFields {
  /**
   * `jks` of CertificateKeystores.
   *
   * @default - left out
   */
  readonly jks?: CertificateJksFields;
  /**
   * `pkcs12` of CertificateKeystores.
   *
   * @default - left out
   */
  readonly pkcs12?: CertificatePkcs12Fields;
}

/**
 * Fields of CertificateNameConstraints.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateNameConstraintsFields {
  /**
   * `critical` of CertificateNameConstraints.
   *
   * @default - left out
   */
  readonly critical?: boolean;
  /**
   * `excluded` of CertificateNameConstraints.
   *
   * @default - left out
   */
  readonly excluded?: CertificateExcludedFields;
  /**
   * `permitted` of CertificateNameConstraints.
   *
   * @default - left out
   */
  readonly permitted?: CertificateExcludedFields;
}

/**
 * Fields of CertificateOtherName.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateOtherNameFields {
  /**
   * `oid` of CertificateOtherName.
   *
   * @default - left out
   */
  readonly oid?: string;
  /**
   * `utf8Value` of CertificateOtherName.
   *
   * @default - left out
   */
  readonly utf8Value?: string;
}

/**
 * Fields of CertificatePasswordSecretRef.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificatePasswordSecretRefFields {
  /**
   * `key` of CertificatePasswordSecretRef.
   *
   * @default - left out
   */
  readonly key?: string;
  /**
   * `name` of CertificatePasswordSecretRef.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of CertificatePkcs12.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificatePkcs12Fields {
  /**
   * `create` of CertificatePkcs12.
   *
   * @default - left out
   */
  readonly create?: boolean;
  /**
   * `password` of CertificatePkcs12.
   *
   * @default - left out
   */
  readonly password?: string;
  /**
   * `passwordSecretRef` of CertificatePkcs12.
   *
   * @default - left out
   */
  readonly passwordSecretRef?: CertificatePasswordSecretRefFields;
  /**
   * `profile` of CertificatePkcs12.
   *
   * @default - left out
   */
  readonly profile?: string;
}

/**
 * Fields of CertificatePrivateKey.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificatePrivateKeyFields {
  /**
   * `algorithm` of CertificatePrivateKey.
   *
   * @default - left out
   */
  readonly algorithm?: string;
  /**
   * `encoding` of CertificatePrivateKey.
   *
   * @default - left out
   */
  readonly encoding?: string;
  /**
   * `rotationPolicy` of CertificatePrivateKey.
   *
   * @default - left out
   */
  readonly rotationPolicy?: string;
  /**
   * `size` of CertificatePrivateKey.
   *
   * @default - left out
   */
  readonly size?: number;
}

/**
 * Fields of CertificateRenewal.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateRenewalFields {
  /**
   * `policy` of CertificateRenewal.
   *
   * @default - left out
   */
  readonly policy?: string;
  /**
   * `windows` of CertificateRenewal: replaces what is there.
   *
   * @default - left out
   */
  readonly windows?: CertificateWindowFields[];
}

/**
 * Fields of CertificateSecretTemplate.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateSecretTemplateFields {
  /**
   * `annotations` of CertificateSecretTemplate.
   *
   * @default - left out
   */
  readonly annotations?: { readonly [key: string]: string };
  /**
   * `labels` of CertificateSecretTemplate.
   *
   * @default - left out
   */
  readonly labels?: { readonly [key: string]: string };
}

/**
 * Fields of CertificateSpec.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateSpecFields {
  /**
   * `additionalOutputFormats` of CertificateSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly additionalOutputFormats?: CertificateAdditionalOutputFormatFields[];
  /**
   * `commonName` of CertificateSpec.
   *
   * @default - left out
   */
  readonly commonName?: string;
  /**
   * `dnsNames` of CertificateSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly dnsNames?: string[];
  /**
   * `duration` of CertificateSpec.
   *
   * @default - left out
   */
  readonly duration?: string;
  /**
   * `emailAddresses` of CertificateSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly emailAddresses?: string[];
  /**
   * `encodeUsagesInRequest` of CertificateSpec.
   *
   * @default - left out
   */
  readonly encodeUsagesInRequest?: boolean;
  /**
   * `ipAddresses` of CertificateSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly ipAddresses?: string[];
  /**
   * `isCA` of CertificateSpec.
   *
   * @default - left out
   */
  readonly isCa?: boolean;
  /**
   * `issuerRef` of CertificateSpec.
   *
   * @default - left out
   */
  readonly issuerRef?: CertificateIssuerRefFields;
  /**
   * `keystores` of CertificateSpec.
   *
   * @default - left out
   */
  readonly keystores?: CertificateKeystoresFields;
  /**
   * `literalSubject` of CertificateSpec.
   *
   * @default - left out
   */
  readonly literalSubject?: string;
  /**
   * `nameConstraints` of CertificateSpec.
   *
   * @default - left out
   */
  readonly nameConstraints?: CertificateNameConstraintsFields;
  /**
   * `otherNames` of CertificateSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly otherNames?: CertificateOtherNameFields[];
  /**
   * `privateKey` of CertificateSpec.
   *
   * @default - left out
   */
  readonly privateKey?: CertificatePrivateKeyFields;
  /**
   * `renewBefore` of CertificateSpec.
   *
   * @default - left out
   */
  readonly renewBefore?: string;
  /**
   * `renewBeforePercentage` of CertificateSpec.
   *
   * @default - left out
   */
  readonly renewBeforePercentage?: number;
  /**
   * `renewal` of CertificateSpec.
   *
   * @default - left out
   */
  readonly renewal?: CertificateRenewalFields;
  /**
   * `revisionHistoryLimit` of CertificateSpec.
   *
   * @default - left out
   */
  readonly revisionHistoryLimit?: number;
  /**
   * `secretName` of CertificateSpec.
   *
   * @default - left out
   */
  readonly secretName?: string;
  /**
   * `secretTemplate` of CertificateSpec.
   *
   * @default - left out
   */
  readonly secretTemplate?: CertificateSecretTemplateFields;
  /**
   * `signatureAlgorithm` of CertificateSpec.
   *
   * @default - left out
   */
  readonly signatureAlgorithm?: string;
  /**
   * `subject` of CertificateSpec.
   *
   * @default - left out
   */
  readonly subject?: CertificateSubjectFields;
  /**
   * `uris` of CertificateSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly uris?: string[];
  /**
   * `usages` of CertificateSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly usages?: string[];
}

/**
 * Fields of CertificateSubject.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateSubjectFields {
  /**
   * `countries` of CertificateSubject: replaces what is there.
   *
   * @default - left out
   */
  readonly countries?: string[];
  /**
   * `localities` of CertificateSubject: replaces what is there.
   *
   * @default - left out
   */
  readonly localities?: string[];
  /**
   * `organizationalUnits` of CertificateSubject: replaces what is there.
   *
   * @default - left out
   */
  readonly organizationalUnits?: string[];
  /**
   * `organizations` of CertificateSubject: replaces what is there.
   *
   * @default - left out
   */
  readonly organizations?: string[];
  /**
   * `postalCodes` of CertificateSubject: replaces what is there.
   *
   * @default - left out
   */
  readonly postalCodes?: string[];
  /**
   * `provinces` of CertificateSubject: replaces what is there.
   *
   * @default - left out
   */
  readonly provinces?: string[];
  /**
   * `serialNumber` of CertificateSubject.
   *
   * @default - left out
   */
  readonly serialNumber?: string;
  /**
   * `streetAddresses` of CertificateSubject: replaces what is there.
   *
   * @default - left out
   */
  readonly streetAddresses?: string[];
}

/**
 * Fields of CertificateWindow.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export interface CertificateWindowFields {
  /**
   * `cron` of CertificateWindow.
   *
   * @default - left out
   */
  readonly cron?: string;
  /**
   * `timezone` of CertificateWindow.
   *
   * @default - left out
   */
  readonly timezone?: string;
  /**
   * `windowDuration` of CertificateWindow.
   *
   * @default - left out
   */
  readonly windowDuration?: string;
}

/**
 * Fields of GRPCRouteBackendRef.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#grpcroutespec
 */
export interface GrpcRouteBackendRefFields {
  /**
   * `filters` of GRPCRouteBackendRef: replaces what is there.
   *
   * @default - left out
   */
  readonly filters?: GrpcRouteFilterFields[];
  /**
   * `group` of GRPCRouteBackendRef.
   *
   * @default - left out
   */
  readonly group?: string;
  /**
   * `kind` of GRPCRouteBackendRef.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of GRPCRouteBackendRef.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `namespace` of GRPCRouteBackendRef.
   *
   * @default - left out
   */
  readonly namespace?: string;
  /**
   * `port` of GRPCRouteBackendRef.
   *
   * @default - left out
   */
  readonly port?: number;
  /**
   * `weight` of GRPCRouteBackendRef.
   *
   * @default - left out
   */
  readonly weight?: number;
}

/**
 * Fields of GRPCRouteFilter.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#grpcroutespec
 */
export interface GrpcRouteFilterFields {
  /**
   * `extensionRef` of GRPCRouteFilter.
   *
   * @default - left out
   */
  readonly extensionRef?: GatewayRouteExtensionRefFields;
  /**
   * `requestHeaderModifier` of GRPCRouteFilter.
   *
   * @default - left out
   */
  readonly requestHeaderModifier?: GatewayRouteRequestHeaderModifierFields;
  /**
   * `requestMirror` of GRPCRouteFilter.
   *
   * @default - left out
   */
  readonly requestMirror?: GatewayRouteRequestMirrorFields;
  /**
   * `responseHeaderModifier` of GRPCRouteFilter.
   *
   * @default - left out
   */
  readonly responseHeaderModifier?: GatewayRouteRequestHeaderModifierFields;
  /**
   * `type` of GRPCRouteFilter.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of GRPCRouteMatch.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#grpcroutespec
 */
export interface GrpcRouteMatchFields {
  /**
   * `headers` of GRPCRouteMatch: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly headers?: GatewayRouteHeaderFields[];
  /**
   * `method` of GRPCRouteMatch.
   *
   * @default - left out
   */
  readonly method?: GatewayRouteMethodFields;
}

/**
 * Fields of GRPCRouteRule.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#grpcroutespec
 */
export interface GrpcRouteRuleFields {
  /**
   * `backendRefs` of GRPCRouteRule: replaces what is there.
   *
   * @default - left out
   */
  readonly backendRefs?: GrpcRouteBackendRefFields[];
  /**
   * `filters` of GRPCRouteRule: replaces what is there.
   *
   * @default - left out
   */
  readonly filters?: GrpcRouteFilterFields[];
  /**
   * `matches` of GRPCRouteRule: replaces what is there.
   *
   * @default - left out
   */
  readonly matches?: GrpcRouteMatchFields[];
  /**
   * `name` of GRPCRouteRule.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of GRPCRouteSpec.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#grpcroutespec
 */
export interface GrpcRouteSpecFields {
  /**
   * `hostnames` of GRPCRouteSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly hostnames?: string[];
  /**
   * `parentRefs` of GRPCRouteSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly parentRefs?: GatewayRouteParentRefFields[];
  /**
   * `rules` of GRPCRouteSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly rules?: GrpcRouteRuleFields[];
}

/**
 * Fields of GatewayRouteAdd.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteAddFields {
  /**
   * `name` of GatewayRouteAdd.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `value` of GatewayRouteAdd.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of GatewayRouteBackendRef.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteBackendRefFields {
  /**
   * `filters` of GatewayRouteBackendRef: replaces what is there.
   *
   * @default - left out
   */
  readonly filters?: GatewayRouteFilterFields[];
  /**
   * `group` of GatewayRouteBackendRef.
   *
   * @default - left out
   */
  readonly group?: string;
  /**
   * `kind` of GatewayRouteBackendRef.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of GatewayRouteBackendRef.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `namespace` of GatewayRouteBackendRef.
   *
   * @default - left out
   */
  readonly namespace?: string;
  /**
   * `port` of GatewayRouteBackendRef.
   *
   * @default - left out
   */
  readonly port?: number;
  /**
   * `weight` of GatewayRouteBackendRef.
   *
   * @default - left out
   */
  readonly weight?: number;
}

/**
 * Fields of GatewayRouteCors.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteCorsFields {
  /**
   * `allowCredentials` of GatewayRouteCors.
   *
   * @default - left out
   */
  readonly allowCredentials?: boolean;
  /**
   * `allowHeaders` of GatewayRouteCors: replaces what is there.
   *
   * @default - left out
   */
  readonly allowHeaders?: string[];
  /**
   * `allowMethods` of GatewayRouteCors: replaces what is there.
   *
   * @default - left out
   */
  readonly allowMethods?: string[];
  /**
   * `allowOrigins` of GatewayRouteCors: replaces what is there.
   *
   * @default - left out
   */
  readonly allowOrigins?: string[];
  /**
   * `exposeHeaders` of GatewayRouteCors: replaces what is there.
   *
   * @default - left out
   */
  readonly exposeHeaders?: string[];
  /**
   * `maxAge` of GatewayRouteCors.
   *
   * @default - left out
   */
  readonly maxAge?: number;
}

/**
 * Fields of GatewayRouteExtensionRef.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteExtensionRefFields {
  /**
   * `group` of GatewayRouteExtensionRef.
   *
   * @default - left out
   */
  readonly group?: string;
  /**
   * `kind` of GatewayRouteExtensionRef.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of GatewayRouteExtensionRef.
   *
   * @default - left out
   */
  readonly name?: string;
}

/**
 * Fields of GatewayRouteFilter.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteFilterFields {
  /**
   * `cors` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly cors?: GatewayRouteCorsFields;
  /**
   * `extensionRef` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly extensionRef?: GatewayRouteExtensionRefFields;
  /**
   * `requestHeaderModifier` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly requestHeaderModifier?: GatewayRouteRequestHeaderModifierFields;
  /**
   * `requestMirror` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly requestMirror?: GatewayRouteRequestMirrorFields;
  /**
   * `requestRedirect` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly requestRedirect?: GatewayRouteRequestRedirectFields;
  /**
   * `responseHeaderModifier` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly responseHeaderModifier?: GatewayRouteRequestHeaderModifierFields;
  /**
   * `type` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly type?: string;
  /**
   * `urlRewrite` of GatewayRouteFilter.
   *
   * @default - left out
   */
  readonly urlRewrite?: GatewayRouteUrlRewriteFields;
}

/**
 * Fields of GatewayRouteFraction.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteFractionFields {
  /**
   * `denominator` of GatewayRouteFraction.
   *
   * @default - left out
   */
  readonly denominator?: number;
  /**
   * `numerator` of GatewayRouteFraction.
   *
   * @default - left out
   */
  readonly numerator?: number;
}

/**
 * Fields of GatewayRouteHeader.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteHeaderFields {
  /**
   * `name` of GatewayRouteHeader.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `type` of GatewayRouteHeader.
   *
   * @default - left out
   */
  readonly type?: string;
  /**
   * `value` of GatewayRouteHeader.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of GatewayRouteMatch.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteMatchFields {
  /**
   * `headers` of GatewayRouteMatch: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly headers?: GatewayRouteHeaderFields[];
  /**
   * `method` of GatewayRouteMatch.
   *
   * @default - left out
   */
  readonly method?: string;
  /**
   * `path` of GatewayRouteMatch.
   *
   * @default - left out
   */
  readonly path?: HttpRoutePathFields;
  /**
   * `queryParams` of GatewayRouteMatch: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly queryParams?: GatewayRouteQueryParamFields[];
}

/**
 * Fields of GatewayRouteMethod.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#grpcroutespec
 */
export interface GatewayRouteMethodFields {
  /**
   * `method` of GatewayRouteMethod.
   *
   * @default - left out
   */
  readonly method?: string;
  /**
   * `service` of GatewayRouteMethod.
   *
   * @default - left out
   */
  readonly service?: string;
  /**
   * `type` of GatewayRouteMethod.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of GatewayRouteParentRef.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteParentRefFields {
  /**
   * `group` of GatewayRouteParentRef.
   *
   * @default - left out
   */
  readonly group?: string;
  /**
   * `kind` of GatewayRouteParentRef.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of GatewayRouteParentRef.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `namespace` of GatewayRouteParentRef.
   *
   * @default - left out
   */
  readonly namespace?: string;
  /**
   * `port` of GatewayRouteParentRef.
   *
   * @default - left out
   */
  readonly port?: number;
  /**
   * `sectionName` of GatewayRouteParentRef.
   *
   * @default - left out
   */
  readonly sectionName?: string;
}

/**
 * Fields of GatewayRoutePath.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRoutePathFields {
  /**
   * `replaceFullPath` of GatewayRoutePath.
   *
   * @default - left out
   */
  readonly replaceFullPath?: string;
  /**
   * `replacePrefixMatch` of GatewayRoutePath.
   *
   * @default - left out
   */
  readonly replacePrefixMatch?: string;
  /**
   * `type` of GatewayRoutePath.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of GatewayRouteQueryParam.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteQueryParamFields {
  /**
   * `name` of GatewayRouteQueryParam.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `type` of GatewayRouteQueryParam.
   *
   * @default - left out
   */
  readonly type?: string;
  /**
   * `value` of GatewayRouteQueryParam.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of GatewayRouteRequestHeaderModifier.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteRequestHeaderModifierFields {
  /**
   * `add` of GatewayRouteRequestHeaderModifier: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly add?: GatewayRouteAddFields[];
  /**
   * `remove` of GatewayRouteRequestHeaderModifier: replaces what is there.
   *
   * @default - left out
   */
  readonly remove?: string[];
  /**
   * `set` of GatewayRouteRequestHeaderModifier: merged with what is there by `name`.
   *
   * @default - left out
   */
  readonly set?: GatewayRouteAddFields[];
}

/**
 * Fields of GatewayRouteRequestMirror.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteRequestMirrorFields {
  /**
   * `backendRef` of GatewayRouteRequestMirror.
   *
   * @default - left out
   */
  readonly backendRef?: HttpRouteBackendRefFields;
  /**
   * `fraction` of GatewayRouteRequestMirror.
   *
   * @default - left out
   */
  readonly fraction?: GatewayRouteFractionFields;
  /**
   * `percent` of GatewayRouteRequestMirror.
   *
   * @default - left out
   */
  readonly percent?: number;
}

/**
 * Fields of GatewayRouteRequestRedirect.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteRequestRedirectFields {
  /**
   * `hostname` of GatewayRouteRequestRedirect.
   *
   * @default - left out
   */
  readonly hostname?: string;
  /**
   * `path` of GatewayRouteRequestRedirect.
   *
   * @default - left out
   */
  readonly path?: GatewayRoutePathFields;
  /**
   * `port` of GatewayRouteRequestRedirect.
   *
   * @default - left out
   */
  readonly port?: number;
  /**
   * `scheme` of GatewayRouteRequestRedirect.
   *
   * @default - left out
   */
  readonly scheme?: string;
  /**
   * `statusCode` of GatewayRouteRequestRedirect.
   *
   * @default - left out
   */
  readonly statusCode?: number;
}

/**
 * Fields of GatewayRouteRule.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteRuleFields {
  /**
   * `backendRefs` of GatewayRouteRule: replaces what is there.
   *
   * @default - left out
   */
  readonly backendRefs?: GatewayRouteBackendRefFields[];
  /**
   * `filters` of GatewayRouteRule: replaces what is there.
   *
   * @default - left out
   */
  readonly filters?: GatewayRouteFilterFields[];
  /**
   * `matches` of GatewayRouteRule: replaces what is there.
   *
   * @default - left out
   */
  readonly matches?: GatewayRouteMatchFields[];
  /**
   * `name` of GatewayRouteRule.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `timeouts` of GatewayRouteRule.
   *
   * @default - left out
   */
  readonly timeouts?: GatewayRouteTimeoutsFields;
}

/**
 * Fields of GatewayRouteTimeouts.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteTimeoutsFields {
  /**
   * `backendRequest` of GatewayRouteTimeouts.
   *
   * @default - left out
   */
  readonly backendRequest?: string;
  /**
   * `request` of GatewayRouteTimeouts.
   *
   * @default - left out
   */
  readonly request?: string;
}

/**
 * Fields of GatewayRouteUrlRewrite.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface GatewayRouteUrlRewriteFields {
  /**
   * `hostname` of GatewayRouteUrlRewrite.
   *
   * @default - left out
   */
  readonly hostname?: string;
  /**
   * `path` of GatewayRouteUrlRewrite.
   *
   * @default - left out
   */
  readonly path?: GatewayRoutePathFields;
}

/**
 * Fields of HTTPRouteBackendRef.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface HttpRouteBackendRefFields {
  /**
   * `group` of HTTPRouteBackendRef.
   *
   * @default - left out
   */
  readonly group?: string;
  /**
   * `kind` of HTTPRouteBackendRef.
   *
   * @default - left out
   */
  readonly kind?: string;
  /**
   * `name` of HTTPRouteBackendRef.
   *
   * @default - left out
   */
  readonly name?: string;
  /**
   * `namespace` of HTTPRouteBackendRef.
   *
   * @default - left out
   */
  readonly namespace?: string;
  /**
   * `port` of HTTPRouteBackendRef.
   *
   * @default - left out
   */
  readonly port?: number;
}

/**
 * Fields of HTTPRoutePath.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface HttpRoutePathFields {
  /**
   * `type` of HTTPRoutePath.
   *
   * @default - left out
   */
  readonly type?: string;
  /**
   * `value` of HTTPRoutePath.
   *
   * @default - left out
   */
  readonly value?: string;
}

/**
 * Fields of HTTPRouteSpec.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/api-spec/main/spec/#httproutespec
 */
export interface HttpRouteSpecFields {
  /**
   * `hostnames` of HTTPRouteSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly hostnames?: string[];
  /**
   * `parentRefs` of HTTPRouteSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly parentRefs?: GatewayRouteParentRefFields[];
  /**
   * `rules` of HTTPRouteSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly rules?: GatewayRouteRuleFields[];
}

/**
 * Fields of MonitorAttachMetadata.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorAttachMetadataFields {
  /**
   * `node` of MonitorAttachMetadata.
   *
   * @default - left out
   */
  readonly node?: boolean;
}

/**
 * Fields of MonitorAuthorization.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorAuthorizationFields {
  /**
   * `credentials` of MonitorAuthorization.
   *
   * @default - left out
   */
  readonly credentials?: SecretKeySelectorFields;
  /**
   * `type` of MonitorAuthorization.
   *
   * @default - left out
   */
  readonly type?: string;
}

/**
 * Fields of MonitorBasicAuth.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorBasicAuthFields {
  /**
   * `password` of MonitorBasicAuth.
   *
   * @default - left out
   */
  readonly password?: SecretKeySelectorFields;
  /**
   * `username` of MonitorBasicAuth.
   *
   * @default - left out
   */
  readonly username?: SecretKeySelectorFields;
}

/**
 * Fields of MonitorClientId.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorClientIdFields {
  /**
   * `configMap` of MonitorClientId.
   *
   * @default - left out
   */
  readonly configMap?: ConfigMapKeySelectorFields;
  /**
   * `secret` of MonitorClientId.
   *
   * @default - left out
   */
  readonly secret?: SecretKeySelectorFields;
}

/**
 * Fields of MonitorEndpoint.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorEndpointFields {
  /**
   * `authorization` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly authorization?: MonitorAuthorizationFields;
  /**
   * `basicAuth` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly basicAuth?: MonitorBasicAuthFields;
  /**
   * `bearerTokenFile` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly bearerTokenFile?: string;
  /**
   * `bearerTokenSecret` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly bearerTokenSecret?: SecretKeySelectorFields;
  /**
   * `enableHttp2` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly enableHttp2?: boolean;
  /**
   * `filterRunning` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly filterRunning?: boolean;
  /**
   * `followRedirects` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly followRedirects?: boolean;
  /**
   * `honorLabels` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly honorLabels?: boolean;
  /**
   * `honorTimestamps` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly honorTimestamps?: boolean;
  /**
   * `interval` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly interval?: string;
  /**
   * `metricRelabelings` of MonitorEndpoint: replaces what is there.
   *
   * @default - left out
   */
  readonly metricRelabelings?: MonitorMetricRelabelingFields[];
  /**
   * `noProxy` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly noProxy?: string;
  /**
   * `oauth2` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly oauth2?: MonitorOauth2Fields;
  /**
   * `params` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly params?: { readonly [key: string]: string[] };
  /**
   * `path` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `port` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly port?: string;
  /**
   * `proxyConnectHeader` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly proxyConnectHeader?: { readonly [key: string]: SecretKeySelectorFields[] };
  /**
   * `proxyFromEnvironment` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly proxyFromEnvironment?: boolean;
  /**
   * `proxyUrl` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly proxyUrl?: string;
  /**
   * `relabelings` of MonitorEndpoint: replaces what is there.
   *
   * @default - left out
   */
  readonly relabelings?: MonitorMetricRelabelingFields[];
  /**
   * `scheme` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly scheme?: string;
  /**
   * `scrapeTimeout` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly scrapeTimeout?: string;
  /**
   * `targetPort` of MonitorEndpoint: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly targetPort?: any;
  /**
   * `tlsConfig` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly tlsConfig?: ServiceMonitorTlsConfigFields;
  /**
   * `trackTimestampsStaleness` of MonitorEndpoint.
   *
   * @default - left out
   */
  readonly trackTimestampsStaleness?: boolean;
}

/**
 * Fields of MonitorMetricRelabeling.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorMetricRelabelingFields {
  /**
   * `action` of MonitorMetricRelabeling.
   *
   * @default - left out
   */
  readonly action?: string;
  /**
   * `modulus` of MonitorMetricRelabeling.
   *
   * @default - left out
   */
  readonly modulus?: number;
  /**
   * `regex` of MonitorMetricRelabeling.
   *
   * @default - left out
   */
  readonly regex?: string;
  /**
   * `replacement` of MonitorMetricRelabeling.
   *
   * @default - left out
   */
  readonly replacement?: string;
  /**
   * `separator` of MonitorMetricRelabeling.
   *
   * @default - left out
   */
  readonly separator?: string;
  /**
   * `sourceLabels` of MonitorMetricRelabeling: replaces what is there.
   *
   * @default - left out
   */
  readonly sourceLabels?: string[];
  /**
   * `targetLabel` of MonitorMetricRelabeling.
   *
   * @default - left out
   */
  readonly targetLabel?: string;
}

/**
 * Fields of MonitorNamespaceSelector.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorNamespaceSelectorFields {
  /**
   * `any` of MonitorNamespaceSelector.
   *
   * @default - left out
   */
  readonly any?: boolean;
  /**
   * `matchNames` of MonitorNamespaceSelector: replaces what is there.
   *
   * @default - left out
   */
  readonly matchNames?: string[];
}

/**
 * Fields of MonitorOauth2.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorOauth2Fields {
  /**
   * `clientId` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly clientId?: MonitorClientIdFields;
  /**
   * `clientSecret` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly clientSecret?: SecretKeySelectorFields;
  /**
   * `endpointParams` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly endpointParams?: { readonly [key: string]: string };
  /**
   * `noProxy` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly noProxy?: string;
  /**
   * `proxyConnectHeader` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly proxyConnectHeader?: { readonly [key: string]: SecretKeySelectorFields[] };
  /**
   * `proxyFromEnvironment` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly proxyFromEnvironment?: boolean;
  /**
   * `proxyUrl` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly proxyUrl?: string;
  /**
   * `scopes` of MonitorOauth2: replaces what is there.
   *
   * @default - left out
   */
  readonly scopes?: string[];
  /**
   * `tlsConfig` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly tlsConfig?: MonitorTlsConfigFields;
  /**
   * `tokenUrl` of MonitorOauth2.
   *
   * @default - left out
   */
  readonly tokenUrl?: string;
}

/**
 * Fields of MonitorPodMetricsEndpoint.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitorSpec
 */
export interface MonitorPodMetricsEndpointFields {
  /**
   * `authorization` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly authorization?: MonitorAuthorizationFields;
  /**
   * `basicAuth` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly basicAuth?: MonitorBasicAuthFields;
  /**
   * `bearerTokenSecret` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly bearerTokenSecret?: SecretKeySelectorFields;
  /**
   * `enableHttp2` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly enableHttp2?: boolean;
  /**
   * `filterRunning` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly filterRunning?: boolean;
  /**
   * `followRedirects` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly followRedirects?: boolean;
  /**
   * `honorLabels` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly honorLabels?: boolean;
  /**
   * `honorTimestamps` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly honorTimestamps?: boolean;
  /**
   * `interval` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly interval?: string;
  /**
   * `metricRelabelings` of MonitorPodMetricsEndpoint: replaces what is there.
   *
   * @default - left out
   */
  readonly metricRelabelings?: MonitorMetricRelabelingFields[];
  /**
   * `noProxy` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly noProxy?: string;
  /**
   * `oauth2` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly oauth2?: MonitorOauth2Fields;
  /**
   * `params` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly params?: { readonly [key: string]: string[] };
  /**
   * `path` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly path?: string;
  /**
   * `port` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly port?: string;
  /**
   * `portNumber` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly portNumber?: number;
  /**
   * `proxyConnectHeader` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly proxyConnectHeader?: { readonly [key: string]: SecretKeySelectorFields[] };
  /**
   * `proxyFromEnvironment` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly proxyFromEnvironment?: boolean;
  /**
   * `proxyUrl` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly proxyUrl?: string;
  /**
   * `relabelings` of MonitorPodMetricsEndpoint: replaces what is there.
   *
   * @default - left out
   */
  readonly relabelings?: MonitorMetricRelabelingFields[];
  /**
   * `scheme` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly scheme?: string;
  /**
   * `scrapeTimeout` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly scrapeTimeout?: string;
  /**
   * `targetPort` of MonitorPodMetricsEndpoint: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly targetPort?: any;
  /**
   * `tlsConfig` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly tlsConfig?: MonitorTlsConfigFields;
  /**
   * `trackTimestampsStaleness` of MonitorPodMetricsEndpoint.
   *
   * @default - left out
   */
  readonly trackTimestampsStaleness?: boolean;
}

/**
 * Fields of MonitorTlsConfig.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface MonitorTlsConfigFields {
  /**
   * `ca` of MonitorTlsConfig.
   *
   * @default - left out
   */
  readonly ca?: MonitorClientIdFields;
  /**
   * `cert` of MonitorTlsConfig.
   *
   * @default - left out
   */
  readonly cert?: MonitorClientIdFields;
  /**
   * `insecureSkipVerify` of MonitorTlsConfig.
   *
   * @default - left out
   */
  readonly insecureSkipVerify?: boolean;
  /**
   * `keySecret` of MonitorTlsConfig.
   *
   * @default - left out
   */
  readonly keySecret?: SecretKeySelectorFields;
  /**
   * `maxVersion` of MonitorTlsConfig.
   *
   * @default - left out
   */
  readonly maxVersion?: string;
  /**
   * `minVersion` of MonitorTlsConfig.
   *
   * @default - left out
   */
  readonly minVersion?: string;
  /**
   * `serverName` of MonitorTlsConfig.
   *
   * @default - left out
   */
  readonly serverName?: string;
}

/**
 * Fields of PodMonitorSpec.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitorSpec
 */
export interface PodMonitorSpecFields {
  /**
   * `attachMetadata` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly attachMetadata?: MonitorAttachMetadataFields;
  /**
   * `bodySizeLimit` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly bodySizeLimit?: string;
  /**
   * `convertClassicHistogramsToNHCB` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly convertClassicHistogramsToNhcb?: boolean;
  /**
   * `fallbackScrapeProtocol` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly fallbackScrapeProtocol?: string;
  /**
   * `jobLabel` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly jobLabel?: string;
  /**
   * `keepDroppedTargets` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly keepDroppedTargets?: number;
  /**
   * `labelLimit` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly labelLimit?: number;
  /**
   * `labelNameLengthLimit` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly labelNameLengthLimit?: number;
  /**
   * `labelValueLengthLimit` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly labelValueLengthLimit?: number;
  /**
   * `namespaceSelector` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly namespaceSelector?: MonitorNamespaceSelectorFields;
  /**
   * `nativeHistogramBucketLimit` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly nativeHistogramBucketLimit?: number;
  /**
   * `nativeHistogramMinBucketFactor` of PodMonitorSpec: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly nativeHistogramMinBucketFactor?: any;
  /**
   * `podMetricsEndpoints` of PodMonitorSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly podMetricsEndpoints?: MonitorPodMetricsEndpointFields[];
  /**
   * `podTargetLabels` of PodMonitorSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly podTargetLabels?: string[];
  /**
   * `sampleLimit` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly sampleLimit?: number;
  /**
   * `scrapeClass` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly scrapeClass?: string;
  /**
   * `scrapeClassicHistograms` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly scrapeClassicHistograms?: boolean;
  /**
   * `scrapeProtocols` of PodMonitorSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly scrapeProtocols?: string[];
  /**
   * `selector` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `selectorMechanism` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly selectorMechanism?: string;
  /**
   * `targetLimit` of PodMonitorSpec.
   *
   * @default - left out
   */
  readonly targetLimit?: number;
}

/**
 * Fields of ServiceMonitorSpec.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface ServiceMonitorSpecFields {
  /**
   * `attachMetadata` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly attachMetadata?: MonitorAttachMetadataFields;
  /**
   * `bodySizeLimit` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly bodySizeLimit?: string;
  /**
   * `convertClassicHistogramsToNHCB` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly convertClassicHistogramsToNhcb?: boolean;
  /**
   * `endpoints` of ServiceMonitorSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly endpoints?: MonitorEndpointFields[];
  /**
   * `fallbackScrapeProtocol` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly fallbackScrapeProtocol?: string;
  /**
   * `jobLabel` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly jobLabel?: string;
  /**
   * `keepDroppedTargets` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly keepDroppedTargets?: number;
  /**
   * `labelLimit` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly labelLimit?: number;
  /**
   * `labelNameLengthLimit` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly labelNameLengthLimit?: number;
  /**
   * `labelValueLengthLimit` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly labelValueLengthLimit?: number;
  /**
   * `namespaceSelector` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly namespaceSelector?: MonitorNamespaceSelectorFields;
  /**
   * `nativeHistogramBucketLimit` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly nativeHistogramBucketLimit?: number;
  /**
   * `nativeHistogramMinBucketFactor` of ServiceMonitorSpec: a whole number or a string, which jsii has no type for.
   *
   * @default - left out
   */
  readonly nativeHistogramMinBucketFactor?: any;
  /**
   * `podTargetLabels` of ServiceMonitorSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly podTargetLabels?: string[];
  /**
   * `sampleLimit` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly sampleLimit?: number;
  /**
   * `scrapeClass` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly scrapeClass?: string;
  /**
   * `scrapeClassicHistograms` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly scrapeClassicHistograms?: boolean;
  /**
   * `scrapeProtocols` of ServiceMonitorSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly scrapeProtocols?: string[];
  /**
   * `selector` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly selector?: LabelSelectorFields;
  /**
   * `selectorMechanism` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly selectorMechanism?: string;
  /**
   * `targetLabels` of ServiceMonitorSpec: replaces what is there.
   *
   * @default - left out
   */
  readonly targetLabels?: string[];
  /**
   * `targetLimit` of ServiceMonitorSpec.
   *
   * @default - left out
   */
  readonly targetLimit?: number;
}

/**
 * Fields of ServiceMonitorTlsConfig.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitorSpec
 */
export interface ServiceMonitorTlsConfigFields {
  /**
   * `ca` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly ca?: MonitorClientIdFields;
  /**
   * `caFile` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly caFile?: string;
  /**
   * `cert` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly cert?: MonitorClientIdFields;
  /**
   * `certFile` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly certFile?: string;
  /**
   * `insecureSkipVerify` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly insecureSkipVerify?: boolean;
  /**
   * `keyFile` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly keyFile?: string;
  /**
   * `keySecret` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly keySecret?: SecretKeySelectorFields;
  /**
   * `maxVersion` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly maxVersion?: string;
  /**
   * `minVersion` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly minVersion?: string;
  /**
   * `serverName` of ServiceMonitorTlsConfig.
   *
   * @default - left out
   */
  readonly serverName?: string;
}
