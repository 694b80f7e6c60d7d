import type { Duration } from 'cdk8s';
import type { CertificateIssuer } from '../definition/certificate-issuer';
import type { CertificateSpecFields } from '../definition/custom-fields.generated';

/** The kind of a private key. */
export enum KeyAlgorithm {
  /** RSA, of 2048 to 8192 bits. */
  RSA = 'RSA',
  /** Elliptic curves, of 256, 384 or 521 bits. */
  ECDSA = 'ECDSA',
  /** Ed25519, which has one size. */
  ED25519 = 'Ed25519',
}

/** How a private key is written. */
export enum KeyEncoding {
  /** The older form, of RSA and elliptic curves alone. */
  PKCS1 = 'PKCS1',
  /** The form that takes every kind of key. */
  PKCS8 = 'PKCS8',
}

/** When there is a new private key. */
export enum KeyRotation {
  /** With every new certificate. */
  ALWAYS = 'Always',
  /** Never, where others pin the key. */
  NEVER = 'Never',
}

/** The private key of a certificate. */
export interface CertificateKey {
  /**
   * The kind of key.
   *
   * @default KeyAlgorithm.RSA
   */
  readonly algorithm?: KeyAlgorithm;
  /**
   * The number of bits.
   *
   * @default - 2048 for RSA, 256 for elliptic curves
   */
  readonly size?: number;
  /**
   * How it is written.
   *
   * @default KeyEncoding.PKCS1
   */
  readonly encoding?: KeyEncoding;
  /**
   * When there is a new one.
   *
   * @default - as cert-manager does: always from 1.18, never before
   */
  readonly rotation?: KeyRotation;
}

/** What a certificate is good for: the usages of RFC 5280 that services need; any other goes into `fields.usages`. */
export enum CertificateUsage {
  /** A server shows it to its clients. */
  SERVER_AUTH = 'server auth',
  /** A client shows it to servers. */
  CLIENT_AUTH = 'client auth',
  /** The key signs, as TLS does. */
  DIGITAL_SIGNATURE = 'digital signature',
  /** The key encrypts other keys, as TLS with RSA did. */
  KEY_ENCIPHERMENT = 'key encipherment',
  /** The key agrees on other keys. */
  KEY_AGREEMENT = 'key agreement',
  /** The key signs certificates. */
  CERT_SIGN = 'cert sign',
  /** The key signs lists of revoked certificates. */
  CRL_SIGN = 'crl sign',
  /** The key signs code. */
  CODE_SIGNING = 'code signing',
}

/** What a certificate says. */
export interface CertificateProps {
  /**
   * The host names that it is for, for example `shop.example.com`, `*.example.com` or, inside the cluster, `orders.shop.svc`.
   *
   * @default - none
   */
  readonly dnsNames?: string[];
  /**
   * The addresses that it is for.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];
  /**
   * The URIs that it is for, `spiffe://cluster.local/ns/shop/sa/orders` for example.
   *
   * @default - none
   */
  readonly uris?: string[];
  /**
   * The common name, at most 64 characters, for clients that read no other.
   *
   * @default - none
   */
  readonly commonName?: string;
  /**
   * Who signs it.
   *
   * @default - the issuer of the platform
   */
  readonly issuer?: CertificateIssuer;
  /**
   * The Secret that cert-manager writes it to.
   *
   * @default - the name of the certificate, then `-tls`
   */
  readonly secretName?: string;
  /**
   * How long it is good for; an hour at least, and the issuer has the last word.
   *
   * @default - 90 days, as cert-manager decides
   */
  readonly duration?: Duration;
  /**
   * How long before its end it is renewed; five minutes at least.
   *
   * @default - a third of its time, as cert-manager decides
   */
  readonly renewBefore?: Duration;
  /**
   * What it is good for.
   *
   * @default - digital signature and key encipherment, as cert-manager decides
   */
  readonly usages?: CertificateUsage[];
  /**
   * Its private key.
   *
   * @default - as cert-manager decides
   */
  readonly privateKey?: CertificateKey;
  /**
   * Whether it may sign other certificates.
   *
   * @default false
   */
  readonly isCa?: boolean;
  /**
   * The name of the Certificate.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * Labels of the Certificate.
   *
   * @default - none beside those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the Certificate.
   *
   * @default - none beside those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Any field of the spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: CertificateSpecFields;
}
