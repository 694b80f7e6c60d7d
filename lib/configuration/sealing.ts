import { type Report } from '../diagnostics/report';

/** Where the controller unseals a ciphertext. It is chosen when the value is sealed and is part of the ciphertext. */
export enum SealingScope {
  /** Under this name in this namespace. */
  STRICT = 'strict',
  /** Under any name in this namespace. */
  NAMESPACE_WIDE = 'namespace-wide',
  /** Anywhere in the cluster. */
  CLUSTER_WIDE = 'cluster-wide',
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const LENGTH_BYTES = 2;
const TAG_BYTES = 16;
/** RSA with 2048 bits at least. */
const LEAST_KEY_BYTES = 256;

/** The annotation by which the controller knows the scope; strict has none. */
export function scopeAnnotations(scope: SealingScope): { [annotation: string]: string } {
  return scope === SealingScope.STRICT ? {} : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
}

/**
 * Whether a text can come from kubeseal: the length of the encrypted session key in two bytes, that key, and the value
 * encrypted with it, which ends with a tag.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md
 */
function isCiphertext(text: string): boolean {
  if (typeof text !== 'string' || !BASE64.test(text)) {
    return false;
  }
  const bytes = Buffer.from(text, 'base64');
  const keyBytes = bytes.readUInt16BE(0);
  return keyBytes >= LEAST_KEY_BYTES && bytes.length >= LENGTH_BYTES + keyBytes + TAG_BYTES;
}

/** Reports what is no ciphertext, without repeating it: it may be the secret itself. */
export function checkCiphertext(key: string, text: string, remedy: string, report: Report): void {
  if (!isCiphertext(text)) {
    report({
      code: 'secret-literal',
      property: `encryptedData['${key}']`,
      message: `The value of '${key}' is not a ciphertext of kubeseal, so it may be the secret itself.`,
      remedy,
    });
  }
}
