import { type ApiObject, Chart } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkComposedKeys, partsOf } from './composed-key';
import { checkKeyName, checkKeyNames } from './keys';
import { type EnvFromOptions, envReference, envSource, fileVolume, type KeyedObject } from './references';
import { checkCiphertext, SealingScope, scopeAnnotations } from './sealing';
import { type ExistingSecretProps, type ManagedSecretProps, type SealedSecretProps } from './secret-props';
import { SecretScript } from './secret-script';
import { SecretType } from './secret-type';
import type { EnvReference } from '../definition/env-reference';
import type { EnvSource } from '../definition/env-source';
import { compact, sortedEntries } from '../definition/json';
import { checkAnnotations, checkLabels, checkName, checkReference, NameRule } from '../definition/naming';
import type { Volume } from '../definition/volume';
import type { FileOptions } from '../definition/volume-options';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report } from '../diagnostics/report';
import { Environment } from '../platform/environment';
import { Platform } from '../platform/platform';
import { Artifacts } from '../synthesis/artifact';
import { defineManifest, type Owner, ownerLabels } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';

/** What the kinds of secrets differ in. */
interface SecretDefinition {
  readonly name: string;
  readonly keys: readonly string[];
  /** What the app knows of the values: ciphertexts at most. */
  readonly values?: { readonly [key: string]: string };
  /** How the values of some keys are made of others. */
  readonly composed?: { readonly [key: string]: string };
  readonly keyRemedy: string;
}

const API_VERSION = 'bitnami.com/v1alpha1';

/**
 * A Secret whose values never reach an output: it `existing`s already, somebody fills it in (`managed`), or it is `sealed`.
 * Pods read it as files, which is the safer way, or as environment variables.
 *
 * Diagnostics: `invalid-name`, `invalid-value`, `duplicate-name`, `duplicate-key`, `unknown-key`, `secret-literal`; where it is used `unknown-key`, `invalid-env-name`,
 * `invalid-mount`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 *
 * @example
 * const secret = ServiceSecret.managed(chart, 'db-secret', { keys: ['password'] });
 * new GoStyleMicroservice(chart, 'orders', {
 *   image: GoImage.fromModule('services/orders'),
 *   volumes: { '/etc/secrets': secret.asFiles() },
 * });
 */
export class ServiceSecret extends Construct {
  /**
   * A Secret that exists in the cluster already, because an operator or somebody else makes it. Nothing is emitted.
   *
   * @param scope where the construct stands
   * @param id its id
   * @param props which Secret
   */
  public static existing(scope: Construct, id: string, props: ExistingSecretProps): ServiceSecret {
    return ServiceSecret._existing(scope, id, props);
  }

  /**
   * As `existing`; what is local alone may have to know how the values are made of others.
   *
   * @internal
   */
  public static _existing(scope: Construct, id: string, props: ExistingSecretProps, composed?: { readonly [key: string]: string }): ServiceSecret {
    const secret = new ServiceSecret(scope, id, self => ({
      name: nameOf(self, props.name),
      keys: allKeys(props, Object.keys(composed ?? {})),
      ...composed && { composed },
      keyRemedy: "Write one of its keys; where it has more, add them to 'keys' of ServiceSecret.existing().",
    }));
    Diagnostics._check(secret, report => {
      checkReference(secret.name, 'Secret', 'name', report);
      secret.check(props, report);
    });
    return secret;
  }

  /**
   * A Secret whose values somebody fills in once it is in the cluster. The manifest has type and labels and no data, so applying it
   * again never overwrites a value; a script among the artefacts, `secrets/<namespace>-<name>.sh` in the folder of the environment,
   * fills it in and rotates it. Pods wait until the keys that they read have a value.
   *
   * The API server refuses a TLS, registry, basic-auth or SSH Secret without its keys, so the script makes those and there is no manifest.
   *
   * @param scope where the construct stands
   * @param id its id
   * @param props what it holds
   */
  public static managed(scope: Construct, id: string, props: ManagedSecretProps): ServiceSecret {
    return ServiceSecret._managed(scope, id, props);
  }

  /**
   * A Secret whose values stand encrypted in the manifest, for the sealed-secrets controller. A change of a ciphertext rolls the pods
   * that read it.
   *
   * @see https://github.com/bitnami-labs/sealed-secrets
   *
   * @param scope where the construct stands
   * @param id its id
   * @param props what it holds
   */
  public static sealed(scope: Construct, id: string, props: SealedSecretProps): ServiceSecret {
    return ServiceSecret._sealed(scope, id, props);
  }

  /**
   * A Secret of cdk8s-plus, made here or imported.
   *
   * @param secret the Secret
   * @param keys the keys that it is known to have
   */
  public static fromSecret(secret: ISecret, keys: string[]): ServiceSecret {
    const scope = secret as unknown as Construct;
    return ServiceSecret.existing(scope, `ServiceSecret${scope.node.children.length}`, { name: secret.name, keys });
  }

  /**
   * As `managed`; the Secret may belong to a service.
   *
   * @internal
   */
  public static _managed(scope: Construct, id: string, props: ManagedSecretProps, owner?: Owner): ServiceSecret {
    const secret = new ServiceSecret(scope, id, self => ({
      name: nameOf(self, props.name),
      keys: allKeys(props, [...props.generatedKeys ?? [], ...Object.keys(props.composedKeys ?? {})]),
      ...props.composedKeys && { composed: props.composedKeys },
      keyRemedy: "Write one of its keys, or add the key to 'keys' of ServiceSecret.managed().",
    }));
    secret.manage(props, owner ?? secret.ownOwner());
    return secret;
  }

  /**
   * As `sealed`; the Secret may belong to a service.
   *
   * @internal
   */
  public static _sealed(scope: Construct, id: string, props: SealedSecretProps, owner?: Owner): ServiceSecret {
    const secret = new ServiceSecret(scope, id, self => ({
      name: nameOf(self, props.name),
      keys: Object.keys(props.encryptedData),
      values: props.encryptedData,
      keyRemedy: "Write one of its keys, or seal a value for the key and add it to 'encryptedData'.",
    }));
    secret.seal(props, owner ?? secret.ownOwner());
    return secret;
  }

  /** The name of the Secret. */
  public readonly name: string;
  /**
   * How the values of some keys are made of others.
   *
   * @internal
   */
  public readonly _composed: { readonly [key: string]: string };
  private manifest?: ApiObject;
  private readonly object: KeyedObject;

  private constructor(scope: Construct, id: string, define: (self: Construct) => SecretDefinition) {
    super(scope, id);
    const { name, keys, values = {}, composed = {}, keyRemedy } = define(this);
    this.name = name;
    this._composed = composed;
    this.object = {
      kind: 'Secret',
      name,
      keys: () => keys,
      binaryKeys: () => [],
      values: () => values,
      remedy: keyRemedy,
      rolls: true,
      mode: 0o440,
      listsFiles: true,
    };
  }

  /** The object as cdk8s knows it, a Secret or a SealedSecret; nothing where the app does not emit one. */
  public get apiObject(): ApiObject | undefined {
    return this.manifest;
  }

  /** The keys that pods can read. */
  public get keys(): string[] {
    return [...this.object.keys() ?? []];
  }

  /**
   * One key, as an environment variable. A crash report, a debug page or a child process sees the environment, so files are safer.
   * Diagnostics: `unknown-key`.
   *
   * @param key the key
   */
  public env(key: string): EnvReference {
    return envReference(this.object, key);
  }

  /**
   * All keys, as environment variables. Unlike `env`, a pod does not wait for keys that have no value yet. Diagnostics: `invalid-env-name`.
   *
   * @param options how
   */
  public asEnv(options: EnvFromOptions = {}): EnvSource {
    return envSource(this.object, options);
  }

  /**
   * Keys, as files that the pod's user and group alone may read (mode 0440): those that are declared and no others.
   * Diagnostics: `unknown-key`, `invalid-mount`, `invalid-value`.
   *
   * @param options which and how
   */
  public asFiles(options: FileOptions = {}): Volume {
    return fileVolume(this.object, options);
  }

  private ownOwner(): Owner {
    return { name: this.name, component: 'secret' };
  }

  private manage(props: ManagedSecretProps, owner: Owner): void {
    const type = props.type ?? SecretType.OPAQUE;
    if (type._mayBeEmpty) {
      this.manifest = defineManifest(this, {
        apiVersion: 'v1',
        kind: 'Secret',
        name: this.name,
        nameRule: NameRule.SUBDOMAIN,
        owner,
        ...props.labels && { labels: () => props.labels! },
        ...props.annotations && { annotations: () => props.annotations! },
        fields: { type: () => type.type },
      });
    }
    Diagnostics._check(this, report => {
      this.check(props, report);
      checkKeyNames(props.generatedKeys ?? [], 'generatedKeys', report);
      Object.keys(this._composed).forEach(key => checkKeyName(key, `composedKeys['${key}']`, report));
      checkComposedKeys(this._composed, allKeys(props, props.generatedKeys), report);
      if (!this.manifest) {
        checkName(this.name, NameRule.SUBDOMAIN, 'name', report);
        checkLabels(props.labels, 'labels', report);
        checkAnnotations(props.annotations, 'annotations', report);
      }
    });
    Artifacts.of(this)._provide(() => this.keys.length === 0 ? [] : [this.script(props, type, owner)]);
  }

  private script(props: ManagedSecretProps, type: SecretType, owner: Owner): SecretScript {
    const { namespace } = Chart.of(this);
    const environment = Environment.of(this)?.name;
    const decisions = Platform._decisions(this);
    const annotations = { ...decisions.annotations, ...owner.annotations, ...props.annotations };
    return new SecretScript({
      name: this.name,
      type: type.type,
      labels: { ...ownerLabels(this, owner, decisions), ...props.labels },
      annotations,
      keys: this.keys.map(name => ({
        name,
        generated: props.generatedKeys?.includes(name) ?? false,
        isFile: type._isFile(name),
        ...Object.hasOwn(this._composed, name) && { composed: partsOf(this._composed[name]) },
      })),
      ...namespace !== undefined && { namespace },
      ...environment !== undefined && { environment },
    });
  }

  private seal(props: SealedSecretProps, owner: Owner): void {
    const { encryptedData, sealingScope: sealing = SealingScope.STRICT, type = SecretType.OPAQUE } = props;
    const annotations = { ...props.annotations, ...scopeAnnotations(sealing) };
    this.manifest = defineManifest(this, {
      apiVersion: API_VERSION,
      kind: 'SealedSecret',
      name: this.name,
      nameRule: NameRule.SUBDOMAIN,
      owner,
      ...props.labels && { labels: () => props.labels! },
      annotations: () => annotations,
      fields: {
        spec: (report, decisions) => {
          this.checkSealed(encryptedData, sealing, type, report);
          return {
            encryptedData: Object.fromEntries(sortedEntries(encryptedData)),
            template: {
              metadata: compact({
                labels: { ...ownerLabels(this, owner, decisions), ...props.labels },
                annotations: { ...decisions.annotations, ...owner.annotations, ...annotations },
              }),
              type: type.type,
            },
          };
        },
      },
    });
  }

  private checkSealed(encryptedData: { readonly [key: string]: string }, sealing: SealingScope, type: SecretType, report: Report): void {
    const namespace = Chart.of(this).namespace;
    const where = namespace === undefined ? '' : ` --namespace ${namespace}`;
    const command = `kubeseal --raw --scope ${sealing}${where} --name ${this.name} --from-file=/dev/stdin`;
    for (const [key, text] of sortedEntries(encryptedData)) {
      checkKeyName(key, `encryptedData['${key}']`, report);
      checkCiphertext(key, text, `Write what '${command}' prints for the value on its standard input.`, report);
    }
    checkHasKeys(this.keys, 'encryptedData', report);
    for (const key of type._missing(this.keys)) {
      report({
        code: 'invalid-value',
        property: 'encryptedData',
        message: `A Secret of the type ${type.type} has a key '${key}', and there is no ciphertext of it.`,
        remedy: 'Seal a value for it, or leave the type out.',
      });
    }
  }

  private check(props: ExistingSecretProps, report: Report): void {
    checkKeyNames(props.keys ?? [], 'keys', report);
    checkHasKeys(this.keys, 'keys', report);
  }
}

function checkHasKeys(keys: readonly string[], property: string, report: Report): void {
  if (keys.length === 0) {
    report({
      code: 'invalid-value',
      property,
      message: 'The secret has no keys, so no pod can read anything from it.',
      remedy: property === 'keys' ? "Name them, for example keys: ['password']." : 'Seal a value and write it under its key.',
    });
  }
}

/** The keys of the type and those that the user names, each once. */
function allKeys({ keys = [], type = SecretType.OPAQUE }: ExistingSecretProps, generated: readonly string[] = []): string[] {
  return [...new Set([...type.keys, ...keys, ...generated])];
}
