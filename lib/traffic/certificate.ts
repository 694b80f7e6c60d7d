import { type ApiObject, Chart, type Duration } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type CertificateKey, type CertificateProps, KeyAlgorithm, KeyEncoding } from './certificate-props';
import { fileVolume } from '../configuration/references';
import { isIpAddress } from '../definition/address';
import type { CertificateIssuer } from '../definition/certificate-issuer';
import { durationText } from '../definition/duration';
import { compact, compactOrNone, type Json } from '../definition/json';
import { checkReference, isHostName, NameRule } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import type { Volume } from '../definition/volume';
import type { FileOptions } from '../definition/volume-options';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import { Environment } from '../platform/environment';
import { type Decisions, Platform } from '../platform/platform';
import { claim } from '../synthesis/claims';
import { defineManifest } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';

/** https://cert-manager.io/docs/usage/certificate/ */
const LEAST_MILLISECONDS = 3_600_000;
const LEAST_RENEWAL_MILLISECONDS = 300_000;
const DEFAULT_MILLISECONDS = 90 * 24 * 3_600_000;
const MAX_COMMON_NAME = 64;
const RSA_BITS = [2048, 8192] as const;
const ECDSA_BITS = [256, 384, 521];
const NAMING_FIELDS = ['dnsNames', 'ipAddresses', 'uris', 'commonName', 'emailAddresses', 'otherNames', 'literalSubject'] as const;
const KEYS = ['ca.crt', 'tls.crt', 'tls.key'];

/**
 * A certificate that cert-manager has signed and renews, in a Secret: a route serves it (`RouteTls.certificate`), pods read it as files
 * (`asFiles`), and whatever else needs it names the Secret (`secretName`).
 *
 * Diagnostics: `issuer-missing`, `invalid-host`, `invalid-value`, `conflicting-options`, `invalid-name`, `duplicate-name`, `unknown-field`.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 * @example
 * const certificate = new Certificate(chart, 'shop', {
 *   dnsNames: ['shop.example.com'],
 *   issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
 * });
 * new IngressRoute(chart, 'public', {
 *   host: 'shop.example.com',
 *   tls: RouteTls.certificate(certificate),
 *   paths: [{ path: '/', to: RouteTarget.service('web', 80) }],
 * });
 */
export class Certificate extends Construct {
  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the Certificate. */
  public readonly name: string;
  /** The name of the Secret that holds it: `tls.crt`, `tls.key` and, where the issuer says it, `ca.crt`. */
  public readonly secretName: string;

  public constructor(scope: Construct, id: string, private readonly props: CertificateProps) {
    super(scope, id);
    this.name = nameOf(this, props.name);
    this.secretName = props.secretName ?? `${this.name}-tls`;
    const { labels, annotations } = props;
    this.apiObject = defineManifest(this, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      name: this.name,
      nameRule: NameRule.SUBDOMAIN,
      owner: { name: this.name, component: 'certificate', ...labels && { labels }, ...annotations && { annotations } },
      fields: { spec: (report, decisions) => this.renderSpec(decisions, report) },
    });
    const writers = claim(this, ['certificate-secret', Environment.of(this)?.name ?? '', Chart.of(this).namespace ?? '', this.secretName].join('\n'));
    Diagnostics._check(this, report => this.check(writers[0], report));
  }

  /**
   * The certificate and its key, as files that the pod's user and group alone may read (mode 0440).
   * Diagnostics: `unknown-key`, `invalid-mount`, `invalid-value`.
   *
   * @param options which and how
   */
  public asFiles(options: FileOptions = {}): Volume {
    const { additionalOutputFormats, keystores } = this.props.fields ?? {};
    return fileVolume({
      kind: 'Secret',
      name: this.secretName,
      // Further formats are further keys.
      keys: () => additionalOutputFormats ?? keystores ? undefined : KEYS,
      binaryKeys: () => [],
      values: () => ({}),
      remedy: `Write one of its keys: ${KEYS.map(key => `'${key}'`).join(', ')}.`,
      rolls: false,
      mode: 0o440,
      // Not every issuer says its own certificate, and a pod would wait for it.
      listsFiles: false,
    }, options);
  }

  /**
   * Whether it is for a host.
   *
   * @internal
   */
  public _covers(host: string): boolean {
    const names = [...this.props.dnsNames ?? [], ...this.props.fields?.dnsNames ?? []];
    return names.some(name => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)));
  }

  private issuer(decisions: Decisions): CertificateIssuer | undefined {
    return this.props.issuer ?? decisions.certificateIssuer;
  }

  private renderSpec(decisions: Decisions, report: Report): Json {
    const { dnsNames, ipAddresses, uris, commonName, duration, renewBefore, usages, privateKey, isCa, fields } = this.props;
    return mergeFields('CertificateSpec', compact({
      secretName: this.secretName,
      issuerRef: this.issuer(decisions)?._reference ?? {},
      commonName,
      dnsNames,
      ipAddresses,
      uris,
      isCA: isCa || undefined,
      duration: durationText(duration, 'duration', report),
      renewBefore: durationText(renewBefore, 'renewBefore', report),
      usages,
      privateKey: privateKey && renderKey(privateKey, within(report, 'privateKey')),
    }), fields, decisions.kubernetesVersion._minor, within(report, 'fields'));
  }

  private check(writer: IConstruct, report: Report): void {
    const { issuer, fields } = this.props;
    issuer?._check('issuer', report);
    if (!this.issuer(Platform._decisions(this)) && !fields?.issuerRef) {
      report({
        code: 'issuer-missing',
        property: 'issuer',
        message: 'Neither the certificate nor the platform names an issuer.',
        remedy: "Set Platform.certificateIssuer, for example CertificateIssuer.clusterIssuer('letsencrypt'); nothing is chosen for you.",
      });
    }
    checkReference(this.secretName, 'Secret', 'secretName', report);
    if (writer !== this) {
      report({
        code: 'duplicate-name',
        property: 'secretName',
        message: `The Secret '${this.secretName}' is that of the certificate '${writer.node.path}' already; cert-manager would issue both in turns for ever.`,
        remedy: "Give one of them another 'secretName'.",
      });
    }
    checkNames(this.props, report);
    checkTimes(this.props, report);
  }
}

function checkNames({ dnsNames = [], ipAddresses = [], uris = [], commonName, fields }: CertificateProps, report: Report): void {
  const named = dnsNames.length + ipAddresses.length + uris.length > 0 || commonName !== undefined
    || NAMING_FIELDS.some(field => fields?.[field] !== undefined);
  if (!named) {
    report({ code: 'invalid-value', property: 'dnsNames', message: 'The certificate is for nobody.', remedy: "Name a host, for example dnsNames: ['shop.example.com']." });
  }
  dnsNames.forEach((name, index) => {
    if (!isHostName(name.startsWith('*.') ? name.slice(2) : name)) {
      report({ code: 'invalid-host', property: `dnsNames[${index}]`, message: `'${name}' is not a host name.`, remedy: "Write it in lower case without scheme and port, for example 'shop.example.com'." });
    }
  });
  ipAddresses.forEach((address, index) => {
    if (!isIpAddress(address)) {
      report({ code: 'invalid-value', property: `ipAddresses[${index}]`, message: `'${address}' is not an address.`, remedy: "Write for example '203.0.113.7'; a host name belongs into dnsNames." });
    }
  });
  uris.forEach((uri, index) => {
    if (!URL.canParse(uri)) {
      report({ code: 'invalid-value', property: `uris[${index}]`, message: `'${uri}' is not a URI.`, remedy: "Write it with its scheme, for example 'spiffe://cluster.local/ns/shop/sa/orders'." });
    }
  });
  if (commonName !== undefined && (commonName === '' || commonName.length > MAX_COMMON_NAME)) {
    report({ code: 'invalid-value', property: 'commonName', message: `A common name has 1 to ${MAX_COMMON_NAME} characters, and this one ${commonName.length}.`, remedy: 'Shorten it, or leave it out: dnsNames are what clients read.' });
  }
}

function checkTimes({ duration, renewBefore }: CertificateProps, report: Report): void {
  const milliseconds = (time: Duration) => time.toMilliseconds({ integral: false });
  if (duration && milliseconds(duration) < LEAST_MILLISECONDS) {
    report({ code: 'invalid-value', property: 'duration', message: 'cert-manager asks for no certificate that is good for less than an hour.', remedy: 'Write at least Duration.hours(1).' });
  }
  if (renewBefore && milliseconds(renewBefore) < LEAST_RENEWAL_MILLISECONDS) {
    report({ code: 'invalid-value', property: 'renewBefore', message: 'cert-manager renews five minutes before the end at the latest.', remedy: 'Write at least Duration.minutes(5).' });
  }
  if (renewBefore && milliseconds(renewBefore) >= (duration ? milliseconds(duration) : DEFAULT_MILLISECONDS)) {
    report({ code: 'conflicting-options', property: 'renewBefore', message: 'The certificate would be renewed before it is good.', remedy: `Write less than ${duration ? "'duration'" : 'the 90 days that it is good for'}.` });
  }
}

function renderKey({ algorithm, size, encoding, rotation }: CertificateKey, report: Report): Json | undefined {
  const kind = algorithm ?? KeyAlgorithm.RSA;
  if (size !== undefined) {
    const [least, greatest] = RSA_BITS;
    const fits = kind === KeyAlgorithm.RSA
      ? Number.isInteger(size) && size >= least && size <= greatest
      : kind === KeyAlgorithm.ECDSA && ECDSA_BITS.includes(size);
    if (!fits) {
      report({
        code: 'invalid-value',
        property: 'size',
        message: `A key of the kind ${kind} has not ${size} bits.`,
        remedy: kind === KeyAlgorithm.RSA ? `Write ${least} to ${greatest}.` : kind === KeyAlgorithm.ECDSA ? `Write one of ${ECDSA_BITS.join(', ')}.` : 'Leave it out.',
      });
    }
  }
  if (kind === KeyAlgorithm.ED25519 && encoding === KeyEncoding.PKCS1) {
    report({ code: 'conflicting-options', property: 'encoding', message: 'PKCS1 cannot hold an Ed25519 key.', remedy: 'Write KeyEncoding.PKCS8, or leave it out.' });
  }
  return compactOrNone({ algorithm, size, encoding, rotationPolicy: rotation });
}
