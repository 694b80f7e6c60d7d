import type { SealingScope } from './sealing';
import type { SecretType } from './secret-type';

/** A Secret that exists in the cluster already. */
export interface ExistingSecretProps {
  /**
   * The name of the Secret.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * The keys that it is known to have, beside those of its type.
   *
   * @default - those of its type
   */
  readonly keys?: string[];
  /**
   * What it is for.
   *
   * @default SecretType.OPAQUE
   */
  readonly type?: SecretType;
}

/** A Secret whose values somebody fills in, once it is in the cluster. */
export interface ManagedSecretProps extends ExistingSecretProps {
  /**
   * Keys whose values the script makes up: 32 random bytes in 43 letters, digits, dashes and underscores.
   *
   * @default - none, the script asks for all values
   */
  readonly generatedKeys?: string[];
  /**
   * Keys whose values are made of others, for example `{ url: 'postgres://shop:{password}@db:5432/shop' }`: a key in braces stands for its
   * value, encoded as URLs want it. They are made anew with the keys that they read.
   *
   * @default - none
   */
  readonly composedKeys?: { [key: string]: string };
  /**
   * Labels of the Secret.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the Secret.
   *
   * @default - those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
}

/** A Secret whose values stand encrypted in the manifest. */
export interface SealedSecretProps {
  /**
   * The name of the Secret. With the strict scope it is part of every ciphertext.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /** Ciphertexts by key, as `kubeseal --raw` prints them. */
  readonly encryptedData: { [key: string]: string };
  /**
   * Where the controller unseals the ciphertexts; it must be the one that they were sealed with.
   *
   * @default SealingScope.STRICT
   */
  readonly sealingScope?: SealingScope;
  /**
   * What the Secret is for.
   *
   * @default SecretType.OPAQUE
   */
  readonly type?: SecretType;
  /**
   * Labels of the SealedSecret and of the Secret.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the SealedSecret and of the Secret.
   *
   * @default - those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
}
